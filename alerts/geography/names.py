"""Which places, roads, regions and corridors can a spelling mean?

Built once from all spellings. A spelling that several places share has the meaning `ambiguous.csv` declares, or
none; qualified names ("Farako (Sikasso)") always mean the one place.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from alerts.geography.model import Homonym, Place
from alerts.geography.spelling import key, sound, words

_QUALIFIER = re.compile(r"\s*\([^)]*\)")

_HEARD = 4  # letters: shorter names sound like half the dictionary


def bare(name: str) -> str:
    """A name without the brackets that tell it from its namesakes."""
    return _QUALIFIER.sub("", name).strip()


def spellings(place: Place) -> Iterator[str]:
    """Every way a place is written, its name first."""
    yield bare(place.name)
    yield from place.alternate_names


def _qualified(place: Place, taken: Collection[str]) -> Iterator[str]:
    """The key of a name with its brackets, as `typed.py` marks them; without them, unless a town is in the brackets.

    "Kourémalé Guinée" is the one in Guinea, but "Farako Sikasso" is a route.
    """
    if match := _QUALIFIER.search(place.name):
        inside = words(match.group())
        yield key(bare(place.name)) + "".join(f"({word}" for word in inside)
        if "".join(inside) not in taken:
            yield key(bare(place.name)) + "".join(inside)


class Names:
    """Places by the key of their spellings."""

    def __init__(self, places: Collection[Place], homonyms: Mapping[str, Homonym]) -> None:
        self._homonyms = homonyms
        self._keys: dict[str, tuple[str, ...]] = {}
        for place in places:
            for spelling in spellings(place):
                self._add(self._keys, key(spelling), place.id)
        self._qualified = {name: place.id for place in places for name in _qualified(place, self._keys)}
        self._sounds: dict[str, tuple[str, ...]] = {}
        for name_key, found in self._keys.items():
            for place_id in found:
                if len(name_key) >= _HEARD:
                    self._add(self._sounds, sound(name_key), place_id)

    @staticmethod
    def _add(index: dict[str, tuple[str, ...]], entry: str, value: str) -> None:
        if value not in index.get(entry, ()):
            index[entry] = (*index.get(entry, ()), value)

    @property
    def shared(self) -> dict[str, tuple[str, ...]]:
        """Keys that more than one place answers to."""
        return {name_key: found for name_key, found in self._keys.items() if len(found) > 1}

    def exact(self, name_key: str) -> tuple[str, ...]:
        """The places a key means: one, the declared one of several, or all of several that nothing tells apart."""
        if name_key in self._qualified:
            return (self._qualified[name_key],)
        found = self._keys.get(name_key, ())
        if len(found) > 1 and (homonym := self._homonyms.get(name_key)):
            return (homonym.default,) if homonym.default else homonym.places
        return found

    def heard(self, name_key: str) -> tuple[str, ...]:
        """The places that sound like a key."""
        return self._sounds.get(sound(name_key), ()) if len(name_key) >= _HEARD else ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key, for comparing with a misspelt one."""
        return tuple(self._keys)

"""Which places, roads, regions and corridors can a spelling mean?

Built once from all spellings. A spelling that several places share has the meaning `ambiguous.csv` declares, or
none; qualified names ("Farako (Sikasso)") always mean the one place.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from alerts.geography.model import Homonym, Place
from alerts.geography.spelling import key, sound

_QUALIFIER = re.compile(r"\s*\([^)]*\)")


def bare(name: str) -> str:
    """A name without the brackets that tell it from its namesakes."""
    return _QUALIFIER.sub("", name).strip()


def spellings(place: Place) -> Iterator[str]:
    """Every way a place is written, its name first."""
    yield bare(place.name)
    yield from place.alternate_names


class Names:
    """Places by the key of their spellings."""

    def __init__(self, places: Iterable[Place], homonyms: Mapping[str, Homonym]) -> None:
        self._homonyms = homonyms
        self._keys: dict[str, tuple[str, ...]] = {}
        for place in places:
            for spelling in spellings(place):
                self._add(self._keys, key(spelling), place.id)
        self._sounds: dict[str, tuple[str, ...]] = {}
        for name_key, found in self._keys.items():
            for place_id in found:
                self._add(self._sounds, sound(name_key), place_id)

    @staticmethod
    def _add(index: dict[str, tuple[str, ...]], name_key: str, place_id: str) -> None:
        if name_key and place_id not in index.get(name_key, ()):
            index[name_key] = (*index.get(name_key, ()), place_id)

    @property
    def shared(self) -> dict[str, tuple[str, ...]]:
        """Keys that more than one place answers to."""
        return {name_key: found for name_key, found in self._keys.items() if len(found) > 1}

    def exact(self, name_key: str) -> tuple[str, ...]:
        """The places a key means: one, the declared one of several, or all of several that nothing tells apart."""
        found = self._keys.get(name_key, ())
        if len(found) > 1 and (homonym := self._homonyms.get(name_key)):
            return (homonym.default,) if homonym.default else homonym.places
        return found

    def heard(self, name_key: str) -> tuple[str, ...]:
        """The places that sound like a key."""
        return self._sounds.get(sound(name_key), ())

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key, for comparing with a misspelt one."""
        return tuple(self._keys)

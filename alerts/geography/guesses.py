"""Which names could a misspelt one be, and is one of them sure enough to answer for?

A guess is sure when nothing as near is as well known: "Kaye" is Kayes although a village is called Kayo, but
"Nioo" may be Niono or Nioro, and then the person is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from alerts.geography.model import Place
from alerts.geography.names import Names

_SHORTEST = 4  # letters: shorter names differ by one letter from too many others
_EDITS = ((4, 1), (7, 2), (11, 3))  # from so many letters on, so many slips of the finger
_LOOKED_AT = 12
_ANY_START = 6  # letters: shorter words are only compared with names of the same first letter
_BEGUN = 3  # letters of a name that is not finished

KNOWN = 2  # renown of a place drivers count by


@dataclass(frozen=True, slots=True)
class Guess:
    """Places a misspelt key may be, likeliest first, at how many edits; `sure` if the first goes without asking."""

    places: tuple[str, ...]
    edits: int
    sure: bool


class Guesses:
    """Guesses over one set of names."""

    def __init__(self, places: Mapping[str, Place], names: Names) -> None:
        self._places, self._names, self._keys = places, names, names.keys

    def guess(self, typed: str) -> Guess | None:
        """What a key that is no name may be."""
        if heard := self._names.heard(typed):
            return self._weighed(dict.fromkeys(heard, 0))
        edits = {place: distance for place, distance in self._near(typed).items() if self._starts_alike(typed, place)}
        return self._weighed(edits) if edits else None

    def suggest(self, typed: str) -> tuple[str, ...]:
        """Places to offer for a key that means nothing: those a slip away, or well-known ones it is the start of."""
        near = self._near(typed) if len(typed) >= _ANY_START else {}
        begun = [place for place in self._begun(typed) if place not in near]
        return (*(self._weighed(near).places if near else ()), *begun)

    def _near(self, typed: str) -> dict[str, int]:
        if not (allowed := _allowed(typed)):
            return {}
        near = process.extract(typed, self._keys, scorer=OSA.distance, score_cutoff=allowed, limit=_LOOKED_AT)
        edits: dict[str, int] = {}
        for name_key, distance, _ in near:
            if distance <= _allowed(name_key):
                for place in self._names.exact(name_key):
                    edits[place] = min(int(distance), edits.get(place, allowed))
        return edits

    def _starts_alike(self, typed: str, place: str) -> bool:
        return typed[0] in {name_key[0] for name_key in self._names.keys_of(place)}

    def _begun(self, typed: str) -> list[str]:
        if len(typed) < _BEGUN:
            return []
        names = (name_key for name_key in self._keys if name_key.startswith(typed))
        places = {place for name_key in names for place in self._names.exact(name_key)}
        return sorted((place for place in places if self.renown(place) >= KNOWN), key=lambda p: (-self.renown(p), p))

    def _weighed(self, edits: Mapping[str, int]) -> Guess:
        ranked = sorted(edits, key=lambda place: (edits[place], -self.renown(place), place))
        best, renown = edits[ranked[0]], self.renown(ranked[0])
        rivals = [
            place
            for place in ranked[1:]
            if (edits[place] == best and self.renown(place) >= min(renown, KNOWN))
            or (edits[place] == best + 1 and self.renown(place) > renown)
        ]
        return Guess(tuple(ranked), best, sure=not rivals)

    def renown(self, place_id: str) -> int:
        """How well known a place is, 0 to 3: what a driver most likely means."""
        place = self._places[place_id]
        if place.kind == "city":
            return 3
        return KNOWN if place.stop else int(place.priority == 1 and place.kind != "village")


def _allowed(typed: str) -> int:
    return max((edits for letters, edits in _EDITS if len(typed) >= letters), default=0)

"""Which names could a misspelt one be, and is one of them sure enough to answer for?

A guess is sure when it is a place drivers count by, the slip is small for the length of the word, and nothing as near
is as well known: "Kaye" is Kayes although a village is called Kayo, but "Nioo" may be Niono or Nioro, and then the
person is asked. A village is never guessed without asking.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from alerts.geography.model import Place
from alerts.geography.names import Names

KNOWN = 2  # renown of a place drivers count by
_CITY = 3

_EDITS = ((4, 1), (7, 2), (11, 3))  # from so many letters on, so many slips of the finger
_LOOKED_AT = 12
_PLAIN = 5  # letters: shorter ones are only taken for a place drivers count by
_SURE_FROM = (0, 5, 8, 8)  # letters of the shorter word that make so many slips sure enough not to ask
_ANY_START = 6  # letters: shorter words are only compared with names of the same first letter
_BEGUN = 3  # letters of a name that is not finished


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
        """What a key that is no name may be: names it sounds like, else those a slip or two away."""
        if heard := self._names.heard(typed):
            return self._weighed(dict.fromkeys(heard, 0), sure=True)
        slips = {place: slip for place, slip in self._slips(typed).items() if slip.name[0] == typed[0]}
        if len(typed) < _PLAIN:
            slips = {place: slip for place, slip in slips.items() if self.renown(place) >= KNOWN}
        if not slips:
            return None
        edits = {place: slip.edits for place, slip in slips.items()}
        likeliest = self._ranked(edits)[0]
        slip, city = slips[likeliest], self.renown(likeliest) >= _CITY
        sure = (slip.is_small and (slip.edits == 1 or city)) or (slip.is_end and city)
        return self._weighed(edits, sure=sure)

    def suggest(self, typed: str) -> tuple[str, ...]:
        """Places to offer for a key that means nothing: well-known ones a slip away, or that it is the start of."""
        slips = self._slips(typed) if len(typed) >= _ANY_START else {}
        near = self._ranked({place: slip.edits for place, slip in slips.items() if self.renown(place) >= KNOWN})
        return tuple(dict.fromkeys((*near, *self._begun(typed))))

    def renown(self, place_id: str) -> int:
        """How well known a place is, 0 to 3: what a driver most likely means."""
        place = self._places[place_id]
        if place.kind == "city":
            return _CITY
        return KNOWN if place.stop else int(place.priority == 1 and place.kind != "village")

    def _slips(self, typed: str) -> dict[str, "_Slip"]:
        if not (allowed := _allowed(typed)):
            return {}
        near = process.extract(typed, self._keys, scorer=OSA.distance, score_cutoff=allowed, limit=_LOOKED_AT)
        slips: dict[str, _Slip] = {}
        for name, edits, _ in near:  # nearest first
            if edits <= _allowed(name) or (typed.startswith(name) and len(name) >= _BEGUN):
                for place in self._names.exact(name):
                    slips.setdefault(place, _Slip(typed, name, int(edits)))
        return slips

    def _begun(self, typed: str) -> Iterable[str]:
        if len(typed) < _BEGUN:
            return ()
        names = (name for name in self._keys if name.startswith(typed))
        return self._ranked({place: 0 for name in names for place in self._names.exact(name) if self._is_known(place)})

    def _is_known(self, place: str) -> bool:
        return self.renown(place) >= KNOWN

    def _ranked(self, edits: Mapping[str, int]) -> list[str]:
        return sorted(edits, key=lambda place: (edits[place], -self.renown(place), place))

    def _weighed(self, edits: Mapping[str, int], *, sure: bool) -> Guess:
        ranked = self._ranked(edits)
        best, renown = edits[ranked[0]], self.renown(ranked[0])
        rivals = (
            place
            for place in ranked[1:]
            if (edits[place] == best and self.renown(place) >= min(renown, KNOWN))
            or (edits[place] == best + 1 and self.renown(place) > renown)
        )
        return Guess(tuple(ranked), best, sure=sure and renown >= KNOWN and not any(rivals))


@dataclass(frozen=True, slots=True)
class _Slip:
    """What was typed for which name, and how many letters were missed, doubled, swapped or mistaken."""

    typed: str
    name: str
    edits: int

    @property
    def is_small(self) -> bool:
        """Few slips for so long a word?"""
        return min(len(self.typed), len(self.name)) >= _SURE_FROM[self.edits]

    @property
    def is_end(self) -> bool:
        """Only the last letter is missing or one too many?"""
        alike = self.name.startswith(self.typed) or self.typed.startswith(self.name)
        return self.edits == 1 and alike and len(self.name) > _BEGUN


def _allowed(typed: str) -> int:
    return max((edits for letters, edits in _EDITS if len(typed) >= letters), default=0)

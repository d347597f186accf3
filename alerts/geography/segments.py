"""Which names do the typed words make up?

The words are cut so that as much as possible is explained as plainly as possible: an exact name before one that
sounds alike, that before a misspelt one, and anything before a word that means nothing. A name may be several words
("Nioro du Sahel Bamako"), but never crosses a hard break ("Djidian → Kéniéba").
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from alerts.geography.guesses import Guesses
from alerts.geography.model import Corridor, Region, Road
from alerts.geography.names import Names
from alerts.geography.spelling import key, sound
from alerts.geography.typed import Role, Token


class Piece(StrEnum):
    """What a segment is taken for."""

    PLACE = "place"
    ROAD = "road"
    REGION = "region"
    CORRIDOR = "corridor"
    UNKNOWN = "unknown"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Segment:
    """Some words and the ids they may mean; `sure` when the first of them can be answered for."""

    piece: Piece
    first: Token
    last: Token
    ids: tuple[str, ...] = ()
    sure: bool = True
    cost: float = 0.0


_LONGEST_NAME = 9  # words: a corridor is called by its towns
_LONGEST_SLIP = 3  # words a misspelt name may have
_SKIPPED, _EXACT, _MISSPELT, _GLUED, _MEANINGLESS = 0.3, 1.0, 2.0, 2.5, 10.0
_HALF = 4  # letters at least of each of two names written as one word
_NUMBER = re.compile(
    r"(?P<system>rr|routeregionale|rn|(?:route|rte)?national[e]?|nationalroad|nationalhighway|route|rte|road|n)"
    r"(?:no?|numero|number)?0*(?P<number>\d{1,3})"
)


class Segmenter:
    """Cuts typed words into segments."""

    def __init__(
        self,
        *,
        roads: Mapping[str, Road],
        corridors: Mapping[str, Corridor],
        regions: Mapping[str, Region],
        names: Names,
        guesses: Guesses,
    ) -> None:
        self._names, self._guesses = names, guesses
        self._refs = {road.ref for road in roads.values() if road.ref}
        self._roads = {key(name): road.ref for road in roads.values() if road.ref for name in road.alternate_names}
        self._corridors = {key(name): c.id for c in corridors.values() for name in (c.name, *c.alternate_names)}
        self._regions: dict[tuple[str, bool], dict[str, str]] = {}
        for region in regions.values():
            level = "cercle" if region.level == "cercle" else "region"
            for name in (region.name, *region.alternate_names):
                self._regions.setdefault((level, region.former), {}).setdefault(key(name), region.id)

    def cut(self, typed: Sequence[Token]) -> tuple[Segment, ...]:
        """The cheapest way to explain all words, in the order they were typed."""
        best: list[tuple[float, tuple[Segment, ...]]] = [(0.0, ()), *[(float("inf"), ())] * len(typed)]
        for start in range(len(typed)):
            cost, before = best[start]
            for end, pieces in self._readings(typed, start):
                total = cost + sum(piece.cost for piece in pieces)
                if total < best[end][0]:
                    best[end] = (total, (*before, *pieces))
        return best[-1][1]

    def _readings(self, typed: Sequence[Token], start: int) -> Iterator[tuple[int, tuple[Segment, ...]]]:
        token = typed[start]
        plain = token.role is Role.NAME
        cost = _MEANINGLESS if plain else _SKIPPED
        yield start + 1, (Segment(Piece.UNKNOWN if plain else Piece.WORD, token, token, cost=cost),)
        if token.role is Role.BREAK:
            return
        if plain and (halves := self._glued(token)):
            yield start + 1, halves
        for end in range(start + 1, min(start + _LONGEST_NAME, len(typed)) + 1):
            if typed[end - 1].role is Role.BREAK:
                return
            if typed[end - 1].role is not Role.JOINT and token.role is not Role.JOINT:
                yield from ((end, (segment,)) for segment in self._named(typed[start:end]))

    def _named(self, span: Sequence[Token]) -> Iterator[Segment]:
        first, last = span[0], span[-1]
        if reference := self._road(span):
            known = reference in self._refs
            yield Segment(Piece.ROAD if known else Piece.UNKNOWN, first, last, (reference,), cost=_EXACT)
        if (region := self._region(span)) is not None:
            yield region
        joined = _joined(span)
        if joined in self._corridors:
            yield Segment(Piece.CORRIDOR, first, last, (self._corridors[joined],), cost=_EXACT)
        if found := self._names.exact(_joined(span, brackets=True)) or self._names.exact(joined):
            yield Segment(Piece.PLACE, first, last, found, sure=len(found) == 1, cost=_EXACT)
        elif region_id := self._regions["region", False].get(joined):
            yield Segment(Piece.REGION, first, last, (region_id,), cost=_EXACT)
        elif len(span) <= _LONGEST_SLIP and all(token.role in (Role.NAME, Role.JOINT) for token in span):
            yield from self._guessed(span, joined)

    def _guessed(self, span: Sequence[Token], joined: str) -> Iterator[Segment]:
        guess = self._guesses.guess(joined)
        if guess is None:
            return
        # A word of it is a name by itself ("Niono du Sahel"): the person may well have meant that one.
        overrides = len(span) > 1 and any(self._names.exact(token.word) for token in span)
        if overrides and guess.edits > 1:
            return
        cost = _MISSPELT + guess.edits
        yield Segment(Piece.PLACE, span[0], span[-1], guess.places, sure=guess.sure and not overrides, cost=cost)

    def _road(self, span: Sequence[Token]) -> str | None:
        joined = "".join(token.word for token in span)
        if named := self._roads.get(_joined(span)):
            return named
        if (match := _NUMBER.fullmatch(joined)) is None:
            return None
        return f"{'RR' if match['system'] in ('rr', 'routeregionale') else 'RN'}{match['number']}"

    def _region(self, span: Sequence[Token]) -> Segment | None:
        levels = [token.role for token in span if token.role in (Role.REGION, Role.CERCLE, Role.DISTRICT)]
        edges = (span[0].role, span[-1].role)
        if len(levels) != 1 or not {*levels, Role.FORMER} & set(edges):
            return None
        level = "cercle" if levels[0] is Role.CERCLE else "region"
        former = any(token.role is Role.FORMER for token in span)
        name = _joined([token for token in span if token.role not in (*levels, Role.FORMER)])
        known = self._regions.get((level, former), {})
        sounding = [known[other] for other in known if name and sound(other) == sound(name)]
        found = known.get(name) or next(iter(sounding), None)
        return Segment(Piece.REGION, span[0], span[-1], (found,), cost=_EXACT) if found else None

    def _glued(self, token: Token) -> tuple[Segment, Segment] | None:
        for cut in range(_HALF, len(token.word) - _HALF + 1):
            start, end = self._names.exact(token.word[:cut]), self._names.exact(token.word[cut:])
            if len(start) == len(end) == 1:
                pieces = (Segment(Piece.PLACE, token, token, ids, cost=_GLUED) for ids in (start, end))
                return next(pieces), next(pieces)
        return None


def _joined(span: Sequence[Token], *, brackets: bool = False) -> str:
    named = [token for token in span if token.role is not Role.JOINT]
    return "".join(f"({token.word}" if brackets and token.bracketed else token.word for token in named)

"""What did a person mean by what they typed?

One place, road, corridor or region, or a route between two places. Where that is not sure, the answer is a choice of
whole texts to tap; where a piece means nothing, the answer names the piece.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from alerts.geography.guesses import Guesses
from alerts.geography.model import (
    DEFAULT_RADIUS_KM,
    Area,
    AreaKind,
    Corridor,
    Place,
    Region,
    Resolved,
    Road,
    Suggestion,
)
from alerts.geography.names import Names
from alerts.geography.segments import Piece, Segment, Segmenter
from alerts.geography.spelling import key, visible
from alerts.geography.typed import Role, Token, tokens

_LONGEST_TEXT = 200  # characters: no request is longer, and a paste of pages must not keep others waiting
_MOST_WORDS = 16
_MOST_SUGGESTIONS = 4
_QUOTED = 40  # characters of an unknown piece worth saying back
_ARROW = " → "
_NEAREST_KM, _FARTHEST_KM = 5, 200  # below, a driver is told too late; above, of half the country
_RADIUS = re.compile(r"\b(?P<km>\d{1,3}) ?km\b", re.IGNORECASE)
_AROUND = re.compile(
    r"\b(?:dans un rayon de|(?:à|a) moins de|autour|(?:à|a) la ronde|rayon|within|around|radius|of)\b", re.IGNORECASE
)


class Resolver:
    """Reads typed requests against one set of places, roads, corridors and regions."""

    def __init__(
        self,
        *,
        places: Mapping[str, Place],
        roads: Mapping[str, Road],
        corridors: Mapping[str, Corridor],
        regions: Mapping[str, Region],
        names: Names,
        roles: Mapping[str, Role],
    ) -> None:
        self._places, self._corridors, self._regions, self._roles = places, corridors, regions, roles
        self._guesses = Guesses(places, names)
        self._segmenter = Segmenter(
            roads=roads, corridors=corridors, regions=regions, names=names, guesses=self._guesses
        )

    def resolve(self, text: str) -> Resolved:
        """What `text` means; of kind "unknown" without suggestions if it is empty or no request at all."""
        clean = " ".join(visible(text[: 20 * _LONGEST_TEXT]).split())
        if (said := _RADIUS.search(clean)) is None:
            return self._resolve(clean)
        without = _AROUND.sub(" ", f"{clean[: said.start()]} {clean[said.end() :]}")
        return _with_radius(self._resolve(" ".join(without.split())), int(said["km"]))

    def _resolve(self, clean: str) -> Resolved:
        typed = tokens(clean, self._roles)
        if len(clean) > _LONGEST_TEXT or len(typed) > _MOST_WORDS:
            return Resolved(kind="unknown", unknown=_quoted(clean))
        segments = [segment for segment in self._segmenter.cut(typed) if segment.piece is not Piece.WORD]
        if not segments:
            return Resolved(kind="unknown", unknown=_quoted(clean))
        if any(segment.piece is Piece.UNKNOWN for segment in segments):
            return self._not_understood(clean, segments)
        return self._understood(clean, typed, _without_vias(typed, segments))

    def _understood(self, clean: str, typed: Sequence[Token], segments: Sequence[Segment]) -> Resolved:
        if any(not segment.sure for segment in segments):
            return self._unsure(clean, segments)
        places = list(dict.fromkeys(segment.ids[0] for segment in segments if segment.piece is Piece.PLACE))
        others = list(
            dict.fromkeys((segment.piece, segment.ids[0]) for segment in segments if segment.piece is not Piece.PLACE)
        )
        if any(token.role is Role.CORRIDOR for token in typed) and (found := self._corridors_between(places)):
            return self._one_of([_area(AreaKind.CORRIDOR, corridor) for corridor in found])
        others = [(piece, name) for piece, name in others if not self._says_where(piece, name, places)]
        roads = [name for piece, name in others if piece is Piece.ROAD]
        match len(places), len(others):
            case 2, n if n == len(roads):
                return self._answer(self._route(typed, segments, places))
            case 1, 0:
                return self._answer(_area(AreaKind.PLACE, places[0]))
            case 0, 1:
                return self._answer(_area(AreaKind(others[0][0]), others[0][1]))
            case _:
                return self._one_of(_choices(others, places))

    def _route(self, typed: Sequence[Token], segments: Sequence[Segment], places: list[str]) -> Area:
        """From the first place to the second, unless it says "from" before the second."""
        ends = [segment for segment in segments if segment.piece is Piece.PLACE]
        says_from = [token.start for token in typed if token.role is Role.FROM]
        turned = any(ends[0].last.end <= place for place in says_from) and not any(
            place < ends[0].first.start for place in says_from
        )
        start, end = reversed(places) if turned else places
        return _area(AreaKind.ROUTE, f"{start}/{end}")

    def _says_where(self, piece: Piece, name: str, places: Sequence[str]) -> bool:
        """Does a region only say where a named place lies ("Diéma, région de Nioro")?"""
        return piece is Piece.REGION and any(place in self._regions[name].places for place in places)

    def _corridors_between(self, places: Sequence[str]) -> list[str]:
        """Corridors that begin or end at each of one or two places."""
        ends = {corridor.id: {corridor.waypoints[0], corridor.waypoints[-1]} for corridor in self._corridors.values()}
        return [corridor for corridor, both in ends.items() if places and set(places) <= both]

    def _answer(self, area: Area) -> Resolved:
        name = self._name(area)
        if area.kind is not AreaKind.ROUTE:
            return Resolved(kind=area.kind, name=name, area=area)
        start, end = (self._places[place].name for place in area.id.split("/"))
        return Resolved(kind=area.kind, name=name, area=area, start=start, end=end)

    def _one_of(self, areas: Sequence[Area]) -> Resolved:
        """The one area, or a choice."""
        if len(areas) == 1:
            return self._answer(areas[0])
        return Resolved(kind="ambiguous", suggestions=_suggestions(map(self._text, areas)))

    def _unsure(self, clean: str, segments: Sequence[Segment]) -> Resolved:
        """Each reading of the first unsure piece, with the rest as it is likeliest."""
        number, segment = next((n, segment) for n, segment in enumerate(segments) if not segment.sure)
        texts = (self._with(segments, number, place) for place in segment.ids)
        return Resolved(kind="ambiguous", unknown=_slice(clean, segment), suggestions=_suggestions(texts))

    def _not_understood(self, clean: str, segments: Sequence[Segment]) -> Resolved:
        number, piece = next((n, segment) for n, segment in enumerate(segments) if segment.piece is Piece.UNKNOWN)
        last = number
        while last + 1 < len(segments) and segments[last + 1].piece is Piece.UNKNOWN:
            last += 1
        whole = Segment(Piece.UNKNOWN, piece.first, segments[last].last)
        rest = [*segments[:number], whole, *segments[last + 1 :]]
        alone = not any(segment.piece is Piece.UNKNOWN for segment in (*segments[:number], *segments[last + 1 :]))
        meant = self._guesses.suggest(key(_slice(clean, whole))) if alone else ()
        texts = (self._with(rest, number, place) for place in meant)
        return Resolved(kind="unknown", unknown=_quoted(_slice(clean, whole)), suggestions=_suggestions(texts))

    def _with(self, segments: Sequence[Segment], number: int, place: str) -> str:
        """The whole request with one piece read as a place."""
        ids = [place if n == number else segment.ids[0] for n, segment in enumerate(segments)]
        places = dict.fromkeys(name for name in ids if name in self._places)
        return _ARROW.join(self._places[name].name for name in places)

    def _text(self, area: Area) -> str:
        """What to type for an area."""
        if area.kind is not AreaKind.REGION:
            return self._name(area)
        region = self._regions[area.id]
        level = "cercle" if region.level == "cercle" else "région"
        return f"{'ancienne ' if region.former else ''}{level} de {region.name}"

    def _name(self, area: Area) -> str:
        match area.kind:
            case AreaKind.PLACE:
                return self._places[area.id].name
            case AreaKind.ROAD:
                return area.id
            case AreaKind.CORRIDOR:
                return self._corridors[area.id].name
            case AreaKind.REGION:
                return self._regions[area.id].name
            case AreaKind.ROUTE:
                return _ARROW.join(self._places[place].name for place in area.id.split("/"))


def _area(kind: AreaKind, name: str) -> Area:
    return Area(kind=kind, id=name, radius_km=DEFAULT_RADIUS_KM if kind is AreaKind.PLACE else 0)


def _choices(others: Sequence[tuple[Piece, str]], places: Sequence[str]) -> list[Area]:
    """What a text that names too much may be about: each road or region, and each stretch between two places."""
    stretches = [_area(AreaKind.ROUTE, f"{start}/{end}") for start, end in pairwise(places)]
    towns = [_area(AreaKind.PLACE, place) for place in places]
    return [*(_area(AreaKind(piece), name) for piece, name in others), *(stretches or towns)]


def _with_radius(found: Resolved, km: int) -> Resolved:
    """A town with the radius that was asked for, within bounds; a suggested one keeps it. Nothing else has one."""
    radius = min(max(km, _NEAREST_KM), _FARTHEST_KM)
    area = found.area
    if area is not None and area.kind is AreaKind.PLACE:
        area = replace(area, radius_km=radius)
    suggestions = tuple(replace(one, text=f"{one.text} {radius} km") for one in found.suggestions)
    return replace(found, area=area, suggestions=suggestions)


def _without_vias(typed: Sequence[Token], segments: Sequence[Segment]) -> list[Segment]:
    """The segments without what follows "via" or "par": ways are all told anyway."""
    vias = [token.start for token in typed if token.role is Role.VIA]
    starts = [segment.first.start for segment in segments]
    passed = {min((start for start in starts if start > via), default=-1) for via in vias}
    return [segment for segment in segments if segment.first.start not in passed]


def _suggestions(texts: Iterable[str]) -> tuple[Suggestion, ...]:
    return tuple(Suggestion(name=text, text=text) for text in list(dict.fromkeys(texts))[:_MOST_SUGGESTIONS])


def _slice(clean: str, segment: Segment) -> str:
    return clean[segment.first.start : segment.last.end]


def _quoted(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"

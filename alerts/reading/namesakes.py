"""Which of several places with one name is meant, and can a place be meant at all so far from what else is named?"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from alerts.geography.distances import Point, between
from alerts.geography.gazetteer import PRIORITY as FURTHER
from alerts.geography.model import Place
from alerts.reading.index import HOME

NEIGHBOURS_KM = 250.0
NEAR_KM = 100.0  # a namesake further than this from all else that is named is hardly meant ...

_TOWNS = frozenset({"city", "town"})
_SAME_PARTS_KM = 60.0  # ... when another one lies this near
_ACROSS_KM = 30.0  # of two towns of one name on both sides of a border ours is meant
_FAR_KM = 5_000.0
_INSIDE_KM = 80.0  # of a cercle: the atlas knows its larger villages only
_REACH = 40  # characters of words that say in which area a place lies
_BRACKET = re.compile(r" ?[(\[](?:(?:cercle|circle|region|commune|district)(?: rurale)? (?:de |d |du |of ))?")
_AREA = re.compile(
    r",? (?:dans |in |situee? dans )?(?:le |la |l |the )?"
    r"(?:cercle|region|commune|arrondissement|circle|district)(?: rurale)? (?:de |d |du |of )"
)
_COMMA = re.compile(r",? (?:dans |in )?(?:le |la |l |the )?")
_AN_AREA = re.compile(r" (?:cercle|circle|region|district|commune)\b")


class Located(Protocol):
    """What may have a point."""

    @property
    def latitude(self) -> float | None:
        """In degrees."""

    @property
    def longitude(self) -> float | None:
        """In degrees."""


def lies_in(flat: str, end: int, start: int, stop: int) -> bool:
    """Whether the name at [start, stop) is the area in which the one lies that ends at `end`."""
    if not 0 < start - end < _REACH:
        return False
    if _BRACKET.fullmatch(flat, end, start) or _AREA.fullmatch(flat, end, start):
        return True
    return _COMMA.fullmatch(flat, end, start) is not None and _AN_AREA.match(flat, stop) is not None


def is_further(places: Iterable[Place]) -> bool:
    """Whether only an operator's gazetteer has the name of these places."""
    return all(place.priority == FURTHER for place in places)


def which(
    candidates: Sequence[Place], known: Mapping[str, Place], area: Sequence[Place], usual: Place | None
) -> Place | None:
    """Of several places, one in the area named with it, or the nearest to what else is named; else the usual one.

    Without either, the best known; of a gazetteer's namesakes none, where nothing tells them apart. A curated place is
    meant before them, unless it is no town, far from all that is named, and one of them is near. `area` are places of
    the area, its seat first: a gazetteer's place that lies outside is another one.
    """
    if area:
        candidates = within(candidates, area) or [place for place in candidates if _may_lie_outside(place, area)]
    if len(candidates) <= 1:
        return candidates[0] if candidates else None
    ids = {place.id for place in candidates}
    sure = [*area[:1]] or [place for place_id, place in known.items() if place_id not in ids]
    curated = [place for place in candidates if place.priority != FURTHER]
    if len(curated) == 1 and curated[0].kind in _TOWNS:
        return curated[0]
    if curated and len(curated) < len(candidates):
        candidates = _curated_or_near(candidates, curated, sure)
    if sure:
        return min(candidates, key=lambda place: nearest(place, sure) + (0 if place.country == HOME else _ACROSS_KM))
    if not curated:
        return None
    return usual or min(candidates, key=lambda place: (place.country != HOME, place.priority))


def within(candidates: Sequence[Place], area: Sequence[Place]) -> list[Place]:
    """Those of the candidates that lie in an area or close to it."""
    return [place for place in candidates if nearest(place, area) < _INSIDE_KM]


def is_by(place: Place, point: Point) -> bool:
    """Whether a place lies by a point that is given by a rounded distance and one of eight directions."""
    if place.latitude is None or place.longitude is None:
        return False
    return between((place.latitude, place.longitude), point) < NEAR_KM


def _may_lie_outside(place: Place, area: Sequence[Place]) -> bool:
    """Whether the area may still be the place's, as a village's cercle that is far away is not."""
    return place.priority != FURTHER and (place.kind in _TOWNS or nearest(place, area) < NEIGHBOURS_KM)


def _curated_or_near(candidates: Sequence[Place], curated: Sequence[Place], sure: Sequence[Place]) -> Sequence[Place]:
    if not sure or min(nearest(place, sure) for place in curated) < NEAR_KM:
        return curated
    return [place for place in candidates if nearest(place, sure) < _SAME_PARTS_KM] or curated


def nearest(place: Place, others: Iterable[Place]) -> float:
    """Kilometres to the nearest of the others."""
    return min((apart(place, other) for other in others), default=_FAR_KM)


def apart(one: Located, other: Located) -> float:
    """Kilometres, near enough for telling namesakes apart."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return _FAR_KM
    north = (one.latitude or 0.0) - (other.latitude or 0.0)
    east = ((one.longitude or 0.0) - (other.longitude or 0.0)) * math.cos(math.radians(one.latitude or 0.0))
    return 111.2 * math.hypot(north, east)

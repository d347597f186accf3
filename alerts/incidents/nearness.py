"""How close are two locations, for the purpose of telling one event from two?"""

from collections.abc import Iterator
from enum import IntEnum
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

from alerts.geography.model import Area, AreaKind, Location, Place, Precision

if TYPE_CHECKING:
    from alerts.geography.atlas import Atlas

NEAR_KM = 25.0
"""Two towns this close may be two names for where one thing happened."""

LONG_LEG_KM = 160.0
"""A stretch longer than this names a road rather than a spot on it."""

_EARTH_DIAMETER_KM = 12742.0
_EXACT = frozenset({Precision.TOWN, Precision.NEAR})


class Nearness(IntEnum):
    """The closer, the higher. VAGUE is one road or region without a spot on it."""

    APART = 0
    VAGUE = 1
    NEAR = 2
    SAME = 3


def nearness(one: Location, other: Location, atlas: "Atlas") -> Nearness:
    """How close `one` and `other` are."""
    if _is_spot(one, atlas) and _is_spot(other, atlas):
        return _of_spots(one, other, atlas)
    return Nearness.VAGUE if _share_a_road(one, other, atlas) or _share_a_region(one, other, atlas) else Nearness.APART


def km_between(one: Place, other: Place) -> float | None:
    """Great-circle distance; None where a place has no point."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    lat_1, lat_2 = radians(one.latitude), radians(other.latitude)
    half_lon = radians(other.longitude - one.longitude) / 2
    return _EARTH_DIAMETER_KM * asin(sqrt(sin((lat_2 - lat_1) / 2) ** 2 + cos(lat_1) * cos(lat_2) * sin(half_lon) ** 2))


def _is_spot(location: Location, atlas: "Atlas") -> bool:
    """Whether it names a town or a short stretch."""
    if location.precision not in _EXACT:
        return False
    return bool(_off_the_ends(location)) or not _is_long(location, atlas)


def _is_long(location: Location, atlas: "Atlas") -> bool:
    if location.leg is None:
        return False
    start, end = (atlas.places[place] for place in location.leg)
    length = km_between(start, end)
    return length is not None and length > LONG_LEG_KM


def _off_the_ends(location: Location) -> set[str]:
    return set(location.places) - set(location.leg or ())


def _of_spots(one: Location, other: Location, atlas: "Atlas") -> Nearness:
    if _points(one) & _points(other) or (one.leg and other.leg and set(one.leg) == set(other.leg)):
        return Nearness.SAME
    if any(km <= NEAR_KM for km in _distances(one, other, atlas)):
        return Nearness.NEAR
    return Nearness.NEAR if atlas.legs_of(one) & atlas.legs_of(other) else Nearness.APART


def _points(location: Location) -> frozenset[str]:
    return frozenset({*location.places, *(location.leg or ())})


def _distances(one: Location, other: Location, atlas: "Atlas") -> Iterator[float]:
    for start in _points(one):
        for end in _points(other):
            km = km_between(atlas.places[start], atlas.places[end])
            if km is not None:
                yield km


def _share_a_road(one: Location, other: Location, atlas: "Atlas") -> bool:
    return bool(set(one.roads) & set(other.roads)) or bool(atlas.legs_of(one) & atlas.legs_of(other))


def _share_a_region(one: Location, other: Location, atlas: "Atlas") -> bool:
    pairs = ((one, other), (other, one))
    return any(
        region in held.regions or atlas.holds(Area(kind=AreaKind.REGION, id=region), held) is not None
        for named, held in pairs
        for region in named.regions
    )

"""How close are two locations, for the purpose of telling one event from two?"""

from collections.abc import Iterable
from enum import IntEnum
from itertools import product
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

from alerts.geography.model import Location, Place, Precision

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
    return Nearness.VAGUE if _share_a_road(one, other, atlas) or _share_a_region(one, other) else Nearness.APART


def km_between(one: Place | None, other: Place | None) -> float | None:
    """Great-circle distance; None where a place is unknown or has no point."""
    if one is None or other is None or one.latitude is None or other.latitude is None:
        return None
    if one.longitude is None or other.longitude is None:
        return None
    lat_1, lat_2 = radians(one.latitude), radians(other.latitude)
    half_lon = radians(other.longitude - one.longitude) / 2
    return _EARTH_DIAMETER_KM * asin(sqrt(sin((lat_2 - lat_1) / 2) ** 2 + cos(lat_1) * cos(lat_2) * sin(half_lon) ** 2))


def _is_spot(location: Location, atlas: "Atlas") -> bool:
    """Whether it names a town or a short stretch."""
    if location.precision not in _EXACT:
        return False
    return bool(_towns(location)) or not _is_long(location, atlas)


def _is_long(location: Location, atlas: "Atlas") -> bool:
    start, end = location.leg or ("", "")
    length = km_between(atlas.places.get(start), atlas.places.get(end))
    return length is not None and length > LONG_LEG_KM


def _towns(location: Location) -> frozenset[str]:
    """Towns it names as the spot itself. Both ends of a stretch only say which stretch; one of them says where on it."""
    towns, ends = frozenset(location.places), frozenset(location.leg or ())
    return towns - ends if ends <= towns else towns


def _of_spots(one: Location, other: Location, atlas: "Atlas") -> Nearness:
    if _towns(one) & _towns(other) or (one.leg and other.leg and set(one.leg) == set(other.leg)):
        return Nearness.SAME
    if _towns(one) and _towns(other):
        return _near_if(_are_beside(_towns(one), _towns(other), atlas))
    if _towns(one) or _towns(other):
        stretch, town = (other, one) if _towns(one) else (one, other)
        return _near_if(_are_beside(_towns(town), _along(stretch, atlas), atlas))
    return _near_if(bool(atlas.legs_of(one) & atlas.legs_of(other)) or _adjoin(one, other))


def _near_if(claim: bool) -> Nearness:  # noqa: FBT001 - a claim is all there is to say
    return Nearness.NEAR if claim else Nearness.APART


def _along(location: Location, atlas: "Atlas") -> frozenset[str]:
    """Every place of the graph on a stretch, its ends included."""
    return frozenset(place for key in atlas.legs_of(location) for place in key) | frozenset(location.leg or ())


def _are_beside(these: Iterable[str], those: Iterable[str], atlas: "Atlas") -> bool:
    pairs = ((atlas.places.get(this), atlas.places.get(that)) for this, that in product(these, those))
    return any((km := km_between(*pair)) is not None and km <= NEAR_KM for pair in pairs)


def _adjoin(one: Location, other: Location) -> bool:
    """Whether two stretches of one road meet."""
    return bool(set(one.leg or ()) & set(other.leg or ())) and bool(set(one.roads) & set(other.roads))


def _share_a_road(one: Location, other: Location, atlas: "Atlas") -> bool:
    return bool(set(one.roads) & set(other.roads)) or bool(atlas.legs_of(one) & atlas.legs_of(other))


def _share_a_region(one: Location, other: Location) -> bool:
    """Whether one of them is known by its region alone, and the other lies in it."""
    is_region = any(location.precision is Precision.REGION and not location.roads for location in (one, other))
    return is_region and bool(set(one.regions) & set(other.regions))

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

VAGUE_KM = 50.0
"""Two towns this close may be two ways to say where, "near Gao" and the village; more must agree then."""

LONG_LEG_KM = 160.0
"""A stretch longer than this names a road rather than a spot on it."""

PAIR = 2
"""Of so many towns far apart, a report tells first of the one, and may compare it with the other."""

MANY = 3
"""A report that names so many towns as the place of one event may be a list of several."""

_EARTH_DIAMETER_KM = 12742.0
_EXACT = frozenset({Precision.TOWN, Precision.NEAR})


class Nearness(IntEnum):
    """The closer, the higher. VAGUE is one neighbourhood, one road or region without a spot on it, or the country.

    STRETCH is one long stretch that both name by the same two ends.
    """

    APART = 0
    VAGUE = 1
    NEAR = 2
    STRETCH = 3
    SAME = 4


ONE_PLACE = frozenset({Nearness.SAME, Nearness.STRETCH})
"""Both name the very place, be it a spot or a long stretch."""


def nearness(one: Location, other: Location, atlas: "Atlas") -> Nearness:
    """How close `one` and `other` are."""
    if is_spot(one, atlas) and is_spot(other, atlas):
        return _of_spots(one, other, atlas)
    if _have_one_pair_of_ends(one, other):
        return Nearness.STRETCH
    vague = _share_a_road(one, other, atlas) or _share_a_region(one, other) or (is_nowhere(one) and is_nowhere(other))
    return Nearness.VAGUE if vague else Nearness.APART


def is_nowhere(location: Location) -> bool:
    """Whether it names no place at all: the whole country, or a place nobody knows."""
    return not (location.places or location.leg or location.roads or location.regions)


def km_between(one: Place | None, other: Place | None) -> float | None:
    """Great-circle distance; None where a place is unknown or has no point."""
    if one is None or other is None or one.latitude is None or other.latitude is None:
        return None
    if one.longitude is None or other.longitude is None:
        return None
    lat_1, lat_2 = radians(one.latitude), radians(other.latitude)
    half_lon = radians(other.longitude - one.longitude) / 2
    return _EARTH_DIAMETER_KM * asin(sqrt(sin((lat_2 - lat_1) / 2) ** 2 + cos(lat_1) * cos(lat_2) * sin(half_lon) ** 2))


def is_spot(location: Location, atlas: "Atlas") -> bool:
    """Whether it names a town or a short stretch."""
    if location.precision not in _EXACT:
        return False
    return bool(_towns(location)) or not _is_long(location, atlas)


def is_one_of_many(one: Location, other: Location, atlas: "Atlas") -> bool:
    """Whether one of them lists towns that lie far apart, and the other names but one or two, one of these."""
    here, there = _towns(one), _towns(other)
    if set(one.roads) & set(other.roads):
        return False
    if len(here & there) != 1 or max(len(here), len(there)) < MANY or min(len(here), len(there)) >= MANY:
        return False
    km = (_km_apart([this], here & there, atlas) for this in here | there)
    return max(filter(None, km), default=0.0) > VAGUE_KM


def is_named_beside(one: Location, other: Location, atlas: "Atlas") -> bool:
    """Whether what one tells first of is but the second town of the other, far from its first: it may compare them."""
    return _is_second(one, other, atlas) or _is_second(other, one, atlas)


def _is_second(one: Location, other: Location, atlas: "Atlas") -> bool:
    if other.leg is not None or len(other.places) != PAIR:
        return False
    first, second = other.places
    if first in one.places or second not in (one.leg or one.places[:1]):
        return False
    km = km_between(atlas.places.get(first), atlas.places.get(second))
    return km is not None and km > VAGUE_KM


def ends_at(road: Location, town: Location) -> bool:
    """Whether `road` is a stretch that ends in the town or towns that `town` names."""
    return road.leg is not None and bool(_towns(town)) and _towns(town) <= set(road.leg)


def share_a_region(one: Location, other: Location, *, of_old: bool = False) -> bool:
    """Whether a region of today, or a cercle, is of both; with `of_old`, one as it was before 2023 will do."""
    return any(of_old or not region.startswith("former-") for region in set(one.regions) & set(other.regions))


def _is_long(location: Location, atlas: "Atlas") -> bool:
    start, end = location.leg or ("", "")
    length = km_between(atlas.places.get(start), atlas.places.get(end))
    return length is not None and length > LONG_LEG_KM


def _towns(location: Location) -> frozenset[str]:
    """Towns it names as the spot itself. Both ends only say which stretch, one says where on it."""
    towns, ends = frozenset(location.places), frozenset(location.leg or ())
    return towns - ends if ends <= towns else towns


def _name_one_town(one: Location, other: Location, atlas: "Atlas") -> bool:
    """Whether both name one town as the spot, and none that lies far from its stretch ("A to B, west of Bamako")."""
    shared = _towns(one) & _towns(other)
    return any(_is_by_its_road(town, one, atlas) and _is_by_its_road(town, other, atlas) for town in shared)


def _is_by_its_road(town: str, location: Location, atlas: "Atlas") -> bool:
    if location.leg is None:
        return True
    km = _km_apart([town], along(location, atlas), atlas)
    return km is None or km <= VAGUE_KM


def _of_spots(one: Location, other: Location, atlas: "Atlas") -> Nearness:
    if _name_one_town(one, other, atlas) or _have_one_pair_of_ends(one, other) or _name_two_alike(one, other):
        return Nearness.SAME
    if not _towns(one) and not _towns(other):
        if atlas.legs_of(one) & atlas.legs_of(other):
            return Nearness.NEAR
        return Nearness.VAGUE if _adjoin(one, other) else Nearness.APART
    if _is_at_an_end(one, other) or _is_at_an_end(other, one):
        return Nearness.NEAR
    km = _km_apart(_towns(one) or along(one, atlas), _towns(other) or along(other, atlas), atlas)
    if km is None or km > VAGUE_KM:
        return Nearness.APART
    return Nearness.NEAR if km <= NEAR_KM else Nearness.VAGUE


def _have_one_pair_of_ends(one: Location, other: Location) -> bool:
    """Whether both say "between A and B", in whatever order."""
    return one.leg is not None and other.leg is not None and set(one.leg) == set(other.leg)


def _name_two_alike(one: Location, other: Location) -> bool:
    """Whether two towns are named by both, be they ends of a stretch or not."""
    return len(set(one.places) & set(other.places)) > 1


def _is_at_an_end(one: Location, other: Location) -> bool:
    """Whether the town of one is where the short stretch that the other names ends ("from X, on the road to Y")."""
    return not _towns(one).isdisjoint(other.leg or ())


def along(location: Location, atlas: "Atlas") -> frozenset[str]:
    """Every place of the graph on a stretch, its ends included."""
    return frozenset(place for key in atlas.legs_of(location) for place in key) | frozenset(location.leg or ())


def _km_apart(these: Iterable[str], those: Iterable[str], atlas: "Atlas") -> float | None:
    """Between the nearest two; None where no point is known."""
    pairs = ((atlas.places.get(this), atlas.places.get(that)) for this, that in product(these, those))
    return min((km for pair in pairs if (km := km_between(*pair)) is not None), default=None)


def _adjoin(one: Location, other: Location) -> bool:
    """Whether two stretches of one road meet."""
    return bool(set(one.leg or ()) & set(other.leg or ())) and bool(set(one.roads) & set(other.roads))


def _share_a_road(one: Location, other: Location, atlas: "Atlas") -> bool:
    return bool(set(one.roads) & set(other.roads)) or bool(atlas.legs_of(one) & atlas.legs_of(other))


def _share_a_region(one: Location, other: Location) -> bool:
    """Whether one of them is known by its region alone, and the other lies in it."""
    is_region = any(location.precision is Precision.REGION and not location.roads for location in (one, other))
    return is_region and bool(set(one.regions) & set(other.regions))

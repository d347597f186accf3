"""Which legs and which ground does something cover: a followed area, or the location of an event?

Both are laid over the same graph, so that matching them is a comparison. What lies off the graph keeps its point.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from alerts.geography.distances import Point, Stretch, between, to_stretch
from alerts.geography.layout import Layout
from alerts.geography.model import Area, AreaKind, Leg, Place, Region, Road, Way
from alerts.geography.network import Network, point_of

BESIDE_KM = 15  # how far off a road its people still speak of "on the road"
_BESIDE_DEGREES = BESIDE_KM / 110  # of latitude, and a little more: who is further north or south is not near
_MOST_WINDING = 2.5  # times the straight line: further round is another road than the one meant

LegKey = tuple[str, str]


@dataclass(frozen=True)
class Coverage:
    """Legs by key with their km, the graph's places on them, and the ground as straight stretches."""

    legs: Mapping[LegKey, float]
    places: frozenset[str]
    stretches: tuple[Stretch, ...]

    @cached_property
    def km(self) -> float:
        """Length of all legs."""
        return sum(self.legs.values())

    def shared_km(self, other: "Coverage") -> float:
        """Length of the legs both cover."""
        return sum(km for key, km in self.legs.items() if key in other.legs)


class Ground:
    """Lays areas and locations over the graph."""

    def __init__(
        self,
        places: Mapping[str, Place],
        roads: Mapping[str, Road],
        regions: Mapping[str, Region],
        network: Network,
        layout: Layout,
    ) -> None:
        self._places, self._roads, self._regions = places, roads, regions
        self._network, self._layout = network, layout
        self.of_road = lru_cache(maxsize=None)(self._of_road)
        self.of_leg = lru_cache(maxsize=4096)(self._of_leg)
        self.legs_near = lru_cache(maxsize=4096)(self._legs_near)

    def of_ways(self, ways: Iterable[Way]) -> Coverage:
        """All legs of some ways."""
        return self._laid(leg for way in ways for leg in way.legs)

    def of_area(self, area: Area) -> Coverage:
        """The legs of a followed road, corridor or route (its first way); of a place or region, nothing."""
        match area.kind:
            case AreaKind.ROAD:
                return self.of_road(area.id)
            case AreaKind.CORRIDOR:
                return self.of_ways(self._layout.corridor(area.id))
            case AreaKind.ROUTE:
                return self.of_ways(self._layout.ways(*ends_of(area))[:1])
            case AreaKind.PLACE | AreaKind.REGION:
                return NOTHING

    def of_places(self, places: Iterable[str]) -> Coverage:
        """Towns: the legs that end in them, or run past those off the graph; their own points as ground."""
        known = [place for place in places if place in self._places]
        legs = (leg for place in known for leg in self._legs_by(place))
        points = [point for place in known if (point := point_of(self._places[place]))]
        laid = self._laid(legs)
        return Coverage(laid.legs, frozenset(known), tuple((point, point) for point in points))

    def of_roads_within(self, roads: Sequence[str], regions: Sequence[str]) -> Coverage:
        """Whole roads, or their part within regions; regions alone, every leg between two places of one."""
        legs = [leg for ref in roads for way in self._layout.road(ref) for leg in way.legs]
        inside = set[str]().union(*(self._regions[region].places for region in regions if region in self._regions))
        within = [leg for leg in (legs if roads else self._network.legs) if leg.start in inside and leg.end in inside]
        return self._laid(within or legs)

    def refs(self, cover: Coverage) -> Counter[str]:
        """The road numbers of the legs covered, with how many carry each as the official one."""
        return Counter(leg.road_ref for leg in self._network.legs if leg.road_ref and leg.key in cover.legs)

    def _legs_by(self, place: str) -> tuple[Leg, ...]:
        if place in self._network:
            return self._network.beside(place)
        near = self._network.nearest(place, within_km=BESIDE_KM)[:1]
        return tuple(leg for node in near for leg in self._network.beside(node))

    def _legs_near(self, place: str) -> tuple[LegKey, ...]:
        """Every leg that runs within `BESIDE_KM` of a place, the nearest first."""
        here = self.point(place)
        if here is None:
            return ()
        south, north = here[0] - _BESIDE_DEGREES, here[0] + _BESIDE_DEGREES
        level = [
            (key, (a, b)) for key, (a, b) in self._stretches if max(a[0], b[0]) >= south and min(a[0], b[0]) <= north
        ]
        away = sorted((to_stretch(here, stretch), key) for key, stretch in level)
        return tuple(key for km, key in away if km <= BESIDE_KM)

    @cached_property
    def _stretches(self) -> tuple[tuple[LegKey, Stretch], ...]:
        ends = ((leg.key, self.point(leg.start), self.point(leg.end)) for leg in self._network.legs)
        return tuple((key, (start, end)) for key, start, end in ends if start and end)

    def _of_road(self, ref: str) -> Coverage:
        ways = self._layout.road(ref)
        return self.of_ways(ways) if ways else self._by_waypoints(ref)

    def _by_waypoints(self, ref: str) -> Coverage:
        """A road off the graph: its waypoints, and the ground straight between them."""
        rows = [road.waypoints for road in self._roads.values() if ref in (road.ref, road.id)]
        points = [[point for place in row if (point := self.point(place))] for row in rows]
        stretches = tuple(stretch for row in points for stretch in pairwise(row))
        return Coverage({}, frozenset(place for row in rows for place in row), stretches)

    def _of_leg(self, start: str, end: str, roads: tuple[str, ...] = ()) -> Coverage:
        """What a report means by "between start and end": along the road it names, else the shortest way."""
        path = self._along_road(start, end, roads) or self._plausible(start, end)
        if path:
            return self._laid(path)
        ends = self.of_places((start, end))
        points = [point for place in (start, end) if (point := self.point(place))]
        return Coverage({}, ends.places, tuple(pairwise(points)) or ends.stretches)

    def _along_road(self, start: str, end: str, refs: tuple[str, ...]) -> tuple[Leg, ...]:
        for road in self._roads.values():
            if road.ref in refs and start in road.waypoints and end in road.waypoints:
                first, last = sorted((road.waypoints.index(start), road.waypoints.index(end)))
                return self._network.along(road.waypoints[first : last + 1])
        return ()

    def _plausible(self, start: str, end: str) -> tuple[Leg, ...]:
        if start not in self._network or end not in self._network:
            return ()
        path = self._network.path(start, end)
        a, b = self.point(start), self.point(end)
        straight = between(a, b) if a and b else 0.0
        return path if sum(leg.km for leg in path) <= max(BESIDE_KM, _MOST_WINDING * straight) else ()

    def point(self, place: str) -> Point | None:
        """Where a place is, if it is known at all."""
        return point_of(self._places[place]) if place in self._places else None

    def _laid(self, legs: Iterable[Leg]) -> Coverage:
        unique = {leg.key: leg for leg in legs}
        ends = frozenset(place for key in unique for place in key)
        points = ((self.point(start), self.point(end)) for start, end in unique)
        return Coverage(
            legs={key: leg.km for key, leg in unique.items()},
            places=ends,
            stretches=tuple((a, b) for a, b in points if a and b),
        )


NOTHING = Coverage({}, frozenset(), ())


def ends_of(area: Area) -> tuple[str, str]:
    """The two place ids of a route."""
    start, _, end = area.id.partition("/")
    return start, end

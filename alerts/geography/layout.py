"""How is a way told, and which legs make up a road?

Villages are too fine for a driver's answer: a way is told by the stops drivers count by, at most `MAX_STOPS`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from alerts.geography.model import Corridor, Leg, Place, Road, Way
from alerts.geography.network import Network

MAX_STOPS = 8
_INNER = 0.35  # of the length from the middle: the first and last towns tell no way apart
_CITY_WEIGHT = 4  # a city outweighs a village that as many corridors count


class Layout:
    """Ways, roads and corridors over one network, with the stops that tell them."""

    def __init__(
        self,
        places: Mapping[str, Place],
        roads: Mapping[str, Road],
        corridors: Mapping[str, Corridor],
        network: Network,
    ) -> None:
        self._places = places
        self._roads = roads
        self._corridors = corridors
        self._network = network
        self.ways = lru_cache(maxsize=8192)(self._ways)
        self._counted = Counter(stop for corridor in corridors.values() for stop in corridor.stops)

    def _ways(self, start: str, end: str) -> tuple[Way, ...]:
        """Up to three materially different ways, the same in either direction."""
        if end < start:
            return tuple(_turned(way) for way in self.ways(end, start))
        paths = self._network.ways(start, end)
        visited = Counter(place for path in paths for place in {leg.end for leg in path})
        return tuple(self._told(path, visited) for path in paths)

    def road(self, ref: str) -> tuple[Way, ...]:
        """A road by its number or id, longest row first; rows within another or off the graph are left out."""
        rows = [road for road in self._roads.values() if ref in (road.ref, road.id)]
        paths = sorted((self._network.along(road.waypoints) for road in rows), key=_km, reverse=True)
        kept: list[tuple[Leg, ...]] = []
        for path in paths:
            if path and not any(_keys(path) <= _keys(other) for other in kept):
                kept.append(path)
        return tuple(self._told(path) for path in kept)

    def corridor(self, corridor_id: str) -> tuple[Way, ...]:
        """A corridor, by its own stops; nothing for an id that is none."""
        corridor = self._corridors.get(corridor_id)
        if corridor is None:
            return ()
        return (self._told(self._network.along(corridor.waypoints), stops=corridor.stops),)

    def _told(
        self, path: tuple[Leg, ...], visited: Mapping[str, int] = MappingProxyType({}), stops: tuple[str, ...] = ()
    ) -> Way:
        via = self._via(path, visited)
        roads = dict.fromkeys(leg.road_ref for leg in path if leg.road_ref)
        return Way(stops=stops or self._stops(path, via), legs=path, roads=tuple(roads), via=via)

    def _stops(self, path: Sequence[Leg], via: str | None) -> tuple[str, ...]:
        between = [leg.end for leg in path[:-1] if self._places[leg.end].stop or leg.end == via]
        while len(between) > MAX_STOPS - 2:
            between.remove(min(reversed(between), key=lambda place: (place == via, self._weight(place))))
        return (path[0].start, *between, path[-1].end)

    def _weight(self, place: str) -> int:
        return self._counted[place] + (_CITY_WEIGHT if self._places[place].kind == "city" else 0)

    def _via(self, path: Sequence[Leg], visited: Mapping[str, int]) -> str | None:
        """The town that tells this way from the others: one that few of them visit, well known, near the middle."""
        length, gone, reached = _km(path), 0.0, {}
        for leg in path[:-1]:
            gone += leg.km
            reached[leg.end] = abs(gone / length - 0.5)
        inner = [place for place in reached if reached[place] <= _INNER] or list(reached)
        return max(inner, key=lambda place: (-visited.get(place, 0), *self._rank(place), -reached[place]), default=None)

    def _rank(self, place: str) -> tuple[bool, bool, bool, bool]:
        known = self._places[place]
        return known.kind == "city", known.stop, self._network.junction(place), known.kind == "town"


def _turned(way: Way) -> Way:
    legs = tuple(replace(leg, start=leg.end, end=leg.start) for leg in reversed(way.legs))
    return Way(stops=way.stops[::-1], legs=legs, roads=way.roads[::-1], via=way.via)


def _keys(path: Sequence[Leg]) -> set[tuple[str, str]]:
    return {leg.key for leg in path}


def _km(path: Sequence[Leg]) -> float:
    return sum(leg.km for leg in path)

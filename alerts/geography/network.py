"""Which legs lead from one place to another?

The graph weighs each leg by its surface (`cost_km`); inferred tracks and the neighbours' roads are used only
where nothing else gets there. Ways are compared by the kilometres they share.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, pairwise
from types import MappingProxyType
from typing import Any

import networkx as nx

from alerts.geography.distances import Point, between
from alerts.geography.model import Leg, Place

MAX_WAYS = 3
_CANDIDATES = 24  # shortest paths looked at before giving up on a further way
_MOST_SHARED = 0.55  # of its length: a way that shares more with another is a variant of it
_MOST_COSTLY = 1.75  # times the cheapest: further round, nobody drives it
_OFF_ROAD_KM = 80  # from a village to the nearest place of the graph
_OFF_ROAD_CHOICES = 3
_OFF_ROAD_FACTOR = 1.3  # tracks against the straight line


class Network:
    """The graph of legs. Places are ids; a path is a tuple of legs that follow each other."""

    def __init__(self, places: Mapping[str, Place], legs: Iterable[Leg]) -> None:
        self._places = places
        self._legs = {leg.key: leg for leg in legs}
        self._all = _graph(self._legs.values())
        core = _graph(leg for leg in self._legs.values() if leg.core)
        at_home = [place for place in core if places[place].country == "ML"]
        self._home, self._core = core.subgraph(at_home).copy(), core

    def __contains__(self, place: object) -> bool:
        return place in self._all

    @property
    def legs(self) -> tuple[Leg, ...]:
        """Every leg of the graph."""
        return tuple(self._legs.values())

    def junction(self, place: str) -> bool:
        """Do more than two core legs meet here?"""
        return place in self._core and self._core.degree(place) > len(("in", "out"))

    def beside(self, place: str) -> tuple[Leg, ...]:
        """The legs that end at a place."""
        return tuple(self._legs[_key(place, other)] for other in self._all[place]) if place in self else ()

    def path(self, start: str, end: str) -> tuple[Leg, ...]:
        """The cheapest path between two places of the graph; empty if there is none."""
        graph = self._graph_for(start, end)
        return () if graph is None else self._walk(nx.dijkstra_path(graph, start, end, "cost_km"))

    def along(self, waypoints: Sequence[str]) -> tuple[Leg, ...]:
        """The legs from waypoint to waypoint; where two have no leg of their own, the path between them."""
        legs: list[Leg] = []
        for start, end in pairwise(waypoints):
            direct = _key(start, end) in self._legs
            legs.extend(self._walk((start, end)) if direct else self.path(start, end))
        return tuple(legs)

    def ways(self, start: str, end: str) -> tuple[tuple[Leg, ...], ...]:
        """Up to `MAX_WAYS` materially different paths, the cheapest first; of a village off the graph, with its track.

        Empty if the two are one place, or one of them is far from every road.
        """
        if start == end or not {start, end} <= self._places.keys():
            return ()
        strays = [place for place in (start, end) if place not in self]
        tracks = {leg.key: leg for place in strays for leg in self._tracks(place, start, end)}
        graph = self._graph_for(start, end, tracks.values())
        return () if graph is None else tuple(self._different(graph, start, end, tracks))

    def _different(
        self, graph: "nx.Graph[str]", start: str, end: str, tracks: Mapping[tuple[str, str], Leg]
    ) -> list[tuple[Leg, ...]]:
        trunk = _trunk(graph, keep={start, end})
        chosen: list[tuple[Leg, ...]] = []
        for junctions in islice(nx.shortest_simple_paths(trunk, start, end, "cost_km"), _CANDIDATES):
            path = self._walk(_unfolded(trunk, junctions), tracks)
            if chosen and _cost(path) > _MOST_COSTLY * _cost(chosen[0]):
                break
            if all(_shared(path, other) <= _MOST_SHARED for other in chosen):
                chosen.append(path)
            if len(chosen) == MAX_WAYS:
                break
        return chosen

    def _graph_for(self, start: str, end: str, tracks: Iterable[Leg] = ()) -> "nx.Graph[str] | None":
        for known in (self._home, self._core, self._all):
            graph = known.copy() if tracks else known
            graph.add_edges_from((leg.start, leg.end, {"cost_km": leg.cost_km}) for leg in tracks if leg.start in known)
            if start in graph and end in graph and nx.has_path(graph, start, end):
                return graph
        return None

    def _walk(
        self, places: Iterable[str], tracks: Mapping[tuple[str, str], Leg] = MappingProxyType({})
    ) -> tuple[Leg, ...]:
        keys = ((start, end, _key(start, end)) for start, end in pairwise(places))
        legs = ((start, end, self._legs.get(key) or tracks[key]) for start, end, key in keys)
        return tuple(leg if leg.start == start else replace(leg, start=start, end=end) for start, end, leg in legs)

    def nearest(self, place: str, *, within_km: float) -> tuple[str, ...]:
        """The places of the graph near any place, in a straight line, nearest first."""
        here = point_of(self._places[place]) if place in self._places else None
        if here is None:
            return ()
        there = ((between(here, point), node) for node in self._all if (point := point_of(self._places[node])))
        return tuple(node for distance, node in sorted(there) if distance <= within_km)

    def _tracks(self, place: str, *ends: str) -> Iterator[Leg]:
        """Estimated tracks from a place off the graph to the nearest of it, and to an end that is near as well."""
        for other in (*self.nearest(place, within_km=_OFF_ROAD_KM)[:_OFF_ROAD_CHOICES], *ends):
            a, b = point_of(self._places[place]), point_of(self._places[other])
            if other != place and a and b and (straight := between(a, b)) <= _OFF_ROAD_KM:
                km = max(1.0, round(straight * _OFF_ROAD_FACTOR, 1))
                yield Leg(start=other, end=place, road_ref=None, km=km, cost_km=2 * km, surface="unknown", core=False)


def point_of(place: Place) -> Point | None:
    """Where a place is, if a source says so."""
    if place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def _key(start: str, end: str) -> tuple[str, str]:
    return (start, end) if start <= end else (end, start)


def _graph(legs: Iterable[Leg]) -> "nx.Graph[str]":
    graph: nx.Graph[str] = nx.Graph()
    for leg in legs:
        graph.add_edge(leg.start, leg.end, cost_km=leg.cost_km)
    return graph


def _cost(path: Sequence[Leg]) -> float:
    return sum(leg.cost_km for leg in path)


def _shared(path: Sequence[Leg], other: Sequence[Leg]) -> float:
    keys = {leg.key for leg in other}
    return sum(leg.km for leg in path if leg.key in keys) / sum(leg.km for leg in path)


def _trunk(graph: "nx.Graph[str]", keep: set[str]) -> "nx.Graph[str]":
    """The graph without its dead ends and with chains of villages drawn as one edge, which remembers them.

    Simple paths are the same, and there are few enough junctions to look at dozens of paths while someone waits.
    """
    trunk = graph.copy()
    _prune(trunk, keep)
    for place in [place for place in trunk if trunk.degree(place) == len(("in", "out")) and place not in keep]:
        before, after = trunk[place]
        if trunk.has_edge(before, after):
            continue  # a second way between the same two junctions: its village keeps it apart
        through = [*_between(trunk, before, place), place, *_between(trunk, place, after)]
        cost = trunk[before][place]["cost_km"] + trunk[place][after]["cost_km"]
        trunk.remove_node(place)
        trunk.add_edge(before, after, cost_km=cost, through=through, first=before)
    return trunk


def _prune(graph: "nx.Graph[str]", keep: set[str]) -> None:
    while ends := [place for place in graph if graph.degree(place) < len(("in", "out")) and place not in keep]:
        graph.remove_nodes_from(ends)


def _between(trunk: "nx.Graph[str]", start: str, end: str) -> list[str]:
    edge: dict[str, Any] = trunk[start][end]
    through: list[str] = edge.get("through", [])
    return through if edge.get("first", start) == start else through[::-1]


def _unfolded(trunk: "nx.Graph[str]", junctions: Sequence[str]) -> Iterator[str]:
    for start, end in pairwise(junctions):
        yield start
        yield from _between(trunk, start, end)
    yield junctions[-1]

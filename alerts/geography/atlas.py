"""Where is what, what is it called, and what leads there?

`Atlas` is the one door to every fact about places and roads. It is built once from the data files and never
changes; look-ups are cached where they are asked again for every subscription.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from alerts.geography import tables
from alerts.geography.coverage import Ground, ends_of
from alerts.geography.gazetteer import further_places
from alerts.geography.layout import Layout
from alerts.geography.locating import Locator
from alerts.geography.matching import Matching
from alerts.geography.model import (
    Area,
    AreaKind,
    Corridor,
    Directness,
    Heading,
    Homonym,
    Leg,
    Location,
    Place,
    Region,
    Resolved,
    Road,
    Way,
)
from alerts.geography.names import Names, spellings
from alerts.geography.network import Network
from alerts.geography.resolve import Resolver
from alerts.geography.typed import Role


class Atlas:
    """Every look-up about places and roads; built once, immutable."""

    def __init__(
        self,
        *,
        places: Mapping[str, Place],
        roads: Mapping[str, Road],
        legs: tuple[Leg, ...],
        corridors: Mapping[str, Corridor],
        regions: Mapping[str, Region],
        homonyms: Mapping[str, Homonym],
        roles: Mapping[str, Role],
        further: Mapping[str, Place],
    ) -> None:
        self.places: Mapping[str, Place] = MappingProxyType({**places, **further})
        self.roads: Mapping[str, Road] = MappingProxyType(dict(roads))
        self.corridors: Mapping[str, Corridor] = MappingProxyType(dict(corridors))
        self.regions: Mapping[str, Region] = MappingProxyType(dict(regions))
        self.homonyms: Mapping[str, Homonym] = MappingProxyType(dict(homonyms))
        self.legs = legs
        network = Network(self.places, legs)
        self._layout = Layout(self.places, roads, corridors, network)
        ground = Ground(self.places, roads, regions, network, self._layout)
        self._locator = Locator(self.places, roads, regions, ground)
        self._matching = Matching(regions, ground, self._layout)
        self._resolver = Resolver(
            places=places,
            roads=roads,
            corridors=corridors,
            regions=regions,
            names=Names(places.values(), homonyms),
            roles=roles,
        )
        self._headed_by = lru_cache(maxsize=1024)(self._road_in_heading)  # asked for each message of a broadcast

    @classmethod
    def load(cls, gazetteer: Path | None = None) -> "Atlas":
        """The atlas of the data files that ship with the project.

        `gazetteer` names a GeoNames country dump or a CSV with names and coordinates: its places are read in reports
        where no curated place has the name, and cannot be followed.

        Raises:
            DataError: a file does not hold what it must.
        """
        places = tables.load_places()
        roads = tables.load_roads(places)
        return cls(
            places=places,
            roads=roads,
            legs=tables.load_legs(places, {road.ref for road in roads.values()}),
            corridors=tables.load_corridors(places),
            regions=tables.load_regions(places),
            homonyms=tables.load_homonyms(places),
            roles=tables.load_words(),
            further=further_places(gazetteer, places.values()) if gazetteer else {},
        )

    def name(self, area: Area) -> str:
        """An area in words: "RN1", "Kayes", "Corridor Dakar–Bamako nord", "Kayes → Bamako"; an unknown one, its id."""
        match area.kind:
            case AreaKind.PLACE:
                return self.place_name(area.id)
            case AreaKind.ROAD:
                return self.roads[area.id].name if area.id in self.roads else area.id
            case AreaKind.CORRIDOR:
                return self.corridors[area.id].name if area.id in self.corridors else area.id
            case AreaKind.REGION:
                return self.regions[area.id].name if area.id in self.regions else area.id
            case AreaKind.ROUTE:
                return " → ".join(self.place_name(place) for place in ends_of(area))

    def place_name(self, place_id: str) -> str:
        """A place's display name; the id itself if it is none."""
        return self.places[place_id].name if place_id in self.places else place_id

    def resolve(self, text: str) -> Resolved:
        """What a person typed: a place, road, corridor, region or route, or what was not understood and near it."""
        return self._resolver.resolve(text)

    def ways(self, start: str, end: str) -> tuple[Way, ...]:
        """Up to three materially different ways between two place ids, always in the same order; empty if none."""
        return self._layout.ways(start, end)

    def road_way(self, area: Area) -> tuple[Way, ...]:
        """A road, corridor or route laid out as ways with stops; empty for a place or a region."""
        match area.kind:
            case AreaKind.ROAD:
                return self._layout.road(area.id)
            case AreaKind.CORRIDOR:
                return self._layout.corridor(area.id)
            case AreaKind.ROUTE:
                return self.ways(*ends_of(area))
            case AreaKind.PLACE | AreaKind.REGION:
                return ()

    def locate(
        self,
        *,
        places: Sequence[str] = (),
        leg: tuple[str, str] | None = None,
        roads: Sequence[str] = (),
        regions: Sequence[str] = (),
    ) -> Location:
        """A location from what a report names: with the roads that carry it, the regions around it, its precision.

        `roads` are numbers, the rest ids; what the atlas does not know is left out.
        """
        return self._locator.locate(places=places, leg=leg, roads=roads, regions=regions)

    def legs_of(self, location: Location) -> frozenset[tuple[str, str]]:
        """`Leg.key` of every leg of the graph the location covers.

        A leg covers the way between its ends, a town the legs that meet there. A road or a region alone covers all of
        its own, so look at `precision` before saying that a leg is hit.
        """
        return self._matching.legs_of(location)

    def legs_beside(self, location: Location, way: frozenset[tuple[str, str]]) -> frozenset[tuple[str, str]]:
        """Of `way`'s legs those nearest to the location's towns, where they lie beside it and not on it."""
        return self._matching.legs_beside(location, way)

    def holds(self, area: Area, location: Location) -> Directness | None:
        """Does a followed area hold an event, and how directly? None if not at all."""
        return self._matching.holds(area, location)

    def heading(self, location: Location) -> Heading:
        """The location as a message opens with it."""
        return self._locator.heading(location)

    def headed_by(self, location: Location) -> Area | None:
        """The road that a message about this location opens with; None where it opens with none, or with several."""
        return self._headed_by(location)

    def _road_in_heading(self, location: Location) -> Area | None:
        road = self.heading(location).road
        return self.resolve(road).area if road else None

    def names(self) -> Iterator[tuple[str, str]]:
        """Every spelling with the id of its place; a shared spelling comes once for each (see `homonyms`)."""
        for place in self.places.values():
            for spelling in spellings(place):
                yield spelling, place.id

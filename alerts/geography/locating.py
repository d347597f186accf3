"""Where exactly is a report's place, and what does one call it?

A report names some of: towns, two ends of a leg, roads, regions. `Locator.locate` completes what follows from
them; `Locator.heading` says it back the way a driver would.
"""

from collections.abc import Iterable, Mapping, Sequence

from alerts.geography.coverage import Ground
from alerts.geography.model import Heading, Location, Place, Precision, Region, Road

_CARRIES = 0.5  # of a leg's length: a road that carries less of it only crosses


class Locator:
    """Completes locations from what a report names; unknown ids are kept out."""

    def __init__(
        self, places: Mapping[str, Place], roads: Mapping[str, Road], regions: Mapping[str, Region], ground: Ground
    ) -> None:
        self._places, self._regions, self._ground = places, regions, ground
        self._refs = tuple(dict.fromkeys(road.ref for road in roads.values() if road.ref))
        self._containing: dict[str, tuple[str, ...]] = {}
        for region in regions.values():
            for place in region.places:
                self._containing[place] = (*self._containing.get(place, ()), region.id)

    def locate(
        self, *, places: Sequence[str], leg: tuple[str, str] | None, roads: Sequence[str], regions: Sequence[str]
    ) -> Location:
        """A location with the roads that carry it and the regions that contain it, those named by the report first."""
        towns = tuple(dict.fromkeys(place for place in places if place in self._places))
        ends = leg if leg and leg[0] != leg[1] and set(leg) <= self._places.keys() else None
        named = tuple(ref for ref in roads if ref in self._refs)
        passing = self._passing((*towns, *(ends or ())))  # RN16 ends at Gao and does not carry Gao–Ansongo
        carried = (*self._carrying(ends, named), *passing) if ends else passing
        within = (region for place in (*towns, *(ends or ())) for region in self._containing.get(place, ()))
        stated = tuple(region for region in regions if region in self._regions)
        return Location(
            places=towns,
            leg=ends,
            roads=tuple(dict.fromkeys((*named, *carried))),
            regions=tuple(dict.fromkeys((*stated, *within))),
            precision=_precision(towns, ends, named, stated),
        )

    def heading(self, location: Location) -> Heading:
        """The location in display names: the road it lies on and its ends, a town, a road or a region."""
        start, end = (self._name(place) for place in location.leg) if location.leg else (None, None)
        if location.leg:
            road = location.roads[0] if location.roads else None
            return Heading(road=road, start=start, end=end, name=_joined(road, f"{start}–{end}"))
        if location.places:
            road = location.roads[0] if len(location.roads) == 1 else None
            towns = ", ".join(self._name(place) for place in location.places)
            return Heading(road=road, start=self._name(location.places[0]), end=None, name=_joined(road, towns))
        road = ", ".join(location.roads) or None
        areas = ", ".join(dict.fromkeys(self._regions[region].name for region in location.regions))
        return Heading(road=road, start=None, end=None, name=_joined(road, areas))

    def _name(self, place: str) -> str:
        return self._places[place].name if place in self._places else place

    def _carrying(self, leg: tuple[str, str], named: tuple[str, ...]) -> Iterable[str]:
        """Roads that carry most of a leg: first those that carry it all, the official number before the press's."""
        path = self._ground.of_leg(*leg, named)
        shares = {ref: path.shared_km(self._ground.of_road(ref)) for ref in self._refs}
        official = self._ground.refs(path)
        carrying = [ref for ref in self._refs if path.km and shares[ref] >= _CARRIES * path.km]
        return sorted(carrying, key=lambda ref: (-round(shares[ref]), -official[ref]))

    def _passing(self, towns: Iterable[str]) -> tuple[str, ...]:
        """Roads on which every one of the towns lies."""
        every = [self._roads_by(town) for town in towns]
        return tuple(ref for ref in self._refs if every and all(ref in roads for roads in every))

    def _roads_by(self, town: str) -> set[str]:
        return {ref for ref in self._refs if town in self._ground.of_road(ref).places}


def _precision(
    towns: Sequence[str], leg: tuple[str, str] | None, roads: Sequence[str], regions: Sequence[str]
) -> Precision:
    """A town is exact, a leg is near; a road or a region alone is no finer than a region."""
    if towns:
        return Precision.TOWN
    if leg:
        return Precision.NEAR
    return Precision.REGION if roads or regions else Precision.UNKNOWN


def _joined(road: str | None, rest: str) -> str:
    return " · ".join(part for part in (road, rest) if part)

"""Does what someone follows hold an event, and how directly?

The answer is a `Directness` or None. Distances are straight lines; on a road, sharing its legs comes first.

Most regions were divided in 2023 and their old names go on: who follows "Sikasso" may think of the former region, and
a paper that says "the Sikasso region" may mean it. Both are taken in, so that nobody misses news over a border.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from alerts.geography.coverage import BESIDE_KM, Coverage, Ground, ends_of
from alerts.geography.distances import to_stretch
from alerts.geography.layout import Layout
from alerts.geography.model import Area, AreaKind, Directness, Location, Region

IN_TOWN_KM = 10  # a followed town and its outskirts
_WHOLE_AXIS_KM = 200  # "on the Bamako–Kayes road" may be anywhere along it
_MOSTLY = 0.5  # of an event's legs: who follows less of them follows only a part of where it may be
_PARTLY = 0.25  # of the shorter of two stretches: sharing less is meeting at an end

LegKeys = frozenset[tuple[str, str]]


class Matching:
    """Answers for one ground; the same question is worked out once."""

    def __init__(self, regions: Mapping[str, Region], ground: Ground, layout: Layout) -> None:
        self._regions, self._ground, self._layout = regions, ground, layout
        self._former = _former_by_namesake(regions)
        self.holds = lru_cache(maxsize=65536)(self._holds)
        self._followed = lru_cache(maxsize=4096)(ground.of_area)
        self._event = lru_cache(maxsize=4096)(self._cover)

    def legs_of(self, location: Location) -> LegKeys:
        """Keys of the legs a location covers.

        A leg covers the way between its ends, towns the legs that meet in them; a road or region alone, all of its own.
        """
        return frozenset(self._event(location).legs)

    def legs_beside(self, location: Location, way: LegKeys) -> LegKeys:
        """Of a way's legs the nearest to each town of a location that lies beside it, as `holds` understands that.

        A leg that the graph knows lies beside the way only if both its ends do.
        """
        towns = location.places or location.leg or ()
        nearest = [next((key for key in self._ground.legs_near(town) if key in way), None) for town in towns]
        if location.leg and not location.places and self._event(location).legs and None in nearest:
            return frozenset()
        return frozenset(key for key in nearest if key)

    def _cover(self, location: Location) -> Coverage:
        if location.leg:
            return self._ground.of_leg(*location.leg, location.roads)
        if location.places:
            return self._ground.of_places(location.places)
        return self._ground.of_roads_within(location.roads, location.regions)

    def _holds(self, area: Area, location: Location) -> Directness | None:
        known = bool(location.leg or location.places)
        if not known:
            location = self._as_it_may_be_meant(location)
        match area.kind:
            case AreaKind.PLACE:
                return self._town_holds(area, location) if known else self._town_within(area.id, location)
            case AreaKind.REGION:
                return self._region_holds(area.id, location, known=known)
            case AreaKind.ROAD | AreaKind.CORRIDOR | AreaKind.ROUTE:
                return self._way_holds(area, location) if known else self._way_within(area, location)

    def _town_holds(self, area: Area, location: Location) -> Directness | None:
        """A followed town and a leg or town known: by distance."""
        exact, event = self._exact(location), self._event(location)
        if area.id in exact:
            return Directness.ON_IT
        towns = self._ground.of_places(exact) if exact else event
        here = self._ground.point(area.id)
        distance = min((to_stretch(here, stretch) for stretch in towns.stretches), default=None) if here else None
        if distance is None or distance > area.radius_km:
            return None
        if not exact and event.km > _WHOLE_AXIS_KM:
            return Directness.WIDE
        return Directness.ON_IT if distance <= IN_TOWN_KM else Directness.NEAR

    def _town_within(self, town: str, location: Location) -> Directness | None:
        """A followed town and only a road or a region known: does it pass, or contain, the town?"""
        if any(town in self._region(region) for region in location.regions) and not location.roads:
            return Directness.WIDE
        here = self._ground.point(town)
        stretches = self._event(location).stretches if location.roads else ()
        passes = here and any(to_stretch(here, stretch) <= BESIDE_KM for stretch in stretches)
        return Directness.WIDE if passes else None

    def _as_it_may_be_meant(self, location: Location) -> Location:
        """Regions that are named alone, with the former ones of their names."""
        former = (self._former[region] for region in location.regions if region in self._former)
        return replace(location, regions=tuple(dict.fromkeys((*location.regions, *former))))

    def _region_holds(self, region: str, location: Location, *, known: bool) -> Directness | None:
        """What lies in the region itself; what lies in the rest of the former one is near it."""
        if held := self._lies_in(region, location, known=known):
            return held
        around = self._lies_in(self._former[region], location, known=known) if region in self._former else None
        return Directness.NEAR if around is Directness.ON_IT else around

    def _lies_in(self, region: str, location: Location, *, known: bool) -> Directness | None:
        within, event = self._region(region), self._event(location)
        if known and (region in location.regions or within & set(self._exact(location))):
            return Directness.ON_IT
        if location.places and not location.leg:
            return None
        touched = within & event.places or region in location.regions
        if not touched and not location.roads:
            touched = any(within & self._region(other) for other in location.regions)
        exactly = known and event.km <= _WHOLE_AXIS_KM
        return (Directness.ON_IT if exactly else Directness.WIDE) if touched else None

    def _way_holds(self, area: Area, location: Location) -> Directness | None:
        """A followed road, corridor or route and a leg or town known: on its legs, on another way, or beside it."""
        if area.kind is AreaKind.ROAD and area.id in location.roads:
            return Directness.ON_IT
        followed, event = self._followed(area), self._event(location)
        if followed.places & set(location.places):
            return Directness.ON_IT
        if location.leg and (shared := followed.shared_km(event)):
            if event.km > _WHOLE_AXIS_KM and shared < _MOSTLY * event.km:
                return Directness.WIDE
            together = shared >= _PARTLY * min(event.km, followed.km)
            return Directness.ON_IT if together else Directness.NEAR
        if area.kind is AreaKind.ROUTE and self._on_other_way(area, location, event):
            return Directness.NEAR
        return Directness.NEAR if self._beside(followed, location, event) else None

    def _way_within(self, area: Area, location: Location) -> Directness | None:
        """A followed road, corridor or route and only a road or a region known."""
        if area.kind is AreaKind.ROAD and area.id in location.roads:
            return Directness.ON_IT
        followed, event = self._followed(area), self._event(location)
        if location.roads:
            shared = followed.shared_km(event)
            return (Directness.ON_IT if shared >= _MOSTLY * event.km else Directness.WIDE) if shared else None
        crossed = any(followed.places & self._region(region) for region in location.regions)
        return Directness.WIDE if crossed else None

    def _on_other_way(self, area: Area, location: Location, event: Coverage) -> bool:
        other = self._ground.of_ways(self._layout.ways(*ends_of(area)))
        return bool(other.places & set(location.places) or (location.leg and other.shared_km(event)))

    def _beside(self, followed: Coverage, location: Location, event: Coverage) -> bool:
        """Towns, or an end of a leg off the graph, beside the road; a leg of the graph only if both its ends are."""
        ends = location.places or location.leg or ()
        near = [self._is_beside(followed, end) for end in ends]
        return all(near) if event.legs and not location.places else any(near)

    def _is_beside(self, followed: Coverage, place: str) -> bool:
        here = self._ground.point(place)
        return here is not None and any(to_stretch(here, stretch) <= BESIDE_KM for stretch in followed.stretches)

    def _exact(self, location: Location) -> tuple[str, ...]:
        """The towns themselves, unless they merely name the two ends of the leg."""
        whole_leg = location.leg and set(location.leg) <= set(location.places)
        return () if whole_leg else location.places

    def _region(self, region: str) -> frozenset[str]:
        return frozenset(self._regions[region].places) if region in self._regions else frozenset()


def _former_by_namesake(regions: Mapping[str, Region]) -> dict[str, str]:
    """The id of the former region by that of the region of 2023 that kept its name."""
    former = {region.name: region.id for region in regions.values() if region.former}
    kept = (region for region in regions.values() if region.level == "region" and not region.former)
    return {region.id: former[region.name] for region in kept if region.name in former}

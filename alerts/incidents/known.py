"""Which of the known incidents may a report tell of?

An index over where incidents are: a report is compared with those in reach of it, not with everything. What it leaves
out could not be near enough (`alerts.incidents.nearness`) to be the same event, or to be ended by the report.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import count, product
from typing import TYPE_CHECKING, Self

from alerts.geography.model import Location, Precision
from alerts.incidents.agreement import has_telling_toll
from alerts.incidents.model import Incident, Report
from alerts.incidents.nearness import along, is_nowhere, is_spot
from alerts.incidents.words import is_of_strikers

if TYPE_CHECKING:
    from alerts.geography.atlas import Atlas

_CELL_LATITUDE, _CELL_LONGITUDE = 0.5, 0.6
"""Degrees: more than `nearness.VAGUE_KM` each way anywhere in Mali, so that neighbours hold all that is near."""

_NOWHERE = ("nowhere",)

_Key = tuple[Hashable, ...]


class Known:
    """Incidents in the order they were given, findable by place. `atlas` is the one their locations are of."""

    def __init__(self, atlas: "Atlas") -> None:
        self.atlas = atlas
        self._incidents: dict[str, Incident] = {}
        self._order: dict[str, int] = {}
        self._keys: dict[str, frozenset[_Key]] = {}
        self._at: dict[_Key, set[str]] = {}
        self._numbers = count()
        self._holders: dict[str, str] = {}

    @classmethod
    def of(cls, incidents: Iterable[Incident], atlas: "Atlas") -> Self:
        """An index of `incidents`."""
        known = cls(atlas)
        for incident in incidents:
            known.put(incident)
        return known

    def get(self, incident_id: str) -> Incident | None:
        """The incident of that reference, as it is known."""
        return self._incidents.get(incident_id)

    def holder_of(self, report_id: str) -> Incident | None:
        """The incident that has that report."""
        return self._incidents.get(self._holders.get(report_id, ""))

    def put(self, incident: Incident) -> None:
        """Add an incident, or put a later version in the place of the one it has."""
        self._incidents[incident.id] = incident
        self._holders.update(dict.fromkeys((report.id for report in incident.reports), incident.id))
        self._order.setdefault(incident.id, next(self._numbers))
        keys = self._keys_of(incident)
        before = self._keys.get(incident.id, frozenset())
        self._keys[incident.id] = keys
        for key in before - keys:
            self._at[key].discard(incident.id)
        for key in keys - before:
            self._at.setdefault(key, set()).add(incident.id)

    def follow(self, incidents: Sequence[Incident]) -> Self:
        """Bring the index in step with `incidents`, working only on those that changed."""
        for gone in self._incidents.keys() - {incident.id for incident in incidents}:
            self._forget(gone)
        for incident in incidents:
            if (older := self._incidents.get(incident.id)) is not incident:
                self._disown(older.reports if older else ())
                self.put(incident)
        self._order = {incident.id: number for number, incident in enumerate(incidents)}
        self._numbers = count(len(incidents))
        return self

    def in_reach_of(self, report: Report) -> list[Incident]:
        """Those that `report` may tell of or end, in order. One that names no place may tell of any."""
        ids = set(self._incidents) if is_nowhere(report.location) else self._near(report.location)
        if has_telling_toll(report):
            ids |= self._at.get(("toll", report.fatalities), set())
        for strikers in filter(is_of_strikers, report.people):
            ids |= self._at.get(("strike", strikers), set())
        return [self._incidents[one] for one in sorted(ids, key=self._order.__getitem__)]

    def _near(self, location: Location) -> set[str]:
        return set[str]().union(*(self._at.get(key, ()) for key in self._sought(location)))

    def _forget(self, incident_id: str) -> None:
        self._disown(self._incidents.pop(incident_id).reports)
        del self._order[incident_id]
        for key in self._keys.pop(incident_id):
            self._at[key].discard(incident_id)

    def _disown(self, reports: Iterable[Report]) -> None:
        for report in reports:
            self._holders.pop(report.id, None)

    def _keys_of(self, incident: Incident) -> frozenset[_Key]:
        locations = {incident.location, *(report.location for report in incident.reports)}
        tolls = {("toll", report.fatalities) for report in incident.reports if has_telling_toll(report)}
        people = {name for report in incident.reports for name in report.people}
        strikes = {("strike", name) for name in people if is_of_strikers(name)}
        return frozenset(key for location in locations for key in self._kept_under(location)) | tolls | strikes

    def _kept_under(self, location: Location) -> Iterator[_Key]:
        """All that `location` can be found by; "bare" is a road or region without a spot on it."""
        if is_nowhere(location):
            yield _NOWHERE
        yield from self._common(location)
        yield from (("cell", *cell) for cell in self._cells(location))
        yield from (("road", road) for road in location.roads)
        yield from (("region", region) for region in location.regions)
        if not is_spot(location, self.atlas):
            yield from (("bare road", road) for road in location.roads)
        if _is_region(location):
            yield from (("bare region", region) for region in location.regions)

    def _sought(self, location: Location) -> Iterator[_Key]:
        """Under what an incident must be kept to be near `location`."""
        yield _NOWHERE
        yield from self._common(location)
        for row, column in self._cells(location):
            yield from (("cell", row + down, column + right) for down, right in product((-1, 0, 1), repeat=2))
        road = "bare road" if is_spot(location, self.atlas) else "road"
        yield from ((road, one) for one in location.roads)
        region = "region" if _is_region(location) else "bare region"
        yield from ((region, one) for one in location.regions)

    def _common(self, location: Location) -> Iterator[_Key]:
        yield from (("leg", *leg) for leg in self.atlas.legs_of(location))
        yield from (("place", place) for place in (*location.places, *(location.leg or ())))

    def _cells(self, location: Location) -> set[tuple[int, int]]:
        named = (self.atlas.places.get(place) for place in {*location.places, *along(location, self.atlas)})
        return {
            (int(place.latitude // _CELL_LATITUDE), int(place.longitude // _CELL_LONGITUDE))
            for place in named
            if place is not None and place.latitude is not None and place.longitude is not None
        }


def _is_region(location: Location) -> bool:
    return location.precision is Precision.REGION and not location.roads

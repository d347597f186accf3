"""What may a file say of an incident? What a public chat would see of it, and no more.

Places are towns, stretches and regions, times parts of a day; a source is a kind of source and never a name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from alerts.geography.model import Location, Precision
from alerts.incidents.history import is_told
from alerts.incidents.model import DayPart, Incident, Severity, SourceKind, Status, Trust, Vehicles
from alerts.reading.model import EventType

if TYPE_CHECKING:
    from alerts.geography.atlas import Atlas

Point = tuple[float, float]
"""Longitude and latitude of a town, to a kilometre or so."""

_DIGITS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One incident as readers know it; `points` are a town's, or those of the two ends of a stretch.

    `version`, `first_told` and `told` are those of our own word, for files that readers follow.
    """

    reference: str
    version: int
    status: Status
    day: date
    day_part: DayPart | None
    event_type: EventType
    severity: Severity
    trust: Trust
    source_kinds: tuple[SourceKind, ...]
    vehicles: tuple[Vehicles, ...]
    place: str
    roads: tuple[str, ...]
    regions: tuple[str, ...]
    points: tuple[Point, ...]
    informed: date
    first_told: datetime
    told: datetime
    is_exercise: bool


def chronology(incidents: Iterable[Incident], *, atlas: "Atlas") -> tuple[Record, ...]:
    """All that readers may know of, by day, region, place and kind."""
    told = (one for one in incidents if is_told(one) and one.location.precision is not Precision.UNKNOWN)
    return tuple(sorted((record_of(one, atlas=atlas) for one in told), key=_in_order))


def record_of(incident: Incident, *, atlas: "Atlas") -> Record:
    """One incident, made as coarse as readers get it."""
    location = incident.location
    return Record(
        reference=incident.id,
        version=incident.version,
        status=incident.status,
        day=incident.onset or incident.first_reported_at.date(),
        day_part=incident.day_part,
        event_type=incident.event_type,
        severity=incident.severity,
        trust=incident.trust,
        source_kinds=tuple(sorted({one.source_kind for one in incident.reports if one.held is None})),
        vehicles=incident.vehicles,
        place=_place(location, atlas),
        roads=location.roads,
        regions=tuple(dict.fromkeys(atlas.regions[one].name for one in location.regions if one in atlas.regions)),
        points=_points(location, atlas),
        informed=incident.informed_at.date(),
        first_told=incident.first_reported_at,
        told=incident.first_reported_at if incident.version == 1 else incident.updated_at,
        is_exercise=incident.exercise,
    )


def _place(location: Location, atlas: "Atlas") -> str:
    """A stretch or the towns; "" where only a road or a region is known."""
    if location.leg:
        return "–".join(atlas.place_name(end) for end in location.leg)
    return ", ".join(atlas.place_name(place) for place in location.places)


def _points(location: Location, atlas: "Atlas") -> tuple[Point, ...]:
    """Where the towns are that are named: nothing at all unless each of them is on the map."""
    named = location.leg or location.places
    places = [atlas.places[one] for one in named if one in atlas.places]
    points = tuple(
        (round(place.longitude, _DIGITS), round(place.latitude, _DIGITS))
        for place in places
        if place.longitude is not None and place.latitude is not None
    )
    return points if len(points) == len(named) else ()


def _in_order(record: Record) -> tuple[date, tuple[str, ...], str, tuple[str, ...], str, str]:
    return (record.day, record.regions, record.place, record.roads, record.event_type, record.reference)

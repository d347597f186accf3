"""Does a report announce the end of a blockade, a closure, a shortage?

A wrong end would look like good news. So it takes words that say so, of the very place, and of every place where it
holds; an escort that got through ends nothing, nor does fuel that arrived and is not on sale.
"""

from typing import TYPE_CHECKING

from alerts.geography.model import Location
from alerts.incidents.dating import NEWS_LASTS
from alerts.incidents.model import Incident, Report, Status
from alerts.incidents.nearness import ONE_PLACE, Nearness, nearness
from alerts.incidents.telling import says_open
from alerts.reading.model import EventType

if TYPE_CHECKING:
    from alerts.geography.atlas import Atlas

ENDS = frozenset({EventType.ESCORT_OR_REOPENING, EventType.FUEL_ARRIVAL})

REOPENABLE = frozenset(
    {
        EventType.BLOCKADE,
        EventType.ROAD_CLOSED,
        EventType.BRIDGE_OUT,
        EventType.FLOOD,
        EventType.BORDER_CLOSED,
        EventType.STRIKE_PROTEST,
        EventType.CHECKPOINT_EXTORTION,
        EventType.FUEL_IMPORT_BAN,
    }
)


def announces_end(report: Report, incident: Incident, atlas: "Atlas") -> bool:
    """Whether `report` says that `incident` is over, at its place or on a road or stretch that holds all of it."""
    if not _may_end(report, incident) or _is_earlier(report, incident):
        return False
    here = report.location
    same = nearness(here, incident.location, atlas) in ONE_PLACE
    return (same and _named(incident.location) <= _named(here)) or _covers(here, incident.location, atlas)


def ends_in_part(report: Report, incident: Incident, atlas: "Atlas") -> bool:
    """Whether `report` may end `incident` at one of its places and not at all of them, so that a person must look."""
    if incident.status is not Status.ACTIVE or not _may_end(report, incident):
        return False
    if _is_earlier(report, incident) or announces_end(report, incident, atlas):
        return False
    here, there = report.location, incident.location
    return nearness(here, there, atlas) >= Nearness.NEAR or bool(atlas.legs_of(here) & atlas.legs_of(there))


def _is_earlier(report: Report, incident: Incident) -> bool:
    """Whether its word, or the day that it tells of, lies before what is said to be over ("rouverte mardi dernier")."""
    began = incident.onset or incident.first_reported_at.date()
    return report.informed_at < incident.first_reported_at or (
        report.event_date is not None and report.event_date < min(began, incident.first_reported_at.date())
    )


def _named(location: Location) -> set[str]:
    return {*location.places, *(location.leg or ())}


def _covers(whole: Location, part: Location, atlas: "Atlas") -> bool:
    """Whether a longer stretch, or the whole road, is reopened, and all that the incident names is a part of it."""
    if part.places and not part.leg:
        return False
    if not (whole.leg or (whole.roads and not whole.places)):
        return False
    legs, reopened = atlas.legs_of(part), atlas.legs_of(whole)
    network = {place for leg in atlas.legs for place in leg.key}
    beyond = (_named(part) & network) - {place for key in reopened for place in key} - _named(whole)
    return bool(legs) and legs <= reopened and not beyond


def _may_end(report: Report, incident: Incident) -> bool:
    if incident.exercise or incident.status is Status.RETRACTED:
        return False
    if incident.status is Status.LIFTED and report.informed_at - incident.informed_at > NEWS_LASTS:
        return False
    if report.event_type is EventType.FUEL_ARRIVAL:
        return report.held is None and incident.event_type is EventType.FUEL_SHORTAGE
    return says_open(report) and incident.event_type in REOPENABLE

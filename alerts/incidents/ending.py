"""Does a report announce the end of a blockade, a closure, a shortage?

A wrong end would look like good news. So it takes words that say so, of the very place; an escort that got through
ends nothing, nor does fuel that arrived and is not on sale.
"""

from typing import TYPE_CHECKING

from alerts.incidents.dating import NEWS_LASTS
from alerts.incidents.model import Incident, Report, Status
from alerts.incidents.nearness import ONE_PLACE, nearness
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
    if not _may_end(report, incident) or report.informed_at < incident.first_reported_at:
        return False
    same = nearness(report.location, incident.location, atlas) in ONE_PLACE
    return same or _covers(report, incident, atlas)


def _covers(report: Report, incident: Incident, atlas: "Atlas") -> bool:
    """Whether it reopens a longer stretch, or the whole road, of which the incident's is a part."""
    if incident.location.places and not incident.location.leg:
        return False
    part, whole = atlas.legs_of(incident.location), atlas.legs_of(report.location)
    named = report.location.leg or (report.location.roads and not report.location.places)
    return bool(named) and bool(part) and part <= whole


def _may_end(report: Report, incident: Incident) -> bool:
    if incident.exercise or incident.status is Status.RETRACTED:
        return False
    if incident.status is Status.LIFTED and report.informed_at - incident.informed_at > NEWS_LASTS:
        return False
    if report.event_type is EventType.FUEL_ARRIVAL:
        return report.held is None and incident.event_type is EventType.FUEL_SHORTAGE
    return says_open(report) and incident.event_type in REOPENABLE

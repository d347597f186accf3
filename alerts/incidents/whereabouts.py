"""How well do the places of a report agree with those of an incident?"""

from typing import TYPE_CHECKING

from alerts.geography.model import Location, Precision
from alerts.incidents.kindred import shares_a_type
from alerts.incidents.kinds import kind_of
from alerts.incidents.model import Incident, Report
from alerts.incidents.nearness import Nearness, is_nowhere, is_one_of_many, nearness, share_a_region
from alerts.incidents.signs import Sign

if TYPE_CHECKING:
    from alerts.geography.atlas import Atlas

_EXACT = frozenset({Precision.TOWN, Precision.NEAR})


def nearest(report: Report, incident: Incident, atlas: "Atlas") -> Nearness:
    """How near it is to the nearest place that the incident was told of."""
    return max(nearness(report.location, location, atlas) for location in _locations(incident))


def place_sign(report: Report, incident: Incident, near: Nearness, atlas: "Atlas") -> Sign:
    """What the places say, being `near`."""
    match near:
        case Nearness.SAME:
            listed = all(is_one_of_many(report.location, location, atlas) for location in _locations(incident))
            return Sign.LISTED if listed else Sign.SPOT
        case Nearness.STRETCH:
            return Sign.STRETCH
        case Nearness.NEAR:
            stretch = report.location.leg or any(location.leg for location in _locations(incident))
            return Sign.NEAR_SPOT if stretch else Sign.NEXT_TOWN
        case Nearness.VAGUE if not is_of_the_country(report, incident):
            exact = {report.location.precision, incident.location.precision} <= _EXACT
            return Sign.NEIGHBOURHOOD if exact or not shares_a_type(report, incident) else Sign.ROAD
        case Nearness.VAGUE | Nearness.APART:
            return _unplaced_sign(report, incident)


def is_unplaced(report: Report, incident: Incident) -> bool:
    """Whether one of them names no place."""
    return is_nowhere(report.location) or is_nowhere(incident.location)


def is_of_the_country(report: Report, incident: Incident) -> bool:
    """Whether both tell first of one state that may hold for the whole country."""
    return report.event_type is incident.event_type and kind_of(incident.event_type).may_be_wide


def is_in_its_region(report: Report, incident: Incident) -> bool:
    """Whether a region is of both."""
    return share_a_region(report.location, incident.location)


def _unplaced_sign(report: Report, incident: Incident) -> Sign:
    if is_of_the_country(report, incident):
        return Sign.WHOLE_COUNTRY
    if not is_unplaced(report, incident):
        return Sign.REGION
    pairs = [(location, report) for location in _locations(incident)]
    pairs += [(report.location, other) for other in incident.reports]
    if any(not set(told.mentioned).isdisjoint(location.places) for location, told in pairs):
        return Sign.PLACE_IN_PASSING
    in_region = any(not set(told.mentioned).isdisjoint(location.regions) for location, told in pairs)
    return Sign.REGION_IN_PASSING if in_region else Sign.NOWHERE


def _locations(incident: Incident) -> set[Location]:
    return {incident.location, *(other.location for other in incident.reports)}

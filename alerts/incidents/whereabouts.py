"""How well do the places of a report agree with those of an incident?"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from alerts.geography.model import Location
from alerts.incidents.agreement import tell_of_one_strike
from alerts.incidents.kindred import are_both_cut_off, shares_a_type
from alerts.incidents.kinds import kind_of
from alerts.incidents.model import Incident, Report
from alerts.incidents.nearness import (
    Nearness,
    ends_at,
    is_named_beside,
    is_nowhere,
    is_one_of_many,
    is_spot,
    nearness,
    share_a_region,
)
from alerts.incidents.signs import Sign
from alerts.reading.model import EventType

if TYPE_CHECKING:
    from alerts.geography.atlas import Atlas
_OF_THE_COUNTRY = frozenset({EventType.BORDER_CLOSED, EventType.FUEL_IMPORT_BAN, EventType.FUEL_SHORTAGE})
"""States of which there is one at a time where no place is named."""


def nearest(report: Report, incident: Incident, atlas: "Atlas") -> Nearness:
    """How near it is to the nearest place that the incident was told of."""
    return max(nearness(report.location, location, atlas) for location in _locations(incident))


def place_sign(report: Report, incident: Incident, near: Nearness, atlas: "Atlas") -> Sign:
    """What the places say, being `near`."""
    match near:
        case Nearness.SAME:
            listed = all(is_one_of_many(report.location, location, atlas) for location in _locations(incident))
            return Sign.LISTED if listed or is_compared(report, incident, atlas) else Sign.SPOT
        case Nearness.STRETCH:
            return Sign.STRETCH
        case Nearness.NEAR if is_compared(report, incident, atlas):
            return Sign.LISTED
        case Nearness.NEAR if holds_at_one_place(report, incident, near):
            return Sign.ONE_STATE
        case Nearness.NEAR:
            stretch = report.location.leg or any(location.leg for location in _locations(incident))
            return Sign.NEAR_SPOT if stretch else Sign.NEXT_TOWN
        case Nearness.VAGUE if not is_of_the_country(report, incident):
            if holds_at_one_place(report, incident, near):
                return Sign.ONE_STATE
            exact = is_spot(report.location, atlas) and is_spot(incident.location, atlas)
            return Sign.NEIGHBOURHOOD if exact or not shares_a_type(report, incident) else Sign.ROAD
        case Nearness.VAGUE | Nearness.APART:
            return _unplaced_sign(report, incident)


def is_compared(report: Report, incident: Incident, atlas: "Atlas") -> bool:
    """Whether one tells first of another town, far away, and only then of the other's: it may just compare them."""
    return all(is_named_beside(report.location, location, atlas) for location in _locations(incident))


def is_unplaced(report: Report, incident: Incident) -> bool:
    """Whether one of them names no place."""
    return is_nowhere(report.location) or is_nowhere(incident.location)


def is_of_the_country(report: Report, incident: Incident) -> bool:
    """Whether both tell first of one state that may hold for the whole country, or of one strike all over it."""
    if tell_of_one_strike(report, incident):
        return True
    return report.event_type is incident.event_type and kind_of(incident.event_type).may_be_wide


def holds_at_one_place(report: Report, incident: Incident, near: Nearness) -> bool:
    """Whether one state is told of the whole country by both, or of a town and of the road that ends there.

    Two towns side by side are served by the same tankers; a strike of one trade is one in all towns.
    """
    if is_nowhere(report.location) and is_nowhere(incident.location):
        return report.event_type is incident.event_type and report.event_type in _OF_THE_COUNTRY
    if tell_of_one_strike(report, incident):
        return True
    if near is Nearness.NEAR:
        return report.event_type is incident.event_type is EventType.FUEL_SHORTAGE
    return are_both_cut_off(report, incident) and any(
        ends_at(report.location, location) or ends_at(location, report.location) for location in _locations(incident)
    )


def is_in_its_region(report: Report, incident: Incident, *, of_old: bool) -> bool:
    """Whether a region is of both, be it one `of_old`."""
    return share_a_region(report.location, incident.location, of_old=of_old)


def name_each_other_in_passing(report: Report, incident: Incident) -> bool:
    """Whether each names in passing where the other puts it, and one of them a town of it: both tell of one way."""
    return any(_are_crossed(report, other) for other in incident.reports)


def _unplaced_sign(report: Report, incident: Incident) -> Sign:
    if is_of_the_country(report, incident):
        return Sign.WHOLE_COUNTRY
    if not is_unplaced(report, incident):
        return Sign.PLACE_IN_PASSING if name_each_other_in_passing(report, incident) else Sign.REGION
    pairs = [(location, report) for location in _locations(incident)]
    pairs += [(report.location, other) for other in incident.reports]
    if any(_names(told, location.places) for location, told in pairs):
        return Sign.PLACE_IN_PASSING
    in_region = any(_names(told, location.regions) for location, told in pairs)
    return Sign.REGION_IN_PASSING if in_region else Sign.NOWHERE


def _are_crossed(one: Report, other: Report) -> bool:
    pairs = ((one, other.location), (other, one.location))
    towns = [_names(told, where.places) for told, where in pairs]
    return any(towns) and all(_names(told, (*where.places, *where.regions)) for told, where in pairs)


def _names(told: Report, places: Iterable[str]) -> bool:
    """Whether it names one of `places` in passing."""
    return not set(told.mentioned).isdisjoint(places)


def _locations(incident: Incident) -> set[Location]:
    """Where it was told of; once the desk has set its place right, nowhere else."""
    if incident.by_hand.location is not None:
        return {incident.by_hand.location}
    return {incident.location, *(other.location for other in incident.reports)}

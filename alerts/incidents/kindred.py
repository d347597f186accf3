"""How well do the event types of a report agree with those of an incident?"""

from alerts.incidents.ending import ENDS
from alerts.incidents.kinds import Kind, kind_of
from alerts.incidents.model import Incident, Report
from alerts.incidents.signs import Sign
from alerts.reading.model import EventType

_APART = frozenset({Sign.VIOLENCE, Sign.BESIDE})
"""What the types say of people taken in an attack, and of the attack."""

_CUT_OFF = frozenset({EventType.BLOCKADE, EventType.ROAD_CLOSED})

_WANTS = frozenset({EventType.FUEL_SHORTAGE, EventType.FUEL_PRICE})

_BARRED = frozenset({EventType.STRIKE_PROTEST, EventType.FUEL_SHORTAGE, EventType.ROAD_CLOSED})
"""What one may tell first of a road that people bar: their protest, what comes of it, or the closed road."""


def type_signs(report: Report, incident: Incident) -> tuple[Sign, ...]:
    """What the types say; the more alike, the more it weighs."""
    found = _type_sign(report, incident)
    amid = (Sign.AMID,) if found in _APART and _is_amid(report, incident) else ()
    return (found, *((Sign.TWO_TYPES,) if share_types(report, incident) else ()), *amid)


def shares_a_type(report: Report, incident: Incident) -> bool:
    """Whether what one puts first is named by the other."""
    return report.event_type in incident.event_types or incident.event_type in report.event_types


def share_types(report: Report, incident: Incident) -> bool:
    """Whether they have two types in common, or more."""
    return len(set(report.event_types) & set(incident.event_types)) > 1


def are_one_kind(report: Report, incident: Incident) -> bool:
    """Whether the types may be two tellings of one event, without mistaking one for another."""
    ours, theirs = kind_of(report.event_type), kind_of(incident.event_type)
    named_here = incident.event_type in report.event_types
    named_there = report.event_type in incident.event_types
    state_beside = (ours.is_state and named_there) or (theirs.is_state and named_here)
    if ours.families & theirs.families or (named_here and named_there) or state_beside:
        return True
    return _is_told_beside(report, incident) or are_both_cut_off(report, incident)


def are_both_closed(report: Report, incident: Incident) -> bool:
    """Whether both tell first of a way that is closed, by whomever."""
    return {report.event_type, incident.event_type} <= _CUT_OFF


def are_both_cut_off(report: Report, incident: Incident) -> bool:
    """Whether both tell of a place that nothing reaches: as closed, or first as the want that this causes."""
    if are_both_closed(report, incident):
        return True
    first = {report.event_type, incident.event_type}
    want = report if report.event_type is EventType.FUEL_SHORTAGE else incident
    if first <= {*_CUT_OFF, EventType.FUEL_SHORTAGE}:
        return not _CUT_OFF.isdisjoint(want.event_types)
    return first <= _BARRED and all(EventType.ROAD_CLOSED in one.event_types for one in (report, incident))


def is_a_strike_and_its_end(report: Report, incident: Incident) -> bool:
    """Whether one tells first of a strike and the other of its end: that is one event."""
    first = {report.event_type, incident.event_type}
    return EventType.STRIKE_PROTEST in first and bool(first & ENDS) and shares_a_type(report, incident)


def is_a_state(told: Report | Incident) -> bool:
    """Whether what it puts first lasts, rather than happened once."""
    return kind_of(told.event_type).is_state


def is_damage(told: Report | Incident) -> bool:
    """Whether water or wear closed the way, rather than people."""
    return kind_of(told.event_type).families == {"damage"}


def is_a_want(told: Report | Incident) -> bool:
    """Whether it tells first that fuel is short or dear in a town: the pumps of the next may be as dry."""
    return told.event_type in _WANTS


def is_an_end_of_another(report: Report, incident: Incident) -> bool:
    """Whether only one of them tells first of an end, and they are not of one kind: an end is no attack."""
    one_ends = (report.event_type in ENDS) is not (incident.event_type in ENDS)
    return one_ends and not are_one_kind(report, incident)


def _type_sign(report: Report, incident: Incident) -> Sign:
    if report.event_type is incident.event_type:
        return Sign.SAME_TYPE
    shared = shares_a_type(report, incident)
    if are_one_kind(report, incident):
        return Sign.SHARED_TYPE if shared else Sign.FAMILY
    ours, theirs = kind_of(report.event_type), kind_of(incident.event_type)
    if ours.taken_for & theirs.taken_for:
        return Sign.MISTAKEN
    if shared:
        return Sign.BESIDE
    if _is_violence(ours) and _is_violence(theirs):
        return Sign.VIOLENCE
    return Sign.AFTERMATH if _is_closed_by(report, incident) else Sign.OTHER_TYPE


def _is_amid(report: Report, incident: Incident) -> bool:
    """Whether either tells of people taken in the course of an attack."""
    return any(one.amid and one.event_type is EventType.KIDNAPPING for one in (report, *incident.reports))


def _is_told_beside(report: Report, incident: Incident) -> bool:
    """Whether one tells first of what the other names beside the state it led to ("encircled since the attack")."""
    if {report.event_type, incident.event_type} & ENDS:
        return False
    ours, theirs = kind_of(report.event_type), kind_of(incident.event_type)
    return ours.is_state is not theirs.is_state and shares_a_type(report, incident)


def _is_closed_by(report: Report, incident: Incident) -> bool:
    """Whether one tells first of a closed road, and the other of what happens once and may have closed it."""
    first = {report.event_type, incident.event_type}
    return EventType.ROAD_CLOSED in first and not all(kind_of(one).is_state for one in first)


def _is_violence(kind: Kind) -> bool:
    """Whether somebody attacked somebody, once."""
    return kind.endangers_life and not kind.is_state

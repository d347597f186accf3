"""Does a report tell of an incident already known?

Told twice, one event would be two alarms; two events told as one would hide the second. So place and kind must
agree, and a date, or else figures, a title or the lasting nature of the thing must agree as well.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from alerts.geography.model import Precision
from alerts.incidents.agreement import clashes, figures_agree, titles_alike
from alerts.incidents.dating import (
    SAME_DAY,
    Dates,
    dates_of,
    days_agree,
    days_between,
    name_one_weekday,
    weekdays_clash,
)
from alerts.incidents.ending import ENDS
from alerts.incidents.independence import same_title
from alerts.incidents.kinds import kind_of
from alerts.incidents.model import Incident, Report, Status
from alerts.incidents.nearness import ONE_PLACE, Nearness, is_nowhere, nearness
from alerts.reading.model import EventType

if TYPE_CHECKING:
    from alerts.geography.atlas import Atlas

TELLING_TOLL = 5
"""Deaths from which a count that agrees tells one event from another; two or three dead are too common."""

_CUT_OFF = frozenset({EventType.BLOCKADE, EventType.ROAD_CLOSED})

AFTERMATH = timedelta(days=7)
"""So long after an attack, an article about the road it closed may still count its victims or its wrecks."""

SOON = timedelta(days=4)
"""A state whose word says nothing any more after so long, such as an arrival of fuel, comes again soon."""


def likeness(report: Report, incident: Incident, atlas: "Atlas") -> tuple[Nearness, Dates] | None:
    """How well `report` fits `incident`, for choosing the best of several; None when it tells of something else."""
    if _is_closed_to(report, incident):
        return None
    if not _same_family(report, incident):
        return _told_as_another_kind(report, incident, atlas)
    if _reopened_since(report, incident) or _is_another_day(report, incident):
        return None
    near = _nearest(report, incident, atlas)
    dates = dates_of(report, incident)
    return (near, dates) if _is_enough(report, incident, near, dates) else None


def _told_as_another_kind(report: Report, incident: Incident, atlas: "Atlas") -> tuple[Nearness, Dates] | None:
    """How well it fits where spot and day agree, and either a telling toll or two types that are easily mistaken."""
    if not _is_one_day(report, incident) or clashes(report, incident):
        return None
    its_toll = _has_its_toll(report, incident)
    if not (its_toll or _may_be_taken_for_it(report, incident)):
        return None
    near = _nearest(report, incident, atlas)
    unplaced = its_toll and (is_nowhere(report.location) or is_nowhere(incident.location))
    return (near, Dates.SAME) if near in ONE_PLACE or unplaced else None


def _is_one_day(report: Report, incident: Incident) -> bool:
    """Whether the days agree, or where one has none the weekdays they name, and nothing says that weeks lie between."""
    if days_agree(report, incident):
        return True
    return name_one_weekday(report, incident) and dates_of(report, incident) is not Dates.APART


def _has_its_toll(report: Report, incident: Incident) -> bool:
    told = report.fatalities or 0
    return told >= TELLING_TOLL and any(told == other.fatalities for other in incident.reports)


def _may_be_taken_for_it(report: Report, incident: Incident) -> bool:
    return bool(kind_of(report.event_type).taken_for & kind_of(incident.event_type).taken_for)


def _is_closed_to(report: Report, incident: Incident) -> bool:
    """Whether it is a drill, went into another, or was retracted and an admin posts anew: then it did happen."""
    taken_back = incident.status is Status.RETRACTED and report.admin_id is not None
    return incident.exercise or incident.merged_into is not None or taken_back


def _same_family(report: Report, incident: Incident) -> bool:
    ours, theirs = kind_of(report.event_type), kind_of(incident.event_type)
    named_here = incident.event_type in report.event_types
    named_there = report.event_type in incident.event_types
    state_beside = (ours.is_state and named_there) or (theirs.is_state and named_here)
    if ours.families & theirs.families or (named_here and named_there) or state_beside:
        return True
    return _is_told_beside(report, incident) or _both_are_cut_off(report, incident)


def _is_told_beside(report: Report, incident: Incident) -> bool:
    """Whether one tells first of what the other names beside the state it led to ("encircled since the attack")."""
    if {report.event_type, incident.event_type} & ENDS:
        return False
    ours, theirs = kind_of(report.event_type), kind_of(incident.event_type)
    return ours.is_state is not theirs.is_state and _shares_a_type(report, incident)


def _both_are_cut_off(report: Report, incident: Incident) -> bool:
    """Whether both tell of a place that nothing reaches: as closed, or first as the want that this causes."""
    first = {report.event_type, incident.event_type}
    if first <= _CUT_OFF:
        return True
    want = report if report.event_type is EventType.FUEL_SHORTAGE else incident
    return first <= {*_CUT_OFF, EventType.FUEL_SHORTAGE} and not _CUT_OFF.isdisjoint(want.event_types)


def _is_another_day(report: Report, incident: Incident) -> bool:
    """Whether the days of both are known and say that these are two events; of a state, its day says nothing.

    A paper may be two days off on one event, or name its type otherwise, but not both. The desk knows its day.
    """
    gap = days_between(report, incident)
    if not gap or _lasts(report, incident):
        return False
    another_type = not _shares_a_type(report, incident)
    if report.admin_id is not None:
        return gap > SAME_DAY or another_type
    return gap > SAME_DAY and another_type


def _reopened_since(report: Report, incident: Incident) -> bool:
    """Whether it is a later word of a state that was announced lifted: then that is a new one. A copy is not."""
    if incident.status is not Status.LIFTED or report.informed_at <= incident.informed_at:
        return False
    return not any(same_title(report.title, other.title) for other in incident.reports)


def _nearest(report: Report, incident: Incident, atlas: "Atlas") -> Nearness:
    there = {incident.location, *(other.location for other in incident.reports)}
    return max(nearness(report.location, location, atlas) for location in there)


def _is_enough(report: Report, incident: Incident, near: Nearness, dates: Dates) -> bool:
    """The less exact the place and the day, the more else must agree."""
    if dates is Dates.APART:
        return near in ONE_PLACE and (_still_lasts(report, incident) or _looks_back_on_it(report, incident))
    dated = dates is not Dates.UNKNOWN
    match near:
        case Nearness.SAME:
            return (
                dated
                or _goes_on(report, incident)
                or _speaks_alike(report, incident)
                or _nothing_parts_them(report, incident)
            )
        case Nearness.NEAR | Nearness.STRETCH:
            return dates is Dates.SAME or _goes_on(report, incident) or _speaks_alike(report, incident)
        case Nearness.VAGUE:
            alike = (dated and _lasts(report, incident)) or _speaks_alike(report, incident)
            return (report.event_type is incident.event_type and alike) or _is_one_day_somewhere(
                report, incident, dates
            )
        case Nearness.APART:
            return _fits_without_a_place(report, incident, dates)


def _nothing_parts_them(report: Report, incident: Incident) -> bool:
    """Whether they tell of one spot, without a day that could tell two events apart, and nothing speaks against one."""
    if clashes(report, incident) or (report.event_type in ENDS) is not (incident.event_type in ENDS):
        return False
    if _both_are_cut_off(report, incident) or name_one_weekday(report, incident):
        return True
    is_dateless = not (report.days or report.event_date or report.published_at)
    return is_dateless and _shares_a_type(report, incident)


def _looks_back_on_it(report: Report, incident: Incident) -> bool:
    """Whether it is a state told of some days later that names the event it came from, and counts what that counts."""
    if report.event_date or not report.published_at or not incident.onset or not _is_told_since(report, incident):
        return False
    lag = report.published_at.date() - incident.onset
    return timedelta(0) <= lag <= AFTERMATH and figures_agree(report, incident) and not clashes(report, incident)


def _is_told_since(report: Report, incident: Incident) -> bool:
    """Whether a state is told first, and an event both name beside it."""
    shared = set(report.event_types) & set(incident.event_types)
    return kind_of(report.event_type).is_state and any(not kind_of(one).is_state for one in shared)


def _fits_without_a_place(report: Report, incident: Incident, dates: Dates) -> bool:
    """Whether one of them names no place, and kind, day and death toll agree; or it is a state of the whole country."""
    if not (is_nowhere(report.location) or is_nowhere(incident.location)) or clashes(report, incident):
        return False
    if not _has_its_type(report, incident):
        return False
    if kind_of(incident.event_type).may_be_wide:
        return dates is Dates.SAME or (dates is Dates.NEAR and _still_lasts(report, incident))
    one_day = dates is Dates.SAME or (dates is Dates.UNKNOWN and name_one_weekday(report, incident))
    return one_day and (report.fatalities or 0) >= TELLING_TOLL and figures_agree(report, incident)


def _is_one_day_somewhere(report: Report, incident: Incident, dates: Dates) -> bool:
    """Whether one of them only says which road or region, or not even that, and nothing speaks against one event."""
    exact = {Precision.TOWN, Precision.NEAR}
    if dates is not Dates.SAME or {report.location.precision, incident.location.precision} <= exact:
        return False
    same_type = _shares_a_type if is_nowhere(report.location) else _has_its_type
    return same_type(report, incident) and not clashes(report, incident)


def _still_lasts(report: Report, incident: Incident) -> bool:
    """Whether it is a later word about a state that may still hold."""
    unknown_after = kind_of(incident.event_type).unknown_after
    return _lasts(report, incident) and abs(report.informed_at - incident.informed_at) <= unknown_after


def _goes_on(report: Report, incident: Incident) -> bool:
    """Whether both may tell of one state; of one that is soon over, another weekday is another one."""
    soon_over = kind_of(incident.event_type).unknown_after <= SOON
    return _lasts(report, incident) and not (soon_over and weekdays_clash(report, incident))


def _lasts(report: Report, incident: Incident) -> bool:
    return kind_of(incident.event_type).is_state and report.event_type is incident.event_type


def _has_its_type(report: Report, incident: Incident) -> bool:
    return report.event_type is incident.event_type


def _shares_a_type(report: Report, incident: Incident) -> bool:
    return report.event_type in incident.event_types or incident.event_type in report.event_types


def _speaks_alike(report: Report, incident: Incident) -> bool:
    if clashes(report, incident):
        return False
    one_day = _shares_a_type(report, incident) and name_one_weekday(report, incident)
    return one_day or figures_agree(report, incident) or titles_alike(report, incident)

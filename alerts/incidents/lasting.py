"""When is a later word still about the same state, or about the event that led to it?"""

from datetime import UTC, datetime, time, timedelta

from alerts.incidents.agreement import clashes, tell_of_one_strike, tolls_clash
from alerts.incidents.dating import Dates, are_days_in_a_row, weekdays_clash
from alerts.incidents.independence import same_title
from alerts.incidents.kindred import are_both_cut_off, is_a_strike_and_its_end, share_types
from alerts.incidents.kinds import kind_of
from alerts.incidents.model import Incident, Report, Status
from alerts.reading.model import EventType

SOON = timedelta(days=4)
"""A state whose word says nothing any more after so long, such as an arrival of fuel, comes again soon."""


def lasts(report: Report, incident: Incident) -> bool:
    """Whether both tell first of one state: of one type, strike or place cut off, or of one family that both name."""
    ours, theirs = kind_of(report.event_type), kind_of(incident.event_type)
    if not (ours.is_state and theirs.is_state):
        return False
    if report.event_type is incident.event_type or are_both_cut_off(report, incident):
        return True
    if tell_of_one_strike(report, incident):
        return True
    return bool(ours.families & theirs.families) and share_types(report, incident)


def still_lasts(report: Report, incident: Incident) -> bool:
    """Whether it is a later word about a state that may still hold."""
    if not lasts(report, incident):
        return False
    gap = min(abs(_told_at(report) - _told_at(other)) for other in incident.reports)
    return gap <= kind_of(incident.event_type).told_again


def goes_on(report: Report, incident: Incident, dates: Dates) -> bool:
    """Whether both may tell of one state; of one that is soon over, another weekday is another one."""
    if dates <= Dates.LATER:
        return still_lasts(report, incident)
    if is_a_strike_and_its_end(report, incident):
        return True
    if report.event_type is EventType.BLOCKADE is incident.event_type:
        return not tolls_clash(report, incident)
    if are_both_cut_off(report, incident):
        return not clashes(report, incident)
    if report.event_type is EventType.STRIKE_PROTEST is incident.event_type and are_days_in_a_row(report, incident):
        return True
    soon_over = kind_of(incident.event_type).unknown_after <= SOON
    return lasts(report, incident) and not (soon_over and weekdays_clash(report, incident))


def is_reopened_since(report: Report, incident: Incident) -> bool:
    """Whether it is a later word of a state that was announced lifted: then that is a new one. A copy is not."""
    if incident.status is not Status.LIFTED or report.informed_at <= incident.informed_at:
        return False
    return not any(same_title(report.title, other.title) for other in incident.reports)


def _told_at(report: Report) -> datetime:
    """When its word is from; of one that nobody knows when it came out, the day it tells of."""
    if report.published_at is None and report.event_date is not None:
        return datetime.combine(report.event_date, time(), UTC)
    return report.informed_at

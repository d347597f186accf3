"""Does a report tell of an attack that came after the one already known, or may it?

Whoever ambushes a road comes back to it. A word of tomorrow's ambush that joins today's would reach nobody, and make
today's look confirmed. Nothing told here is asked of a state: a blockade told of again is the same one.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from alerts.incidents.agreement import counts_the_same, figures_agree, says_it_is_another
from alerts.incidents.dating import name_one_weekday
from alerts.incidents.independence import same_title
from alerts.incidents.kindred import is_a_state
from alerts.incidents.model import DayPart, Incident, Report, Status

LATER_WORD = timedelta(hours=18)
"""So long after the first word of an attack, one that says no day may be of the next: it is no news of last night."""

# Not before this hour; a night may be that before the day it is told with.
_BEGINS = {DayPart.MORNING: time(5), DayPart.AFTERNOON: time(12), DayPart.EVENING: time(17)}


def is_a_later_one(report: Report, incident: Incident) -> bool:
    """Whether one of the two was told before the other took place, or `report` says that it is a new one."""
    if is_a_state(report) or is_a_state(incident):
        return False
    if incident.status is Status.RETRACTED and _is_since(incident.updated_at, report, incident):
        return True
    if _is_told_too_early(report, incident):
        return not _retells_all_the_same(report, incident)
    return _is_called_another(report, incident)


def is_told_again(report: Report, incident: Incident) -> bool:
    """Whether `report`, one of `incident`, is the first word for long of what may be a later event.

    What follows it soon is a word of that later event, and no news any more.
    """
    since, later = incident.first_reported_at, may_be_of_later(incident)
    for other in sorted(incident.reports, key=lambda one: one.informed_at):
        if other.id in later and other.informed_at - since >= LATER_WORD:
            since = other.informed_at
            if other.id == report.id:
                return True
    return False


def may_be_of_later(incident: Incident) -> frozenset[str]:
    """The reports of `incident` that may be of a later event, by id: they confirm nothing of the first."""
    if is_a_state(incident):
        return frozenset()
    first, told = incident.first_reported_at, sorted(incident.reports, key=lambda one: one.informed_at)
    earlier = (replace(incident, reports=tuple(told[:number])) for number in range(1, len(told)))
    pairs = [pair for pair in zip(told[1:], earlier, strict=True) if pair[0].informed_at - first >= LATER_WORD]
    return frozenset(one.id for one, known in pairs if not is_a_state(one) and _may_be_later(one, known))


def _is_told_too_early(report: Report, incident: Incident) -> bool:
    """Whether one was out before that began of which the other tells."""
    ours = _begins(report.event_date, report.day_part, told=report.informed_at)
    theirs = _begins(incident.onset, incident.day_part, told=incident.informed_at)
    before = ours is not None and ours > _out(incident.first_reported_at)
    return before or (theirs is not None and theirs > _out(report.informed_at))


def _begins(day: date | None, part: DayPart | None, *, told: datetime) -> datetime | None:
    """Its first moment; None where its day is not known, or misread: nobody tells of what is still to come."""
    if day is None or day > told.date():
        return None
    return datetime.combine(day, _BEGINS.get(part, time()) if part else time(), UTC)


def _out(at: datetime) -> datetime:
    """When a word was out at the latest: midnight sharp is a day of which nobody said the hour."""
    return at if at.time() != time() else at + timedelta(days=1)


def _retells_all_the_same(report: Report, incident: Incident) -> bool:
    """Whether what is told agrees so well that the day must be misread; of an hour of the day, less is enough."""
    if report.event_date == incident.onset is not None:
        return _retells(report, incident)
    return counts_the_same(report, incident)


def _is_called_another(report: Report, incident: Incident) -> bool:
    """Whether it says that it is a new one, long after the first word, and not of the same day."""
    if not report.another or report.published_at is None or not says_it_is_another(report, incident):
        return False
    one_day = report.event_date == incident.onset is not None or name_one_weekday(report, incident)
    late = report.informed_at - incident.first_reported_at >= LATER_WORD
    return late and not one_day and not counts_the_same(report, incident)


def _is_since(taken_back: datetime, report: Report, incident: Incident) -> bool:
    """Whether it cannot be what was taken back, as far as its day or, where it says none, its hour tells."""
    if report.event_date is not None:
        return report.event_date > taken_back.date()
    return report.informed_at - taken_back >= LATER_WORD and not _retells(report, incident)


def _may_be_later(report: Report, incident: Incident) -> bool:
    """Whether neither its day nor what it counts says that it is a telling of the earlier event."""
    if report.event_date is not None:
        return _is_told_too_early(report, incident)
    return not (name_one_weekday(report, incident) or _retells(report, incident))


def _retells(report: Report, incident: Incident) -> bool:
    """Whether it gives the same count, a new one, or the same title and no other count: a later telling, or a copy."""
    if report.recount or figures_agree(report, incident):
        return True
    return any(same_title(report.title, one.title) and not _count_otherwise(report, one) for one in incident.reports)


def _count_otherwise(one: Report, other: Report) -> bool:
    """Whether both count the dead or the wrecks, and differ."""
    counts = ((one.fatalities, other.fatalities), (one.vehicles_destroyed, other.vehicles_destroyed))
    return any(None not in pair and pair[0] != pair[1] for pair in counts)

"""May a reader hear of this incident at all, and when did it happen?"""

from datetime import UTC, datetime, time, timedelta

from alerts.incidents.kinds import Passage, kind_of
from alerts.incidents.model import Credibility, DayPart, Incident, Report, Status
from alerts.reading.model import EventType

NOT_PUSHED = frozenset({Credibility.DOUBTFUL, Credibility.IMPROBABLE})

_WORST_FIRST = tuple(Passage)

_MIDDLE_OF = {DayPart.NIGHT: time(3), DayPart.MORNING: time(9), DayPart.AFTERNOON: time(15), DayPart.EVENING: time(20)}
_UNKNOWN_HOUR = time(12)


def is_public(incident: Incident) -> bool:
    """Whether a public chat may see it: not held, not retracted, not doubtful, no drill and no escort."""
    return (
        incident.held is None
        and not incident.exercise
        and incident.status is not Status.RETRACTED
        and incident.credibility not in NOT_PUSHED
        and not is_escort(incident)
    )


def is_escort(incident: Incident) -> bool:
    """Whether it tells that somebody got through under escort, rather than that a road is open again."""
    if incident.event_type is not EventType.ESCORT_OR_REOPENING:
        return False
    return not any(says_open(report) for report in incident.reports)


def says_open(report: Report) -> bool:
    """Whether it says that passage is possible again. What the check lets an admin say speaks of no escort."""
    means_it = report.event_type is EventType.ESCORT_OR_REOPENING and (report.reopens or report.admin_id is not None)
    return means_it and report.held is None


def passage_of(incident: Incident) -> Passage:
    """What it does to passage: the worst of all its types, as a road may be shut for an attack, a flood, an accident.

    A reopening and fuel say nothing of passage, whatever is told beside them.
    """
    passages = [kind_of(event_type).passage for event_type in incident.event_types]
    return min(passages, key=_WORST_FIRST.index) if passages[0] is not Passage.NONE else Passage.NONE


def happened_at(incident: Incident) -> datetime:
    """When it happened, as far as known, in UTC, which is Mali's own time; of a lasting state, its newest word.

    The middle of the part of the day stands for it, but no event is later than the first word of it.
    """
    if kind_of(incident.event_type).is_state or incident.status is Status.LIFTED:
        return incident.informed_at
    if incident.onset is None:
        return incident.first_reported_at
    hour = _MIDDLE_OF[incident.day_part] if incident.day_part else _UNKNOWN_HOUR
    return min(datetime.combine(incident.onset, hour, UTC), incident.first_reported_at)


def age_of(incident: Incident, now: datetime) -> timedelta:
    """How long ago it happened; never negative."""
    return max(timedelta(0), now - happened_at(incident))


def old_after(incident: Incident, *, since: datetime) -> timedelta:
    """How long after `since` its word gets old: at the hour an admin gave it, else at the age of its kind."""
    if incident.until is None:
        return kind_of(incident.event_type).old_after
    return max(timedelta(0), incident.until - since)


def unknown_after(incident: Incident, *, since: datetime) -> timedelta:
    """How long after `since` its word says nothing any more: as much later as with others of its kind."""
    kind = kind_of(incident.event_type)
    return old_after(incident, since=since) + kind.unknown_after - kind.old_after

"""Which incident does each report belong to, and what does that change?"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from alerts.incidents.ending import ENDS, announces_end, ends_in_part
from alerts.incidents.grading import credibility_of, grade_of
from alerts.incidents.independence import adds_a_voice
from alerts.incidents.known import Known
from alerts.incidents.life import change_of, is_set_elsewhere
from alerts.incidents.likeness import likeness
from alerts.incidents.model import Change, ChangeKind, Credibility, Incident, Report, Status
from alerts.incidents.picture import first_picture, redrawn
from alerts.incidents.recurrence import is_told_again
from alerts.reading.model import EventType

if TYPE_CHECKING:
    from alerts.geography.atlas import Atlas

_SOUND = frozenset("ABC")

_WHILE_ACTIVE = frozenset({ChangeKind.WORSE, ChangeKind.SURER, ChangeKind.DETAIL, ChangeKind.REPEATED})
"""What a telling does to an active incident, and what one of a later event would seem to do."""


def absorb(
    reports: Iterable[Report],
    *,
    into: Known,
    new_id: Callable[[], str],
    now: datetime,
    lifting: bool = True,
) -> tuple[Change, ...]:
    """Take `reports` in: one change for each incident that is new or has a new report, in order of first touch.

    A report already taken in changes nothing, unless its source has edited it: then it takes the earlier one's place.
    A retracted incident takes further tellings in and stays retracted. `lifting` False keeps the announcement of an end
    apart from what it ends, as two events, but for a strike, which is one with its end. `into` holds the changed
    incidents afterwards, in versions not stored yet.
    """
    before: dict[str, Incident | None] = {}
    for report in reports:
        if holder := into.holder_of(report.id):
            incident = _edited(holder, report, now)
        else:
            incident = _take_in(report, into, new_id, now, lifting=lifting)
        if incident is None:
            continue
        before.setdefault(incident.id, into.get(incident.id))
        into.put(incident)
    return tuple(_change(after, old) for one, old in before.items() if (after := into.get(one)))


def _take_in(report: Report, known: Known, new_id: Callable[[], str], now: datetime, *, lifting: bool) -> Incident:
    incidents = known.in_reach_of(report)
    ended = _ended_by(report, incidents, known.atlas) or (
        None if lifting else _strike_of(report, incidents, known.atlas)
    )
    if ended and (lifting or ended.event_type is EventType.STRIKE_PROTEST):
        return _lifted(ended, report, now)
    if told := _told_by(report, incidents, known.atlas):
        return _with(told, report, now)
    return first_picture(report, incident_id=new_id(), now=now)


def _edited(incident: Incident, report: Report, now: datetime) -> Incident | None:
    """`incident` with `report` in place of what its source told before; None where it tells the same."""
    before = next(one for one in incident.reports if one.id == report.id)
    # When it was fetched is no news; what an admin has let out stays so unless the words have changed.
    if replace(report, fetched_at=before.fetched_at, held=before.held, vouched_by=before.vouched_by) == before:
        return None
    reports = tuple(report if one.id == report.id else one for one in incident.reports)
    return _with_reports(incident, reports, now)


def _told_by(report: Report, incidents: Sequence[Incident], atlas: "Atlas") -> Incident | None:
    """The incident it fits best; of equals one that is active, then the first."""
    fits = [(fit, incident) for incident in incidents if (fit := likeness(report, incident, atlas))]
    best = max(fits, key=lambda pair: (pair[0], pair[1].status is Status.ACTIVE), default=None)
    return best[1] if best else None


def _ended_by(report: Report, incidents: Sequence[Incident], atlas: "Atlas") -> Incident | None:
    """What it announces the end of: what still lasts first, then the latest word of it."""
    if report.event_type not in ENDS:
        return None
    ended = [incident for incident in incidents if announces_end(report, incident, atlas)]
    return max(ended, key=lambda one: (one.status is Status.ACTIVE, one.informed_at), default=None)


def _strike_of(report: Report, incidents: Sequence[Incident], atlas: "Atlas") -> Incident | None:
    """The strike that it tells the end of, be it of a part: one event, where nothing is lifted by it."""
    strikes = (incident for incident in incidents if incident.event_type is EventType.STRIKE_PROTEST)
    return next((strike for strike in strikes if ends_in_part(report, strike, atlas)), None)


def _with(incident: Incident, report: Report, now: datetime) -> Incident:
    return _with_reports(incident, (*incident.reports, report), now)


def _with_reports(incident: Incident, reports: tuple[Report, ...], now: datetime) -> Incident:
    """What was taken back keeps the hour of that: from then on a word may be of the next attack."""
    match incident.status:
        case Status.ACTIVE:
            return redrawn(incident, reports, now=now)
        case Status.RETRACTED:
            return replace(incident, reports=reports)
        case _:
            return replace(incident, reports=reports, updated_at=now)


def _lifted(incident: Incident, report: Report, now: datetime) -> Incident:
    """The end as `report` announces it; a held announcement, or one that is not probable, is kept and ends nothing."""
    reports = (*incident.reports, report)
    known = replace(incident, reports=reports, updated_at=now)
    endings = [one for one in reports if one.event_type in ENDS and one.held is None]
    if report.held is not None or credibility_of(endings) > Credibility.PROBABLE:
        return known
    return replace(
        known,
        status=Status.LIFTED,
        lifted_by=incident.lifted_by or report.source_kind,
        credibility=credibility_of(endings),
        informed_at=max(incident.informed_at, min(now, report.informed_at)),
    )


def _change(incident: Incident, before: Incident | None) -> Change:
    if before is None:
        return change_of(replace(incident, version=1), None)
    stored = replace(incident, version=before.version + 1)
    change = change_of(stored, before)
    if _speaks_against_us(stored, before):
        return replace(change, kind=ChangeKind.DETAIL)
    if _is_corrected(change):
        return replace(change, kind=ChangeKind.CORRECTED)
    return replace(change, kind=ChangeKind.AGAIN) if _is_told_again(change) else change


def _is_corrected(change: Change) -> bool:
    """Whether a source has edited what readers were told into another place, event or day."""
    before = change.before
    if before is None or not before.announced or change.kind not in _WHILE_ACTIVE:
        return False
    told = {report.id: _core(report) for report in change.incident.reports}
    edited = any(told.get(report.id) not in {None, _core(report)} for report in before.reports)
    return edited and is_set_elsewhere(change.incident, before)


def _core(report: Report) -> tuple[object, ...]:
    return (report.location, report.event_types, report.event_date)


def _is_told_again(change: Change) -> bool:
    """Whether a late report that may be of a later event has joined, so that readers must hear of it."""
    if change.kind not in _WHILE_ACTIVE or change.before is None:
        return False
    known = {report.id for report in change.before.reports}
    joined = [report for report in change.incident.reports if report.id not in known and report.held is None]
    return any(grade_of(report) in _SOUND and is_told_again(report, change.incident) for report in joined)


def _speaks_against_us(incident: Incident, before: Incident) -> bool:
    """Whether an independent voice tells of what was retracted: not news for readers, but the desk must look."""
    if before.status is not Status.RETRACTED:
        return False
    later = incident.reports[len(before.reports) :]
    return any(adds_a_voice(report, before.reports) for report in later)

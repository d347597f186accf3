"""To whom does a change speak, and why?

The table "what is pushed, and to whom": an admin's word and probable news go to everyone concerned, the rest to
those who asked for all reports or to the desk. Every answer carries its reason, silence too.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from alerts.delivery.model import Decision, Lane, Reason, Scope
from alerts.geography.model import Precision
from alerts.incidents.kinds import kind_of, rank
from alerts.incidents.model import Change, ChangeKind, Credibility, Incident, Severity, Status, Trust
from alerts.incidents.telling import NOT_PUSHED, age_of, is_escort
from alerts.reading.model import EventType

CRITICAL_FOR = timedelta(hours=24)
PUSHED_FOR = timedelta(hours=72)
UNTOUCHED = timedelta(minutes=20)  # a severe report that nobody at the desk has looked at then speaks by rule

_SPOTS = frozenset({Precision.TOWN, Precision.NEAR})
_NEWS = frozenset({ChangeKind.NEW, ChangeKind.WORSE, ChangeKind.AGAIN, ChangeKind.SURER, ChangeKind.LIFTED})


def decide(change: Change, *, now: datetime, first_read: bool, untouched_for: timedelta | None = None) -> Decision:
    """To whom `change` speaks.

    `first_read` is whether its source had never been read before; `untouched_for` how long it has been waiting in
    the admins' queue (None: it has not), which lets a severe one through in time.
    """
    incident = change.incident
    if incident.status is Status.RETRACTED:
        return _of_retracted(change)
    if first_read:
        return _silent(Scope.NOBODY, Reason.FIRST_READ)
    if incident.held is not None or is_escort(incident):
        return _silent(Scope.DESK, Reason.HELD)
    if not _is_placed(incident) or incident.event_type is EventType.OTHER:
        return _silent(Scope.DESK, Reason.NO_PLACE)
    if _age(change, now) > PUSHED_FOR:
        return _of_old(change)
    if incident.status is Status.LIFTED:
        return _of_lifted(change)
    return _of_active(change, now, untouched_for)


def is_critical(incident: Incident, now: datetime) -> bool:
    """Severe or worse, a danger to life, probable or better, not older than 24 hours: the only news that may wake."""
    return _would_wake(incident) and age_of(incident, now) <= CRITICAL_FOR


def _would_wake(incident: Incident) -> bool:
    """Whether it is critical while it is new."""
    return (
        incident.status is Status.ACTIVE
        and _is_severe(incident)
        and kind_of(incident.event_type).endangers_life
        and incident.trust is not Trust.UNCONFIRMED
    )


def _of_retracted(change: Change) -> Decision:
    """Everyone who got it is told; where nobody did, or only another copy came in, nobody is."""
    if change.kind is ChangeKind.DETAIL:
        return _silent(Scope.DESK, Reason.RETRACTED)
    if change.kind is not ChangeKind.RETRACTED or not _was_announced(change):
        return _silent(Scope.NOBODY, Reason.RETRACTED)
    return Decision(scope=Scope.EARLIER_READERS, reason=Reason.RETRACTED, lane=Lane.HIGH, sounds=True)


def _of_old(change: Change) -> Decision:
    """Old news is pushed to nobody; what an admin sets right still goes to those who were told it."""
    before = change.before
    if before is None or not before.announced or before.by_hand == change.incident.by_hand:
        return _silent(Scope.NOBODY, Reason.TOO_OLD)
    return _silent(Scope.EARLIER_READERS, _reason(change.incident), wide_area=not _is_spot(change.incident))


def _of_lifted(change: Change) -> Decision:
    if change.kind is not ChangeKind.LIFTED:
        return _silent(Scope.NOBODY, Reason.NOTHING_NEW)
    if not _was_announced(change):
        return _silent(Scope.NOBODY, Reason.LIFTED)
    if change.incident.credibility in NOT_PUSHED:
        return _silent(Scope.DESK, Reason.DOUBTFUL)
    return Decision(scope=Scope.CONCERNED, reason=Reason.LIFTED, sounds=True, wide_area=not _is_spot(change.incident))


def _of_active(change: Change, now: datetime, untouched_for: timedelta | None) -> Decision:
    incident = change.incident
    if incident.credibility in NOT_PUSHED:
        return _silent(Scope.DESK, Reason.DOUBTFUL)
    if _waited_enough(incident, untouched_for):
        return Decision(scope=Scope.CONCERNED, reason=Reason.SEVERE_UNTOUCHED, lane=Lane.HIGH)
    if _was_announced(change) and not (change.kind in _NEWS or _newly_approved(change) or _concerns_others(change)):
        return _of_small_change(change)
    reason = _reason(incident)
    if incident.trust is Trust.UNCONFIRMED and reason is not Reason.ADMIN:
        return _silent(Scope.ALL_REPORTS, Reason.UNCONFIRMED, wide_area=not _is_spot(incident))
    return _loud(incident, reason, _age(change, now))


def _of_small_change(change: Change) -> Decision:
    """A detail is put right in the messages already there, an error by one that sounds; a repetition is nothing."""
    if change.kind not in {ChangeKind.DETAIL, ChangeKind.CORRECTED}:
        return _silent(Scope.NOBODY, Reason.NOTHING_NEW)
    decision = _silent(Scope.EARLIER_READERS, _reason(change.incident), wide_area=not _is_spot(change.incident))
    return replace(decision, sounds=change.kind is ChangeKind.CORRECTED)


def _age(change: Change, now: datetime) -> timedelta:
    """How old the event is; that of which a late word may tell is as old as the word."""
    if change.kind is ChangeKind.AGAIN:
        return max(timedelta(0), now - change.incident.informed_at)
    return age_of(change.incident, now)


def _loud(incident: Incident, reason: Reason, age: timedelta) -> Decision:
    recent = age <= CRITICAL_FOR
    critical = recent and _would_wake(incident)
    wide = not _is_spot(incident)
    return Decision(
        scope=Scope.CONCERNED,
        reason=Reason.WIDE_AREA if wide and reason is not Reason.ADMIN else reason,
        lane=Lane.CRITICAL if critical else Lane.HIGH if _is_severe(incident) else Lane.NORMAL,
        sounds=critical or (recent and rank(incident.severity) >= rank(Severity.MODERATE)),
        wide_area=wide,
    )


def _reason(incident: Incident) -> Reason:
    if incident.trust is Trust.CONFIRMED:
        return Reason.CONFIRMED
    if incident.approved_by is not None or any(report.admin_id is not None for report in incident.reports):
        return Reason.ADMIN
    return Reason.PROBABLE if incident.trust is Trust.PROBABLE else Reason.UNCONFIRMED


def _was_announced(change: Change) -> bool:
    """Whether readers had heard of it before this change."""
    return change.before is not None and change.before.announced


def _newly_approved(change: Change) -> bool:
    return change.before is not None and change.before.approved_by is None and change.incident.approved_by is not None


def _concerns_others(change: Change) -> bool:
    """Whether place or type changed: followers of another road or topic have not heard of it."""
    before, after = change.before, change.incident
    return before is not None and (before.location, before.event_type) != (after.location, after.event_type)


def _waited_enough(incident: Incident, untouched_for: timedelta | None) -> bool:
    return (
        untouched_for is not None
        and untouched_for >= UNTOUCHED
        and incident.credibility is Credibility.POSSIBLE
        and incident.approved_by is None
        and not incident.spoke_by_rule
        and _is_severe(incident)
        and _is_spot(incident)
    )


def _is_severe(incident: Incident) -> bool:
    return rank(incident.severity) >= rank(Severity.SEVERE)


def _is_spot(incident: Incident) -> bool:
    return incident.location.precision in _SPOTS


def _is_placed(incident: Incident) -> bool:
    """Whether a leg or town is known, or it is the kind of state that can hold for a whole road or region."""
    if _is_spot(incident):
        return True
    return kind_of(incident.event_type).may_be_wide and incident.location.precision is Precision.REGION


def _silent(scope: Scope, reason: Reason, *, wide_area: bool = False) -> Decision:
    return Decision(scope=scope, reason=reason, wide_area=wide_area)

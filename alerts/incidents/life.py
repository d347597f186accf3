"""How does an incident's life go on: approved, set right, merged, lifted, retracted; which difference was gravest?"""

from dataclasses import fields, replace
from datetime import datetime

from alerts.incidents.kinds import rank
from alerts.incidents.model import (
    ByHand,
    Change,
    ChangeKind,
    Credibility,
    Incident,
    Report,
    RetractionReason,
    SourceKind,
    Status,
    Trust,
)
from alerts.incidents.picture import redrawn, set_right

_TRUSTS = (Trust.UNCONFIRMED, Trust.PROBABLE, Trust.CONFIRMED)


def change_of(incident: Incident, before: Incident | None) -> Change:
    """The change from `before`, named after its gravest difference."""
    return Change(kind=_difference(incident, before), incident=incident, before=before)


def retract(incident: Incident, *, reason: RetractionReason, now: datetime) -> Change:
    """It never happened, or not so: every chat that got it will be told."""
    after = _changed(incident, now)
    return change_of(replace(after, status=Status.RETRACTED, retraction_reason=reason), incident)


def lift(incident: Incident, *, by: SourceKind, now: datetime) -> Change:
    """Announced lifted, on an admin's word: *probable*, and the road is then unknown, not open."""
    after = _changed(incident, now)
    lifted = replace(after, status=Status.LIFTED, lifted_by=by, credibility=Credibility.PROBABLE, informed_at=now)
    return change_of(lifted, incident)


def approve(incident: Incident, *, admin_id: int, trust: Trust | None = None, now: datetime) -> Change:
    """An admin lets it out by its own grade, at least *probable*; `trust` says *probable* at most, or *unconfirmed*.

    *Confirmed* stays with two independent sources: no admin can grant it. What is held takes two people of the desk:
    the first approval (or the post itself) is only recorded, and another one's clears it.
    """
    after = replace(_changed(incident, now), approved_by=admin_id, credibility=_approved(incident, trust))
    reports = _cleared(incident, admin_id)
    if reports != incident.reports:
        after = redrawn(after, reports, now=now)
    return change_of(after, incident)


def amend(incident: Incident, hand: ByHand, *, now: datetime) -> Change:
    """An admin sets right what is named in `hand`; what was set before and is not named stays."""
    named = {one.name: value for one in fields(hand) if (value := getattr(hand, one.name)) is not None}
    change = change_of(set_right(_changed(incident, now), replace(incident.by_hand, **named)), incident)
    small = change.kind in {ChangeKind.DETAIL, ChangeKind.REPEATED}
    return replace(change, kind=ChangeKind.CORRECTED) if small and _was_wrong(change.incident, incident) else change


def merge(incident: Incident, into: Incident, *, now: datetime) -> tuple[Change, Change]:
    """Both tell of one event: `into` gets the reports, and the other is taken back as told twice."""
    known = {report.id for report in into.reports}
    reports = (*into.reports, *(report for report in incident.reports if report.id not in known))
    kept = replace(redrawn(into, reports, now=now), version=into.version + 1)
    gone = retract(incident, reason=RetractionReason.DUPLICATE, now=now)
    return change_of(kept, into), replace(gone, incident=replace(gone.incident, merged_into=into.id))


def announce(incident: Incident) -> Incident:
    """The same incident once an alert of it has gone out; no change that a commit must compare."""
    return replace(incident, announced=True)


def _changed(incident: Incident, now: datetime) -> Incident:
    return replace(incident, version=incident.version + 1, updated_at=now)


def _cleared(incident: Incident, admin_id: int) -> tuple[Report, ...]:
    """The reports once this admin agrees: all of them where everything was held, else those of others at the desk."""
    if len(_vouching(incident) | {admin_id}) == 1:
        return incident.reports
    if incident.held is not None:
        return tuple(replace(report, held=None) for report in incident.reports)
    return tuple(
        replace(one, held=None) if one.admin_id is not None and one.admin_id != admin_id else one
        for one in incident.reports
    )


def _vouching(incident: Incident) -> set[int]:
    """Who of the desk has put a name to it so far."""
    asked = {incident.approved_by, *(report.admin_id for report in incident.reports)}
    return {admin for admin in asked if admin is not None}


def _approved(incident: Incident, trust: Trust | None) -> Credibility:
    match trust:
        case Trust.UNCONFIRMED:
            return Credibility.POSSIBLE
        case Trust.PROBABLE:
            return Credibility.PROBABLE
        case _:
            confirmed = incident.credibility is Credibility.CONFIRMED
            return Credibility.CONFIRMED if confirmed else Credibility.PROBABLE


def _difference(incident: Incident, before: Incident | None) -> ChangeKind:
    if before is None:
        return ChangeKind.NEW
    if incident.status is not before.status and incident.status is not Status.ACTIVE:
        return ChangeKind.RETRACTED if incident.status is Status.RETRACTED else ChangeKind.LIFTED
    if rank(incident.severity) > rank(before.severity):
        return ChangeKind.WORSE
    if _TRUSTS.index(incident.trust) > _TRUSTS.index(before.trust):
        return ChangeKind.SURER
    return ChangeKind.DETAIL if _details(incident) != _details(before) else ChangeKind.REPEATED


def _was_wrong(incident: Incident, before: Incident) -> bool:
    """Whether readers were told another place, event, day or gravity: too much to be put right in silence."""
    now, then = ((one.location, one.event_type, one.onset, one.severity) for one in (incident, before))
    return now != then


def _details(incident: Incident) -> tuple[object, ...]:
    """What a reader could notice."""
    return (incident.event_type, incident.location, incident.onset, incident.day_part, incident.vehicles)

"""How does an incident's life go on: announced, approved, lifted, retracted, and which difference was gravest?"""

from dataclasses import replace
from datetime import datetime

from alerts.incidents.kinds import rank
from alerts.incidents.model import Change, ChangeKind, Credibility, Incident, SourceKind, Status, Trust

_TRUSTS = (Trust.UNCONFIRMED, Trust.PROBABLE, Trust.CONFIRMED)


def change_of(incident: Incident, before: Incident | None) -> Change:
    """The change from `before`, named after its gravest difference."""
    return Change(kind=_difference(incident, before), incident=incident, before=before)


def retract(incident: Incident, *, reason: str, now: datetime) -> Change:
    """It never happened, or not so: every chat that got it will be told. `reason` is kept for the desk."""
    after = _changed(incident, now)
    return change_of(replace(after, status=Status.RETRACTED, retraction_reason=reason), incident)


def lift(incident: Incident, *, by: SourceKind, now: datetime) -> Change:
    """Announced lifted, on an admin's word: *probable*, and the road is then unknown, not open."""
    after = _changed(incident, now)
    lifted = replace(after, status=Status.LIFTED, lifted_by=by, credibility=Credibility.PROBABLE, informed_at=now)
    return change_of(lifted, incident)


def approve(incident: Incident, *, admin_id: int, trust: Trust | None = None, now: datetime) -> Change:
    """An admin lets it out, marked *probable*, or *unconfirmed* if `trust` says so.

    *Confirmed* stays with two independent sources: no admin can grant it. What the do-no-harm check holds takes
    two admins: the first approval (or the post itself) is only recorded, and another admin's clears it.
    """
    after = replace(_changed(incident, now), approved_by=admin_id, credibility=_approved(incident, trust))
    if incident.held is not None and len(_admins(incident) | {admin_id}) > 1:
        after = replace(after, reports=tuple(replace(report, held=None) for report in incident.reports))
    return change_of(after, incident)


def announce(incident: Incident) -> Incident:
    """The same incident once an alert of it has gone out; no change that a commit must compare."""
    return replace(incident, announced=True)


def _changed(incident: Incident, now: datetime) -> Incident:
    return replace(incident, version=incident.version + 1, updated_at=now)


def _admins(incident: Incident) -> set[int]:
    asked = {incident.approved_by, *(report.admin_id for report in incident.reports)}
    return {admin for admin in asked if admin is not None}


def _approved(incident: Incident, trust: Trust | None) -> Credibility:
    if trust is Trust.UNCONFIRMED:
        return Credibility.POSSIBLE
    return Credibility.CONFIRMED if incident.credibility is Credibility.CONFIRMED else Credibility.PROBABLE


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


def _details(incident: Incident) -> tuple[object, ...]:
    """What a reader could notice."""
    return (incident.event_type, incident.location, incident.onset, incident.day_part, incident.vehicles)

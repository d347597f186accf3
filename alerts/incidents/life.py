"""How does an incident's life go on: approved, set right, merged, lifted, retracted; which difference was gravest?"""

from dataclasses import fields, replace
from datetime import datetime

from alerts.geography.model import Location
from alerts.incidents.holding import agreed, waits_for_the_desk
from alerts.incidents.kinds import kind_of, rank
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
    of each report the first approval (or the post itself) is only recorded, and another one's clears it. What one
    witness knows waits for a second report, whoever agrees.
    """
    reports = tuple(_vouched_for(report, admin_id) for report in incident.reports)
    after = replace(_changed(incident, now), approved_by=admin_id, credibility=_approved(incident, trust))
    if [one.held for one in reports] == [one.held for one in incident.reports]:
        return change_of(replace(after, reports=reports), incident)
    return change_of(redrawn(after, reports, now=now), incident)


def amend(incident: Incident, hand: ByHand, *, now: datetime) -> Change:
    """An admin sets right what is named in `hand`; what was set before and is not named stays."""
    named = {one.name: value for one in fields(hand) if (value := getattr(hand, one.name)) is not None}
    if hand.onset not in {None, incident.onset}:  # the part of a day goes with its day
        named["day_part"] = hand.day_part
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


def _vouched_for(report: Report, admin_id: int) -> Report:
    """`report` once this admin agrees: noted of what is held, and clear where somebody else at the desk did before."""
    if not waits_for_the_desk(report):
        return report
    first = report.vouched_by if report.admin_id is None else report.admin_id
    if first is None:
        return replace(report, vouched_by=admin_id)
    return report if first == admin_id else agreed(report)


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


def is_set_elsewhere(incident: Incident, before: Incident) -> bool:
    """Whether readers were told a place, an event or a day that has nothing in common with what is told now."""
    return (
        _are_disjoint(_named(incident.location), _named(before.location))
        or _are_other_events(incident, before)
        or (incident.onset != before.onset and None not in (incident.onset, before.onset))
    )


def _named(location: Location) -> frozenset[str]:
    """What says where it is: the spots or, of a whole road or region, that."""
    return frozenset({*location.places, *(location.leg or ())} or {*location.roads, *location.regions})


def _are_disjoint(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and bool(other) and one.isdisjoint(other)


def _are_other_events(incident: Incident, before: Incident) -> bool:
    """Whether neither names what the other puts first, nor are both of one family."""
    if incident.event_type in before.event_types or before.event_type in incident.event_types:
        return False
    return kind_of(incident.event_type).families.isdisjoint(kind_of(before.event_type).families)


def _details(incident: Incident) -> tuple[object, ...]:
    """What a reader could notice."""
    return (incident.event_type, incident.location, incident.onset, incident.day_part, incident.vehicles)

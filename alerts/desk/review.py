"""What does an admin decide about what waits in the queue, so that two admins never decide twice?

Whoever touches a card first has it until done, or for ten minutes. A decision is stored in one step with what goes out
because of it; a card that has left the queue was decided.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alerts.delivery.model import Alert, Scope
from alerts.desk.posting import audit_line
from alerts.incidents.holding import OF_THE_DESK, holds_of, waits_for_the_desk
from alerts.incidents.kinds import rank
from alerts.incidents.life import announce, approve, merge, retract
from alerts.incidents.model import Change, Incident, RetractionReason, Status, Trust
from alerts.safety.decide import decide
from alerts.store.commit import Batch, until_stored
from alerts.store.store import Store


class Rejection(StrEnum):
    """Why what was read is no incident, as the audit keeps it."""

    NO_EVENT = "no_event"
    ELSEWHERE = "elsewhere"
    OLD = "old"
    FALSE = "false"
    UNVERIFIABLE = "unverifiable"
    OTHER = "other"


TOLD = {
    Rejection.ELSEWHERE: RetractionReason.WRONG_PLACE,
    Rejection.OLD: RetractionReason.WRONG_DATE,
    Rejection.FALSE: RetractionReason.FALSE,
    Rejection.UNVERIFIABLE: RetractionReason.UNVERIFIABLE,
}
"""What readers are told of it, if any had got it."""


class Refused(StrEnum):
    """Why a card was not decided."""

    UNKNOWN = "unknown"
    DECIDED = "decided"
    TAKEN = "taken"
    NO_PLACE = "no_place"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotDecided:
    """Why not; `by` is the admin who is at the card, or who decided it."""

    why: Refused
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The incident as it stands now. `speaks` is whether readers hear of it, `needs_second` that another must agree.

    `needs_report` is whether all it still waits for is a second report.
    """

    incident: Incident
    speaks: bool = False
    needs_second: bool = False
    needs_report: bool = False


Outcome = Decided | NotDecided


async def queue(store: Store, *, now: datetime) -> tuple[Incident, ...]:
    """What waits for an admin: gravest first, then newest."""
    waiting = [await store.incidents.find(incident_id) for incident_id, _ in await store.desk.waiting_review(until=now)]
    found = [incident for incident in waiting if incident is not None]
    return tuple(sorted(found, key=lambda one: (rank(one.severity), one.informed_at), reverse=True))


async def take_card(reference: str, *, by: int, store: Store, now: datetime) -> Incident | NotDecided:
    """The incident behind a card, now in the hands of this admin."""
    incident = await store.incidents.find(reference)
    if incident is None:
        return NotDecided(why=Refused.UNKNOWN)
    if not await store.desk.in_review(incident.id):
        return NotDecided(why=Refused.DECIDED, by=await _decided_by(incident.id, store))
    holder = await store.desk.claim(incident.id, by=by, now=now)
    return incident if holder == by else NotDecided(why=Refused.TAKEN, by=str(holder))


@until_stored
async def approve_card(reference: str, *, trust: Trust | None, by: int, store: Store, now: datetime) -> Outcome:
    """Let it out: by its own grade, or as `trust` says. What is held takes a second member of the desk."""
    incident = await take_card(reference, by=by, store=store, now=now)
    if isinstance(incident, NotDecided):
        return incident
    change = approve(incident, admin_id=by, trust=trust, now=now)
    decision = decide(change, now=now, first_read=False)
    needs_second = any(waits_for_the_desk(report) for report in change.incident.reports)
    needs_report = not needs_second and change.incident.held is not None
    if decision.scope is Scope.DESK and not (needs_second or needs_report):
        await store.desk.release(incident.id)
        return NotDecided(why=Refused.NO_PLACE)
    did = "vouch" if needs_second or needs_report else "approve"
    told = str(change.incident.trust)
    if overruled := _overruled(incident, change.incident):
        did, told = "overrule", overruled
    await _store(change, did=did, by=by, store=store, now=now, told=told)
    if needs_second or needs_report:
        await store.desk.release(incident.id)
    return Decided(
        incident=change.incident, speaks=decision.speaks, needs_second=needs_second, needs_report=needs_report
    )


@until_stored
async def reject_card(reference: str, *, why: Rejection, by: int, store: Store, now: datetime) -> Outcome:
    """It is no incident: whoever got it is told, and why stands in the audit."""
    incident = await take_card(reference, by=by, store=store, now=now)
    if isinstance(incident, NotDecided):
        return incident
    change = retract(incident, reason=TOLD.get(why, RetractionReason.OTHER), now=now)
    speaks = await _store(change, did="reject", by=by, store=store, now=now, told=why)
    return Decided(incident=change.incident, speaks=speaks)


@until_stored
async def merge_card(reference: str, into: str, *, by: int, store: Store, now: datetime) -> Outcome:
    """It tells of an event that is known: the other incident gets its reports, and it leaves the queue."""
    incident = await take_card(reference, by=by, store=store, now=now)
    if isinstance(incident, NotDecided):
        return incident
    other = await store.incidents.find(into)
    if other is None or other.id == incident.id or other.status is Status.RETRACTED:
        return NotDecided(why=Refused.UNKNOWN)
    kept, gone = merge(incident, other, now=now)
    await _store(kept, gone, did="merge", by=by, store=store, now=now, told=other.id)
    return Decided(incident=kept.incident)


async def leave_card(reference: str, *, by: int, store: Store, now: datetime) -> Outcome:
    """Looked at, and left for later: its time begins anew, and anyone may take it."""
    incident = await take_card(reference, by=by, store=store, now=now)
    if isinstance(incident, NotDecided):
        return incident
    await store.desk.wait_again(incident.id, now=now)
    await store.desk.release(incident.id)
    await store.desk.note(who=by, did="leave", now=now, incident=incident.id)
    return Decided(incident=incident)


async def _store(*changes: Change, did: str, by: int, store: Store, now: datetime, told: str) -> bool:
    """One step: the decision, its line in the audit, and what goes out because of it; whether anything does."""
    last = changes[-1].incident
    voiced, alerts = _voiced(changes, now)
    batch = Batch(
        changes=voiced,
        alerts=alerts,
        audit=(audit_line(by, did, last, told=told),),
        cause=str(by),
    )
    await store.commit(batch, now=now)
    return bool(alerts)


def _voiced(changes: Sequence[Change], now: datetime) -> tuple[tuple[Change, ...], tuple[Alert, ...]]:
    """The changes with those that speak marked as announced, and their alerts."""
    voiced, alerts = [], []
    for change in changes:
        decision = decide(change, now=now, first_read=False)
        told = change
        if decision.speaks:
            told = Change(kind=change.kind, incident=announce(change.incident), before=change.before)
            alerts.append(Alert.of(told, decision, now=now))
        voiced.append(told)
    return tuple(voiced), tuple(alerts)


def _overruled(before: Incident, after: Incident) -> str:
    """What the do-no-harm check had held and a second member of the desk now lets out, as "rule: words"."""
    still = {(report.id, hold) for report in after.reports for hold in holds_of(report.held or "")}
    held = ((report.id, hold) for report in before.reports if report.held for hold in holds_of(report.held))
    freed = (hold for known_by, hold in held if (known_by, hold) not in still)
    return "; ".join(dict.fromkeys(hold for hold in freed if hold not in OF_THE_DESK))


async def _decided_by(incident_id: str, store: Store) -> str:
    """Who decided it last, an admin's id or the rule; "" where that is not known."""
    page = await store.audit.page(20, incident=incident_id)
    acts = (line["who"] for line in page.lines if line.get("did") not in {"delivered", "alert", "card", "overtaken"})
    return next(acts, "rule")

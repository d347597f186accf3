"""How does an admin's post become an alert: looked at first, then stored once, whatever is tapped twice?"""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import repeat

from alerts.delivery.figures import rounded
from alerts.delivery.model import Alert, Decision, Reason, Scope
from alerts.delivery.plan import Planner
from alerts.desk.line import Post
from alerts.geography.atlas import Atlas
from alerts.incidents.absorb import absorb
from alerts.incidents.holding import BY_EDITOR, of_one_witness, rule_of
from alerts.incidents.known import Known
from alerts.incidents.life import announce
from alerts.incidents.model import Change, ChangeKind, Incident, Report
from alerts.incidents.picture import first_picture
from alerts.incidents.report import report_id
from alerts.safety.decide import decide
from alerts.store.commit import TRIES, Batch, ConflictError
from alerts.store.store import Store

SOURCE = "desk"  # one source, whoever posts: two admins may have the same word from the same driver
POSTED = "incident"
"""What the audit says of a post."""

DRILLED = "exercise"
"""What it says of an exercise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What a post would do: the alert as readers would get it, and to about how many chats it goes."""

    alert: Alert
    chats: int

    @property
    def rounded_chats(self) -> int | None:
        """The count as an admin may see it."""
        return rounded(self.chats)


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What became of a post: under which reference it stands, and whom it speaks to."""

    incident: Incident
    decision: Decision | None


async def plan_post(
    report: Report,
    *,
    reference: str,
    store: Store,
    atlas: Atlas,
    planner: Planner,
    now: datetime,
    is_exercise: bool = False,
) -> Planned | None:
    """What `report` would do if it were posted now; None if it was posted already. Nothing is stored."""
    change = await _changed_by(report, reference, store, atlas, now, is_exercise=is_exercise)
    if change is None:
        return None
    alert = _alert_of(change, now)
    return Planned(alert=alert, chats=await planner.size(alert, now=now) if alert.decision.speaks else 0)


async def post(
    report: Report,
    *,
    reference: str,
    draft_id: str,
    by: int,
    store: Store,
    atlas: Atlas,
    now: datetime,
    is_exercise: bool = False,
) -> Posted:
    """Store the post, its alert and its line of the audit in one step, and use up the draft.

    A draft that was used already gives what stands under it.

    Raises:
        ConflictError: the incident kept changing, or the draft was cancelled meanwhile.
    """
    for _ in range(TRIES):
        if standing := await _standing(report.id, store, now):
            return Posted(incident=standing, decision=None)
        change = await _changed_by(report, reference, store, atlas, now, is_exercise=is_exercise)
        if change is None:
            continue
        alert = _alert_of(change, now)
        if alert.decision.speaks:
            change = Change(kind=change.kind, incident=announce(change.incident), before=change.before)
            alert = _alert_of(change, now)
        batch = Batch(
            changes=(change,),
            alerts=_outgoing(alert, report),
            audit=(
                audit_line(
                    by,
                    DRILLED if is_exercise else POSTED,
                    change.incident,
                    told=rule_of(report.held) if report.held else str(change.incident.trust),
                ),
            ),
            drop_draft=draft_id,
            cause=str(by),
        )
        try:
            await store.commit(batch, now=now)
        except ConflictError:
            if await store.desk.draft(draft_id) is None and await _standing(report.id, store, now) is None:
                raise
            continue
        return Posted(incident=change.incident, decision=alert.decision)
    raise ConflictError("the incident kept changing while a post was being stored")


def report_of(found: Post, *, draft_id: str, by: int | None, now: datetime, is_editor: bool = False) -> Report:
    """The report that a post makes; the same draft always makes the same one. An editor's waits for an admin."""
    held = found.held or (BY_EDITOR if is_editor else None)
    return Report(
        id=report_id(SOURCE, draft_id),
        source_id=SOURCE,
        source_kind=found.source_kind,
        grade=found.grade,
        fetched_at=now,
        event_types=found.event_types,
        location=found.location,
        language=found.language,
        published_at=now,
        event_date=found.event_date,
        day_part=found.day_part,
        vehicles=found.vehicles,
        held=of_one_witness(held) if found.one_witness else held,
        admin_id=by,
        is_claim=found.is_claim,
        severity=found.severity,
        until=found.until,
    )


def audit_line(by: int, did: str, incident: Incident, **facts: str) -> dict[str, str]:
    """One line of the audit: which admin did what to which incident."""
    return {"who": str(by), "did": did, "incident": incident.id, **facts}


async def posted_from(draft_id: str, *, store: Store, now: datetime) -> Incident | None:
    """The incident that a used draft went into; None where it was never posted."""
    return await _standing(report_id(SOURCE, draft_id), store, now)


async def posts_of(admin: int, *, store: Store, since: datetime) -> int:
    """How many posts of this admin the audit counts since then."""
    lines = await store.audit.since(since)
    return sum(1 for line in lines if line.get("who") == str(admin) and line.get("did") == POSTED)


async def _standing(told: str, store: Store, now: datetime) -> Incident | None:
    """The incident that has the report with this id already."""
    known = await store.incidents.recent(now=now)
    return next((one for one in known if any(report.id == told for report in one.reports)), None)


async def _changed_by(
    report: Report, reference: str, store: Store, atlas: Atlas, now: datetime, *, is_exercise: bool
) -> Change | None:
    """What the report changes; None where it is known already. An exercise is never part of a real event."""
    if not is_exercise:
        return await _taken_in(report, reference, store, atlas, now)
    if await _standing(report.id, store, now) is not None:
        return None
    drill = replace(first_picture(report, incident_id=reference, now=now), exercise=True)
    return Change(kind=ChangeKind.NEW, incident=drill)


async def _taken_in(report: Report, reference: str, store: Store, atlas: Atlas, now: datetime) -> Change | None:
    """What the report changes; None where it is known already: another tap was faster."""
    known = await store.incidents.recent(now=now)
    fresh = repeat(reference)
    changes = absorb([report], into=Known.of(known, atlas), new_id=lambda: next(fresh), now=now)
    return changes[0] if changes else None


def _alert_of(change: Change, now: datetime) -> Alert:
    return Alert.of(change, decide(change, now=now, first_read=False), now=now)


def _outgoing(alert: Alert, report: Report) -> tuple[Alert, ...]:
    """What a post sends: the alert, or a card where it waits for another member of the desk."""
    if alert.decision.speaks or alert.decision.scope is Scope.DESK:
        return (alert,)
    if report.held is None:
        return ()
    card = alert.for_the_desk()
    return (replace(card, decision=replace(card.decision, reason=Reason.HELD)),)

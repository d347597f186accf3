"""How does an admin take back what was said, announce its end, or set it right?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from alerts.delivery.model import Alert
from alerts.delivery.plan import Planner
from alerts.desk.posting import Planned, audit_line
from alerts.desk.words import desk_words, named
from alerts.incidents.life import amend, announce, lift, retract
from alerts.incidents.model import ByHand, Change, Incident, RetractionReason, SourceKind, Status
from alerts.safety.decide import decide
from alerts.store.commit import Batch, until_stored
from alerts.store.store import Store


class Refusal(StrEnum):
    """Why nothing was corrected."""

    UNKNOWN = "unknown"
    ALREADY = "already"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """The incident as it stands now, and to how many chats the correction goes."""

    incident: Incident
    readers: int


async def retract_incident(reference: str, *, reason: str, by: int, store: Store, now: datetime) -> Corrected | Refusal:
    """Take an incident back: whoever got it is told, and whoever has not got it yet will not get it.

    Readers are told one of a few reasons; what the admin wrote is for the audit.
    """
    told = reason_of(reason)
    act = _Act(did="retract", by=by, now=now, facts={"why": reason})
    return await _correct(reference, lambda incident: retract(incident, reason=told, now=now), act, store)


async def lift_incident(
    reference: str, *, by: int, store: Store, now: datetime, said_by: SourceKind = SourceKind.FIELD
) -> Corrected | Refusal:
    """Announce its end, by the word of this kind of source: the road is then unknown, not open."""
    act = _Act(did="lifted", by=by, now=now, facts={"why": said_by})
    return await _correct(reference, lambda incident: lift(incident, by=said_by, now=now), act, store)


async def amend_incident(reference: str, hand: ByHand, *, by: int, store: Store, now: datetime) -> Corrected | Refusal:
    """Set right what `hand` names, where it was sent as well; what still waits in the queue goes on waiting there."""
    act = _Act(did="amend", by=by, now=now, facts={"what": ", ".join(named_in(hand))})
    return await _correct(reference, lambda incident: amend(incident, hand, now=now), act, store)


async def plan_amendment(
    incident: Incident, hand: ByHand, *, store: Store, planner: Planner, now: datetime
) -> Planned | None:
    """What setting it right would send, and to how many; None where it would send nothing. Nothing is stored."""
    change = amend(incident, hand, now=now)
    if await _waits_unheard(incident, store):
        return None
    alert = Alert.of(change, decide(change, now=now, first_read=False), now=now)
    if not alert.decision.speaks:
        return None
    return Planned(alert=alert, chats=await planner.size(alert, now=now))


def reason_of(text: str) -> RetractionReason:
    """The reason that readers are told, from an admin's words in French or English."""
    return named(text, desk_words().reasons) or RetractionReason.OTHER


def named_in(hand: ByHand) -> list[str]:
    """Which facts it sets."""
    return [name for name in ByHand.__dataclass_fields__ if getattr(hand, name) is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Act:
    """Who does what, when, and what the audit keeps of it."""

    did: str
    by: int
    now: datetime
    facts: Mapping[str, str] = field(default_factory=dict)


@until_stored
async def _correct(
    reference: str, change_of: Callable[[Incident], Change], act: _Act, store: Store
) -> Corrected | Refusal:
    incident = await store.incidents.find(reference)
    if incident is None:
        return Refusal.UNKNOWN
    change = change_of(incident)
    if (why := _pointless(change, incident)) is not None:
        return why
    silent = change.incident.status is Status.ACTIVE and await _waits_unheard(incident, store)
    await store.commit(_batch(change, act, silent=silent), now=act.now)
    return Corrected(incident=change.incident, readers=await store.outbox.reader_count(incident.id))


def _pointless(change: Change, before: Incident) -> Refusal | None:
    """Why the change changes nothing that may still change."""
    if before.status is Status.RETRACTED:
        return Refusal.ALREADY
    if change.incident.by_hand != before.by_hand:
        return None
    if change.incident.status is before.status:
        return Refusal.SAME if before.status is Status.ACTIVE else Refusal.ALREADY
    return None


async def _waits_unheard(incident: Incident, store: Store) -> bool:
    """Whether nobody has heard of it and an admin has yet to let it out: setting it right must not do so."""
    return not incident.announced and await store.desk.in_review(incident.id)


def _batch(change: Change, act: _Act, *, silent: bool) -> Batch:
    decision = decide(change, now=act.now, first_read=False)
    speaks = decision.speaks and not silent
    if speaks and change.incident.status is Status.ACTIVE:
        change = Change(kind=change.kind, incident=announce(change.incident), before=change.before)
    alert = Alert.of(change, decision, now=act.now)
    audit = audit_line(act.by, act.did, change.incident, **act.facts)
    return Batch(changes=(change,), alerts=(alert,) if speaks else (), audit=(audit,), cause=str(act.by))

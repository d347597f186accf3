"""How does an admin take back what was said, or announce its end?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from alerts.delivery.model import Alert
from alerts.desk.posting import TRIES, audit_line
from alerts.desk.words import desk_words, named
from alerts.incidents.life import lift, retract
from alerts.incidents.model import Change, Incident, SourceKind, Status
from alerts.safety.decide import decide
from alerts.store.commit import Batch, ConflictError
from alerts.store.store import Store

OTHER_REASON = "other"


class Refusal(StrEnum):
    """Why nothing was corrected."""

    UNKNOWN = "unknown"
    ALREADY = "already"


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


async def lift_incident(reference: str, *, by: int, store: Store, now: datetime) -> Corrected | Refusal:
    """Announce its end: the road is then unknown, not open."""
    act = _Act(did="lifted", by=by, now=now)
    return await _correct(reference, lambda incident: lift(incident, by=SourceKind.FIELD, now=now), act, store)


def reason_of(text: str) -> str:
    """The reason that readers are told, from an admin's words in French or English."""
    return named(text, desk_words().reasons) or OTHER_REASON


@dataclass(frozen=True, slots=True, kw_only=True)
class _Act:
    """Who does what, when, and what the audit keeps of it."""

    did: str
    by: int
    now: datetime
    facts: Mapping[str, str] = field(default_factory=dict)


async def _correct(
    reference: str, change_of: Callable[[Incident], Change], act: _Act, store: Store
) -> Corrected | Refusal:
    for _ in range(TRIES):
        incident = await store.incidents.find(reference)
        if incident is None:
            return Refusal.UNKNOWN
        change = change_of(incident)
        if change.incident.status is incident.status or incident.status is Status.RETRACTED:
            return Refusal.ALREADY
        try:
            await store.commit(_batch(change, act), now=act.now)
        except ConflictError:
            continue
        return Corrected(incident=change.incident, readers=await store.outbox.reader_count(incident.id))
    raise ConflictError("the incident kept changing while it was being corrected")


def _batch(change: Change, act: _Act) -> Batch:
    alert = Alert.of(change, decide(change, now=act.now, first_read=False), now=act.now)
    audit = audit_line(act.by, act.did, change.incident, **act.facts)
    return Batch(changes=(change,), alerts=(alert,) if alert.decision.speaks else (), audit=(audit,))

"""How is what a cycle found stored: together, or not at all?

The heart of "no warning lost": incidents, outbox entries, seen entries and the feeds' validators enter Redis in
one MULTI/EXEC. A validator that hid an entry whose alert was not stored would lose that alert for good.
"""

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline
from redis.exceptions import WatchError

from alerts.delivery.model import Alert, MsgType, Reason, Scope
from alerts.errors import SirabaError
from alerts.fuel.model import FuelReport, MonthPrice, PumpTold
from alerts.incidents.holding import waits_for_the_desk
from alerts.incidents.model import Change, Incident, Status
from alerts.sources.model import FeedMarks, KnownEntry
from alerts.store import audit, keys
from alerts.store.codec import Codec
from alerts.store.fence import Fence
from alerts.store.incidents import INCIDENT

Given = ParamSpec("Given")
Result = TypeVar("Result")

ALERT = Codec(Alert)
MARKS = Codec(FeedMarks)
KNOWN_ENTRY = Codec(KnownEntry)
FUEL_REPORT = Codec(FuelReport)
PUMP_TOLD = Codec(PumpTold)
MONTH_PRICE = Codec(MonthPrice)
TRIES = 5  # whoever else is at work on the same incident is done by then
CHANGES_KEPT = 20_000  # a reader that lags by more starts again from the whole

# KEYS who got what of an incident, and sends under way; ARGV lifetime. What is told of it later lengthens none.
FORGET_LATER = """
for _, key in ipairs(KEYS) do
  local left = redis.call('TTL', key)
  if left == -1 or left > tonumber(ARGV[1]) then redis.call('EXPIRE', key, ARGV[1]) end
end
"""
LANE_STEP = 10**11  # outbox score: lane first, then time in seconds


class ConflictError(SirabaError):
    """An incident changed since it was read: absorb again into what is there now."""


def until_stored(act: Callable[Given, Awaitable[Result]]) -> Callable[Given, Coroutine[Any, Any, Result]]:
    """Let `act` look and store anew, up to `TRIES` times, while what it starts from changes under its hands.

    The conflict of the last try is the caller's.
    """

    @wraps(act)
    async def again(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        for _ in range(TRIES - 1):
            with suppress(ConflictError):
                return await act(*args, **kwargs)
        return await act(*args, **kwargs)

    return again


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one cycle, or one admin's act, wants stored; `seen` are entries by each of their names.

    `cause` is what made its alerts, for the audit: an admin's id, a source's, or "rule".
    """

    changes: tuple[Change, ...] = ()
    alerts: tuple[Alert, ...] = ()
    marks: tuple[FeedMarks, ...] = ()
    seen: Mapping[str, KnownEntry] = field(default_factory=dict)
    fuel: tuple[FuelReport, ...] = ()
    pumps: tuple[PumpTold, ...] = ()
    month_prices: tuple[MonthPrice, ...] = ()
    audit: tuple[dict[str, str], ...] = ()
    drop_draft: str | None = None
    cause: str = "rule"


class Commit:
    """Stores a batch in one step."""

    def __init__(self, redis: Redis, fence: Fence) -> None:
        self._redis = redis
        self._fence = fence

    async def __call__(self, batch: Batch, *, now: datetime) -> None:
        """Store `batch`.

        Raises:
            ConflictError: an incident's stored version is not the one the change started from; nothing was stored.
            OvertakenError: another service took over; nothing was stored.
        """
        waiting = await self._waiting() if batch.alerts else []
        async with self._redis.pipeline(transaction=True) as pipe:
            await self._fence.guard(pipe)
            await self._compare_versions(pipe, batch)
            pipe.multi()
            _queue_incidents(pipe, batch, now)
            _queue_alerts(pipe, batch, waiting, now)
            _queue_sources(pipe, batch, now)
            _queue_fuel(pipe, batch)
            _queue_audit(pipe, batch, now)
            if batch.drop_draft:
                pipe.delete(keys.draft(batch.drop_draft))
            try:
                await pipe.execute()
            except WatchError as error:
                raise ConflictError("an incident changed while a batch was being stored") from error

    async def _waiting(self) -> list[str]:
        """The alerts under way, and those that grew old and are still to be named."""
        return [*await self._redis.zrange(keys.OUTBOX, 0, -1), *await self._redis.zrange(keys.MISSED, 0, -1)]

    async def _compare_versions(self, pipe: Pipeline, batch: Batch) -> None:
        watched = [keys.incident(change.incident.id) for change in batch.changes]
        if batch.drop_draft:
            watched.append(keys.draft(batch.drop_draft))
        if watched:
            await pipe.watch(*watched)
        for change in batch.changes:
            stored = await pipe.hget(keys.incident(change.incident.id), "version")
            started_from = change.before.version if change.before else None
            if (int(stored) if stored else None) != started_from:
                raise ConflictError(f"incident {change.incident.id} is at version {stored}, not {started_from}")
        if batch.drop_draft and not await pipe.exists(keys.draft(batch.drop_draft)):
            raise ConflictError(f"draft {batch.drop_draft} was used already")


def _queue_incidents(pipe: Pipeline, batch: Batch, now: datetime) -> None:
    for change in batch.changes:
        incident = change.incident
        pipe.hset(keys.incident(incident.id), mapping={"version": incident.version, "json": INCIDENT.dump(incident)})
        pipe.zadd(keys.INCIDENTS, {incident.id: now.timestamp()})
        pipe.xadd(keys.INCIDENT_CHANGES, {"id": incident.id}, maxlen=CHANGES_KEPT)
        if incident.status is not Status.ACTIVE:
            ended = [*keys.all_sent(incident.id), keys.begun(incident.id)]
            pipe.eval(FORGET_LATER, len(ended), *ended, int(keys.SENT_AFTER_END.total_seconds()))
        if incident.status is not Status.ACTIVE or (incident.approved_by is not None and not _asks_the_desk(incident)):
            leave_queue(pipe, incident.id)


def _queue_alerts(pipe: Pipeline, batch: Batch, waiting: Sequence[str], now: datetime) -> None:
    for alert in batch.alerts:
        for overtaken in _overtaken_by(alert, waiting):
            stop_alert(pipe, overtaken, now=now)
            line = {"who": batch.cause, "did": "overtaken", "alert": overtaken, "incident": alert.incident.id}
            audit.note(pipe, line | {"by": alert.id}, now=now)
        pipe.set(keys.alert(alert.id), ALERT.dump(alert), ex=keys.ALERT_LIFETIME)
        pipe.zadd(keys.OUTBOX, {alert.id: alert.decision.lane * LANE_STEP + alert.created_at.timestamp()})
        if alert.decision.scope is Scope.DESK or alert.decision.reason is Reason.UNCONFIRMED:
            pipe.zadd(keys.REVIEW, {alert.incident.id: alert.created_at.timestamp()}, nx=True)
        elif alert.decision.scope is Scope.CONCERNED and not _asks_the_desk(alert.incident):
            leave_queue(pipe, alert.incident.id)


def _asks_the_desk(incident: Incident) -> bool:
    """Whether some of it waits for a word of the desk, though the rest may be public."""
    return incident.held is not None or any(waits_for_the_desk(report) for report in incident.reports)


def _overtaken_by(alert: Alert, waiting: Sequence[str]) -> list[str]:
    """Earlier words on the same incident that are still under way: whoever lacks them gets the later one instead.

    A later word that goes to fewer people overtakes nothing.
    """
    if alert.decision.scope is not Scope.CONCERNED and alert.msg_type is not MsgType.CANCEL:
        return []
    return [one for one in waiting if one.rpartition(".")[0] == alert.incident.id and one != alert.id]


def _queue_sources(pipe: Pipeline, batch: Batch, now: datetime) -> None:
    for marks in batch.marks:
        pipe.hset(keys.FEEDS, marks.source_id, MARKS.dump(marks))
    if batch.seen:
        pipe.zadd(keys.SEEN_ENTRIES, dict.fromkeys(batch.seen, now.timestamp()), nx=True)
        pipe.hset(keys.KNOWN_ENTRIES, mapping={name: KNOWN_ENTRY.dump(entry) for name, entry in batch.seen.items()})


def _queue_fuel(pipe: Pipeline, batch: Batch) -> None:
    for report in batch.fuel:
        pipe.hset(keys.FUEL, report.id, FUEL_REPORT.dump(report))
    if batch.fuel:
        pipe.incr(keys.FUEL_CHANGES)
    for told in batch.pumps:
        pipe.hset(keys.PUMPS, told.place, PUMP_TOLD.dump(told))
    for price in batch.month_prices:
        pipe.hset(keys.MONTH_PRICES, f"{price.place}|{price.product}", MONTH_PRICE.dump(price))


def _queue_audit(pipe: Pipeline, batch: Batch, now: datetime) -> None:
    for line in batch.audit:
        audit.note(pipe, line, now=now)
    for alert in batch.alerts:
        audit.note(pipe, _alert_line(alert, batch.cause), now=now)


def _alert_line(alert: Alert, cause: str) -> dict[str, str]:
    """That an alert was made, by whom or what, and why: each one that ever goes out has such a line."""
    return {
        "who": cause,
        "did": "card" if alert.decision.scope is Scope.DESK else "alert",
        "alert": alert.id,
        "incident": alert.incident.id,
        "kind": alert.msg_type,
        "why": alert.decision.reason.name.lower(),
    }


def stop_alert(pipe: Pipeline, alert_id: str, *, now: datetime) -> None:
    """Let `pipe` stop an alert that is under way: whoever has not got it will not."""
    pipe.zrem(keys.OUTBOX, alert_id)
    pipe.zrem(keys.MISSED, alert_id)
    pipe.delete(keys.todo(alert_id))
    pipe.hset(keys.delivery(alert_id), mapping={"cancelled": now.isoformat()})
    pipe.expire(keys.delivery(alert_id), keys.ALERT_LIFETIME)


def leave_queue(pipe: Pipeline, incident_id: str) -> None:
    """Let `pipe` take an incident out of the review queue, with all that was noted of its waiting."""
    pipe.zrem(keys.REVIEW, incident_id)
    pipe.hdel(keys.CLAIMS, incident_id)
    pipe.srem(keys.REMINDED, incident_id)


def incident_of(alert_id: str) -> str:
    """The incident of an alert, or of a card, from its id."""
    return alert_id.removeprefix("desk.").rpartition(".")[0]

"""What still has to reach whom?

An alert stands in the outbox until every recipient of its snapshot has an answer from Telegram. The snapshot is a
list in sending order; a recipient leaves it in the same step that records the answer, so a crash repeats at most
the messages in flight and loses none.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from redis.asyncio import Redis
from redis.exceptions import WatchError

from alerts.delivery.model import Alert, MsgType
from alerts.incidents.model import OPEN_STATUSES
from alerts.store import keys
from alerts.store.commit import ALERT, LANE_STEP, incident_of
from alerts.store.fence import Fence, OvertakenError

# KEYS delivery, halt, begun; ARGV "alert|recipient", 1 if a halt holds it back, lifetime. The last look before a send,
# and the note that it begins, in one step: whoever may have got an alert can then be told of its correction.
BEGIN = """
if redis.call('HEXISTS', KEYS[1], 'cancelled') == 1 or (ARGV[2] == '1' and redis.call('EXISTS', KEYS[2]) == 1) then
  return 0
end
redis.call('SADD', KEYS[3], ARGV[1])
redis.call('EXPIRE', KEYS[3], ARGV[3])
return 1
"""

# KEYS todo, delivery, sent, deletions, chat, begun; ARGV recipient, count field, "alert|message" or "",
# "chat:message" or "", due, lifetime. The list is the guard: a second answer for a recipient (after a crash) records
# nothing. Where a cancellation emptied the list, what was on the wire is recorded all the same: it must be corrected.
RECORD = """
redis.call('SREM', KEYS[6], ARGV[7])
if redis.call('LREM', KEYS[1], 1, ARGV[1]) == 0 then
  local late = ARGV[3] ~= '' and redis.call('HEXISTS', KEYS[2], 'cancelled') == 1
  if not late or redis.call('EXISTS', KEYS[5]) == 0 or redis.call('HGET', KEYS[3], ARGV[1]) == ARGV[3] then
    return 0
  end
end
redis.call('HINCRBY', KEYS[2], ARGV[2], 1)
if ARGV[3] ~= '' then
  redis.call('HSET', KEYS[3], ARGV[1], ARGV[3])
  redis.call('EXPIRE', KEYS[3], ARGV[6])
end
if ARGV[4] ~= '' then
  redis.call('ZADD', KEYS[4], ARGV[5], ARGV[4])
end
return 1
"""

# KEYS todo, outbox, delivery, audit, log; ARGV alert id, time, lifetime, incident id, lines kept. Only an empty list
# ends a delivery. How it ended goes into the audit, which outlives the counts.
FINISH = """
if redis.call('LLEN', KEYS[1]) > 0 then
  return 0
end
local ends = redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('HSET', KEYS[3], 'finished_at', ARGV[2])
redis.call('EXPIRE', KEYS[3], ARGV[3])
if ends == 1 then
  local line = {'at', ARGV[2], 'who', 'rule', 'did', 'ended', 'alert', ARGV[1], 'incident', ARGV[4]}
  for _, name in ipairs({'planned', 'sent', 'unreachable', 'rejected', 'gone', 'told'}) do
    local count = redis.call('HGET', KEYS[3], name)
    if count then
      line[#line + 1] = name
      line[#line + 1] = count
    end
  end
  redis.call('XADD', KEYS[4], 'MAXLEN', '~', ARGV[5], '*', unpack(line))
  redis.call('XADD', KEYS[5], '*', unpack(line))
end
return 1
"""


class Count(StrEnum):
    """How a recipient left the list."""

    SENT = "sent"
    UNREACHABLE = "unreachable"
    REJECTED = "rejected"
    GONE = "gone"
    TOLD = "told"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMessage:
    """The last message about an incident in a chat."""

    alert_id: str
    message_id: int


class Outbox:
    """Alerts under way, and what became of each send."""

    def __init__(self, redis: Redis, fence: Fence) -> None:
        self._redis = redis
        self._begin = fence.script(redis, BEGIN)
        self._record = redis.register_script(RECORD)
        self._finish = redis.register_script(FINISH)

    async def waiting(self) -> list[str]:
        """Ids of the alerts under way: critical first, then oldest first."""
        return [str(alert_id) for alert_id in await self._redis.zrange(keys.OUTBOX, 0, -1)]

    async def waiting_since(self) -> datetime | None:
        """When the oldest alert under way was created."""
        scores = [score for _, score in await self._redis.zrange(keys.OUTBOX, 0, -1, withscores=True)]
        oldest = min((score % LANE_STEP for score in scores), default=None)
        return None if oldest is None else datetime.fromtimestamp(oldest, tz=UTC)

    async def alert(self, alert_id: str) -> Alert | None:
        """The alert with this id."""
        text = await self._redis.get(keys.alert(alert_id))
        return ALERT.load(text) if text else None

    async def is_planned(self, alert_id: str) -> bool:
        """Whether its audience has been written down."""
        return bool(await self._redis.hexists(keys.delivery(alert_id), "planned"))

    async def plan(self, alert_id: str, recipients: Sequence[str], *, now: datetime) -> None:
        """Write down the audience, in sending order, in one step; not twice, nor for what was cancelled meanwhile."""
        async with self._redis.pipeline(transaction=True) as pipe:
            await pipe.watch(keys.delivery(alert_id))
            if any(await pipe.hmget(keys.delivery(alert_id), ["planned", "cancelled"])):
                return
            pipe.multi()
            for start in range(0, len(recipients), 1000):
                pipe.rpush(keys.todo(alert_id), *recipients[start : start + 1000])
            pipe.hset(keys.delivery(alert_id), mapping={"planned": len(recipients), "planned_at": now.isoformat()})
            with suppress(WatchError):
                await pipe.execute()

    async def next_recipients(self, alert_id: str, count: int) -> list[str]:
        """The first `count` recipients without an answer."""
        return [str(key) for key in await self._redis.lrange(keys.todo(alert_id), 0, count - 1)]

    async def begin(self, alert: Alert, recipient: str) -> bool:
        """Note that a send begins; False when it must not: the alert or all sending is stopped, or we are overtaken."""
        lifetime = int(keys.SENT_LIFETIME.total_seconds())
        heeds_a_halt = int(alert.msg_type is not MsgType.CANCEL)  # a halt lets retractions through
        try:
            begun = await self._begin(
                keys=[keys.delivery(alert.id), keys.HALT, keys.begun(alert.incident.id)],
                args=[_begun(alert.id, recipient), heeds_a_halt, lifetime],
            )
        except OvertakenError:
            return False
        return bool(begun)

    async def record(
        self,
        alert: Alert,
        recipient: str,
        count: Count,
        *,
        message_id: int | None = None,
        delete_at: datetime | None = None,
    ) -> bool:
        """Take a recipient off the list with what came of it; False if it was off the list already."""
        sent = f"{alert.id}|{message_id}" if message_id is not None else ""
        lifetime = keys.SENT_LIFETIME if alert.incident.status in OPEN_STATUSES else keys.SENT_AFTER_END
        member = f"{recipient.partition(':')[0]}:{message_id}" if message_id is not None and delete_at else ""
        done = await self._record(
            keys=[
                keys.todo(alert.id),
                keys.delivery(alert.id),
                keys.sent(alert.incident.id),
                keys.DELETIONS,
                keys.chat(recipient),
                keys.begun(alert.incident.id),
            ],
            args=[
                recipient,
                count,
                sent,
                member,
                delete_at.timestamp() if delete_at else 0,
                int(lifetime.total_seconds()),
                _begun(alert.id, recipient),
            ],
        )
        return bool(done)

    async def finish(self, alert_id: str, *, now: datetime) -> bool:
        """Take the alert out of the outbox if nobody is left on its list."""
        lifetime = int(keys.ALERT_LIFETIME.total_seconds())
        incident_id = incident_of(alert_id)
        done = await self._finish(
            keys=[
                keys.todo(alert_id),
                keys.OUTBOX,
                keys.delivery(alert_id),
                keys.AUDIT,
                keys.incident_log(incident_id),
            ],
            args=[alert_id, now.isoformat(), lifetime, incident_id, keys.AUDIT_KEPT],
        )
        return bool(done)

    async def drop(self, alert_id: str) -> None:
        """Take an alert out of the outbox whose content is gone: there is nothing to send."""
        await self._redis.zrem(keys.OUTBOX, alert_id)

    async def counts(self, alert_id: str) -> dict[str, str]:
        """What became of an alert's delivery: numbers by outcome, and times."""
        return dict(await self._redis.hgetall(keys.delivery(alert_id)))

    async def readers(self, incident_id: str) -> dict[str, SentMessage]:
        """Every chat that got an alert of this incident, with the last message it got."""
        entries = await self._redis.hgetall(keys.sent(incident_id))
        return {recipient: _sent_message(value) for recipient, value in entries.items()}

    async def may_have_read(self, incident_id: str) -> list[str]:
        """Recipients of a send that began and has no recorded answer: it may have arrived."""
        return sorted({str(one).partition("|")[2] for one in await self._redis.smembers(keys.begun(incident_id))})

    async def sent_to(self, incident_id: str, recipient: str) -> SentMessage | None:
        """The last message about this incident in this chat."""
        value = await self._redis.hget(keys.sent(incident_id), recipient)
        return _sent_message(value) if value else None


def _sent_message(value: str) -> SentMessage:
    alert_id, _, message_id = value.partition("|")
    return SentMessage(alert_id=alert_id, message_id=int(message_id))


def _begun(alert_id: str, recipient: str) -> str:
    return f"{alert_id}|{recipient}"

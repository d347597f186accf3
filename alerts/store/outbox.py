"""What still has to reach whom?

An alert stands in the outbox until every recipient of its audience has an answer from Telegram. The audience is a
list in sending order, written down page by page so that the first send need not wait for the last page; a recipient
leaves it in the same step that records the answer. A crash repeats at most the messages in flight and loses none: an
audience that was not written to its end is begun anew, without those who have the alert.

Claims and answers come in batches, one script each: what is asked while another one is under way goes with the next.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from redis.asyncio import Redis

from alerts.audience.model import Chat
from alerts.delivery.model import Alert, MsgType, Scope
from alerts.incidents.model import OPEN_STATUSES
from alerts.store import keys
from alerts.store.chats import readable
from alerts.store.commit import ALERT, LANE_STEP, incident_of
from alerts.store.fence import Fence, OvertakenError

FEWEST_TOLD = 5  # chats; below it a count would be about people
SHARDS_AT_ONCE = 32

# Who got what is forgotten so long after the incident ended, however often it is told of since.
KEEP = f"""
local function keep(key, lifetime)
  local left, ended = redis.call('TTL', key), tonumber(lifetime) <= {int(keys.SENT_AFTER_END.total_seconds())}
  if not ended or left == -1 or left > tonumber(lifetime) then redis.call('EXPIRE', key, lifetime) end
end
"""

# The last look before a send, and the note that it begins, in one step: whoever may have got an alert can then be told
# of its correction. A chat that is gone from the store is not noted anywhere.
# KEYS delivery, halt, begun, chats, then a sent hash for each recipient; ARGV alert id, 1 if a halt holds it back, 1 if
# who is not stored gets it too, lifetime, then the recipients.
CLAIM = (
    KEEP
    + """
if redis.call('HEXISTS', KEYS[1], 'cancelled') == 1 then return 'cancelled' end
if ARGV[2] == '1' and redis.call('EXISTS', KEYS[2]) == 1 then return 'halted' end
local found = {}
for i = 5, #ARGV do
  local chat = redis.call('HGET', KEYS[4], ARGV[i])
  if chat or ARGV[3] == '1' then
    redis.call('SADD', KEYS[3], ARGV[1] .. '|' .. ARGV[i])
  end
  found[#found + 1] = chat
  found[#found + 1] = redis.call('HGET', KEYS[i], ARGV[i])
end
keep(KEYS[3], ARGV[4])
return found
"""
)

# KEYS delivery, todo, chats, then a sent hash for each recipient; ARGV alert id, 1 if who is not stored gets it too,
# then the recipients. Who was forgotten meanwhile, or has the alert already, is not written down.
EXTEND = """
if redis.call('HEXISTS', KEYS[1], 'cancelled') == 1 then return 0 end
for i = 3, #ARGV do
  local has = redis.call('HGET', KEYS[i + 1], ARGV[i]) or ''
  local told = string.sub(has, 1, #ARGV[1] + 1) == ARGV[1] .. '|'
  if not told and (ARGV[2] == '1' or redis.call('HEXISTS', KEYS[3], ARGV[i]) == 1) then
    redis.call('RPUSH', KEYS[2], ARGV[i])
  end
end
return 1
"""

# KEYS delivery, todo. What an earlier start wrote down is begun anew.
OPEN = """
if redis.call('HEXISTS', KEYS[1], 'cancelled') == 1 or redis.call('HEXISTS', KEYS[1], 'planned') == 1 then return 0 end
redis.call('DEL', KEYS[2])
return 1
"""

# KEYS delivery; ARGV how many there are, time.
CLOSE = """
if redis.call('HEXISTS', KEYS[1], 'cancelled') == 0 then
  redis.call('HSET', KEYS[1], 'planned', ARGV[1], 'planned_at', ARGV[2])
end
"""

# The list is the guard: a second answer for a recipient (after a crash) records nothing. Where a cancellation emptied
# the list, or the audience is not written down that far, what was on the wire is recorded all the same: it must be
# corrected. Of who was forgotten meanwhile nothing is.
# KEYS todo, delivery, chats, begun, deletion times, then a sent hash and a list of deletions for each answer; ARGV
# alert id, lifetime, then for each answer: recipient, count field, message id or "", deletion time or "".
RECORD = (
    KEEP
    + """
local function starts(text, with) return string.sub(text, 1, #with) == with end
local answer, recorded = 0, {}
for i = 3, #ARGV, 4 do
  local who, count, message, time = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
  local sent, deletions = KEYS[6 + 2 * answer], KEYS[7 + 2 * answer]
  answer = answer + 1
  local value = ARGV[1] .. '|' .. message
  redis.call('SREM', KEYS[4], ARGV[1] .. '|' .. who)
  local waited = redis.call('LREM', KEYS[1], 1, who) == 1
  local has = redis.call('HGET', sent, who) or ''
  local late = message ~= '' and redis.call('HEXISTS', KEYS[3], who) == 1 and not starts(has, ARGV[1] .. '|')
  recorded[answer] = (waited or late) and 1 or 0
  if waited or late then
    redis.call('HINCRBY', KEYS[2], count, 1)
    if message ~= '' then
      redis.call('HSET', sent, who, value)
      keep(sent, ARGV[2])
    end
    if time ~= '' then
      redis.call('RPUSH', deletions, string.match(who, '^[^:]+') .. ':' .. message)
      redis.call('ZADD', KEYS[5], time, deletions)
    end
  end
end
return recorded
"""
)

# KEYS todo, outbox, delivery, audit, log; ARGV alert id, time, lifetime, incident id, lines kept, fewest told, then the
# counts to write down. Only an audience written to its end can be through. What came of it stays in the audit, where
# no count below the fewest is told.
FINISH = """
if redis.call('LLEN', KEYS[1]) > 0 or redis.call('HEXISTS', KEYS[3], 'planned') == 0 then return 0 end
if redis.call('ZREM', KEYS[2], ARGV[1]) == 0 then return 1 end
redis.call('HSET', KEYS[3], 'finished_at', ARGV[2])
redis.call('EXPIRE', KEYS[3], ARGV[3])
local entry = {'at', ARGV[2], 'who', 'rule', 'did', 'delivered', 'alert', ARGV[1], 'incident', ARGV[4]}
local fewest = tonumber(ARGV[6])
for i = 7, #ARGV do
  local count = tonumber(redis.call('HGET', KEYS[3], ARGV[i]))
  if count then
    entry[#entry + 1] = ARGV[i]
    entry[#entry + 1] = ARGV[i] .. ' ' .. (count < fewest and '<' .. fewest or count)
  end
end
redis.call('XADD', KEYS[4], 'MAXLEN', '~', ARGV[5], '*', unpack(entry))
redis.call('XADD', KEYS[5], '*', unpack(entry))
return 1
"""

# KEYS outbox, missed, delivery, todo, audit, log; ARGV alert id, time (epoch seconds), lifetime, time (ISO), incident
# id, lines kept. It is no longer under way; who was to get it stays written down, so that it can be named.
GIVE_UP = """
if redis.call('HEXISTS', KEYS[3], 'planned') == 0 or redis.call('ZREM', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
redis.call('EXPIRE', KEYS[4], ARGV[3])
local entry = {'at', ARGV[4], 'who', 'rule', 'did', 'missed', 'alert', ARGV[1], 'incident', ARGV[5]}
redis.call('XADD', KEYS[5], 'MAXLEN', '~', ARGV[6], '*', unpack(entry))
redis.call('XADD', KEYS[6], '*', unpack(entry))
return 1
"""


class Count(StrEnum):
    """How a recipient left the list."""

    SENT = "sent"
    UNREACHABLE = "unreachable"
    REJECTED = "rejected"
    GONE = "gone"
    TOLD = "told"
    MISSED = "missed"
    HELD_BACK = "held_back"


class Stopped(StrEnum):
    """Why no send of an alert may begin."""

    CANCELLED = "cancelled"
    HALTED = "halted"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMessage:
    """The last message about an incident in a chat."""

    alert_id: str
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A send that may begin: the chat as it is stored now (None: it is not), and its last message on the incident."""

    chat: Chat | None
    earlier: SentMessage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of one send: how it counts, and where its message is and until when."""

    recipient: str
    count: Count
    message_id: int | None = None
    delete_at: datetime | None = None


class Outbox:
    """Alerts under way, and what became of each send."""

    def __init__(self, redis: Redis, fence: Fence) -> None:
        self._redis = redis
        self._claim = fence.script(redis, CLAIM)
        self._open = redis.register_script(OPEN)
        self._extend = redis.register_script(EXTEND)
        self._close = redis.register_script(CLOSE)
        self._record = redis.register_script(RECORD)
        self._finish = redis.register_script(FINISH)
        self._give_up = redis.register_script(GIVE_UP)

    async def waiting(self) -> list[str]:
        """Ids of the alerts under way: critical first, then oldest first."""
        return [str(alert_id) for alert_id in await self._redis.zrange(keys.OUTBOX, 0, -1)]

    async def waiting_since(self) -> datetime | None:
        """When the oldest alert under way was created."""
        scores = [score for _, score in await self._redis.zrange(keys.OUTBOX, 0, -1, withscores=True)]
        oldest = min((score % LANE_STEP for score in scores), default=None)
        return None if oldest is None else datetime.fromtimestamp(oldest, tz=UTC)

    async def depth(self) -> int:
        """How many messages wait, as far as the audiences are written down."""
        async with self._redis.pipeline(transaction=False) as pipe:
            for alert_id in await self.waiting():
                pipe.llen(keys.todo(alert_id))
            return sum(await pipe.execute())

    async def alert(self, alert_id: str) -> Alert | None:
        """The alert with this id."""
        text = await self._redis.get(keys.alert(alert_id))
        return ALERT.load(text) if text else None

    async def open_plan(self, alert_id: str) -> bool:
        """Begin to write the audience down; False when that is done, or the alert was cancelled."""
        return bool(await self._open(keys=[keys.delivery(alert_id), keys.todo(alert_id)]))

    async def extend_plan(self, alert: Alert, recipients: Sequence[str]) -> bool:
        """Write down the next of the audience, in sending order; False when the alert was cancelled meanwhile."""
        going = await self._extend(
            keys=[keys.delivery(alert.id), keys.todo(alert.id), keys.CHATS, *_sent(alert, recipients)],
            args=[alert.id, _reaches_strangers(alert), *recipients],
        )
        return bool(going)

    async def close_plan(self, alert_id: str, *, count: int, now: datetime) -> None:
        """The audience of `count` stands there."""
        await self._close(keys=[keys.delivery(alert_id)], args=[count, now.isoformat()])

    async def next_recipients(self, alert_id: str, count: int) -> list[str]:
        """The first `count` recipients without an answer."""
        return [str(key) for key in await self._redis.lrange(keys.todo(alert_id), 0, count - 1)]

    async def claim(self, alert: Alert, recipients: Sequence[str]) -> list[Claimed] | Stopped:
        """Note that these sends begin, and give what is known of each chat; or say why none of them must."""
        names = [keys.delivery(alert.id), keys.HALT, keys.begun(alert.incident.id), keys.CHATS]
        heeds_a_halt = int(alert.msg_type is not MsgType.CANCEL)  # a halt lets retractions through
        try:
            found = await self._claim(
                keys=[*names, *_sent(alert, recipients)],
                args=[alert.id, heeds_a_halt, _reaches_strangers(alert), _lifetime(alert), *recipients],
            )
        except OvertakenError:
            return Stopped.OVERTAKEN
        if isinstance(found, str):
            return Stopped(found)
        rows = zip(recipients, found[::2], found[1::2], strict=True)
        return [_claimed(recipient, chat, earlier) for recipient, chat, earlier in rows]

    async def record(self, alert: Alert, answers: Sequence[Answer]) -> list[bool]:
        """Take recipients off the list with what came of each; False for one who was off the list already."""
        recorded = await self._record(
            keys=[
                keys.todo(alert.id),
                keys.delivery(alert.id),
                keys.CHATS,
                keys.begun(alert.incident.id),
                keys.DELETIONS,
                *(key for answer in answers for key in _places(alert, answer)),
            ],
            args=[
                alert.id,
                _lifetime(alert),
                *(fact for answer in answers for fact in _facts(answer)),
            ],
        )
        return [bool(one) for one in recorded]

    async def finish(self, alert_id: str, *, now: datetime) -> bool:
        """Take the alert out of the outbox if its audience stands and nobody is left on the list."""
        lifetime = int(keys.ALERT_LIFETIME.total_seconds())
        done = await self._finish(
            keys=[
                keys.todo(alert_id),
                keys.OUTBOX,
                keys.delivery(alert_id),
                keys.AUDIT,
                keys.incident_log(incident_of(alert_id)),
            ],
            args=[alert_id, now.isoformat(), lifetime, incident_of(alert_id), keys.AUDIT_KEPT, FEWEST_TOLD, *Count],
        )
        return bool(done)

    async def give_up(self, alert_id: str, *, now: datetime) -> bool:
        """It grew old while it waited: it gets no message of its own any more. Only once its audience stands there."""
        incident_id = incident_of(alert_id)
        given_up = await self._give_up(
            keys=[
                keys.OUTBOX,
                keys.MISSED,
                keys.delivery(alert_id),
                keys.todo(alert_id),
                keys.AUDIT,
                keys.incident_log(incident_id),
            ],
            args=[
                alert_id,
                now.timestamp(),
                int(keys.MISSED_LIFETIME.total_seconds()),
                now.isoformat(),
                incident_id,
                keys.AUDIT_KEPT,
            ],
        )
        return bool(given_up)

    async def missed(self, *, now: datetime) -> list[str]:
        """Ids of the alerts that were given up and may still be named."""
        since = (now - keys.MISSED_LIFETIME).timestamp()
        return [str(alert_id) for alert_id in await self._redis.zrangebyscore(keys.MISSED, since, "+inf")]

    async def drop(self, alert_id: str) -> None:
        """Take an alert out of the outbox whose content is gone: there is nothing to send."""
        await self._redis.zrem(keys.OUTBOX, alert_id)

    async def counts(self, alert_id: str) -> dict[str, str]:
        """What became of an alert's delivery: numbers by outcome, and times."""
        return dict(await self._redis.hgetall(keys.delivery(alert_id)))

    async def readers(self, incident_id: str) -> AsyncIterator[dict[str, SentMessage]]:
        """Every chat that got an alert of this incident, with the last message it got, in pages."""
        shards = keys.all_sent(incident_id)
        for start in range(0, len(shards), SHARDS_AT_ONCE):
            async with self._redis.pipeline(transaction=False) as pipe:
                for shard in shards[start : start + SHARDS_AT_ONCE]:
                    pipe.hgetall(shard)
                found = await pipe.execute()
            yield {recipient: _sent_message(value) for entries in found for recipient, value in entries.items()}

    async def reader_count(self, incident_id: str) -> int:
        """How many chats got an alert of this incident."""
        async with self._redis.pipeline(transaction=False) as pipe:
            for shard in keys.all_sent(incident_id):
                pipe.hlen(shard)
            return sum(await pipe.execute())

    async def may_have_read(self, incident_id: str) -> list[str]:
        """Recipients of a send that began and has no recorded answer: it may have arrived."""
        return sorted({str(one).partition("|")[2] for one in await self._redis.smembers(keys.begun(incident_id))})


def _lifetime(alert: Alert) -> int:
    """For how many seconds it is kept who got it."""
    kept = keys.SENT_LIFETIME if alert.incident.status in OPEN_STATUSES else keys.SENT_AFTER_END
    return int(kept.total_seconds())


def _sent(alert: Alert, recipients: Sequence[str]) -> list[str]:
    return [keys.sent(alert.incident.id, recipient) for recipient in recipients]


def _reaches_strangers(alert: Alert) -> int:
    """The desk gets its cards whether or not it ever wrote to the bot."""
    return int(alert.decision.scope is Scope.DESK)


def _places(alert: Alert, answer: Answer) -> tuple[str, str]:
    deletions = keys.deletions(keys.deletion_time(answer.delete_at)) if answer.delete_at else ""
    return keys.sent(alert.incident.id, answer.recipient), deletions


def _facts(answer: Answer) -> tuple[str, str, int | str, int | str]:
    message = "" if answer.message_id is None else answer.message_id
    return answer.recipient, answer.count, message, keys.deletion_time(answer.delete_at) if answer.delete_at else ""


def _claimed(recipient: str, row: str | None, earlier: str | None) -> Claimed:
    return Claimed(chat=readable(recipient, row) if row else None, earlier=_sent_message(earlier) if earlier else None)


def _sent_message(value: str) -> SentMessage:
    alert_id, _, message_id = value.partition("|")
    return SentMessage(alert_id=alert_id, message_id=int(message_id))

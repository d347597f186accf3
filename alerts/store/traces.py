"""Where is a chat named besides its own row, and what takes it away or gives it another number there?"""

import re
from dataclasses import dataclass

from redis.asyncio import Redis

from alerts.audience.model import Occasion, Recipient
from alerts.store import keys

Command = list[str]

# Continues a script that has compared the rows. KEYS[1] chats; ARGV[3] JSON: the old and the new recipient key, the
# lists of who waits, pairs of hashes of who got what, sets of sends under way, and pairs of what is due by the clock.
# Whoever waits keeps its place in the list. Who got what is forgotten no later for a move.
RENAME = """
local how = cjson.decode(ARGV[3])
for _, key in ipairs(how.waiting) do
  local place = redis.call('LPOS', key, how.old)
  if place and redis.call('LPOS', key, how.new) then redis.call('LREM', key, 0, how.old)
  elseif place then redis.call('LSET', key, place, how.new) end
end
for _, pair in ipairs(how.sent) do
  local message, lifetime = redis.call('HGET', pair[1], how.old), redis.call('PTTL', pair[1])
  if message then
    redis.call('HSET', pair[2], how.new, message)
    if lifetime > 0 and redis.call('PTTL', pair[2]) < 0 then redis.call('PEXPIRE', pair[2], lifetime) end
    redis.call('HDEL', pair[1], how.old)
  end
end
for _, key in ipairs(how.begun) do
  for _, member in ipairs(redis.call('SMEMBERS', key)) do
    local stem = string.sub(member, 1, -#how.old - 1)
    if string.sub(stem, -1) == '|' and stem .. how.old == member then
      redis.call('SADD', key, stem .. how.new)
      redis.call('SREM', key, member)
    end
  end
end
for _, pair in ipairs(how.due) do
  local at = redis.call('ZSCORE', how.occasions, pair[1])
  if at then
    redis.call('ZADD', how.occasions, at, pair[2])
    redis.call('ZREM', how.occasions, pair[1])
  end
end
"""

# KEYS deletion times. A list that lost its last message is no more: nor need its time be kept.
TIDY = """
for _, name in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if redis.call('EXISTS', name) == 0 then redis.call('ZREM', KEYS[1], name) end
end
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """Incidents, alerts and notices under way, entries that name a chat, and the number of the last update by then."""

    incidents: tuple[str, ...]
    alerts: tuple[str, ...]
    notices: tuple[str, ...]
    begun: tuple[tuple[str, str], ...]
    deletions: tuple[tuple[str, str], ...]
    parked: tuple[str, ...]
    last_update: str

    def erasing(self, recipient: Recipient) -> list[Command]:
        """What erases them all."""
        who = recipient.key
        return [
            ["DEL", keys.dialog(who)],
            ["SREM", keys.SILENCE_TOLD, who],
            ["SREM", keys.TOLD_BLIND, who],
            ["ZREM", keys.OCCASIONS, *(keys.occasion_of(kind, who) for kind in Occasion)],
            *(["HDEL", keys.sent(one, who), who] for one in self.incidents),
            *(["SREM", keys.begun(one), member] for one, member in self.begun),
            *(["LREM", keys.todo(one), "0", who] for one in self.alerts),
            *(["LREM", keys.notice_todo(one), "0", who] for one in self.notices),
            *(["LREM", times, "0", message] for times, message in self.deletions),
            *(["ZREM", keys.PARKED, update] for update in self.parked),
            ["SET", keys.REWRITE, self.last_update],
        ]

    def renaming(self, old: str, new: str) -> dict[str, object]:
        """What `RENAME` takes."""
        return {
            "old": old,
            "new": new,
            "waiting": [*map(keys.todo, self.alerts), *map(keys.notice_todo, self.notices)],
            "sent": [[keys.sent(one, old), keys.sent(one, new)] for one in self.incidents],
            "begun": [keys.begun(one) for one in self.incidents],
            "occasions": keys.OCCASIONS,
            "due": [[keys.occasion_of(kind, old), keys.occasion_of(kind, new)] for kind in Occasion],
        }


async def traces_of(redis: Redis, recipient: Recipient) -> Traces:
    """Look everywhere. What is noted after that is not noted of a chat that is gone: each such script checks."""
    async with redis.pipeline(transaction=True) as pipe:
        pipe.zrange(keys.INCIDENTS, 0, -1)
        pipe.zrange(keys.OUTBOX, 0, -1)
        pipe.zrange(keys.MISSED, 0, -1)
        pipe.zrange(keys.DELETIONS, 0, -1)
        pipe.zrange(keys.NOTICES, 0, -1)
        pipe.zrange(keys.PARKED, 0, -1)
        pipe.get(keys.INBOX_LAST)
        incidents, alerts, missed, times, notices, parked, last_update = await pipe.execute()
    named = re.compile(rf"(?<![\d-]){recipient.chat_id}(?!\d)")
    async with redis.pipeline(transaction=False) as pipe:
        for incident_id in incidents:
            pipe.smembers(keys.begun(incident_id))
        for name in times:
            pipe.lrange(name, 0, -1)
        found = await pipe.execute()
    begun, deletions = found[: len(incidents)], found[len(incidents) :]
    return Traces(
        incidents=tuple(incidents),
        alerts=(*alerts, *missed),
        notices=tuple(notices),
        begun=tuple(
            (incident_id, member)
            for incident_id, members in zip(incidents, begun, strict=True)
            for member in members
            if member.partition("|")[2] == recipient.key
        ),
        deletions=tuple(
            (name, message)
            for name, messages in zip(times, deletions, strict=True)
            for message in messages
            if message.startswith(f"{recipient.chat_id}:")
        ),
        parked=tuple(update for update in parked if named.search(update)),
        last_update=last_update or "0",
    )

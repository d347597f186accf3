"""What is due? Jobs and deletions are entries with a time, so what was missed while down is made up once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from redis.asyncio import Redis

from alerts.store import keys

# KEYS deletion times; ARGV messages. Each is taken off the earliest list that holds it; a list that is done goes.
DELETED = """
local gone = {}
for _, name in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  local left = false
  for _, message in ipairs(ARGV) do
    if not gone[message] then
      if redis.call('LREM', name, 1, message) == 1 then gone[message] = true else left = true end
    end
  end
  if redis.call('EXISTS', name) == 0 then redis.call('ZREM', KEYS[1], name) end
  if not left then break end
end
"""


class Agenda:
    """Due times of jobs, and of the bot's own messages that must go."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._deleted = redis.register_script(DELETED)

    async def is_due(self, job: str, *, now: datetime) -> bool:
        """Whether `job` was never run, or its time has come."""
        at = await self._redis.zscore(keys.DUE, job)
        return at is None or float(at) <= now.timestamp()

    async def ran(self, job: str, *, now: datetime, every: timedelta) -> None:
        """Set the next time; however often it was missed, it runs once."""
        await self._redis.zadd(keys.DUE, {job: (now + every).timestamp()})

    async def delete_later(self, chat_id: int, message_id: int, *, at: datetime) -> None:
        """Remember that a message of the bot must be deleted."""
        time = keys.deletion_time(at)
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.rpush(keys.deletions(time), f"{chat_id}:{message_id}")
            pipe.zadd(keys.DELETIONS, {keys.deletions(time): time})
            await pipe.execute()

    async def deletions_due(self, *, now: datetime, count: int = 500) -> list[tuple[int, int]]:
        """(chat id, message id) of messages whose time has come, oldest first."""
        due: list[tuple[int, int]] = []
        for name in await self._redis.zrangebyscore(keys.DELETIONS, "-inf", now.timestamp()):
            due += [_chat_and_message(one) for one in await self._redis.lrange(name, 0, count - len(due) - 1)]
            if len(due) >= count:
                break
        return due

    async def messages_of(self, chat_id: int) -> list[tuple[int, int]]:
        """Every message of the bot in this chat that waits for its deletion."""
        async with self._redis.pipeline(transaction=False) as pipe:
            for name in await self._redis.zrange(keys.DELETIONS, 0, -1):
                pipe.lrange(name, 0, -1)
            lists = await pipe.execute()
        found = [one for messages in lists for one in messages if one.startswith(f"{chat_id}:")]
        return [_chat_and_message(one) for one in dict.fromkeys(found)]

    async def deleted(self, messages: Sequence[tuple[int, int]]) -> None:
        """These messages are gone, or can't be deleted."""
        if messages:
            members = [f"{chat}:{message}" for chat, message in messages]
            await self._deleted(keys=[keys.DELETIONS], args=members)

    async def trim(self, *, now: datetime) -> None:
        """Drop what has lived its time: seen updates, parked ones, missed alerts."""
        await self._redis.zremrangebyscore(keys.SEEN_UPDATES, "-inf", (now - keys.SEEN_UPDATE_LIFETIME).timestamp())
        await self._redis.zremrangebyscore(keys.PARKED, "-inf", (now - keys.PARKED_LIFETIME).timestamp())
        await self._redis.zremrangebyscore(keys.MISSED, "-inf", (now - keys.MISSED_LIFETIME).timestamp())


def _chat_and_message(member: str) -> tuple[int, int]:
    chat, _, message = member.partition(":")
    return int(chat), int(message)

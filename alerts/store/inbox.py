"""Which updates from Telegram are stored but not done?

An update is stored before it is confirmed to Telegram, and leaves when its handler has ended without an error.
"""

from dataclasses import dataclass
from datetime import datetime

from redis.asyncio import Redis

from alerts.store import keys
from alerts.store.fence import Fence

ATTEMPTS = 4  # the first try and three more

# KEYS seen, inbox, its last number; ARGV update id, time, json. Telegram repeats what was not
# confirmed, so ids are remembered. Where the answer to this was lost with the line, asking again finds the entry.
ACCEPT = """
if redis.call('ZADD', KEYS[1], 'NX', ARGV[2], ARGV[1]) == 0 then
  local number = redis.call('ZSCORE', KEYS[2], ARGV[3])
  return number and tonumber(number) or false
end
local number = redis.call('INCR', KEYS[3])
redis.call('ZADD', KEYS[2], number, ARGV[3])
return number
"""


@dataclass(frozen=True, slots=True)
class InboxEntry:
    """One stored update: its number in the inbox, and the update as JSON without names."""

    entry_id: str
    update: str


class Inbox:
    """Updates between Telegram's queue and their handlers."""

    def __init__(self, redis: Redis, fence: Fence) -> None:
        self._redis = redis
        self._accept = fence.script(redis, ACCEPT)

    async def accept(self, update_id: int, update: str, *, now: datetime) -> InboxEntry | None:
        """Store an update; None if this id was seen before and nothing of it waits.

        One that waits is given again: whoever asks knows whether it is being carried out.
        """
        entry_id = await self._accept(
            keys=[keys.SEEN_UPDATES, keys.INBOX, keys.INBOX_LAST], args=[update_id, now.timestamp(), update]
        )
        return InboxEntry(str(entry_id), update) if entry_id else None

    async def is_known(self, update_id: int) -> bool:
        """Whether an update was stored, or was a question and answered."""
        return await self._redis.zscore(keys.SEEN_UPDATES, str(update_id)) is not None

    async def answered(self, update_id: int, *, now: datetime) -> None:
        """Remember a question by its number alone. Only now: one that a crash cut short is asked again."""
        await self._redis.zadd(keys.SEEN_UPDATES, {str(update_id): now.timestamp()}, nx=True)

    async def waiting(self) -> list[InboxEntry]:
        """Everything stored and not done, in the order it came."""
        entries = await self._redis.zrange(keys.INBOX, 0, -1, withscores=True)
        return [InboxEntry(str(int(number)), update) for update, number in entries]

    async def done(self, entry: InboxEntry) -> None:
        """The handler ended without an error."""
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.zremrangebyscore(keys.INBOX, entry.entry_id, entry.entry_id)
            pipe.hdel(keys.INBOX_ATTEMPTS, entry.entry_id)
            await pipe.execute()

    async def failed(self, entry: InboxEntry, *, now: datetime) -> bool:
        """Count a failure; True when the update was parked since it failed too often."""
        if await self._redis.hincrby(keys.INBOX_ATTEMPTS, entry.entry_id, 1) < ATTEMPTS:
            return False
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.zadd(keys.PARKED, {entry.update: now.timestamp()})
            pipe.zremrangebyrank(keys.PARKED, 0, -keys.PARKED_KEPT - 1)
            pipe.zremrangebyscore(keys.INBOX, entry.entry_id, entry.entry_id)
            pipe.hdel(keys.INBOX_ATTEMPTS, entry.entry_id)
            await pipe.execute()
        return True

    async def parked(self) -> int:
        """How many updates were given up."""
        return int(await self._redis.zcard(keys.PARKED))

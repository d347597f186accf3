"""Which service may send? One holder at a time, by a key that expires when the holder falls silent.

Three things keep a holder that was paused from acting when it wakes up: its own clock, which runs on in a pause, keeps
every call from leaving; the mark in Redis (`alerts/store/fence.py`) refuses its claims and commits; and it ends.
"""

import time
from datetime import timedelta

from redis.asyncio import Redis

from alerts.store import keys
from alerts.store.fence import Fence

LIFETIME = timedelta(seconds=10)
_MILLISECONDS = int(LIFETIME.total_seconds() * 1000)

# KEYS lease, fence; ARGV this service's word, lifetime, 1 to take it from whoever holds it. Gives the new mark.
TAKE = """
if ARGV[3] == '0' and redis.call('EXISTS', KEYS[1]) == 1 then
  return false
end
local last = string.match(redis.call('GET', KEYS[2]) or '', '^%d+') or '0'
local mark = string.format('%d:%s', tonumber(last) + 1, ARGV[1])
redis.call('SET', KEYS[2], mark)
redis.call('SET', KEYS[1], mark, 'PX', ARGV[2])
return mark
"""

# KEYS lease, fence; ARGV mark, lifetime. A lease that expired and that nobody took is still ours.
RENEW = """
if redis.call('GET', KEYS[2]) ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
"""

RELEASE = """
if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
"""


class Lease:
    """This service's claim; `word` tells it from every other, `fence` is what its writes are checked against."""

    def __init__(self, redis: Redis, word: str) -> None:
        self.fence = Fence()
        self._word = word
        self._until = 0.0
        self._take = redis.register_script(TAKE)
        self._renew = redis.register_script(RENEW)
        self._release = redis.register_script(RELEASE)

    @property
    def is_held(self) -> bool:
        """Whether this service may send, by what it knows without asking: nobody else can have the lease yet."""
        return _now() < self._until and not self.fence.overtaken.is_set()

    async def take(self) -> bool:
        """Become the holder; False while another one lives."""
        return await self._become_holder(by_force=False)

    async def seize(self) -> None:
        """Become the holder whoever held it: for who knows by other means that no other service lives."""
        await self._become_holder(by_force=True)

    async def renew(self) -> bool:
        """Stay the holder for another LIFETIME; False if another one took over, and that is for good."""
        asked = _now()
        if not await self._renew(keys=[keys.LEASE, keys.FENCE], args=[self.fence.mark, _MILLISECONDS]):
            self.fence.fall()
            return False
        self._until = asked + LIFETIME.total_seconds()
        return True

    async def release(self) -> None:
        """Step down at once."""
        self._until = 0.0
        await self._release(keys=[keys.LEASE], args=[self.fence.mark])

    async def _become_holder(self, *, by_force: bool) -> bool:
        asked = _now()
        mark = await self._take(keys=[keys.LEASE, keys.FENCE], args=[self._word, _MILLISECONDS, int(by_force)])
        if not mark:
            return False
        self.fence.mark = mark
        self._until = asked + LIFETIME.total_seconds()
        return True


def _now() -> float:
    """Seconds by a clock that nobody sets and that runs on while the machine sleeps, where there is one."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()

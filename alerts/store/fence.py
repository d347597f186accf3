"""May the service that asks still act? Redis itself answers, in the step that acts.

Whoever takes the lease leaves a mark in Redis that nobody had before: a number that grows, and a word of its own, since
a failover may lose the last number given out. A process that was paused and wakes up holds an old mark: its claims
and commits are refused, however sure it is of its lease.
"""

import asyncio
from collections.abc import Sequence
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline
from redis.exceptions import RedisError, ResponseError

from alerts.errors import SirabaError
from alerts.store.keys import FENCE

REFUSED = "OVERTAKEN"

# Put before a script: takes the fence's key and the mark off the ends of KEYS and ARGV, so that the script finds its
# own, whatever their number. No mark: nobody else can be there.
CHECK = f"""
local fence, mark = table.remove(KEYS), table.remove(ARGV)
if mark ~= '' and redis.call('GET', fence) ~= mark then
  return redis.error_reply('{REFUSED} another service took over')
end
"""


class OvertakenError(SirabaError, RedisError):
    """Another service took over: the step that was asked for was not done, and is not ours to do.

    An error of Redis to whoever waits for better weather: nothing is lost, and this service is about to end.
    """

    def __init__(self) -> None:
        super().__init__("another service took over")


class Fence:
    """The mark of this service; without one (a tool, a test, nobody beside us) everything passes."""

    def __init__(self) -> None:
        self.mark = ""
        self.overtaken = asyncio.Event()

    def script(self, redis: Redis, text: str) -> "FencedScript":
        """`redis.register_script`, for a script that must not act once another service took over."""
        return FencedScript(self, redis, text)

    async def guard(self, pipe: Pipeline) -> None:
        """Tie a transaction that is about to read to the mark: if another service takes over, EXEC does nothing.

        Raises:
            OvertakenError: one did already.
        """
        if not self.mark:
            return
        await pipe.watch(FENCE)
        if await pipe.get(FENCE) != self.mark:
            raise self.fall()

    def fall(self) -> OvertakenError:
        """Note that another service took over."""
        self.overtaken.set()
        return OvertakenError()


class FencedScript:
    """A script that Redis refuses to run for a service that was overtaken."""

    def __init__(self, fence: Fence, redis: Redis, text: str) -> None:
        self._fence = fence
        self._script = redis.register_script(CHECK + text)

    async def __call__(self, keys: Sequence[str], args: Sequence[Any] = ()) -> Any:
        """Run it.

        Raises:
            OvertakenError: another service took over; nothing was done.
        """
        try:
            return await self._script(keys=[*keys, FENCE], args=[*args, self._fence.mark])
        except ResponseError as error:
            if REFUSED in str(error):
                raise self._fence.fall() from error
            raise

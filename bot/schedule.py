"""When does recurring work run? The only file that knows APScheduler.

Its jobs are only ticks: what is due is decided by times in Redis against the clock that is handed in.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from redis.exceptions import RedisError

from bot.clock import Clock

log = logging.getLogger(__name__)

Work = Callable[[datetime], Awaitable[None]]
STOP_SECONDS = 3.0


class Schedule:
    """Ticks that never overlap themselves, never drop a late run, and end with the run they are in."""

    def __init__(self, clock: Clock, *, tick: timedelta) -> None:
        self._clock = clock
        self._tick = tick
        # A late job is run, not dropped: the default grace of a second drops it in silence.
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        self._running: set[asyncio.Task[None]] = set()

    def every_tick(self, name: str, work: Work) -> None:
        """Run `work(now)` at each tick; a fault is logged, and the next tick tries again."""
        self._scheduler.add_job(
            self._run, "interval", seconds=self._tick.total_seconds(), args=(name, work), id=name, name=name
        )

    def start(self) -> None:
        """Begin to tick."""
        self._scheduler.start()

    async def stop(self) -> None:
        """Let the runs under way end; APScheduler itself would cancel them, even when told to wait."""
        self._scheduler.pause()
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=STOP_SECONDS)
            for task in late:
                task.cancel()  # a read that waits for a slow server; nothing of it is stored yet
            if late:
                await asyncio.wait(late, timeout=STOP_SECONDS)
        self._scheduler.shutdown(wait=False)

    async def _run(self, name: str, work: Work) -> None:
        task = asyncio.ensure_future(self._guarded(name, work))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        await asyncio.wait([task])  # the job may be cancelled at shutdown, its work is not

    async def _guarded(self, name: str, work: Work) -> None:
        try:
            await work(self._clock())
        except (RedisError, OSError) as error:
            log.error("redis can't be reached", extra={"job": name, "why": type(error).__name__})  # noqa: TRY400
        except Exception:
            log.exception("a job failed", extra={"job": name})

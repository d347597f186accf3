"""How does the service run, and how does it end? In order: nothing lost, nothing repeated."""

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from typing import Any

from redis.exceptions import RedisError

from alerts.delivery.deliver import Delivery
from alerts.errors import SirabaError
from alerts.pipeline import Pipeline
from alerts.store.lease import Lease
from alerts.store.store import Store
from bot.schedule import Schedule
from bot.settings import Settings
from bot.telegram.intake import Intake
from bot.telegram.pacer import Pacer

log = logging.getLogger(__name__)

RENEW_SECONDS = 3.0
STANDBY_SECONDS = 1.0
INSIST_SECONDS = 4.0
HEALTH_SECONDS = 3.0
POLL_SILENCE = 120.0  # seconds without an answer of getUpdates that make the service unwell


class LeaseLostError(SirabaError):
    """Another service sends with this Redis: this one must not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The parts of a running service; `run` runs them."""

    settings: Settings
    store: Store
    pipeline: Pipeline
    delivery: Delivery
    intake: Intake
    schedule: Schedule
    lease: Lease
    pacer: Pacer

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, the lease is lost, or a part cannot go on; then end in order."""
        intake = asyncio.create_task(self.intake.run(), name="intake")
        delivery = asyncio.create_task(self.delivery.run(), name="delivery")
        keeper = asyncio.create_task(self._keep_lease(), name="lease")
        stopped = asyncio.create_task(stop.wait(), name="stop")
        parts = {intake, delivery, keeper, stopped}
        self.schedule.start()
        try:
            done, _ = await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not self.lease.is_held:
                self.delivery.stop()  # at once: another service sends what waits
            self.intake.stop()
            await end(intake)
            await self.schedule.stop()
            self.delivery.stop()
            await asyncio.wait([delivery])
            await end(keeper)
            await end(stopped)
            await self._step_down()
        for task in done:
            task.result()

    async def health(self) -> dict[str, Any]:
        """Whether the service does its work, for `/healthz`."""
        redis, waiting = False, None
        with contextlib.suppress(RedisError, OSError, TimeoutError):
            async with asyncio.timeout(HEALTH_SECONDS):
                redis = await self.lease.renew()  # a write: a Redis that only answers is of no use
                waiting = len(await self.store.outbox.waiting())
        polled = self.intake.counts.polled_at
        polls = self.settings.public_url is not None or (
            polled is not None and asyncio.get_running_loop().time() - polled < POLL_SILENCE
        )
        # A halt makes nobody unwell: whoever restarts a service that is would only make it longer.
        halted = round(self.pacer.halted_for)
        return {"ok": redis and polls, "redis": redis, "telegram": polls, "halted": halted, "outbox": waiting}

    async def _keep_lease(self) -> None:
        overtaken = self.lease.fence.overtaken
        while not overtaken.is_set():
            await _is_set_within(RENEW_SECONDS, overtaken)
            try:
                await self.lease.renew()
            except (RedisError, OSError) as error:
                log.warning("the lease could not be renewed", extra={"why": type(error).__name__})
        raise LeaseLostError("another service took over; start again to stand by")

    async def _step_down(self) -> None:
        try:
            await self.lease.release()
        except (RedisError, OSError) as error:
            log.warning("the lease could not be released", extra={"why": type(error).__name__})


async def stand_by(lease: Lease, stop: asyncio.Event) -> bool:
    """Wait until this service is the one that serves; False when told to stop first."""
    stands_by = False
    while True:
        try:
            if await lease.take():
                if stands_by:
                    log.info("taking over", extra={"mark": lease.fence.mark})
                return True
            if not stands_by:
                log.info("another service runs on this Redis: standing by")
            stands_by = True
        except (RedisError, OSError) as error:
            log.warning("redis can't be reached", extra={"why": type(error).__name__})
        if await _is_set_within(STANDBY_SECONDS, stop):
            return False


async def _is_set_within(seconds: float, event: asyncio.Event) -> bool:
    """Wait for `event`, but no longer than this."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
    return event.is_set()


async def end(task: asyncio.Task[Any]) -> None:
    """Cancel a task until it ends: in Python 3.11 `asyncio.wait_for`, and so redis-py, can swallow a cancellation."""
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=INSIST_SECONDS)

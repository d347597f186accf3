import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from redis.exceptions import ConnectionError as RedisGone

from bot.schedule import Schedule, Work
from tests.support.builders import NOW
from tests.support.service import Clock

TICK = timedelta(seconds=0.01)


@asynccontextmanager
async def ticking(work: Work, *, tick: timedelta = TICK) -> AsyncIterator[Schedule]:
    schedule = Schedule(Clock(), tick=tick)
    schedule.every_tick("work", work)
    schedule.start()
    try:
        yield schedule
    finally:
        await schedule.stop()


class Runs:
    """Counts the runs of a job, and lets a test wait for so many."""

    def __init__(self) -> None:
        self.moments: list[datetime] = []
        self._enough = asyncio.Condition()

    async def __call__(self, now: datetime) -> None:
        self.moments.append(now)
        async with self._enough:
            self._enough.notify_all()

    async def reach(self, count: int) -> None:
        async with self._enough:
            await self._enough.wait_for(lambda: len(self.moments) >= count)


async def test_work_runs_at_each_tick_and_is_handed_the_time():
    runs = Runs()
    async with ticking(runs):
        await runs.reach(3)
    assert set(runs.moments) == {NOW}


async def test_a_tick_that_comes_hours_late_runs_once():
    runs = Runs()
    async with ticking(runs, tick=timedelta(hours=1)) as schedule:
        [job] = schedule._scheduler.get_jobs()
        late = datetime.now(tz=UTC) - timedelta(hours=4, minutes=30)  # noqa: TID251 - the scheduler's own clock
        job.modify(next_run_time=late)
        await runs.reach(1)
        await asyncio.sleep(0.05)
    assert len(runs.moments) == 1


@pytest.mark.expects_warnings
async def test_work_never_overlaps_itself():
    at_once, most, runs = 0, 0, Runs()

    async def slow(now: datetime) -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(5 * TICK.total_seconds())
        at_once -= 1
        await runs(now)

    async with ticking(slow):
        await runs.reach(3)
    assert most == 1


async def test_slow_work_holds_up_no_other():
    runs, never = Runs(), asyncio.Event()

    async def slow(_: datetime) -> None:
        await never.wait()

    schedule = Schedule(Clock(), tick=timedelta(seconds=0.05))
    schedule.every_tick("slow", slow)
    schedule.every_tick("quick", runs)
    schedule.start()
    await runs.reach(1)
    never.set()
    await schedule.stop()
    assert runs.moments


async def test_a_stop_lets_the_run_under_way_end_and_begins_no_other():
    begun, go, ended = asyncio.Event(), asyncio.Event(), []

    async def work(_: datetime) -> None:
        begun.set()
        await go.wait()
        await asyncio.sleep(0)
        ended.append(1)

    async with ticking(work, tick=timedelta(seconds=0.02)):
        await begun.wait()
        asyncio.get_running_loop().call_later(0.05, go.set)
    assert ended == [1]


async def test_a_run_that_does_not_end_is_cut_off(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bot.schedule.STOP_SECONDS", 0.02)
    begun, cut = asyncio.Event(), asyncio.Event()

    async def hang(_: datetime) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cut.set()
            raise

    async with ticking(hang, tick=timedelta(seconds=0.05)):
        await begun.wait()
    assert cut.is_set()


@pytest.mark.expects_warnings
@pytest.mark.parametrize("error", [LookupError("no such thing"), RedisGone("gone"), OSError("gone")], ids=type)
async def test_a_job_that_fails_is_logged_and_tried_again(error: Exception, caplog: pytest.LogCaptureFixture):
    runs = Runs()

    async def fail(now: datetime) -> None:
        await runs(now)
        raise error

    async with ticking(fail):
        await runs.reach(3)
    logged = [record for record in caplog.records if getattr(record, "job", "") == "work"]
    assert len(logged) >= 3
    assert bool(logged[0].exc_info) is isinstance(error, LookupError)

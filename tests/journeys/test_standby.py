"""Two services on one Redis, real processes: one serves, the other stands by, and never do both send."""

import asyncio
import signal
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from alerts.store import keys
from tests.support.crowd import claimed, copies, everyone_has_it, follow, publish, some_have_it
from tests.support.redis import Server, newest
from tests.support.stack import Stack, stack

pytestmark = [newest(), pytest.mark.timeout(300)]  # a bot takes its time to start on a busy machine

READERS = range(101, 116)
SLOW = {"SIRABA_MESSAGES_PER_SECOND": "10"}


@pytest.fixture
async def pair(
    tmp_path: Path, start_redis: Callable[..., Server], unused_tcp_port: int
) -> AsyncIterator[tuple[Stack, Process, Process]]:
    """The service that serves, and the one that stands by."""
    start_redis("--appendonly", "yes", "--appendfsync", "always", port=unused_tcp_port)
    async with stack(tmp_path) as built:
        built.redis_url = f"redis://127.0.0.1:{unused_tcp_port}"
        first = built.process = await built.spawn(**SLOW)
        await built.logged("the service runs")
        second = await built.spawn(**SLOW)
        await built.logged("standing by")
        try:
            yield built, first, second
        finally:
            if second.returncode is None:
                second.kill()
                await second.wait()


async def pause_in_mid_delivery(running: Stack, process: Process) -> int:
    """Publish, stop the process when some have the alert and some do not; gives how many sends it had claimed."""
    await running.telegram.latency(before=0.3)
    publish(running)
    await some_have_it(running, 3, READERS)
    process.send_signal(signal.SIGSTOP)
    await asyncio.sleep(0.05)  # what it had asked of Redis before is done
    return await claimed(running)


async def let_the_lease_expire(running: Stack) -> None:
    """A paused process does not renew it; ten seconds are over at once."""
    async with running.redis() as redis:
        await redis.pexpire(keys.LEASE, 1)


async def test_when_the_one_that_serves_is_killed_the_other_takes_over(pair: tuple[Stack, Process, Process]):
    running, _, _ = pair
    await follow(running, READERS)
    await running.kill()
    publish(running)
    await everyone_has_it(running, READERS)
    assert "taking over" in running.log()
    assert await copies(running, READERS) == [1] * len(READERS)


async def test_when_the_one_that_serves_is_stopped_the_other_takes_over_at_once(pair: tuple[Stack, Process, Process]):
    running, first, _ = pair
    await follow(running, READERS)
    first.terminate()
    assert await first.wait() == 0
    async with running.redis() as redis, asyncio.timeout(5):  # a lease that had to expire would take ten
        while not await redis.exists(keys.LEASE):  # noqa: ASYNC110 - Redis has no event to wait for
            await asyncio.sleep(0.05)
    publish(running)
    await everyone_has_it(running, READERS)


async def test_one_that_wakes_up_after_the_other_has_delivered_sends_nothing_and_ends(
    pair: tuple[Stack, Process, Process],
):
    running, first, _ = pair
    await follow(running, READERS)
    in_flight = await pause_in_mid_delivery(running, first)
    await let_the_lease_expire(running)
    await everyone_has_it(running, READERS)
    before = await copies(running, READERS)
    first.send_signal(signal.SIGCONT)
    assert await first.wait() == 1
    assert await copies(running, READERS) == before
    assert sum(before) - len(READERS) <= in_flight
    assert "another service took over" in running.log()


async def test_one_that_wakes_up_while_the_other_delivers_sends_no_more_than_it_had_claimed(
    pair: tuple[Stack, Process, Process],
):
    running, first, _ = pair
    await follow(running, READERS)
    in_flight = await pause_in_mid_delivery(running, first)
    await let_the_lease_expire(running)
    await running.logged("taking over")
    first.send_signal(signal.SIGCONT)
    assert await first.wait() == 1
    await everyone_has_it(running, READERS)
    assert sum(await copies(running, READERS)) - len(READERS) <= in_flight


async def test_a_short_pause_that_nobody_used_costs_nothing(pair: tuple[Stack, Process, Process]):
    running, first, second = pair
    await follow(running, READERS)
    await pause_in_mid_delivery(running, first)
    second.terminate()
    await second.wait()
    await let_the_lease_expire(running)
    first.send_signal(signal.SIGCONT)
    await everyone_has_it(running, READERS)
    assert first.returncode is None
    assert await copies(running, READERS) == [1] * len(READERS)

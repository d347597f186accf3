"""kill -9 at any moment: what was accepted is never lost, and only what was in flight is repeated.

Each trial runs the bot as an operator does, a process of its own between a real feed server and the stand-in for
Telegram, both of which survive it and count what arrived. `make chaos` runs hundreds; the suite a few of each kind.
"""

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.stack import Stack, stack

pytestmark = pytest.mark.chaos

READERS = range(101, 131)
MOST_IN_FLIGHT = 40  # the allowance of a second, and what waits for its turn
TITLE = "Embuscade entre Diangounté Camara et Diéma"
SUMMARY = "Des hommes armés ont attaqué des camions sur la route entre Diangounté Camara et Diéma, région de Nioro."


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Stack]:
    async with stack(tmp_path) as built:
        await built.start()
        yield built


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        first = metafunc.config.getoption("--seed")
        first = random.SystemRandom().randrange(10**6) if first is None else first
        share = max(1, metafunc.config.getoption("--trials") // 3)
        metafunc.parametrize("seed", range(first, first + share))


async def follow(running: Stack) -> None:
    """The readers follow RN1, and the bot has read its source once."""
    await asyncio.gather(*(running.telegram.say(reader, "/suivre RN1") for reader in READERS))
    await asyncio.gather(*(running.telegram.wait_for(reader, 1, timeout=30) for reader in READERS))
    await running.polled(2)


async def alerts_of(running: Stack, reader: int) -> int:
    return sum("Diéma" in message.text for message in await running.telegram.messages(reader))


async def everyone_has_it(running: Stack) -> None:
    for reader in READERS:
        await running.telegram.wait_for(reader, 2, timeout=30)


async def test_a_kill_in_mid_delivery_loses_no_alert(running: Stack, seed: int):
    chance = random.Random(seed)
    await follow(running)
    running.publish(TITLE, SUMMARY)
    kills = chance.choice([1, 2])
    for _ in range(kills):
        await asyncio.sleep(chance.uniform(0.0, 3.5))
        await running.kill()
        await running.start()
    await everyone_has_it(running)
    await running.polled(2)
    copies = [await alerts_of(running, reader) for reader in READERS]
    assert min(copies) >= 1
    assert sum(copies) - len(READERS) <= MOST_IN_FLIGHT * kills


async def test_a_kill_loses_no_command(running: Stack, seed: int):
    chance = random.Random(seed)
    for reader in READERS:
        await running.telegram.say(reader, "/suivre RN1")
    for _ in range(2):
        await asyncio.sleep(chance.uniform(0.0, 1.5))
        await running.kill()
        await running.start()
    await running.telegram.wait_drained(timeout=30)
    for reader in READERS:
        await running.telegram.wait_for(reader, 1, timeout=30)
    async with running.redis() as redis:
        assert await redis.scard("siraba:followers:road:RN1") == len(READERS)
        assert await redis.xlen("siraba:parked") == 0


async def test_a_stop_by_an_operator_loses_and_repeats_nothing(running: Stack, seed: int):
    chance = random.Random(seed)
    await follow(running)
    running.publish(TITLE, SUMMARY)
    await asyncio.sleep(chance.uniform(0.5, 3.5))
    assert await running.terminate() < 5
    assert running.process is not None
    assert running.process.returncode == 0
    await running.start()
    await everyone_has_it(running)
    await running.polled(2)
    assert [await alerts_of(running, reader) for reader in READERS] == [1] * len(READERS)

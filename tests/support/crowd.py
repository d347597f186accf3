"""Many readers of one road, one alert for all of them, and what each of them got."""

import asyncio
from contextlib import suppress

from redis.exceptions import RedisError

from alerts.errors import SirabaError
from alerts.store import keys
from bot.demo.telegram.seen import Counters
from tests.support.stack import PATIENCE, Stack

READERS = range(101, 131)
ROAD, PLACE = "road:RN1", "Diéma"
TITLE = "Embuscade entre Diangounté Camara et Diéma"
SUMMARY = "Des hommes armés ont attaqué des camions sur la route entre Diangounté Camara et Diéma, région de Nioro."


async def follow(running: Stack, readers: range = READERS) -> None:
    """The readers follow RN1, and the bot has read its source once."""
    await asyncio.gather(*(running.telegram.say(reader, "/suivre RN1") for reader in readers))
    await asyncio.gather(*(running.telegram.wait_for(reader, 1, timeout=PATIENCE) for reader in readers))
    await running.polled(2)


def publish(running: Stack) -> None:
    running.publish(TITLE, SUMMARY)


async def copies(running: Stack, readers: range = READERS) -> list[int]:
    """How often each reader was sent the alert."""
    return _copies(await running.telegram.counters(), readers)


async def some_have_it(running: Stack, count: int, readers: range = READERS) -> None:
    """Wait until so many copies have arrived."""
    await running.telegram.wait_counters(lambda seen: sum(_copies(seen, readers)) >= count, timeout=PATIENCE)


async def everyone_has_it(running: Stack, readers: range = READERS) -> None:
    await running.telegram.wait_counters(lambda seen: min(_copies(seen, readers)) >= 1, timeout=PATIENCE)


async def delivered(running: Stack) -> None:
    """Wait until an alert was stored and none is under way: from then on no further copy leaves."""
    async with asyncio.timeout(PATIENCE):
        while not await is_delivered(running):  # noqa: ASYNC110 - Redis has no event to wait for
            await asyncio.sleep(0.05)


async def claimed(running: Stack) -> int:
    """How many sends began and have no recorded answer."""
    async with running.redis() as redis:
        return sum([await redis.scard(key) async for key in redis.scan_iter(keys.begun("*"))])


async def is_delivered(running: Stack) -> bool:
    """Whether an alert was stored, and none is under way."""
    with suppress(SirabaError, RedisError, OSError):  # it is coming back
        async with running.redis() as redis:
            return bool(await redis.keys(keys.alert("*"))) and not await redis.exists(keys.OUTBOX)
    return False


def _copies(counters: Counters, readers: range) -> list[int]:
    found = dict.fromkeys(readers, 0)
    for (chat, text), count in counters.sends.items():
        if chat in found and PLACE in text:
            found[chat] += count
    return list(found.values())

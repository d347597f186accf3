"""One stand-in for all tests of this folder, and a fresh conversation for each."""

from collections.abc import AsyncIterator, Iterator

import pytest
from redis.asyncio import Redis

from alerts.store.binaries import ServerBinary, find_server
from bot.demo.telegram.client import Telegram
from bot.demo.telegram.limits import OFF
from bot.demo.telegram.process import TelegramProcess
from tests.support.conversation import Conversation, conversing


@pytest.fixture(scope="session")
def redis_binary() -> ServerBinary:
    """One server is enough here: what servers differ in is the store's business."""
    return find_server()


@pytest.fixture(scope="session")
def telegram_process() -> Iterator[TelegramProcess]:
    process = TelegramProcess(seed=11)
    yield process
    process.stop()


@pytest.fixture
async def telegram(telegram_process: TelegramProcess) -> AsyncIterator[Telegram]:
    async with Telegram(telegram_process.url) as telegram:
        await telegram.reset()
        await telegram.limits(OFF)
        yield telegram


@pytest.fixture
async def talk(telegram: Telegram, redis: Redis) -> AsyncIterator[Conversation]:
    while (await redis.info("persistence"))["aof_rewrite_in_progress"]:
        continue  # what an earlier test forgot
    async with conversing(telegram, redis) as conversation:
        yield conversation

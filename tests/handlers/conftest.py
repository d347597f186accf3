"""One stand-in for all tests of this folder, and a fresh conversation for each."""

from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from alerts.store.binaries import ServerBinary, find_server
from bot.demo.telegram.client import Telegram
from tests.support.conversation import Conversation, conversing
from tests.support.telegram import telegram, telegram_process

__all__ = ["telegram", "telegram_process"]


@pytest.fixture(scope="session")
def redis_binary() -> ServerBinary:
    """One server is enough here: what servers differ in is the store's business."""
    return find_server()


@pytest.fixture
async def talk(telegram: Telegram, redis: Redis) -> AsyncIterator[Conversation]:
    while (await redis.info("persistence"))["aof_rewrite_in_progress"]:
        continue  # what an earlier test forgot
    async with conversing(telegram, redis) as conversation:
        yield conversation

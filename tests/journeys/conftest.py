"""The stand-in for Telegram that crash trials share, and a conversation for the journeys that the documents tell."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from alerts.store.binaries import ServerBinary, find_server
from bot.demo.telegram.client import Telegram
from tests.support.broadcast import Broadcast, broadcasting
from tests.support.conversation import conversing
from tests.support.stack import Stack, stack
from tests.support.telegram import telegram, telegram_process

__all__ = ["telegram", "telegram_process"]


@pytest.fixture(scope="session")
def redis_binary() -> ServerBinary:
    """One server is enough here: what servers differ in is the store's business."""
    return find_server()


@pytest.fixture
async def around(tmp_path: Path) -> AsyncIterator[Stack]:
    async with stack(tmp_path) as built:
        yield built


@pytest.fixture
async def broadcast(telegram: Telegram, redis: Redis) -> AsyncIterator[Broadcast]:
    async with conversing(telegram, redis, contact="desk@example.org") as talk, broadcasting(talk) as broadcast:
        yield broadcast

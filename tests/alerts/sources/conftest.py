from collections.abc import AsyncIterator

import pytest

from alerts.sources.fetch import Fetcher
from alerts.sources.parse import Parser
from tests.alerts.sources.feed_server import FeedServer, feed_server


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with feed_server() as running:
        yield running


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(contact="mailto:desk@example.org", allow_private=True, version="1.2") as opened:
        yield opened


@pytest.fixture
async def parser() -> AsyncIterator[Parser]:
    async with Parser() as opened:
        yield opened

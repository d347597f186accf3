"""The stand-in for Telegram as fixtures: one process for all tests of a folder, as good as new for each."""

from collections.abc import AsyncIterator, Iterator

import pytest

from bot.demo.telegram.client import Telegram
from bot.demo.telegram.limits import OFF
from bot.demo.telegram.process import TelegramProcess


@pytest.fixture(scope="session")
def telegram_process() -> Iterator[TelegramProcess]:
    process = TelegramProcess(seed=5)
    yield process
    process.stop()


@pytest.fixture
async def telegram(telegram_process: TelegramProcess) -> AsyncIterator[Telegram]:
    """No limits unless a test sets them."""
    async with Telegram(telegram_process.url) as telegram:
        await telegram.reset()
        await telegram.limits(OFF)
        yield telegram

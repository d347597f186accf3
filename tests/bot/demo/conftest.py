"""One stand-in for all tests of this folder, as good as new for each."""

from collections.abc import AsyncIterator, Iterator

import pytest
from telegram import Bot

from bot.demo.telegram.client import Telegram
from bot.demo.telegram.process import TelegramProcess


@pytest.fixture(scope="session")
def telegram_process() -> Iterator[TelegramProcess]:
    process = TelegramProcess(seed=7)
    yield process
    process.stop()


@pytest.fixture
async def telegram(telegram_process: TelegramProcess) -> AsyncIterator[Telegram]:
    async with Telegram(telegram_process.url) as telegram:
        await telegram.reset()
        yield telegram


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    async with Bot(telegram.token, base_url=telegram.base_url) as bot:
        yield bot

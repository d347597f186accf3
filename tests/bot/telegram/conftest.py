from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.demo.telegram.client import Telegram
from bot.telegram.pacer import Pacer
from bot.telegram.wire import Wire


@pytest.fixture
def pacer() -> Pacer:
    return Pacer(allowance=100)


@pytest.fixture
async def wire(pacer: Pacer) -> AsyncIterator[Wire]:
    async with Wire(pacer) as wire:
        yield wire


@pytest.fixture
def bot(telegram: Telegram, wire: Wire) -> Bot:
    """A bot that talks to the stand-in over the product's own wire."""
    return Bot(telegram.token, base_url=telegram.base_url, request=wire, get_updates_request=wire)

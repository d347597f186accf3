"""A desk at work for each test: two admins, and everything goes out."""

from collections.abc import AsyncIterator

import pytest

from tests.support.conversation import Conversation
from tests.support.desk import DeskAtWork, desk_at_work


@pytest.fixture
async def desk(talk: Conversation) -> AsyncIterator[DeskAtWork]:
    async with desk_at_work(talk) as desk:
        yield desk

"""Parts of the service for tests, put together as bot/application.py does."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from redis.asyncio import Redis

from alerts.audience.model import Recipient
from alerts.delivery.deliver import Delivery
from alerts.delivery.model import Delivered, Lane, Outcome, Outgoing
from alerts.delivery.plan import Planner
from alerts.geography.atlas import Atlas
from alerts.store.store import Store
from alerts.wording.voice import Voices
from tests.support.builders import NOW

BAMAKO = ZoneInfo("Africa/Bamako")


@cache
def atlas() -> Atlas:
    """The shipped data, read once for all tests."""
    return Atlas.load()


@cache
def voices() -> Voices:
    return Voices.load(atlas(), BAMAKO)


@dataclass(slots=True)
class Clock:
    """A clock that stands until a test moves it."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass(slots=True)
class FakeSender:
    """Stands in for Telegram's network under delivery: keeps what was sent, answers what a test scripts."""

    outcomes: dict[int, list[Outcome]] = field(default_factory=lambda: defaultdict(list))
    sent: list[Outgoing] = field(default_factory=list)
    before: Callable[[Recipient], Awaitable[None]] | None = None
    after: Callable[[Outcome], Awaitable[None]] | None = None

    async def send(
        self,
        recipient: Recipient,
        lane: Lane,  # noqa: ARG002
        compose: Callable[[], Awaitable[Outgoing | None]],
    ) -> Outcome | None:
        if self.before is not None:
            await self.before(recipient)
        message = await compose()
        if message is None:
            return None
        script = self.outcomes[recipient.chat_id]
        outcome = script.pop(0) if script else Delivered(1000 + len(self.sent))
        if isinstance(outcome, Delivered):
            self.sent.append(message)
        if self.after is not None:
            await self.after(outcome)
        return outcome

    def texts(self, chat_id: int) -> list[str]:
        return [message.text for message in self.sent if message.recipient.chat_id == chat_id]


def delivery_of(redis: Redis, sender: FakeSender, *, clock: Clock, window: int = 5) -> tuple[Store, Delivery]:
    store = Store.over(redis)
    planner = Planner(store, atlas(), admin_ids=[900])
    delivery = Delivery(store, planner, voices(), sender, clock=clock, timezone=BAMAKO, language="fr", window=window)
    return store, delivery


@asynccontextmanager
async def delivering(delivery: Delivery) -> AsyncIterator[None]:
    """Deliver in the background for the block; at its end as at a SIGTERM."""
    task = asyncio.create_task(delivery.run())
    try:
        yield
    finally:
        delivery.stop()
        await task


async def until_idle(delivery: Delivery) -> None:
    """Wait until the outbox is empty; the test's own time limit bounds it."""
    while not await delivery.is_idle():  # noqa: ASYNC110 - Redis has no event to wait for
        await asyncio.sleep(0.002)

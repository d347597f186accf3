"""The two journeys side by side: people who talk, and alerts that reach them over the real sender."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from alerts.delivery.clocked import Clocked
from alerts.delivery.deliver import Delivery
from alerts.delivery.model import Alert
from alerts.delivery.plan import Planner
from alerts.incidents.model import Change, ChangeKind, Incident
from alerts.store.commit import Batch
from bot.demo.telegram.seen import SentMessage
from bot.telegram.pacer import Pacer
from bot.telegram.sender import Sender
from handlers.context import SIRABA
from tests.support.builders import alert
from tests.support.conversation import DRIVER, Conversation
from tests.support.service import BAMAKO, atlas, delivering, until_idle, voices


class Broadcast:
    """A conversation, and what reaches it unasked."""

    def __init__(self, talk: Conversation) -> None:
        self.talk = talk
        sender = Sender(talk.application.bot, Pacer(allowance=1000))
        planner = Planner(talk.store, atlas(), admin_ids=[])
        self.delivery = Delivery(
            talk.store, planner, voices(), sender, clock=talk.clock, timezone=BAMAKO, language="fr", window=5
        )
        digest = talk.application.bot_data[SIRABA].digest
        self.clocked = Clocked(talk.store, digest, sender, sources=(), timezone=BAMAKO, admin_ids=())

    async def goes_out(self, told: Incident, *, before: Incident | None = None, **fields: Any) -> None:
        """An incident and its alert are stored, and reach whom they concern."""
        news = alert(incident=told, created_at=self.talk.clock.now, **fields)
        await self.speaks(news, Change(kind=news.change or ChangeKind.NEW, incident=told, before=before))

    async def speaks(self, news: Alert, change: Change) -> None:
        """This alert reaches whom it concerns."""
        await self.talk.store.commit(Batch(changes=(change,), alerts=(news,)), now=self.talk.clock.now)
        self.delivery.wake()
        await until_idle(self.delivery)

    async def last(self, chat_id: int = DRIVER) -> SentMessage:
        """The newest message of a chat."""
        return (await self.talk.telegram.messages(chat_id))[-1]


@asynccontextmanager
async def broadcasting(talk: Conversation) -> AsyncIterator[Broadcast]:
    """Deliver beside the conversation."""
    broadcast = Broadcast(talk)
    async with delivering(broadcast.delivery):
        yield broadcast

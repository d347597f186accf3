"""A desk at work: people who talk with the real handlers, while alerts, cards and notices really go out to them."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from alerts.delivery.deliver import Delivery
from alerts.delivery.model import Alert, Reason
from alerts.delivery.plan import Planner
from alerts.desk.watch import Watch
from alerts.incidents.model import Change, ChangeKind, Credibility, Incident
from alerts.pipeline import Pipeline
from alerts.safety.decide import decide
from alerts.sources.fetch import Fetcher
from alerts.sources.parse import Parser
from alerts.sources.read import SourceReader
from alerts.store.commit import Batch
from bot.demo.telegram.seen import SentMessage
from bot.notices import Crier
from bot.telegram.pacer import Pacer
from bot.telegram.sender import Sender
from tests.support.builders import incident, report
from tests.support.conversation import ADMIN, OTHER_ADMIN, Conversation, reader
from tests.support.service import BAMAKO, atlas, delivering, until_idle, voices

ADMINS = (ADMIN, OTHER_ADMIN)


@dataclass(slots=True, kw_only=True)
class DeskAtWork:
    """The conversations, and what the clock does meanwhile."""

    talk: Conversation
    delivery: Delivery
    pipeline: Pipeline
    watch: Watch
    crier: Crier

    async def settle(self) -> None:
        """Let everything go out that is due."""
        now = self.talk.clock.now
        await self.pipeline.review(now=now)
        await self.watch.look(now=now)
        self.delivery.wake()
        if await self.talk.store.desk.halted() is None:
            await until_idle(self.delivery)
        while await self.talk.store.notices.waiting():
            await self.crier.cry(now=now)

    async def later(self, **time: float) -> None:
        """Let time pass, and what it brings go out."""
        self.talk.clock.now += timedelta(**time)
        await self.settle()

    async def read(self, one: Incident, *, first_read: bool = False) -> None:
        """A source told of this incident: stored, and decided, as the pipeline does."""
        change = Change(kind=ChangeKind.NEW, incident=one)
        decision = decide(change, now=self.talk.clock.now, first_read=first_read)
        alert = Alert.of(change, decision, now=self.talk.clock.now)
        alerts = (alert, alert.for_the_desk()) if decision.reason is Reason.UNCONFIRMED else (alert,)
        batch = Batch(changes=(change,), alerts=alerts, cause=one.reports[0].source_id)
        await self.talk.store.commit(batch, now=self.talk.clock.now)
        await self.settle()

    async def texts(self, chat: int) -> list[str]:
        """What stands in a chat, oldest first."""
        return [message.text for message in await self.talk.telegram.messages(chat)]

    async def last(self, chat: int) -> SentMessage:
        """The newest message in a chat."""
        return (await self.talk.telegram.messages(chat))[-1]


@asynccontextmanager
async def desk_at_work(talk: Conversation, *, admins: Iterable[int] = ADMINS) -> AsyncIterator[DeskAtWork]:
    """Everything runs inside the block; the admins have opened the bot."""
    bot, store = talk.application.bot, talk.store
    planner = Planner(store, atlas(), admin_ids=admins)
    sender = Sender(bot, Pacer(allowance=500))
    delivery = Delivery(store, planner, voices(), sender, clock=talk.clock, timezone=BAMAKO, language="fr", window=20)
    async with Fetcher(contact=None, allow_private=True, version="1.0") as fetcher, Parser() as parser:
        pipeline = Pipeline(
            sources=(),
            source_reader=SourceReader(fetcher=fetcher, parser=parser, minimum_interval=timedelta(minutes=5)),
            reader=reader(),
            atlas=atlas(),
            store=store,
            wake=delivery.wake,
        )
        await talk.telegram.open_chats(*admins)
        async with delivering(delivery):
            yield DeskAtWork(
                talk=talk,
                delivery=delivery,
                pipeline=pipeline,
                watch=Watch(store, first_owners=admins),
                crier=Crier(store, bot, voices(), language="fr"),
            )


def unsure(**fields: Any) -> Incident:
    """What only one source graded C told: it waits in the queue, for followers who want all reports and for admins."""
    told = report(grade="C", source_id="abamako", title="Embuscade près de Diéma")
    return incident(**({"reports": (told,), "credibility": Credibility.POSSIBLE} | fields))

"""People who talk with the real handlers, over python-telegram-bot and the stand-in for Telegram.

Updates run one after the other, as intake runs those of one chat: a change is stripped of names first.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

from redis.asyncio import Redis
from telegram import Update
from telegram.ext import Application

from alerts.audience.model import Chat, Recipient
from alerts.pipeline import Pipeline
from alerts.reading.reader import Reader
from alerts.sources.fetch import Fetcher
from alerts.sources.model import Source
from alerts.sources.parse import Parser
from alerts.sources.read import SourceReader
from alerts.store.store import Store
from bot.demo.telegram.client import Telegram
from bot.demo.telegram.seen import SentMessage
from bot.telegram.files import Files
from bot.telegram.pacer import Pacer
from bot.telegram.strip import strip
from handlers.channel import is_of_source
from handlers.commands import is_question, register
from handlers.context import CONTEXT_TYPES, SIRABA, Siraba, SirabaApplication
from tests.support.service import BAMAKO, Clock, atlas, voices

ADMIN = 900
OTHER_ADMIN = 901
DRIVER = 1
GROUP = -100


@cache
def reader() -> Reader:
    """The shipped lexicons, compiled once for all tests."""
    return Reader(atlas())


@dataclass(slots=True, kw_only=True)
class Conversation:
    """The bot, the people, and what the bot keeps."""

    telegram: Telegram
    application: SirabaApplication
    store: Store
    clock: Clock
    updates: list[dict[str, Any]] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)

    async def say(self, text: str, *, chat: int = DRIVER, **how: Any) -> list[SentMessage]:
        """Let a person write, and return what the bot answers."""
        seen = await self._last(chat)
        await self.telegram.say(chat, text, **how)
        return await self._answers(chat, seen)

    async def send_document(self, name: str, content: bytes, *, chat: int = DRIVER, **how: Any) -> list[SentMessage]:
        """Let a person send a file, and return what the bot answers."""
        seen = await self._last(chat)
        await self.telegram.send_document(chat, name, content, **how)
        return await self._answers(chat, seen)

    async def answer(self, text: str, *, chat: int = DRIVER, **how: Any) -> str:
        """The text of the one answer to what a person writes."""
        [message] = await self.say(text, chat=chat, **how)
        return message.text

    async def tap(self, button: str, *, chat: int = DRIVER, **how: Any) -> list[SentMessage]:
        """Let a person tap a button, by its text or data, and return what the bot answers."""
        seen = await self._last(chat)
        await self.telegram.tap(chat, button, **how)
        return await self._answers(chat, seen)

    async def receive(self, update: dict[str, Any], *, chat: int = DRIVER) -> list[SentMessage]:
        """Run an update that no person of the stand-in can make, and return what the bot answers."""
        seen = await self._last(chat)
        await self._run(update)
        return await self._new(chat, seen)

    async def forge(self, data: str, *, chat: int = DRIVER) -> list[SentMessage]:
        """Let a person tap the newest answer with data that was never under it, and return what the bot answers."""
        newest = [message for message in await self.telegram.messages(chat) if message.button_texts][-1]
        await self.telegram.tap(chat, newest.button_texts[0])
        [real] = await self.telegram.pending_updates()
        self.updates.append({"update_id": real["update_id"]})  # the real tap is not run
        update = {"update_id": 6_000_000, "callback_query": {**real["callback_query"], "data": data}}
        return await self.receive(update, chat=chat)

    async def again(self, *, chat: int = DRIVER) -> list[SentMessage]:
        """Run the last update once more, as after a crash before it was done."""
        return await self.receive(self.updates[-1], chat=chat)

    async def take(self) -> None:
        """Run every update that waits at Telegram."""
        while updates := await self.application.bot.get_updates(offset=self._offset(), timeout=0):
            for update in updates:
                await self._run(update.to_dict())

    async def chat(self, chat: int = DRIVER, *, thread: int | None = None) -> Chat | None:
        """What is stored of a chat."""
        return await self.store.chats.find(Recipient(chat, thread))

    async def follows(self, chat: int = DRIVER) -> list[str]:
        """The keys of the areas a chat follows."""
        stored = await self.chat(chat)
        return [one.area.key for one in stored.subscriptions] if stored else []

    async def stored(self) -> dict[str, str]:
        """Everything in Redis, to compare before and after."""
        redis = self.store.redis
        return {key: repr(await redis.dump(key)) async for key in redis.scan_iter()}

    def _offset(self) -> int:
        return self.updates[-1]["update_id"] + 1 if self.updates else 0

    async def _answers(self, chat: int, seen: int) -> list[SentMessage]:
        await self.take()
        return await self._new(chat, seen)

    async def _new(self, chat: int, seen: int) -> list[SentMessage]:
        return [message for message in await self.telegram.messages(chat) if message.message_id > seen]

    async def _last(self, chat: int) -> int:
        return max((message.message_id for message in await self.telegram.messages(chat, everyone=True)), default=0)

    async def _run(self, update: dict[str, Any]) -> None:
        self.updates.append(update)
        parsed = Update.de_json(update, self.application.bot)
        dialog = await self.store.dialogs.find(Recipient(parsed.effective_chat.id)) if parsed.effective_chat else None
        of_source = is_of_source(update, self.application.bot_data[SIRABA].sources)
        if not is_question(update, dialog is not None, of_source=of_source):
            parsed = Update.de_json(strip(update, of_source=of_source), self.application.bot)
        await self.application.process_update(parsed)
        if self.faults:
            raise self.faults.pop()

    async def note(self, _: object, context: Any) -> None:
        """Keep what a handler raised: `process_update` hides it."""
        self.faults.append(context.error)


def _pipeline(store: Store, sources: Sequence[Source]) -> Pipeline:
    """What takes posts of channels in; nothing is fetched here."""
    fetcher = Fetcher(contact=None, allow_private=False, version="0")
    return Pipeline(
        sources=sources,
        source_reader=SourceReader(fetcher=fetcher, parser=Parser(), minimum_interval=timedelta(minutes=5)),
        reader=reader(),
        atlas=atlas(),
        store=store,
        wake=lambda: None,
    )


@asynccontextmanager
async def conversing(
    telegram: Telegram, redis: Redis, *, contact: str | None = None, sources: Sequence[Source] = ()
) -> AsyncIterator[Conversation]:
    """A bot without its own polling; `take` runs what waits."""
    application = (
        Application.builder()
        .token(telegram.token)
        .base_url(telegram.base_url)
        .base_file_url(telegram.base_file_url)
        .updater(None)
        .job_queue(None)
        .context_types(CONTEXT_TYPES)
        .build()
    )
    clock = Clock()
    store = Store.over(redis)
    application.bot_data[SIRABA] = Siraba(
        pipeline=_pipeline(store, sources),
        fetch=Files(application.bot).fetch,
        atlas=atlas(),
        reader=reader(),
        store=store,
        voices=voices(),
        clock=clock,
        timezone=BAMAKO,
        language="fr",
        admin_ids=frozenset({ADMIN, OTHER_ADMIN}),
        contact=contact,
        version="1.0",
        pace=Pacer(allowance=30),
        sources=tuple(sources),
    )
    register(application)
    conversation = Conversation(telegram=telegram, application=application, store=store, clock=clock)
    application.add_error_handler(conversation.note)
    async with application:
        yield conversation

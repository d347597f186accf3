"""What must be done by the clock, besides reading the sources? Deleting, trimming, forgetting."""

import asyncio
import logging
from datetime import datetime, timedelta

from telegram import Bot
from telegram.error import TelegramError  # noqa: TID251 - bot/ turns it into our words

from alerts.delivery.model import Ambiguous, Lane, RetryIn
from alerts.store.store import Store
from bot.telegram.outcome import outcome_of
from bot.telegram.wire import lane

log = logging.getLogger(__name__)

TRIM_EVERY = timedelta(hours=1)
ERASE_EVERY = timedelta(days=1)
REWRITE_EVERY = timedelta(minutes=1)
AT_ONCE = 20  # deletions; when one of them must wait, so do the rest until the next tick
UNREACHABLE_KEPT = timedelta(days=30)  # a chat that blocked the bot finds its roads again within that time
INACTIVE_KEPT = timedelta(days=180)


class Chores:
    """Recurring work on the store; each due time stands in Redis, so what was missed while down is made up once."""

    def __init__(self, store: Store, bot: Bot) -> None:
        self._store = store
        self._bot = bot

    async def sweep(self, *, now: datetime) -> None:
        """Do what is due."""
        await self.delete_old_messages(now=now)
        agenda = self._store.agenda
        if await agenda.is_due("trim", now=now):
            await agenda.trim(now=now)
            await self._store.feeds.trim_entries(now=now)
            await self._store.feeds.trim_fuel(now=now)
            await agenda.ran("trim", now=now, every=TRIM_EVERY)
        if await agenda.is_due("rewrite", now=now):
            await self._store.chats.finish_forgetting()
            await agenda.ran("rewrite", now=now, every=REWRITE_EVERY)
        if await agenda.is_due("erase", now=now):
            await self.erase_lost_chats(now=now)
            await agenda.ran("erase", now=now, every=ERASE_EVERY)

    async def delete_old_messages(self, *, now: datetime) -> None:
        """Delete the bot's own messages whose hours are over (short mode)."""
        due = await self._store.agenda.deletions_due(now=now)
        token = lane.set(Lane.NORMAL)  # an alert goes first
        try:
            for start in range(0, len(due), AT_ONCE):
                if not await self._delete_all(due[start : start + AT_ONCE]):
                    return
        finally:
            lane.reset(token)

    async def erase_lost_chats(self, *, now: datetime) -> None:
        """Erase chats that nobody used for 180 days, and those out of reach for 30."""
        lost = await self._store.chats.lost(now=now, inactive=INACTIVE_KEPT, unreachable=UNREACHABLE_KEPT)
        for recipient in lost:
            await self._store.chats.forget(recipient)
        if lost:
            log.info("chats were erased", extra={"count": len(lost)})

    async def _delete_all(self, messages: list[tuple[int, int]]) -> bool:
        """Whether none of them needs a further try."""
        done = await asyncio.gather(*(self._delete(chat_id, message_id) for chat_id, message_id in messages))
        await self._store.agenda.deleted([message for message, is_done in zip(messages, done, strict=True) if is_done])
        return all(done)

    async def _delete(self, chat_id: int, message_id: int) -> bool:
        """Whether the message needs no further try: gone, or beyond what a bot may delete."""
        try:
            await self._bot.delete_message(chat_id, message_id)
        except TelegramError as error:
            return not isinstance(outcome_of(error), RetryIn | Ambiguous)
        return True

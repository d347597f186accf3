"""How does a word about the service itself reach its chats? Slowly, after alerts, and during a halt as well."""

import asyncio
import logging
from datetime import datetime, timedelta

from telegram import Bot, Message
from telegram.error import TelegramError  # noqa: TID251 - bot/ turns it into our words

from alerts.audience.model import Chat, Recipient
from alerts.delivery.model import Ambiguous, Lane, Moved, RetryIn
from alerts.delivery.notice import Notice
from alerts.desk.roles import DESK_KEEPS
from alerts.store.store import Store
from alerts.wording.voice import Voices
from bot.telegram.outcome import outcome_of
from bot.telegram.wire import lane

log = logging.getLogger(__name__)

AT_ONCE = 20  # of a tick; an alert goes first


class Crier:
    """Tells what waits among the notices."""

    def __init__(self, store: Store, bot: Bot, voices: Voices, *, language: str) -> None:
        self._store = store
        self._bot = bot
        self._voices = voices
        self._language = language

    async def cry(self, *, now: datetime) -> None:
        """Tell each notice to its next chats."""
        token = lane.set(Lane.NORMAL)
        try:
            for notice in await self._store.notices.waiting():
                await self._tell(notice, now)
        finally:
            lane.reset(token)

    async def _tell(self, notice: Notice, now: datetime) -> None:
        recipients = await self._store.notices.next_recipients(notice.id, AT_ONCE)
        if not recipients:
            await self._store.notices.finish(notice.id)
            return
        await asyncio.gather(*(self._send(notice, recipient, now) for recipient in recipients))

    async def _send(self, notice: Notice, recipient: str, now: datetime) -> None:
        """One chat; it stays on the list until Telegram has answered for it."""
        target = Recipient.parse(recipient)
        chat = await self._store.chats.find(target)
        voice = self._voices[chat.language if chat else self._language]
        try:
            sent = await self._bot.send_message(
                chat_id=target.chat_id,
                message_thread_id=target.thread_id,
                text=voice.say(notice.key, **notice.facts),
                protect_content=bool(chat and chat.short),
            )
        except TelegramError as error:
            match outcome_of(error):
                case RetryIn() | Ambiguous():
                    return
                case Moved(chat_id):
                    await self._store.chats.move(target.chat_id, chat_id)  # with its place on this list
                    return
                case _:
                    pass
            log.info("a notice can't be told to a chat", extra={"why": type(error).__name__})
        else:
            await self._let_vanish(notice, chat, sent, now)
        await self._store.notices.done(notice.id, recipient)

    async def _let_vanish(self, notice: Notice, chat: Chat | None, sent: Message, now: datetime) -> None:
        """In short mode after the hours that were chosen; at the desk within two days."""
        chosen = timedelta(hours=chat.delete_after_hours) if chat and chat.short else timedelta(0)
        kept = chosen or (DESK_KEEPS if notice.of_the_desk else timedelta(0))
        if kept:
            await self._store.agenda.delete_later(sent.chat.id, sent.message_id, at=now + kept)

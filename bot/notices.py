"""How does a word about the service itself reach its chats? Slowly, after alerts, and during a halt as well."""

import asyncio
import logging

from telegram import Bot
from telegram.error import TelegramError  # noqa: TID251 - bot/ turns it into our words

from alerts.audience.model import Recipient
from alerts.delivery.model import Ambiguous, Lane, RetryIn
from alerts.delivery.notice import Notice
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

    async def cry(self) -> None:
        """Tell each notice to its next chats."""
        token = lane.set(Lane.NORMAL)
        try:
            for notice in await self._store.notices.waiting():
                await self._tell(notice)
        finally:
            lane.reset(token)

    async def _tell(self, notice: Notice) -> None:
        recipients = await self._store.notices.next_recipients(notice.id, AT_ONCE)
        if not recipients:
            await self._store.notices.finish(notice.id)
            return
        await asyncio.gather(*(self._send(notice, recipient) for recipient in recipients))

    async def _send(self, notice: Notice, recipient: str) -> None:
        """One chat; it stays on the list until Telegram has answered for it."""
        target = Recipient.parse(recipient)
        chat = await self._store.chats.find(target)
        voice = self._voices[chat.language if chat else self._language]
        try:
            await self._bot.send_message(
                chat_id=target.chat_id,
                message_thread_id=target.thread_id,
                text=voice.say(notice.key, **notice.facts),
                protect_content=bool(chat and chat.short),
            )
        except TelegramError as error:
            if isinstance(outcome_of(error), RetryIn | Ambiguous):
                return
            log.info("a notice can't be told to a chat", extra={"why": type(error).__name__})
        await self._store.notices.done(notice.id, recipient)

"""How does one message of a broadcast leave, and what came of it?"""

import logging
from collections.abc import Awaitable, Callable

from telegram import Bot, LinkPreviewOptions, ReplyParameters
from telegram.error import BadRequest, TelegramError  # noqa: TID251 - where foreign errors stop

from alerts.audience.model import Recipient
from alerts.delivery.deliver import Outgoing
from alerts.delivery.model import Delivered, Lane, Outcome, Rejected
from bot.telegram.outcome import is_gone, outcome_of, says_so_already
from bot.telegram.pacer import Pacer
from bot.telegram.wire import turn_held

log = logging.getLogger(__name__)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Sender:
    """Sends by python-telegram-bot, one message a turn of the pacer."""

    def __init__(self, bot: Bot, pacer: Pacer) -> None:
        self._bot = bot
        self._pacer = pacer

    async def send(
        self, recipient: Recipient, lane: Lane, compose: Callable[[], Awaitable[Outgoing | None]]
    ) -> Outcome | None:
        """Wait for a turn, take a last look, send. `compose` answers None when nothing must leave any more."""
        async with self._pacer.turn(lane, recipient.chat_id) as turn:
            message = await compose()
            if message is None:
                turn.spent = False
                return None
            token = turn_held.set(True)
            try:
                return await self._send(message)
            finally:
                turn_held.reset(token)

    async def _send(self, message: Outgoing) -> Outcome:
        outcome = await self._try(message, thread_id=message.recipient.thread_id)
        if isinstance(outcome, Rejected) and "thread" in outcome.detail.lower():
            log.warning("a topic is gone; the general one is used")
            outcome = await self._try(message, thread_id=None)
        return outcome

    async def _try(self, message: Outgoing, *, thread_id: int | None) -> Outcome:
        try:
            if message.edits is not None and await self._edited(message, message.edits):
                return Delivered(message.edits)
            sent = await self._bot.send_message(
                chat_id=message.recipient.chat_id,
                message_thread_id=thread_id,
                text=message.text,
                disable_notification=not message.sounds,
                protect_content=message.protected,
                link_preview_options=NO_PREVIEW,
                reply_parameters=_reply(message.reply_to),
            )
        except TelegramError as error:
            return outcome_of(error)
        return Delivered(sent.message_id)

    async def _edited(self, message: Outgoing, message_id: int) -> bool:
        """Whether the message that is there now says it; False when there is none left to edit."""
        try:
            await self._bot.edit_message_text(
                message.text,
                chat_id=message.recipient.chat_id,
                message_id=message_id,
                link_preview_options=NO_PREVIEW,
            )
        except BadRequest as error:
            if says_so_already(error):
                return True
            if is_gone(error):
                return False
            raise
        return True


def _reply(message_id: int | None) -> ReplyParameters | None:
    # The first message may be gone: what replies to it must arrive all the same.
    return ReplyParameters(message_id, allow_sending_without_reply=True) if message_id else None

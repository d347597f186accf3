"""How does one message of a broadcast leave, and what came of it?"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import Bot, LinkPreviewOptions, ReplyParameters
from telegram.error import BadRequest, TelegramError  # noqa: TID251 - where foreign errors stop

from alerts.audience.model import Recipient
from alerts.delivery.deliver import Outgoing
from alerts.delivery.model import Delivered, Lane, Outcome, Rejected
from bot.telegram.outcome import is_message_gone, is_topic_gone, outcome_of, says_so_already
from bot.telegram.pacer import Pacer
from bot.telegram.wire import turn_held
from handlers.reply import keyboard

log = logging.getLogger(__name__)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_NOTHING_TO_EDIT = Rejected("no message left to edit")


class Sender:
    """Sends by python-telegram-bot, one call a turn of the pacer."""

    def __init__(self, bot: Bot, pacer: Pacer) -> None:
        self._bot = bot
        self._pacer = pacer

    async def send(
        self, recipient: Recipient, lane: Lane, compose: Callable[[], Awaitable[Outgoing | None]]
    ) -> Outcome | None:
        """Wait for a turn, take a last look, send. `compose` answers None when nothing must leave any more.

        A second call, for a message or a topic that is gone, waits for a turn and takes a last look like the first.
        """
        outcome = await self._in_turn(recipient, lane, compose, self._edit_or_send)
        if outcome is _NOTHING_TO_EDIT:
            outcome = await self._in_turn(recipient, lane, compose, self._send)
        if isinstance(outcome, Rejected) and recipient.thread_id is not None and is_topic_gone(outcome):
            log.info("a topic is gone; the general one is used")
            outcome = await self._in_turn(recipient, lane, compose, self._send_to_all)
        return outcome

    async def _in_turn(
        self,
        recipient: Recipient,
        lane: Lane,
        compose: Callable[[], Awaitable[Outgoing | None]],
        call: Callable[[Outgoing], Awaitable[Outcome]],
    ) -> Outcome | None:
        async with self._pacer.turn(lane, recipient.chat_id) as turn:
            turn.spent = False
            message = await compose()
            if message is None:
                return None
            turn.spent = True
            token = turn_held.set(True)
            try:
                return await call(message)
            except TelegramError as error:
                return outcome_of(error)
            finally:
                turn_held.reset(token)

    async def _edit_or_send(self, message: Outgoing) -> Outcome:
        if message.edits is None:
            return await self._send(message)
        return await self._edit(message, message.edits)

    async def _send_to_all(self, message: Outgoing) -> Outcome:
        return await self._send(replace(message, recipient=Recipient(message.recipient.chat_id)))

    async def _send(self, message: Outgoing) -> Outcome:
        sent = await self._bot.send_message(
            chat_id=message.recipient.chat_id,
            message_thread_id=message.recipient.thread_id,
            text=message.text,
            disable_notification=not message.sounds,
            protect_content=message.protected,
            link_preview_options=NO_PREVIEW,
            reply_parameters=_reply(message.reply_to),
            reply_markup=keyboard(message.buttons),
        )
        return Delivered(sent.message_id)

    async def _edit(self, message: Outgoing, message_id: int) -> Outcome:
        """The message that is there then says it; `_NOTHING_TO_EDIT` when there is none left."""
        try:
            await self._bot.edit_message_text(
                message.text,
                chat_id=message.recipient.chat_id,
                message_id=message_id,
                link_preview_options=NO_PREVIEW,
                reply_markup=keyboard(message.buttons),
            )
        except BadRequest as error:
            if is_message_gone(error):
                return _NOTHING_TO_EDIT
            if not says_so_already(error):
                raise
        return Delivered(message_id)


def _reply(message_id: int | None) -> ReplyParameters | None:
    # The first message may be gone: what replies to it must arrive all the same.
    return ReplyParameters(message_id, allow_sending_without_reply=True) if message_id else None

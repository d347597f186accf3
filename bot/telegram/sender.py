"""How does one message of a broadcast leave, and what came of it?"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from telegram import Bot
from telegram.error import InvalidToken, TelegramError  # noqa: TID251 - where foreign errors stop

from alerts.audience.model import Recipient
from alerts.delivery.model import Button, Delivered, Lane, Outcome, Outgoing, Rejected, Unreachable
from alerts.wording.limits import MESSAGE_LIMIT, clip, fit
from bot.telegram.outcome import TOKEN_UNKNOWN, is_message_gone, is_topic_gone, outcome_of, says_so_already
from bot.telegram.pacer import Pacer
from bot.telegram.wire import turn_held

log = logging.getLogger(__name__)

NO_PREVIEW = {"is_disabled": True}

Compose = Callable[[], Awaitable[Outgoing | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a try still has of a message: whether it edits one, its topic, all that is not plain text."""

    edits: bool = True
    topic: bool = True
    trimmings: bool = True


def simpler(form: Form, refusal: Rejected) -> Form | None:
    """The form to try next in place of one that was refused; None when none is left."""
    if form.edits and is_message_gone(refusal):
        return replace(form, edits=False)
    if is_topic_gone(refusal):
        return replace(form, topic=False) if form.topic else None
    return Form(edits=False, topic=form.topic, trimmings=False) if form.trimmings else None


class Sender:
    """Sends by python-telegram-bot, one call a turn of the pacer."""

    def __init__(self, bot: Bot, pacer: Pacer, *, paid: bool = False) -> None:
        """`paid` lets broadcasts exceed Telegram's free pace, for Stars."""
        self._bot = bot
        self._pacer = pacer
        self._paid = {"allow_paid_broadcast": True} if paid else {}

    async def send(self, recipient: Recipient, lane: Lane, compose: Compose) -> Outcome | None:
        """Wait for a turn, take a last look, send. `compose` answers None when nothing must leave any more.

        What Telegram refuses for its form goes in a simpler one: each try waits for a turn and takes a last look.
        """
        form = Form(topic=recipient.thread_id is not None)
        while True:
            outcome = await self._in_turn(recipient, lane, compose, form)
            if not isinstance(outcome, Rejected):
                return outcome
            next_form = simpler(form, outcome)
            if next_form is None:
                return _final(outcome)
            _tell(next_form, outcome)
            form = next_form

    async def _in_turn(self, recipient: Recipient, lane: Lane, compose: Compose, form: Form) -> Outcome | None:
        while True:
            async with self._pacer.turn(lane, recipient.chat_id) as turn:
                message = await compose()
                if message is None:
                    return None
                if not await self._pacer.may_leave(turn):
                    continue  # halted meanwhile: what is right to say now may not be when that is over
                token = turn_held.set(turn)
                try:
                    return await self._call(message, form)
                finally:
                    turn_held.reset(token)

    async def _call(self, message: Outgoing, form: Form) -> Outcome:
        edited = message.edits if form.edits else None
        try:
            return Delivered(await (self._send(message, form) if edited is None else self._edit(message, edited)))
        except InvalidToken as error:
            self._stop_all()
            return outcome_of(error)
        except TelegramError as error:
            outcome = outcome_of(error)
            if edited is not None and isinstance(outcome, Rejected) and says_so_already(outcome):
                return Delivered(edited)
            return outcome

    async def _send(self, message: Outgoing, form: Form) -> int:
        call: dict[str, Any] = {
            "chat_id": message.recipient.chat_id,
            "message_thread_id": message.recipient.thread_id if form.topic else None,
            "text": message.text if form.trimmings else _cut(message.text),
            "disable_notification": not message.sounds,
            "protect_content": message.protected,
        }
        if form.trimmings:
            call |= {"link_preview_options": NO_PREVIEW, "reply_parameters": _reply(message.reply_to), **self._paid}
            call |= self._keyboard(message.buttons)
        # The public way makes a Message of the answer, with chat and sender: half the work of a send, for its number.
        sent = await self._bot._post("sendMessage", call)  # noqa: SLF001
        return int(sent["message_id"])

    async def _edit(self, message: Outgoing, message_id: int) -> int:
        """The message that is there then says it."""
        where = {"chat_id": message.recipient.chat_id, "message_id": message_id}
        what = {"text": message.text, "link_preview_options": NO_PREVIEW}
        await self._bot._post("editMessageText", where | what | self._keyboard(message.buttons))  # noqa: SLF001 - as above
        return message_id

    def _stop_all(self) -> None:
        if not self._pacer.halted_for:
            log.error("telegram does not know this bot token")
            self._pacer.halt(TOKEN_UNKNOWN.total_seconds())

    def _keyboard(self, rows: Sequence[Sequence[Button]]) -> dict[str, Any]:
        name = self._own_name()
        shown = [[one for one in row if name or not one.opens] for row in rows]
        keyboard = [[_button(one, name) for one in row] for row in shown if row]
        return {"reply_markup": {"inline_keyboard": keyboard}} if keyboard else {}

    def _own_name(self) -> str | None:
        """The bot's user name; None until Telegram has said it: an alert must not wait for the buttons beneath it."""
        try:
            return self._bot.username
        except RuntimeError:
            return None


def _button(button: Button, name: str | None) -> dict[str, str]:
    if button.opens:
        return {"text": button.label, "url": f"https://t.me/{name}?start={button.opens}"}
    return {"text": button.label, "callback_data": button.data}


def _reply(message_id: int | None) -> dict[str, Any] | None:
    # The first message may be gone: what replies to it must arrive all the same.
    return {"message_id": message_id, "allow_sending_without_reply": True} if message_id else None


def _cut(text: str) -> str:
    """As many whole lines as Telegram takes."""
    first, *lines = text.split("\n")
    return clip(fit(lines, head=[first], more=lambda _: "…", limit=MESSAGE_LIMIT), MESSAGE_LIMIT)


def _final(refusal: Rejected) -> Outcome:
    """Where even the general topic is closed, the chat bars us; anything else is a fault of ours."""
    return Unreachable(refusal.detail) if is_topic_gone(refusal) else refusal


def _tell(form: Form, refusal: Rejected) -> None:
    if not form.trimmings:
        log.error("telegram rejected a message of ours; its bare text goes instead", extra={"why": refusal.detail})
    elif not form.edits and is_message_gone(refusal):
        log.info("a message to edit is gone; a new one says it")
    else:
        log.info("a topic is gone; the general one is used")

"""How does an answer leave? The one place of the conversations that sends."""

from collections.abc import Sequence
from datetime import timedelta

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters

from alerts.audience.model import ChatKind
from alerts.desk.roles import DESK_KEEPS
from alerts.wording.limits import CAPTION_LIMIT, MESSAGE_LIMIT, POPUP_LIMIT, clip
from handlers.asked import Asked

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
LONGEST_DATA = 64  # bytes that Telegram takes behind a button
LONGEST_LABEL = 40

Button = tuple[str, str]
"""What a button shows, and what it sends back."""


async def reply(asked: Asked, text: str, buttons: Sequence[Sequence[Button]] = ()) -> None:
    """Send `text` into the chat and topic it was asked in; in short mode it will not stay.

    `text` is plain and fits one message; `buttons` are rows.
    """
    await _send(asked, text, buttons, protected=asked.chat.short)


async def reply_to_copy(asked: Asked, text: str) -> None:
    """The same with a text that was asked for to be passed on, so that the phone lets it be copied."""
    await _send(asked, text, (), protected=False)


async def _send(asked: Asked, text: str, buttons: Sequence[Sequence[Button]], *, protected: bool) -> None:
    recipient = asked.chat.recipient
    sent = await asked.context.bot.send_message(
        chat_id=recipient.chat_id,
        message_thread_id=recipient.thread_id,
        text=clip(text, MESSAGE_LIMIT),
        reply_markup=_keyboard_in(asked, buttons),
        link_preview_options=NO_PREVIEW,
        protect_content=protected,
        reply_parameters=_quoting(asked),
    )
    await vanish(asked, sent)


async def reply_photo(asked: Asked, picture: bytes, caption: str, buttons: Sequence[Sequence[Button]] = ()) -> None:
    """Send a PNG with its caption as `reply` sends text. Whoever asks for it makes sure of short mode first."""
    recipient = asked.chat.recipient
    sent = await asked.context.bot.send_photo(
        chat_id=recipient.chat_id,
        message_thread_id=recipient.thread_id,
        photo=picture,
        filename="image.png",
        caption=clip(caption, CAPTION_LIMIT),
        reply_markup=_keyboard_in(asked, buttons),
        protect_content=asked.chat.short,
        reply_parameters=_quoting(asked),
    )
    await vanish(asked, sent)


def in_rows(buttons: Sequence[Button], width: int) -> list[list[Button]]:
    """So many in a row."""
    return [list(buttons[start : start + width]) for start in range(0, len(buttons), width)]


async def close_tap(asked: Asked) -> None:
    """Let the tapped button rest; the last thing to do, since an old tap can no longer be answered."""
    if asked.update.callback_query is not None:
        await asked.update.callback_query.answer()


async def notice(asked: Asked, text: str) -> None:
    """Close the tap with a line that fades; the last thing to do."""
    if asked.update.callback_query is not None:
        await asked.update.callback_query.answer(clip(text, POPUP_LIMIT))


async def popup(asked: Asked, text: str) -> None:
    """Close the tap with a pop-up that whoever tapped must close, and that leaves no message."""
    if asked.update.callback_query is not None:
        await asked.update.callback_query.answer(clip(text, POPUP_LIMIT), show_alert=True)


def keyboard(buttons: Sequence[Sequence[Button]]) -> InlineKeyboardMarkup | None:
    """Rows of buttons; one whose words Telegram would refuse for their length is left out."""
    rows = [
        [
            InlineKeyboardButton(clip(label, LONGEST_LABEL), callback_data=data)
            for label, data in row
            if len(data.encode()) <= LONGEST_DATA
        ]
        for row in buttons
    ]
    kept = [row for row in rows if row]
    return InlineKeyboardMarkup(kept) if kept else None


def _keyboard_in(asked: Asked, buttons: Sequence[Sequence[Button]]) -> InlineKeyboardMarkup | None:
    """A channel's readers may change nothing there: theirs is one button, into the private chat."""
    if asked.chat.kind is not ChatKind.CHANNEL:
        return keyboard(buttons)
    address = f"https://t.me/{asked.context.bot.username}?start=start"
    return InlineKeyboardMarkup([[InlineKeyboardButton(asked.voice.label("button.private"), url=address)]])


def _quoting(asked: Asked) -> ReplyParameters | None:
    """In a group an answer names its question, which may be gone by then."""
    if asked.is_private or asked.is_tap or not isinstance(asked.message, Message):
        return None
    return ReplyParameters(asked.message.message_id, allow_sending_without_reply=True)


def _leaves_no_trace(asked: Asked) -> bool:
    """Short mode; and whatever is said to somebody of the desk, whose chat must not tell who works there."""
    short = asked.is_private and asked.chat.short and asked.chat.delete_after_hours > 0
    return short or asked.role is not None


async def vanish(asked: Asked, sent: Message) -> None:
    """Where no trace is left, the answer goes after the hours the chat chose, and the person's command at once."""
    if not _leaves_no_trace(asked):
        return
    chosen = timedelta(hours=asked.chat.delete_after_hours) if asked.chat.short else timedelta(0)
    due = asked.now + (chosen or DESK_KEEPS)
    await asked.siraba.store.agenda.delete_later(asked.chat.recipient.chat_id, sent.message_id, at=due)
    await vanish_command(asked)


async def vanish_command(asked: Asked) -> None:
    """What the person typed goes as soon as the next sweep, answered or not."""
    if _leaves_no_trace(asked) and not asked.is_tap and isinstance(asked.message, Message):
        chat_id, message_id = asked.chat.recipient.chat_id, asked.message.message_id
        await asked.siraba.store.agenda.delete_later(chat_id, message_id, at=asked.now)

"""What becomes of a post in a Telegram channel that is read as a source?

Its owner made the bot an admin there. Nothing is ever written into such a channel; a channel that no source names is
a chat like any other, and what is posted there is read by nobody.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from telegram import Message, MessageOriginChannel, Update
from telegram.constants import ChatMemberStatus

from alerts.pipeline import Pipeline
from alerts.sources.channels import post_item, source_of
from alerts.sources.model import Source
from handlers.context import Siraba, SirabaContext

KINDS = ("channel_post", "edited_channel_post", "my_chat_member")


def is_of_source(update: Mapping[str, Any], sources: Iterable[Source]) -> bool:
    """Whether an update (as Telegram's JSON) comes from a channel that is a source."""
    chat = next((update[kind]["chat"] for kind in KINDS if kind in update), None)
    return chat is not None and source_of(int(chat["id"]), chat.get("username"), sources) is not None


def source_behind(update: Update, context: SirabaContext) -> Source | None:
    """The source whose channel an update comes from."""
    chat = update.effective_chat
    return source_of(chat.id, chat.username, context.siraba.sources) if chat else None


async def post(update: Update, context: SirabaContext, source: Source) -> None:
    """Read a post as an entry of its source; an edited one is an update of it."""
    message = update.effective_message
    if message is None:
        return
    item = post_item(
        source=source,
        message_id=message.message_id,
        text=message.text or message.caption or "",
        published=message.date,
        username=message.chat.username,
        outlet=_forwarded_from(message),
    )
    await _pipeline(context.siraba).take_post(source, item, now=context.siraba.clock())


async def standing(update: Update, context: SirabaContext, source: Source) -> None:
    """The bot was made an admin of the channel, or is none any more."""
    change = update.my_chat_member
    if change is None:
        return
    siraba = context.siraba
    if change.new_chat_member.status == ChatMemberStatus.ADMINISTRATOR:
        await _pipeline(siraba).channel_opened(source, now=siraba.clock())
    else:
        await _pipeline(siraba).channel_closed(source, now=siraba.clock())


def _forwarded_from(message: Message) -> str:
    origin = message.forward_origin
    return (origin.chat.title or "") if isinstance(origin, MessageOriginChannel) else ""


def _pipeline(siraba: Siraba) -> Pipeline:
    assert siraba.pipeline is not None  # noqa: S101 - placed there by bot/application.py
    return siraba.pipeline

"""How does a chat's choice become stored, and who may make it?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from telegram import Message
from telegram.constants import ChatMemberStatus

from alerts.audience.model import Chat, ChatKind
from handlers.asked import Asked
from handlers.reply import reply

IN_CHARGE = frozenset({ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR})


async def settle(asked: Asked, change: Callable[[Chat], Chat]) -> Asked:
    """Store the chat as `change` makes it from what is stored now; twice is the same as once."""

    def changed(stored: Chat | None) -> Chat:
        return change(replace(stored or asked.chat, active_at=_day(asked.now), unreachable_since=None))

    chat = await asked.siraba.store.chats.update(asked.chat.recipient, changed)
    return replace(asked, chat=chat or asked.chat, is_known=True)


async def may_choose(asked: Asked) -> bool:
    """Whether who asks may change what this chat gets; says so if not. In a group or channel only its admins may.

    Who posts in a channel is one of them; who taps a button there may be anyone, and is not answered before all.
    """
    if asked.is_private or (asked.chat.kind is ChatKind.CHANNEL and not asked.is_tap) or await _runs_the_chat(asked):
        return True
    if asked.chat.kind is ChatKind.GROUP:
        await reply(asked, asked.say("group.admins_only"))
    return False


async def _runs_the_chat(asked: Asked) -> bool:
    message = asked.message
    group = asked.chat.recipient.chat_id
    if not asked.is_tap and isinstance(message, Message) and message.sender_chat is not None:
        return message.sender_chat.id == group  # an admin who writes in the group's own name
    if asked.person is None:
        return False
    member = await asked.context.bot.get_chat_member(group, asked.person)
    return member.status in IN_CHARGE


def _day(now: datetime) -> datetime:
    """The day is enough to tell a chat that nobody uses; the hour would tell when its person is awake."""
    return datetime(now.year, now.month, now.day, tzinfo=UTC)

"""What happens when the bot is blocked, comes back, or is put into a group?"""

from dataclasses import replace

from telegram import ChatMember
from telegram.constants import ChatMemberStatus

from alerts.audience.model import Chat
from handlers.asked import Asked
from handlers.choices import settle
from handlers.lookup import road_buttons
from handlers.reply import reply

OUT = frozenset({ChatMemberStatus.BANNED, ChatMemberStatus.LEFT})


async def membership(asked: Asked) -> None:
    """Stop writing to who sent the bot away, and find their roads again when they call it back."""
    change = asked.update.my_chat_member
    if change is None:
        return
    if _is_out(change.new_chat_member):
        await asked.siraba.store.chats.update(asked.chat.recipient, lambda chat: _left(chat, asked))
    elif asked.is_known:
        await settle(asked, lambda chat: chat)
    elif not asked.is_private and _is_out(change.old_chat_member):
        await reply(asked, asked.say("group.hello"), road_buttons("c:follow"))


def _left(chat: Chat | None, asked: Asked) -> Chat | None:
    """Subscriptions stay for a while: whoever comes back finds them."""
    if chat is None:
        return None
    return replace(chat, unreachable_since=chat.unreachable_since or asked.now)


def _is_out(member: ChatMember) -> bool:
    return member.status in OUT


async def moved(asked: Asked, new_chat: int) -> None:
    """The group became a supergroup with another number: its roads go with it."""
    await asked.siraba.store.chats.move(asked.chat.recipient.chat_id, new_chat)

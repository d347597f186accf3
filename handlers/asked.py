"""Who asks, from which chat, in which words? One update, understood once for whoever answers it."""

from dataclasses import dataclass, replace
from datetime import datetime

from telegram import Message, Update
from telegram.constants import ChatType

from alerts.audience.model import Chat, ChatKind, Recipient
from alerts.desk.roles import Role, team
from alerts.wording.catalogue import LOCALES
from alerts.wording.voice import Voice
from handlers.context import Siraba, SirabaContext

KINDS = {ChatType.PRIVATE: ChatKind.PRIVATE, ChatType.CHANNEL: ChatKind.CHANNEL}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One update and the choices of its chat; `chat` is what a newcomer gets where `is_known` is False.

    `words` is what follows the command, or the button's own words, or the whole of a free text. `role` is what who
    asks may do at the desk: in private chats only, where nobody else reads along.
    """

    update: Update
    context: SirabaContext
    chat: Chat
    is_known: bool
    now: datetime
    words: str = ""
    role: Role | None = None

    @property
    def siraba(self) -> Siraba:
        """The service's parts."""
        return self.context.siraba

    @property
    def voice(self) -> Voice:
        """The chat's language."""
        return self.siraba.voices[self.chat.language]

    @property
    def message(self) -> Message | None:
        """The message that was typed, or the one whose button was tapped, if Telegram still shows it."""
        return self.update.effective_message

    @property
    def is_tap(self) -> bool:
        """Whether a button was tapped."""
        return self.update.callback_query is not None

    @property
    def is_private(self) -> bool:
        """Whether one person alone reads this chat."""
        return self.chat.kind is ChatKind.PRIVATE

    @property
    def person(self) -> int | None:
        """The numeric id of who asks; None in a channel."""
        user = self.update.effective_user
        return user.id if user else None

    @property
    def is_admin(self) -> bool:
        """Whether an admin of the service asks, where nobody else reads along."""
        return self.may(Role.ADMIN)

    def may(self, least: Role) -> bool:
        """Whether who asks may do at the desk what `least` is needed for."""
        return self.role is not None and self.role.may(least)

    @property
    def member(self) -> int:
        """The numeric id of somebody of the desk; the router has seen to it that one asks."""
        assert self.person is not None  # noqa: S101 - as it says
        return self.person

    def with_words(self, words: str) -> "Asked":
        """The same update, asking something else."""
        return replace(self, words=words.strip())

    def say(self, key: str, /, **facts: object) -> str:
        """The sentence of `key` in the chat's language."""
        return self.voice.say(key, **facts)


async def understand(update: Update, context: SirabaContext) -> Asked | None:
    """Read the chat's choices; None for an update that belongs to no chat. Nothing is stored."""
    recipient = recipient_of(update)
    if recipient is None or update.effective_chat is None:
        return None
    stored = await context.siraba.store.chats.find(recipient)
    kind = KINDS.get(ChatType(update.effective_chat.type), ChatKind.GROUP)
    user = update.effective_user
    language = language_for(user.language_code if user else None, otherwise=context.siraba.language)
    return Asked(
        update=update,
        context=context,
        chat=stored or newcomer(recipient, kind=kind, language=language),
        is_known=stored is not None,
        now=context.siraba.clock(),
        role=await _role_of(user.id, context) if user and kind is ChatKind.PRIVATE else None,
    )


async def _role_of(person: int, context: SirabaContext) -> Role | None:
    siraba = context.siraba
    return team(siraba.admin_ids, await siraba.store.desk.roles()).get(person)


def recipient_of(update: Update) -> Recipient | None:
    """The chat of an update, and its topic where it was written in one."""
    if update.effective_chat is None:
        return None
    message = update.effective_message
    thread = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
    return Recipient(update.effective_chat.id, thread)


def newcomer(recipient: Recipient, *, kind: ChatKind, language: str) -> Chat:
    """What holds for a chat that has chosen nothing: short mode where one person's phone may be searched."""
    private = kind is ChatKind.PRIVATE
    return Chat(
        recipient=recipient, kind=kind, language=language, short=private, delete_after_hours=12 if private else 0
    )


def language_for(code: str | None, *, otherwise: str) -> str:
    """Our language for Telegram's code ("en-GB" is "en"), `otherwise` where we don't speak it."""
    spoken = (code or "").partition("-")[0].lower()
    return spoken if spoken in LOCALES else otherwise

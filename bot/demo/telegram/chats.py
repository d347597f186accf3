"""Which chats does the stand-in know, who is in them, and what stands there now?"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from bot.demo.telegram.errors import ApiError, bad_request, refusal
from bot.demo.telegram.parameters import Json

BOT_CAN_POST = frozenset({"member", "administrator", "creator"})


class Kind(StrEnum):
    """What Telegram calls a chat's type."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


def kind_of(chat_id: int) -> Kind:
    """Return what an unknown chat most likely is: people have positive ids."""
    return Kind.PRIVATE if chat_id > 0 else Kind.SUPERGROUP


@dataclass(slots=True, kw_only=True)
class Message:
    """One message: what the Bot API shows of it, and what only its reader's phone knows."""

    payload: Json
    from_bot: bool
    silent: bool = False
    protected: bool = False
    edited: bool = False
    deleted: bool = False

    @property
    def id(self) -> int:
        """Its number in its chat."""
        return int(self.payload["message_id"])

    @property
    def text(self) -> str:
        """Text or caption."""
        return str(self.payload.get("text") or self.payload.get("caption") or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of the bot that named a chat; `at` is seconds since the stand-in started."""

    at: float
    method: str
    code: int
    message_id: int | None = None
    text: str = ""
    description: str = ""
    paid: bool = False


@dataclass(slots=True, kw_only=True)
class Chat:
    """A chat as the stand-in keeps it. `bot_status` is a ChatMember status, or "deleted" for a group that is gone."""

    id: int
    kind: Kind
    title: str = ""
    username: str = ""
    bot_status: str = "member"
    forum: bool = False
    migrated_to: int | None = None
    threads: set[int] = field(default_factory=set)
    members: dict[int, str] = field(default_factory=dict)
    users: dict[int, Json] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    last_message_id: int = 0

    def payload(self) -> Json:
        """Return the Bot API's Chat object."""
        described: Json = {"id": self.id, "type": self.kind.value}
        if self.kind is Kind.PRIVATE:
            return described | {"first_name": self.title or f"Person {self.id}"}
        described |= {"title": self.title or f"Chat {self.id}"}
        if self.username:
            described["username"] = self.username
        return described | {"is_forum": True} if self.forum else described

    def next_message_id(self) -> int:
        """Return the number of the next message; each chat counts for itself."""
        self.last_message_id += 1
        return self.last_message_id

    def visible(self) -> Iterator[Message]:
        """Yield what a person who opens the chat sees, oldest first."""
        return (message for message in self.messages.values() if not message.deleted)

    def find(self, message_id: int) -> Message | None:
        """Return a message that stands there now."""
        message = self.messages.get(message_id)
        return None if message is None or message.deleted else message

    def check_bot_may_post(self) -> None:
        """Refuse what a bot may not do here.

        Raises:
            ApiError: 400 after a migration, 403 where the bot was blocked, removed or is not a member.
        """
        if self.migrated_to is not None:
            raise refusal("migrated", migrate_to_chat_id=self.migrated_to)
        if self.bot_status not in BOT_CAN_POST:
            raise self._turned_away()

    def check_thread(self, thread: int) -> None:
        """Refuse a topic that is not here; 0 is the chat itself.

        Raises:
            ApiError: 400, message thread not found.
        """
        if thread and thread not in self.threads:
            raise refusal("thread_not_found")

    def _turned_away(self) -> ApiError:
        if self.bot_status == "deleted":
            return refusal("group_deleted")
        if self.kind is Kind.PRIVATE:
            return refusal("blocked")
        return refusal(f"{'left' if self.bot_status == 'left' else 'kicked'}_{self.kind}")


class Chats:
    """Every known chat; one that nobody opened or wrote in is unknown, as at Telegram."""

    def __init__(self) -> None:
        self._chats: dict[int, Chat] = {}

    def __iter__(self) -> Iterator[Chat]:
        return iter(self._chats.values())

    def open(self, chat_id: int, kind: str | None = None) -> Chat:
        """Return the chat, made known if it was not."""
        if chat_id not in self._chats:
            self._chats[chat_id] = Chat(id=chat_id, kind=Kind(kind) if kind else kind_of(chat_id))
        return self._chats[chat_id]

    def known(self, chat_id: int) -> Chat | None:
        """Return the chat if it is known."""
        return self._chats.get(chat_id)

    def named(self, asked: str) -> Chat:
        """Return the chat that a call names, by number or @username.

        Raises:
            ApiError: 400, no chat was named or it is unknown.
        """
        if not asked:
            raise bad_request("chat_id is empty")
        found = self._by_username(asked[1:]) if asked.startswith("@") else self._chats.get(_number(asked))
        if found is None:
            raise refusal("chat_not_found")
        return found

    def _by_username(self, username: str) -> Chat | None:
        return next((chat for chat in self if chat.username and chat.username == username), None)


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        return 0

"""Who listens, to what, and how they want to be told. A chat id and choices: nothing else about a person."""

from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from alerts.geography.model import Area


class Level(StrEnum):
    """How sure news must be for this subscription."""

    ALL = "all"
    PROBABLE = "probable"
    CONFIRMED = "confirmed"


class Topic(StrEnum):
    """What kind of news."""

    SECURITY = "security"
    ROAD = "road"
    FUEL = "fuel"


ALL_TOPICS = frozenset(Topic)


class Loudness(StrEnum):
    """How grave news must be to sound by day. What is critical always is."""

    ALL = "all"
    GRAVE = "grave"
    CRITICAL = "critical"


class Occasion(StrEnum):
    """What a chat is told by the clock rather than by an event."""

    WAKE = "wake"
    BRIEF = "brief"
    FUEL = "fuel"
    BLIND = "blind"
    SIGHT = "sight"


class ChatKind(StrEnum):
    """What sort of chat Telegram says it is."""

    PRIVATE = "private"
    GROUP = "group"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where a message goes: a chat, and a topic of it where there is one."""

    chat_id: int
    thread_id: int | None = None

    @property
    def key(self) -> str:
        """Text form: "123" or "123:45"."""
        return str(self.chat_id) if self.thread_id is None else f"{self.chat_id}:{self.thread_id}"

    @classmethod
    def parse(cls, key: str) -> "Recipient":
        """Read `key` back."""
        chat, _, thread = key.partition(":")
        return cls(int(chat), int(thread) if thread else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One followed area; `until` None is for good."""

    area: Area
    level: Level = Level.PROBABLE
    topics: frozenset[Topic] = ALL_TOPICS
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """A time of the chat's own day: each day, or on one `weekday` (0 is Monday)."""

    hour: int
    minute: int = 0
    weekday: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A chat's choices. `silent_from` and `silent_to` are local times between which only critical news sounds.

    `delete_after_hours` is 0 where messages stay. `unreachable_since` is set when Telegram refused it. Between
    `muted_from` and `muted_until` it hears nothing but critical news, and not even that where `critical_through` is
    False; of the incidents in `hushed` it wants their end alone. `zone` is its own, the instance's unless set.
    """

    recipient: Recipient
    kind: ChatKind
    language: str
    short: bool
    subscriptions: tuple[Subscription, ...] = ()
    delete_after_hours: int = 12
    silent_from: time = time(22)
    silent_to: time = time(5)
    muted_until: datetime | None = None
    active_at: datetime | None = None
    unreachable_since: datetime | None = None
    wants_exercises: bool = False
    muted_from: datetime | None = None
    critical_through: bool = True
    loudness: Loudness = Loudness.ALL
    hushed: tuple[str, ...] = ()
    brief_at: Timetable | None = None
    fuel_at: Timetable | None = None
    zone: str | None = None

"""What is the stand-in made of? Everything it remembers, in one place that a reset replaces."""

import random
from dataclasses import dataclass, field

from bot.demo.telegram.bell import Bell
from bot.demo.telegram.chats import Call, Chat, Chats, Message
from bot.demo.telegram.clock import Clock
from bot.demo.telegram.faults import Faults
from bot.demo.telegram.ledger import Ledger
from bot.demo.telegram.limits import Flood, Limits
from bot.demo.telegram.parameters import Json, Upload
from bot.demo.telegram.updates import UpdateQueue

BOT_USERNAME = "siraba_demo_bot"


@dataclass(slots=True, kw_only=True)
class Profile:
    """What the bot says of itself; commands by scope and language."""

    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass(slots=True)
class Tap:
    """A button that a person tapped, and the bot's answer to it."""

    chat_id: int
    answer: Json | None = None


class State:
    """One bot's Telegram. `seed` decides every accident; updates count on from `first_update_id`, if one is given."""

    def __init__(self, token: str, seed: int, first_update_id: int | None = None) -> None:
        self.token = token
        self.seed = seed
        self.clock = Clock()
        self.started = self.clock.seconds()
        self.chats = Chats()
        self.updates = UpdateQueue(first_update_id or random.Random(seed).randrange(1000, 1_000_000))
        self.flood = Flood(Limits())
        self.faults = Faults(seed)
        self.ledger = Ledger()
        self.profile = Profile()
        self.taps: dict[str, Tap] = {}
        self.files: dict[str, Upload] = {}
        self.changes = Bell()

    def bot_user(self) -> Json:
        """Return the bot as a User object."""
        identity = int(self.token.partition(":")[0])
        return {"id": identity, "is_bot": True, "first_name": "Siraba", "username": BOT_USERNAME}

    def keep(self, chat: Chat, message: Message) -> None:
        """Put a message into its chat."""
        chat.messages[message.id] = message
        self.changes.ring()

    def record(self, chat: Chat | None, call: Call) -> None:
        """Note a call and what it was answered."""
        self.ledger.answered(call.method, call.code)
        if chat is not None:
            chat.calls.append(call)
        self.changes.ring()

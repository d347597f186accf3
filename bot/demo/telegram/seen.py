"""What does a test see of the stand-in? Plain values, read from what its control API tells."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button of an inline keyboard."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A picture or document; `file_id` is what `Telegram.file` takes, `size` is in bytes."""

    kind: str
    file_id: str
    size: int
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMessage:
    """A message as it stands in a chat now. `text` is text or caption without markup, `raw` the Bot API's object."""

    chat: int
    message_id: int
    text: str
    date: datetime
    from_bot: bool
    edited: bool
    disable_notification: bool
    protect_content: bool
    reply_to: int | None
    thread: int | None
    buttons: tuple[tuple[Button, ...], ...]
    media: Media | None
    raw: dict[str, Any]

    @property
    def button_texts(self) -> list[str]:
        """What its buttons say, row after row."""
        return [button.text for row in self.buttons for button in row]

    @classmethod
    def read(cls, shown: dict[str, Any]) -> Self:
        """Read what the control API shows."""
        raw = shown["payload"]
        return cls(
            chat=raw["chat"]["id"],
            message_id=raw["message_id"],
            text=raw.get("text") or raw.get("caption") or "",
            date=datetime.fromtimestamp(raw["date"], UTC),
            from_bot=shown["from_bot"],
            edited=shown["edited"],
            disable_notification=shown["silent"],
            protect_content=shown["protected"],
            reply_to=raw.get("reply_to_message", {}).get("message_id"),
            thread=raw.get("message_thread_id"),
            buttons=_buttons(raw),
            media=_media(raw),
            raw=raw,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call of the bot that named a chat.

    `at` is seconds since the stand-in started; `code` 0 means that it was cut off before it had an effect.
    """

    at: float
    method: str
    code: int
    message_id: int | None
    text: str
    description: str
    paid: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a tap was answered: a notice at the top of the chat, or a pop-up if `show_alert`."""

    text: str
    show_alert: bool
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counters:
    """Totals. `calls` by method and status; `sends` that now or once stood in a chat, by chat and text.

    `faults` counts scripted ones by kind. Lockouts are in seconds; `at` is when this was told, in seconds since the
    stand-in started.
    """

    at: float
    calls: Counter[tuple[str, int]]
    sends: Counter[tuple[int, str]]
    faults: Counter[str]
    longest_lockout: float
    refused_in_lockout: int

    @classmethod
    def read(cls, told: dict[str, Any]) -> Self:
        """Read what the control API tells."""
        return cls(
            at=told["at"],
            calls=Counter({(method, code): count for method, code, count in told["calls"]}),
            sends=Counter({(chat, text): count for chat, text, count in told["sends"]}),
            faults=Counter(told["faults"]),
            longest_lockout=told["longest_lockout"],
            refused_in_lockout=told["refused_in_lockout"],
        )

    @property
    def statuses(self) -> Counter[int]:
        """Calls by status."""
        return sum((Counter({code: count}) for (_, code), count in self.calls.items()), Counter())

    @property
    def repeated(self) -> dict[tuple[int, str], int]:
        """Chats and texts that got the same more than once."""
        return {key: count for key, count in self.sends.items() if count > 1}


def _buttons(raw: dict[str, Any]) -> tuple[tuple[Button, ...], ...]:
    rows = raw.get("reply_markup", {}).get("inline_keyboard", [])
    return tuple(
        tuple(Button(text=it["text"], data=it.get("callback_data"), url=it.get("url")) for it in row) for row in rows
    )


def _media(raw: dict[str, Any]) -> Media | None:
    if "photo" in raw:
        photo = raw["photo"][-1]
        return Media(kind="photo", file_id=photo["file_id"], size=photo["file_size"])
    if "document" in raw:
        file = raw["document"]
        return Media(kind="document", file_id=file["file_id"], size=file["file_size"], name=file["file_name"])
    return None

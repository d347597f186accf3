"""What does one chat read when its turn comes?

The words depend on the alert, on language and mode, on whether the chat knows of it, and on the minute: worded once,
they serve every chat alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from alerts.audience.matching import sounds
from alerts.audience.model import Chat, ChatKind, Recipient
from alerts.delivery.model import Alert, MsgType, Outgoing, Scope
from alerts.incidents.kinds import rank
from alerts.incidents.model import ChangeKind
from alerts.wording.voice import Voices

_Said = tuple[str, int]
"""A text, and how many of its alerts it holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An alert for a chat, and the chat's last message about the same incident."""

    alert: Alert
    earlier: int | None = None


class Composer:
    """Words alerts for chats."""

    def __init__(self, voices: Voices, *, timezone: ZoneInfo, language: str) -> None:
        self._voices = voices
        self._timezone = timezone
        self._language = language
        self._minute: datetime | None = None
        self._said: dict[tuple[object, ...], _Said] = {}

    def message(self, items: Sequence[Item], chat: Chat, *, now: datetime) -> tuple[Outgoing, int]:
        """One message for all `items`, the gravest first, and how many of them it has room for.

        A small change alone takes the place of the message that is there; anything else is a message of its own.
        """
        alerts = [_as_known(item) for item in items]
        text, room = self._words(alerts, chat.language, short=chat.short, now=now)
        earlier = next((item.earlier for item in items if item.earlier is not None), None)
        edits = earlier if len(items) == 1 and items[0].alert.change is ChangeKind.DETAIL else None
        outgoing = Outgoing(
            recipient=chat.recipient,
            text=text,
            sounds=any(sounds(chat, one.decision, now=now, timezone=self._timezone) for one in alerts[:room]),
            protected=chat.short,
            reply_to=None if edits else earlier,
            edits=edits,
        )
        return outgoing, room

    def card(self, alert: Alert, chat: Chat | None, admin: Recipient, *, now: datetime) -> Outgoing:
        """What the desk reads."""
        voice = self._voices[chat.language if chat else self._language]
        return Outgoing(recipient=admin, text=voice.card(alert, now=now), sounds=alert.decision.sounds)

    def _words(self, alerts: Sequence[Alert], language: str, *, short: bool, now: datetime) -> _Said:
        minute = now.replace(second=0, microsecond=0)
        if minute != self._minute:
            self._minute = minute
            self._said.clear()
        key = (language, short, *((alert.id, alert.msg_type) for alert in alerts))
        if key not in self._said:
            self._said[key] = self._voices[language].alerts(alerts, short=short, now=now)
        return self._said[key]


def gravest_first(items: Sequence[Item]) -> list[Item]:
    """In the order a reader must see them."""
    return sorted(
        items, key=lambda one: (one.alert.decision.lane, -rank(one.alert.incident.severity), one.alert.created_at)
    )


def joins(alert: Alert) -> bool:
    """Whether it may share a message: news for readers. A correction answers what it corrects, a detail edits it."""
    return alert.decision.scope in {Scope.CONCERNED, Scope.ALL_REPORTS} and alert.msg_type is not MsgType.CANCEL


def delete_at(chat: Chat | None, now: datetime) -> datetime | None:
    """When a copy must go: in short mode, private chats only, after the hours the person chose."""
    if chat is None or not chat.short or chat.kind is not ChatKind.PRIVATE or not chat.delete_after_hours:
        return None
    return now + timedelta(hours=chat.delete_after_hours)


def _as_known(item: Item) -> Alert:
    """An update is the first word to a chat that never heard of it; an end is an end."""
    alert = item.alert
    if item.earlier is None and alert.msg_type is MsgType.UPDATE and alert.change is not ChangeKind.LIFTED:
        return replace(alert, msg_type=MsgType.ALERT)
    return alert

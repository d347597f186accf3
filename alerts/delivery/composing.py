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
from alerts.delivery.model import Alert, Button, MsgType, Outgoing, Scope
from alerts.delivery.silence import still_sounds
from alerts.incidents.kinds import rank
from alerts.incidents.model import ChangeKind
from alerts.store.silences import Silence
from alerts.wording.alert import Bundle
from alerts.wording.voice import Voice, Voices


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An alert for a chat, and the chat's last message about the same incident; `missed` when it is only named."""

    alert: Alert
    earlier: int | None = None
    missed: bool = False


class Composer:
    """Words alerts for chats."""

    def __init__(self, voices: Voices, *, timezone: ZoneInfo, language: str) -> None:
        self._voices = voices
        self._timezone = timezone
        self._language = language
        self._minute: datetime | None = None
        self._said: dict[tuple[object, ...], tuple[str, int]] = {}

    def message(
        self, items: Sequence[Item], chat: Chat, *, silence: Silence | None = None, now: datetime
    ) -> tuple[Outgoing, Sequence[Item]]:
        """One message, and which of `items` it tells: the gravest first, and whole ones, as many as there is room for.

        A small change alone takes the place of the message that is there; anything else is a message of its own.
        """
        items = sorted(items, key=_gravity)
        text, room = self._words([_as_known(item) for item in items], chat, silence, now)
        told = items[:room]
        earlier = next((item.earlier for item in told if item.earlier is not None), None)
        edits = earlier if len(told) == 1 and told[0].alert.change is ChangeKind.DETAIL else None
        outgoing = Outgoing(
            recipient=chat.recipient,
            text=text,
            sounds=any(self._sounds(item, chat, silence, now) for item in told),
            protected=chat.short,
            reply_to=None if edits else earlier,
            edits=edits,
            buttons=self._buttons(told, chat),
        )
        return outgoing, told

    def card(self, alert: Alert, chat: Chat | None, admin: Recipient, *, now: datetime) -> Outgoing:
        """What the desk reads."""
        voice = self._voices[chat.language if chat else self._language]
        return Outgoing(
            recipient=admin,
            text=voice.card(alert, now=now),
            sounds=alert.decision.sounds,
            buttons=_as_buttons(voice.card_buttons(alert.incident)),
        )

    def copy_buttons(self, told: Sequence[Item], chat: Chat) -> tuple[tuple[Button, ...], ...]:
        """What stands under the copy of somebody of the desk: a row for each incident; a pump has none."""
        voice = self._voices[chat.language]
        incidents = [item.alert.incident for item in told if item.alert.pump is None]
        return _as_buttons([row for incident in incidents for row in voice.copy_buttons(incident)])

    def _buttons(self, told: Sequence[Item], chat: Chat) -> tuple[tuple[Button, ...], ...]:
        voice = self._voices[chat.language]
        if len(told) == 1 and not told[0].missed and told[0].alert.pump is None:
            return voice.alert_buttons(told[0].alert.incident, chat)
        return voice.bundle_buttons(chat)

    def _sounds(self, item: Item, chat: Chat, silence: Silence | None, now: datetime) -> bool:
        if item.missed or (silence is not None and not still_sounds(item.alert, now)):
            return False
        return sounds(chat, item.alert.decision, now=now, timezone=self._timezone)

    def _words(self, items: Sequence[Item], chat: Chat, silence: Silence | None, now: datetime) -> tuple[str, int]:
        """The words, and how many items they tell."""
        minute = now.replace(second=0, microsecond=0)
        if minute != self._minute:
            self._minute = minute
            self._said.clear()
        told = ((item.alert.id, item.alert.msg_type, item.missed) for item in items)
        key = (chat.language, chat.short, silence, *told)
        if key not in self._said:
            self._said[key] = _say(self._voices[chat.language], items, silence, short=chat.short, now=now)
        return self._said[key]


def _as_buttons(rows: Sequence[Sequence[tuple[str, str]]]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(Button(label=label, data=data) for label, data in row) for row in rows)


def _say(
    voice: Voice, items: Sequence[Item], silence: Silence | None, *, short: bool, now: datetime
) -> tuple[str, int]:
    if len(items) == 1 and silence is None:
        return voice.alert(items[0].alert, short=short, now=now), 1
    for room in range(len(items), 0, -1):
        bundle = Bundle(
            alerts=tuple(item.alert for item in items[:room] if not item.missed),
            missed=tuple(item.alert.incident for item in items[:room] if item.missed),
            left=len(items) - room,
            cut_off=(silence.since, silence.until) if silence else None,
        )
        if text := voice.bundle(bundle, short=short, now=now):
            return text, room
    return voice.alert(items[0].alert, short=short, now=now), 1


def _gravity(item: Item) -> tuple[bool, int, int, datetime]:
    """In the order a reader must see them."""
    alert = item.alert
    return item.missed, alert.decision.lane, -rank(alert.incident.severity), alert.created_at


def joins(alert: Alert) -> bool:
    """Whether it may share a message: news for readers. A correction answers what it corrects, a detail edits it."""
    return alert.decision.scope in {Scope.CONCERNED, Scope.ALL_REPORTS} and alert.msg_type is not MsgType.CANCEL


def delete_at(chat: Chat | None, now: datetime) -> datetime | None:
    """When a copy must go: in short mode, private chats only, after the hours the person chose."""
    if chat is None or not chat.short or chat.kind is not ChatKind.PRIVATE or not chat.delete_after_hours:
        return None
    return now + timedelta(hours=chat.delete_after_hours)


def _as_known(item: Item) -> Item:
    """An update is the first word to a chat that never heard of it; an end is an end."""
    alert = item.alert
    if item.earlier is None and alert.msg_type is MsgType.UPDATE and alert.change is not ChangeKind.LIFTED:
        return replace(item, alert=replace(alert, msg_type=MsgType.ALERT))
    return item

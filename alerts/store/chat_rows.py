"""How are a chat's choices written down in few bytes? A hundred thousand chats stand in Redis.

A row is JSON with one-letter names; what is as usual is left out, moments are whole seconds. The recipient is not in
it: the row stands under its key.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, time
from functools import lru_cache
from typing import Any, Final

from alerts.audience.model import (
    ALL_TOPICS,
    Chat,
    ChatKind,
    Level,
    Loudness,
    Recipient,
    Subscription,
    Timetable,
    Topic,
)
from alerts.geography.model import Area
from alerts.store.codec import UnreadableValueError

_KINDS: Final = {"p": ChatKind.PRIVATE, "g": ChatKind.GROUP, "c": ChatKind.CHANNEL}
_LEVELS: Final = {"a": Level.ALL, "p": Level.PROBABLE, "c": Level.CONFIRMED}
_TOPICS: Final = {"s": Topic.SECURITY, "r": Topic.ROAD, "f": Topic.FUEL}
_LOUDNESS: Final = {"g": Loudness.GRAVE, "c": Loudness.CRITICAL}
_LOUD: Final = {loudness: letter for letter, loudness in _LOUDNESS.items()}
_LETTERS: Final[Mapping[str, str]] = {
    word: letter for table in (_KINDS, _LEVELS, _TOPICS) for letter, word in table.items()
}
_HOURS: Final = 12
_FROM, _TO = time(22), time(5)


def dump(chat: Chat) -> str:
    """The row of `chat`."""
    quiet = (
        f"{chat.silent_from:%H%M}{chat.silent_to:%H%M}" if (chat.silent_from, chat.silent_to) != (_FROM, _TO) else ""
    )
    row = {
        "k": _LETTERS[chat.kind],
        "l": chat.language,
        "s": int(chat.short),
        "f": [_written(one) for one in chat.subscriptions],
        "h": None if chat.delete_after_hours == _HOURS else chat.delete_after_hours,
        "q": quiet,
        "m": _seconds(chat.muted_until),
        "a": _seconds(chat.active_at),
        "u": _seconds(chat.unreachable_since),
        "e": int(chat.wants_exercises),
        "n": _seconds(chat.muted_from),
        "c": int(not chat.critical_through),
        "d": "" if chat.loudness is Loudness.ALL else _LOUD[chat.loudness],
        "x": chat.hushed,
        "b": _table(chat.brief_at),
        "g": _table(chat.fuel_at),
        "z": chat.zone,
    }
    kept = {name: value for name, value in row.items() if value or (name == "h" and value is not None)}
    return json.dumps(kept, separators=(",", ":"), ensure_ascii=False)


def load(recipient: str, row: str) -> Chat:
    """The chat that `dump` wrote down.

    Raises:
        UnreadableValueError: it is no row; the text says nothing of what stands there, which may be someone's road.
    """
    try:
        return _read(recipient, json.loads(row))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        wrong = type(error).__name__
    raise UnreadableValueError(f"a stored chat can't be read: {wrong}")


def _read(recipient: str, row: Mapping[str, Any]) -> Chat:
    quiet = row.get("q")
    return Chat(
        recipient=Recipient.parse(recipient),
        kind=_KINDS[row["k"]],
        language=row["l"],
        short=bool(row.get("s")),
        subscriptions=tuple(map(_subscription, row.get("f", ()))),
        delete_after_hours=row.get("h", _HOURS),
        silent_from=_hour(quiet[:4]) if quiet else _FROM,
        silent_to=_hour(quiet[4:]) if quiet else _TO,
        muted_until=_moment(row.get("m")),
        active_at=_moment(row.get("a")),
        unreachable_since=_moment(row.get("u")),
        wants_exercises=bool(row.get("e")),
        muted_from=_moment(row.get("n")),
        critical_through=not row.get("c"),
        loudness=_LOUDNESS[row["d"]] if "d" in row else Loudness.ALL,
        hushed=tuple(row.get("x", ())),
        brief_at=_timetable(row.get("b")),
        fuel_at=_timetable(row.get("g")),
        zone=row.get("z"),
    )


def _written(one: Subscription) -> str | list[str | int]:
    """The area alone, or with level, topics and end where one of them is not as usual."""
    if one.level is Level.PROBABLE and one.topics == ALL_TOPICS and one.until is None:
        return one.area.key
    topics = "".join(sorted(_LETTERS[topic] for topic in one.topics))
    return [one.area.key, _LETTERS[one.level], topics, _seconds(one.until) or 0]


@lru_cache(maxsize=8192)
def _plain(key: str) -> Subscription:
    """Most subscriptions are alike, and values may be shared."""
    return Subscription(area=Area.parse(key))


def _subscription(row: str | list[Any]) -> Subscription:
    if isinstance(row, str):
        return _plain(row)
    key, level, topics, until = row
    return Subscription(
        area=Area.parse(key),
        level=_LEVELS[level],
        topics=frozenset(_TOPICS[topic] for topic in topics),
        until=_moment(until),
    )


def _table(one: Timetable | None) -> list[int] | None:
    """Hour, minute, and the weekday where there is one."""
    if one is None:
        return None
    return [one.hour, one.minute, *([] if one.weekday is None else [one.weekday])]


def _timetable(row: list[int] | None) -> Timetable | None:
    if not row:
        return None
    hour, minute, *weekday = row
    return Timetable(hour=hour, minute=minute, weekday=weekday[0] if weekday else None)


def _hour(text: str) -> time:
    return time(int(text[:2]), int(text[2:]))


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


def _moment(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, tz=UTC) if seconds else None

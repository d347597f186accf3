"""At which time of its own day does a chat want something: "6h", "every Monday at 7", "22h-5h"?"""

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta, tzinfo
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from alerts.audience.model import Chat, Timetable
from alerts.audience.trips import weekday_named
from alerts.errors import DataError
from alerts.geography.spelling import fold

ZONES = ("Africa/Bamako", "Africa/Niamey", "Europe/Paris")
"""One for each hour that readers of Mali's roads live by: Dakar and Abidjan share Bamako's, Algiers Niamey's."""

_WEEK = timedelta(days=7)
_HOUR = r"(?P<hour>\d{1,2})(?: ?(?:heures?|hours?|h) ?(?P<minute>\d{2})?| (?P<colon>\d{2}))?"
_SPAN = re.compile(r"(?P<from>\d{1,2}(?: ?h ?\d{2}| ?h| \d{2})?) (?P<to>\d{1,2}(?: ?h ?\d{2}| ?h| \d{2})?)")


def zone_of(chat: Chat, otherwise: tzinfo) -> tzinfo:
    """The chat's own time zone, else the instance's."""
    return ZoneInfo(chat.zone) if chat.zone in ZONES else otherwise


def read_timetable(text: str) -> Timetable | None:
    """What "6h", "chaque jour à 6 h 30", "lundi 7h" or "every Monday at 7:00" means; None where it is no such time."""
    words = [word for word in fold(text.replace(":", " ")).split() if word not in _words()["fillers"]]
    days = [(word, day) for word in words if (day := weekday_named(word)) is not None]
    rest = " ".join(word for word in words if word not in dict(days))
    match = re.fullmatch(_HOUR, rest)
    if match is None or len(days) > 1:
        return None
    moment = _time(match["hour"], match["minute"] or match["colon"])
    if moment is None:
        return None
    return Timetable(hour=moment.hour, minute=moment.minute, weekday=days[0][1] if days else None)


def read_span(text: str) -> tuple[time, time] | None:
    """What "22-5", "22h à 5h" or "from 22:00 to 05:30" means; None where it is no such span."""
    words = [word for word in fold(text.replace(":", "h")).split() if word not in _words()["fillers"]]
    match = _SPAN.fullmatch(" ".join(words))
    if match is None:
        return None
    ends = [_time(*re.findall(r"\d{1,2}", match[side])) for side in ("from", "to")]
    return None if ends[0] is None or ends[1] is None else (ends[0], ends[1])


def next_time(timetable: Timetable, *, after: datetime, zone: tzinfo) -> datetime:
    """The first such time later than `after`, in UTC; however many were missed, there is one next."""
    local = after.astimezone(zone)
    days = timedelta(days=0 if timetable.weekday is None else (timetable.weekday - local.weekday()) % 7)
    at = datetime.combine(local.date() + days, time_of(timetable), zone)
    if at <= after:
        at += timedelta(days=1) if timetable.weekday is None else _WEEK
    return at.astimezone(UTC)


def time_of(timetable: Timetable) -> time:
    """The hour alone."""
    return time(timetable.hour, timetable.minute)


def _time(hour: str, minute: str | None = None) -> time | None:
    """24 h is the midnight that ends a day."""
    try:
        return time(int(hour) % 24 if hour == "24" else int(hour), int(minute or 0))
    except ValueError:
        return None


@cache
def _words() -> Mapping[str, frozenset[str]]:
    text = files("alerts.audience").joinpath("data/hours.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    if set(tables) != {"fillers"}:
        raise DataError("hours.toml must hold fillers")
    return {name: frozenset(words) for name, words in tables.items()}

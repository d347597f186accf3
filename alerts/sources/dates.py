"""When was an entry published, if it says so credibly?

The Internet's usual forms are read by feedparser; the ones French-speaking sites write by hand are read here.
A date that can't be true is no date: an old report must not pass for a new one, nor the reverse.
"""

import calendar
import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from time import struct_time

FARTHEST_AHEAD = timedelta(hours=24)
# No feed is older than this: an earlier date is an unset clock.
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january",
            "fevrier fevr fev feb february",
            "mars mar march",
            "avril avr apr april",
            "mai may",
            "juin jun june",
            "juillet juil jul july",
            "aout aou aug august",
            "septembre sept sep september",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_BY_HAND = re.compile(
    r"(?P<day>\d{1,2})(?:er)?\s+(?P<month>[a-z]+)\.?,?\s+(?P<year>\d{4})\b"
    r"(?:\D{0,5}?(?P<hour>\d{1,2})\s?[h:]\s?(?P<minute>\d{2})?(?::(?P<second>\d{2}))?)?"
    r"\s*(?P<zone>[+-]\d{2}:?\d{2})?"
)


def published(candidates: list[tuple[str, struct_time | None]], *, now: datetime) -> datetime | None:
    """The first readable of an entry's dates (its text, and what feedparser made of it), as aware UTC.

    None if none is readable, or if it lies before any feed or more than a day after `now`.
    """
    for text, parsed in candidates:
        moment = from_struct(parsed) or by_hand(text) or from_iso(text)
        if moment is not None:
            return moment if EARLIEST <= moment <= now + FARTHEST_AHEAD else None
    return None


def from_struct(parsed: struct_time | None) -> datetime | None:
    """A date as feedparser gives it, in UTC."""
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def from_iso(text: str) -> datetime | None:
    """An ISO 8601 date; without a zone it is UTC, which is also Mali's time."""
    try:
        moment = datetime.fromisoformat(text.strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def by_hand(text: str) -> datetime | None:
    """A date with a month in words, French or English: "lun., 06 oct. 2025 14:00", "6 octobre 2025 à 14h05".

    Without an offset the time is UTC, which is also Mali's time.
    """
    found = _BY_HAND.search(_folded(text))
    if found is None or (month := _MONTHS.get(found["month"])) is None:
        return None
    zone = _offset(found["zone"])
    try:
        moment = datetime(
            int(found["year"]),
            month,
            int(found["day"]),
            int(found["hour"] or 0),
            int(found["minute"] or 0),
            int(found["second"] or 0),
            tzinfo=zone,
        )
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _offset(zone: str | None) -> timezone:
    if not zone:
        return UTC
    digits = zone.replace(":", "")
    offset = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5]))
    return timezone(-offset if zone.startswith("-") else offset) if offset < timedelta(hours=24) else UTC


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text[:100].casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))

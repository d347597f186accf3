"""Which day does a line of the desk name? One that was written and not understood must never become today."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from alerts.desk.words import desk_words
from alerts.incidents.words import fold
from alerts.reading.days import days_in
from alerts.reading.model import Item
from alerts.reading.text import prepare

_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_FIGURES = re.compile(
    r"(?<![\w/.-])(?<!rn )(?P<day>\d{1,2})(?P<mark>[/-])(?P<month>\d{1,2})"
    r"(?:(?P=mark)(?P<year>20\d\d|\d\d))?(?![\w/+-])"
)
_HALF_A_YEAR = timedelta(days=183)
_CENTURY = 2000


def written(text: str) -> date | None:
    """The first "2025-10-05" that is a day."""
    found = _DATE.search(text)
    return _valid(*map(int, found.groups())) if found else None


def day_named(text: str, *, now: datetime, today: date) -> date | None:
    """The first day named in figures ("15/11", "15-11") or words; of several one that has come."""
    days = [*_in_figures(text, today), *_in_words(text, now)]
    return next((day for day in days if day <= today), days[0] if days else None)


def has_unread_day(text: str) -> bool:
    """Whether something in `text` looks like a day; to be asked where none was read."""
    folded = fold(text)
    return any(_figures(folded)) or desk_words().unread_days.search(folded) is not None


def _in_figures(text: str, today: date) -> Iterator[date]:
    return (day for found in _figures(fold(text)) if (day := _nearest(found, today)))


def _figures(folded: str) -> Iterator[re.Match[str]]:
    """Each day with its month; "2-3 camions" counts, and is no day."""
    counted = desk_words().counted
    return (found for found in _FIGURES.finditer(folded) if not counted.match(folded, found.end()))


def _nearest(found: re.Match[str], today: date) -> date | None:
    """Without a year the nearest such day is meant."""
    day, month, year = int(found["day"]), int(found["month"]), found["year"]
    if year:
        return _valid(int(year) if len(year) == len("2025") else _CENTURY + int(year), month, day)
    near = [_valid(today.year + further, month, day) for further in (0, -1, 1)]
    return next((one for one in near if one and abs(one - today) <= _HALF_A_YEAR), None)


def _in_words(text: str, now: datetime) -> Iterator[date]:
    item = Item(id="days", title=text, published=now)
    words = prepare(item)
    for sentence in words.sentences:
        yield from (day.day for day in days_in(words, item, sentence) if day.day)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

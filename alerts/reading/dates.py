"""On which day did it happen?

A day is read as written ("5 octobre 2025", "Sept. 14"), or counted back from the day of publication ("lundi",
"hier"). A day that can't be told is None, never a guess; so is one after publication.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from alerts.reading.lexicon import Hits, Lexicon, load
from alerts.reading.model import Item
from alerts.reading.text import Sentence, Text, flatten

_CALENDAR = load("calendar")
_MONTHS = {flatten(name): int(month) for month, names in _CALENDAR["months"].items() for name in names}
_WEEKDAYS = {flatten(name): int(day) for day, names in _CALENDAR["weekdays"].items() for name in names}
_AGO = {flatten(name): int(days) for days, names in _CALENDAR["days_ago"].items() for name in names}
WORDS = Lexicon({tag: _CALENDAR[tag] for tag in ("not_the_event", "to_come")}, "calendar")

_M = "|".join(sorted(_MONTHS, key=len, reverse=True))
_W = "|".join(_WEEKDAYS)
_A = "|".join(sorted(_AGO, key=len, reverse=True))
_YEAR = r"(?:,? (?P<{0}>20\d\d))?"
_PATTERNS = (
    re.compile(
        rf"(?:nuit du |night of )(?P<day>\d\d?)(?:er|st|nd|rd|th)? (?:au|to|a) \d\d?(?:er)? (?P<month>{_M})\b\.?"
        + _YEAR.format("year")
    ),
    re.compile(
        rf"(?:(?P<weekday>{_W}),? )?(?:le )?\b(?P<day>\d\d?)(?:er|st|nd|rd|th)?(?: of)? (?P<month>{_M})\b\.?"
        + _YEAR.format("year")
    ),
    re.compile(
        rf"(?:(?P<weekday>{_W}),? )?\b(?P<month>{_M})\b\.? (?P<day>\d\d?)(?:st|nd|rd|th)?\b(?! ?[%h:])"
        + _YEAR.format("year")
    ),
    re.compile(r"\b(?P<year>20\d\d) (?P<month>0[1-9]|1[0-2]) (?P<day>[0-3]\d)\b"),
    re.compile(r"\b(?P<day>[0-3]?\d) (?P<month>0?[1-9]|1[0-2]) (?P<year>20\d\d)\b"),
    re.compile(r"\b(?P<ago>il y a (?P<count>\w+) jours|(?P<count_en>\w+) days ago)\b"),
    re.compile(rf"\b(?P<relative>{_A})\b"),
    re.compile(rf"\b(?:nuit de |night of )?(?P<weekday>{_W})\b"),
)
_SMALL = {"un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "two": 2, "three": 3, "four": 4, "five": 5}
_AHEAD = timedelta(days=150)  # "9 November" told in October is to come, "28 December" told in January is past
_WEEK = 7
_DIGITS = 2
_DEPARTED = re.compile(r"\b(?:partie?s?|left|departed|set off)(?: de| d| from)? [a-z]+(?: [a-z]+)?(?: on| le)? $")


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day as written at one spot; `day` is None where the text alone does not tell it."""

    start: int
    end: int
    day: date | None
    absolute: bool
    words: str


def event_day(text: Text, hits: Hits, item: Item, sentences: Iterable[Sentence]) -> tuple[date | None, str]:
    """The day that `sentences` give the event, with its words; days of announcements don't count."""
    days = [day for sentence in sentences for day in _days(text, item, sentence) if not _is_other(text, hits, day)]
    known = [day for day in days if day.day is not None and not _to_come(day.day, item)]
    if not known:
        return None, ""
    chosen = min(known, key=lambda day: (_is_since(text, day), not day.absolute))
    return chosen.day, chosen.words


def _is_since(text: Text, day: Day) -> bool:
    """A day something has gone on since says less than the day it happened."""
    return text.flat[max(0, day.start - 10) : day.start].rstrip().removesuffix(" le").endswith(("depuis", "since"))


def newest_year(text: Text, item: Item) -> int | None:
    """The year an item is written in: of its publication, else the latest it names."""
    if item.published:
        return item.published.year
    years = [int(year) for year in re.findall(r"\b20[0-3]\d\b", text.flat)]
    return max(years) if years else None


def _days(text: Text, item: Item, sentence: Sentence) -> Iterator[Day]:
    taken: list[tuple[int, int]] = []
    found: list[Day] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text.flat, sentence.start, sentence.end):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            found.append(_day(match, text, item))
    return iter(sorted(found, key=lambda day: day.start))


def _day(match: re.Match[str], text: Text, item: Item) -> Day:
    parts = match.groupdict()
    absolute = bool(parts.get("day"))
    when = _absolute(parts, item) if absolute else _relative(parts, item)
    return Day(
        start=match.start(),
        end=match.end(),
        day=when,
        absolute=absolute,
        words=text.plain[match.start() : match.end()].strip(),
    )


def _absolute(parts: dict[str, str | None], item: Item) -> date | None:
    day, month = int(parts["day"] or 0), _month(parts["month"] or "")
    if parts.get("year"):
        return _valid(int(parts["year"] or 0), month, day)
    if item.published is None:
        return None
    published = item.published.date()
    this_year = _valid(published.year, month, day)
    if this_year and this_year <= published + _AHEAD:
        return this_year
    return _valid(published.year - 1, month, day)


def _month(written: str) -> int:
    return int(written) if written.isdigit() else _MONTHS[written]


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _relative(parts: dict[str, str | None], item: Item) -> date | None:
    if item.published is None or item.published_month_only:
        return None
    today = item.published.date()
    if parts.get("weekday"):
        return today - timedelta(days=(today.weekday() - _WEEKDAYS[parts["weekday"] or ""]) % _WEEK)
    if parts.get("relative"):
        return today - timedelta(days=_AGO[parts["relative"] or ""])
    counted = parts.get("count") or parts.get("count_en") or ""
    days = _SMALL.get(counted) or (int(counted) if counted.isdigit() and len(counted) <= _DIGITS else None)
    return today - timedelta(days=days) if days else None


def _is_other(text: Text, hits: Hits, day: Day) -> bool:
    """The day of an announcement, or one to come."""
    before = hits.of("not_the_event", max(0, day.start - 34), day.start)
    if any(
        text.flat[hit.end : day.start].strip()
        in {"", "le", "on", "ce", "du", "the", "last", "this", "of", "dans la nuit de"}
        for hit in before
    ):
        return True
    if _DEPARTED.search(text.flat, max(0, day.start - 40), day.start):
        return True
    after = hits.of("to_come", day.end, day.end + 2)
    return bool(after) or text.flat[max(0, day.start - 5) : day.start] == "next "


def _to_come(day: date, item: Item) -> bool:
    return item.published is not None and day > item.published.date() + timedelta(days=1)

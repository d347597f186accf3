"""On which day did it happen?

Of the days a text names, some are those of a statement, a departure or a deadline. What is left is the event's, the
first one first. A day after publication is no day of an event.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from alerts.reading.days import Day, days_in
from alerts.reading.lexicon import Hits, Lexicon, load
from alerts.reading.model import Item
from alerts.reading.text import Sentence, Text

_TAGS = ("announced", "limit", "start", "place_name", "departed", "to_come")
WORDS = Lexicon({tag: load("calendar")[tag] for tag in _TAGS}, "calendar")

_REACH = 40  # characters from a word to the day it speaks of
_SMALL = frozenset({"", "le", "on", "ce", "du", "the", "last", "this", "of", "late", "early", "dans la nuit de", "a"})
_BOUND = _SMALL - {"on", "of"}
_THIS = (" ce ", " this ")
_PLACE = re.compile(r"^(?:d[eu'’] ?|from |for )?[A-ZÀ-Ý][\w'’-]+(?: [A-ZÀ-Ý][\w'’-]+)*(?: le| on| ce)?$")
_THAT = (" que ", " qu ", " that ")
_OPENING = 12  # characters of a sentence in which a day opens it


def event_day(text: Text, hits: Hits, item: Item, sentences: Iterable[Sentence]) -> tuple[date | None, str]:
    """The day that `sentences` give the event, with its words; days of announcements don't count."""
    days = [
        (_is_start(text, hits, day), sentence.number, not day.absolute, day)
        for sentence in sentences
        for day in days_in(text, item, sentence)
        if not (_is_announced(text, hits, day, sentence) or _is_other(text, hits, day))
    ]
    return _first(days, item)


def day_announced(text: Text, hits: Hits, item: Item, sentences: Iterable[Sentence]) -> tuple[date | None, str]:
    """The day of the statement: where authorities or a union decide something, it is the day of the event too."""
    days = [
        (False, sentence.number, not day.absolute, day)
        for sentence in sentences
        for day in days_in(text, item, sentence)
        if _is_announced(text, hits, day, sentence)
    ]
    return _first(days, item)


def newest_year(text: Text, item: Item) -> int | None:
    """The year an item is written in: of its publication, else the latest it names."""
    if item.published:
        return item.published.year
    years = [int(year) for year in re.findall(r"\b20[0-3]\d\b", text.flat)]
    return max(years) if years else None


def _first(days: Iterable[tuple[bool, int, bool, Day]], item: Item) -> tuple[date | None, str]:
    """The first day that is known and past; one something has gone on since says less than any other."""
    known = [entry for entry in days if entry[-1].day is not None and not _to_come(entry[-1].day, item)]
    if not known:
        return None, ""
    chosen = min(known, key=lambda entry: entry[:-1])[-1]
    return chosen.day, chosen.words


def _is_start(text: Text, hits: Hits, day: Day) -> bool:
    return _follows(text, hits, "start", day, _SMALL)


def _is_announced(text: Text, hits: Hits, day: Day, sentence: Sentence) -> bool:
    """The day of a statement: "said on Monday", or "On Monday the army said that"."""
    if _follows(text, hits, "announced", day, _SMALL):
        return True
    if day.start > sentence.start + _OPENING:
        return False
    said = hits.of("announced", day.end, min(sentence.end, day.end + _REACH))
    return any(text.flat.startswith(_THAT, hit.end) for hit in said)


def _is_other(text: Text, hits: Hits, day: Day) -> bool:
    """The day of a departure or a deadline, one that names a street, or one to come."""
    if _follows(text, hits, "limit", day, _BOUND) or _follows(text, hits, "place_name", day, _SMALL):
        return True
    if _is_departure(text, hits, day):
        return True
    if not day.absolute and _follows(text, hits, "start", day, _SMALL) and _may_be_ahead(text, hits, day):
        return True
    return hits.has("to_come", day.end, day.end + 2) or text.flat[max(0, day.start - 5) : day.start] == "next "


def _may_be_ahead(text: Text, hits: Hits, day: Day) -> bool:
    """ "From Monday" may be next Monday; "since Monday" and "from this Monday" are not."""
    start = hits.last_before("start", max(0, day.start - _REACH), day.start)
    since = start is not None and text.flat[start.start : start.end].startswith(("since", "depuis"))
    return not since and not text.flat[: day.start].endswith(_THIS)


def _follows(text: Text, hits: Hits, tag: str, day: Day, between: frozenset[str]) -> bool:
    near = hits.of(tag, max(0, day.start - _REACH), day.start)
    return any(text.flat[hit.end : day.start].strip() in between for hit in near)


def _is_departure(text: Text, hits: Hits, day: Day) -> bool:
    """Whether "left" and the name of a town stand before it."""
    near = hits.of("departed", max(0, day.start - _REACH), day.start)
    return any(_PLACE.match(text.plain[hit.end : day.start].strip()) for hit in near)


def _to_come(day: date, item: Item) -> bool:
    return item.published is not None and day > item.published.date() + timedelta(days=1)

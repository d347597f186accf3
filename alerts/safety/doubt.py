"""What must the desk see although no rule reads it, or although it is said as if it were so today?

A death told in words that no rule knows must not reach nobody; a closure that begins on Sunday must not be told as one
that is there. Nothing found here reaches a reader by itself: a member of the desk decides.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from alerts.errors import DataError
from alerts.incidents.words import fold
from alerts.reading.lexicon import load
from alerts.safety.rules import rules

DAY_AHEAD = "day_ahead"
"""The rule that holds what is said of a day to come."""

UNREAD = "unread"
"""The rule that holds what was not understood."""

OTHER_PLACE = "other_place"
"""The rule that holds what may have happened at another place than the one that was read."""

WEIGHED = "weighed"
"""The rule that holds what no rule of the reading found, though its words taken together speak of the roads."""

_SENTENCES = re.compile(r"(?<=[.!?;])\s+|\n+")
_CLAUSES = re.compile(r",\s|\s?[:;–—]\s|\s(?:mais|but|tandis que|while)\s")
_HALF_A_YEAR = timedelta(days=183)
_CENTURY = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """The compiled lists; `data/doubt.toml` says what each is for."""

    days: re.Pattern[str]
    begins: re.Pattern[str]
    until: re.Pattern[str]
    shut: re.Pattern[str]
    begun: re.Pattern[str]
    will_be: re.Pattern[str]
    violent: re.Pattern[str]
    closed: re.Pattern[str]
    no_more: re.Pattern[str]
    denied: re.Pattern[str]
    other: re.Pattern[str]
    dates: re.Pattern[str]
    months: Mapping[str, int]


@cache
def doubts() -> Doubts:
    """The lists that ship with the project.

    Raises:
        DataError: they do not hold what they must.
    """
    rows = tomllib.loads(files("alerts.safety").joinpath("data/doubt.toml").read_text(encoding="utf-8"))
    try:
        return _compiled(rows)
    except (KeyError, TypeError, re.error) as error:
        raise DataError(f"doubt.toml: {error!r}") from error


def sentences(text: str) -> Iterator[str]:
    """The sentences of `text` as they are written."""
    return (part for part in _SENTENCES.split(text) if part.strip())


def day_to_come(text: str, today: date) -> str | None:
    """The words of a line that name a day after `today`, which nothing that has happened can have."""
    folded = doubts().until.sub(" ", fold(text))
    found = doubts().days.search(folded)
    return found[0] if found else _date_after(folded, today)


def happens_later(text: str, published: date) -> str | None:
    """The date that a statement on an event names though it had not come when that was published."""
    for clause in _clauses(fold(text)):
        found = _date_after(clause, published)
        if found and rules().events.search(clause) and not rules().future.search(clause):
            return found
    return None


def closes_later(text: str, published: date | None) -> str | None:
    """The words that say of a closure that it is still to begin; None where one is there already."""
    lexicon = doubts()
    later = None
    for clause in _clauses(lexicon.until.sub(" ", fold(text))):
        words = _begins(clause, published)
        if not words and lexicon.shut.search(clause) and lexicon.begun.search(clause):
            return None
        later = later or words
    return later


def _begins(clause: str, published: date | None) -> str | None:
    lexicon = doubts()
    if will := lexicon.will_be.search(clause):
        return will[0]
    if not lexicon.shut.search(clause):
        return None
    if begins := lexicon.days.search(clause) or lexicon.begins.search(clause):
        return begins[0]
    return _date_after(clause, published) if published else None


def dead_or_closed(sentence: str) -> str | None:
    """The words of a sentence that tell of somebody dead or taken, or of a way that is shut."""
    lexicon, folded = doubts(), fold(sentence)
    if lexicon.other.search(folded):
        return None
    if no_more := lexicon.no_more.search(folded):
        return no_more[0]
    if lexicon.denied.search(folded):
        return None
    found = lexicon.violent.search(folded) or lexicon.closed.search(folded)
    return found[0] if found else None


def _clauses(folded: str) -> Iterator[str]:
    return (clause for sentence in sentences(folded) for clause in _CLAUSES.split(sentence))


def _date_after(folded: str, day: date) -> str | None:
    """The first date in `folded` that lies after `day`; of one without a year the nearest is meant."""
    for found in doubts().dates.finditer(folded):
        if not found["limit"] and (named := _named(found, day)) and named > day:
            return found[0].strip()
    return None


def _named(found: re.Match[str], near: date) -> date | None:
    number = found["day"] or found["day_after"] or found["figure"]
    month = doubts().months.get(found["month"] or found["month_before"] or "") or int(found["month_figure"] or 0)
    written = found["year"]
    year = int(written) + (_CENTURY if len(written) == 2 else 0) if written else near.year  # noqa: PLR2004
    try:
        named = date(year, month, int(number))
        if written or abs(named - near) <= _HALF_A_YEAR:
            return named
        return named.replace(year=year + (1 if named < near else -1))
    except ValueError:
        return None


def _compiled(rows: Mapping[str, Mapping[str, Any]]) -> Doubts:
    calendar = load("calendar")
    months = {fold(name): int(number) for number, names in calendar["months"].items() for name in names}
    names = {"month": "|".join(sorted(months, key=len, reverse=True))}
    names["day"] = "|".join(fold(name) for group in calendar["weekdays"].values() for name in group)
    ahead, closure, unread = rows["ahead"], rows["closure"], rows["unread"]
    return Doubts(
        days=_any(ahead["days"], names),
        begins=_any(ahead["from"], names),
        until=_any(ahead["until"], names),
        shut=_any(closure["shut"], names),
        begun=_any(closure["begun"], names),
        will_be=_any(closure["will_be"], names),
        **{name: _any(unread[name], names) for name in ("violent", "closed", "no_more", "denied", "other")},
        dates=_dates(names["month"]),
        months=months,
    )


def _dates(month: str) -> re.Pattern[str]:
    """As in "le 25 novembre", "du 25 au 30 novembre", "November 25", "25/11"; `limit` marks only an end."""
    return re.compile(
        r"(?<![\w/])(?P<limit>(?:jusqu'au|au|avant le|before|until|till|to) )?(?:"
        rf"(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?(?: (?:au|to) \d{{1,2}}(?:er)?)? (?:of )?(?P<month>{month})"
        rf"|(?P<month_before>{month}) (?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?"
        r"|(?P<figure>\d{1,2})/(?P<month_figure>\d{1,2}))"
        r"(?:[ /,]+(?P<year>20\d\d|\d\d(?=\b(?! ?h)))(?!\w))?(?![\w/])"
    )


def _any(fragments: Iterable[str], names: Mapping[str, str]) -> re.Pattern[str]:
    spelt = (fragment.replace("{day}", names["day"]).replace("{month}", names["month"]) for fragment in fragments)
    return re.compile(rf"(?<!\w)(?:{'|'.join(spelt)})(?!\w)")

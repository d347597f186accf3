"""Which days does a text name, as dates?

A day is read as written ("5 octobre 2025", "Sept. 14", "05/10/2025"), or counted back from the day of publication
("lundi", "hier", "on the 4th"). A day that can't be told is None, never a guess.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from alerts.reading.lexicon import load
from alerts.reading.model import Item
from alerts.reading.text import Sentence, Text, flatten

_CALENDAR = load("calendar")
_MONTHS = {flatten(name): int(month) for month, names in _CALENDAR["months"].items() for name in names}
_WEEKDAYS = {flatten(name): int(day) for day, names in _CALENDAR["weekdays"].items() for name in names}
_AGO = {flatten(name): int(days) for days, names in _CALENDAR["days_ago"].items() for name in names}
_SPANS = {flatten(name): int(days) for days, names in _CALENDAR["spans"].items() for name in names}
_LONG_SPANS = {name: hours // 24 for name, hours in _SPANS.items() if hours >= 24}  # noqa: PLR2004
_BESIDE = {flatten(name): int(days) for days, names in _CALENDAR["beside"].items() for name in names}
_STEPS = {flatten(name): int(way) for way, names in _CALENDAR["steps"].items() for name in names}
_WEEKEND = {flatten(name) for name in _CALENDAR["weekend"]["words"]}
_NIGHTLY = {flatten(name) for name in _CALENDAR["some_night"]["words"]}
_PLACES = {flatten(word): place for words in load("numbers")["ordinal"].values() for word, place in words.items()}
_SMALL = {flatten(word): number for code in ("fr", "en") for word, number in load("numbers")[code].items()}
_DAYS_IN_WORDS = {
    flatten(word): day for code in ("fr", "en") for day, word in enumerate(_CALENDAR["days_in_words"][code], start=1)
}


def _any_of(words: Mapping[str, int] | set[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def _is_short(name: str) -> bool:
    return any(other != name and other.startswith(name) and _MONTHS[other] == _MONTHS[name] for other in _MONTHS)


_M, _W = _any_of(_MONTHS), _any_of(_WEEKDAYS)
_D, _FULL_M = _any_of(_DAYS_IN_WORDS), _any_of({name for name in _MONTHS if not _is_short(name)})
_YEAR_TOO = r"(?:,? (?P<year>20[0-9][0-9])\b)?"
_COUNT = f"{_any_of(_SMALL)}|[0-9]{{1,2}}"  # no \d: see _IN_WORDS
_TH = r"(?:er|st|nd|rd|th)?"
_YEAR = r"(?:,? (?P<year>20\d\d)\b)?"
_NAMED = rf"(?:(?:{_W})(?: the| le)? )?"
_TO = r"(?:(?:au|a|to|into|and|et) )?(?:the |le )?"
_NIGHT = r"(?:nuit|night|overnight)(?: du| de| of| from| on)?(?: the| le)? "
_BETWEEN = r"\b(?:entre|between|du|from)(?: the| le)? "
_PARTS = r"(?: (?:night|evening|morning|soir|matin))?"
_GOES_ON = (
    r" (?:a|au|aux|vers|dans|en|aupres|un|une|des|le|la|les|a l aube|matin|soir|dernier|courant|at|in|near|when)\b"
)
_DETERMINER = "(?:l|la|le|les|un|une|des|sa|son|ses|leurs?|the|an?|his|her|its|their|that|que?|being)"
_HOUR = r"(?! ?(?:h\d*\b|%|heures?|a ?m\b|p ?m\b|[:.,]\d))"
_NOT_A_DATE = "day|floor|anniversary|time|district|week|month|year|republic|division|battalion|regiment|century"
_PATTERNS = (
    re.compile(
        rf"(?:{_NIGHT}|{_BETWEEN}){_NAMED}(?P<day>\d\d?){_TH} {_TO}{_NAMED}(?P<until>\d\d?){_TH}(?: of)?"
        rf" (?P<month>{_M})\b\.?{_YEAR}"
    ),
    re.compile(rf"(?:{_NIGHT}|{_BETWEEN}){_NAMED}(?P<month>{_M})\.? (?P<day>\d\d?){_TH} {_TO}(?:\d\d?){_TH}\b{_YEAR}"),
    re.compile(rf"\b(?:{_W},? )?(?:le |the )?\b(?P<day>\d\d?){_TH}(?: of)? (?P<month>{_M})\b\.?{_YEAR}"),
    re.compile(rf"\b(?:{_W},? )?\b(?P<month>{_M})\b\.? (?P<day>\d\d?){_TH}\b(?! ?[%h:]){_YEAR}"),
    re.compile(rf"\b(?:le|ce|du|au) (?P<day>{_D}) (?P<month>{_FULL_M})\b{_YEAR_TOO}"),
    re.compile(rf"\b(?P<day>{_D}) of (?P<month>{_FULL_M})\b{_YEAR_TOO}"),
    re.compile(rf"\b(?!may|march)(?P<month>{_FULL_M}) (?:the )?(?P<day>{_D})\b(?! [a-z]+s\b){_YEAR_TOO}"),
    re.compile(r"\b(?P<year>20\d\d) (?P<month>0[1-9]|1[0-2]) (?P<day>[0-3]\d)(?!\d)"),
    re.compile(r"\b(?P<day>[0-3]?\d)[ .](?P<month>0?[1-9]|1[0-2])[ .](?P<year>20\d\d)\b"),
    re.compile(
        r"(?:\b(?:le|du|on) |(?:^|(?<=[\n(]))(?=\d\d))(?P<slashed>(?P<day>[0-3]?\d) (?P<month>0[1-9]"
        r"|1[0-2])(?: (?P<short_year>\d\d))?)(?! ?\d)"
    ),
    re.compile(
        rf"\b(?:(?:il y a|voici|voila|cela fait) (?P<count>{_COUNT}) (?P<span>{_any_of(_SPANS)})"
        rf"|(?P<count_en>{_COUNT}) (?P<span_en>{_any_of(_SPANS)}) ago)\b"
    ),
    re.compile(rf"{_NIGHT}{_NAMED}(?P<alone>\d\d?){_TH} (?:au|a|to|et|and) (?:the |le )?{_NAMED}\d\d?{_TH}\b{_HOUR}"),
    re.compile(rf"\b(?P<named>{_W}) (?:le |the )?(?P<alone>\d\d?){_TH}(?=[,.;:)]|$|{_GOES_ON})"),
    re.compile(
        rf"\b(?:(?P<last>last|this past) )?(?P<weekday>{_W}){_PARTS}"
        rf"(?: (?:(?:a|au|to|into) (?:ce )?(?P<next>{_W})|(?:et|and) (?:{_W})){_PARTS})?\b"
        r"(?P<of_last_week> (?:de )?la semaine (?:derniere|passee|ecoulee)\b| (?:of )?last week\b)?"
        r"(?P<before> derniere?| passee?| ecoulee?)?"
    ),
    re.compile(rf"\b(?P<relative>{_any_of(_AGO)})\b(?! (?:from |of |de |on |du |d )?(?:this |ce )?(?:{_W}))"),
    re.compile(rf"\b(?:(?P<last>last|past) )?(?P<weekend>{_any_of(_WEEKEND)})\b(?P<before> dernier| passe| ecoule)?"),
    re.compile(
        rf"\b(?P<nightly>{_any_of(_NIGHTLY)})\b(?! (?:from |of |de |on |du |des |d |qui |before |that )| precedente)"
    ),
    re.compile(
        rf"\b(?P<nth>{_any_of(_PLACES)}) (?:jour|journee|day|straight day|consecutive day)"
        r"(?: consecutif| consecutive)? "
        r"(?:(?:de|d|du|of)(?: la| l| the| a| their)? (?:blocages?|blocus|greve|penurie|siege|fermeture|coupure|arret"
        r"|debrayage|strike|blockade|blockage|shortage|siege|closure|walkout|stoppage)|sans (?:carburant|essence|gasoil"
        r"|electricite)|without (?:fuel|petrol|power|diesel)|running\b)"
    ),
    re.compile(rf"\b(?P<beside>{_any_of(_BESIDE)})\b(?! (?:de|du|d|of|before)\b)"),
    re.compile(
        rf"\b(?P<steps>{_COUNT}) (?P<steps_of>{_any_of(_LONG_SPANS)}) (?P<way>{_any_of(_STEPS)})\b(?! {_DETERMINER}\b)"
    ),
    re.compile(
        rf"\b(?:on|of|(?<=to)|(?<=from)) ?the (?P<alone>\d\d?)(?:st|nd|rd|th)\b(?! (?:of (?!this|the)|{_NOT_A_DATE})\b)"
    ),
    re.compile(r"\b(?:le|ce|du) (?P<alone>\d\d?)(?:er)?(?= (?:du|de ce) mois\b| courant\b| de ce mois\b)"),
    re.compile(r"\b(?:le|ce) (?P<alone>\d\d?)(?=[,.;)]| (?:au matin|au soir|dans la|vers|a l aube|courant|dernier)\b)"),
)
_SO_LONG_AFTER = re.compile(
    rf"\b(?:(?P<steps>{_COUNT}) (?P<steps_of>{_any_of(_LONG_SPANS)}) (?:after|following|apres|depuis)"
    r"|(?:au|le|des le) lendemain d[eu']?|(?:on )?the day after)\b"
)
_FIGURE = re.compile(r"\d")
_IN_WORDS = tuple(pattern for pattern in _PATTERNS if r"\d" not in pattern.pattern)  # which need no figure
_AHEAD = timedelta(days=150)  # "9 November" told in October is to come, "28 December" told in January is past
_WEEK, _SATURDAY = 7, 5
_LONGEST_AGO = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day as written at one spot; `day` is None where the text alone does not tell it.

    `absolute` is one of the calendar, `beside` how many days after another day it is (-1: its eve), and `other` where
    that one begins; `is_vague` a weekend or a mere "overnight", which any other day makes precise, and `is_near`
    "today" or "yesterday".
    """

    start: int
    end: int
    day: date | None
    absolute: bool
    words: str
    beside: int = 0
    other: int = -1
    is_vague: bool = False
    is_near: bool = False


def days_in(text: Text, item: Item, sentence: Sentence) -> list[Day]:
    """The days that a sentence names, in reading order."""
    days = _in(text, item, sentence)
    plain = [day for day in days if not day.beside]
    if len(plain) < len(days):
        earlier = [] if plain else _last_named(text, item, sentence)
        return [_beside(day, [*earlier, *plain]) if day.beside else day for day in days]
    return days


def days_after(text: Text, item: Item, sentence: Sentence) -> Day | None:
    """The day of what a sentence comes so many days after ("a day after …", "au lendemain de …").

    It is counted back from the day that the sentence names, else from that of publication.
    """
    after = _SO_LONG_AFTER.search(text.flat, sentence.start, sentence.end)
    if after is None or item.published is None or item.published_month_only:
        return None
    named = [day.day for day in _in(text, item, sentence) if day.day and not day.beside]
    steps = _number(after["steps"] or "a") or 0
    day = _back((named or [item.published.date()])[0], steps * _LONG_SPANS.get(after["steps_of"] or "", 1))
    words = text.plain[after.start() : after.end()].strip()
    return Day(start=after.start(), end=after.end(), day=day, absolute=False, words=words)


def _in(text: Text, item: Item, sentence: Sentence) -> list[Day]:
    taken: list[tuple[int, int]] = []
    found: list[Day] = []
    for pattern in _PATTERNS if _FIGURE.search(text.flat, sentence.start, sentence.end) else _IN_WORDS:
        for match in pattern.finditer(text.flat, sentence.start, sentence.end):
            if any(match.start() < end and start < match.end() for start, end in taken) or _is_no_day(match, text):
                continue
            taken.append(match.span())
            found.append(_day(match, text, item))
    return sorted(found, key=lambda day: day.start)


def _beside(day: Day, others: list[Day]) -> Day:
    """Give "the day before" and "the next day" their day: of the day named last before it, else of the next."""
    before = [other for other in others if other.start < day.start] or others[:1]
    if not before or before[-1].day is None:
        return day
    return replace(day, day=_back(before[-1].day, -day.beside), other=before[-1].start)


def _last_named(text: Text, item: Item, sentence: Sentence) -> list[Day]:
    """The day named last before a sentence."""
    for earlier in reversed([one for one in text.sentences if one.start < sentence.start]):
        if named := [day for day in _in(text, item, earlier) if not day.beside]:
            return named[-1:]
    return []


def _is_no_day(match: re.Match[str], text: Text) -> bool:
    """Two figures are a day and a month only with a slash, a stop or a hyphen between them."""
    if not match.groupdict().get("slashed"):
        return False
    return len(re.findall(r"[/.-]", text.plain[match.start("slashed") : match.end()])) < match["slashed"].count(" ")


def _day(match: re.Match[str], text: Text, item: Item) -> Day:
    parts = match.groupdict()
    return Day(
        start=match.start(),
        end=match.end(),
        day=_absolute(parts, item) if parts.get("day") else _relative(parts, item),
        absolute=bool(parts.get("day")),
        words=text.plain[match.start() : match.end()].strip(),
        beside=_days_beside(parts),
        is_vague=bool(parts.get("weekend") or parts.get("nightly") or parts.get("nth")),
        is_near=bool(parts.get("relative")),
    )


def _days_beside(parts: Mapping[str, str | None]) -> int:
    if word := parts.get("beside"):
        return _BESIDE[word]
    if steps := parts.get("steps"):
        return (_number(steps) or 0) * _LONG_SPANS[parts["steps_of"] or ""] * _STEPS[parts["way"] or ""]
    return 0


def _absolute(parts: Mapping[str, str | None], item: Item) -> date | None:
    written = parts["day"] or ""
    day, month = _DAYS_IN_WORDS.get(written) or int(written), _month(parts["month"] or "")
    if day > int(parts.get("until") or day):
        month = month - 1 or 12
    short = parts.get("short_year")
    if year := parts.get("year") or (short and f"20{short}"):
        return _valid(int(year), month, day)
    if item.published is None:
        return None
    published = item.published.date()
    this_year = _valid(published.year, month, day)
    if this_year and this_year - published <= _AHEAD:
        return this_year
    return _valid(published.year - 1, month, day)


def _month(written: str) -> int:
    return int(written) if written.isdigit() else _MONTHS[written]


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _relative(parts: Mapping[str, str | None], item: Item) -> date | None:
    if item.published is None or item.published_month_only:
        return None
    today = item.published.date()
    if parts.get("named"):
        return _named(parts, today)
    for part, told in _TOLD_BY.items():
        if parts.get(part):
            return told(parts, today)
    if parts.get("beside") or parts.get("steps"):
        return None
    number = _number(parts.get("count") or parts.get("count_en") or "")
    span = _SPANS[parts.get("span") or parts.get("span_en") or ""]
    days = -(-(number or 0) * span // 24)
    return _back(today, days) if number and days <= _LONGEST_AGO else None


def _back(today: date, days: int) -> date | None:
    """So many days before; None before the calendar begins, which a garbled day of publication may ask for."""
    return today - timedelta(days=days) if today.toordinal() > days else None


def _weekday(parts: Mapping[str, str | None], today: date) -> date | None:
    """The latest such day; "last Monday" told on a Monday is a week ago, and a night is over when it is told."""
    weekday = _WEEKDAYS[parts["weekday"] or ""]
    if parts.get("of_last_week"):
        return _back(today, today.weekday() - weekday + _WEEK)
    back = (today.weekday() - weekday) % _WEEK
    if back == 0 and parts.get("next") and _WEEKDAYS[parts["next"] or ""] == (weekday + 1) % _WEEK:
        back = _WEEK
    return _back(today, back or (_WEEK if parts.get("last") or parts.get("before") else 0))


def _named(parts: Mapping[str, str | None], today: date) -> date | None:
    """The latest day of a number and a weekday ("Thursday 2"), else the weekday's: then the number counts something."""
    weekday = _WEEKDAYS[parts["named"] or ""]
    day = _latest(int(parts["alone"] or 0), today)
    return day if day and day.weekday() == weekday else _back(today, (today.weekday() - weekday) % _WEEK)


def _weekend(parts: Mapping[str, str | None], today: date) -> date | None:
    """The Saturday of the latest weekend; "last weekend" told in one is the one before."""
    back = (today.weekday() - _SATURDAY) % _WEEK
    is_on = today.weekday() >= _SATURDAY
    return _back(today, back + (_WEEK if is_on and (parts.get("last") or parts.get("before")) else 0))


def _latest(day: int, today: date) -> date | None:
    """The latest day of that number, this month or the month before."""
    this_month = _valid(today.year, today.month, day)
    if this_month and this_month <= today:
        return this_month
    before = _back(today, today.day)
    return _valid(before.year, before.month, day) if before else None


_TOLD_BY: Mapping[str, Callable[[Mapping[str, str | None], date], date | None]] = {
    "weekday": _weekday,
    "weekend": _weekend,
    "nightly": lambda _, today: _back(today, 1),
    "relative": lambda parts, today: _back(today, _AGO[parts["relative"] or ""]),
    "nth": lambda parts, today: _back(today, _PLACES[parts["nth"] or ""] - 1),
    "alone": lambda parts, today: _latest(int(parts["alone"] or 0), today),
}


def _number(word: str) -> int | None:
    if word.isdigit():
        return int(word) if len(word) <= len("99") else None
    return _SMALL.get(word)

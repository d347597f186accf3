"""Which days does a text name, as dates?

A day is read as written ("5 octobre 2025", "Sept. 14", "05/10/2025"), or counted back from the day of publication
("lundi", "hier", "on the 4th"). A day that can't be told is None, never a guess.
"""

import re
from collections.abc import Callable, Iterator, Mapping
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
_EVE = {flatten(name) for name in _CALENDAR["eve"]["words"]}
_MORROW = {flatten(name) for name in _CALENDAR["morrow"]["words"]}
_WEEKEND = {flatten(name) for name in _CALENDAR["weekend"]["words"]}
_NIGHTLY = {flatten(name) for name in _CALENDAR["some_night"]["words"]}
_PLACES = {flatten(word): place for words in load("numbers")["ordinal"].values() for word, place in words.items()}
_SMALL = {flatten(word): number for code in ("fr", "en") for word, number in load("numbers")[code].items()}


def _any_of(words: Mapping[str, int] | set[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_M, _W = _any_of(_MONTHS), _any_of(_WEEKDAYS)
_TH = r"(?:er|st|nd|rd|th)?"
_YEAR = r"(?:,? (?P<year>20\d\d)\b)?"
_NAMED = rf"(?:(?:{_W})(?: the| le)? )?"
_TO = r"(?:(?:au|a|to|into|and|et) )?(?:the |le )?"
_NIGHT = r"(?:nuit|night|overnight)(?: du| de| of| from| on)?(?: the| le)? "
_PARTS = r"(?: (?:night|evening|morning|soir|matin))?"
_GOES_ON = (
    r" (?:a|au|aux|vers|dans|en|aupres|un|une|des|le|la|les|a l aube|matin|soir|dernier|courant|at|in|near|when)\b"
)
_HOUR = r"(?! ?(?:h\d*\b|%|heures?|a ?m\b|p ?m\b|[:.,]\d))"
_NOT_A_DATE = "day|floor|anniversary|time|district|week|month|year|republic|division|battalion|regiment|century"
_PATTERNS = (
    re.compile(
        rf"{_NIGHT}{_NAMED}(?P<day>\d\d?){_TH} {_TO}{_NAMED}(?P<until>\d\d?){_TH}(?: of)? (?P<month>{_M})\b\.?{_YEAR}"
    ),
    re.compile(rf"{_NIGHT}{_NAMED}(?P<month>{_M})\.? (?P<day>\d\d?){_TH} {_TO}(?:\d\d?){_TH}\b{_YEAR}"),
    re.compile(rf"\b(?:{_W},? )?(?:le |the )?\b(?P<day>\d\d?){_TH}(?: of)? (?P<month>{_M})\b\.?{_YEAR}"),
    re.compile(rf"\b(?:{_W},? )?\b(?P<month>{_M})\b\.? (?P<day>\d\d?){_TH}\b(?! ?[%h:]){_YEAR}"),
    re.compile(r"\b(?P<year>20\d\d) (?P<month>0[1-9]|1[0-2]) (?P<day>[0-3]\d)(?!\d)"),
    re.compile(r"\b(?P<day>[0-3]?\d)[ .](?P<month>0?[1-9]|1[0-2])[ .](?P<year>20\d\d)\b"),
    re.compile(
        r"(?:\b(?:le|du|on) |(?:^|(?<=[\n(]))(?=\d\d))(?P<slashed>(?P<day>[0-3]?\d) (?P<month>0[1-9]"
        r"|1[0-2])(?: (?P<short_year>\d\d))?)(?! ?\d)"
    ),
    re.compile(
        rf"\b(?:(?:il y a|voici|voila|cela fait) (?P<count>\w+) (?P<span>{_any_of(_SPANS)})"
        rf"|(?P<count_en>\w+) (?P<span_en>{_any_of(_SPANS)}) ago)\b"
    ),
    re.compile(rf"{_NIGHT}{_NAMED}(?P<alone>\d\d?){_TH} (?:au|a|to|et|and) (?:the |le )?{_NAMED}\d\d?{_TH}\b{_HOUR}"),
    re.compile(rf"\b(?P<named>{_W}) (?:le |the )?(?P<alone>\d\d?){_TH}(?=[,.;:)]|$|{_GOES_ON})"),
    re.compile(
        rf"\b(?:(?P<last>last|this past) )?(?P<weekday>{_W}){_PARTS}"
        rf"(?: (?:(?:a|au|to|into) (?:ce )?(?P<next>{_W})|(?:et|and) (?:{_W})){_PARTS})?\b"
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
    re.compile(rf"\b(?P<eve>{_any_of(_EVE)})\b"),
    re.compile(rf"\b(?P<morrow>{_any_of(_MORROW)})\b"),
    re.compile(
        rf"\b(?:on|of|(?<=to)|(?<=from)) ?the (?P<alone>\d\d?)(?:st|nd|rd|th)\b(?! (?:of (?!this|the)|{_NOT_A_DATE})\b)"
    ),
    re.compile(r"\b(?:le|ce|du) (?P<alone>\d\d?)(?:er)?(?= (?:du|de ce) mois\b| courant\b| de ce mois\b)"),
    re.compile(r"\b(?:le|ce) (?P<alone>\d\d?)(?=[,.;)]| (?:au matin|au soir|dans la|vers|a l aube|courant|dernier)\b)"),
)
_FIGURE = re.compile(r"\d")
_IN_WORDS = tuple(pattern for pattern in _PATTERNS if r"\d" not in pattern.pattern)  # which need no figure
_AHEAD = timedelta(days=150)  # "9 November" told in October is to come, "28 December" told in January is past
_WEEK, _SATURDAY = 7, 5
_LONGEST_AGO = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day as written at one spot; `day` is None where the text alone does not tell it.

    `absolute` is one of the calendar, `beside` how many days after another day of its sentence it is (-1: its eve),
    `is_vague` a weekend or a mere "overnight", which any other day makes precise, and `is_near` "today" or "yesterday".
    """

    start: int
    end: int
    day: date | None
    absolute: bool
    words: str
    beside: int = 0
    is_vague: bool = False
    is_near: bool = False


def days_in(text: Text, item: Item, sentence: Sentence) -> list[Day]:
    """The days that a sentence names, in reading order."""
    taken: list[tuple[int, int]] = []
    found: list[Day] = []
    for pattern in _PATTERNS if _FIGURE.search(text.flat, sentence.start, sentence.end) else _IN_WORDS:
        for match in pattern.finditer(text.flat, sentence.start, sentence.end):
            if any(match.start() < end and start < match.end() for start, end in taken) or _is_no_day(match, text):
                continue
            taken.append(match.span())
            found.append(_day(match, text, item))
    return list(_beside_others(sorted(found, key=lambda day: day.start)))


def _beside_others(days: list[Day]) -> Iterator[Day]:
    """Give "the day before" and "the next day" their days: of the day named last."""
    last: date | None = None
    for day in days:
        if day.beside:
            yield replace(day, day=_back(last, -day.beside) if last else None)
        else:
            last = day.day
            yield day


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
        beside=bool(parts.get("morrow")) - bool(parts.get("eve")),
        is_vague=bool(parts.get("weekend") or parts.get("nightly") or parts.get("nth")),
        is_near=bool(parts.get("relative")),
    )


def _absolute(parts: Mapping[str, str | None], item: Item) -> date | None:
    day, month = int(parts["day"] or 0), _month(parts["month"] or "")
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
    if parts.get("eve") or parts.get("morrow"):
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

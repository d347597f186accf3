"""Until when does a person want to follow a road: "48h", "2 j", "until Friday", "jusqu'à vendredi"?"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from importlib.resources import files

from alerts.errors import DataError

LONGEST = timedelta(days=366)
"""A longer trip is not a trip: the text is left as it is."""

_END_OF_DAY = time(23, 59, 59)


def until(text: str, now: datetime, timezone: tzinfo) -> tuple[str, datetime | None]:
    """`text` without the end of a trip it closes with, and that end in UTC; the text unchanged and None without one.

    A day means its end by the clock of `timezone`; a weekday is the next one, today included.
    """
    composed = unicodedata.normalize("NFC", text)
    folded = _fold(composed)
    if match := _patterns()["lasting"].search(folded):
        ends = _after(match, now)
    elif match := _patterns()["day"].search(folded):
        ends = _end_of(_day_named(match, now.astimezone(timezone).date()), timezone)
    else:
        return text, None
    if ends is None or not now < ends <= now + LONGEST:
        return text, None
    return composed[: match.start()].rstrip(" ,;-"), ends


def weekday_named(word: str) -> int | None:
    """0 for Monday, by any name that ends a trip; None for a word that names no day."""
    return next((int(day) for day, words in _words()["weekdays"].items() if re.fullmatch(words, word)), None)


def _after(match: re.Match[str], now: datetime) -> datetime | None:
    number, unit = int(match["number"]), match["unit"]
    for name, words in _words()["units"].items():
        if re.fullmatch(words, unit):
            return now + timedelta(**{name: number}) if timedelta(**{name: number}) <= LONGEST else None
    return None


def _day_named(match: re.Match[str], today: date) -> date | None:
    named = match["day"]
    if match["month"]:
        return _day_of(int(match["day_of_month"]), int(match["month"]), today)
    for offset, name in enumerate(("today", "tomorrow", "after_tomorrow")):
        if re.fullmatch(_words()["words"][name], named):
            return today + timedelta(days=offset)
    weekday = next(int(day) for day, words in _words()["weekdays"].items() if re.fullmatch(words, named))
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def _day_of(day: int, month: int, today: date) -> date | None:
    """The next such day; None where no calendar has it."""
    for year in (today.year, today.year + 1):
        try:
            named = date(year, month, day)
        except ValueError:
            continue
        if named >= today:
            return named
    return None


def _end_of(day: date | None, timezone: tzinfo) -> datetime | None:
    return None if day is None else datetime.combine(day, _END_OF_DAY, timezone).astimezone(UTC)


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    words = _words()
    units = "|".join(words["units"].values())
    days = "|".join((*reversed(list(words["words"].values())), *words["weekdays"].values()))
    opener = words["openers"]["until"]
    numeric = r"(?P<day_of_month>\d{1,2})[/.](?P<month>\d{1,2})(?:[/.]\d{2,4})?"
    return {
        "lasting": re.compile(
            rf"(?:^|\s)(?:(?:{words['openers']['for']}) )?(?P<number>\d{{1,3}}) ?(?P<unit>{units})\s*$"
        ),
        "day": re.compile(rf"(?:^|\s)(?:{opener}) ?(?:a |au |le |ce )?(?P<day>{days}|{numeric})(?: soir| inclus)?\s*$"),
    }


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    text = files("alerts.audience").joinpath("data/ends.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    if set(tables) != {"units", "openers", "words", "weekdays"} or len(tables["weekdays"]) != len("MTWTFSS"):
        raise DataError("ends.toml must hold units, openers, words and seven weekdays")
    return tables


def _fold(text: str) -> str:
    """Lower case without accents, each letter where it was, so that a match can be cut from `text` itself."""
    return "".join(_plain(char) for char in text)


def _plain(char: str) -> str:
    if char == "’":
        return "'"
    return unicodedata.normalize("NFD", char)[0].lower()[:1] or char

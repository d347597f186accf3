"""When was it, and how old is the word?

The time of an event and the age of what is known of it are two things, and a reader is told both.
"""

from datetime import date, datetime, timedelta

from babel.dates import format_skeleton, format_time

from alerts.incidents.model import DayPart
from alerts.wording.words import Words

# Up to two days hours say more than "1 j".
HOURS_UNTIL = timedelta(hours=48)
DAY = timedelta(days=1)

PARTS = ((5, DayPart.NIGHT), (12, DayPart.MORNING), (18, DayPart.AFTERNOON), (24, DayPart.EVENING))


def age(words: Words, delta: timedelta) -> str:
    """As in "12 min", "2 h", "3 j": rounded down, never below a minute."""
    if delta < timedelta(hours=1):
        return words.say("age.minutes", number=max(1, delta // timedelta(minutes=1)))
    if delta < HOURS_UNTIL:
        return words.say("age.hours", number=delta // timedelta(hours=1))
    return words.say("age.days", number=delta // timedelta(days=1))


def info(words: Words, delta: timedelta, *, is_old: bool) -> str:
    """As in "info : 2 h", or "info ancienne : 3 j"."""
    if is_old:
        return words.say("age.info_old", age=age(words, delta))
    return words.say("age.info", age=age(words, delta))


def short_info(words: Words, delta: timedelta, *, is_old: bool) -> str:
    """The age alone while it is recent, as lists say it."""
    return info(words, delta, is_old=True) if is_old else age(words, delta)


def when(words: Words, day: date | None, part: DayPart | None, *, now: datetime) -> str:
    """As in "ce matin", "hier soir", "le 5 oct.": a part of the day at most. A night is that which begins on `day`."""
    if day is None:
        return words.say("when.unknown")
    today = now.astimezone(words.timezone).date()
    if part is DayPart.NIGHT:
        return _night(words, day, today=today)
    near = {0: "today", 1: "yesterday"}.get((today - day).days, "date")
    name = day_name(words, day, today=today)
    return words.say(f"when.{near}.{part}", date=name) if part else words.say(f"when.{near}", date=name)


def when_told(words: Words, moment: datetime, *, now: datetime) -> str:
    """The same for a moment, as coarse."""
    local = moment.astimezone(words.timezone)
    part = next(part for until, part in PARTS if local.hour < until)
    began = local.date() - DAY if part is DayPart.NIGHT else local.date()
    return when(words, began, part, now=now)


def _night(words: Words, day: date, *, today: date) -> str:
    """As in "cette nuit", "dans la nuit du 15 au 16 nov.": with both its days, as one alone may be either."""
    near = {0: "today", 1: "yesterday"}.get((today - day).days)
    if near:
        return words.say(f"when.{near}.night")
    morrow = day + DAY
    first, last = day_name(words, day, today=today), day_name(words, morrow, today=today)
    if day.month == morrow.month and first.startswith(str(day.day)):
        first = str(day.day)
    return words.say("when.date.night", first=first, last=last)


def day_name(words: Words, day: date, *, today: date) -> str:
    """As in "5 oct."; with the year when it is another."""
    return format_skeleton("MMMd" if day.year == today.year else "yMMMd", day, locale=words.locale)


def moment_name(words: Words, moment: datetime) -> str:
    """As in "5 oct. 2025, 09:00", by the clock that `moment` comes in."""
    day = format_skeleton("yMMMd", moment, locale=words.locale)
    return f"{day}, {format_time(moment.time(), format='short', locale=words.locale)}"


def local_day(words: Words, moment: datetime) -> date:
    """The day in the reader's country."""
    return moment.astimezone(words.timezone).date()


def moment_text(words: Words, moment: datetime) -> str:
    """As in "5 oct. 14:30": of the service itself, never of an event."""
    local = moment.astimezone(words.timezone)
    return f"{format_skeleton('MMMd', local.date(), locale=words.locale)} {local:%H:%M}"

"""What was reported on a road or around a town, to copy into a report?"""

import re
from dataclasses import dataclass
from datetime import timedelta

from alerts.incidents.history import reported
from handlers.asked import Asked
from handlers.lookup import look_up, road_buttons
from handlers.reply import reply

DAYS = 30
MOST_DAYS = 60  # what the store keeps at hand
UNITS = {"j": 1, "d": 1, "s": 7, "w": 7, "m": 30}  # days, by the first letter of a unit in French or English
_PERIOD = (
    r"(?:(?:depuis|pendant|sur|ces|les|for|since|over|the|last|past|derni[eè]re?s)\s+)*"
    r"(?P<number>\d{1,6}|une?|an?|one)\s*(?:(?:last|past|derni[eè]re?s)\s+)?"
    r"(?P<unit>mois|months?|jours?|j|days?|d|semaines?|weeks?|w)"
)
_AT_END = re.compile(rf"(?:^|[\s,;:]+){_PERIOD}\s*$", re.IGNORECASE)
_AT_START = re.compile(rf"^\s*{_PERIOD}[\s,;:]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryAsked:
    """A place or road in words, and for how many days back; `asked_more` than are kept."""

    words: str
    days: int = DAYS
    asked_more: bool = False


async def history(asked: Asked) -> None:
    """A line for each incident of the last days, by date, place and kind."""
    question = read(asked.words)
    if not question.words:
        await reply(asked, asked.say("history.example"), road_buttons("q:history"))
        return
    found = await look_up(asked.with_words(question.words), "q:history", then=f" {question.days}j")
    if found is None or found.area is None:
        return
    incidents = await asked.siraba.store.incidents.recent(now=asked.now)
    since = asked.now - timedelta(days=question.days)
    text = asked.voice.history(
        reported(incidents, area=found.area, atlas=asked.siraba.atlas, since=since),
        area=found.area,
        days=question.days,
        asked_more=question.asked_more,
        short=asked.chat.short,
        now=asked.now,
    )
    await reply(asked, text)


def read(words: str) -> HistoryAsked:
    """The place or road, and the period before or after it ("30j", "2 weeks"); 30 days unless said, 60 at most."""
    found = _AT_END.search(words) or _AT_START.search(words)
    if found is None:
        return HistoryAsked(words=words.strip())
    days = _number(found["number"]) * UNITS[found["unit"][0].lower()]
    return HistoryAsked(
        words=f"{words[: found.start()]} {words[found.end() :]}".strip(),
        days=min(max(1, days), MOST_DAYS),
        asked_more=days > MOST_DAYS,
    )


def _number(typed: str) -> int:
    """A word in place of the number is one: "une semaine"."""
    return int(typed) if typed.isdecimal() else 1

"""How is a brief worded, and what is a chat told when its pause ends?

Plain text, to be copied into a report or passed on; a quiet day says how old the reading is, never that all is well.
"""

from collections.abc import Sequence
from datetime import datetime

from alerts.geography.model import Area
from alerts.incidents.brief import Brief
from alerts.incidents.model import Incident
from alerts.wording import incident as told
from alerts.wording.limits import fit
from alerts.wording.lists import named_areas
from alerts.wording.times import moment_name
from alerts.wording.way import sources_line
from alerts.wording.words import Words


def brief_text(
    words: Words,
    brief: Brief,
    *,
    areas: Sequence[Area],
    weekly: bool,
    sources_read_at: datetime | None,
    short: bool,
    now: datetime,
) -> str:
    """The brief on the chat's roads since yesterday, or of the week; `now` is in the chat's own zone."""
    items = [
        *_section(words, "brief.new", brief.new, short=short, now=now),
        *_section(words, "brief.changed", brief.changed, short=short, now=now),
        *_section(words, "brief.ended", brief.ended, short=short, now=now),
        *_section(words, "brief.standing", brief.standing, short=short, now=now),
    ]
    since = words.say("brief.since_week" if weekly else "brief.since_day")
    return fit(
        items or [words.say("brief.none", since=since)],
        head=[
            words.say("brief.head", date=moment_name(words, now), areas=named_areas(words, areas)),
            *_since(items, since),
        ],
        tail=[words.say("alert.silence"), sources_line(words, sources_read_at, now=now), words.say("alert.advice")],
        more=words.more,
        limit=words.limit,
    )


def wake_text(words: Words, brief: Brief, *, sources_read_at: datetime | None, short: bool, now: datetime) -> str:
    """What still stands when a pause ends, and what ended during it."""
    active = (*brief.new, *brief.changed, *brief.standing)
    items = [
        *_section(words, "brief.standing", active, short=short, now=now),
        *_section(words, "brief.ended", brief.ended, short=short, now=now),
    ]
    return fit(
        items or [words.say("now.none")],
        head=[words.say("wake.head")],
        tail=[words.say("alert.silence"), sources_line(words, sources_read_at, now=now)],
        more=words.more,
        limit=words.limit,
    )


def _section(words: Words, key: str, incidents: Sequence[Incident], *, short: bool, now: datetime) -> list[str]:
    """One item an incident; the section's name goes with its first."""
    write = told.short_line if short else told.line
    lines = [write(words, incident, now=now) for incident in incidents]
    return [f"{words.say(key)}\n{lines[0]}", *lines[1:]] if lines else []


def _since(items: Sequence[str], since: str) -> list[str]:
    return [since] if items else []

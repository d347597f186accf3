"""How is a source: read lately, silent for too long, and of any use?

A source that can't be read says nothing, and so does one where nothing happens: only the clocks tell them apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from alerts.sources.model import DayCount, FeedMarks, Source

SILENT_INTERVALS = 3
"""After so many intervals without a reading a source is stale, to readers and admins."""

DAYS_COUNTED = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What can be told of a source. `relevant` of `entries` in the last week concerned roads or fuel in Mali."""

    is_stale: bool
    entries: int
    relevant: int

    @property
    def share(self) -> int | None:
        """Relevant entries in per cent; None of none."""
        return round(100 * self.relevant / self.entries) if self.entries else None


def health(source: Source, marks: FeedMarks, *, least: timedelta, now: datetime) -> Health:
    """How `source` is by its marks; `least` is the service's own lower bound between two reads."""
    week = _within(marks.days, now)
    return Health(
        is_stale=is_stale(source, marks, least=least, now=now),
        entries=sum(day.entries for day in week),
        relevant=sum(day.relevant for day in week),
    )


def is_stale(source: Source, marks: FeedMarks, *, least: timedelta, now: datetime) -> bool:
    """Whether it has been silent for three intervals; a channel, which speaks when it likes, only if cut off."""
    if source.is_pushed:
        return marks.failures > 0
    since = marks.succeeded_at
    if since is None:
        return marks.failures >= SILENT_INTERVALS
    return now - since > SILENT_INTERVALS * max(source.interval, least, marks.wait or timedelta(0))


def counted(marks: FeedMarks, *, entries: int, relevant: int, now: datetime) -> FeedMarks:
    """`marks` after a read brought so many new entries, so many of them relevant."""
    today = now.date()
    before = [day for day in _within(marks.days, now) if day.day != today]
    known = next((day for day in marks.days if day.day == today), DayCount(day=today))
    grown = replace(known, entries=known.entries + entries, relevant=known.relevant + relevant)
    return replace(marks, days=(*before, grown) if grown.entries else tuple(before))


def _within(days: Sequence[DayCount], now: datetime) -> list[DayCount]:
    first = now.date() - timedelta(days=DAYS_COUNTED - 1)
    return [day for day in days if day.day >= first]

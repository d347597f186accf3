"""How is a source, in one line for an operator: what it holds now, and how the service fares with it?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.findings import concerns_mali
from alerts.geography.atlas import Atlas
from alerts.reading.model import Item
from alerts.reading.reader import Reader
from alerts.sources.health import is_stale
from alerts.sources.model import Failed, FeedMarks, MarketPrice, Read, ReadOutcome, Source

WEEK = timedelta(days=7)
MOST_READ = 60
"""Entries that are read to tell how many concern Mali: enough for a share, quick enough for a check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What entries are looked at with; `least` is the service's lower bound between two reads."""

    reader: Reader
    atlas: Atlas
    least: timedelta
    now: datetime


def tell(source: Source, outcome: ReadOutcome | None, marks: FeedMarks, glance: Glance | None) -> tuple[bool, str]:
    """Whether it is well, and the line."""
    if not source.enabled:
        return True, f"off (terms {source.terms}, legal status {source.legal})"
    told = [f"grade {source.grade}", *_now(source, outcome, glance)]
    if glance is None:
        return not isinstance(outcome, Failed), "; ".join(told)
    silent = is_stale(source, marks, least=glance.least, now=glance.now) and marks.checked_at is not None
    return not (isinstance(outcome, Failed) or silent), "; ".join([*told, *_remembered(marks, glance.now)])


def _now(source: Source, outcome: ReadOutcome | None, glance: Glance | None) -> Iterator[str]:
    match outcome:
        case Failed(reason=reason):
            yield reason
        case Read(prices=prices) if prices:
            yield _priced(prices)
        case Read(items=items):
            yield f"{len(items)} entries"
            if glance is not None:
                yield from _rhythm(items, glance)
        case _:
            yield "its posts come by themselves" if source.is_pushed else "unchanged"


def _priced(prices: tuple[MarketPrice, ...]) -> str:
    return f"{len(prices)} fuel prices, newest of {max(price.date for price in prices):%Y-%m}"


def _rhythm(items: tuple[Item, ...], glance: Glance) -> Iterator[str]:
    """The newest entry, those of the last week by their dates, and how many concern Mali."""
    dated = [item.published for item in items if item.published is not None]
    if dated:
        yield f"newest {_ago(max(dated), glance.now)}"
        yield f"{sum(glance.now - moment <= WEEK for moment in dated)} in 7 days"
    if looked_at := items[:MOST_READ]:
        ours = sum(concerns_mali(glance.reader.read(item), glance.atlas) for item in looked_at)
        yield f"{100 * ours // len(looked_at)} % on Mali"


def _remembered(marks: FeedMarks, now: datetime) -> Iterator[str]:
    """What the service last met, where it has asked this source at all."""
    if marks.checked_at is None:
        return
    yield f"the service asked {_ago(marks.checked_at, now)}"
    yield f"and last read it {_ago(marks.succeeded_at, now)}" if marks.succeeded_at else "and never read it"
    if marks.last_failure:
        yield f"then: {marks.last_failure}"


def _ago(moment: datetime, now: datetime) -> str:
    gone = max(now - moment, timedelta(0))
    if gone < timedelta(hours=1):
        return f"{gone // timedelta(minutes=1)} min ago"
    return f"{gone // timedelta(hours=1)} h ago" if gone < timedelta(days=2) else f"{gone.days} days ago"

"""What comes out of a body, whatever form it had: entries cleaned, told apart and dated, or why there are none."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from time import struct_time

from alerts.reading.model import Item
from alerts.sources.dates import published
from alerts.sources.entries import clean_link, digest, entry_id
from alerts.sources.language import language_code
from alerts.sources.model import Fault, MarketPrice
from alerts.sources.rhythm import usual_gap
from alerts.sources.text import LONGEST_TITLE, clean_summary, clean_title, plain, shorten


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """What a body holds; `ttl` is the rest it asks for, `dropped` how many entries were unusable.

    `gap` and `newest` are its rhythm; `ended` are ids of entries that are cancelled; `prices` what a list of them says.
    """

    title: str = ""
    language: str | None = None
    items: tuple[Item, ...] = ()
    ttl: timedelta | None = None
    dropped: int = 0
    gap: timedelta | None = None
    newest: datetime | None = None
    ended: tuple[str, ...] = ()
    prices: tuple[MarketPrice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseFailed:
    """The body is not usable. `reason` is a short English sentence, which alone tells two failures apart."""

    reason: str
    fault: Fault = field(default=Fault.NOT_A_FEED, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEntry:
    """An entry as its format gives it, before any cleaning."""

    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    dates: tuple[tuple[str, struct_time | None], ...] = ()
    language: str = ""
    outlet: str = ""
    point: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFeed:
    """A feed as its format gives it; `left_out` counts entries that are not of our country or kind."""

    title: str = ""
    link: str = ""
    language: str = ""
    ttl: timedelta | None = None
    entries: tuple[RawEntry, ...] = ()
    left_out: int = 0


def finished(raw: RawFeed, *, title_only: bool, language: str | None, now: datetime) -> ParsedFeed | ParseFailed:
    """`raw` cleaned; with `title_only`, summaries are left out. `language` overrules what the feed says of itself."""
    if not raw.entries and not raw.left_out:
        return ParseFailed(reason="a feed with no entries", fault=Fault.EMPTY)
    items = tuple(_distinct(_items(raw, title_only=title_only, language=language, now=now)))
    if not items and not raw.left_out:
        return ParseFailed(reason="a feed with no usable entries", fault=Fault.EMPTY)
    moments = [item.published for item in items]
    return ParsedFeed(
        title=clean_title(raw.title),
        language=language_code(raw.language),
        items=items,
        ttl=raw.ttl,
        dropped=len(raw.entries) - len(items),
        gap=usual_gap(moments, now=now),
        newest=max((moment for moment in moments if moment is not None), default=None),
    )


def _items(feed: RawFeed, *, title_only: bool, language: str | None, now: datetime) -> Iterator[Item]:
    feed_title = plain(feed.title)
    for raw in feed.entries:
        outlet = plain(raw.outlet)
        title = clean_title(clean_title(raw.title, outlet=feed_title), outlet=outlet)
        summary = "" if title_only else clean_summary(raw.summary)
        if not title and not summary:
            continue
        link = clean_link(raw.link, base=feed.link)
        moment = published(list(raw.dates), now=now)
        yield Item(
            id=entry_id(guid=raw.guid, link=link, title=title, published=moment),
            # A notice without a headline is still a notice.
            title=title or shorten(summary, LONGEST_TITLE),
            summary=summary,
            url=link,
            published=moment,
            # The operator's word over the feed's: many French sites still declare their software's "en-US".
            language=language or language_code(raw.language) or language_code(feed.language),
            outlet=outlet,
            point=raw.point,
        )


def _distinct(items: Iterable[Item]) -> Iterator[Item]:
    """Each entry once; where a feed gives one id to different entries, each gets one of its own.

    Otherwise the second entry of such a feed would pass for one that was already read.
    """
    once = list({(item.id, item.title, item.url): item for item in items}.values())
    shared = Counter(item.id for item in once)
    for item in once:
        own = digest(item.title + item.url)
        yield item if shared[item.id] == 1 else replace(item, id=f"{item.id}#{own}")

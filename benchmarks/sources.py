"""How fast are feeds parsed and taken in, and does a huge one hold up the service?"""

import asyncio
import time
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from alerts.geography.atlas import Atlas
from alerts.pipeline import Pipeline
from alerts.reading.reader import Reader
from alerts.sources.fetch import Fetcher
from alerts.sources.forms import Wanted
from alerts.sources.model import FeedMarks, Read, Source
from alerts.sources.parse import Parser
from alerts.sources.parsed import ParsedFeed
from alerts.sources.read import SourceReader
from alerts.store.store import Store
from benchmarks.servers import a_store
from benchmarks.table import show, spread

NOW = datetime(2025, 10, 5, 10, tzinfo=UTC)
ENTRIES = 5000
EVENT_EVERY = 50  # one entry in so many tells of an event on the roads: more than any real feed
BEAT = 0.002  # seconds between two looks at how late the loop is


def run(*, quick: bool) -> None:
    asyncio.run(_run(times=2 if quick else 6))


async def _run(*, times: int) -> None:
    body = _feed(ENTRIES)
    async with Parser(limit=timedelta(seconds=60)) as parser:
        await _parse(parser, _feed(1))  # the process starts with its first feed
        idle, _ = await _lag_while(asyncio.sleep(1))
        parsing = [await _lag_while(_parse(parser, body)) for _ in range(times)]
        small = [await _timed(parser, _feed(30)) for _ in range(20 * times)]
        parsed = await _parse(parser, body)
        await _take_in(parser, await _parse(parser, _feed(60)))  # lexicons are read with the first entry
        taking_in = [await _take_in(parser, parsed) for _ in range(max(times // 3, 1))]
    taken, lags = [took for _, took in parsing], [lag for each, _ in parsing for lag in each]
    stored, late = [took for _, took in taking_in], [lag for each, _ in taking_in for lag in each]
    rows = [
        (f"parse a feed of {ENTRIES:,} entries ({len(body) / 1e6:.1f} MB)", times, *spread(taken)),
        ("parse a feed of 30 entries", len(small), *spread(small)),
        (f"read and store {ENTRIES:,} new entries", len(stored), *spread(stored)),
        ("the event loop's lag while one is parsed", len(lags), *spread(lags)),
        ("the event loop's lag while one is read and stored", len(late), *spread(late)),
        ("the event loop's lag when idle", len(idle), *spread(idle)),
    ]
    show("Sources (ms)", ("what", "times", "median", "p99", "worst"), rows)
    print(
        f"\n{1000 * ENTRIES * times / sum(taken):,.0f} entries/s parsed, "
        f"{1000 * ENTRIES * len(stored) / sum(stored):,.0f} entries/s read and stored."
    )


async def _take_in(parser: Parser, parsed: ParsedFeed) -> tuple[list[float], float]:
    """A huge feed through door, reading and a store of its own, as the service does it."""
    source = Source(id="bench", url="https://example.org/feed", grade="C")
    async with a_store() as store:
        pipeline = _pipeline(source, store, parser)
        read = Read(source=source, marks=FeedMarks(source_id=source.id), items=parsed.items)
        return await _lag_while(pipeline.take_in(read, first_read=True, now=NOW))


def _pipeline(source: Source, store: Store, parser: Parser) -> Pipeline:
    atlas = Atlas.load()
    fetcher = Fetcher(contact=None, allow_private=False, version="0")
    return Pipeline(
        sources=[source],
        source_reader=SourceReader(fetcher=fetcher, parser=parser, minimum_interval=timedelta(minutes=5)),
        reader=Reader(atlas),
        atlas=atlas,
        store=store,
        wake=lambda: None,
    )


async def _parse(parser: Parser, body: bytes) -> ParsedFeed:
    parsed = await parser.parse(body, Wanted(now=NOW, content_type="application/rss+xml"))
    if not isinstance(parsed, ParsedFeed):
        raise TypeError(parsed.reason)
    return parsed


async def _timed(parser: Parser, body: bytes) -> float:
    began = time.perf_counter()
    await _parse(parser, body)
    return 1000 * (time.perf_counter() - began)


async def _lag_while(work: Coroutine[Any, Any, object]) -> tuple[list[float], float]:
    """How late the loop woke a sleeper, again and again, until `work` was done, and how long it took; in ms."""
    began = time.perf_counter()
    task = asyncio.create_task(work)
    lags = []
    while not task.done():
        due = time.perf_counter() + BEAT
        await asyncio.sleep(BEAT)
        lags.append(1000 * max(0.0, time.perf_counter() - due))
    await task
    return lags, 1000 * (time.perf_counter() - began)


def _feed(entries: int) -> bytes:
    rows = "".join(_row(number) for number in range(entries))
    head = '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Essai</title>'
    return f"{head}{rows}</channel></rss>".encode()


def _row(number: int) -> str:
    if number % EVENT_EVERY == 0:
        title = f"Attaque sur la route de Kayes, épisode {number}"
        text = "Des hommes armés ont attaqué des camions entre Sandaré et Diéma. "
    else:
        title, text = f"Une soirée de musique à Ségou, numéro {number}", "Le public est venu nombreux de tout le pays. "
    return (
        f"<item><title>{title}</title><link>https://example.org/{number}</link><guid>https://example.org/{number}</guid>"
        f"<pubDate>{format_datetime(NOW - timedelta(minutes=number))}</pubDate>"
        f"<description>&lt;p&gt;{text}{'Les usagers attendent. ' * 8}&lt;/p&gt;</description></item>"
    )

"""How fast are feeds parsed, and does a huge one hold up the service?"""

import asyncio
import time
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from alerts.sources.forms import Wanted
from alerts.sources.parse import ParsedFeed, Parser
from benchmarks.table import show, spread

NOW = datetime(2025, 10, 5, 10, tzinfo=UTC)
ENTRIES = 5000
BEAT = 0.002  # seconds between two looks at how late the loop is


def run(*, quick: bool) -> None:
    asyncio.run(_run(times=2 if quick else 6))


async def _run(*, times: int) -> None:
    body = _feed(ENTRIES)
    rows = []
    async with Parser(limit=timedelta(seconds=60)) as parser:
        await _parse(parser, _feed(1))  # the process starts with its first feed
        idle = await _lag_while(asyncio.sleep(1))
        taken, lags = [], []
        for _ in range(times):
            began = time.perf_counter()
            lags += await _lag_while(_parse(parser, body))
            taken.append(1000 * (time.perf_counter() - began))
        small = [await _timed(parser, _feed(30)) for _ in range(20 * times)]
    rows = [
        (f"a feed of {ENTRIES:,} entries ({len(body) / 1e6:.1f} MB)", times, *spread(taken)),
        ("a feed of 30 entries", len(small), *spread(small)),
        ("the event loop's lag meanwhile", len(lags), *spread(lags)),
        ("the event loop's lag when idle", len(idle), *spread(idle)),
    ]
    show("Sources (ms)", ("what", "times", "median", "p99", "worst"), rows)
    print(f"\n{1000 * ENTRIES * times / sum(taken):,.0f} entries/s from a huge feed.")


async def _parse(parser: Parser, body: bytes) -> None:
    parsed = await parser.parse(body, Wanted(now=NOW, content_type="application/rss+xml"))
    if not isinstance(parsed, ParsedFeed):
        raise TypeError(parsed.reason)


async def _timed(parser: Parser, body: bytes) -> float:
    began = time.perf_counter()
    await _parse(parser, body)
    return 1000 * (time.perf_counter() - began)


async def _lag_while(work: Coroutine[Any, Any, None]) -> list[float]:
    """How late the loop woke a sleeper, again and again, until `work` was done; in milliseconds."""
    task = asyncio.create_task(work)
    lags = []
    while not task.done():
        due = time.perf_counter() + BEAT
        await asyncio.sleep(BEAT)
        lags.append(1000 * max(0.0, time.perf_counter() - due))
    await task
    return lags


def _feed(entries: int) -> bytes:
    rows = "".join(
        f"<item><title>Attaque sur la route de Kayes, épisode {number}</title>"
        f"<link>https://example.org/{number}</link><guid>https://example.org/{number}</guid>"
        f"<pubDate>{format_datetime(NOW - timedelta(minutes=number))}</pubDate>"
        f"<description>&lt;p&gt;Des hommes armés ont attaqué des camions entre Sandaré et Diéma. "
        f"{'Les usagers attendent. ' * 8}&lt;/p&gt;</description></item>"
        for number in range(entries)
    )
    head = '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Essai</title>'
    return f"{head}{rows}</channel></rss>".encode()

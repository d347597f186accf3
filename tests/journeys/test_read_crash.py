"""kill -9 between the reading of a source and its storing, at every step: nothing is lost, nothing is told twice.

A process of its own reads a real feed through the real pipeline into a real Redis, and is killed just before or just
after one of the steps in which what it read is stored. The feed server answers "not modified" to whoever shows the
newest validator, so a validator that was stored too early would hide what was lost.
"""

import asyncio
import hashlib
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from email.utils import format_datetime

import pytest
from redis.asyncio import Redis

from alerts.sources.model import FeedMarks
from alerts.store.binaries import ServerBinary, find_server
from alerts.store.commit import Batch
from alerts.store.store import Store
from tests.alerts.sources.feed_server import FeedServer, feed_server
from tests.support.builders import NOW
from tests.support.redis import Server

READS_ONCE = """
import asyncio, sys
from datetime import datetime, timedelta

from alerts import pipeline as pipelines
from alerts.geography.atlas import Atlas
from alerts.reading.reader import Reader
from alerts.sources.fetch import Fetcher
from alerts.sources.model import Source
from alerts.sources.parse import Parser
from alerts.sources.read import SourceReader
from alerts.store.commit import Commit
from alerts.store.connection import connect
from alerts.store.store import Store

ADDRESS, URL, NOW, STEP, WHEN = sys.argv[1:]
store_it = Commit.__call__
steps = 0

async def stop(when):
    if when == WHEN and steps == int(STEP):
        print(when, flush=True)
        await asyncio.Event().wait()

async def halting(self, batch, *, now):
    global steps
    steps += 1
    await stop("before")
    await store_it(self, batch, now=now)
    await stop("after")

async def main():
    Commit.__call__ = halting
    pipelines.AT_ONCE = 20
    atlas = Atlas.load()
    redis = await connect(ADDRESS)
    fetcher = Fetcher(contact=None, allow_private=True, version="1")
    async with fetcher, Parser() as parser:
        pipeline = pipelines.Pipeline(
            sources=[Source(id="tamani", url=URL, grade="B")],
            source_reader=SourceReader(fetcher=fetcher, parser=parser, minimum_interval=timedelta(minutes=5)),
            reader=Reader(atlas), atlas=atlas, store=Store.over(redis), wake=lambda: None,
        )
        await pipeline.cycle(now=datetime.fromisoformat(NOW))
    print("done", flush=True)
    await redis.aclose()

if __name__ == "__main__":
    asyncio.run(main())
"""
AMBUSH = "Embuscade entre Diangounté Camara et Diéma"
FILLING = 50  # with the rest, three steps of the store


@pytest.fixture(scope="session")
def redis_binary() -> ServerBinary:
    """One server is enough here: what servers differ in is the store's business."""
    return find_server()


def feed(*titles: str) -> bytes:
    items = "".join(
        f"<item><title>{title}</title><guid isPermaLink='false'>{title}</guid>"
        f"<pubDate>{format_datetime(NOW - timedelta(hours=1) + timedelta(seconds=place))}</pubDate></item>"
        for place, title in enumerate(titles)
    )
    return f"<rss version='2.0'><channel><title>Fil</title><language>fr</language>{items}</channel></rss>".encode()


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with feed_server() as running:
        yield running


def publish(server: FeedServer, *titles: str) -> None:
    body = feed(*titles)
    server.put_validated("/feed", body, etag=f'"{hashlib.sha256(body).hexdigest()[:16]}"', last_modified="")


async def read_once(server: FeedServer, redis: Server, *, now: datetime, step: int = 0, when: str = "never") -> str:
    """Run a reading; what it said last. One that halts at its step is killed there."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        READS_ONCE,
        redis.address,
        server.url("/feed"),
        now.isoformat(),
        str(step),
        when,
        stdout=PIPE,
    )
    assert process.stdout is not None
    said = (await process.stdout.readline()).decode().strip()
    if said != "done":
        process.kill()
    await process.wait()
    return said


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", [1, 2, 3])
async def test_a_kill_between_reading_and_storing_loses_and_doubles_nothing(
    server: FeedServer, redis_server: Server, redis: Redis, step: int, when: str
):
    store = Store.over(redis)
    read_before = FeedMarks(source_id="tamani", succeeded_at=NOW, url=server.url("/feed"))
    await store.commit(Batch(marks=(read_before,)), now=NOW)
    filling = [f"Une soirée de musique à Ségou, numéro {number}" for number in range(FILLING)]
    publish(server, *filling, AMBUSH)

    assert await read_once(server, redis_server, now=NOW + timedelta(hours=1), step=step, when=when) == when
    assert await read_once(server, redis_server, now=NOW + timedelta(hours=2)) == "done"
    assert await read_once(server, redis_server, now=NOW + timedelta(hours=3)) == "done"

    assert len(await store.outbox.waiting()) == 1
    (incident,) = await store.incidents.recent(now=NOW)
    assert [report.title for report in incident.reports] == [AMBUSH]
    known = await redis.hlen("siraba:known-entries")
    assert known == await redis.zcard("siraba:seen-entries")
    names = await redis.hkeys("siraba:known-entries")
    assert len([name for name in names if name.startswith("tamani:")]) == FILLING + 1

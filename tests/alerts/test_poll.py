"""A poll of two hundred feeds on a local server, of which forty are broken, each in a way of its own."""

import socket
from collections import Counter
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from random import Random

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from redis.asyncio import Redis

from alerts.pipeline import Pipeline
from alerts.reading.reader import Reader
from alerts.sources import addresses
from alerts.sources.fetch import Fetcher, FetchLimits
from alerts.sources.model import Source
from alerts.sources.parse import Parser
from alerts.sources.read import SourceReader
from alerts.store.binaries import ServerBinary, find_server
from alerts.store.store import Store
from tests.alerts.sources.broken import FAULTS, put_good
from tests.alerts.sources.feed_server import FeedServer, feed_server
from tests.alerts.sources.samples import HOUR, MINUTE, NOW
from tests.support.service import atlas

FEEDS, BROKEN = 200, 40
ENTRIES = 2


class Names(AbstractResolver):
    """Every feed has a host of its own, all on this machine; one name leads to a private network."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        del family
        if host == "nowhere.example":
            raise OSError("no such name")
        address = "10.0.0.1" if host == "inside.example" else "127.0.0.1"
        return [ResolveResult(hostname=host, host=address, port=port, family=socket.AF_INET, proto=0, flags=0)]

    async def close(self) -> None:
        pass


def ways_of_failing() -> list[str]:
    ways = list(FAULTS)
    return [ways[number % len(ways)] for number in range(BROKEN)]


class Bench:
    """Two hundred sources, the server that plays them, and the real pipeline in between."""

    def __init__(self, server: FeedServer, redis: Redis, fetcher: Fetcher, parser: Parser) -> None:
        self.server = server
        self.store = Store.over(redis)
        self.broken = dict(zip(range(0, FEEDS, FEEDS // BROKEN), ways_of_failing(), strict=True))
        for number in range(FEEDS):
            way = self.broken.get(number)
            if way is None:
                put_good(server, self.host(number), number)
            else:
                FAULTS[way][0](server, f"//{self.host(number)}/feed")
        self.pipeline = Pipeline(
            sources=[
                Source(id=f"fil-{n}", name=f"Fil {n}", url=f"http://{self.host(n)}:{server.port}/feed", grade="C")
                for n in range(FEEDS)
            ],
            source_reader=SourceReader(fetcher=fetcher, parser=parser, minimum_interval=5 * MINUTE, rng=Random(1)),
            reader=Reader(atlas()),
            atlas=atlas(),
            store=self.store,
            wake=lambda: None,
        )

    @staticmethod
    def host(number: int) -> str:
        return f"fil-{number}.example"

    async def poll(self, now: datetime) -> None:
        await self.pipeline.cycle(now=now)

    async def failures(self) -> dict[int, str | None]:
        marks = await self.store.feeds.marks([f"fil-{number}" for number in range(FEEDS)])
        return {number: marks[f"fil-{number}"].last_failure for number in range(FEEDS)}

    async def entries(self) -> dict[int, int]:
        """How many new entries each source has brought so far."""
        marks = await self.store.feeds.marks([f"fil-{number}" for number in range(FEEDS)])
        return {number: sum(day.entries for day in marks[f"fil-{number}"].days) for number in range(FEEDS)}


@pytest.fixture(scope="session")
def redis_binary() -> ServerBinary:
    """One server is enough here: what servers differ in is the store's business."""
    return find_server()


@pytest.fixture
async def bench(redis: Redis, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bench]:
    # The public hosts these tests can reach are all on loopback, so looked-up loopback alone counts as public.
    public = addresses.is_public
    monkeypatch.setattr(addresses, "is_public", lambda address: str(address) == "127.0.0.1" or public(address))
    real = addresses.why_not
    monkeypatch.setattr(
        "alerts.sources.fetch.why_not",
        lambda url, **how: "its address is not public" if url.host == "127.0.0.1" else real(url, **how),
    )
    limits = FetchLimits(total=timedelta(seconds=5))
    fetcher = Fetcher(contact=None, allow_private=False, version="1", limits=limits, resolver=Names())
    async with feed_server(by_host=True) as server, fetcher, Parser() as parser:
        yield Bench(server, redis, fetcher, parser)


@pytest.mark.expects_warnings
async def test_every_good_entry_is_read_once_and_every_fault_is_named(bench: Bench):
    await bench.poll(NOW)
    named = await bench.failures()

    assert {number: named[number] for number in bench.broken} == {
        number: FAULTS[way][1] for number, way in bench.broken.items()
    }
    assert {number for number, reason in named.items() if reason} == set(bench.broken)
    assert await bench.entries() == {number: 0 if number in bench.broken else ENTRIES for number in range(FEEDS)}

    await bench.poll(NOW + 2 * HOUR)
    assert await bench.entries() == {number: 0 if number in bench.broken else ENTRIES for number in range(FEEDS)}


@pytest.mark.expects_warnings
async def test_no_feed_is_asked_before_its_time_however_often_the_service_looks(bench: Bench):
    for second in range(0, 240, 30):
        await bench.poll(NOW + timedelta(seconds=second))
    asked = Counter(line.host.partition(":")[0] for line in bench.server.log if line.path == "/feed")

    in_circles = {bench.host(number) for number, way in bench.broken.items() if way == "leads-in-circles"}
    assert {host for host, times in asked.items() if times > 1} == in_circles
    assert bench.server.most_at_once_of_one_host == 1

"""A day of reading, looked at from the other side: the feed server's own log says how polite it was."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from random import Random

import pytest
from aiohttp import web

from alerts.sources.fetch import Fetcher
from alerts.sources.model import FeedMarks, ReadOutcome, Source
from alerts.sources.parse import Parser
from alerts.sources.politeness import FULL_READ_EVERY, is_due
from alerts.sources.read import SourceReader, Take
from tests.alerts.sources.feed_server import Answer, Asked, FeedServer
from tests.alerts.sources.samples import HOUR, MINUTE, NOW, feed_bytes, marks, source

LOOK = timedelta(seconds=30)
A_DAY = 24 * HOUR
CHANGED = "Mon, 06 Oct 2025 10:00:00 GMT"
WELL = feed_bytes("rss20_plain.xml").replace(b"<ttl>20</ttl>", b"")
LEAST: Mapping[str, timedelta] = {
    "/ours": 15 * MINUTE,
    "/max-age": 30 * MINUTE,
    "/expires": 40 * MINUTE,
    "/ttl": 45 * MINUTE,
    "/greedy": HOUR,
    "/sorry": 15 * MINUTE,
    "/patience": 50 * MINUTE,
    "/validated": 15 * MINUTE,
    "/stubborn": 15 * MINUTE,
    "/new": 15 * MINUTE,
}
"""How soon after an answer the next question is allowed, by what the server said or the operator set."""


@pytest.fixture
async def log(server: FeedServer, fetcher: Fetcher, parser: Parser) -> FeedServer:
    """The server after a day."""
    _publish(server)
    asked = [path for path in LEAST if path != "/new"] + ["/old"]
    known = {path: (source(server.url(path), path), marks(path)) for path in asked}
    reader = SourceReader(fetcher=fetcher, parser=parser, minimum_interval=5 * MINUTE, rng=Random(3))
    for look in range(A_DAY // LOOK):
        server.now = NOW + look * LOOK
        due = [pair for pair in known.values() if is_due(*pair, now=server.now)]
        await reader.read_due(due, _keeping(known), now=server.now)
    return server


def _publish(server: FeedServer) -> None:
    server.put("/ours", WELL)
    server.put("/max-age", WELL, Cache_Control="public, max-age=1800")
    server.answers["/expires"] = _expiring(server)
    server.put("/ttl", WELL.replace(b"<channel>", b"<channel><ttl>45</ttl>"))
    server.put("/greedy", WELL, Cache_Control="max-age=604800")
    server.put("/sorry", b"", status=503, Retry_After="60")
    server.put("/patience", b"", status=429, Retry_After="3000")
    server.put_validated("/validated", WELL, etag='"a1"', last_modified=CHANGED)
    server.answers["/stubborn"] = _stubborn
    server.redirect("/old", "/new", status=308)
    server.put("/new", WELL)


def _expiring(server: FeedServer) -> Answer:
    async def answer(_: web.Request) -> web.StreamResponse:
        assert server.now is not None
        expires = format_datetime(server.now + 40 * MINUTE, usegmt=True)
        return web.Response(body=WELL, headers={"Expires": expires, "Date": format_datetime(server.now, usegmt=True)})

    return answer


async def _stubborn(request: web.Request) -> web.StreamResponse:
    """A server whose validators never change, whatever it publishes."""
    known = "If-None-Match" in request.headers
    return web.Response(status=304) if known else web.Response(body=WELL, headers={"ETag": '"for-ever"'})


def _keeping(known: dict[str, tuple[Source, FeedMarks]]) -> Take:
    async def take(outcome: ReadOutcome) -> None:
        known[outcome.source.id] = (outcome.source, outcome.marks)

    return take


def moments(lines: list[Asked]) -> list[datetime]:
    return [line.at for line in lines if line.at is not None]


def gaps(lines: list[Asked]) -> list[timedelta]:
    return [later - earlier for earlier, later in pairwise(moments(lines))]


def unconditional(lines: list[Asked]) -> list[Asked]:
    return [line for line in lines if not {"If-None-Match", "If-Modified-Since"} & set(line.headers)]


async def test_no_server_is_asked_sooner_than_it_allows_and_none_is_given_up(log: FeedServer):
    for path, least in LEAST.items():
        between = gaps(log.asked(path))
        assert min(between) >= least, path
        assert max(between) <= HOUR + LOOK, path


async def test_known_validators_are_shown_but_for_a_full_read_every_six_hours(log: FeedServer):
    for path in ("/validated", "/stubborn"):
        full = unconditional(log.asked(path))
        assert full[0] == log.asked(path)[0]
        assert all(FULL_READ_EVERY <= gap <= FULL_READ_EVERY + 2 * HOUR for gap in gaps(full)), path
        assert len(full) >= 3
        assert len(log.asked(path)) > 2 * len(full), path


async def test_a_permanent_redirect_is_followed_once(log: FeedServer):
    assert len(log.asked("/old")) == 1
    assert len(log.asked("/new")) > 20


async def test_a_failing_server_is_asked_less_and_less_often(log: FeedServer):
    between = gaps(log.asked("/sorry"))
    assert between[0] < 2 * between[1]
    assert min(between[3:]) >= HOUR - LOOK


async def test_one_request_at_a_time_reaches_the_host_and_says_who_asks(log: FeedServer):
    assert log.most_at_once == 1
    assert {line.headers["User-Agent"] for line in log.log} == {"Siraba/1.2 (+mailto:desk@example.org)"}


async def test_sources_drift_apart(log: FeedServer):
    together = [set(moments(log.asked(path))) for path in ("/ours", "/validated", "/new")]
    assert len(together[0] & together[1] & together[2]) < len(together[0]) / 2

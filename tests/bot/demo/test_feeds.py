"""The demo's feed server answers as a well-behaved site does, and misbehaves when told."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import aiohttp
import feedparser
import pytest

from bot.demo.feeds import FeedFault, FeedServer

MORNING = datetime(2026, 2, 3, 6, 0, tzinfo=UTC)


@pytest.fixture
async def feeds() -> AsyncIterator[FeedServer]:
    async with FeedServer() as server:
        server.publish("radio", title="Sandaré : route coupée", summary="<b>Eau</b> & boue", published=MORNING)
        yield server


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def test_an_item_is_read_back_as_it_was_published(feeds: FeedServer, http: aiohttp.ClientSession):
    async with http.get(feeds.url("radio")) as response:
        parsed = feedparser.parse(await response.read())
    [entry] = parsed.entries
    assert parsed.bozo is False
    assert (entry.title, entry.published_parsed[:5]) == ("Sandaré : route coupée", (2026, 2, 3, 6, 0))


async def test_the_newest_item_comes_first_and_a_known_guid_is_replaced(feeds: FeedServer, http: aiohttp.ClientSession):
    for title in ("two", "two, corrected"):
        feeds.publish("radio", title=title, summary="", published=MORNING + timedelta(hours=1), guid="g2")
    async with http.get(feeds.url("radio")) as response:
        titles = [entry.title for entry in feedparser.parse(await response.read()).entries]
    assert titles == ["two, corrected", "Sandaré : route coupée"]


@pytest.mark.parametrize(
    ("validator", "condition"), [("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since")]
)
async def test_what_has_not_changed_is_not_sent_again(
    feeds: FeedServer, http: aiohttp.ClientSession, validator: str, condition: str
):
    async with http.get(feeds.url("radio")) as first:
        headers = {condition: first.headers[validator]}
    async with http.get(feeds.url("radio"), headers=headers) as again:
        assert (again.status, await again.read()) == (304, b"")
    feeds.publish("radio", title="new", summary="", published=MORNING + timedelta(hours=1))
    async with http.get(feeds.url("radio"), headers=headers) as changed:
        assert changed.status == 200
    assert [request.status for request in feeds.requests] == [200, 304, 200]


@pytest.mark.parametrize(
    ("fault", "status", "entries"),
    [
        pytest.param(FeedFault.SERVER_ERROR, 500, 0, id="500"),
        pytest.param(FeedFault.NOT_FOUND, 404, 0, id="404"),
        pytest.param(FeedFault.HTML_PAGE, 200, 0, id="a login page"),
        pytest.param(FeedFault.TRUNCATED, 200, 1, id="cut short"),
    ],
)
async def test_a_fault_strikes_as_often_as_told(
    feeds: FeedServer, http: aiohttp.ClientSession, fault: FeedFault, status: int, entries: int
):
    feeds.fail("radio", fault, times=1)
    async with http.get(feeds.url("radio")) as response:
        parsed = feedparser.parse(await response.read())
    assert (response.status, len(parsed.entries)) == (status, entries)
    assert parsed.bozo or not parsed.version
    async with http.get(feeds.url("radio")) as healed:
        assert not feedparser.parse(await healed.read()).bozo


async def test_a_hanging_feed_is_asked_and_never_answers(feeds: FeedServer, http: aiohttp.ClientSession):
    feeds.fail("radio", FeedFault.HANG)
    asking = asyncio.create_task(http.get(feeds.url("radio")))
    await feeds.wait_requests(lambda requests: len(requests) == 1)
    assert not asking.done()
    asking.cancel()
    feeds.heal("radio")
    async with http.get(feeds.url("radio")) as response:
        assert response.status == 200


async def test_bytes_are_served_as_they_were_captured(feeds: FeedServer, http: aiohttp.ClientSession):
    feeds.serve_bytes("odd", "<rss>é".encode("latin-1"))
    async with http.get(feeds.url("odd")) as response:
        assert await response.read() == b"<rss>\xe9"

import asyncio
import gzip
import resource
import zlib
from collections.abc import AsyncIterator
from datetime import timedelta

import brotli
import pytest
from aiohttp import web

from alerts.sources.fetch import Body, Fetched, Fetcher, FetchFailed, FetchLimits, NotModified, user_agent
from tests.alerts.sources.feed_server import FeedServer
from tests.alerts.sources.samples import rss

FEED = rss("Pont coupé")
TWO_MB = 2 * 1024 * 1024


async def ask(fetcher: Fetcher, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
    return await fetcher.fetch(url, etag=etag, last_modified=last_modified)


@pytest.fixture
async def hasty() -> AsyncIterator[Fetcher]:
    limits = FetchLimits(total=timedelta(seconds=0.2))
    async with Fetcher(contact=None, allow_private=True, version="1.2", limits=limits) as opened:
        yield opened


async def test_a_body_comes_with_what_the_next_request_needs(server: FeedServer, fetcher: Fetcher) -> None:
    server.put("/feed", FEED, ETag='"a1"', Last_Modified="Mon, 06 Oct 2025 10:00:00 GMT", Cache_Control="max-age=600")

    answer = await ask(fetcher, server.url("/feed"))

    assert isinstance(answer, Body)
    assert answer.content == FEED
    assert (answer.etag, answer.last_modified) == ('"a1"', "Mon, 06 Oct 2025 10:00:00 GMT")
    assert answer.headers["Cache-Control"] == "max-age=600"
    assert answer.moved_to is None


async def test_the_server_can_tell_who_asks(server: FeedServer, fetcher: Fetcher) -> None:
    await ask(fetcher, server.url("/feed"))

    assert server.log[0].headers["User-Agent"] == "Siraba/1.2 (+mailto:desk@example.org)"
    assert server.log[0].headers["Accept-Encoding"] == "gzip, deflate, br"
    assert "rss+xml" in server.log[0].headers["Accept"]
    assert "If-None-Match" not in server.log[0].headers
    assert "If-Modified-Since" not in server.log[0].headers


def test_a_contact_cannot_break_the_header() -> None:
    assert user_agent(version="1", contact="desk\r\nX-Evil: 1 é") == "Siraba/1 (+deskX-Evil: 1)"
    assert user_agent(version="1", contact=None) == "Siraba/1"


async def test_both_validators_are_sent(server: FeedServer, fetcher: Fetcher) -> None:
    server.put_validated("/feed", FEED, etag='W/"a1"', last_modified="Mon, 06 Oct 2025 10:00:00 GMT")

    answer = await ask(fetcher, server.url("/feed"), etag='W/"a1"', last_modified="Mon, 06 Oct 2025 10:00:00 GMT")

    assert isinstance(answer, NotModified)
    assert server.log[0].headers["If-None-Match"] == 'W/"a1"'
    assert server.log[0].headers["If-Modified-Since"] == "Mon, 06 Oct 2025 10:00:00 GMT"


@pytest.mark.parametrize(
    "packed",
    [
        pytest.param(("gzip", gzip.compress(FEED)), id="gzip"),
        pytest.param(("deflate", zlib.compress(FEED)), id="deflate"),
        pytest.param(("br", brotli.compress(FEED)), id="brotli"),
    ],
)
async def test_packed_bodies_are_unpacked(server: FeedServer, fetcher: Fetcher, packed: tuple[str, bytes]) -> None:
    server.put("/feed", packed[1], Content_Encoding=packed[0])

    answer = await ask(fetcher, server.url("/feed"))

    assert isinstance(answer, Body)
    assert answer.content == FEED


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (204, "the server answered 204 No Content"),
        (206, "the server answered 206 Partial Content"),
        (300, "the server answered 300 Multiple Choices"),
        (304, "the server answered 304 Not Modified"),
        (401, "the server answered 401 Unauthorized"),
        (403, "the server answered 403 Forbidden"),
        (404, "the server answered 404 Not Found"),
        (410, "the server answered 410 Gone"),
        (444, "the server answered 444"),
        (500, "the server answered 500 Internal Server Error"),
    ],
)
async def test_any_other_answer_is_a_failure_that_names_it(
    server: FeedServer, fetcher: Fetcher, status: int, reason: str
) -> None:
    server.put("/feed", b"" if status in {204, 304} else FEED, status=status)

    answer = await ask(fetcher, server.url("/feed"))

    assert isinstance(answer, FetchFailed)
    assert answer.reason == reason


@pytest.mark.parametrize("status", [429, 503])
async def test_a_server_that_asks_for_patience_is_heard(server: FeedServer, fetcher: Fetcher, status: int) -> None:
    server.put("/feed", b"slow down", status=status, Retry_After="1200")

    answer = await ask(fetcher, server.url("/feed"))

    assert isinstance(answer, FetchFailed)
    assert answer.headers["Retry-After"] == "1200"


@pytest.mark.parametrize("body", [b"", b" \n\t "])
async def test_an_empty_answer_is_a_failure(server: FeedServer, fetcher: Fetcher, body: bytes) -> None:
    server.put("/feed", body)

    assert await ask(fetcher, server.url("/feed")) == FetchFailed(reason="an empty answer")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects_are_followed(server: FeedServer, fetcher: Fetcher, status: int) -> None:
    server.redirect("/old", "/new?a=%20b", status=status)
    server.put("/new", FEED)

    answer = await ask(fetcher, server.url("/old"))

    assert isinstance(answer, Body)
    assert answer.moved_to == (server.url("/new?a=%20b") if status in {301, 308} else None)


async def test_only_an_unbroken_chain_of_permanent_redirects_is_remembered(
    server: FeedServer, fetcher: Fetcher
) -> None:
    server.redirect("/a", "/b", status=308)
    server.redirect("/b", "/c", status=302)
    server.redirect("/c", "/d", status=301)
    server.put("/d", FEED)

    answer = await ask(fetcher, server.url("/a"))

    assert isinstance(answer, Body)
    assert answer.moved_to == server.url("/b")


async def test_three_redirects_are_enough(server: FeedServer, fetcher: Fetcher) -> None:
    server.redirect("/loop", "/loop", status=301)

    assert await ask(fetcher, server.url("/loop")) == FetchFailed(reason="more than 3 redirects")
    assert len(server.log) == 4


async def test_validators_travel_with_a_redirect(server: FeedServer, fetcher: Fetcher) -> None:
    server.redirect("/old", "/new", status=302)
    server.put_validated("/new", FEED, etag='"a1"', last_modified="Mon, 06 Oct 2025 10:00:00 GMT")

    assert isinstance(await ask(fetcher, server.url("/old"), etag='"a1"'), NotModified)


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        pytest.param("", "it redirects without saying where", id="nowhere"),
        pytest.param("ftp://a.example/", "its address is neither http nor https", id="another-protocol"),
        pytest.param("http://[::1", "its address is not a valid one", id="half-an-address"),
        pytest.param("http://", "more than 3 redirects", id="no-host"),
    ],
)
async def test_a_redirect_into_nothing_is_a_failure(
    server: FeedServer, fetcher: Fetcher, target: str, reason: str
) -> None:
    server.redirect("/feed", target, status=301)

    assert await ask(fetcher, server.url("/feed")) == FetchFailed(reason=reason)


async def test_a_body_of_just_the_cap_is_taken_and_one_byte_more_is_not(server: FeedServer, fetcher: Fetcher) -> None:
    server.put("/just", b"x" * TWO_MB)
    server.put("/more", b"x" * (TWO_MB + 1))

    assert isinstance(await ask(fetcher, server.url("/just")), Body)
    assert await ask(fetcher, server.url("/more")) == FetchFailed(reason="larger than 2 MB")


@pytest.mark.parametrize("packing", ["gzip", "br"])
async def test_a_small_packed_body_cannot_unpack_into_a_large_one(
    server: FeedServer, fetcher: Fetcher, packing: str
) -> None:
    large = b"\0" * 50 * TWO_MB
    packed = gzip.compress(large) if packing == "gzip" else brotli.compress(large, quality=5)
    server.put("/bomb", packed, Content_Encoding=packing)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert await ask(fetcher, server.url("/bomb")) == FetchFailed(reason="larger than 2 MB")
    # What was unpacked and thrown away was never held whole.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 * 1024


async def test_a_body_without_end_is_left_at_the_cap(server: FeedServer, fetcher: Fetcher) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x" * 65_536)

    server.answers["/endless"] = endless

    assert await ask(fetcher, server.url("/endless")) == FetchFailed(reason="larger than 2 MB")


async def test_a_body_that_breaks_off_is_a_failure(server: FeedServer, fetcher: Fetcher) -> None:
    async def half(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "1000"})
        await response.prepare(request)
        await response.write(FEED[:100])
        assert request.transport is not None
        request.transport.close()
        return response

    server.answers["/half"] = half

    assert await ask(fetcher, server.url("/half")) == FetchFailed(reason="the answer broke off or was packed wrongly")


async def test_a_body_packed_wrongly_is_a_failure(server: FeedServer, fetcher: Fetcher) -> None:
    server.put("/feed", FEED, Content_Encoding="gzip")

    assert await ask(fetcher, server.url("/feed")) == FetchFailed(reason="the answer broke off or was packed wrongly")


async def test_a_server_that_never_answers_is_left(server: FeedServer, hasty: Fetcher) -> None:
    async def silent(_: web.Request) -> web.StreamResponse:
        await asyncio.Event().wait()
        raise AssertionError

    server.answers["/silent"] = silent

    assert await ask(hasty, server.url("/silent")) == FetchFailed(reason="no complete answer within 0.2 s")


async def test_a_server_that_trickles_is_left(server: FeedServer, hasty: Fetcher) -> None:
    async def trickle(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x")
            await asyncio.sleep(0.01)

    server.answers["/trickle"] = trickle

    assert await ask(hasty, server.url("/trickle")) == FetchFailed(reason="no complete answer within 0.2 s")


async def test_what_is_no_http_is_a_failure(fetcher: Fetcher) -> None:
    async def mumble(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example ESMTP\r\n\r\n")
        writer.close()
        await writer.wait_closed()

    listener = await asyncio.start_server(mumble, "127.0.0.1", 0)
    async with listener:
        port = listener.sockets[0].getsockname()[1]
        answer = await ask(fetcher, f"http://127.0.0.1:{port}/")

    assert isinstance(answer, FetchFailed)


async def test_a_closed_port_is_a_failure(server: FeedServer, fetcher: Fetcher) -> None:
    assert await ask(fetcher, "http://127.0.0.1:1/") == FetchFailed(reason="no connection could be made")


async def test_encryption_with_a_server_that_has_none_is_a_failure(server: FeedServer, fetcher: Fetcher) -> None:
    answer = await ask(fetcher, server.url("/feed").replace("http:", "https:"))

    assert answer == FetchFailed(reason="its certificate or encryption was not accepted")


async def test_a_reason_never_repeats_an_address_with_its_password(fetcher: Fetcher) -> None:
    answer = await ask(fetcher, "http://reader:hunter2@127.0.0.1:1/")

    assert isinstance(answer, FetchFailed)
    assert "hunter2" not in answer.reason


@pytest.mark.parametrize("etag", ['"é"', '"' + "x" * 600 + '"', ""])
async def test_a_validator_that_could_break_the_next_request_is_dropped(
    server: FeedServer, fetcher: Fetcher, etag: str
) -> None:
    server.put("/feed", FEED, ETag=etag)

    answer = await ask(fetcher, server.url("/feed"))

    assert isinstance(answer, Body)
    assert answer.etag is None


async def test_no_cookie_is_kept(server: FeedServer, fetcher: Fetcher) -> None:
    server.put("/feed", FEED, Set_Cookie="who=you; Path=/")
    await ask(fetcher, server.url("/feed"))
    await ask(fetcher, server.url("/feed"))

    assert "Cookie" not in server.log[1].headers


async def test_a_fetcher_is_used_open() -> None:
    with pytest.raises(RuntimeError):
        await ask(Fetcher(contact=None, allow_private=True, version="1"), "http://127.0.0.1:1/")

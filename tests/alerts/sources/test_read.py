import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from aiohttp import web

from alerts.sources.documents import MOST_AT_ONCE
from alerts.sources.fetch import Fetched, Fetcher
from alerts.sources.model import Failed, FeedMarks, Kind, Read, ReadOutcome, Source, Unchanged
from alerts.sources.parse import Parser
from alerts.sources.read import Due, SourceReader
from tests.alerts.sources.feed_server import FeedServer
from tests.alerts.sources.samples import FEEDS, HOUR, MINUTE, NOW, feed_bytes, marks, rss, source

PLAIN = feed_bytes("rss20_plain.xml")
CHANGED_AT = "Mon, 06 Oct 2025 10:00:00 GMT"


@pytest.fixture
def reader(fetcher: Fetcher, parser: Parser) -> SourceReader:
    return SourceReader(fetcher=fetcher, parser=parser, minimum_interval=5 * MINUTE, rng=Random(3))


async def read_at(
    reader: SourceReader, fil: Source, moments: Mapping[str, timedelta], remembered: FeedMarks
) -> dict[str, ReadOutcome]:
    """Read `fil` at each moment, each time with the marks of the time before."""
    outcomes: dict[str, ReadOutcome] = {}
    for name, after in moments.items():
        outcomes[name] = await reader.read(fil, remembered, now=NOW + after)
        remembered = outcomes[name].marks
    return outcomes


async def all_of(reader: SourceReader, due: Sequence[Due], *, now: datetime = NOW) -> list[ReadOutcome]:
    """What became of each, in the order they were due."""
    outcomes: dict[str, ReadOutcome] = {}

    async def take(outcome: ReadOutcome) -> None:
        outcomes[outcome.source.id] = outcome

    await reader.read_due(due, take, now=now)
    return [outcomes[one.id] for one, _ in due]


async def test_a_first_reading_brings_every_entry_and_sets_the_clocks(server: FeedServer, reader: SourceReader) -> None:
    server.put("/feed", PLAIN, ETag='"a1"', Last_Modified=CHANGED_AT)

    outcome = await reader.read(source(server.url("/feed")), marks(), now=NOW)

    assert isinstance(outcome, Read)
    assert [item.id for item in outcome.items] == ["laroute-101", "laroute-102"]
    after = outcome.marks
    assert (after.etag, after.last_modified) == ('"a1"', CHANGED_AT)
    assert (after.checked_at, after.succeeded_at, after.unconditional_at) == (NOW, NOW, NOW)
    assert after.newest_entry_at == datetime(2025, 10, 6, 9, 30, tzinfo=UTC)
    assert (after.failures, after.last_failure) == (0, None)


async def test_an_unchanged_feed_is_asked_for_with_both_validators_and_not_sent_again(
    server: FeedServer, reader: SourceReader
) -> None:
    server.put_validated("/feed", PLAIN, etag='"a1"', last_modified=CHANGED_AT)

    outcomes = await read_at(
        reader, source(server.url("/feed")), {"first": timedelta(0), "second": 20 * MINUTE}, marks()
    )

    assert isinstance(outcomes["second"], Unchanged)
    asked = server.log[1].headers
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('"a1"', CHANGED_AT)
    after = outcomes["second"].marks
    assert after.checked_at == after.succeeded_at == NOW + 20 * MINUTE
    assert after.newest_entry_at == outcomes["first"].marks.newest_entry_at


async def test_validators_are_replaced_at_every_answer_even_if_the_body_is_the_same(
    server: FeedServer, reader: SourceReader
) -> None:
    fil = source(server.url("/feed"))
    server.put("/feed", PLAIN, ETag='"a1"', Last_Modified=CHANGED_AT)
    first = await reader.read(fil, marks(), now=NOW)
    server.put("/feed", PLAIN, ETag='"a2"')
    second = await reader.read(fil, first.marks, now=NOW + 20 * MINUTE)

    assert isinstance(second, Unchanged)
    assert (second.marks.etag, second.marks.last_modified) == ('"a2"', None)


async def test_a_304_that_leaves_its_validators_out_does_not_lose_them(
    server: FeedServer, reader: SourceReader
) -> None:
    fil = source(server.url("/feed"))
    server.put("/feed", PLAIN, ETag='"a1"', Last_Modified=CHANGED_AT)
    first = await reader.read(fil, marks(), now=NOW)
    server.put("/feed", b"", status=304)
    second = await reader.read(fil, first.marks, now=NOW + 20 * MINUTE)

    assert isinstance(second, Unchanged)
    assert (second.marks.etag, second.marks.last_modified) == ('"a1"', CHANGED_AT)


async def test_a_server_that_always_says_unchanged_is_asked_in_full_every_six_hours(
    server: FeedServer, reader: SourceReader
) -> None:
    async def stubborn(request: web.Request) -> web.StreamResponse:
        if "If-None-Match" in request.headers:
            return web.Response(status=304)
        return web.Response(body=rss(f"Pont {len(server.log)}"), headers={"ETag": '"for-ever"'})

    server.answers["/feed"] = stubborn
    outcomes = await read_at(
        reader,
        source(server.url("/feed")),
        {"first": timedelta(0), "soon": HOUR, "late": 6 * HOUR, "after": 7 * HOUR},
        marks(),
    )

    kinds = [type(outcome) for outcome in outcomes.values()]
    assert kinds == [Read, Unchanged, Read, Unchanged]


async def test_an_unreadable_answer_is_never_followed_by_an_unchanged(server: FeedServer, reader: SourceReader) -> None:
    server.put_validated("/feed", feed_bytes("login_page.html"), etag='"page"', last_modified=CHANGED_AT)
    remembered = marks(etag='"old"', body_hash="old", unconditional_at=NOW, succeeded_at=NOW)

    outcomes = await read_at(
        reader, source(server.url("/feed")), {"first": 20 * MINUTE, "second": 40 * MINUTE}, remembered
    )

    assert [type(outcome) for outcome in outcomes.values()] == [Failed, Failed]
    assert outcomes["second"].marks.last_failure == "a web page, not a feed"
    assert outcomes["second"].marks.succeeded_at == NOW


async def test_a_failure_to_connect_keeps_what_was_known(server: FeedServer, reader: SourceReader) -> None:
    fil = source(server.url("/feed"))
    server.put("/feed", PLAIN, ETag='"a1"')
    first = await reader.read(fil, marks(), now=NOW)
    server.put("/feed", b"", status=500)
    second = await reader.read(fil, first.marks, now=NOW + 20 * MINUTE)

    assert isinstance(second, Failed)
    assert second.reason == second.marks.last_failure == "the server answered 500 Internal Server Error"
    assert second.marks.failures == 1
    assert second.marks.checked_at == NOW + 20 * MINUTE
    assert second.marks.succeeded_at == NOW
    assert second.marks.etag == '"a1"'
    assert second.marks.newest_entry_at == first.marks.newest_entry_at


async def test_a_feed_that_comes_back_starts_afresh(server: FeedServer, reader: SourceReader) -> None:
    server.put("/feed", PLAIN)

    outcome = await reader.read(
        source(server.url("/feed")), marks(failures=40, last_failure="gone", succeeded_at=NOW - 9 * HOUR), now=NOW
    )

    assert isinstance(outcome, Read)
    assert (outcome.marks.failures, outcome.marks.last_failure) == (0, None)


async def test_an_empty_feed_is_a_failure_and_no_reading(server: FeedServer, reader: SourceReader) -> None:
    server.put("/feed", feed_bytes("channel_without_entries.xml"))

    outcome = await reader.read(source(server.url("/feed")), marks(), now=NOW)

    assert isinstance(outcome, Failed)
    assert outcome.reason == "a feed with no entries"
    assert outcome.marks.succeeded_at is None


async def test_a_host_gets_one_request_at_a_time(server: FeedServer, reader: SourceReader) -> None:
    async def slow(_: web.Request) -> web.StreamResponse:
        await asyncio.sleep(0.01)
        return web.Response(body=PLAIN)

    due = [(source(server.url(f"/{n}"), f"s{n}"), marks(f"s{n}")) for n in range(6)]
    server.answers = {f"/{n}": slow for n in range(6)}

    outcomes = await all_of(reader, due)

    assert [outcome.source.id for outcome in outcomes] == [f"s{n}" for n in range(6)]
    assert server.most_at_once == 1


async def test_one_sources_failure_leaves_its_neighbours_alone(server: FeedServer, reader: SourceReader) -> None:
    server.put("/good", PLAIN)
    server.put("/page", feed_bytes("login_page.html"))
    due = [
        (source("http://127.0.0.1:1/", "closed"), marks("closed")),
        (source(server.url("/page"), "page"), marks("page")),
        (source("http://nowhere.invalid/feed", "nowhere"), marks("nowhere")),
        (source(server.url("/good"), "good"), marks("good")),
    ]

    outcomes = await all_of(reader, due)

    assert [type(outcome) for outcome in outcomes] == [Failed, Failed, Failed, Read]


@pytest.mark.expects_warnings
async def test_a_fault_of_our_own_is_one_sources_failure(
    server: FeedServer, fetcher: Fetcher, parser: Parser, caplog: pytest.LogCaptureFixture
) -> None:
    class Faulty(Fetcher):
        async def fetch(self, url: str, **more: Any) -> Fetched:
            if "faulty" in url:
                raise KeyError(url)
            return await fetcher.fetch(url, **more)

    server.put("/good", PLAIN)
    faulty = Faulty(contact=None, allow_private=True, version="1")
    reader = SourceReader(fetcher=faulty, parser=parser, minimum_interval=MINUTE)
    due = [(source(server.url(path), path), marks(path)) for path in ("/faulty", "/good")]

    first, second = await all_of(reader, due)

    assert isinstance(first, Failed)
    assert first.marks.failures == 1
    assert first.marks.next_check_at is not None
    assert isinstance(second, Read)
    assert "a source could not be read" in caplog.text


async def test_a_permanent_redirect_is_remembered_while_it_works(server: FeedServer, reader: SourceReader) -> None:
    fil = source(server.url("/old"))
    server.redirect("/old", "/new", status=301)
    server.put("/new", PLAIN)
    outcomes = await read_at(reader, fil, {"first": timedelta(0), "second": HOUR}, marks())

    assert outcomes["second"].marks.moved_to == server.url("/new")
    assert (len(server.asked("/old")), len(server.asked("/new"))) == (1, 2)


async def test_a_redirect_to_no_feed_is_forgotten(server: FeedServer, reader: SourceReader) -> None:
    fil = source(server.url("/old"))
    server.redirect("/old", "/parked", status=301)
    server.put("/parked", feed_bytes("login_page.html"))
    first = await reader.read(fil, marks(), now=NOW)
    server.put("/old", PLAIN)
    second = await reader.read(fil, first.marks, now=NOW + HOUR)

    assert first.marks.moved_to is None
    assert isinstance(second, Read)


async def test_a_new_address_that_fails_leads_back_to_the_configured_one(
    server: FeedServer, reader: SourceReader
) -> None:
    server.put("/old", PLAIN)
    remembered = marks(moved_to=server.url("/gone"), url=server.url("/old"))

    outcomes = await read_at(reader, source(server.url("/old")), {"first": timedelta(0), "second": HOUR}, remembered)

    assert [type(outcome) for outcome in outcomes.values()] == [Failed, Read]


async def test_a_source_with_a_new_address_forgets_what_belonged_to_the_old(
    server: FeedServer, reader: SourceReader
) -> None:
    server.put("/first", PLAIN, ETag='"a1"')
    server.put("/second", PLAIN, ETag='"a1"')
    first = await reader.read(source(server.url("/first")), marks(), now=NOW)
    second = await reader.read(source(server.url("/second")), first.marks, now=NOW + HOUR)

    assert isinstance(second, Read)
    assert "If-None-Match" not in server.log[1].headers


async def test_the_operators_language_overrules_the_feeds(server: FeedServer, reader: SourceReader) -> None:
    server.put("/feed", PLAIN.replace(b"fr-FR", b"en-US"))
    fil = source(server.url("/feed"))

    unsaid = await reader.read(fil, marks(), now=NOW)
    said = await reader.read(replace(fil, language="fr"), marks(), now=NOW)

    assert isinstance(unsaid, Read)
    assert isinstance(said, Read)
    assert (unsaid.items[0].language, said.items[0].language) == ("en", "fr")


async def test_a_source_read_for_its_titles_brings_no_summary(server: FeedServer, reader: SourceReader) -> None:
    server.put("/feed", PLAIN)

    outcome = await reader.read(source(server.url("/feed"), title_only=True), marks(), now=NOW)

    assert isinstance(outcome, Read)
    assert {item.summary for item in outcome.items} == {""}


async def test_a_file_is_read_by_its_path(reader: SourceReader) -> None:
    outcome = await reader.read_path_or_url(str(FEEDS / "rss20_plain.xml"), now=NOW)

    assert isinstance(outcome, Read)
    assert len(outcome.items) == 2


async def test_a_feed_is_read_by_its_address(server: FeedServer, reader: SourceReader) -> None:
    server.put("/feed", PLAIN)

    assert isinstance(await reader.read_path_or_url(server.url("/feed"), now=NOW), Read)


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        pytest.param(str(FEEDS / "login_page.html"), "a web page, not a feed", id="a-page"),
        pytest.param(str(FEEDS / "empty.xml"), "an empty answer", id="an-empty-file"),
        pytest.param(str(FEEDS / "missing.xml"), "the file can't be read: No such file or directory", id="missing"),
        pytest.param(str(FEEDS), "the file can't be read: Is a directory", id="a-folder"),
        pytest.param("a\0b", "the file can't be read: not a file name", id="no-file-name"),
        pytest.param("http://127.0.0.1:1/", "no connection could be made", id="a-closed-port"),
    ],
)
async def test_what_is_no_feed_fails_with_a_reason(reader: SourceReader, what: str, reason: str) -> None:
    outcome = await reader.read_path_or_url(what, now=NOW)

    assert isinstance(outcome, Failed)
    assert outcome.reason == reason


async def test_a_file_larger_than_the_cap_is_refused(reader: SourceReader, tmp_path: Path) -> None:
    large = tmp_path / "feed.xml"
    large.write_bytes(b"x" * (2 * 1024 * 1024 + 1))

    outcome = await reader.read_path_or_url(str(large), now=NOW)

    assert isinstance(outcome, Failed)
    assert outcome.reason == "larger than 2 MB"


ALERT = (
    "<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><identifier>{id}</identifier><sent>2025-10-06T09:30:00Z</sent>"
)
ALERT += "<status>Actual</status><msgType>{kind}</msgType><scope>Public</scope><references>{of}</references>"
ALERT += "<info><event>Inondations</event><headline>Inondations {id}</headline></info></alert>"


def warning(known_by: str, *, kind: str = "Alert", of: str = "") -> bytes:
    return ALERT.format(id=known_by, kind=kind, of=f"meteo,{of},x" if of else "").encode()


def index(server: FeedServer, *names: str) -> bytes:
    items = "".join(
        f"<item><title>Vigilance {name}</title><link>{server.url('/' + name)}</link><guid>{name}</guid></item>"
        for name in names
    )
    return f"<rss version='2.0'><channel><title>Météo</title>{items}</channel></rss>".encode()


async def test_an_index_of_warnings_leads_to_each_document_once(server: FeedServer, reader: SourceReader) -> None:
    meteo = source(server.url("/index"), kind=Kind.CAP)
    server.put("/index", index(server, "w1"))
    server.put("/w1", warning("w1"))
    first = await reader.read(meteo, marks(), now=NOW)
    server.put("/index", index(server, "w3", "w2", "w1"))
    server.put("/w2", warning("w2", kind="Update", of="w1"))
    server.put("/w3", warning("w3", kind="Cancel", of="w2"))
    second = await reader.read(meteo, first.marks, now=NOW + HOUR)

    assert isinstance(first, Read)
    assert isinstance(second, Read)
    assert [item.id for item in first.items] == ["w1"]
    assert [(item.id, item.replaces) for item in second.items] == [("w2", ("w1",))]
    assert second.ended == ("w2",)
    assert len(server.asked("/w1")) == 1


async def test_an_index_without_warnings_is_read_all_the_same(server: FeedServer, reader: SourceReader) -> None:
    server.put("/index", index(server))
    outcome = await reader.read(source(server.url("/index"), kind=Kind.CAP), marks(), now=NOW)

    assert isinstance(outcome, Read)
    assert outcome.items == ()


async def test_a_warning_that_could_not_be_had_is_asked_for_again(server: FeedServer, reader: SourceReader) -> None:
    meteo = source(server.url("/index"), kind=Kind.CAP)
    server.put_validated("/index", index(server, "w2", "w1"), etag='"i"', last_modified=CHANGED_AT)
    server.put("/w1", warning("w1"))
    first = await reader.read(meteo, marks(), now=NOW)
    second = await reader.read(meteo, first.marks, now=NOW + HOUR)
    server.put("/w2", warning("w2"))
    third = await reader.read(meteo, second.marks, now=NOW + 2 * HOUR)
    fourth = await reader.read(meteo, third.marks, now=NOW + 3 * HOUR)

    assert isinstance(first, Read)
    assert isinstance(second, Failed)
    assert second.reason == "a warning of it: the server answered 404 Not Found"
    assert isinstance(third, Read)
    assert [item.id for item in third.items] == ["w2"]
    assert isinstance(fourth, Unchanged)
    assert len(server.asked("/w1")) == 1


async def test_a_warnings_address_is_checked_like_any_other(server: FeedServer, reader: SourceReader) -> None:
    server.put("/index", index(server, "x").replace(server.url("/x").encode(), b"ftp://inside.example/w"))
    outcome = await reader.read(source(server.url("/index"), kind=Kind.CAP), marks(), now=NOW)

    assert isinstance(outcome, Failed)
    assert outcome.reason == "a warning of it has no usable address"
    assert len(server.log) == 1


async def test_an_index_that_leads_to_very_many_documents_is_read_on_the_next_time(
    server: FeedServer, reader: SourceReader
) -> None:
    meteo = source(server.url("/index"), kind=Kind.CAP)
    names = [f"w{number}" for number in range(MOST_AT_ONCE + 5)]
    server.put("/index", index(server, *names))
    for name in names:
        server.put(f"/{name}", warning(name))
    first = await reader.read(meteo, marks(), now=NOW)
    second = await reader.read(meteo, first.marks, now=NOW + HOUR)

    assert isinstance(first, Read)
    assert isinstance(second, Read)
    assert sorted(item.id for item in (*first.items, *second.items)) == sorted(names)


async def test_a_price_list_may_be_larger_than_a_feed(server: FeedServer, reader: SourceReader) -> None:
    head = b"date,market,category,commodity,unit,priceflag,currency,price\n"
    rice = b"2025-09-15,Gao,cereals and tubers,Rice (imported),KG,actual,XOF,450\n" * 40_000
    server.put("/prices", head + rice + b"2025-09-15,Gao,non-food,Fuel (diesel),L,actual,XOF,775\n")
    outcome = await reader.read(source(server.url("/prices"), kind=Kind.WFP), marks(), now=NOW)

    assert isinstance(outcome, Read)
    assert [price.price for price in outcome.prices] == [775.0]


async def test_a_source_that_publishes_rarely_is_asked_more_rarely(server: FeedServer, reader: SourceReader) -> None:
    dated = "<item><title>Point {day}</title><pubDate>{day:02} Sep 2025 09:30:00 +0000</pubDate></item>"
    rare = "".join(dated.format(day=day) for day in (10, 17, 24))
    server.put("/rare", f"<rss version='2.0'><channel><title>Fil</title>{rare}</channel></rss>".encode())
    server.put("/busy", PLAIN.replace(b"<ttl>20</ttl>", b""))
    seldom = await reader.read(source(server.url("/rare")), marks(), now=NOW)
    often = await reader.read(source(server.url("/busy")), marks(), now=NOW)

    assert seldom.marks.wait == HOUR
    assert often.marks.wait is not None
    assert often.marks.wait < 20 * MINUTE

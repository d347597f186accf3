import asyncio
import json
import multiprocessing
import os
import signal
from datetime import timedelta

import pytest

from alerts.reading.model import Item
from alerts.sources.formats import ParsedFeed, ParseFailed, parse_feed
from alerts.sources.forms import Form, Wanted
from alerts.sources.model import JsonShape, MarketPrice
from alerts.sources.parse import Parser, _exchange
from alerts.sources.worker import AT_ONCE, decode_answer, decode_request, encode_answer, encode_request
from tests.alerts.sources.feed_server import FeedServer
from tests.alerts.sources.samples import NOW, feed_bytes, rss

GOOD = rss("Pont coupé")
# One comment opened a hundred thousand times: the shape that once took a parser tens of seconds.
COMMENTS = GOOD.replace(b"<title>Pont", b"<title><![CDATA[Pont " + b"<!--" * 100_000 + b"]]>")


async def parse(parser: Parser, body: bytes) -> ParsedFeed | ParseFailed:
    return await parser.parse(body, Wanted(now=NOW))


def worker_pid(parser: Parser) -> int:
    assert parser._worker is not None
    pid = parser._worker.process.pid
    assert pid is not None
    return pid


@pytest.mark.parametrize("name", ["rss20_plain.xml", "jsonfeed_11.json", "login_page.html", "all_guids_the_same.xml"])
async def test_the_process_says_what_parsing_here_would(parser: Parser, name: str) -> None:
    body = feed_bytes(name)

    assert await parse(parser, body) == parse_feed(body, content_type=None, title_only=False, now=NOW)


@pytest.mark.parametrize(
    "answer", [ParseFailed(reason="a web page, not a feed"), ParsedFeed(title="", language=None, items=())]
)
def test_an_answer_survives_the_pipe(answer: ParsedFeed | ParseFailed) -> None:
    assert decode_answer(iter(list(encode_answer(answer)))) == answer


async def test_one_process_serves_many_bodies(parser: Parser) -> None:
    await parse(parser, GOOD)
    pid = worker_pid(parser)
    await parse(parser, feed_bytes("login_page.html"))
    await parse(parser, GOOD)

    assert worker_pid(parser) == pid


async def test_a_stuck_process_is_killed_and_replaced() -> None:
    async with Parser(limit=timedelta(seconds=1)) as parser:
        await parse(parser, GOOD)
        stuck = worker_pid(parser)
        os.kill(stuck, signal.SIGSTOP)

        assert await parse(parser, GOOD) == ParseFailed(reason="not parsed in time")
        assert isinstance(await parse(parser, GOOD), ParsedFeed)
        assert worker_pid(parser) != stuck
        with pytest.raises(ProcessLookupError):
            os.kill(stuck, 0)


async def test_a_process_that_was_killed_while_idle_is_replaced(parser: Parser) -> None:
    await parse(parser, GOOD)
    assert parser._worker is not None
    os.kill(worker_pid(parser), signal.SIGKILL)
    await asyncio.to_thread(parser._worker.process.join)

    assert isinstance(await parse(parser, GOOD), ParsedFeed)


async def test_a_process_that_dies_of_a_body_fails_that_body_alone(parser: Parser) -> None:
    await parse(parser, GOOD)
    os.kill(worker_pid(parser), signal.SIGSTOP)
    waiting = asyncio.create_task(parse(parser, GOOD))
    await asyncio.sleep(0)  # it has taken its turn
    os.kill(worker_pid(parser), signal.SIGKILL)

    assert await waiting == ParseFailed(reason="the parser died of it")
    assert isinstance(await parse(parser, GOOD), ParsedFeed)


async def test_a_reading_that_was_called_off_leaves_no_answer_behind(parser: Parser) -> None:
    await parse(parser, GOOD)
    os.kill(worker_pid(parser), signal.SIGSTOP)
    waiting = asyncio.create_task(parse(parser, rss("called off")))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    assert await parse(parser, GOOD) == parse_feed(GOOD, content_type=None, title_only=False, now=NOW)


async def test_a_stop_meant_for_the_service_does_not_end_its_parser(parser: Parser) -> None:
    await parse(parser, GOOD)
    pid = worker_pid(parser)
    os.kill(pid, signal.SIGTERM)
    os.kill(pid, signal.SIGINT)

    assert isinstance(await parse(parser, GOOD), ParsedFeed)
    assert worker_pid(parser) == pid


async def test_nothing_is_left_running_after_closing() -> None:
    async with Parser() as parser:
        await parse(parser, GOOD)
        pid = worker_pid(parser)

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_a_body_that_takes_too_much_memory_fails_alone() -> None:
    lists = b"[" + b"[]," * 6_000_000 + b"[]]"

    async with Parser(limit=timedelta(seconds=60)) as patient:  # on a busy machine memory takes its time to run out
        assert await parse(patient, lists) == ParseFailed(reason="it takes too much memory to read")
        assert isinstance(await parse(patient, GOOD), ParsedFeed)


async def test_comments_opened_for_ever_are_read_in_no_time(parser: Parser) -> None:
    found = await parse(parser, COMMENTS)

    assert isinstance(found, ParsedFeed)
    assert found.items[0].title == "Pont"
    assert found.items[0].id == "Pont coupé"


async def test_a_body_that_is_an_address_is_not_fetched(parser: Parser, server: FeedServer) -> None:
    server.put("/feed", GOOD)

    assert await parse(parser, server.url("/feed").encode()) == ParseFailed(reason="not a feed")
    assert server.log == []


def test_a_long_answer_comes_in_small_pieces() -> None:
    """Taking a whole one apart at once would hold up the service."""
    items = tuple(Item(id=str(number), title="Pont coupé", point=(14.5, -4.2)) for number in range(1_001))
    price = MarketPrice(date=NOW.date(), market="Gao", commodity="Fuel (diesel)", unit="L", price=775.0, currency="XOF")
    answer = ParsedFeed(items=items, prices=(price,) * 250, ended=("w1",), gap=timedelta(hours=3), newest=NOW)

    pieces = list(encode_answer(answer))

    assert len(pieces) == 1 + 11 + 3
    assert max(len(json.loads(piece)) for piece in pieces[1:]) == AT_ONCE
    assert decode_answer(iter(pieces)) == answer


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(now=NOW),
        Wanted(now=NOW, form=Form.JSON, content_type="text/plain", title_only=True, language="fr", shape=JsonShape()),
        Wanted(now=NOW, form=Form.JSON, shape=JsonShape(entries="rows", fields={"title": "t"})),
    ],
)
def test_a_request_survives_the_pipe(wanted: Wanted) -> None:
    assert decode_request(encode_request(wanted)) == wanted


async def test_a_process_that_stops_in_the_middle_of_an_answer_is_late() -> None:
    ours, theirs = multiprocessing.Pipe()
    theirs.send_bytes(next(encode_answer(ParsedFeed(items=(Item(id="1", title="Pont"),)))))

    answer = await asyncio.to_thread(_exchange, ours, b"", b"", timedelta(seconds=0.2))

    assert answer == ParseFailed(reason="not parsed in time")

"""What did a call come to? Over real sockets; and whatever becomes of it, the token is nobody's business."""

import asyncio
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError  # noqa: TID251 - what the wire raises

from alerts.delivery.model import Ambiguous, Lane, RetryIn
from bot.demo.telegram.client import Telegram
from bot.telegram.outcome import outcome_of
from bot.telegram.pacer import Pacer
from bot.telegram.wire import NotSentError, Wire, lane, turn_held

TOKEN = "987654:NOT_a_secret_but_long_enough"

Server = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def calling(wire: Wire, serve: Server) -> AsyncIterator[Bot]:
    """A bot whose Telegram is `serve`."""

    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        finally:
            writer.close()

    server = await asyncio.start_server(once, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        yield Bot(TOKEN, base_url=f"http://127.0.0.1:{port}/bot", request=wire, get_updates_request=wire)


async def request_line(reader: asyncio.StreamReader) -> str:
    return (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1].decode()


def answering(status: str, body: str, *headers: str) -> Server:
    """Telegram, or what stands between; `{url}` in the body is the path that was called."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        page = body.replace("{url}", await request_line(reader)).encode()
        head = [f"HTTP/1.1 {status}", f"Content-Length: {len(page)}", "Connection: close", *headers]
        writer.write("\r\n".join([*head, "", ""]).encode() + page)
        await writer.drain()

    return serve


async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await request_line(reader)
    writer.transport.abort()


async def stay_silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await request_line(reader)
    await reader.read()


async def stop_half_way(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await request_line(reader)
    writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"ok": tr')
    await writer.drain()


async def speak_no_http(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"220 mail.example ESMTP ready\r\n\r\n")
    await writer.drain()


BROKEN = [
    pytest.param(hang_up, id="reset"),
    pytest.param(stay_silent, id="no-answer"),
    pytest.param(stop_half_way, id="half-an-answer"),
    pytest.param(speak_no_http, id="no-http"),
    pytest.param(answering("502 Bad Gateway", "<h1>{url}: bad gateway</h1>"), id="502"),
    pytest.param(answering("500 Internal Server Error", '{"ok":false,"description":"Internal"}'), id="500"),
    pytest.param(answering("200 OK", "<h1>Welcome! You asked for {url}</h1>"), id="a-login-page"),
    pytest.param(answering("302 Found", "", "Location: http://127.0.0.1:9/login"), id="a-redirect"),
]
PAGES = [
    pytest.param(answering(status, "<p>The requested URL {url} was refused.</p>"), id=status)
    for status in (
        "400 Bad Request",
        "403 Forbidden",
        "404 Not Found",
        "409 Conflict",
        "413 Too Large",
        "429 Slow Down",
    )
]


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.wire.ANSWER_SECONDS", 0.3)


def everything_about(error: BaseException) -> str:
    """All that a log, a report or a debugger would show of an error and of what led to it."""
    told = ["".join(traceback.format_exception(error))]
    link: BaseException | None = error
    while link is not None:
        told += [str(link), repr(link), repr(link.args)]
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return "\n".join(told)


async def fault_of(call: Awaitable[object]) -> TelegramError:
    with pytest.raises(TelegramError) as raised:
        await call
    return raised.value


async def test_a_refused_connection_was_surely_not_sent(wire: Wire, unused_tcp_port: int):
    bot = Bot(TOKEN, base_url=f"http://127.0.0.1:{unused_tcp_port}/bot", request=wire, get_updates_request=wire)
    error = await fault_of(bot.send_message(1, "a"))
    assert isinstance(error, NotSentError)
    assert isinstance(outcome_of(error), RetryIn)
    assert TOKEN not in everything_about(error)


async def test_a_wire_that_is_closed_sends_nothing(pacer: Pacer):
    wire = Wire(pacer)
    async with calling(wire, hang_up) as bot:
        assert isinstance(await fault_of(bot.send_message(1, "a")), NotSentError)
        await wire.initialize()
        await wire.shutdown()
        await wire.shutdown()
        assert isinstance(await fault_of(bot.send_message(1, "a")), NotSentError)


async def test_a_service_that_may_not_send_any_more_sends_nothing(pacer: Pacer):
    async with Wire(pacer, may_send=lambda: False) as wire, calling(wire, hang_up) as bot:
        error = await fault_of(bot.send_message(1, "a"))
    assert isinstance(error, NotSentError)
    assert isinstance(outcome_of(error), RetryIn)


@pytest.mark.parametrize("server", BROKEN)
async def test_a_call_that_broke_may_have_arrived(wire: Wire, server: Server):
    async with calling(wire, server) as bot:
        error = await fault_of(bot.send_message(1, "a"))
    assert not isinstance(error, NotSentError)
    assert isinstance(outcome_of(error), Ambiguous)


@pytest.mark.expects_warnings
@pytest.mark.parametrize("server", BROKEN + PAGES)
async def test_the_token_is_in_no_error_and_no_log(wire: Wire, server: Server, caplog: pytest.LogCaptureFixture):
    caplog.set_level("INFO")
    async with calling(wire, server) as bot:
        told = [
            everything_about(await fault_of(call)) for call in (bot.send_message(1, "a"), bot.get_updates(timeout=0))
        ]
    assert not [text for text in [*told, caplog.text] if TOKEN.partition(":")[2] in text]


async def test_redirects_are_not_followed(wire: Wire):
    asked: list[str] = []

    async def elsewhere(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await request_line(reader))
        await answering("200 OK", '{"ok":true,"result":true}')(reader, writer)

    server = await asyncio.start_server(elsewhere, "127.0.0.1", 0)
    async with server:
        address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        async with calling(wire, answering("307 Temporary Redirect", "", f"Location: {address}")) as bot:
            assert isinstance(await fault_of(bot.send_message(1, "a")), NetworkError)
    assert asked == []


async def test_a_wrong_token_is_not_named(telegram: Telegram, wire: Wire, caplog: pytest.LogCaptureFixture):
    caplog.set_level("INFO")
    bot = Bot(TOKEN, base_url=telegram.base_url, request=wire, get_updates_request=wire)
    error = await fault_of(bot.get_me())
    assert isinstance(error, InvalidToken)
    assert TOKEN not in everything_about(error) + caplog.text


async def test_refusals_keep_telegrams_own_words(telegram: Telegram, bot: Bot):
    await telegram.open_chats(1)
    for kind, wanted in (("blocked", Forbidden), ("cannot_parse", BadRequest)):
        await telegram.fail(kind, times=1)
        error = await fault_of(bot.send_message(1, "a"))
        assert isinstance(error, wanted)
        assert error.message


@pytest.mark.expects_warnings
async def test_a_429_halts_everyone_for_as_long_as_it_says(telegram: Telegram, bot: Bot, pacer: Pacer):
    await telegram.open_chats(1)
    await telegram.fail("flood", times=1, retry_after=17)
    assert isinstance(await fault_of(bot.send_message(1, "a")), RetryAfter)
    assert 16 < pacer.halted_for <= 17
    assert pacer.counts.refusals == 1


@pytest.mark.expects_warnings
@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<p>slow down</p>", id="a page"),
        pytest.param('{"ok":false,"description":"Too Many Requests"}', id="no time"),
        pytest.param('{"ok":false,"parameters":{"retry_after":0}}', id="none at all"),
    ],
)
async def test_a_429_that_says_nothing_is_a_refusal_all_the_same(wire: Wire, pacer: Pacer, body: str):
    async with calling(wire, answering("429 Too Many Requests", body)) as bot:
        error = await fault_of(bot.send_message(1, "a"))
    assert isinstance(outcome_of(error), RetryIn)
    assert pacer.counts.refusals == 1


async def test_a_poll_that_was_refused_rests_alone(telegram: Telegram, bot: Bot, pacer: Pacer):
    await telegram.open_chats(1)
    await telegram.fail("flood", method="getUpdates", times=1, retry_after=60)
    await fault_of(bot.get_updates())
    await bot.send_message(1, "a")
    assert pacer.halted_for == 0
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(bot.get_updates(), 0.2)
    assert (await telegram.counters()).calls["getUpdates", 200] == 0


async def test_a_refused_call_holds_up_no_poll(telegram: Telegram, bot: Bot, pacer: Pacer):
    pacer.halt(30)
    assert await bot.get_updates(timeout=0) == ()


async def test_what_did_not_reach_telegram_takes_no_place(wire: Wire, pacer: Pacer, unused_tcp_port: int):
    bot = Bot(TOKEN, base_url=f"http://127.0.0.1:{unused_tcp_port}/bot", request=wire, get_updates_request=wire)
    await fault_of(bot.send_message(1, "a"))
    assert pacer.counts.sent == 0
    assert pacer._places.out == 0


async def test_a_call_is_not_repeated_when_a_kept_connection_breaks(wire: Wire):
    asked: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await request_line(reader))
        await reader.readexactly(40)
        answer = b'{"ok":true,"result":true}'
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(answer), answer))
        await writer.drain()
        asked.append(await request_line(reader))

    async with calling(wire, serve) as bot:
        await bot.delete_message(1, 1000000000)
        assert isinstance(outcome_of(await fault_of(bot.delete_message(1, 1000000000))), Ambiguous)
    assert len(asked) == 2


@pytest.mark.parametrize("status", ["400 Bad Request", "403 Forbidden", "404 Not Found", "409 Conflict"])
@pytest.mark.parametrize("body", ["<p>Log in first</p>", '{"error":"blocked by the proxy"}'])
async def test_what_stands_between_bars_no_chat_and_stops_nothing(wire: Wire, status: str, body: str):
    async with calling(wire, answering(status, body)) as bot:
        assert isinstance(outcome_of(await fault_of(bot.send_message(1, "a"))), Ambiguous)


async def test_an_answer_that_can_not_be_read_is_not_quoted(wire: Wire, caplog: pytest.LogCaptureFixture):
    async with calling(wire, answering("200 OK", '{"ok":true,"result":{"text":"Kayes')) as bot:
        error = await fault_of(bot.send_message(1, "a"))
    assert isinstance(outcome_of(error), Ambiguous)
    assert "Kayes" not in everything_about(error) + caplog.text


async def test_every_call_takes_a_turn_but_the_long_poll(telegram: Telegram, bot: Bot, pacer: Pacer):
    await telegram.open_chats(1)
    calls = [
        bot.get_me,
        lambda: bot.send_message(1, "a"),
        lambda: bot.edit_message_text("b", 1, 1),
        lambda: bot.delete_message(1, 1),
        lambda: bot.send_photo(1, b"\x89PNG"),
        lambda: bot.send_chat_action(1, "typing"),
    ]
    for number, call in enumerate(calls, start=1):
        await call()
        assert pacer.counts.sent == number
    await bot.get_updates(timeout=0)
    assert pacer.counts.sent == len(calls)


async def test_a_turn_that_is_held_is_not_taken_again(telegram: Telegram, bot: Bot, pacer: Pacer):
    await telegram.open_chats(1)
    async with pacer.turn(Lane.HIGH, 1) as turn:
        await pacer.may_leave(turn)
        token = turn_held.set(turn)
        await bot.send_message(1, "a")
        turn_held.reset(token)
    assert pacer.counts.sent == 1


async def test_a_call_waits_in_its_lane_while_a_poll_goes_by(telegram: Telegram):
    await telegram.open_chats(1)
    pacer = Pacer(allowance=1)
    async with Wire(pacer) as wire:
        bot = Bot(telegram.token, base_url=telegram.base_url, request=wire, get_updates_request=wire)
        async with pacer.turn(Lane.CRITICAL):
            token = lane.set(Lane.NORMAL)
            waiting = asyncio.create_task(bot.send_message(1, "a"))
            lane.reset(token)
            await bot.get_updates(timeout=0)
            assert not waiting.done()
            assert pacer._line._ready[Lane.NORMAL]
        await waiting


async def test_files_go_through_as_they_are(telegram: Telegram, bot: Bot):
    await telegram.open_chats(1)
    picture = bytes(range(256)) * 200
    await bot.send_photo(1, picture, caption="Kayes – Diéma : « rien de récent »")
    await bot.send_document(1, b'{"a": 1}\n', filename="récit.jsonl")
    photo, document = await telegram.messages(1)
    assert photo.media is not None
    assert document.media is not None
    assert await telegram.file(photo.media.file_id) == picture
    assert photo.text == "Kayes – Diéma : « rien de récent »"
    assert document.media.name == "récit.jsonl"


async def test_texts_of_any_script_arrive_whole(telegram: Telegram, bot: Bot):
    await telegram.open_chats(1)
    text = "Sikasso → Zégoua & « fɛɛrɛ » + ߒߞߏ 🚧\n= %41"
    await bot.send_message(1, text)
    assert [message.text for message in await telegram.messages(1)] == [text]


async def test_a_hundred_calls_at_once_all_arrive(telegram: Telegram, bot: Bot):
    people = range(1, 101)
    await telegram.open_chats(*people)
    await asyncio.gather(*(bot.send_message(person, "a") for person in people))
    assert len((await telegram.counters()).sends) == 100

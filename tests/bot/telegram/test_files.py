"""A file is fetched whole or not at all, and no further than it is of use."""

import asyncio

import pytest
from telegram import Bot
from telegram.error import NetworkError  # noqa: TID251 - what the wire raises

from bot.demo.telegram.client import Telegram
from bot.telegram.files import Files
from bot.telegram.wire import Wire
from handlers.files import LARGEST_FILE, NoFile

TOKEN = "987654:NOT_a_secret_but_long_enough"
FOUND = b'{"ok": true, "result": {"file_id": "x", "file_unique_id": "x", "file_path": "documents/x"}}'


@pytest.fixture
def files(telegram: Telegram, wire: Wire) -> Files:
    return Files(
        Bot(
            telegram.token,
            base_url=telegram.base_url,
            base_file_url=telegram.base_file_url,
            request=wire,
            get_updates_request=wire,
        )
    )


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, page: bytes, *, status: str) -> None:
    await reader.readuntil(b"\r\n\r\n")
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(page)}\r\nConnection: close\r\n\r\n"
    writer.write(head.encode() + page)
    await writer.drain()
    writer.close()


@pytest.mark.parametrize("size", [0, 1, LARGEST_FILE], ids=["empty", "one-byte", "the-most"])
async def test_what_is_not_too_large_comes_whole(telegram: Telegram, files: Files, size: int):
    content = (bytes(range(251)) * (size // 251 + 1))[:size]
    await telegram.send_document(1, "a.csv", content)
    assert await files.fetch("file-1") == content


async def test_what_is_said_to_be_too_large_is_not_begun(telegram: Telegram, files: Files):
    await telegram.send_document(1, "a.csv", bytes(LARGEST_FILE + 1))
    assert await files.fetch("file-1") is NoFile.TOO_LARGE


async def test_what_telegram_does_not_know_is_gone(files: Files):
    assert await files.fetch("file-1") is NoFile.GONE


async def test_a_file_without_end_is_left_where_it_is_too_large(wire: Wire):
    """Nobody said how large it is, and it would never end."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = await reader.readline()
        if line.startswith(b"POST"):
            await answer(reader, writer, FOUND, status="200 OK")
            return
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while not reader.at_eof() and not writer.is_closing():
            writer.write(bytes(10_000))
            await writer.drain()

    async def until_left(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        except ConnectionError:
            left.set()

    left = asyncio.Event()
    server = await asyncio.start_server(until_left, "127.0.0.1", 0)
    async with server:
        address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        bot = Bot(TOKEN, base_url=f"{address}/bot", base_file_url=f"{address}/file", request=wire)
        assert await Files(bot).fetch("x") is NoFile.TOO_LARGE
        await left.wait()


@pytest.mark.parametrize(
    ("status", "page"),
    [
        pytest.param("404 Not Found", b'{"ok": false, "error_code": 404, "description": "Not Found"}', id="telegrams"),
        pytest.param("404 Not Found", b"<html>nothing here</html>", id="a page"),
    ],
)
async def test_an_address_that_leads_nowhere_is_a_file_that_is_gone(wire: Wire, status: str, page: bytes):
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        is_call = (await reader.readline()).startswith(b"POST")
        await answer(reader, writer, FOUND if is_call else page, status="200 OK" if is_call else status)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        bot = Bot(TOKEN, base_url=f"{address}/bot", base_file_url=f"{address}/file", request=wire)
        assert await Files(bot).fetch("x") is NoFile.GONE


async def test_a_network_that_fails_says_nothing_of_the_file(wire: Wire):
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if (await reader.readline()).startswith(b"POST"):
            await answer(reader, writer, FOUND, status="200 OK")
        writer.transport.abort()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        bot = Bot(TOKEN, base_url=f"{address}/bot", base_file_url=f"{address}/file", request=wire)
        with pytest.raises(NetworkError) as failed:
            await Files(bot).fetch("x")
        assert TOKEN not in str(failed.value)

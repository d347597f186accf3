"""The stand-in lives as long as it should, and no longer."""

import asyncio
import json
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process

import aiohttp
import pytest

from bot.demo.telegram.client import Telegram, start_telegram
from bot.demo.telegram.process import StandInError


async def start(*arguments: str) -> tuple[Process, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.demo.telegram", *arguments, stdin=PIPE, stdout=PIPE
    )
    assert process.stdout is not None
    return process, json.loads(await process.stdout.readline())["url"]


async def test_it_says_where_it_listens_and_ends_on_sigterm():
    process, url = await start("--port", "0", "--seed", "3")
    async with Telegram(url) as telegram:
        await telegram.say(1, "/start")
        assert len(await telegram.pending_updates()) == 1
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0


async def test_it_ends_with_its_parent_if_asked():
    process, _ = await start("--with-parent")
    assert process.stdin is not None
    process.stdin.close()
    assert await process.wait() == 0


async def test_it_ends_even_while_a_bot_is_kept_waiting():
    async with start_telegram() as telegram:
        await telegram.open_chats(1)
        await telegram.fail("hang_after")
        async with aiohttp.ClientSession() as http:
            call = http.post(f"{telegram.base_url}{telegram.token}/sendMessage", json={"chat_id": 1, "text": "x"})
            hanging = asyncio.ensure_future(call)
            await telegram.wait_for(1, 1)
            await telegram.reset()
            with pytest.raises(aiohttp.ClientError):
                await hanging


async def test_a_taken_port_is_reported_not_waited_for():
    async with start_telegram() as telegram:
        port = telegram.url.rpartition(":")[2]
        second = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.demo.telegram", "--port", port, stdout=PIPE, stderr=DEVNULL
        )
        assert await second.wait() != 0


async def test_its_control_is_used_inside_async_with_only():
    with pytest.raises(StandInError, match="async with"):
        await Telegram("http://127.0.0.1:1").pending_updates()

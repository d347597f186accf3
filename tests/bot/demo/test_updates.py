"""Updates wait until they are confirmed, whatever becomes of the one who asked."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken  # noqa: TID251 - what a refusal becomes

from bot.demo.telegram.client import Telegram
from bot.demo.telegram.process import StandInError

POLLER = """
import asyncio, sys
from telegram import Bot

async def main():
    async with Bot(sys.argv[1], base_url=sys.argv[2]) as bot:
        [first] = await bot.get_updates(timeout=50)
        print(first.update_id, flush=True)
        if sys.argv[3] == "confirm":
            await bot.get_updates(offset=first.update_id + 1, timeout=50)
        await asyncio.Event().wait()

asyncio.run(main())
"""


def texts(updates: tuple[Update, ...]) -> list[str | None]:
    return [update.effective_message.text if update.effective_message else None for update in updates]


async def test_an_update_comes_again_until_a_later_offset_confirms_it(telegram: Telegram, bot: Bot):
    await telegram.say(1, "/start")
    [first] = await bot.get_updates(timeout=5)
    assert texts(await bot.get_updates(offset=first.update_id)) == ["/start"]
    assert await bot.get_updates(offset=first.update_id + 1) == ()
    assert await telegram.pending_updates() == []


async def test_a_poll_waits_for_what_is_said_later(telegram: Telegram, bot: Bot):
    polling = asyncio.create_task(bot.get_updates(timeout=50))
    await telegram.say(1, "later")
    assert texts(await polling) == ["later"]


async def test_no_more_than_the_limit_are_handed_out_in_order(telegram: Telegram, bot: Bot):
    for number in range(3):
        await telegram.say(1, str(number))
    assert texts(await bot.get_updates(limit=2)) == ["0", "1"]


async def test_never_more_than_a_hundred_at_once(telegram: Telegram, bot: Bot):
    for number in range(101):
        await telegram.say(1, str(number))
    assert len(await bot.get_updates(limit=100)) == 100


async def test_a_negative_offset_keeps_only_the_last(telegram: Telegram, bot: Bot):
    for number in range(3):
        await telegram.say(1, str(number))
    assert texts(await bot.get_updates(offset=-1)) == ["2"]
    assert len(await telegram.pending_updates()) == 1


async def test_kinds_that_were_not_asked_for_do_not_come(telegram: Telegram, bot: Bot):
    await bot.get_updates(allowed_updates=["message"])
    await telegram.join(-100, status="administrator")
    await telegram.say(1, "heard")
    assert texts(await bot.get_updates()) == ["heard"]


async def test_of_two_polls_the_older_is_told_of_the_conflict(telegram: Telegram, bot: Bot):
    async with Bot(telegram.token, base_url=telegram.base_url) as second:
        polls = [asyncio.create_task(one.get_updates(timeout=50)) for one in (bot, second)]
        [older], [younger] = await asyncio.wait(polls, return_when=asyncio.FIRST_COMPLETED)
        await telegram.say(1, "for the younger")
        assert isinstance(older.exception(), Conflict)
        assert texts(await younger) == ["for the younger"]


async def test_another_token_is_not_let_in(telegram: Telegram):
    with pytest.raises(InvalidToken):
        async with Bot("1:other", base_url=telegram.base_url):
            pass


@pytest.mark.parametrize("when", ["confirm", "keep"], ids=["killed while it waits", "killed before it confirms"])
async def test_a_bot_killed_in_mid_poll_loses_no_update(telegram: Telegram, bot: Bot, when: str):
    await telegram.say(1, "one")
    poller = await asyncio.create_subprocess_exec(
        sys.executable, "-c", POLLER, telegram.token, telegram.base_url, when, stdout=PIPE
    )
    assert poller.stdout is not None
    seen = int(await poller.stdout.readline())
    if when == "confirm":
        await telegram.wait_drained()
    poller.kill()
    await poller.communicate()
    await telegram.say(1, "two")
    expected = ["two"] if when == "confirm" else ["one", "two"]
    assert texts(await bot.get_updates(offset=seen, timeout=5)) == expected


async def test_an_update_shows_the_message_as_it_was_then(telegram: Telegram, bot: Bot):
    message_id = await telegram.say(1, "first words")
    await telegram.edit(1, message_id, "better words")
    first, second = await bot.get_updates()
    assert (first.message and first.message.text) == "first words"
    assert (second.edited_message and second.edited_message.text) == "better words"


class Hook:
    """A webhook's far side: refuses the first update once, keeps what it accepts."""

    def __init__(self) -> None:
        self.secrets: list[str | None] = []
        self.taken: asyncio.Queue[dict[str, object]] = asyncio.Queue()
        self.url = ""

    async def take(self, request: web.Request) -> web.Response:
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        if len(self.secrets) == 1:
            return web.Response(status=503)
        await self.taken.put(await request.json())
        return web.Response()


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_a_webhook_gets_each_update_until_it_takes_it(telegram: Telegram, bot: Bot, hook: Hook):
    await bot.set_webhook(hook.url, secret_token="made-up")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    await telegram.say(1, "pushed")
    update = Update.de_json(dict(await hook.taken.get()), bot)
    await telegram.wait_drained()
    assert texts((update,)) == ["pushed"]
    assert hook.secrets == ["made-up", "made-up"]
    assert (await bot.get_webhook_info()).url == hook.url
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_a_tap_on_a_button_that_is_not_there_is_the_tests_own_fault(telegram: Telegram):
    await telegram.say(1, "/start")
    with pytest.raises(StandInError, match="no message in chat 1 shows a button"):
        await telegram.tap(1, "RN1")

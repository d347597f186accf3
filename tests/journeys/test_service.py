"""The service beside its neighbours: another service, another Redis, a Redis that dies, a Telegram that refuses."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import pytest

from tests.support.crowd import SUMMARY, TITLE
from tests.support.redis import Server, free_port, kill
from tests.support.stack import PATIENCE, Stack

pytestmark = pytest.mark.timeout(300)  # a bot takes its time to start on a busy machine

READER = 101


async def hears_of_an_ambush(around: Stack) -> None:
    await around.telegram.say(READER, "/suivre RN1")
    await around.telegram.wait_for(READER, 1, timeout=PATIENCE)
    await around.polled(2)
    around.publish(TITLE, SUMMARY)
    await around.telegram.wait_for(READER, 2, timeout=PATIENCE)


async def test_a_second_service_on_a_data_folder_is_refused_with_a_sentence(around: Stack):
    await around.start()
    await around.telegram.say(READER, "/aide")
    await around.telegram.wait_for(READER, 1, timeout=PATIENCE)
    second = await around.spawn()
    assert await second.wait() == 1
    assert str(around.process.pid if around.process else 0) in around.log()


async def test_a_redis_that_dies_in_mid_run_is_back_with_everything(around: Stack):
    await around.start()
    await around.telegram.say(READER, "/suivre RN1")
    await around.telegram.wait_for(READER, 1, timeout=PATIENCE)
    await around.polled(2)
    async with around.redis() as redis:
        server = (await redis.info("server"))["process_id"]
    kill(server)
    around.publish(TITLE, SUMMARY)
    await around.telegram.wait_for(READER, 2, timeout=PATIENCE)
    await around.telegram.say(READER, "/mesroutes")
    (mine,) = (await around.telegram.wait_for(READER, 3, timeout=PATIENCE))[2:]
    assert "RN1" in mine.text


async def server_of(around: Stack, *, besides: int = 0) -> int:
    """The process of the bot's own Redis, as soon as there is (another) one."""
    pid = around.folder / "data" / "redis" / "server.lock"
    async with asyncio.timeout(PATIENCE):
        while True:
            with suppress(OSError, ValueError):
                if (found := int(pid.read_text())) != besides:
                    return found
            await asyncio.sleep(0.005)


async def test_a_redis_that_is_killed_again_and_again_while_the_service_starts(around: Stack):
    await around.start()
    server = 0
    for _ in range(4):
        server = await server_of(around, besides=server)
        kill(server)
    await hears_of_an_ambush(around)
    assert around.process is not None
    assert around.process.returncode is None


async def test_a_redis_that_is_not_there_yet_is_waited_for(around: Stack, start_redis: Callable[..., Server]):
    port = free_port()
    around.redis_url = f"redis://127.0.0.1:{port}"
    await around.start()
    await around.logged("redis can't be used yet")
    await asyncio.to_thread(start_redis, port=port)
    await hears_of_an_ambush(around)


async def test_who_waits_for_redis_stops_when_told_to(around: Stack):
    around.redis_url = f"redis://127.0.0.1:{free_port()}"
    await around.start()
    await around.logged("redis can't be used yet")
    await around.terminate()
    assert around.process is not None
    assert around.process.returncode == 0


async def test_a_redis_that_refuses_the_password_ends_the_start(around: Stack, start_redis: Callable[..., Server]):
    port = free_port()
    start_redis("--requirepass", "another", port=port)
    around.redis_url = f"redis://:wrong@127.0.0.1:{port}"
    process = await around.spawn()
    assert await process.wait() == 1
    assert "cannot be used" in around.log().strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        pytest.param({"SIRABA_BOT_TOKEN": "4242:another"}, "does not know this bot token", id="a-wrong-token"),
        pytest.param({"SIRABA_BOT_TOKEN": ""}, "SIRABA_BOT_TOKEN is not set", id="no-token"),
        pytest.param({"SIRABA_TIMEZONE": "Mars/Olympus"}, "SIRABA_TIMEZONE: is not a time zone", id="a-wrong-setting"),
    ],
)
async def test_what_cannot_work_ends_with_one_sentence(around: Stack, settings: dict[str, str], sentence: str):
    process = await around.spawn(**settings)
    assert await process.wait() == 1
    last = around.log().strip().splitlines()[-1]
    assert sentence in last
    assert "Traceback" not in around.log()
    assert "4242:" not in around.log()


async def test_telegram_out_of_reach_is_waited_for(around: Stack):
    await around.telegram.fail("bad_gateway_before", times=4)
    await around.start()
    await hears_of_an_ambush(around)
    assert "telegram can't be reached" in around.log()
    assert around.telegram.token not in around.log()

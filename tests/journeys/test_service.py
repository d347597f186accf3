"""The service beside its neighbours: another service, another Redis, a Redis that dies, a Telegram that refuses."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.crowd import SUMMARY, TITLE
from tests.support.redis import kill
from tests.support.stack import Stack, stack

READER = 101


@pytest.fixture
async def around(tmp_path: Path) -> AsyncIterator[Stack]:
    async with stack(tmp_path) as built:
        yield built


async def hears_of_an_ambush(around: Stack) -> None:
    await around.telegram.say(READER, "/suivre RN1")
    await around.telegram.wait_for(READER, 1, timeout=20)
    await around.polled(2)
    around.publish(TITLE, SUMMARY)
    await around.telegram.wait_for(READER, 2, timeout=20)


async def test_a_second_service_on_a_data_folder_is_refused_with_a_sentence(around: Stack):
    await around.start()
    await around.telegram.say(READER, "/aide")
    await around.telegram.wait_for(READER, 1, timeout=20)
    second = await around.spawn()
    assert await second.wait() == 1
    assert str(around.process.pid if around.process else 0) in around.log()


async def test_a_redis_that_dies_in_mid_run_is_back_with_everything(around: Stack):
    await around.start()
    await around.telegram.say(READER, "/suivre RN1")
    await around.telegram.wait_for(READER, 1, timeout=20)
    await around.polled(2)
    async with around.redis() as redis:
        server = (await redis.info("server"))["process_id"]
    kill(server)
    around.publish(TITLE, SUMMARY)
    await around.telegram.wait_for(READER, 2, timeout=30)
    await around.telegram.say(READER, "/mesroutes")
    (mine,) = (await around.telegram.wait_for(READER, 3, timeout=20))[2:]
    assert "RN1" in mine.text


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

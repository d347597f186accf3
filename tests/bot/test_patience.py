"""The service waits for a Redis that is away, and for nothing that waiting cannot mend."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from alerts.store.connection import StoreRefuses, WrongStoreUrl, connect
from alerts.store.server import RedisWontStart
from bot.patience import Patience, StoppedWaitingError
from tests.support.redis import Server, free_port


@pytest.mark.expects_warnings
async def test_a_redis_that_comes_up_later_is_found(start_redis: Callable[..., Server]):
    port = free_port()
    waiting = asyncio.create_task(Patience(asyncio.Event())(lambda: connect(f"redis://127.0.0.1:{port}")))
    await asyncio.sleep(0.3)
    assert not waiting.done()
    await asyncio.to_thread(start_redis, port=port)
    redis = await waiting
    assert await redis.ping()
    await redis.aclose()


@pytest.mark.expects_warnings
async def test_a_trouble_is_told_once_not_with_each_try(caplog: pytest.LogCaptureFixture, tmp_path: Path):
    stop, tries = asyncio.Event(), 0

    async def step() -> None:
        nonlocal tries
        tries += 1
        if tries == 3:
            stop.set()
        await connect(str(tmp_path / "none.sock"))

    with pytest.raises(StoppedWaitingError):
        await Patience(stop)(step)
    assert caplog.text.count("redis can't be used yet") == 1


@pytest.mark.expects_warnings
async def test_who_is_told_to_stop_waits_no_longer(tmp_path: Path):
    stop = asyncio.Event()
    waiting = asyncio.create_task(Patience(stop)(lambda: connect(str(tmp_path / "none.sock"))))
    await asyncio.sleep(0.3)
    stop.set()
    with pytest.raises(StoppedWaitingError):
        await waiting


async def test_a_wrong_password_is_not_waited_for(start_redis: Callable[..., Server]):
    port = free_port()
    start_redis("--requirepass", "another", port=port)
    with pytest.raises(StoreRefuses):
        await Patience(asyncio.Event())(lambda: connect(f"redis://:wrong@127.0.0.1:{port}"))


async def test_an_address_that_is_none_is_not_waited_for():
    with pytest.raises(WrongStoreUrl):
        await Patience(asyncio.Event())(lambda: connect("https://127.0.0.1"))


@pytest.mark.expects_warnings
@pytest.mark.parametrize("was_killed", [True, False], ids=["one-that-was-killed", "one-that-gave-up"])
async def test_of_private_servers_that_do_not_come_up_only_a_killed_one_is_tried_again(*, was_killed: bool):
    tries = 0

    async def start() -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise RedisWontStart("gone", was_killed=was_killed)

    if was_killed:
        await Patience(asyncio.Event())(start)
        assert tries == 2
    else:
        with pytest.raises(RedisWontStart):
            await Patience(asyncio.Event())(start)

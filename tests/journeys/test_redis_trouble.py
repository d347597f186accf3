"""Redis slow, gone, silent, without memory, on a full disk, failing over: the service waits, says so, and goes on.

Nothing that was accepted is lost: not the roads that people follow, not the commands they send, not the alert.
"""

import asyncio
import os
import signal
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from alerts.store import keys
from alerts.store.binaries import ServerBinary
from tests.support.crowd import claimed, copies, delivered, everyone_has_it, follow, publish, some_have_it
from tests.support.proxy import slow_way
from tests.support.redis import Server, free_port, newest, start_server
from tests.support.replicated import Replicated
from tests.support.stack import PATIENCE, Stack, stack

pytestmark = [newest(), pytest.mark.timeout(300)]  # a bot takes its time to start on a busy machine

EARLY, LATE = range(101, 106), range(106, 111)
DURABLE = ("--appendonly", "yes", "--appendfsync", "always")
Step = Callable[[], Awaitable[None]]


@asynccontextmanager
async def bot_on(address: str, folder: Path) -> AsyncIterator[Stack]:
    """A running bot with some readers, whose Redis is ours to torment."""
    async with stack(folder) as built:
        built.redis_url, built.http_port = address, free_port()
        await built.start()
        await follow(built, EARLY)
        await built.is_well()
        yield built


async def lives_through(running: Stack, *, trouble: Step, relief: Step) -> None:
    """In the midst of it people write and news appears; after it all is as if nothing had been."""
    await trouble()
    await asyncio.gather(*(running.telegram.say(reader, "/suivre RN1") for reader in LATE))
    publish(running)
    await running.is_well(well=False)
    await relief()
    await everyone_has_it(running, EARLY)
    await asyncio.gather(*(running.telegram.wait_for(reader, 1, timeout=PATIENCE) for reader in LATE))
    await running.is_well()
    await delivered(running)
    assert await copies(running, EARLY) == [1] * len(EARLY)
    async with running.redis() as redis:
        assert await redis.scard(keys.followers("road:RN1")) == len(EARLY) + len(LATE)
        assert await redis.zcard(keys.PARKED) == 0
    assert running.process is not None
    assert running.process.returncode is None


async def test_a_redis_that_is_gone_and_comes_back(redis_binary: ServerBinary, tmp_path: Path):
    port, servers = free_port(), []

    async def start() -> None:
        servers.append(await asyncio.to_thread(start_server, redis_binary, tmp_path / "redis", *DURABLE, port=port))

    async def gone_for_a_while() -> None:
        await running.logged("redis can't be reached", times=20)  # each part of the service has met it, more than once
        await start()

    async def killed() -> None:
        servers[-1].kill()

    await start()
    async with bot_on(f"redis://127.0.0.1:{port}", tmp_path) as running:
        await lives_through(running, trouble=killed, relief=gone_for_a_while)
    servers[-1].stop()


async def test_a_redis_that_falls_silent_and_speaks_again(start_redis: Callable[..., Server], tmp_path: Path):
    server = start_redis(*DURABLE, port=free_port())

    async def silent() -> None:
        os.kill(server.pid, signal.SIGSTOP)

    async def speaks() -> None:
        os.kill(server.pid, signal.SIGCONT)

    async with bot_on(server.address, tmp_path) as running:
        await lives_through(running, trouble=silent, relief=speaks)


async def test_a_redis_without_memory_that_gets_some(start_redis: Callable[..., Server], tmp_path: Path):
    server = start_redis(*DURABLE, "--maxmemory-policy", "noeviction", port=free_port())

    async with bot_on(server.address, tmp_path) as running:

        async def memory(limit: int) -> None:
            async with running.redis() as redis:
                await redis.config_set("maxmemory", limit)

        await lives_through(running, trouble=lambda: memory(1), relief=lambda: memory(0))


async def test_a_slow_redis_only_makes_it_slower(start_redis: Callable[..., Server], tmp_path: Path):
    server = start_redis(*DURABLE, port=free_port())
    async with slow_way(server.address, seconds=0.05) as address, bot_on(address, tmp_path) as running:
        publish(running)
        await everyone_has_it(running, EARLY)
        await delivered(running)
        assert await copies(running, EARLY) == [1] * len(EARLY)
        assert await running.health() == 200


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 16 MB, where this machine lets tests mount one."""
    folder = tmp_path / "data"
    folder.mkdir()
    mounted = subprocess.run(  # noqa: S603 - our own folder
        ["mount", "-t", "tmpfs", "-o", "size=16m,mode=700", "siraba-test", folder],  # noqa: S607
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"no file system can be mounted here: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)  # noqa: S603, S607


async def test_a_full_disk_that_is_freed(small_disk: Path, data_dir: Path, tmp_path: Path):
    ballast = small_disk / "ballast"

    async def full() -> None:
        with ballast.open("wb", buffering=0) as file:
            for size in (1 << 20, 1 << 10, 1):
                try:
                    while file.write(b"x" * size) == size:
                        pass
                except OSError:
                    continue

    async def freed() -> None:
        # What is left of the disk may let it start, and end at its first write.
        await running.logged("redis-server could not be started again", "redis-server is back", times=2)
        ballast.unlink()

    async with bot_on("embedded", tmp_path) as running:
        await lives_through(running, trouble=full, relief=freed)


async def test_a_master_that_is_killed_in_mid_delivery(cluster: Replicated, tmp_path: Path):
    readers = range(101, 141)
    async with stack(tmp_path) as running:
        running.redis_url = cluster.address
        await running.start()
        await follow(running, readers)
        await running.telegram.latency(before=0.3)
        publish(running)
        await some_have_it(running, 3, readers)
        in_flight = await claimed(running)
        cluster.master.kill()
        await everyone_has_it(running, readers)
        await delivered(running)
        assert sum(await copies(running, readers)) - len(readers) <= in_flight
        assert running.process is not None
        assert running.process.returncode is None

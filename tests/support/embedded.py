"""The embedded Redis as a test uses it: started and stopped around a block, or run by a service that gets killed."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from redis.asyncio import Redis

from alerts.store.connection import StoreGone, connect
from alerts.store.server import EmbeddedRedis
from tests.support.redis import kill

SERVICE = """
import asyncio, sys
from pathlib import Path
from alerts.store.connection import connect
from alerts.store.server import EmbeddedRedis

async def serve():
    server = await EmbeddedRedis.start(Path(sys.argv[1]))
    redis = await connect(str(server.socket))
    print((await redis.info("server"))["process_id"], flush=True)
    while True:
        print(await redis.incr("acknowledged"), flush=True)

asyncio.run(serve())
"""


@asynccontextmanager
async def running(data_dir: Path, *, watched: bool = False) -> AsyncIterator[EmbeddedRedis]:
    """Start, and stop at the end; with `watched`, a server that dies comes back."""
    server = await EmbeddedRedis.start(data_dir)
    watch = asyncio.create_task(server.watch()) if watched else None
    try:
        yield server
    finally:
        await server.stop()
        if watch is not None:
            await watch


@asynccontextmanager
async def client_of(server: EmbeddedRedis) -> AsyncIterator[Redis]:
    """Connect, after waiting for a server that is just coming back."""
    async with asyncio.timeout(20):
        while True:
            try:
                redis = await connect(str(server.socket))
                break
            except StoreGone:
                await asyncio.sleep(0.01)
    try:
        yield redis
    finally:
        await redis.aclose()


async def pid_of(server: EmbeddedRedis) -> int:
    async with client_of(server) as redis:
        return int((await redis.info("server"))["process_id"])


async def read(server: EmbeddedRedis, key: str) -> str | None:
    async with client_of(server) as redis:
        value: str | None = await redis.get(key)
        return value


async def write(server: EmbeddedRedis, key: str, value: str) -> None:
    async with client_of(server) as redis:
        await redis.set(key, value)


@asynccontextmanager
async def service_process(data_dir: Path) -> AsyncIterator[Process]:
    """A process of its own that runs the server and counts; it prints each number when it is acknowledged."""
    service = await asyncio.create_subprocess_exec(sys.executable, "-c", SERVICE, data_dir, stdout=PIPE, stderr=PIPE)
    try:
        yield service
    finally:
        kill(service.pid)
        await service.communicate()


async def acknowledged_until_killed(service: Process, kills: Callable[[int], None]) -> tuple[int, int]:
    """Let a service write a while, then kill; gives its server's process id and the last number it saw acknowledged."""
    assert service.stdout is not None
    server_pid = int(await service.stdout.readline())
    for _ in range(300):
        await service.stdout.readline()
    kills(server_pid)
    await service.wait()
    *_, last = (await service.stdout.read()).split(b"\n")[:-1] or [b"300"]
    return server_pid, int(last)

"""Which Redis does a command ask that is no service?"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from redis.asyncio import Redis

from alerts.store.connection import connect
from alerts.store.data_folder import running_socket
from bot.application import own_redis
from bot.settings import Settings


@asynccontextmanager
async def any_redis(settings: Settings) -> AsyncIterator[Redis]:
    """The running service's Redis; else a start of our own for as long as the question lasts."""
    socket = running_socket(settings.data_dir) if settings.embedded else None
    if socket is None:
        async with own_redis(settings) as redis:
            yield redis
        return
    redis = await connect(str(socket))
    try:
        yield redis
    finally:
        await redis.aclose()

"""A throw-away Redis: the embedded one, in a folder that goes with it."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from alerts.store.connection import connect
from alerts.store.server import EmbeddedRedis
from alerts.store.store import Store


@asynccontextmanager
async def a_store() -> AsyncIterator[Store]:
    with tempfile.TemporaryDirectory(prefix="siraba-bench-") as folder:
        server = await EmbeddedRedis.start(Path(folder) / "data")
        redis = await connect(str(server.socket))
        try:
            yield Store.over(redis)
        finally:
            await redis.aclose()
            await server.stop()

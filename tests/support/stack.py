"""The whole thing as an operator runs it: `siraba run`, a process of its own, between a feed server and Telegram."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
from redis.asyncio import Redis

from alerts.store.connection import StoreGone, connect
from alerts.store.data_folder import running_socket
from bot.demo.feeds import FeedServer
from bot.demo.telegram.client import Telegram, start_telegram

ADMIN = 900
PATIENCE = 90.0
OLD = datetime(2025, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Stack:
    """Telegram and a feed that outlive the bot, and the bot, to be killed and started again."""

    telegram: Telegram
    feeds: FeedServer
    folder: Path
    redis_url: str = "embedded"
    http_port: int | None = None
    process: asyncio.subprocess.Process | None = None

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "SIRABA_BOT_TOKEN": self.telegram.token,
            "SIRABA_BOT_API_URL": self.telegram.url,
            "SIRABA_REDIS_URL": self.redis_url,
            "SIRABA_DATA_DIR": str(self.folder / "data"),
            "SIRABA_FEEDS": str(self.folder / "sources.toml"),
            "SIRABA_ADMIN_IDS": str(ADMIN),
            "SIRABA_POLL_SECONDS": "1",
            "SIRABA_PRIVATE_FEEDS": "true",
            "SIRABA_LOG_FORMAT": "text",
            "SIRABA_HTTP_PORT": str(self.http_port or ""),
        }

    async def start(self) -> None:
        """Start `siraba run`; its log is kept for when a test fails."""
        self.process = await self.spawn()

    async def spawn(self, **settings: str) -> asyncio.subprocess.Process:
        """Start one more `siraba run`, with other settings; who asks ends it."""
        log = (self.folder / "bot.log").open("ab")
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            env=self.environment | settings,
            cwd=Path(__file__).parents[2],
            stderr=log,
        )
        log.close()
        return process

    async def kill(self) -> None:
        """As the kernel would when memory is short."""
        assert self.process is not None
        self.process.kill()
        await self.process.wait()

    async def terminate(self) -> float:
        """As an operator does; gives the seconds it took."""
        assert self.process is not None
        start = asyncio.get_running_loop().time()
        self.process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(self.process.wait(), PATIENCE)
        return asyncio.get_running_loop().time() - start

    async def logged(self, *texts: str, times: int = 1) -> None:
        """Wait until the log holds any of these, so many times together."""
        async with asyncio.timeout(PATIENCE):
            while sum(map(self.log().count, texts)) < times:  # noqa: ASYNC110 - another process's log has no event
                await asyncio.sleep(0.05)

    @property
    def health_address(self) -> str:
        return f"http://127.0.0.1:{self.http_port}/healthz"

    async def health(self) -> int:
        """The status of `/healthz`; 0 while nothing is served. For a bot started with `SIRABA_HTTP_PORT`."""
        try:
            async with (
                aiohttp.ClientSession() as http,
                http.get(self.health_address) as answer,
            ):
                return answer.status
        except aiohttp.ClientError:
            return 0

    async def is_well(self, *, well: bool = True) -> None:
        """Wait until its health is good, or bad."""
        async with asyncio.timeout(PATIENCE):
            while await self.health() != (200 if well else 503):  # noqa: ASYNC110 - another process has no event
                await asyncio.sleep(0.1)

    async def polled(self, times: int = 1) -> None:
        """Wait until the bot has read the feed `times` more times."""
        seen = len(self.feeds.requests)
        await self.feeds.wait_requests(lambda requests: len(requests) >= seen + times)

    def publish(self, title: str, summary: str = "", *, feed: str = "tamani") -> None:
        """A feed publishes, an hour ago by its own date."""
        self.feeds.publish(feed, title=title, summary=summary, published=datetime.now(tz=UTC) - timedelta(hours=1))  # noqa: TID251 - the bot under test reads the real clock

    @asynccontextmanager
    async def redis(self) -> AsyncIterator[Redis]:
        """The running bot's Redis."""
        client = await connect(self.redis_url if self.redis_url != "embedded" else self._socket())
        try:
            yield client
        finally:
            await client.aclose()

    def _socket(self) -> str:
        socket = running_socket(self.folder / "data")
        if socket is None:
            raise StoreGone(str(self.folder), "no server runs here")
        return str(socket)

    def log(self) -> str:
        return (self.folder / "bot.log").read_text()


@asynccontextmanager
async def stack(folder: Path, *, seed: int = 1) -> AsyncIterator[Stack]:
    """Everything but the bot is up inside the block; the bot is killed at its end."""
    async with start_telegram(seed=seed) as telegram, stack_on(telegram, folder) as built:
        yield built


@asynccontextmanager
async def stack_on(telegram: Telegram, folder: Path) -> AsyncIterator[Stack]:
    """The same, on a stand-in for Telegram that is there already."""
    async with FeedServer() as feeds:
        feeds.publish("tamani", title="Le marché de Bamako", summary="Une vieille nouvelle.", published=OLD)
        rows = f'[[source]]\nid = "tamani"\nurl = "{feeds.url("tamani")}"\ngrade = "B"\nlanguage = "fr"\n'
        (folder / "sources.toml").write_text(rows)
        built = Stack(telegram=telegram, feeds=feeds, folder=folder)
        try:
            yield built
        except BaseException:
            print(built.log())  # noqa: T201 - pytest shows it with the failure
            raise
        finally:
            if built.process is not None and built.process.returncode is None:
                await built.kill()

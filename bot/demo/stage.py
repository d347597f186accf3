"""What does the demo run on? Redis, feeds, Telegram's stand-in and the real service, in a temporary folder."""

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr

from alerts.errors import SirabaError
from alerts.store.lease import Lease
from alerts.store.schema import ensure_schema
from bot.application import assembled, own_redis
from bot.demo.clock import StoryClock
from bot.demo.ear import Ear
from bot.demo.feeds import FeedServer
from bot.demo.log import Reasons, logs_to
from bot.demo.story import Entry, Outlet, Story
from bot.demo.telegram.client import Telegram, start_telegram
from bot.service import Service
from bot.settings import Settings, load_settings

TICK = timedelta(seconds=0.1)  # ten times as often as the service itself: nobody watches a demo wait
POLL_SECONDS = 60
LOG_NAME = "service.log"


class ServiceEndedError(SirabaError):
    """The service stopped in the middle of the story; the text says what of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Everything that stands while the demo runs."""

    outlets: tuple[str, ...]
    clock: StoryClock
    feeds: FeedServer
    telegram: Telegram
    ear: Ear
    service: Service
    running: asyncio.Task[None]
    reasons: Reasons

    def check(self) -> None:
        """See that the service still runs, and that the demo was not told to end.

        Raises:
            ServiceEndedError: it does not.
            CancelledError: it was; in Python 3.11 a call to Redis can swallow the first word of that.
        """
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise asyncio.CancelledError
        if self.running.done():
            raise ServiceEndedError(f"the service ended: {self.running.exception()!r}")


@asynccontextmanager
async def staged(story: Story, folder: Path) -> AsyncIterator[Stage]:
    """Everything runs inside the block, and nothing is left running after it, whatever ended it."""
    clock = StoryClock(story.scenes[0].at)
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(start_telegram())
        reasons = stack.enter_context(logs_to(folder / LOG_NAME, secret=telegram.token))
        feeds = await stack.enter_async_context(FeedServer())
        for entry in story.opening:
            publish(feeds, entry)
        sources = folder / "sources.toml"
        sources.write_text(source_rows(story.outlets.values(), feeds), encoding="utf-8")
        settings = _settings(story, telegram, sources=sources, data_dir=folder / "data")
        service, running = await stack.enter_async_context(_serving(settings, clock))
        ear = Ear(telegram, story.people)
        yield Stage(
            outlets=tuple(story.outlets),
            clock=clock,
            feeds=feeds,
            telegram=telegram,
            ear=ear,
            service=service,
            running=running,
            reasons=reasons,
        )


def publish(feeds: FeedServer, entry: Entry) -> None:
    """Put an entry on top of its outlet's feed."""
    feeds.publish(entry.outlet, title=entry.title, summary=entry.summary, published=entry.published)


def source_rows(outlets: Iterable[Outlet], feeds: FeedServer) -> str:
    """The outlets as a file of sources that the service reads, as an operator would write it."""
    rows = []
    for outlet in outlets:
        told = {"id": outlet.id, "name": outlet.name, "url": feeds.url(outlet.id), "grade": outlet.grade}
        told |= {"source_kind": outlet.source_kind, "language": "fr", "terms": "open"}
        rows.append("\n".join(["[[source]]", *(f"{key} = {json.dumps(value)}" for key, value in told.items()), ""]))
    return "\n".join(rows)


def _settings(story: Story, telegram: Telegram, *, sources: Path, data_dir: Path) -> Settings:
    """Every setting is given, so that nothing of this machine's environment reaches the demo."""
    return load_settings(
        bot_token=SecretStr(telegram.token),
        bot_api_url=telegram.url,
        redis_url=SecretStr("embedded"),
        data_dir=data_dir,
        admin_ids=frozenset(person.chat for person in story.people.values() if person.is_admin),
        feeds=sources,
        places=None,
        timezone="Africa/Bamako",
        language="fr",
        poll_seconds=POLL_SECONDS,
        messages_per_second=30,
        paid_broadcast=False,
        http_port=None,
        public_url=None,
        webhook_secret=None,
        contact=None,
        private_feeds=True,
        log_format="text",
    )


@asynccontextmanager
async def _serving(settings: Settings, clock: StoryClock) -> AsyncIterator[tuple[Service, asyncio.Task[None]]]:
    """The service as `siraba run` builds it, but on the story's clock."""
    async with own_redis(settings) as redis:
        await ensure_schema(redis)
        lease = Lease(redis, secrets.token_hex(8))
        await lease.seize()
        async with assembled(settings, redis, lease, clock=clock, tick=TICK) as service:
            stop = asyncio.Event()
            running = asyncio.create_task(service.run(stop), name="service")
            try:
                yield service, running
            finally:
                stop.set()
                await asyncio.wait([running])  # what ended it early, `Stage.check` has told

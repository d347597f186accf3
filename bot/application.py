"""What is the service made of? The only place that constructs Redis, HTTP and Telegram, and plugs them together."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from importlib.metadata import version
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError
from telegram.ext import Application

from alerts.delivery.deliver import Delivery
from alerts.delivery.plan import Planner
from alerts.errors import SirabaError
from alerts.geography.atlas import Atlas
from alerts.pipeline import Pipeline
from alerts.reading.reader import Reader
from alerts.sources.catalogue import load_sources
from alerts.sources.fetch import Fetcher
from alerts.sources.parse import Parser
from alerts.sources.read import SourceReader
from alerts.store.connection import connect
from alerts.store.lease import Lease
from alerts.store.schema import ensure_schema
from alerts.store.server import EmbeddedRedis
from alerts.store.store import Store
from alerts.wording.voice import Voices
from bot.chores import Chores
from bot.clock import Clock, utc_now
from bot.http import served
from bot.schedule import Schedule
from bot.settings import Settings
from bot.telegram.intake import Intake
from bot.telegram.menu import set_menus
from bot.telegram.pacer import Pacer
from bot.telegram.sender import Sender
from bot.telegram.wire import Wire
from handlers.commands import register
from handlers.context import CONTEXT_TYPES, SIRABA, Siraba, SirabaApplication

log = logging.getLogger(__name__)

TICK = timedelta(seconds=1)
WAITING_SENDS = 10  # beyond the allowance: enough that no slot idles, few enough that a halt is felt at once
RENEW_SECONDS = 3.0
STANDBY_SECONDS = 1.0
INSIST_SECONDS = 4.0
POLL_SILENCE = 120.0  # seconds without an answer of getUpdates that make the service unwell


class LeaseLostError(SirabaError):
    """Another service sends with this Redis: this one must not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The parts of a running service; `run` runs them."""

    settings: Settings
    store: Store
    pipeline: Pipeline
    delivery: Delivery
    intake: Intake
    schedule: Schedule
    lease: Lease

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set, the lease is lost, or a part cannot go on; then end in order."""
        intake = asyncio.create_task(self.intake.run(), name="intake")
        delivery = asyncio.create_task(self.delivery.run(), name="delivery")
        keeper = asyncio.create_task(self._keep_lease(), name="lease")
        stopped = asyncio.create_task(stop.wait(), name="stop")
        parts = {intake, delivery, keeper, stopped}
        self.schedule.start()
        try:
            done, _ = await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.intake.stop()
            await _end(intake)
            await self.schedule.stop()
            self.delivery.stop()
            await asyncio.wait([delivery])
            await _end(keeper)
            await _end(stopped)
            await self._step_down()
        for task in done:
            task.result()

    async def health(self) -> dict[str, Any]:
        """Whether the service does its work, for `/healthz`."""
        try:
            redis = bool(await self.store.redis.ping())
            waiting = len(await self.store.outbox.waiting())
        except (RedisError, OSError):
            redis, waiting = False, None
        polled = self.intake.counts.polled_at
        polls = self.settings.public_url is not None or (
            polled is not None and asyncio.get_running_loop().time() - polled < POLL_SILENCE
        )
        return {"ok": redis and polls, "redis": redis, "telegram": polls, "outbox": waiting}

    async def _keep_lease(self) -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            try:
                if not await self.lease.renew() and not await self.lease.take():
                    raise LeaseLostError("another service took over; start again to stand by")
            except (RedisError, OSError) as error:
                log.warning("the lease could not be renewed", extra={"why": type(error).__name__})

    async def _step_down(self) -> None:
        try:
            await self.lease.release()
        except (RedisError, OSError) as error:
            log.warning("the lease could not be released", extra={"why": type(error).__name__})


async def serve(settings: Settings, *, stop: asyncio.Event, clock: Clock = utc_now) -> None:
    """Run the service, as `siraba run` does, until `stop` is set."""
    async with own_redis(settings) as redis:
        await ensure_schema(redis)
        lease = Lease(redis, secrets.token_hex(8))
        if settings.embedded:
            await lease.seize()  # the lock on the data folder says that no other service lives
        elif not await _stand_by(lease, stop):
            return
        async with assembled(settings, redis, lease, clock=clock) as service:
            log.info("the service runs")
            if settings.http_port is None:
                await service.run(stop)
                return
            secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else None
            take = service.intake.take if settings.public_url else None
            async with served(settings.http_port, health=service.health, take=take, secret=secret):
                await service.run(stop)


@asynccontextmanager
async def own_redis(settings: Settings) -> AsyncIterator[Redis]:
    """A connection to the Redis the settings name; the embedded one is started, watched and stopped here."""
    if not settings.embedded:
        redis = await connect(settings.redis_url.get_secret_value())
        try:
            yield redis
        finally:
            await redis.aclose()
        return
    server = await EmbeddedRedis.start(settings.data_dir)
    watcher = asyncio.create_task(server.watch(), name="redis watcher")
    try:
        redis = await connect(str(server.socket))
        try:
            yield redis
        finally:
            await redis.aclose()
    finally:
        await _end(watcher)
        await server.stop()


@asynccontextmanager
async def assembled(
    settings: Settings, redis: Redis, lease: Lease, *, clock: Clock = utc_now, tick: timedelta = TICK
) -> AsyncIterator[Service]:
    """Everything plugged together on this Redis, not yet running."""
    store = Store.over(redis)
    atlas = Atlas.load(settings.gazetteer)
    reader = Reader(atlas)
    voices = Voices.load(atlas, settings.zone)
    sources = load_sources(settings.feeds)
    pacer = Pacer(allowance=settings.messages_per_second)
    application = _telegram(settings, pacer)
    application.bot_data[SIRABA] = Siraba(
        atlas=atlas,
        reader=reader,
        store=store,
        voices=voices,
        clock=clock,
        timezone=settings.zone,
        language=settings.language,
        admin_ids=settings.admin_ids,
        contact=settings.contact,
        version=version("siraba"),
        sources=sources,
    )
    register(application)
    delivery = Delivery(
        store,
        Planner(store, atlas, admin_ids=settings.admin_ids),
        voices,
        Sender(application.bot, pacer),
        clock=clock,
        timezone=settings.zone,
        language=settings.language,
        window=settings.messages_per_second + WAITING_SENDS,
    )
    fetcher = Fetcher(contact=settings.contact, allow_private=settings.private_feeds, version=version("siraba"))
    async with fetcher, Parser() as parser:
        source_reader = SourceReader(
            fetcher=fetcher, parser=parser, minimum_interval=timedelta(seconds=settings.poll_seconds)
        )
        pipeline = Pipeline(
            sources=sources,
            source_reader=source_reader,
            reader=reader,
            atlas=atlas,
            store=store,
            wake=delivery.wake,
        )
        chores = Chores(store, application.bot)
        schedule = Schedule(clock, tick=tick)
        schedule.every_tick("cycle", lambda now: pipeline.cycle(now=now))
        schedule.every_tick("review", lambda now: pipeline.review(now=now))
        schedule.every_tick("sweep", lambda now: chores.sweep(now=now))
        try:
            yield Service(
                settings=settings,
                store=store,
                pipeline=pipeline,
                delivery=delivery,
                intake=Intake(
                    application,
                    store,
                    clock=clock,
                    webhook=_webhook(settings),
                    greet=partial(set_menus, application.bot, voices),
                ),
                schedule=schedule,
                lease=lease,
            )
        finally:
            await application.shutdown()
            await application.bot.request.shutdown()


def _telegram(settings: Settings, pacer: Pacer) -> SirabaApplication:
    assert settings.bot_token is not None  # noqa: S101 - the command line has asked for it
    wire = Wire(pacer)
    return (
        Application.builder()
        .token(settings.bot_token.get_secret_value())
        .base_url(f"{settings.bot_api_url}/bot")
        .base_file_url(f"{settings.bot_api_url}/file/bot")
        .request(wire)
        .get_updates_request(wire)
        .updater(None)
        .job_queue(None)
        .context_types(CONTEXT_TYPES)
        .build()
    )


def _webhook(settings: Settings) -> tuple[str, str] | None:
    if settings.public_url is None or settings.webhook_secret is None:
        return None
    return f"{settings.public_url}/telegram", settings.webhook_secret.get_secret_value()


async def _stand_by(lease: Lease, stop: asyncio.Event) -> bool:
    """Wait until this service is the one that serves; False when told to stop first."""
    if await lease.take():
        return True
    log.info("another service runs on this Redis: standing by")
    while not stop.is_set():
        await asyncio.sleep(STANDBY_SECONDS)
        try:
            if await lease.take():
                log.info("taking over")
                return True
        except (RedisError, OSError) as error:
            log.warning("redis can't be reached", extra={"why": type(error).__name__})
    return False


async def _end(task: asyncio.Task[Any]) -> None:
    """Cancel a task until it ends: in Python 3.11 `asyncio.wait_for`, and so redis-py, can swallow a cancellation."""
    while not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=INSIST_SECONDS)

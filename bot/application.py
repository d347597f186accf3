"""What is the service made of? The only place that constructs Redis, HTTP and Telegram, and plugs them together."""

import asyncio
import contextlib
import gc
import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from importlib.metadata import version

from redis.asyncio import Redis
from redis.exceptions import RedisError
from telegram import Bot
from telegram.ext import Application

from alerts.delivery.clocked import Clocked
from alerts.delivery.deliver import Delivery
from alerts.delivery.plan import Planner
from alerts.delivery.silence import Contact
from alerts.desk.watch import Watch
from alerts.geography.atlas import Atlas
from alerts.pipeline import Pipeline
from alerts.pump_watch import PumpWatch
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
from bot.notices import Crier
from bot.patience import Patience, Persistence, StoppedWaitingError, once
from bot.schedule import Schedule
from bot.service import Service, end, stand_by
from bot.settings import Settings
from bot.source_watch import SourceWatch
from bot.telegram.files import Files
from bot.telegram.intake import Intake
from bot.telegram.menu import furnish
from bot.telegram.pacer import Pacer
from bot.telegram.sender import Sender
from bot.telegram.wire import Wire
from handlers.commands import register
from handlers.context import CONTEXT_TYPES, SIRABA, Siraba, SirabaApplication

log = logging.getLogger(__name__)

TICK = timedelta(seconds=1)
WAITING_SENDS = 10  # beyond the allowance: enough that no slot idles, few enough that a halt is felt at once


async def serve(settings: Settings, *, stop: asyncio.Event, clock: Clock = utc_now) -> None:
    """Run the service, as `siraba run` does, until `stop` is set; a Redis that is away is waited for."""
    with contextlib.suppress(StoppedWaitingError):
        await _serve(settings, stop, clock)


async def _serve(settings: Settings, stop: asyncio.Event, clock: Clock) -> None:
    patience = Patience(stop)
    async with own_redis(settings, patience) as redis:
        await patience(lambda: ensure_schema(redis))
        lease = Lease(redis, secrets.token_hex(8))
        async with assembled(settings, redis, lease, clock=clock) as service:  # before: whoever takes over is warm
            if settings.embedded:
                await patience(lease.seize)  # the lock on the data folder says that no other service lives
            elif not await stand_by(lease, stop):
                return
            keep_what_is_loaded()
            log.info("the service runs")
            if settings.http_port is None:
                await service.run(stop)
                return
            secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else None
            take = service.intake.take if settings.public_url else None
            async with served(settings.http_port, health=service.health, take=take, secret=secret):
                await service.run(stop)


def keep_what_is_loaded() -> None:
    """Tell Python's collector that roads and words stay for good.

    It would look through them again and again, and hold up every message for a tenth of a second.
    """
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def own_redis(settings: Settings, persist: Persistence = once) -> AsyncIterator[Redis]:
    """A connection to the Redis the settings name; the embedded one is started, watched and stopped here."""
    if not settings.embedded:
        async with _connected(settings.redis_url.get_secret_value(), persist) as redis:
            yield redis
        return
    server = await persist(lambda: EmbeddedRedis.start(settings.data_dir))
    watcher = asyncio.create_task(server.watch(), name="redis watcher")
    try:
        async with _connected(str(server.socket), persist) as redis:
            yield redis
    finally:
        await end(watcher)
        await server.stop()


@asynccontextmanager
async def _connected(address: str, persist: Persistence) -> AsyncIterator[Redis]:
    redis = await persist(lambda: connect(address))
    try:
        yield redis
    finally:
        await redis.aclose()


@asynccontextmanager
async def assembled(
    settings: Settings, redis: Redis, lease: Lease, *, clock: Clock = utc_now, tick: timedelta = TICK
) -> AsyncIterator[Service]:
    """Everything plugged together on this Redis, not yet running."""
    pacer = Pacer(allowance=settings.messages_per_second)
    siraba = _siraba(settings, Store.over(redis, lease.fence), clock, pacer)
    application = _telegram(settings, Wire(pacer, may_send=lambda: lease.is_held))
    register(application)
    sender = Sender(application.bot, pacer, paid=settings.paid_broadcast)
    delivery = _delivery(settings, siraba, sender)
    clocked = Clocked(
        siraba.store,
        siraba.digest,
        sender,
        sources=siraba.sources,
        timezone=settings.zone,
        admin_ids=settings.admin_ids,
    )
    fetcher = Fetcher(contact=settings.contact, allow_private=settings.private_feeds, version=siraba.version)
    async with fetcher, Parser() as parser:
        reader = SourceReader(fetcher=fetcher, parser=parser, minimum_interval=siraba.least_interval)
        pipeline = Pipeline(
            sources=siraba.sources,
            source_reader=reader,
            reader=siraba.reader,
            atlas=siraba.atlas,
            store=siraba.store,
            wake=delivery.wake,
        )
        application.bot_data[SIRABA] = siraba = replace(siraba, pipeline=pipeline, fetch=Files(application.bot).fetch)
        greet = partial(furnish, application.bot, siraba.voices)
        intake = Intake(
            application,
            siraba.store,
            clock=clock,
            sources=siraba.sources,
            webhook=_webhook(settings),
            greet=greet,
        )
        await _look_back(siraba)
        try:
            yield Service(
                settings=settings,
                store=siraba.store,
                pipeline=pipeline,
                delivery=delivery,
                intake=intake,
                schedule=_schedule(siraba, pipeline, (delivery, clocked), application.bot, intake, tick=tick),
                lease=lease,
                pacer=pacer,
            )
        finally:
            await application.shutdown()
            await application.bot.request.shutdown()


async def _look_back(siraba: Siraba) -> None:
    """A silence of ours is known before the first message after it; where Redis is away, at the first tick."""
    try:
        await Contact(siraba.store.silences).note(reached=False, now=siraba.clock())
    except (RedisError, OSError) as error:
        log.warning("redis can't be reached", extra={"why": type(error).__name__})


def _siraba(settings: Settings, store: Store, clock: Clock, pacer: Pacer) -> Siraba:
    atlas = Atlas.load(settings.gazetteer)
    return Siraba(
        atlas=atlas,
        reader=Reader(atlas),
        store=store,
        voices=Voices.load(atlas, settings.zone),
        clock=clock,
        timezone=settings.zone,
        language=settings.language,
        admin_ids=settings.admin_ids,
        contact=settings.contact,
        version=version("siraba"),
        pace=pacer,
        sources=load_sources(settings.feeds),
        least_interval=timedelta(seconds=settings.poll_seconds),
    )


def _delivery(settings: Settings, siraba: Siraba, sender: Sender) -> Delivery:
    return Delivery(
        siraba.store,
        Planner(siraba.store, siraba.atlas, admin_ids=settings.admin_ids),
        siraba.voices,
        sender,
        clock=siraba.clock,
        timezone=settings.zone,
        language=settings.language,
        window=settings.messages_per_second + WAITING_SENDS,
        counts=siraba.counts,
    )


def _schedule(
    siraba: Siraba,
    pipeline: Pipeline,
    leaving: tuple[Delivery, Clocked],
    bot: Bot,
    intake: Intake,
    *,
    tick: timedelta,
) -> Schedule:
    delivery, clocked = leaving
    chores, watch, contact = Chores(siraba.store, bot), SourceWatch(siraba, bot), Contact(siraba.store.silences)
    desk = Watch(siraba.store, first_owners=siraba.admin_ids)
    crier = Crier(siraba.store, bot, siraba.voices, language=siraba.language)
    pumps = PumpWatch(siraba.store, siraba.atlas, wake=delivery.wake)
    schedule = Schedule(siraba.clock, tick=tick)
    schedule.every_tick("cycle", lambda now: pipeline.cycle(now=now))
    schedule.every_tick("review", lambda now: pipeline.review(now=now))
    schedule.every_tick("clocked", lambda now: clocked.sweep(now=now))
    schedule.every_tick("pumps", lambda now: pumps.look(now=now))
    schedule.every_tick("sweep", lambda now: chores.sweep(now=now))
    schedule.every_tick("desk", lambda now: desk.look(now=now))
    schedule.every_tick("notices", lambda now: crier.cry(now=now))
    schedule.every_tick("contact", lambda now: contact.note(reached=intake.in_touch, now=now))
    schedule.every_tick("source watch", lambda now: watch.look(now=now))
    return schedule


def _telegram(settings: Settings, wire: Wire) -> SirabaApplication:
    assert settings.bot_token is not None  # noqa: S101 - the command line has asked for it
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

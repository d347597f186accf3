"""`siraba check`: could the service run, and does every source answer?"""

import argparse
import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from importlib.metadata import version

from telegram import Bot
from telegram.error import TelegramError  # noqa: TID251 - bot/ turns it into our words

from alerts.errors import SirabaError
from alerts.geography.atlas import Atlas
from alerts.reading.reader import Reader
from alerts.sources.catalogue import load_sources
from alerts.sources.fetch import Fetcher
from alerts.sources.model import Failed, FeedMarks, Read, ReadOutcome, Source, Unchanged
from alerts.sources.parse import Parser
from alerts.sources.read import SourceReader
from alerts.store.connection import connect
from alerts.store.schema import ensure_schema
from alerts.store.server import running_socket
from alerts.wording.voice import Voices
from bot.application import own_redis
from bot.cli import FAULT
from bot.clock import utc_now
from bot.commands.lines import print_lines
from bot.settings import Settings, load_settings
from bot.telegram.pacer import Pacer
from bot.telegram.wire import Wire

OK, WARNING, BROKEN = "ok", "warning", "fault"
Line = dict[str, str]


def run(_: argparse.Namespace) -> int:
    """Print a line for each part; 1 if the service could not run. A dead source is a warning."""
    return asyncio.run(_check())


async def _check() -> int:
    broken = False
    async for line in _lines():
        print_lines([line])
        broken = broken or line["state"] == BROKEN
    return FAULT if broken else 0


async def _lines() -> AsyncIterator[Line]:
    try:
        settings = load_settings()
    except SirabaError as error:
        yield _line("settings", BROKEN, str(error))
        return
    yield _line("settings", OK, "read")
    yield _data_files(settings)
    yield await _redis(settings)
    yield await _bot_api(settings)
    async for line in _sources(settings):
        yield line


def _line(part: str, state: str, text: str) -> Line:
    return {"part": part, "state": state, "text": text}


def _data_files(settings: Settings) -> Line:
    try:
        atlas = Atlas.load(settings.gazetteer)
        Reader(atlas)
        Voices.load(atlas, settings.zone)
    except SirabaError as error:
        return _line("data files", BROKEN, str(error))
    return _line("data files", OK, f"{len(atlas.places)} places, {len(atlas.roads)} roads, {len(atlas.legs)} legs")


async def _redis(settings: Settings) -> Line:
    try:
        socket = running_socket(settings.data_dir) if settings.embedded else None
        if socket is not None:
            redis = await connect(str(socket))
            await redis.aclose()
            return _line("redis", OK, "the running service's answers")
        async with own_redis(settings) as redis:
            await ensure_schema(redis)
            server = await redis.info("server")
    except SirabaError as error:
        return _line("redis", BROKEN, str(error))
    return _line("redis", OK, f"version {server['redis_version']}")


async def _bot_api(settings: Settings) -> Line:
    if settings.bot_token is None:
        return _line("bot api", BROKEN, "SIRABA_BOT_TOKEN is not set; BotFather gives one")
    wire = Wire(Pacer(allowance=1))
    await wire.initialize()
    try:
        bot = Bot(
            settings.bot_token.get_secret_value(),
            base_url=f"{settings.bot_api_url}/bot",
            request=wire,
            get_updates_request=wire,
        )
        me = await bot.get_me()
    except TelegramError as error:
        return _line("bot api", BROKEN, f"{type(error).__name__}: the token is wrong, or Telegram can't be reached")
    finally:
        await wire.shutdown()
    return _line("bot api", OK, f"@{me.username}")


async def _sources(settings: Settings) -> AsyncIterator[Line]:
    try:
        sources = load_sources(settings.feeds)
    except SirabaError as error:
        yield _line("sources", BROKEN, str(error))
        return
    fetcher = Fetcher(contact=settings.contact, allow_private=settings.private_feeds, version=version("siraba"))
    async with fetcher, Parser() as parser:
        reader = SourceReader(fetcher=fetcher, parser=parser, minimum_interval=timedelta(seconds=settings.poll_seconds))
        on = [(source, FeedMarks(source_id=source.id)) for source in sources if source.enabled]
        outcomes = {outcome.source.id: outcome for outcome in await reader.read_due(on, now=utc_now())}
    for source in sources:
        yield _source(source, outcomes.get(source.id))


def _source(source: Source, outcome: ReadOutcome | None) -> Line:
    part = f"source {source.id}"
    match outcome:
        case None:
            return _line(part, OK, f"off (terms {source.terms}, legal status {source.legal})")
        case Failed(reason=reason):
            return _line(part, WARNING, reason)
        case Unchanged():
            return _line(part, OK, "unchanged")
        case Read(items=items):
            return _line(part, OK, f"{len(items)} entries")

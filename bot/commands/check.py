"""`siraba check`: could the service run, and does every source answer?"""

import argparse
import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from importlib.metadata import version

from telegram import Bot
from telegram.error import TelegramError  # noqa: TID251 - bot/ turns it into our words

from alerts.errors import SirabaError
from alerts.geography.atlas import Atlas
from alerts.reading.reader import Reader
from alerts.sources.catalogue import load_sources
from alerts.sources.fetch import Fetcher
from alerts.sources.model import FeedMarks, ReadOutcome, Source
from alerts.sources.parse import Parser
from alerts.sources.read import SourceReader
from alerts.store.connection import connect
from alerts.store.data_folder import running_socket
from alerts.store.schema import ensure_schema
from alerts.store.store import Store
from alerts.wording.voice import Voices
from bot.application import own_redis
from bot.cli import FAULT
from bot.clock import utc_now
from bot.commands.lines import print_lines
from bot.commands.source_lines import Glance, tell
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
    sources, broken = _listed(settings)
    line, marks = await _redis(settings, sources)
    yield line
    yield await _bot_api(settings)
    if broken is not None:
        yield broken
        return
    async for told in _sources(settings, sources, marks):
        yield told


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


def _listed(settings: Settings) -> tuple[tuple[Source, ...], Line | None]:
    try:
        return load_sources(settings.feeds), None
    except SirabaError as error:
        return (), _line("sources", BROKEN, str(error))


async def _redis(settings: Settings, sources: Sequence[Source]) -> tuple[Line, dict[str, FeedMarks]]:
    """Whether the store answers, and what the service remembers of its sources."""
    ids = [source.id for source in sources]
    try:
        socket = running_socket(settings.data_dir) if settings.embedded else None
        if socket is not None:
            redis = await connect(str(socket))
            try:
                marks = await Store.over(redis).feeds.marks(ids)
            finally:
                await redis.aclose()
            return _line("redis", OK, "the running service's answers"), marks
        async with own_redis(settings) as redis:
            await ensure_schema(redis)
            marks = await Store.over(redis).feeds.marks(ids)
            server = await redis.info("server")
    except SirabaError as error:
        return _line("redis", BROKEN, str(error)), {}
    return _line("redis", OK, f"version {server['redis_version']}"), marks


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


async def _sources(settings: Settings, sources: Sequence[Source], marks: dict[str, FeedMarks]) -> AsyncIterator[Line]:
    """Each source, asked now and in full, beside what the service remembers of it."""
    least = timedelta(seconds=settings.poll_seconds)
    fetcher = Fetcher(contact=settings.contact, allow_private=settings.private_feeds, version=version("siraba"))
    outcomes: dict[str, ReadOutcome] = {}

    async def take(outcome: ReadOutcome) -> None:
        outcomes[outcome.source.id] = outcome

    async with fetcher, Parser() as parser:
        reader = SourceReader(fetcher=fetcher, parser=parser, minimum_interval=least)
        asked = [(one, FeedMarks(source_id=one.id)) for one in sources if one.enabled and not one.is_pushed]
        await reader.read_due(asked, take, now=utc_now())
    glance = _glance(settings, least)
    for source in sources:
        remembered = marks.get(source.id, FeedMarks(source_id=source.id))
        is_well, text = tell(source, outcomes.get(source.id), remembered, glance)
        yield _line(f"source {source.id}", OK if is_well else WARNING, text)


def _glance(settings: Settings, least: timedelta) -> Glance | None:
    """What entries are looked at with; None where the data files are broken, which a line of its own has told."""
    try:
        atlas = Atlas.load(settings.gazetteer)
        return Glance(reader=Reader(atlas), atlas=atlas, least=least, now=utc_now())
    except SirabaError:
        return None

"""How fast does an alert reach 1,500 chats, within Telegram's limits and without, and is any lost or repeated?

The real outbox, planner, pacer, wire and sender; Telegram's stand-in in a process of its own, with the round trip of a
line to Europe. Beside it, python-telegram-bot and, where it is installed (`pip install aiogram`), aiogram as most bots
use them: many sends at once, and again after a refusal.
"""

import asyncio
import contextlib
import logging
import resource
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from http import HTTPStatus
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from telegram import Bot
from telegram.error import RetryAfter  # noqa: TID251 - the bare library, as others use it
from telegram.request import HTTPXRequest

from alerts.delivery.deliver import Delivery
from alerts.delivery.model import Alert, Decision, Lane, Reason, Scope
from alerts.delivery.plan import Planner
from alerts.geography.atlas import Atlas
from alerts.geography.model import Area, AreaKind
from alerts.incidents.model import Change, ChangeKind, Credibility, Incident, Severity, Status
from alerts.reading.model import EventType
from alerts.store.commit import Batch
from alerts.store.lease import Lease
from alerts.store.store import Store
from alerts.wording.voice import Voices
from benchmarks.crowd import chats, incidents
from benchmarks.servers import a_store
from benchmarks.table import show
from bot.application import assembled, keep_what_is_loaded
from bot.clock import utc_now
from bot.demo.telegram.client import Telegram, start_telegram
from bot.demo.telegram.limits import OFF, Limits
from bot.service import Service
from bot.settings import load_settings
from bot.telegram.pacer import Pacer
from bot.telegram.sender import Sender
from bot.telegram.wire import Wire

PER_SECOND = 30
HIDDEN = 20
STRICT = Limits(per_second=PER_SECOND, chat_burst=1)
LOCKED = replace(STRICT, lockout=30.0)
UNTOLD = replace(STRICT, hidden_per_second=HIDDEN, lockout=5.0)
STRICT_TRIP = 0.130  # seconds there and back
FREE_TRIP = 0.100
WIDE_OPEN = 5_000  # an allowance that never holds anything up
AT_ONCE = 256
FIRST_CHAT = 100_001
ROAD = Area(kind=AreaKind.ROAD, id="RN1")
QUESTIONS = ("/aide", "/route Kayes Bamako", "/suivre RN6")
BETWEEN_QUESTIONS = 0.4
TOLD = "🔴 RN1 : attaque armée. {}"
PERCENT_95 = -1  # the last of twenty parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One broadcast: seconds from the alert stored to the first and the last message, and our own CPU seconds."""

    chats: int
    first: float
    last: float
    cpu: float
    refused: int
    lost: int
    repeated: int


Peer = Callable[[int, Limits, float, int], Awaitable[Run]]


def run(*, quick: bool) -> None:
    logging.disable(logging.WARNING)  # refusals are counted below
    asyncio.run(_run(many=300 if quick else 1500, few=150 if quick else 600))


async def _run(*, many: int, few: int) -> None:
    await _show_limited(many, few)
    await _show_unlimited(many)
    await _show_answers(many)


async def _show_limited(many: int, few: int) -> None:
    cases = (
        ("Siraba, one refused alone", _broadcast, many, STRICT, PER_SECOND),
        ("Siraba, all refused for 30 s after one", _broadcast, many, LOCKED, PER_SECOND),
        (f"Siraba, really {HIDDEN}/s, all refused for 5 s after one", _broadcast, many, UNTOLD, HIDDEN),
        ("stock python-telegram-bot, one refused alone", _stock, few, STRICT, PER_SECOND),
    )
    rows = [
        _within(name, await peer(count, limits, STRICT_TRIP, PER_SECOND), limit)
        for name, peer, count, limits, limit in cases
    ]
    show(
        f"Delivery within {PER_SECOND} messages in any second, {1000 * STRICT_TRIP:.0f} ms there and back",
        ("who", "chats", "s in all", "of N/limit", "first after ms", "429s", "lost", "repeated"),
        rows,
    )


async def _show_unlimited(many: int) -> None:
    peers: list[tuple[str, Peer]] = [("Siraba", _broadcast), ("stock python-telegram-bot", _stock)]
    if find_spec("aiogram"):
        peers.append(("aiogram", _aiogram))
    show(
        f"Delivery without a limit, {1000 * FREE_TRIP:.0f} ms there and back",
        ("who", "chats", "s in all", "messages/s", "CPU ms a message", "lost", "repeated"),
        [_without(name, await peer(many, OFF, FREE_TRIP, WIDE_OPEN)) for name, peer in peers],
    )


async def _show_answers(many: int) -> None:
    waited = sorted(await _answers_during_a_broadcast(many))
    show(
        f"Answers to commands during a broadcast to {many} chats, {1000 * STRICT_TRIP:.0f} ms there and back",
        ("commands", "median ms", "p95 ms", "worst ms"),
        [(len(waited), *(f"{1000 * took:.0f}" for took in (median(waited), _p95(waited), waited[-1])))],
    )


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[PERCENT_95]


def _within(name: str, one: Run, limit: int) -> tuple[str, ...]:
    share = one.chats / limit / one.last
    counts = (one.refused, one.lost, one.repeated)
    return name, f"{one.chats}", f"{one.last:.1f}", f"{share:.1%}", f"{1000 * one.first:.0f}", *map(str, counts)


def _without(name: str, one: Run) -> tuple[str, ...]:
    speed, cost = one.chats / one.last, 1000 * one.cpu / one.chats
    return name, f"{one.chats}", f"{one.last:.1f}", f"{speed:.0f}", f"{cost:.2f}", f"{one.lost}", f"{one.repeated}"


async def _broadcast(count: int, limits: Limits, trip: float, allowance: int) -> Run:
    """The service's own way: an alert is stored, and whoever follows its road gets it."""
    atlas = Atlas.load()
    incident = attack(atlas)
    keep_what_is_loaded()  # as the service does before it runs
    async with a_store() as store, _telegram(limits, trip) as telegram:
        await _follow(count, store, telegram)
        async with _delivery(store, atlas, telegram, allowance) as delivery:

            async def send() -> None:
                await _commit(store, incident, delivery)
                while delivery.counts.sent < count:  # noqa: ASYNC110 - a count has no event
                    await asyncio.sleep(0.02)

            return await _measured(telegram, count, send)


async def _answers_during_a_broadcast(count: int) -> list[float]:
    """Seconds from a command to its answer in the chat, asked all the while an alert goes out; the whole service."""
    async with a_store() as store, _telegram(STRICT, STRICT_TRIP) as telegram, _service(store, telegram) as service:
        await _follow(count, store, telegram)
        await telegram.say(1, "/aide")
        await telegram.wait_for(1, 1)
        await _commit(service.store, attack(Atlas.load()), service.delivery)
        return await _ask_until(lambda: service.delivery.counts.sent >= count, telegram)


@asynccontextmanager
async def _service(store: Store, telegram: Telegram) -> AsyncIterator[Service]:
    """All of it, at work; there is nothing to read."""
    lease, stop = Lease(store.redis, "benchmark"), asyncio.Event()
    await lease.seize()
    with tempfile.TemporaryDirectory(prefix="siraba-bench-") as folder:
        feeds = Path(folder) / "sources.toml"
        feeds.write_text(f'[[source]]\nid = "none"\nurl = "{telegram.url}/none"\ngrade = "B"\n', encoding="utf-8")
        token = SecretStr(telegram.token)
        settings = load_settings(bot_token=token, bot_api_url=telegram.url, data_dir=Path(folder), feeds=feeds)
        async with assembled(settings, store.redis, lease) as service:
            serving = asyncio.create_task(service.run(stop))
            try:
                yield service
            finally:
                stop.set()
                await serving


async def _ask_until(is_over: Callable[[], bool], telegram: Telegram) -> list[float]:
    waited: list[float] = []
    while not is_over():
        person = 2 + len(waited)
        asked_at = (await telegram.counters()).at
        await telegram.say(person, QUESTIONS[person % len(QUESTIONS)])
        await telegram.wait_for(person, 1, timeout=60)
        [answer, *_] = await telegram.log(person)
        waited.append(answer.at - asked_at)
        await asyncio.sleep(BETWEEN_QUESTIONS)
    return waited


async def _follow(count: int, store: Store, telegram: Telegram) -> None:
    for chat in chats(count, ROAD, now=utc_now()):
        await store.chats.save(chat)
    await telegram.open_chats(*range(FIRST_CHAT, FIRST_CHAT + count))


async def _commit(store: Store, incident: Incident, delivery: Delivery) -> None:
    decision = Decision(scope=Scope.CONCERNED, reason=Reason.CONFIRMED, lane=Lane.CRITICAL, sounds=True)
    change = Change(kind=ChangeKind.NEW, incident=incident)
    now = utc_now()
    await store.commit(Batch(changes=(change,), alerts=(Alert.of(change, decision, now=now),)), now=now)
    delivery.wake()


async def _stock(count: int, limits: Limits, trip: float, allowance: int) -> Run:
    """As many at once as the allowance; a refused one waits as it was told and tries again."""
    async with _telegram(limits, trip) as telegram:
        request = HTTPXRequest(connection_pool_size=AT_ONCE, pool_timeout=60, read_timeout=20)
        async with Bot(telegram.token, base_url=telegram.base_url, request=request) as bot:

            async def tell(chat: int) -> None:
                while True:
                    try:
                        await bot.send_message(chat, TOLD.format(chat))
                    except RetryAfter as refusal:
                        wait = refusal.retry_after
                        await asyncio.sleep(wait.total_seconds() if isinstance(wait, timedelta) else wait)
                    else:
                        return

            return await _all_at_once(telegram, count, allowance, tell)


async def _aiogram(count: int, limits: Limits, trip: float, allowance: int) -> Run:
    """The same with aiogram; only without limits."""
    aiohttp_session = import_module("aiogram.client.session.aiohttp").AiohttpSession
    server = import_module("aiogram.client.telegram").TelegramAPIServer
    async with _telegram(limits, trip) as telegram:
        session: Any = aiohttp_session(api=server.from_base(telegram.url), limit=AT_ONCE)
        async with import_module("aiogram").Bot(telegram.token, session=session) as bot:

            async def tell(chat: int) -> None:
                await bot.send_message(chat, TOLD.format(chat))

            return await _all_at_once(telegram, count, allowance, tell)


async def _all_at_once(telegram: Telegram, count: int, allowance: int, tell: Callable[[int], Awaitable[None]]) -> Run:
    at_once = asyncio.Semaphore(min(allowance, AT_ONCE))

    async def tell_in_turn(chat: int) -> None:
        async with at_once:
            await tell(chat)

    async def send() -> None:
        await asyncio.gather(*(tell_in_turn(chat) for chat in range(FIRST_CHAT, FIRST_CHAT + count)))

    await telegram.open_chats(*range(FIRST_CHAT, FIRST_CHAT + count))
    return await _measured(telegram, count, send)


async def _measured(telegram: Telegram, count: int, send: Callable[[], Awaitable[None]]) -> Run:
    before = _cpu()
    began = time.perf_counter()
    at_stand_in = (await telegram.counters()).at
    await send()
    last, cpu = time.perf_counter() - began, _cpu() - before
    counters = await telegram.counters()
    got = {chat for chat, _ in counters.sends if chat >= FIRST_CHAT}
    arrived = [call.at for chat, _ in counters.sends for call in await telegram.log(chat) if call.code == HTTPStatus.OK]
    return Run(
        chats=count,
        first=min(arrived) - at_stand_in,
        last=last,
        cpu=cpu,
        refused=counters.statuses[HTTPStatus.TOO_MANY_REQUESTS],
        lost=count - len(got),
        repeated=len(counters.repeated),
    )


@asynccontextmanager
async def _telegram(limits: Limits, trip: float) -> AsyncIterator[Telegram]:
    async with start_telegram() as telegram:
        await telegram.limits(limits)
        await telegram.latency(before=trip / 2, after=trip / 2)
        yield telegram


@asynccontextmanager
async def _delivery(store: Store, atlas: Atlas, telegram: Telegram, allowance: int) -> AsyncIterator[Delivery]:
    pacer = Pacer(allowance=allowance)
    wire = Wire(pacer)
    bamako = ZoneInfo("Africa/Bamako")
    async with Bot(telegram.token, base_url=telegram.base_url, request=wire, get_updates_request=wire) as bot:
        delivery = Delivery(
            store,
            Planner(store, atlas, admin_ids=()),
            Voices.load(atlas, bamako),
            Sender(bot, pacer),
            clock=utc_now,
            timezone=bamako,
            language="fr",
            window=min(allowance, AT_ONCE - 10) + 10,
        )
        task = asyncio.create_task(delivery.run())
        try:
            yield delivery
        finally:
            delivery.stop()
            with contextlib.suppress(asyncio.CancelledError):
                await task


def attack(atlas: Atlas) -> Incident:
    now = utc_now()
    [one] = incidents(1, atlas, now=now)
    where = atlas.locate(leg=("sandare", "diema"))
    reports = tuple(replace(report, location=where, published_at=now) for report in one.reports)
    return replace(
        one,
        event_types=(EventType.AMBUSH,),
        location=where,
        severity=Severity.SEVERE,
        credibility=Credibility.CONFIRMED,
        status=Status.ACTIVE,
        reports=reports,
        first_reported_at=now,
        informed_at=now,
    )


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime

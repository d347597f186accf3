"""How fast does an alert reach 1,500 chats, within Telegram's limit and without, and is any lost or repeated?

The real outbox, planner, pacer, wire and sender; Telegram's stand-in in a process of its own, with the round trip of a
line to Europe. Beside it, python-telegram-bot as most bots use it: many sends at once, and again after a refusal.
"""

import asyncio
import contextlib
import logging
import resource
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from http import HTTPStatus
from zoneinfo import ZoneInfo

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
from alerts.store.store import Store
from alerts.wording.voice import Voices
from benchmarks.crowd import chats, incidents
from benchmarks.servers import a_store
from benchmarks.table import show
from bot.clock import utc_now
from bot.demo.telegram.client import Telegram, start_telegram
from bot.demo.telegram.limits import OFF, Limits
from bot.telegram.pacer import Pacer
from bot.telegram.sender import Sender
from bot.telegram.wire import Wire

PER_SECOND = 30
STRICT = Limits(per_second=PER_SECOND, chat_burst=1)
STRICT_TRIP = 0.130  # seconds there and back
FREE_TRIP = 0.100
WIDE_OPEN = 5_000  # an allowance that never holds anything up
ROAD = Area(kind=AreaKind.ROAD, id="RN1")


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


def run(*, quick: bool) -> None:
    logging.getLogger("bot.telegram.pacer").setLevel(logging.ERROR)  # refusals are counted below
    asyncio.run(_run(many=300 if quick else 1500, few=150 if quick else 600))


async def _run(*, many: int, few: int) -> None:
    strict, free = (STRICT, STRICT_TRIP, PER_SECOND), (OFF, FREE_TRIP, WIDE_OPEN)
    ours, stock = await _broadcast(many, *strict), await _stock(few, *strict)
    show(
        f"Delivery within {PER_SECOND} messages in any second, {1000 * STRICT_TRIP:.0f} ms there and back",
        ("who", "chats", "s in all", f"of N/{PER_SECOND}", "first after ms", "429s", "lost", "repeated"),
        [_within(name, one) for name, one in (("Siraba", ours), ("stock python-telegram-bot", stock))],
    )
    ours, stock = await _broadcast(many, *free), await _stock(many, *free)
    show(
        f"Delivery without a limit, {1000 * FREE_TRIP:.0f} ms there and back",
        ("who", "chats", "s in all", "messages/s", "CPU ms a message", "lost", "repeated"),
        [_without(name, one) for name, one in (("Siraba", ours), ("stock python-telegram-bot", stock))],
    )


def _within(name: str, one: Run) -> tuple[str, ...]:
    share = one.chats / PER_SECOND / one.last
    counts = (one.refused, one.lost, one.repeated)
    return name, f"{one.chats}", f"{one.last:.1f}", f"{share:.1%}", f"{1000 * one.first:.0f}", *map(str, counts)


def _without(name: str, one: Run) -> tuple[str, ...]:
    speed, cost = one.chats / one.last, 1000 * one.cpu / one.chats
    return name, f"{one.chats}", f"{one.last:.1f}", f"{speed:.0f}", f"{cost:.1f}", f"{one.lost}", f"{one.repeated}"


async def _broadcast(count: int, limits: Limits, trip: float, allowance: int) -> Run:
    """The service's own way: an alert is stored, and whoever follows its road gets it."""
    atlas = Atlas.load()
    incident = attack(atlas)
    async with a_store() as store, _telegram(limits, trip) as telegram:
        for chat in chats(count, ROAD, now=utc_now()):
            await store.chats.save(chat)
        await telegram.open_chats(*range(100_001, 100_001 + count))
        async with _delivery(store, atlas, telegram, allowance) as delivery:
            decision = Decision(scope=Scope.CONCERNED, reason=Reason.CONFIRMED, lane=Lane.CRITICAL, sounds=True)
            change = Change(kind=ChangeKind.NEW, incident=incident)
            now = utc_now()
            alert = Alert.of(change, decision, now=now)

            async def send() -> None:
                await store.commit(Batch(changes=(change,), alerts=(alert,)), now=now)
                delivery.wake()
                while delivery.counts.sent < count:  # noqa: ASYNC110 - a count has no event
                    await asyncio.sleep(0.02)

            return await _measured(telegram, count, send)


async def _stock(count: int, limits: Limits, trip: float, allowance: int) -> Run:
    """As many at once as the allowance; a refused one waits as it was told and tries again."""
    at_once = asyncio.Semaphore(min(allowance, 256))
    async with _telegram(limits, trip) as telegram:
        await telegram.open_chats(*range(100_001, 100_001 + count))
        request = HTTPXRequest(connection_pool_size=256, pool_timeout=60, read_timeout=20)
        async with Bot(telegram.token, base_url=telegram.base_url, request=request) as bot:

            async def tell(chat: int) -> None:
                async with at_once:
                    while True:
                        try:
                            await bot.send_message(chat, f"🔴 RN1 : attaque armée. {chat}")
                        except RetryAfter as refusal:
                            wait = refusal.retry_after
                            await asyncio.sleep(wait.total_seconds() if isinstance(wait, timedelta) else wait)
                        else:
                            return

            async def send() -> None:
                await asyncio.gather(*(tell(chat) for chat in range(100_001, 100_001 + count)))

            return await _measured(telegram, count, send)


async def _measured(telegram: Telegram, count: int, send: Callable[[], Awaitable[None]]) -> Run:
    before = _cpu()
    began = time.perf_counter()
    at_stand_in = (await telegram.counters()).at
    await send()
    last, cpu = time.perf_counter() - began, _cpu() - before
    counters = await telegram.counters()
    got = {chat for chat, _ in counters.sends if chat > 0}
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
            window=min(allowance, 246) + 10,
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

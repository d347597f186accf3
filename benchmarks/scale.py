"""What do 20,000 and 100,000 chats cost: in memory, at a start, until the first message, at a cancellation?

The real store, planner and delivery. Where a figure is about the way to Telegram the stand-in answers, with the round
trip of a line to Europe; where it is about memory every send is answered at once.
"""

import asyncio
import random
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count as numbers
from pathlib import Path
from statistics import quantiles
from zoneinfo import ZoneInfo

from redis.asyncio import Redis
from telegram import Bot

from alerts.audience.model import Chat, ChatKind, Recipient, Subscription
from alerts.delivery.deliver import Delivery, Sends
from alerts.delivery.model import Alert, Decision, Delivered, Lane, Outcome, Outgoing, Reason, Scope
from alerts.delivery.plan import Planner
from alerts.geography.atlas import Atlas
from alerts.geography.model import Area, AreaKind
from alerts.incidents.model import Change, ChangeKind, Status
from alerts.store import keys
from alerts.store.chat_rows import dump
from alerts.store.commit import Batch
from alerts.store.connection import connect
from alerts.store.schema import ensure_schema
from alerts.store.server import EmbeddedRedis
from alerts.store.store import Store
from alerts.wording.voice import Voices
from benchmarks.delivery import ROAD, attack
from benchmarks.servers import a_store
from benchmarks.table import show
from bot.clock import utc_now
from bot.demo.telegram.client import Telegram, start_telegram
from bot.demo.telegram.limits import OFF
from bot.telegram.pacer import Pacer
from bot.telegram.sender import Sender
from bot.telegram.wire import Wire

PER_SECOND = 30
TRIP = 0.130  # seconds there and back
FOLLOWED = 3  # areas a chat
AUDIENCE = 20_000
PAGE = 2_000
PERCENTILE = 94  # of 100-quantiles counted from 0: the 95th
BAMAKO = ZoneInfo("Africa/Bamako")


def run(*, quick: bool) -> None:
    asyncio.run(_run(quick=quick))


async def _run(*, quick: bool) -> None:
    atlas = Atlas.load()
    audience = 2_000 if quick else AUDIENCE
    await _until_first(atlas, audience, times=5 if quick else 20)
    await _cancelled(atlas, audience, times=2 if quick else 5)
    await sizes(atlas, [2_000] if quick else [20_000, 100_000])
    await _growth(atlas, audience, broadcasts=2 if quick else 6)


async def _until_first(atlas: Atlas, audience: int, *, times: int) -> None:
    async with a_store() as store, _telegram(audience) as telegram:
        await fill(store, atlas, audience)
        async with _sender(telegram) as sender, _delivering(store, atlas, sender) as delivery:
            news = _news(atlas)
            idle = [await _first(store, delivery, sender, next(news)) for _ in range(times)]
            other = await _stored(store, delivery, next(news), lane=Lane.NORMAL)
            await sender.saw(other)
            busy = [await _first(store, delivery, sender, next(news)) for _ in range(times)]
    rows = [("nothing else under way", *_spread(idle)), ("in the middle of another broadcast", *_spread(busy))]
    show(
        f"From the alert stored to its first message on the wire, {audience:,} follow its road (ms)",
        ("when", "times", "median", "p95", "worst"),
        rows,
    )


async def _cancelled(atlas: Atlas, audience: int, *, times: int) -> None:
    further = []
    async with a_store() as store, _telegram(audience) as telegram:
        await fill(store, atlas, audience)
        async with _sender(telegram) as sender, _delivering(store, atlas, sender) as delivery:
            news = _news(atlas)
            for _ in range(times):
                alert = await _stored(store, delivery, next(news))
                await asyncio.sleep(2)
                await _retract(store, delivery, alert)
                by_then = sender.left[alert.incident.id, False]
                await _through(store)
                further.append(sender.left[alert.incident.id, False] - by_then)
    show(
        f"Messages that still leave after a retraction in mid-broadcast, {PER_SECOND} a second",
        ("times", "most", "each"),
        [(times, max(further), ", ".join(map(str, further)))],
    )


async def sizes(atlas: Atlas, counts: list[int]) -> None:
    """Memory and start with this many chats in short mode, each following three areas, the alert's road among them."""
    rows = [await _size(atlas, count) for count in counts]
    show(
        "Memory in Redis, and a start",
        ("chats", "B a chat", "B a recipient planned", "B a recipient told", "MB in all", "cold start s"),
        rows,
    )


async def _size(atlas: Atlas, count: int) -> tuple[str, ...]:
    with tempfile.TemporaryDirectory(prefix="siraba-bench-") as folder:
        async with _server(Path(folder)) as redis:
            empty = await _used(redis)
            store = Store.over(redis)
            await fill(store, atlas, count)
            filled = await _used(redis)
            planned, told = await _broadcast(store, atlas, count)
            total = await _used(redis)
        began = time.perf_counter()
        async with _server(Path(folder)) as redis:
            await ensure_schema(redis)
            assert await Store.over(redis).chats.count() == count
            start = time.perf_counter() - began
    return (
        f"{count:,}",
        f"{(filled - empty) / count:.0f}",
        f"{(planned - filled) / count:.0f}",
        f"{(told - filled) / count:.0f}",
        f"{total / 1e6:.0f}",
        f"{start:.1f}",
    )


async def _broadcast(store: Store, atlas: Atlas, count: int) -> tuple[int, int]:
    """What Redis holds when an audience is written down, and when everyone has the message."""
    sender = _Watched(_AtOnce())
    alert = _alert(next(_news(atlas)), Lane.CRITICAL)
    await store.commit(Batch(changes=(alert[0],), alerts=(alert[1],)), now=utc_now())
    await store.outbox.open_plan(alert[1].id)
    async for page in Planner(store, atlas, admin_ids=()).audience(alert[1], now=utc_now()):
        await store.outbox.extend_plan(alert[1], page)
    await store.outbox.close_plan(alert[1].id, count=count, now=utc_now())
    planned = await _used(store.redis)
    async with _delivering(store, atlas, sender, window=500):
        await _through(store)
    return planned, await _used(store.redis)


async def _growth(atlas: Atlas, audience: int, *, broadcasts: int) -> None:
    """Resident memory after a first broadcast has filled what is kept, and after some more."""
    async with a_store() as store:
        await fill(store, atlas, audience)
        async with _delivering(store, atlas, _Watched(_AtOnce()), window=250) as delivery:
            news = _news(atlas)
            grown = []
            for _ in range(broadcasts + 1):
                await _stored(store, delivery, next(news))
                await _through(store)
                grown.append(_resident())
    sends = audience * broadcasts
    show(
        f"Resident memory over {sends:,} sends",
        ("MB before", "MB after", "grown MB"),
        [(f"{grown[0]:.1f}", f"{grown[-1]:.1f}", f"{grown[-1] - grown[0]:.1f}")],
    )


@dataclass(slots=True)
class _Watched:
    """Notes when the first message of an incident leaves, and how many did; retractions apart."""

    sends: Sends
    left: dict[tuple[str, bool], int] = field(default_factory=dict)
    first: dict[str, float] = field(default_factory=dict)
    bell: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(
        self, recipient: Recipient, lane: Lane, compose: Callable[[], Awaitable[Outgoing | None]]
    ) -> Outcome | None:
        async def composed() -> Outgoing | None:
            message = await compose()
            if message is not None:
                self._note(message.text)
            return message

        return await self.sends.send(recipient, lane, composed)

    async def saw(self, alert: Alert) -> float:
        """When the first message of this alert left."""
        while alert.incident.id not in self.first:
            self.bell.clear()
            await self.bell.wait()
        return self.first[alert.incident.id]

    def _note(self, text: str) -> None:
        for incident_id in _references(text):
            key = (incident_id, "RETIRÉ" in text.upper() or "DÉMENTI" in text.upper())
            self.left[key] = self.left.get(key, 0) + 1
            self.first.setdefault(incident_id, time.perf_counter())
        self.bell.set()


class _AtOnce:
    """Every send is answered as soon as it is composed."""

    def __init__(self) -> None:
        self._messages = numbers(1_000_000)

    async def send(
        self,
        recipient: Recipient,  # noqa: ARG002
        lane: Lane,  # noqa: ARG002
        compose: Callable[[], Awaitable[Outgoing | None]],
    ) -> Outcome | None:
        return Delivered(next(self._messages)) if await compose() is not None else None


async def fill(store: Store, atlas: Atlas, count: int) -> None:
    """Chats as `Chats.save` leaves them, a page in a pipeline."""
    now = utc_now()
    known = [area.key for area in _areas(atlas)]
    await store.redis.sadd(keys.AREAS, ROAD.key, *known)
    for page in _pages(_crowd(count, atlas, now)):
        async with store.redis.pipeline(transaction=False) as pipe:
            for chat in page:
                pipe.hset(keys.CHATS, chat.recipient.key, dump(chat))
                for one in chat.subscriptions:
                    pipe.sadd(keys.followers(one.area.key), chat.recipient.key)
            await pipe.execute()


def _crowd(count: int, atlas: Atlas, now: datetime) -> Iterator[Chat]:
    """Private chats in short mode, as people are; each follows the road of the alert and two more areas."""
    dice = random.Random(3)
    areas = _areas(atlas)
    weights = [1 / rank for rank in range(1, len(areas) + 1)]
    for chat_id in dice.sample(range(10**8, 8 * 10**9), count):
        further = {area.key: area for area in dice.choices(areas, weights, k=FOLLOWED - 1)}
        yield Chat(
            recipient=Recipient(chat_id),
            kind=ChatKind.PRIVATE,
            language="fr",
            short=True,
            subscriptions=tuple(Subscription(area=area) for area in (ROAD, *further.values())),
            active_at=now,
        )


def _areas(atlas: Atlas) -> list[Area]:
    roads = [Area(kind=AreaKind.ROAD, id=ref) for ref in sorted(atlas.roads) if ref.startswith("RN") and ref != ROAD.id]
    towns = [Area(kind=AreaKind.PLACE, id=one.id, radius_km=50) for one in atlas.places.values() if one.stop]
    return [*roads, *towns]


def _pages(chats: Iterator[Chat]) -> Iterator[list[Chat]]:
    page = []
    for chat in chats:
        page.append(chat)
        if len(page) == PAGE:
            yield page
            page = []
    yield page


def _news(atlas: Atlas) -> Iterator[Change]:
    """One attack after another on the road that all follow."""
    for number in numbers(1):
        yield Change(kind=ChangeKind.NEW, incident=replace(attack(atlas), id=f"{number:04d}", announced=True))


def _alert(change: Change, lane: Lane) -> tuple[Change, Alert]:
    decision = Decision(scope=Scope.CONCERNED, reason=Reason.CONFIRMED, lane=lane, sounds=True)
    return change, Alert.of(change, decision, now=utc_now())


async def _stored(store: Store, delivery: Delivery, change: Change, *, lane: Lane = Lane.CRITICAL) -> Alert:
    change, alert = _alert(change, lane)
    await store.commit(Batch(changes=(change,), alerts=(alert,)), now=utc_now())
    delivery.wake()
    return alert


async def _first(store: Store, delivery: Delivery, sender: _Watched, change: Change) -> float:
    """Milliseconds; the alert is then taken back, so that the next one finds the line as free."""
    alert = await _stored(store, delivery, change)
    stored = time.perf_counter()
    left = await sender.saw(alert)
    await _retract(store, delivery, alert)
    await asyncio.sleep(1.5)
    return 1000 * (left - stored)


async def _retract(store: Store, delivery: Delivery, alert: Alert) -> None:
    gone = replace(alert.incident, version=alert.incident.version + 1, status=Status.RETRACTED)
    change = Change(kind=ChangeKind.RETRACTED, incident=gone, before=alert.incident)
    told = Decision(scope=Scope.EARLIER_READERS, reason=Reason.RETRACTED, lane=Lane.HIGH)
    cancel = Alert.of(change, told, now=utc_now())
    await store.commit(Batch(changes=(change,), alerts=(cancel,)), now=utc_now())
    delivery.wake()


async def _through(store: Store) -> None:
    while await store.outbox.waiting():  # noqa: ASYNC110 - Redis has no event to wait for
        await asyncio.sleep(0.05)


@asynccontextmanager
async def _server(folder: Path) -> AsyncIterator[Redis]:
    server = await EmbeddedRedis.start(folder / "data")
    redis = await connect(str(server.socket))
    try:
        await ensure_schema(redis)
        yield redis
    finally:
        await redis.aclose()
        await server.stop()


@asynccontextmanager
async def _telegram(count: int) -> AsyncIterator[Telegram]:
    dice = random.Random(3)
    async with start_telegram() as telegram:
        await telegram.limits(OFF)
        await telegram.latency(before=TRIP / 2, after=TRIP / 2)
        await telegram.open_chats(*dice.sample(range(10**8, 8 * 10**9), count))
        yield telegram


@asynccontextmanager
async def _sender(telegram: Telegram) -> AsyncIterator[_Watched]:
    pacer = Pacer(allowance=PER_SECOND)
    wire = Wire(pacer)
    async with Bot(telegram.token, base_url=telegram.base_url, request=wire, get_updates_request=wire) as bot:
        yield _Watched(Sender(bot, pacer))


@asynccontextmanager
async def _delivering(
    store: Store, atlas: Atlas, sender: _Watched, *, window: int = PER_SECOND + 10
) -> AsyncIterator[Delivery]:
    delivery = Delivery(
        store,
        Planner(store, atlas, admin_ids=()),
        Voices.load(atlas, BAMAKO),
        sender,
        clock=utc_now,
        timezone=BAMAKO,
        language="fr",
        window=window,
    )
    task = asyncio.create_task(delivery.run())
    try:
        yield delivery
    finally:
        delivery.stop()
        await task


async def _used(redis: Redis) -> int:
    return int((await redis.info("memory"))["used_memory"])


def _resident() -> float:
    """Megabytes of this process in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def _references(text: str) -> list[str]:
    return [word.strip(".") for before, word in zip(text.split(), text.split()[1:], strict=False) if before == "Réf."]


def _spread(taken: list[float]) -> tuple[str, ...]:
    ordered = quantiles(taken, n=100, method="inclusive")
    return f"{len(taken)}", f"{ordered[49]:.0f}", f"{ordered[PERCENTILE]:.0f}", f"{max(taken):.0f}"

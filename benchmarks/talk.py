"""How long from an update received to its reply sent, with 100,000 subscriptions stored?

The real handlers over the real wire and the stand-in for Telegram on this machine, whose own share is in the figures.
"""

import asyncio
import random
import time
from collections import defaultdict
from statistics import quantiles
from zoneinfo import ZoneInfo

from telegram import Update
from telegram.ext import Application

from alerts.audience.model import Chat, ChatKind, Recipient, Subscription
from alerts.geography.atlas import Atlas
from alerts.geography.model import Area, AreaKind
from alerts.incidents.model import Change, ChangeKind
from alerts.reading.reader import Reader
from alerts.store.commit import Batch
from alerts.store.store import Store
from alerts.wording.voice import Voices
from benchmarks.crowd import incidents
from benchmarks.servers import a_store
from benchmarks.table import show, spread
from bot.clock import utc_now
from bot.demo.telegram.client import Telegram, start_telegram
from bot.demo.telegram.limits import OFF
from bot.telegram.pacer import Pacer
from bot.telegram.wire import Wire
from handlers.commands import register
from handlers.context import CONTEXT_TYPES, SIRABA, Siraba, SirabaApplication

SUBSCRIPTIONS = 100_000
INCIDENTS = 2_000
AT_ONCE = 200
ASKED = ("/route Kayes Bamako", "/axe RN1", "/encours", "/point", "/carburant", "/mesroutes", "/suivre Kayes", "/aide")
BAMAKO = ZoneInfo("Africa/Bamako")


def run(*, quick: bool) -> None:
    asyncio.run(_run(subscriptions=SUBSCRIPTIONS // 10 if quick else SUBSCRIPTIONS, rounds=5 if quick else 40))


async def _run(*, subscriptions: int, rounds: int) -> None:
    atlas = Atlas.load()
    async with a_store() as store, start_telegram() as telegram:
        await telegram.limits(OFF)
        await _fill(store, atlas, subscriptions)
        application = _application(telegram, store, atlas)
        async with application:
            taken = await _ask_all(application, telegram, rounds)
    rows = [(what, len(times), *spread(times), f"{_p95(times):.3g}") for what, times in taken.items()]
    every = [one for times in taken.values() for one in times]
    rows.append(("all", len(every), *spread(every), f"{_p95(every):.3g}"))
    head = ("update", "times", "median", "p99", "worst", "p95")
    show(f"Update received to reply sent with {subscriptions:,} subscriptions in Redis (ms)", head, rows)


async def _fill(store: Store, atlas: Atlas, subscriptions: int) -> None:
    """A few roads and towns each, for people, groups and topics."""
    now, dice = utc_now(), random.Random(3)
    changes = tuple(Change(kind=ChangeKind.NEW, incident=one) for one in incidents(INCIDENTS, atlas, now=now))
    for start in range(0, len(changes), 500):
        await store.commit(Batch(changes=changes[start : start + 500]), now=now)
    areas = [
        Area(kind=AreaKind.ROAD, id=ref) for ref in sorted({road.ref for road in atlas.roads.values() if road.ref})
    ]
    areas += [Area(kind=AreaKind.PLACE, id=place.id, radius_km=50) for place in atlas.places.values() if place.stop]
    each = 4
    for start in range(0, subscriptions // each, AT_ONCE):
        chats = [
            Chat(
                recipient=Recipient(1_000 + number),
                kind=ChatKind.PRIVATE,
                language="fr",
                short=False,
                subscriptions=tuple(Subscription(area=area) for area in dice.sample(areas, each)),
                active_at=now,
            )
            for number in range(start, start + AT_ONCE)
        ]
        await asyncio.gather(*(store.chats.save(chat) for chat in chats))


def _application(telegram: Telegram, store: Store, atlas: Atlas) -> SirabaApplication:
    pacer = Pacer(allowance=100_000)
    wire = Wire(pacer)
    builder = Application.builder().token(telegram.token).base_url(telegram.base_url).updater(None).job_queue(None)
    application = builder.request(wire).get_updates_request(wire).context_types(CONTEXT_TYPES).build()
    application.bot_data[SIRABA] = Siraba(
        atlas=atlas,
        reader=Reader(atlas),
        store=store,
        voices=Voices.load(atlas, BAMAKO),
        clock=utc_now,
        timezone=BAMAKO,
        language="fr",
        admin_ids=frozenset(),
        contact=None,
        version="1.0",
        pace=pacer,
    )
    register(application)
    return application


async def _ask_all(application: SirabaApplication, telegram: Telegram, rounds: int) -> dict[str, list[float]]:
    """Each question from a chat of its own, so that no chat waits for its own turn."""
    taken: dict[str, list[float]] = defaultdict(list)
    number = 0
    await telegram.open_chats(999)
    await application.process_update(_update(application, 999, "/encours", number))  # the first reads all incidents
    for _ in range(rounds):
        for words in ASKED:
            number += 1
            chat = 1_000 + number
            await telegram.open_chats(chat)
            update = _update(application, chat, words, number)
            began = time.perf_counter()
            await application.process_update(update)
            taken[words].append(1000 * (time.perf_counter() - began))
    return taken


def _update(application: SirabaApplication, chat: int, words: str, number: int) -> Update:
    sender = {"id": chat, "is_bot": False, "first_name": "", "language_code": "fr"}
    message = {"message_id": 1, "date": 0, "chat": {"id": chat, "type": "private"}, "from": sender, "text": words}
    return Update.de_json({"update_id": number, "message": message}, application.bot)


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1]

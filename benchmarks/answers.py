"""How long does `/route` take when 10,000 incidents are known?"""

import asyncio
import random
import time
from collections import defaultdict
from zoneinfo import ZoneInfo

from alerts.geography.atlas import Atlas
from alerts.geography.model import Area, AreaKind
from alerts.incidents.model import Change, ChangeKind
from alerts.incidents.outlook import look_ahead
from alerts.store.commit import Batch
from alerts.store.store import Store
from alerts.wording.voice import Voice, Voices
from benchmarks.crowd import incidents
from benchmarks.servers import a_store
from benchmarks.table import show, spread
from bot.clock import utc_now

COUNT = 10_000
PAGE = 500
STEPS = ("incidents", "outlook", "words", "all")


def run(*, quick: bool) -> None:
    asyncio.run(_run(questions=40 if quick else 200))


async def _run(*, questions: int) -> None:
    atlas = Atlas.load()
    voice = Voices.load(atlas, ZoneInfo("Africa/Bamako"))["fr"]
    async with a_store() as store:
        await _fill(store, atlas)
        cold = Store.over(store.redis)
        began = time.perf_counter()
        await cold.incidents.recent(now=utc_now())
        first = 1000 * (time.perf_counter() - began)
        taken: dict[str, list[float]] = defaultdict(list)
        longest = 0
        for route in _questions(atlas, questions):
            longest = max(longest, await _ask(cold, atlas, voice, route, taken))
    rows = [("first read of all incidents after a start", 1, *spread([first]))]
    rows += [(f"/route: {step}", questions, *spread(taken[step])) for step in STEPS]
    show(f"Answers with {COUNT:,} incidents in Redis (ms)", ("what", "times", "median", "p99", "worst"), rows)
    print(f"\nThe longest answer had {longest} characters.")


async def _fill(store: Store, atlas: Atlas) -> None:
    now = utc_now()
    changes = [Change(kind=ChangeKind.NEW, incident=one) for one in incidents(COUNT, atlas, now=now)]
    for start in range(0, COUNT, PAGE):
        await store.commit(Batch(changes=tuple(changes[start : start + PAGE])), now=now)


def _questions(atlas: Atlas, count: int) -> list[tuple[str, str]]:
    dice = random.Random(2)
    stops = sorted(place.id for place in atlas.places.values() if place.stop)
    asked = [("kayes", "bamako"), ("kidal", "bamako"), *((*dice.sample(stops, 2),) for _ in range(count - 2))]
    return [(start, end) for start, end in asked if atlas.ways(start, end)]  # ways are found once and remembered


async def _ask(store: Store, atlas: Atlas, voice: Voice, route: tuple[str, str], taken: dict[str, list[float]]) -> int:
    start, end = route
    now = utc_now()
    began = time.perf_counter()
    known = await store.incidents.recent(now=now)
    read = time.perf_counter()
    area = Area(kind=AreaKind.ROUTE, id=f"{start}/{end}")
    outlook = look_ahead(atlas.ways(start, end), area=area, incidents=known, atlas=atlas, now=now, sources_read_at=now)
    looked = time.perf_counter()
    text = voice.outlook(outlook, fuel=(), short=False, now=now)
    said = time.perf_counter()
    steps = (read - began, looked - read, said - looked, said - began)
    for step, seconds in zip(STEPS, steps, strict=True):
        taken[step].append(1000 * seconds)
    return len(text)

from dataclasses import replace
from datetime import timedelta

from redis.asyncio import Redis

from alerts.fuel.model import Availability, FuelReport, FuelSource, Product
from alerts.sources.model import FeedMarks
from alerts.store.commit import Batch
from alerts.store.store import Store
from tests.support.builders import NOW

FUEL = FuelReport(
    id="f1",
    place="kayes",
    product=Product.DIESEL,
    availability=Availability.OUT,
    source=FuelSource.PRESS,
    observed_at=NOW,
)


async def test_a_source_never_read_has_fresh_marks(redis: Redis):
    assert await Store.over(redis).feeds.marks(["tamani"]) == {"tamani": FeedMarks(source_id="tamani")}


async def test_marks_come_back_as_they_were(redis: Redis):
    store = Store.over(redis)
    marks = FeedMarks(source_id="tamani", etag='W/"é"', failures=3, ttl=timedelta(minutes=7), next_check_at=NOW)
    await store.commit(Batch(marks=(marks,)), now=NOW)
    assert await store.feeds.marks(["tamani", "new"]) == {"tamani": marks, "new": FeedMarks(source_id="new")}


async def test_the_last_reading_is_the_latest_success_of_any_source(redis: Redis):
    store = Store.over(redis)
    assert await store.feeds.last_read_at() is None
    dead = FeedMarks(source_id="dead", checked_at=NOW + timedelta(hours=5), failures=9)
    await store.commit(Batch(marks=(dead,)), now=NOW)
    assert await store.feeds.last_read_at() is None
    alive = [FeedMarks(source_id=name, succeeded_at=NOW - timedelta(hours=age)) for name, age in (("a", 3), ("b", 1))]
    await store.commit(Batch(marks=tuple(alive)), now=NOW)
    assert await store.feeds.last_read_at() == NOW - timedelta(hours=1)


async def test_of_no_entries_none_is_unseen(redis: Redis):
    assert await Store.over(redis).feeds.unseen([]) == set()


async def test_an_entry_counts_from_when_it_was_first_seen(redis: Redis):
    store = Store.over(redis)
    await store.commit(Batch(seen=("a",)), now=NOW - timedelta(days=91))
    await store.commit(Batch(seen=("a", "b")), now=NOW)
    await store.agenda.trim(now=NOW)
    assert await store.feeds.unseen(["a", "b"]) == {"a"}


async def test_words_on_fuel_come_oldest_first_and_go_after_four_weeks(redis: Redis):
    store = Store.over(redis)
    stale = replace(FUEL, id="f0", observed_at=NOW - timedelta(days=29))
    await store.commit(Batch(fuel=(FUEL, stale)), now=NOW)
    assert await store.feeds.fuel() == (stale, FUEL)
    await store.feeds.trim_fuel(now=NOW)
    await store.feeds.trim_fuel(now=NOW)
    assert await store.feeds.fuel() == (FUEL,)

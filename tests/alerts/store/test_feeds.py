from dataclasses import replace
from datetime import timedelta

from redis.asyncio import Redis

from alerts.sources.model import FeedMarks, KnownEntry
from alerts.store import keys
from alerts.store.commit import Batch
from alerts.store.store import Store
from tests.support.builders import NOW, fuel_report

ENTRY = KnownEntry(source_id="tamani", item_id="1", title="t", text="x", published=NOW)
FUEL = fuel_report()


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


async def test_of_no_names_nothing_is_known(redis: Redis):
    assert await Store.over(redis).feeds.known([]) == {}


async def test_an_entry_is_known_by_each_of_its_names(redis: Redis):
    store = Store.over(redis)
    await store.commit(Batch(seen={"tamani:1": ENTRY, "link x": ENTRY}), now=NOW)
    assert await store.feeds.known(["tamani:1", "link x", "link y"]) == {"tamani:1": ENTRY, "link x": ENTRY}


async def test_more_names_than_go_into_one_command_are_all_found(redis: Redis):
    store = Store.over(redis)
    names = [f"tamani:{number}" for number in range(1_201)]
    await store.commit(Batch(seen=dict.fromkeys(names, ENTRY)), now=NOW)
    assert await store.feeds.known([*names, "tamani:new"]) == dict.fromkeys(names, ENTRY)


async def test_an_entry_that_an_earlier_version_stored_is_known_still(redis: Redis):
    store = Store.over(redis)
    await redis.zadd(keys.SEEN_ENTRIES, {"tamani://radio.example/a": NOW.timestamp()})
    known = await store.feeds.known(["tamani://radio.example/a"])
    assert known == {"tamani://radio.example/a": KnownEntry(source_id="tamani", item_id="//radio.example/a")}


async def test_an_entry_counts_from_when_it_was_first_seen(redis: Redis):
    store = Store.over(redis)
    await store.commit(Batch(seen={"a": ENTRY}), now=NOW - timedelta(days=91))
    await store.commit(Batch(seen={"a": ENTRY, "b": ENTRY}), now=NOW)
    await store.feeds.trim_entries(now=NOW)
    assert await store.feeds.known(["a", "b"]) == {"b": ENTRY}
    assert await redis.hkeys(keys.KNOWN_ENTRIES) == ["b"]


async def test_each_admin_is_told_of_a_silence_until_told_of_its_end(redis: Redis):
    feeds = Store.over(redis).feeds
    await feeds.note_told(1, silent=["tamani", "wire"], back=[])
    await feeds.note_told(11, silent=["wire"], back=[])
    await feeds.note_told(1, silent=[], back=["wire"])
    assert await feeds.told_silent(1) == {"tamani"}
    assert await feeds.told_silent(11) == {"wire"}


async def test_words_on_fuel_come_oldest_first_and_go_after_four_weeks(redis: Redis):
    store = Store.over(redis)
    stale = replace(FUEL, id="f0", observed_at=NOW - timedelta(days=29))
    await store.commit(Batch(fuel=(FUEL, stale)), now=NOW)
    assert await store.feeds.fuel() == (stale, FUEL)
    await store.feeds.trim_fuel(now=NOW)
    await store.feeds.trim_fuel(now=NOW)
    assert await store.feeds.fuel() == (FUEL,)

"""A copy holds everything as of one moment, and goes back whole or not at all."""

from dataclasses import replace
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from alerts.incidents.model import ChangeKind
from alerts.store import keys
from alerts.store.commit import Batch
from alerts.store.schema import ensure_schema
from alerts.store.snapshot import (
    NothingStoredError,
    NotRestoredError,
    Snapshot,
    StoreNotEmptyError,
    put_back,
    snapshot_of,
)
from alerts.store.store import Store
from tests.support.builders import NOW, RN1, alert, change, chat
from tests.support.contents import contents


async def filled(redis: Redis) -> Snapshot:
    """A service's store in the middle of its work, copied."""
    await ensure_schema(redis)
    store = Store.over(redis)
    await store.chats.save(chat(100, RN1))
    told = alert()
    await store.commit(Batch(changes=(change(ChangeKind.NEW),), alerts=(told,), cause="tamani"), now=NOW)
    await store.desk.save_draft("7", {"text": "embuscade RN1"})
    await redis.set(keys.LEASE, "a service", ex=10)
    await redis.set("somebody:else", "their own")
    return await snapshot_of(redis)


async def test_what_was_copied_is_there_again_in_an_empty_store(redis: Redis):
    copy = await filled(redis)
    await redis.delete(keys.LEASE, "somebody:else")
    before = await contents(redis)
    await redis.flushall()
    await put_back(redis, copy.entries)
    assert await contents(redis) == before


async def test_a_restored_store_goes_on_where_the_copy_was_taken(redis: Redis):
    copy = await filled(redis)
    await redis.flushall()
    await put_back(redis, copy.entries)
    store = Store.over(redis)
    assert (await store.incidents.find("0512")) == alert().incident
    assert (await store.chats.find(chat(100).recipient)) == chat(100, RN1)
    assert [one["did"] for one in (await store.audit.page(5)).lines] == ["alert"]
    assert await store.incidents.recent(now=NOW)


async def test_what_expires_still_expires_when_it_would_have(redis: Redis):
    copy = await filled(redis)
    before = await redis.execute_command("PTTL", keys.draft("7"))
    await redis.flushall()
    await put_back(redis, copy.entries)
    after = await redis.execute_command("PTTL", keys.draft("7"))
    assert 0 < after <= before


async def test_what_has_expired_since_stays_away(redis: Redis):
    copy = await filled(redis)
    await redis.flushall()
    long_ago = int((NOW - timedelta(days=400)).timestamp() * 1000)
    late = [replace(one, expires=long_ago) if one.key == keys.draft("7") else one for one in copy.entries]
    await put_back(redis, late)
    assert await redis.exists(keys.draft("7")) == 0
    assert await redis.exists(keys.SCHEMA) == 1


async def test_who_serves_and_other_peoples_keys_are_not_copied(redis: Redis):
    copied = {one.key for one in (await filled(redis)).entries}
    assert not {keys.LEASE, keys.FENCE, "somebody:else"} & copied


async def test_a_store_that_holds_anything_is_left_as_it_is(redis: Redis):
    copy = await filled(redis)
    await redis.flushall()
    await Store.over(redis).chats.save(chat(200, RN1))
    before = await contents(redis)
    with pytest.raises(StoreNotEmptyError):
        await put_back(redis, copy.entries)
    assert await contents(redis) == before


async def test_a_copy_that_redis_refuses_in_part_leaves_nothing(redis: Redis):
    copy = await filled(redis)
    await redis.flushall()
    *good, last = copy.entries
    with pytest.raises(NotRestoredError):
        await put_back(redis, [*good, replace(last, content=b"of another server")])
    assert await contents(redis) == {}


async def test_a_store_without_a_service_has_nothing_to_copy(redis: Redis):
    with pytest.raises(NothingStoredError):
        await snapshot_of(redis)

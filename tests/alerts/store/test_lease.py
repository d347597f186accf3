import asyncio

import pytest
from redis.asyncio import Redis

from alerts.store import keys, lease
from alerts.store.lease import LIFETIME, Lease


async def test_of_many_at_once_one_holds_it(redis: Redis):
    taken = await asyncio.gather(*(Lease(redis, f"service {number}").take() for number in range(20)))
    assert taken.count(True) == 1


async def test_only_the_holder_can_renew_and_let_go(redis: Redis):
    holder, other = Lease(redis, "a"), Lease(redis, "b")
    assert await holder.take()
    assert not await other.renew()
    await other.release()
    assert await holder.renew()
    assert not await other.take()


async def test_who_steps_down_makes_room_at_once(redis: Redis):
    holder, other = Lease(redis, "a"), Lease(redis, "b")
    await holder.take()
    await holder.release()
    assert await other.take()
    assert not await holder.renew()


async def test_who_falls_silent_loses_it(redis: Redis):
    await Lease(redis, "a").take()
    assert 0 < await redis.pttl(keys.LEASE) <= LIFETIME.total_seconds() * 1000
    await redis.pexpire(keys.LEASE, 1)
    while await redis.exists(keys.LEASE):  # noqa: ASYNC110 - Redis has no event to wait for
        await asyncio.sleep(0.001)
    assert await Lease(redis, "b").take()
    assert not await Lease(redis, "a").renew()


async def test_who_knows_better_takes_it_from_a_holder(redis: Redis):
    dead, alive = Lease(redis, "dead"), Lease(redis, "alive")
    await dead.take()
    await alive.seize()
    assert await alive.renew()
    assert not await dead.renew()


async def test_a_renewal_lasts_a_whole_lifetime(redis: Redis):
    holder = Lease(redis, "a")
    await holder.take()
    await redis.pexpire(keys.LEASE, 1000)
    await holder.renew()
    assert await redis.pttl(keys.LEASE) > 1000


async def test_each_holder_has_a_higher_number_than_the_last(redis: Redis):
    marks = []
    for word in ("a", "b", "c"):
        lease = Lease(redis, word)
        await lease.take()
        await lease.release()
        marks.append(lease.fence.mark)
    assert marks == ["1:a", "2:b", "3:c"]


async def test_a_lease_that_expired_and_that_nobody_took_is_still_its_holders(redis: Redis):
    holder = Lease(redis, "a")
    await holder.take()
    await redis.delete(keys.LEASE)
    assert await holder.renew()
    assert not await Lease(redis, "b").take()


async def test_a_number_that_a_failover_lost_is_not_mistaken_for_the_same_one_given_again(redis: Redis):
    lost, later = Lease(redis, "lost"), Lease(redis, "later")
    await lost.take()
    await redis.delete(keys.LEASE, keys.FENCE)
    await later.take()
    assert (lost.fence.mark, later.fence.mark) == ("1:lost", "1:later")
    assert not await lost.renew()


async def test_a_holder_knows_by_its_own_clock_when_it_must_be_silent(redis: Redis, monkeypatch: pytest.MonkeyPatch):
    holder = Lease(redis, "a")
    assert not holder.is_held
    await holder.take()
    assert holder.is_held
    asleep = lease._now() + LIFETIME.total_seconds()
    monkeypatch.setattr(lease, "_now", lambda: asleep)
    assert not holder.is_held
    await holder.renew()
    assert holder.is_held


async def test_who_was_overtaken_is_no_holder_any_more(redis: Redis):
    old = Lease(redis, "old")
    await old.take()
    await Lease(redis, "new").seize()
    assert old.is_held
    assert not await old.renew()
    assert not old.is_held
    assert old.fence.overtaken.is_set()

import asyncio

from redis.asyncio import Redis

from alerts.store import keys
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

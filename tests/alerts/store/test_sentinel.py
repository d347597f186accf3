"""A replicated Redis behind Sentinel: real servers, one of which dies or steps back."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import pytest
from redis.exceptions import RedisError

from alerts.store.connection import StoreGone, WrongStoreUrl, connect, is_away
from alerts.store.fence import Fence
from alerts.store.inbox import Inbox
from alerts.store.sentinel import parse_sentinel
from tests.support.builders import NOW
from tests.support.redis import free_port, newest
from tests.support.replicated import Replicated

SECRET = "hunting-the-snark"


def test_an_address_names_sentinels_and_a_service():
    address = parse_sentinel(f"rediss+sentinel://me:{SECRET}@one:26380,two,[::1]:5/siraba?db=3&sentinel_password=other")
    assert address.hosts == (("one", 26380), ("two", 26379), ("::1", 5))
    assert address.service == "siraba"
    assert address.tls
    assert address.options == {"username": "me", "password": SECRET, "db": 3}
    assert address.own == {"password": "other"}
    assert address.place == "rediss+sentinel://one:26380,two:26379,::1:5/siraba"
    assert SECRET not in repr(address)


@pytest.mark.parametrize(
    "address",
    [
        pytest.param(f"redis+sentinel://:{SECRET}@one:26379", id="no-service"),
        pytest.param(f"redis+sentinel://:{SECRET}@/siraba", id="no-host"),
        pytest.param(f"redis+sentinel://:{SECRET}@one,,two/siraba", id="an-empty-host"),
        pytest.param(f"redis+sentinel://:{SECRET}@one:port/siraba", id="no-port"),
        pytest.param(f"redis+sentinel://:{SECRET}@one/siraba?db=first", id="no-number"),
        pytest.param(f"redis+sentinel://:{SECRET}@one/siraba?colour=red", id="unknown-option"),
    ],
)
async def test_an_address_that_is_none_is_refused_without_repeating_it(address: str):
    with pytest.raises(WrongStoreUrl) as refused:
        await connect(address)
    assert SECRET not in f"{refused.value!r} {refused.value} {refused.value.__cause__!r}"


async def test_no_sentinel_there_is_said_with_the_place_alone():
    hosts = f"127.0.0.1:{free_port()},127.0.0.1:{free_port()}"
    with pytest.raises(StoreGone) as gone:
        await connect(f"redis+sentinel://me:{SECRET}@{hosts}/siraba")
    assert f"redis+sentinel://{hosts}/siraba" in str(gone.value)
    assert SECRET not in str(gone.value)


@newest()
async def test_the_master_is_found_even_where_the_first_sentinel_is_dead(cluster: Replicated):
    client = await connect(cluster.address.replace("//", f"//127.0.0.1:{free_port()},"))
    assert await client.set("place", "Ségou")
    assert await client.get("place") == "Ségou"
    await client.aclose()


async def accept_through(cluster: Replicated, trouble: Callable[[], None]) -> tuple[int, list[str]]:
    """Store updates, each until it is known to be stored, from before the trouble till well after a replica took over.

    Gives how many, and what is stored in the end.
    """
    before = cluster.master
    client = await connect(cluster.address)
    inbox = Inbox(client, Fence())
    count, after = 0, 0
    while after < 100:
        if count == 100:
            trouble()
        await patiently(partial(inbox.accept, count, str(count), now=NOW))
        count += 1
        after += cluster.master is not before
    stored = await patiently(inbox.waiting)
    await client.aclose()
    return count, [entry.update for entry in stored]


async def patiently(step: Callable[[], Awaitable[Any]]) -> Any:
    """As the intake does: again for as long as Redis is away, and only then."""
    while True:
        try:
            return await step()
        except RedisError as error:
            if not is_away(error):
                raise
            await asyncio.sleep(0.05)


@newest()
async def test_a_master_that_is_killed_loses_and_doubles_nothing(cluster: Replicated):
    count, stored = await accept_through(cluster, cluster.master.kill)
    assert stored == [str(number) for number in range(count)]


@newest()
async def test_a_master_that_steps_back_loses_and_doubles_nothing(cluster: Replicated):
    count, stored = await accept_through(cluster, cluster.fail_over)
    assert stored == [str(number) for number in range(count)]

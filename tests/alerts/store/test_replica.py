"""A server that has become a replica is left, and what Redis refuses for a while is told from a fault of ours."""

from collections.abc import Callable

import pytest
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as NotThere
from redis.exceptions import RedisError, ResponseError

from alerts.store.connection import connect, is_away
from alerts.store.fence import Fence
from alerts.store.inbox import Inbox
from tests.support.builders import NOW
from tests.support.redis import Server, free_port

Start = Callable[..., Server]


async def refusal(step: object) -> RedisError:
    with pytest.raises(RedisError) as refused:
        await step
    return refused.value


async def connection_number(client: Redis) -> int:
    return int(await client.client_id())


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(lambda client: client.set("place", "Ségou"), id="a-command"),
        pytest.param(lambda client: Inbox(client, Fence()).accept(1, "{}", now=NOW), id="a-script"),
        pytest.param(
            lambda client: client.pipeline(transaction=True).set("place", "Ségou").execute(), id="a-transaction"
        ),
    ],
)
async def test_a_server_that_has_become_a_replica_is_left(start_redis: Start, write: Callable[[Redis], object]):
    client = await connect(start_redis(port=free_port()).address)
    before = await connection_number(client)
    await client.replicaof("127.0.0.1", free_port())
    error = await refusal(write(client))
    assert isinstance(error, NotThere)
    assert is_away(error)
    assert await connection_number(client) > before
    await client.replicaof("no", "one")
    assert await write(client)
    await client.aclose()


async def test_a_replica_on_a_socket_is_left_too(start_redis: Start):
    client = await connect(start_redis().address)
    await client.replicaof("127.0.0.1", free_port())
    assert isinstance(await refusal(client.set("place", "Ségou")), NotThere)
    await client.aclose()


async def test_no_memory_passes(start_redis: Start):
    client = await connect(start_redis().address)
    await client.config_set("maxmemory", 1)
    for step in (client.set("a", 1), Inbox(client, Fence()).accept(1, "{}", now=NOW)):
        assert is_away(await refusal(step))
    await client.config_set("maxmemory", 0)
    assert await Inbox(client, Fence()).accept(1, "{}", now=NOW)
    await client.aclose()


async def test_no_replica_to_write_to_passes(start_redis: Start):
    client = await connect(start_redis("--min-replicas-to-write", "1").address)
    for step in (client.set("a", 1), Inbox(client, Fence()).accept(1, "{}", now=NOW)):
        assert is_away(await refusal(step))
    await client.aclose()


async def test_a_fault_of_ours_does_not_pass(redis: Redis):
    await redis.set("place", "Ségou")
    error = await refusal(redis.lpush("place", "Mopti"))
    assert isinstance(error, ResponseError)
    assert not is_away(error)

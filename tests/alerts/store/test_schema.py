import pytest
from redis.asyncio import Redis

from alerts.store import keys
from alerts.store.schema import MIGRATIONS, SCHEMA_VERSION, SchemaNotOurs, ensure_schema


async def count_a_run(redis: Redis) -> None:
    await redis.rpush("runs", "first")


async def count_another(redis: Redis) -> None:
    await redis.rpush("runs", "second")


async def stumble(redis: Redis) -> None:
    await redis.rpush("runs", "stumbled")
    raise RuntimeError


def test_the_schema_version_counts_the_migrations():
    assert len(MIGRATIONS) + 1 == SCHEMA_VERSION


async def test_an_empty_store_is_marked_as_ours(redis: Redis):
    await ensure_schema(redis)

    assert await redis.get(keys.SCHEMA) == str(SCHEMA_VERSION)


async def test_an_empty_store_needs_no_migration(redis: Redis):
    await ensure_schema(redis, migrations=(count_a_run, count_another))

    assert await redis.get(keys.SCHEMA) == "3"
    assert not await redis.exists("runs")


async def test_a_store_of_this_version_stays_as_it_is(redis: Redis):
    await ensure_schema(redis)
    await ensure_schema(redis)

    assert await redis.keys() == [keys.SCHEMA]


@pytest.mark.parametrize(
    ("stored", "runs"),
    [
        pytest.param("1", ["first", "second"], id="two-behind"),
        pytest.param("2", ["second"], id="one-behind"),
        pytest.param("3", [], id="up-to-date"),
    ],
)
async def test_an_older_store_is_brought_up_step_by_step(redis: Redis, stored: str, runs: list[str]):
    await redis.set(keys.SCHEMA, stored)

    await ensure_schema(redis, migrations=(count_a_run, count_another))

    assert await redis.lrange("runs", 0, -1) == runs
    assert await redis.get(keys.SCHEMA) == "3"


async def test_a_migration_that_was_cut_short_runs_again_and_finished_ones_do_not(redis: Redis):
    await redis.set(keys.SCHEMA, "1")
    with pytest.raises(RuntimeError):
        await ensure_schema(redis, migrations=(count_a_run, stumble))

    await ensure_schema(redis, migrations=(count_a_run, count_another))

    assert await redis.lrange("runs", 0, -1) == ["first", "stumbled", "second"]


@pytest.mark.parametrize("stored", [str(SCHEMA_VERSION + 1), "0", "-1", "one", ""])
async def test_a_store_that_is_newer_or_not_ours_is_refused_and_left_alone(redis: Redis, stored: str):
    await redis.set(keys.SCHEMA, stored)

    with pytest.raises(SchemaNotOurs, match=f"schema version '{stored}'"):
        await ensure_schema(redis)

    assert await redis.get(keys.SCHEMA) == stored

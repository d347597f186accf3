"""How is Redis itself?"""

from dataclasses import dataclass

from redis.asyncio import Redis


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Its version, the memory it takes, and whether its last writes to the append-only file went well."""

    version: str
    memory: str
    writes: bool


async def health_of(redis: Redis) -> Health:
    """Ask Redis about itself; what a restricted server does not say is left open."""
    told = await redis.info()
    return Health(
        version=str(told.get("valkey_version") or told.get("redis_version", "?")),
        memory=str(told.get("used_memory_human", "?")),
        writes=told.get("aof_last_write_status", "ok") == "ok",
    )

"""Everything that stands in Redis, as text, to look for what must not be there or must have changed."""

from collections.abc import Awaitable, Callable
from typing import Any

from redis.asyncio import Redis

_READ: dict[str, Callable[[Redis, str], Awaitable[Any]]] = {
    "string": lambda redis, key: redis.get(key),
    "hash": lambda redis, key: redis.hgetall(key),
    "list": lambda redis, key: redis.lrange(key, 0, -1),
    "set": lambda redis, key: redis.smembers(key),
    "zset": lambda redis, key: redis.zrange(key, 0, -1, withscores=True),
    "stream": lambda redis, key: redis.xrange(key),
}


async def contents(redis: Redis) -> dict[str, str]:
    """Each key with all it holds; sets and hashes are sorted, so that equal contents compare equal."""
    found = {}
    for key in sorted(await redis.keys()):
        value = await _READ[await redis.type(key)](redis, key)
        found[key] = str(_in_order(value))
    return found


def _in_order(value: Any) -> Any:
    match value:
        case set():
            return sorted(value)
        case dict():
            return dict(sorted(value.items()))
        case _:
            return value


async def mentions(redis: Redis, text: str) -> list[str]:
    """The keys that hold `text` in their name or value, whatever the case."""
    wanted = text.casefold()
    return [key for key, value in (await contents(redis)).items() if wanted in f"{key} {value}".casefold()]

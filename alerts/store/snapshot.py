"""What does the whole store hold at one moment, and how does it get into an empty one?

A copy is taken in one step, so that no alert in it lacks its recipients; a service that runs meanwhile waits for as
long as that takes. Putting it back is one step as well: all of it, or nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from redis.asyncio import Redis
from redis.exceptions import ResponseError, WatchError

from alerts.errors import SirabaError
from alerts.store import keys
from alerts.store.connection import store_errors

OF_THE_RUNNING = frozenset({keys.LEASE, keys.FENCE})
"""They say who serves now: of no meaning in a copy, and harmful in a restored one."""

# KEYS the schema's version; ARGV the pattern of our keys. Gives that version, then each key with when it expires
# (epoch milliseconds, "0" for never) and its content. Times are texts: Lua would round them.
_COPY = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local copied = {redis.call('GET', KEYS[1]) or ''}
for _, key in ipairs(redis.call('KEYS', ARGV[1])) do
    local left = redis.call('PTTL', key)
    local content = redis.call('DUMP', key)
    if content then
        copied[#copied + 1] = key
        copied[#copied + 1] = left < 0 and '0' or string.format('%.0f', now + left)
        copied[#copied + 1] = content
    end
end
return copied
"""


class NothingStoredError(SirabaError):
    """No service has ever run on this store."""

    def __init__(self) -> None:
        super().__init__("There is nothing to back up: no service has run on this store yet.")


class StoreNotEmptyError(SirabaError):
    """A copy is put back into an empty store only."""

    def __init__(self) -> None:
        super().__init__("The store holds data already: a backup is restored into an empty one only.")


class NotRestoredError(SirabaError):
    """Redis does not take the copy; the store is as empty as before."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"Redis does not take this backup, and nothing was restored ({reason}): "
            "it needs a server at least as new as the one it was taken from."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One key with its content in Redis' own form; `expires` is in epoch milliseconds, 0 for never."""

    key: str
    expires: int
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """All that was stored at one moment, but for who served; `schema` is the version of the stored data's form."""

    schema: str
    entries: tuple[Entry, ...]


async def snapshot_of(redis: Redis) -> Snapshot:
    """Copy the whole store.

    Raises:
        NothingStoredError: no service has ever run on it.
        StoreGone: Redis went away.
    """
    with store_errors():
        schema, *found = await redis.execute_command("EVAL", _COPY, 1, keys.SCHEMA, keys.ALL, NEVER_DECODE=True)
    if not schema:
        raise NothingStoredError
    return Snapshot(schema=schema.decode(), entries=tuple(sorted(_entries(found), key=lambda one: one.key)))


async def put_back(redis: Redis, entries: Sequence[Entry]) -> None:
    """Fill an empty store, in one step; what has expired since stays away.

    Raises:
        StoreNotEmptyError: it is not empty, or a service started on it meanwhile.
        NotRestoredError: Redis refuses the content; the store is empty again.
        StoreGone: Redis went away.
    """
    with store_errors():
        async with redis.pipeline(transaction=True) as pipe:
            await pipe.watch(keys.SCHEMA, keys.LEASE, *(one.key for one in entries))
            if await _holds_anything(redis):
                raise StoreNotEmptyError
            pipe.multi()
            for one in entries:
                pipe.restore(one.key, one.expires, one.content, absttl=True)
            try:
                answers = await pipe.execute(raise_on_error=False)
            except WatchError as error:
                raise StoreNotEmptyError from error
        refusal = next((one for one in answers if isinstance(one, ResponseError)), None)
        if refusal is not None:
            await redis.delete(*(one.key for one in entries))
            raise NotRestoredError(str(refusal))


def _entries(found: Sequence[bytes]) -> Iterator[Entry]:
    for key, expires, content in zip(found[::3], found[1::3], found[2::3], strict=True):
        if key.decode() not in OF_THE_RUNNING:
            yield Entry(key=key.decode(), expires=int(expires), content=content)


async def _holds_anything(redis: Redis) -> bool:
    async for _ in redis.scan_iter(match=keys.ALL, count=1000):
        return True
    return False

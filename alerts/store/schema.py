"""Which form of the stored data does this code read, and how does older data get there?"""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

from redis.asyncio import Redis

from alerts.errors import SirabaError
from alerts.store import keys
from alerts.store.connection import store_errors
from alerts.store.migrations import pack, unstream

Migration: TypeAlias = Callable[[Redis], Awaitable[None]]

MIGRATIONS: tuple[Migration, ...] = (pack, unstream)
"""In order: the first leads from version 1 to 2. Each may run again after it was cut short, or run twice at once."""

SCHEMA_VERSION = 3


class SchemaNotOurs(SirabaError):  # noqa: N818 -- says what is the matter
    """The store was written by a newer Siraba, or by something else; `found` is what its version key says."""

    def __init__(self, found: str, known: int) -> None:
        self.found = found
        self.known = known
        super().__init__(
            f"The stored data has schema version {found!r}, this Siraba knows versions up to {known}: "
            "install the Siraba that wrote it, or restore a backup into an empty store."
        )


async def ensure_schema(redis: Redis, *, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Mark an empty store with our version, bring an older one up to it, and leave a newer one alone.

    The version moves on after each step, so a start that is killed half-way goes on with the step it was in.

    Raises:
        SchemaNotOurs: the store is newer than this code, or its version is no number.
        StoreGone: Redis went away.
    """
    newest = len(migrations) + 1
    with store_errors():
        await redis.set(keys.SCHEMA, newest, nx=True)
        version = _version(await redis.get(keys.SCHEMA), newest)
        for reached, migrate in enumerate(migrations[version - 1 :], start=version + 1):
            await migrate(redis)
            await redis.set(keys.SCHEMA, reached)


def _version(found: str, newest: int) -> int:
    if not (found.isdecimal() and 1 <= int(found) <= newest):
        raise SchemaNotOurs(found, newest)
    return int(found)

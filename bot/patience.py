"""How does the service start while Redis is away?

It waits, with growing pauses: who restarts the machine, or Redis alone, must not find the service given up. What
waiting cannot mend (an address that is none, a password that is refused, a file that can't be read) ends it at once.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from redis.exceptions import RedisError

from alerts.errors import SirabaError
from alerts.store.connection import is_away
from alerts.store.server import RedisWontStart

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0  # seconds

Anything = TypeVar("Anything")
Step = Callable[[], Awaitable[Anything]]


class StoppedWaitingError(SirabaError):
    """Told to stop before Redis was there."""


class Persistence(Protocol):
    """How often a step that Redis may fail is tried."""

    async def __call__(self, step: Step[Anything]) -> Anything:
        """What `step` gives in the end."""


async def once(step: Step[Anything]) -> Anything:
    """For commands that a person waits for: they say at once what is the matter."""
    return await step()


class Patience:
    """For the service: again until it works, or until `stop`."""

    def __init__(self, stop: asyncio.Event) -> None:
        self._stop = stop

    async def __call__(self, step: Step[Anything]) -> Anything:
        """What `step` gives once Redis lets it; each `step` may be done twice.

        Raises:
            StoppedWaitingError: `stop` was set meanwhile.
        """
        pause, told = FIRST_PAUSE, ""
        while not self._stop.is_set():
            try:
                return await step()
            except (SirabaError, RedisError, OSError) as error:
                if not passes(error):
                    raise
                why = str(error) or type(error).__name__
            if why != told:
                log.warning("redis can't be used yet", extra={"why": why})
                told = why
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._stop.wait()
            pause = min(2 * pause, LONGEST_PAUSE)
        raise StoppedWaitingError


def passes(error: Exception) -> bool:
    """Whether the same may work later without anyone changing a setting."""
    return error.was_killed if isinstance(error, RedisWontStart) else is_away(error)

"""How does a long poll wait without asking again and again? Whoever changes something rings; waiters look."""

# ruff: noqa: ASYNC109 - whoever waits says for how long

import asyncio
from collections.abc import Callable


class Bell:
    """Wakes every waiter at each ring; `rings` counts them."""

    def __init__(self) -> None:
        self.rings = 0
        self._next = asyncio.Event()

    def ring(self) -> None:
        """Say that something changed."""
        self.rings += 1
        rung, self._next = self._next, asyncio.Event()
        rung.set()

    async def wait_until(self, holds: Callable[[], bool], timeout: float) -> bool:
        """Wait until `holds()`, looking now and at each ring, for `timeout` seconds at most; say if it did."""
        try:
            async with asyncio.timeout(timeout):
                while not holds():
                    await self._next.wait()
        except TimeoutError:
            return holds()
        return True

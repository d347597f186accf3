"""What do a million chats cost in memory, and at a start? Takes minutes and a gigabyte: only where it is named."""

import asyncio

from alerts.geography.atlas import Atlas
from benchmarks.scale import sizes


def run(*, quick: bool) -> None:
    asyncio.run(sizes(Atlas.load(), [100_000 if quick else 1_000_000]))

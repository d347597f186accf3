"""What is remembered of each source, and which of its entries are known already?"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from redis.asyncio import Redis

from alerts.fuel.model import FuelReport
from alerts.sources.model import FeedMarks
from alerts.store import keys
from alerts.store.commit import FUEL_REPORT, MARKS


class Feeds:
    """Reading side of what `Commit` stores about sources and fuel."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def marks(self, source_ids: Iterable[str]) -> dict[str, FeedMarks]:
        """The marks of each source; fresh ones for a source never read."""
        stored = await self._redis.hgetall(keys.FEEDS)
        return {
            source_id: MARKS.load(stored[source_id]) if source_id in stored else FeedMarks(source_id=source_id)
            for source_id in source_ids
        }

    async def unseen(self, entry_keys: Sequence[str]) -> set[str]:
        """Those of `entry_keys` that were never stored."""
        if not entry_keys:
            return set()
        scores = await self._redis.zmscore(keys.SEEN_ENTRIES, list(entry_keys))
        return {key for key, score in zip(entry_keys, scores, strict=True) if score is None}

    async def last_read_at(self) -> datetime | None:
        """When any source was last read with success; None if never."""
        marks = [MARKS.load(text) for text in (await self._redis.hgetall(keys.FEEDS)).values()]
        return max((mark.succeeded_at for mark in marks if mark.succeeded_at), default=None)

    async def trim_fuel(self, *, now: datetime) -> None:
        """Drop words on fuel that are too old even for the trend."""
        horizon = now - keys.FUEL_LIFETIME
        old = [report.id for report in await self.fuel() if report.observed_at < horizon]
        if old:
            await self._redis.hdel(keys.FUEL, *old)

    async def fuel(self) -> tuple[FuelReport, ...]:
        """Every fuel report of the last weeks, oldest first."""
        reports = [FUEL_REPORT.load(text) for text in (await self._redis.hgetall(keys.FUEL)).values()]
        return tuple(sorted(reports, key=lambda report: (report.observed_at, report.id)))

"""What is remembered of each source, and which of its entries are known already?"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from redis.asyncio import Redis

from alerts.fuel.model import FuelReport
from alerts.sources.model import FeedMarks, KnownEntry
from alerts.store import keys
from alerts.store.commit import FUEL_REPORT, KNOWN_ENTRY, MARKS

_AT_ONCE = 500  # names asked for in one command: Redis serves nobody else meanwhile


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

    async def known(self, names: Sequence[str]) -> dict[str, KnownEntry]:
        """What is remembered under those of `names` that were stored; little of what an earlier version stored."""
        found: dict[str, KnownEntry] = {}
        for start in range(0, len(names), _AT_ONCE):
            asked = list(names[start : start + _AT_ONCE])
            stored = await self._redis.hmget(keys.KNOWN_ENTRIES, asked)
            scores = await self._redis.zmscore(keys.SEEN_ENTRIES, asked)
            for name, text, score in zip(asked, stored, scores, strict=True):
                if text is not None:
                    found[name] = KNOWN_ENTRY.load(text)
                elif score is not None:
                    found[name] = KnownEntry(source_id=name.partition(":")[0], item_id=name.partition(":")[2])
        return found

    async def last_read_at(self) -> datetime | None:
        """When any source was last read with success; None if never."""
        marks = [MARKS.load(text) for text in (await self._redis.hgetall(keys.FEEDS)).values()]
        return max((mark.succeeded_at for mark in marks if mark.succeeded_at), default=None)

    async def trim_entries(self, *, now: datetime) -> None:
        """Forget entries that were first seen too long ago to be shown by any feed."""
        horizon = (now - keys.SEEN_ENTRY_LIFETIME).timestamp()
        while names := await self._redis.zrangebyscore(keys.SEEN_ENTRIES, "-inf", horizon, start=0, num=_AT_ONCE):
            async with self._redis.pipeline(transaction=True) as pipe:
                pipe.hdel(keys.KNOWN_ENTRIES, *names)
                pipe.zrem(keys.SEEN_ENTRIES, *names)
                await pipe.execute()

    async def told_silent(self, admin_id: int) -> set[str]:
        """The sources whose silence this admin has been told of."""
        members = await self._redis.smembers(keys.SOURCE_ALARMS)
        pairs = (member.partition("|") for member in members)
        return {source for admin, _, source in pairs if admin == str(admin_id)}

    async def note_told(self, admin_id: int, *, silent: Iterable[str], back: Iterable[str]) -> None:
        """Remember that this admin was told so."""
        async with self._redis.pipeline(transaction=True) as pipe:
            for source in silent:
                pipe.sadd(keys.SOURCE_ALARMS, f"{admin_id}|{source}")
            for source in back:
                pipe.srem(keys.SOURCE_ALARMS, f"{admin_id}|{source}")
            await pipe.execute()

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

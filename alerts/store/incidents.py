"""Which incidents are known? All recent ones in memory, kept in step with Redis by the stream of changes."""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable
from datetime import datetime, timedelta

from redis.asyncio import Redis

from alerts.incidents.model import Incident
from alerts.store import keys
from alerts.store.codec import Codec

INCIDENT = Codec(Incident)
KEPT = timedelta(days=60)  # an untouched blockade is the longest-lived news; older incidents are read from Redis


class Incidents:
    """A copy of the incidents of the last 60 days, refreshed by one cheap call before each use."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._copy: dict[str, Incident] = {}
        self._newest: tuple[Incident, ...] = ()  # sorted when something changes, not at each question
        self._last = ""

    async def recent(self, *, now: datetime) -> tuple[Incident, ...]:
        """Incidents changed in the last 60 days, newest change first."""
        await self._refresh(now)
        kept = bisect_right(self._newest, -(now - KEPT).timestamp(), key=_age)
        if kept < len(self._newest):
            self._newest = self._newest[:kept]
            self._copy = {one.id: one for one in self._newest}
        return self._newest

    async def find(self, incident_id: str) -> Incident | None:
        """One incident by its reference, however old; leading zeros may be missing."""
        text = await self._redis.hget(keys.incident(incident_id.strip().zfill(4)), "json")
        return INCIDENT.load(text) if text else None

    async def all(self) -> tuple[Incident, ...]:
        """Every incident there is, however old, for whoever reads them once."""
        ids = await self._redis.zrange(keys.INCIDENTS, 0, -1)
        async with self._redis.pipeline(transaction=False) as pipe:
            for incident_id in ids:
                pipe.hget(keys.incident(incident_id), "json")
            return tuple(INCIDENT.load(text) for text in await pipe.execute() if text)

    async def next_ids(self, count: int) -> deque[str]:
        """`count` fresh references, four digits or more; unused ones leave a gap, which means nothing."""
        if not count:
            return deque()
        last = int(await self._redis.incrby(keys.REFERENCE, count))
        return deque(f"{number:04d}" for number in range(last - count + 1, last + 1))

    async def _refresh(self, now: datetime) -> None:
        if not self._last:
            await self._read_all(now)
            return
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.xrange(keys.INCIDENT_CHANGES, count=1)
            pipe.xrange(keys.INCIDENT_CHANGES, min=f"({self._last}")
            oldest, entries = await pipe.execute()
        if not entries:
            return
        if _order(oldest[0][0]) > _order(self._last):  # what came between may have been trimmed away
            await self._read_all(now)
            return
        await self._take({fields["id"] for _, fields in entries})
        self._last = entries[-1][0]

    async def _read_all(self, now: datetime) -> None:
        newest = await self._redis.xrevrange(keys.INCIDENT_CHANGES, count=1)
        since = (now - KEPT).timestamp()
        await self._take(await self._redis.zrangebyscore(keys.INCIDENTS, since, "+inf"))
        self._last = newest[0][0] if newest else "0-0"

    async def _take(self, ids: Iterable[str]) -> None:
        wanted = list(ids)
        async with self._redis.pipeline(transaction=False) as pipe:
            for incident_id in wanted:
                pipe.hget(keys.incident(incident_id), "json")
            texts = await pipe.execute()
        for incident_id, text in zip(wanted, texts, strict=True):
            if text:
                self._copy[incident_id] = INCIDENT.load(text)
        self._newest = tuple(sorted(self._copy.values(), key=_age))


def _age(incident: Incident) -> float:
    """Grows with the time since the last change: newest first."""
    return -incident.updated_at.timestamp()


def _order(entry_id: str) -> tuple[int, int]:
    """A stream's entry ids compare as two numbers."""
    milliseconds, _, sequence = entry_id.partition("-")
    return int(milliseconds), int(sequence)

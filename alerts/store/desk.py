"""What the admins' desk keeps: drafts, the review queue, the halt, the audit."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from redis.asyncio import Redis

from alerts.store import keys
from alerts.store.fence import Fence


@dataclass(frozen=True, slots=True, kw_only=True)
class Halt:
    """All sending is stopped: by which admin, since when."""

    by: int
    at: datetime


class Desk:
    """The desk's own records."""

    def __init__(self, redis: Redis, fence: Fence) -> None:
        self._redis = redis
        self._fence = fence

    async def halt(self, *, by: int, now: datetime) -> None:
        """Stop all sending but corrections, until `resume`."""
        async with self._redis.pipeline(transaction=True) as pipe:
            await self._fence.guard(pipe)
            pipe.multi()
            pipe.set(keys.HALT, json.dumps({"by": by, "at": now.isoformat()}), nx=True)
            pipe.xadd(keys.AUDIT, {"at": now.isoformat(), "who": str(by), "did": "halt"}, maxlen=100_000)
            await pipe.execute()

    async def resume(self, *, by: int, now: datetime) -> None:
        """Send again what waits."""
        async with self._redis.pipeline(transaction=True) as pipe:
            await self._fence.guard(pipe)
            pipe.multi()
            pipe.delete(keys.HALT)
            pipe.xadd(keys.AUDIT, {"at": now.isoformat(), "who": str(by), "did": "resume"}, maxlen=100_000)
            await pipe.execute()

    async def halted(self) -> Halt | None:
        """The halt in force, or None."""
        text = await self._redis.get(keys.HALT)
        if not text:
            return None
        fields = json.loads(text)
        return Halt(by=fields["by"], at=datetime.fromisoformat(fields["at"]))

    async def save_draft(self, draft_id: str, fields: Mapping[str, object]) -> None:
        """Keep an admin's post between preview and confirmation."""
        await self._redis.set(keys.draft(draft_id), json.dumps(fields), ex=keys.DRAFT_LIFETIME)

    async def draft(self, draft_id: str) -> dict[str, object] | None:
        """The draft, or None when it was used, cancelled or is too old."""
        text = await self._redis.get(keys.draft(draft_id))
        return dict(json.loads(text)) if text else None

    async def drop_draft(self, draft_id: str) -> None:
        """Forget a draft."""
        await self._redis.delete(keys.draft(draft_id))

    async def waiting_review(self, *, until: datetime) -> list[tuple[str, datetime]]:
        """Incident ids that wait for an admin since `until` or longer, and since when; longest first."""
        entries = await self._redis.zrangebyscore(keys.REVIEW, "-inf", until.timestamp(), withscores=True)
        return [(str(incident_id), datetime.fromtimestamp(since, tz=UTC)) for incident_id, since in entries]

    async def note(self, *, who: int, did: str, now: datetime, **facts: str) -> None:
        """Write a line of the audit."""
        entry = {"at": now.isoformat(), "who": str(who), "did": did, **facts}
        await self._redis.xadd(keys.AUDIT, entry, maxlen=100_000)

    async def audit(self, count: int = 50) -> list[dict[str, str]]:
        """The newest lines of the audit."""
        return [dict(fields) for _, fields in await self._redis.xrevrange(keys.AUDIT, count=count)]

"""What the desk keeps: drafts, roles, the review queue and who is at which card, the halt, grades set by hand."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline
from redis.exceptions import WatchError

from alerts.delivery.notice import Notice
from alerts.errors import SirabaError
from alerts.store import audit, keys, notices
from alerts.store.commit import incident_of, stop_alert
from alerts.store.fence import Fence

CLAIMED_FOR = timedelta(minutes=10)

# KEYS claims; ARGV incident, "admin|seconds", seconds, admin, lifetime. Who is at a card keeps it until done, or late.
CLAIM = """
local held = redis.call('HGET', KEYS[1], ARGV[1])
if held then
  local by, at = string.match(held, '^(.*)|(.*)$')
  if by ~= ARGV[4] and tonumber(at) + tonumber(ARGV[5]) > tonumber(ARGV[3]) then
    return by
  end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return ARGV[4]
"""

Telling = tuple[Notice, Sequence[str]]
"""A notice, and the recipient keys it is for."""


class RolesChangedError(SirabaError):
    """Somebody else changed the desk meanwhile: look again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Halt:
    """All sending is stopped: by which admin, since when; `told_followers` once they know."""

    by: int
    at: datetime
    told_followers: bool = False


class Desk:
    """The desk's own records."""

    def __init__(self, redis: Redis, fence: Fence) -> None:
        self._redis = redis
        self._claim = redis.register_script(CLAIM)
        self._fence = fence

    async def halt(self, *, by: int, now: datetime, tell: Telling | None = None) -> bool:
        """Stop all sending but retractions, until `resume`; False where it was stopped already."""
        while True:
            async with self._redis.pipeline(transaction=True) as pipe:
                await self._fence.guard(pipe)
                await pipe.watch(keys.HALT)
                if await pipe.exists(keys.HALT):
                    return False
                pipe.multi()
                pipe.set(keys.HALT, json.dumps({"by": by, "at": now.isoformat()}))
                audit.note(pipe, {"who": str(by), "did": "halt"}, now=now)
                _tell(pipe, tell, now)
                if await _done(pipe):
                    return True

    async def followers_told(self, *, tell: Telling, now: datetime) -> None:
        """Tell followers of the halt, and note that they know; nothing where it ended or they were told meanwhile."""
        async with self._redis.pipeline(transaction=True) as pipe:
            await self._fence.guard(pipe)
            await pipe.watch(keys.HALT)
            text = await pipe.get(keys.HALT)
            fields = json.loads(text) if text else {"told": True}
            if fields.get("told"):
                return
            pipe.multi()
            pipe.set(keys.HALT, json.dumps(fields | {"told": True}))
            _tell(pipe, tell, now)
            await _done(pipe)  # if not, the next tick looks again

    async def resume(self, *, by: int, now: datetime, tell: Telling | None = None, drop: Sequence[str] = ()) -> bool:
        """Send again what waits, but for the alerts of `drop`; False where sending was not stopped."""
        while True:
            async with self._redis.pipeline(transaction=True) as pipe:
                await self._fence.guard(pipe)
                await pipe.watch(keys.HALT)
                if not await pipe.exists(keys.HALT):
                    return False
                pipe.multi()
                pipe.delete(keys.HALT)
                audit.note(pipe, {"who": str(by), "did": "resume"}, now=now)
                for alert_id in drop:
                    stop_alert(pipe, alert_id, now=now)
                    line = {"who": str(by), "did": "dropped", "alert": alert_id, "incident": incident_of(alert_id)}
                    audit.note(pipe, line, now=now)
                _tell(pipe, tell, now)
                if await _done(pipe):
                    return True

    async def halted(self) -> Halt | None:
        """The halt in force, or None."""
        text = await self._redis.get(keys.HALT)
        if not text:
            return None
        fields = json.loads(text)
        told = bool(fields.get("told"))
        return Halt(by=fields["by"], at=datetime.fromisoformat(fields["at"]), told_followers=told)

    async def save_draft(self, draft_id: str, fields: Mapping[str, object]) -> None:
        """Keep an admin's post or sheet between preview and confirmation."""
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

    async def in_review(self, incident_id: str) -> bool:
        """Whether an incident waits for an admin."""
        return await self._redis.zscore(keys.REVIEW, incident_id) is not None

    async def wait_again(self, incident_id: str, *, now: datetime) -> None:
        """An admin looked and left it: its time begins anew."""
        await self._redis.zadd(keys.REVIEW, {incident_id: now.timestamp()}, xx=True)

    async def claim(self, incident_id: str, *, by: int, now: datetime) -> int:
        """Who is at the card now: `by`, unless somebody else took it less than ten minutes ago."""
        at, late = int(now.timestamp()), int(CLAIMED_FOR.total_seconds())
        held = await self._claim(keys=[keys.CLAIMS], args=[incident_id, f"{by}|{at}", at, by, late])
        return int(held)

    async def claimed(self, incident_id: str, *, now: datetime) -> int | None:
        """Who is at the card now, or None."""
        held = await self._redis.hget(keys.CLAIMS, incident_id)
        if held is None:
            return None
        by, _, at = str(held).partition("|")
        return int(by) if int(at) + CLAIMED_FOR.total_seconds() > now.timestamp() else None

    async def release(self, incident_id: str) -> None:
        """Whoever was at the card is done."""
        await self._redis.hdel(keys.CLAIMS, incident_id)

    async def not_reminded(self, incident_ids: Sequence[str]) -> list[str]:
        """Those that the desk was not reminded of."""
        told = await self._redis.smismember(keys.REMINDED, list(incident_ids)) if incident_ids else []
        return [one for one, was in zip(incident_ids, told, strict=True) if not was]

    async def remind(self, incident_ids: Sequence[str], *, tell: Telling, now: datetime) -> None:
        """Remind the desk of cards that nobody has touched, once each."""
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.sadd(keys.REMINDED, *incident_ids)
            _tell(pipe, tell, now)
            await pipe.execute()

    async def expire(self, incident_ids: Sequence[str], *, tell: Telling, now: datetime) -> None:
        """Take cards out of the queue that nobody decided in time, with a line of the audit and a word to the desk."""
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.zrem(keys.REVIEW, *incident_ids)
            pipe.srem(keys.REMINDED, *incident_ids)
            for incident_id in incident_ids:
                audit.note(pipe, {"who": "rule", "did": "expired", "incident": incident_id}, now=now)
            _tell(pipe, tell, now)
            await pipe.execute()

    async def roles(self) -> dict[int, str]:
        """What owners decided in chat: user id -> role, or "removed"."""
        return {int(person): str(role) for person, role in (await self._redis.hgetall(keys.ROLES)).items()}

    async def save_role(
        self, person: int, role: str, *, seen: Mapping[int, str], by: int, tell: Telling, now: datetime
    ) -> None:
        """Store what somebody may do from now on, and put the cards they were at back.

        Raises:
            RolesChangedError: the roles are no longer those of `seen`; nothing was stored.
        """
        async with self._redis.pipeline(transaction=True) as pipe:
            await pipe.watch(keys.ROLES, keys.CLAIMS)
            stored = {int(one): str(had) for one, had in (await pipe.hgetall(keys.ROLES)).items()}
            if stored != dict(seen):
                raise RolesChangedError("the desk changed")
            theirs = [card for card, held in (await pipe.hgetall(keys.CLAIMS)).items() if held.startswith(f"{person}|")]
            pipe.multi()
            pipe.hset(keys.ROLES, str(person), role)
            if theirs:
                pipe.hdel(keys.CLAIMS, *theirs)
            pipe.delete(keys.dialog(str(person)))
            audit.note(pipe, {"who": str(by), "did": f"role_{role}", "whom": str(person)}, now=now)
            _tell(pipe, tell, now)
            try:
                await pipe.execute()
            except WatchError as error:
                raise RolesChangedError("the desk changed") from error

    async def grades(self) -> dict[str, str]:
        """Admiralty grades that admins gave to sources: source id -> letter."""
        return {str(source): str(grade) for source, grade in (await self._redis.hgetall(keys.GRADES)).items()}

    async def grade(self, source_id: str, grade: str, *, before: str, by: int, now: datetime) -> None:
        """Give a source another grade, from its next report on."""
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.hset(keys.GRADES, source_id, grade)
            line = {"who": str(by), "did": "grade", "source": source_id, "from": before, "to": grade}
            audit.note(pipe, line, now=now)
            await pipe.execute()

    async def note(self, *, who: int, did: str, now: datetime, **facts: str) -> None:
        """Write a line of the audit about what changes nothing else."""
        async with self._redis.pipeline(transaction=True) as pipe:
            audit.note(pipe, {"who": str(who), "did": did, **facts}, now=now)
            await pipe.execute()

    async def audit(self, count: int = 50) -> list[dict[str, str]]:
        """The newest lines of the audit."""
        return [dict(fields) for _, fields in await self._redis.xrevrange(keys.AUDIT, count=count)]


async def _done(pipe: Pipeline) -> bool:
    """Whether the step was done; not where what it looked at changed meanwhile."""
    try:
        await pipe.execute()
    except WatchError:
        return False
    return True


def _tell(pipe: Pipeline, tell: Telling | None, now: datetime) -> None:
    if tell is not None:
        notice, recipients = tell
        notices.queue(pipe, notice, recipients, now=now)

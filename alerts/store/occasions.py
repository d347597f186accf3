"""When is each chat told something by the clock, and who knows that the sources can't be read?

Due times are scores of one sorted set, so what was missed while down is made up for once.
"""

from collections.abc import Iterable
from datetime import datetime

from redis.asyncio import Redis

from alerts.audience.model import Occasion, Recipient
from alerts.store import keys


class Occasions:
    """What is due at which chat."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def set(self, kind: Occasion, recipient: Recipient, at: datetime | None) -> None:
        """Tell this chat at that time, in place of an earlier choice; None: no more."""
        member = keys.occasion_of(kind, recipient.key)
        if at is None:
            await self._redis.zrem(keys.OCCASIONS, member)
        else:
            await self._redis.zadd(keys.OCCASIONS, {member: at.timestamp()})

    async def set_for_all(self, kind: Occasion, recipients: Iterable[str], at: datetime) -> None:
        """Tell all these chats at that time."""
        due = {keys.occasion_of(kind, recipient): at.timestamp() for recipient in recipients}
        if due:
            await self._redis.zadd(keys.OCCASIONS, due)

    async def due(self, *, now: datetime, count: int) -> list[tuple[Occasion, Recipient]]:
        """What is due, the longest overdue first."""
        members = await self._redis.zrangebyscore(keys.OCCASIONS, "-inf", now.timestamp(), start=0, num=count)
        split = [str(member).partition("|") for member in members]
        return [(Occasion(kind), Recipient.parse(recipient)) for kind, _, recipient in split]

    async def blind_since(self) -> datetime | None:
        """Since when followers were told that no source can be read; None: they were not."""
        since = await self._redis.get(keys.BLIND)
        return datetime.fromisoformat(since) if since else None

    async def set_blind(self, since: datetime | None) -> None:
        """Remember that followers are told so, or that it is over."""
        if since is None:
            await self._redis.delete(keys.BLIND)
        else:
            await self._redis.set(keys.BLIND, since.isoformat())

    async def told_blind(self, recipient: Recipient, *, knows: bool) -> None:
        """This chat was told, or was told that it is over."""
        if knows:
            await self._redis.sadd(keys.TOLD_BLIND, recipient.key)
        else:
            await self._redis.srem(keys.TOLD_BLIND, recipient.key)

    async def all_told_blind(self) -> list[str]:
        """Recipient keys of the chats that know."""
        return sorted(str(one) for one in await self._redis.smembers(keys.TOLD_BLIND))

    async def drop_all(self, kind: Occasion) -> None:
        """Nobody is told this any more."""
        async for member, _ in self._redis.zscan_iter(keys.OCCASIONS, match=f"{kind}|*"):
            await self._redis.zrem(keys.OCCASIONS, member)

"""Which words about the service itself have still to reach whom?

As with alerts, a chat stays on a notice's list until Telegram has answered.
"""

from collections.abc import Sequence
from datetime import datetime

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline

from alerts.delivery.notice import Notice
from alerts.store import keys
from alerts.store.codec import Codec

NOTICE = Codec(Notice)
AT_ONCE = 1000  # recipients that one call writes down


def queue(pipe: Pipeline, notice: Notice, recipients: Sequence[str], *, now: datetime) -> None:
    """Let `pipe` store the notice and whom it is for, together with what it tells of."""
    if not recipients:
        return
    pipe.set(keys.notice(notice.id), NOTICE.dump(notice), ex=keys.NOTICE_LIFETIME)
    for start in range(0, len(recipients), AT_ONCE):
        pipe.rpush(keys.notice_todo(notice.id), *recipients[start : start + AT_ONCE])
    pipe.expire(keys.notice_todo(notice.id), keys.NOTICE_LIFETIME)
    pipe.zadd(keys.NOTICES, {notice.id: now.timestamp()})


class Notices:
    """Notices under way."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def post(self, notice: Notice, recipients: Sequence[str], *, now: datetime) -> None:
        """Store a notice that stands alone."""
        async with self._redis.pipeline(transaction=True) as pipe:
            queue(pipe, notice, recipients, now=now)
            await pipe.execute()

    async def waiting(self) -> list[Notice]:
        """What has not reached everybody, oldest first; one whose time is over is dropped."""
        found = []
        for notice_id in await self._redis.zrange(keys.NOTICES, 0, -1):
            text = await self._redis.get(keys.notice(notice_id))
            if text:
                found.append(NOTICE.load(text))
            else:
                await self.finish(str(notice_id))
        return found

    async def next_recipients(self, notice_id: str, count: int) -> list[str]:
        """The first `count` chats without an answer."""
        return [str(key) for key in await self._redis.lrange(keys.notice_todo(notice_id), 0, count - 1)]

    async def done(self, notice_id: str, recipient: str) -> None:
        """Telegram has answered for this chat."""
        await self._redis.lrem(keys.notice_todo(notice_id), 0, recipient)

    async def finish(self, notice_id: str) -> None:
        """Nobody is left to tell."""
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.zrem(keys.NOTICES, notice_id)
            pipe.delete(keys.notice(notice_id), keys.notice_todo(notice_id))
            await pipe.execute()

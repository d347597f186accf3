"""When were we last in touch, and which chats have yet to hear of a silence of ours?"""

import json
from dataclasses import dataclass
from datetime import datetime

from redis.asyncio import Redis

from alerts.store import keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """The service heard and told nothing between these moments."""

    since: datetime
    until: datetime


class Silences:
    """The last silence, as long as it is told."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def in_touch_at(self) -> datetime | None:
        """When Telegram is known to have answered last."""
        text = await self._redis.get(keys.IN_TOUCH)
        return datetime.fromisoformat(text) if text else None

    async def in_touch(self, now: datetime) -> None:
        """Telegram answers."""
        await self._redis.set(keys.IN_TOUCH, now.isoformat())

    async def tell(self, silence: Silence) -> None:
        """Tell every chat of this silence with what it hears next; an earlier one is not told any more."""
        text = json.dumps({"since": silence.since.isoformat(), "until": silence.until.isoformat()})
        known = await self.being_told()
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.set(keys.SILENCE, text, ex=keys.SILENCE_LIFETIME)
            if known is None or known.since != silence.since:
                pipe.delete(keys.SILENCE_TOLD)
            await pipe.execute()

    async def being_told(self) -> Silence | None:
        """The silence that chats are told of at present."""
        text = await self._redis.get(keys.SILENCE)
        if not text:
            return None
        fields = json.loads(text)
        return Silence(since=datetime.fromisoformat(fields["since"]), until=datetime.fromisoformat(fields["until"]))

    async def knows(self, recipient: str) -> bool:
        """Whether this chat was told."""
        return bool(await self._redis.sismember(keys.SILENCE_TOLD, recipient))

    async def told(self, recipient: str) -> None:
        """This chat was told."""
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.sadd(keys.SILENCE_TOLD, recipient)
            pipe.expire(keys.SILENCE_TOLD, keys.SILENCE_LIFETIME)
            await pipe.execute()

"""What is due? Jobs and deletions are entries with a time, so what was missed while down is made up once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from redis.asyncio import Redis

from alerts.store import keys


class Agenda:
    """Due times of jobs, and of the bot's own messages that must go."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def is_due(self, job: str, *, now: datetime) -> bool:
        """Whether `job` was never run, or its time has come."""
        at = await self._redis.zscore(keys.DUE, job)
        return at is None or float(at) <= now.timestamp()

    async def ran(self, job: str, *, now: datetime, every: timedelta) -> None:
        """Set the next time; however often it was missed, it runs once."""
        await self._redis.zadd(keys.DUE, {job: (now + every).timestamp()})

    async def delete_later(self, chat_id: int, message_id: int, *, at: datetime) -> None:
        """Remember that a message of the bot must be deleted."""
        await self._redis.zadd(keys.DELETIONS, {f"{chat_id}:{message_id}": at.timestamp()})

    async def deletions_due(self, *, now: datetime, count: int = 500) -> list[tuple[int, int]]:
        """(chat id, message id) of messages whose time has come, oldest first."""
        members = await self._redis.zrangebyscore(keys.DELETIONS, "-inf", now.timestamp(), start=0, num=count)
        return [_chat_and_message(member) for member in members]

    async def messages_of(self, chat_id: int) -> list[tuple[int, int]]:
        """Every message of the bot in this chat that waits for its deletion."""
        found = [member async for member, _ in self._redis.zscan_iter(keys.DELETIONS, match=f"{chat_id}:*")]
        return [_chat_and_message(member) for member in found]

    async def deleted(self, messages: Sequence[tuple[int, int]]) -> None:
        """These messages are gone, or can't be deleted."""
        if messages:
            await self._redis.zrem(keys.DELETIONS, *(f"{chat}:{message}" for chat, message in messages))

    async def trim(self, *, now: datetime) -> None:
        """Drop what has lived its time: seen updates."""
        await self._redis.zremrangebyscore(keys.SEEN_UPDATES, "-inf", (now - keys.SEEN_UPDATE_LIFETIME).timestamp())


def _chat_and_message(member: str) -> tuple[int, int]:
    chat, _, message = member.partition(":")
    return int(chat), int(message)

"""Who listens: chats, their choices, and which chats follow an area."""

from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from redis.asyncio import Redis
from redis.exceptions import WatchError

from alerts.audience.model import Chat, Recipient
from alerts.geography.model import Area
from alerts.store import keys
from alerts.store.codec import Codec

CHAT = Codec(Chat)
PAGE = 1000


class Chats:
    """The chats in Redis. A chat that is not stored is one that never asked for anything, or asked to be forgotten."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def find(self, recipient: Recipient) -> Chat | None:
        """The chat's choices, or None."""
        text = await self._redis.get(keys.chat(recipient.key))
        return CHAT.load(text) if text else None

    async def find_many(self, recipients: Iterable[str]) -> list[Chat]:
        """The chats with these recipient keys that are stored, in that order."""
        wanted = [keys.chat(recipient) for recipient in recipients]
        texts = await self._redis.mget(wanted) if wanted else []
        return [CHAT.load(text) for text in texts if text]

    async def save(self, chat: Chat) -> None:
        """Store `chat` as it is, and bring the areas' followers in step."""
        await self.update(chat.recipient, lambda _: chat)

    async def update(self, recipient: Recipient, change: Callable[[Chat | None], Chat | None]) -> Chat | None:
        """Change a chat by a function of what is stored; again if it changed meanwhile. None stores nothing."""
        name = keys.chat(recipient.key)
        while True:
            async with self._redis.pipeline(transaction=True) as pipe:
                await pipe.watch(name)
                text = await pipe.get(name)
                before = CHAT.load(text) if text else None
                after = change(before)
                if after is None or after == before:
                    return after
                pipe.multi()
                pipe.set(name, CHAT.dump(after))
                pipe.sadd(keys.CHATS, recipient.key)
                gone, come = _areas(before) - _areas(after), _areas(after) - _areas(before)
                for area in gone:
                    pipe.srem(keys.followers(area), recipient.key)
                for area in come:
                    pipe.sadd(keys.followers(area), recipient.key)
                    pipe.sadd(keys.AREAS, area)
                try:
                    await pipe.execute()
                except WatchError:
                    continue
                return after

    async def forget(self, recipient: Recipient) -> None:
        """Erase everything about this chat, and rewrite the append-only file so that no trace stays in it."""
        chat = await self.find(recipient)
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.delete(keys.chat(recipient.key), keys.dialog(recipient.key))
            pipe.srem(keys.CHATS, recipient.key)
            for area in _areas(chat):
                pipe.srem(keys.followers(area), recipient.key)
            for incident_id in await self._redis.zrange(keys.INCIDENTS, 0, -1):
                pipe.hdel(keys.sent(incident_id), recipient.key)
            for alert_id in await self._redis.zrange(keys.OUTBOX, 0, -1):
                pipe.lrem(keys.todo(alert_id), 0, recipient.key)
            for member in await self._messages_to_delete(recipient.chat_id):
                pipe.zrem(keys.DELETIONS, member)
            await pipe.execute()
        await self._redis.bgrewriteaof()

    async def move(self, old: int, new: int) -> None:
        """A group became a supergroup: its choices, and what it still has to get, follow it in one step."""
        found = await self.find(Recipient(old))
        if found is None:
            return
        source, target = Recipient(old).key, Recipient(new).key
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.set(keys.chat(target), CHAT.dump(replace(found, recipient=Recipient(new))))
            pipe.delete(keys.chat(source))
            pipe.srem(keys.CHATS, source)
            pipe.sadd(keys.CHATS, target)
            for area in _areas(found):
                pipe.srem(keys.followers(area), source)
                pipe.sadd(keys.followers(area), target)
            for alert_id in await self._redis.zrange(keys.OUTBOX, 0, -1):
                if await self._redis.lpos(keys.todo(alert_id), source) is not None:
                    pipe.lrem(keys.todo(alert_id), 0, source)
                    pipe.lpush(keys.todo(alert_id), target)
            await pipe.execute()

    async def areas(self) -> tuple[Area, ...]:
        """Every area that anyone follows."""
        return tuple(Area.parse(key) for key in sorted(await self._redis.smembers(keys.AREAS)))

    async def followers(self, areas: Iterable[Area]) -> AsyncIterator[list[Chat]]:
        """The chats that follow any of `areas`, each once, in pages of up to 1,000."""
        told: set[str] = set()
        for area in areas:
            page: list[str] = []
            async for recipient in self._redis.sscan_iter(keys.followers(area.key), count=PAGE):
                if recipient not in told:
                    told.add(recipient)
                    page.append(recipient)
                if len(page) == PAGE:
                    yield await self.find_many(page)
                    page = []
            if page:
                yield await self.find_many(page)

    async def count(self) -> int:
        """How many chats are stored."""
        return int(await self._redis.scard(keys.CHATS))

    async def lost(self, *, now: datetime, inactive: timedelta, unreachable: timedelta) -> list[Recipient]:
        """Chats nobody used for `inactive`, or that Telegram has refused for `unreachable`."""
        found = []
        async for recipient in self._redis.sscan_iter(keys.CHATS, count=PAGE):
            chat = await self.find(Recipient.parse(recipient))
            if chat and (_before(chat.active_at, now - inactive) or _before(chat.unreachable_since, now - unreachable)):
                found.append(chat.recipient)
        return found

    async def _messages_to_delete(self, chat_id: int) -> list[str]:
        pattern = f"{chat_id}:*"
        return [member async for member, _ in self._redis.zscan_iter(keys.DELETIONS, match=pattern, count=PAGE)]


def _areas(chat: Chat | None) -> set[str]:
    return {subscription.area.key for subscription in chat.subscriptions} if chat else set()


def _before(moment: datetime | None, horizon: datetime) -> bool:
    return moment is not None and moment < horizon

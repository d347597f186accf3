"""Who listens: chats, their choices, and which chats follow an area."""

import logging
import re
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline
from redis.exceptions import NoPermissionError, ResponseError, WatchError

from alerts.audience.model import Chat, Recipient
from alerts.geography.model import Area
from alerts.store import keys
from alerts.store.codec import Codec, UnreadableValueError
from alerts.store.fence import Fence

log = logging.getLogger(__name__)

CHAT = Codec(Chat)
PAGE = 1000

# KEYS sent hashes; ARGV old and new recipient key. A hash keeps its lifetime, since it is never empty.
MOVE_SENT = """
for _, key in ipairs(KEYS) do
  local message = redis.call('HGET', key, ARGV[1])
  if message then
    redis.call('HSET', key, ARGV[2], message)
    redis.call('HDEL', key, ARGV[1])
  end
end
"""

# KEYS begun sets; ARGV the end of a member with the old, and with the new recipient key.
MOVE_BEGUN = """
for _, key in ipairs(KEYS) do
  for _, member in ipairs(redis.call('SMEMBERS', key)) do
    if string.sub(member, -#ARGV[1]) == ARGV[1] then
      redis.call('SADD', key, string.sub(member, 1, -#ARGV[1] - 1) .. ARGV[2])
      redis.call('SREM', key, member)
    end
  end
end
"""


class Chats:
    """The chats in Redis. A chat that is not stored is one that never asked for anything, or asked to be forgotten."""

    def __init__(self, redis: Redis, fence: Fence) -> None:
        self._redis = redis
        self._fence = fence

    async def find(self, recipient: Recipient) -> Chat | None:
        """The chat's choices, or None."""
        return _read(await self._redis.get(keys.chat(recipient.key)))

    async def find_many(self, recipients: Iterable[str]) -> list[Chat]:
        """The chats with these recipient keys that are stored, in that order; one that can't be read is left out."""
        wanted = [keys.chat(recipient) for recipient in recipients]
        texts = await self._redis.mget(wanted) if wanted else []
        chats = [_readable(text) for text in texts if text]
        return [chat for chat in chats if chat is not None]

    async def save(self, chat: Chat) -> None:
        """Store `chat` as it is, and bring the areas' followers in step."""
        await self.update(chat.recipient, lambda _: chat)

    async def update(self, recipient: Recipient, change: Callable[[Chat | None], Chat | None]) -> Chat | None:
        """Change a chat by a function of what is stored; again if it changed meanwhile. None stores nothing."""
        name = keys.chat(recipient.key)
        while True:
            async with self._redis.pipeline(transaction=True) as pipe:
                await self._fence.guard(pipe)
                await pipe.watch(name)
                before = _read(await pipe.get(name))
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
        name = keys.chat(recipient.key)
        while True:
            async with self._redis.pipeline(transaction=True) as pipe:
                await self._fence.guard(pipe)
                await pipe.watch(name)
                chat = _read(await pipe.get(name))
                traces = await _traces(pipe, recipient)
                pipe.multi()
                _queue_forgetting(pipe, recipient, _areas(chat), traces)
                try:
                    await pipe.execute()
                except WatchError:
                    continue
                break
        await self.finish_forgetting()

    async def finish_forgetting(self) -> None:
        """Let Redis write its append-only file anew if someone was forgotten since it last did; again while it can't.

        A rewrite that was under way began before the erasure and still copies it: the one after that does not.
        """
        if not await self._redis.exists(keys.REWRITE):
            return
        try:
            await self._redis.bgrewriteaof()
        except ResponseError as error:
            if not isinstance(error, NoPermissionError) and "unknown command" not in str(error).lower():
                return
            log.warning("redis does not let us rewrite its append-only file: it keeps the erased until it does so")
        await self._redis.delete(keys.REWRITE)

    async def move(self, old: int, new: int) -> None:
        """A group became a supergroup: its choices, what it got and has still to get follow it in one step."""
        source, target = Recipient(old), Recipient(new)
        while True:
            async with self._redis.pipeline(transaction=True) as pipe:
                await self._fence.guard(pipe)
                await pipe.watch(keys.chat(source.key), keys.chat(target.key))
                found, known = [_read(await pipe.get(keys.chat(one.key))) for one in (source, target)]
                if found is None:
                    return
                moved = _merged(found, known, target)
                alerts, incidents = await _waiting_for(pipe, source.key), await pipe.zrange(keys.INCIDENTS, 0, -1)
                pipe.multi()
                _queue_move(pipe, source.key, moved, alerts, incidents)
                try:
                    await pipe.execute()
                except WatchError:
                    continue
                return

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

    async def following(self) -> list[str]:
        """Recipient keys of the chats that follow anything and can be reached."""
        found: dict[str, None] = {}
        cursor: int | None = None
        while cursor != 0:
            cursor, page = await self._redis.sscan(keys.CHATS, cursor or 0, count=PAGE)
            chats = await self.find_many(page)
            found |= {one.recipient.key: None for one in chats if one.subscriptions and one.unreachable_since is None}
        return list(found)

    async def count(self) -> int:
        """How many chats are stored."""
        return int(await self._redis.scard(keys.CHATS))

    async def lost(self, *, now: datetime, inactive: timedelta, unreachable: timedelta) -> list[Recipient]:
        """Chats nobody used for `inactive`, or that Telegram has refused for `unreachable`."""
        found: list[Recipient] = []
        cursor: int | None = None
        while cursor != 0:
            cursor, page = await self._redis.sscan(keys.CHATS, cursor or 0, count=PAGE)
            found += [
                chat.recipient
                for chat in await self.find_many(page)
                if _before(chat.active_at, now - inactive) or _before(chat.unreachable_since, now - unreachable)
            ]
        return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Traces:
    incidents: list[str]
    begun: list[tuple[str, str]]
    alerts: list[str]
    deletions: list[str]
    parked: list[str]


async def _traces(pipe: Pipeline, recipient: Recipient) -> "_Traces":
    """Where a chat is named besides its own keys; read over the connection that watches, so that none waits for two."""
    pattern = f"{recipient.chat_id}:*"
    named = re.compile(rf"(?<![\d-]){recipient.chat_id}(?!\d)")
    parked = await pipe.xrange(keys.PARKED)
    incidents = await pipe.zrange(keys.INCIDENTS, 0, -1)
    return _Traces(
        incidents=incidents,
        begun=[
            (one, begun)
            for one in incidents
            for begun in await pipe.smembers(keys.begun(one))
            if begun.partition("|")[2] == recipient.key
        ],
        alerts=await pipe.zrange(keys.OUTBOX, 0, -1),
        deletions=[member async for member, _ in pipe.zscan_iter(keys.DELETIONS, match=pattern, count=PAGE)],
        parked=[entry_id for entry_id, fields in parked if named.search(fields["update"])],
    )


async def _waiting_for(pipe: Pipeline, recipient: str) -> list[str]:
    """Ids of the alerts that have still to reach a recipient."""
    alerts = await pipe.zrange(keys.OUTBOX, 0, -1)
    return [one for one in alerts if await pipe.lpos(keys.todo(one), recipient) is not None]


def _queue_forgetting(pipe: Pipeline, recipient: Recipient, areas: set[str], traces: _Traces) -> None:
    pipe.delete(keys.chat(recipient.key), keys.dialog(recipient.key))
    pipe.srem(keys.CHATS, recipient.key)
    for area in areas:
        pipe.srem(keys.followers(area), recipient.key)
    for incident_id in traces.incidents:
        pipe.hdel(keys.sent(incident_id), recipient.key)
    for incident_id, begun in traces.begun:
        pipe.srem(keys.begun(incident_id), begun)
    for alert_id in traces.alerts:
        pipe.lrem(keys.todo(alert_id), 0, recipient.key)
    if traces.deletions:
        pipe.zrem(keys.DELETIONS, *traces.deletions)
    if traces.parked:
        pipe.xdel(keys.PARKED, *traces.parked)
    pipe.set(keys.REWRITE, 1)


def _queue_move(pipe: Pipeline, source: str, moved: Chat, alerts: list[str], incidents: list[str]) -> None:
    target = moved.recipient.key
    pipe.set(keys.chat(target), CHAT.dump(moved))
    pipe.delete(keys.chat(source), keys.dialog(source))
    pipe.srem(keys.CHATS, source)
    pipe.sadd(keys.CHATS, target)
    for area in _areas(moved):
        pipe.srem(keys.followers(area), source)
        pipe.sadd(keys.followers(area), target)
    for alert_id in alerts:
        pipe.lrem(keys.todo(alert_id), 0, source)
        pipe.lpush(keys.todo(alert_id), target)
    if incidents:
        pipe.eval(MOVE_SENT, len(incidents), *map(keys.sent, incidents), source, target)
        pipe.eval(MOVE_BEGUN, len(incidents), *map(keys.begun, incidents), f"|{source}", f"|{target}")


def _merged(old: Chat, new: Chat | None, target: Recipient) -> Chat:
    """What the new group has chosen already holds; the roads of both are followed."""
    chosen = new or replace(old, recipient=target)
    further = [one for one in old.subscriptions if one.area.key not in _areas(chosen)]
    return replace(chosen, subscriptions=(*chosen.subscriptions, *further))


def _read(text: str | None) -> Chat | None:
    return CHAT.load(text) if text else None


def _readable(text: str) -> Chat | None:
    """One damaged chat must not keep an alert from all the others."""
    try:
        return CHAT.load(text)
    except UnreadableValueError as error:
        log.error("a chat is left out", extra={"why": str(error)})  # noqa: TRY400 - the fault is in the data
        return None


def _areas(chat: Chat | None) -> set[str]:
    return {subscription.area.key for subscription in chat.subscriptions} if chat else set()


def _before(moment: datetime | None, horizon: datetime) -> bool:
    return moment is not None and moment < horizon

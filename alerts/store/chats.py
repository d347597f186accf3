"""Who listens: chats, their choices, and which chats follow an area.

All chats stand in one hash, a row each. A change compares the row it started from and is made by one script, with the
followers of its areas and whatever else must stay in step: all of it, or nothing.
"""

import json
import logging
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from redis.asyncio import Redis
from redis.exceptions import NoPermissionError, ResponseError

from alerts.audience.model import Chat, Recipient
from alerts.geography.model import Area
from alerts.store import keys
from alerts.store.chat_rows import dump, load
from alerts.store.codec import UnreadableValueError
from alerts.store.fence import Fence
from alerts.store.traces import RENAME, TIDY, Command, traces_of

log = logging.getLogger(__name__)

PAGE = 500  # of a scan
AT_ONCE = 100  # chats read and matched in one go: what takes long holds up whatever is to be sent meanwhile

# KEYS chats; ARGV JSON: recipient key -> its row as it was read ("" for none), JSON: commands to run. When a row is
# another one by now nothing is done, and the answer is nil.
CHANGE = """
for who, row in pairs(cjson.decode(ARGV[1])) do
  if (redis.call('HGET', KEYS[1], who) or '') ~= row then return false end
end
for _, command in ipairs(cjson.decode(ARGV[2])) do redis.call(unpack(command)) end
"""
DONE = "return 1"

# KEYS rewrite; ARGV what it said, what it is to say now ("" for nothing). Whoever is forgotten meanwhile says it anew.
SETTLE_REWRITE = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return end
if ARGV[2] == '' then redis.call('DEL', KEYS[1]) else redis.call('SET', KEYS[1], ARGV[2]) end
"""


class Chats:
    """The chats in Redis. A chat that is not stored is one that never asked for anything, or asked to be forgotten."""

    def __init__(self, redis: Redis, fence: Fence) -> None:
        self._redis = redis
        self._change = fence.script(redis, CHANGE + DONE)
        self._tidy = redis.register_script(TIDY)
        self._settle_rewrite = redis.register_script(SETTLE_REWRITE)
        self._move = fence.script(redis, CHANGE + RENAME + DONE)

    async def find(self, recipient: Recipient) -> Chat | None:
        """The chat's choices, or None."""
        row = await self._row(recipient)
        return load(recipient.key, row) if row else None

    async def find_many(self, recipients: Iterable[str]) -> list[Chat]:
        """The chats with these recipient keys that are stored, in that order; one that can't be read is left out."""
        wanted = list(recipients)
        rows = await self._redis.hmget(keys.CHATS, wanted) if wanted else []
        chats = [readable(recipient, row) for recipient, row in zip(wanted, rows, strict=True) if row]
        return [chat for chat in chats if chat is not None]

    async def save(self, chat: Chat) -> None:
        """Store `chat` as it is, and bring the areas' followers in step."""
        await self.update(chat.recipient, lambda _: chat)

    async def update(self, recipient: Recipient, change: Callable[[Chat | None], Chat | None]) -> Chat | None:
        """Change a chat by a function of what is stored; again if it changed meanwhile. None stores nothing."""
        while True:
            row = await self._row(recipient)
            before = load(recipient.key, row) if row else None
            after = change(before)
            if after is None or after == before:
                return after
            commands = [["HSET", keys.CHATS, recipient.key, dump(after)], *_following(recipient.key, before, after)]
            if await self._changed({recipient.key: row}, commands):
                return after

    async def forget(self, recipient: Recipient) -> None:
        """Erase everything about this chat; what the append-only file still says of it goes by `finish_forgetting`."""
        while True:
            row = await self._row(recipient)
            chat = readable(recipient.key, row) if row else None
            traces = await traces_of(self._redis, recipient)
            own = [["HDEL", keys.CHATS, recipient.key], *_following(recipient.key, chat, None)]
            if await self._changed({recipient.key: row}, [*own, *traces.erasing(recipient)]):
                break
        await self._tidy(keys=[keys.DELETIONS])

    async def finish_forgetting(self) -> None:
        """Let Redis write its append-only file anew if someone was forgotten since it last did, until that has worked.

        A rewrite copies what is there when it begins. So one that was under way already does not count, and none begins
        before the update that asked for it has left the inbox.
        """
        asked = await self._redis.get(keys.REWRITE)
        if asked is None:
            return
        last_update, _, begun_by = asked.partition(" ")
        try:
            how, run = await self._redis.info("persistence"), (await self._redis.info("server"))["run_id"]
            if how["aof_rewrite_in_progress"] or how["aof_rewrite_scheduled"]:
                return
            if begun_by == run and how["aof_last_bgrewrite_status"] == "ok":
                await self._settle_rewrite(keys=[keys.REWRITE], args=[asked, ""])
                return
            if begun_by == run:
                log.error("redis could not rewrite its append-only file: it keeps the erased until it does")
            if await self._redis.zrangebyscore(keys.INBOX, "-inf", last_update, start=0, num=1):
                return
            await self._redis.bgrewriteaof()
            await self._settle_rewrite(keys=[keys.REWRITE], args=[asked, f"{last_update} {run}"])
        except ResponseError as error:
            if not isinstance(error, NoPermissionError) and "unknown command" not in str(error).lower():
                return
            log.warning("redis does not let us rewrite its append-only file: it keeps the erased until it does so")
            await self._settle_rewrite(keys=[keys.REWRITE], args=[asked, ""])

    async def move(self, old: int, new: int) -> None:
        """A group became a supergroup: its choices, what it got and has still to get follow it in one step."""
        source, target = Recipient(old), Recipient(new)
        while True:
            rows = {one.key: await self._row(one) for one in (source, target)}
            if not rows[source.key]:
                return
            found, known = (load(who, row) if row else None for who, row in rows.items())
            assert found is not None  # noqa: S101 - its row stands there
            moved = _merged(found, known, target)
            commands = [
                ["HDEL", keys.CHATS, source.key],
                ["HSET", keys.CHATS, target.key, dump(moved)],
                ["DEL", keys.dialog(source.key)],
                *_following(source.key, found, None),
                *_following(target.key, known, moved),
            ]
            renaming = (await traces_of(self._redis, source)).renaming(source.key, target.key)
            if await self._move(keys=[keys.CHATS], args=[*_told(rows, commands), json.dumps(renaming)]):
                return

    async def areas(self) -> tuple[Area, ...]:
        """Every area that anyone follows."""
        return tuple(Area.parse(key) for key in sorted(await self._redis.smembers(keys.AREAS)))

    async def followers(self, areas: Iterable[Area], *, besides: set[str] | None = None) -> AsyncIterator[list[Chat]]:
        """The chats that follow any of `areas`, each once, in pages; `besides` holds who came before, and grows."""
        told = set() if besides is None else besides
        for area in areas:
            async for page in self._pages(keys.followers(area.key)):
                fresh = [recipient for recipient in page if recipient not in told]
                told.update(fresh)
                for start in range(0, len(fresh), AT_ONCE):
                    yield await self.find_many(fresh[start : start + AT_ONCE])

    async def _pages(self, name: str) -> AsyncIterator[list[str]]:
        """Members of a set as Redis gives them; a small one comes whole."""
        cursor: int | None = None
        while cursor != 0:
            cursor, page = await self._redis.sscan(name, cursor or 0, count=PAGE)
            yield list(dict.fromkeys(page))

    async def following(self) -> list[str]:
        """Recipient keys of the chats that follow anything and can be reached."""
        found: dict[str, None] = {}
        async for recipient, row in self._redis.hscan_iter(keys.CHATS, count=PAGE):
            chat = readable(recipient, row)
            if chat is not None and chat.subscriptions and chat.unreachable_since is None:
                found[chat.recipient.key] = None
        return list(found)

    async def count(self) -> int:
        """How many chats are stored."""
        return int(await self._redis.hlen(keys.CHATS))

    async def lost(self, *, now: datetime, inactive: timedelta, unreachable: timedelta) -> list[Recipient]:
        """Chats nobody used for `inactive`, or that Telegram has refused for `unreachable`."""
        found: dict[Recipient, None] = {}
        async for recipient, row in self._redis.hscan_iter(keys.CHATS, count=PAGE):
            chat = readable(recipient, row)
            if chat is None:
                continue
            if _before(chat.active_at, now - inactive) or _before(chat.unreachable_since, now - unreachable):
                found[chat.recipient] = None
        return list(found)

    async def _row(self, recipient: Recipient) -> str:
        return await self._redis.hget(keys.CHATS, recipient.key) or ""

    async def _changed(self, rows: Mapping[str, str], commands: list[Command]) -> bool:
        return bool(await self._change(keys=[keys.CHATS], args=_told(rows, commands)))


def readable(recipient: str, row: str) -> Chat | None:
    """The chat of this row; one damaged chat must not keep an alert from all the others."""
    try:
        return load(recipient, row)
    except UnreadableValueError as error:
        log.error("a chat is left out", extra={"why": str(error)})  # noqa: TRY400 - the fault is in the data
        return None


def _told(rows: Mapping[str, str], commands: list[Command]) -> list[str]:
    return [json.dumps(rows), json.dumps(commands)]


def _following(who: str, before: Chat | None, after: Chat | None) -> list[Command]:
    """What brings the followers of areas in step."""
    old, new = _areas(before), _areas(after)
    return [
        *(["SREM", keys.followers(area), who] for area in sorted(old - new)),
        *(["SADD", keys.followers(area), who] for area in sorted(new - old)),
        *(["SADD", keys.AREAS, area] for area in sorted(new - old)),
    ]


def _merged(old: Chat, new: Chat | None, target: Recipient) -> Chat:
    """What the new group has chosen already holds; the roads of both are followed."""
    chosen = new or replace(old, recipient=target)
    further = [one for one in old.subscriptions if one.area.key not in _areas(chosen)]
    return replace(chosen, subscriptions=(*chosen.subscriptions, *further))


def _areas(chat: Chat | None) -> set[str]:
    return {subscription.area.key for subscription in chat.subscriptions} if chat else set()


def _before(moment: datetime | None, horizon: datetime) -> bool:
    return moment is not None and moment < horizon

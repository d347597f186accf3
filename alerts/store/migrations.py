"""How did older versions store things, and how does that become what is stored now?

Each step takes what it finds in pieces, a piece in one transaction, so that a start that is killed half-way goes on.
"""

import logging
from datetime import UTC, datetime

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline

from alerts.audience.model import Chat
from alerts.store import keys
from alerts.store.chat_rows import dump
from alerts.store.codec import Codec, UnreadableValueError

log = logging.getLogger(__name__)

PIECE = 500

OLD_CHATS = "siraba:chats"  # a set of recipient keys; each chat was a string of its own, full JSON
OLD_DELETIONS = "siraba:deletions"  # a sorted set: "chat:message" -> when
OLD_CHAT = Codec(Chat)

# KEYS inbox, attempts, last number of the inbox, parked. An entry of a stream is {id, {"update", its text}}.
UNSTREAM = """
if redis.call('TYPE', KEYS[1]).ok == 'stream' then
  local entries, attempts = redis.call('XRANGE', KEYS[1], '-', '+'), {}
  for number, entry in ipairs(entries) do attempts[number] = redis.call('HGET', KEYS[2], entry[1]) end
  redis.call('DEL', KEYS[1], KEYS[2])
  redis.call('SET', KEYS[3], #entries)
  for number, entry in ipairs(entries) do
    redis.call('ZADD', KEYS[1], number, entry[2][2])
    if attempts[number] then redis.call('HSET', KEYS[2], number, attempts[number]) end
  end
end
if redis.call('TYPE', KEYS[4]).ok == 'stream' then
  local entries = redis.call('XRANGE', KEYS[4], '-', '+')
  redis.call('DEL', KEYS[4])
  for _, entry in ipairs(entries) do
    redis.call('ZADD', KEYS[4], string.match(entry[1], '%d+') / 1000, entry[2][2])
  end
end
"""


async def pack(redis: Redis) -> None:
    """Version 1 to 2: chats as rows of one hash, who got what in small hashes, deletions in lists."""
    await _pack_chats(redis)
    await _pack_deletions(redis)
    for incident_id in await redis.zrange(keys.INCIDENTS, 0, -1):
        await _pack_sent(redis, incident_id)


async def unstream(redis: Redis) -> None:
    """Version 2 to 3: inbox and parked updates out of streams, whose blocks keep what was deleted from them.

    They are few, so that it is one step.
    """
    await redis.register_script(UNSTREAM)(keys=[keys.INBOX, keys.INBOX_ATTEMPTS, keys.INBOX_LAST, keys.PARKED])


async def _pack_chats(redis: Redis) -> None:
    while found := await redis.srandmember(OLD_CHATS, PIECE):
        texts = await redis.mget([_old_chat(recipient) for recipient in found])
        async with redis.pipeline(transaction=True) as pipe:
            for recipient, text in zip(found, texts, strict=True):
                if text:
                    _queue_chat(pipe, recipient, text)
            pipe.srem(OLD_CHATS, *found)
            await pipe.execute()


def _queue_chat(pipe: Pipeline, recipient: str, text: str) -> None:
    try:
        row = dump(OLD_CHAT.load(text))
    except UnreadableValueError as error:
        log.error("a chat is left out", extra={"why": str(error)})  # noqa: TRY400 - the fault is in the data
        return
    pipe.hsetnx(keys.CHATS, recipient, row)
    pipe.delete(_old_chat(recipient))


async def _pack_deletions(redis: Redis) -> None:
    while found := await redis.zrange(OLD_DELETIONS, 0, PIECE - 1, withscores=True):
        async with redis.pipeline(transaction=True) as pipe:
            for message, at in found:
                time = keys.deletion_time(datetime.fromtimestamp(at, tz=UTC))
                pipe.rpush(keys.deletions(time), message)
                pipe.zadd(keys.DELETIONS, {keys.deletions(time): time})
            pipe.zrem(OLD_DELETIONS, *(message for message, _ in found))
            await pipe.execute()


async def _pack_sent(redis: Redis, incident_id: str) -> None:
    old = f"siraba:sent:{incident_id}"
    entries, lifetime = await redis.hgetall(old), await redis.pttl(old)
    async with redis.pipeline(transaction=True) as pipe:
        for recipient, message in entries.items():
            pipe.hset(keys.sent(incident_id, recipient), recipient, message)
            if lifetime > 0:
                pipe.pexpire(keys.sent(incident_id, recipient), lifetime)
        pipe.delete(old)
        await pipe.execute()


def _old_chat(recipient: str) -> str:
    return f"siraba:chat:{recipient}"

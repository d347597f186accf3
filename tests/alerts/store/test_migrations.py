"""What an older version stored is there in the next one, and nothing of the old form is left."""

import asyncio
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from alerts.audience.model import Recipient
from alerts.store import keys
from alerts.store.migrations import OLD_CHAT, pack, unstream
from alerts.store.store import Store
from tests.support.builders import KAYES, NOW, RN1, chat
from tests.support.contents import contents
from tests.support.outbox import readers

PEOPLE = range(1, 1203)


async def version_1(redis: Redis) -> None:
    """A store as version 1 left it."""
    async with redis.pipeline(transaction=False) as pipe:
        for number in PEOPLE:
            pipe.set(f"siraba:chat:{number}", OLD_CHAT.dump(chat(number, RN1, KAYES, short=True)))
        await pipe.execute()
    await redis.sadd("siraba:chats", *map(str, PEOPLE))
    await redis.sadd(keys.followers(RN1.key), *map(str, PEOPLE))
    await redis.sadd(keys.AREAS, RN1.key, KAYES.key)
    await redis.zadd("siraba:deletions", {"1:11": NOW.timestamp(), "-2:12": (NOW + timedelta(hours=1)).timestamp()})
    await redis.zadd(keys.INCIDENTS, {"0512": 1.0, "0513": 2.0})
    await redis.hset("siraba:sent:0512", mapping={"1": "0512.1|7", "-2:9": "0512.1|8"})
    await redis.expire("siraba:sent:0512", 1000)


async def test_all_that_was_known_is_known(redis: Redis):
    await version_1(redis)
    await pack(redis)
    store = Store.over(redis)
    assert await store.chats.count() == len(PEOPLE)
    assert await store.chats.find(Recipient(700)) == chat(700, RN1, KAYES, short=True)
    assert await store.agenda.deletions_due(now=NOW) == [(1, 11)]
    assert await store.agenda.deletions_due(now=NOW + timedelta(hours=1)) == [(1, 11), (-2, 12)]
    told = await readers(store, "0512")
    assert {who: one.message_id for who, one in told.items()} == {"1": 7, "-2:9": 8}
    assert 0 < await redis.ttl(keys.sent("0512", "1")) <= 1000


async def test_nothing_of_the_old_form_is_left(redis: Redis):
    await version_1(redis)
    await pack(redis)
    left = set(await contents(redis))
    assert not left & {"siraba:chats", "siraba:deletions", "siraba:sent:0512"}
    assert [key for key in left if key.startswith("siraba:chat:")] == []


async def test_packing_twice_changes_nothing(redis: Redis):
    await version_1(redis)
    await pack(redis)
    before = await contents(redis)
    await pack(redis)
    assert await contents(redis) == before


@pytest.mark.expects_warnings
async def test_a_chat_that_cannot_be_read_keeps_nobody_from_a_start(redis: Redis):
    await version_1(redis)
    await redis.set("siraba:chat:5", "{")
    await pack(redis)
    assert await Store.over(redis).chats.count() == len(PEOPLE) - 1


async def version_2(redis: Redis) -> None:
    """Inbox and parked updates as version 2 left them."""
    for number in (12, 3):
        entry = await redis.xadd(keys.INBOX, {"update": f'{{"update_id": {number}}}'})
        await redis.hset(keys.INBOX_ATTEMPTS, entry, str(number))
    gone = await redis.xadd(keys.PARKED, {"update": "forgotten"}, id="1759654800000-0")
    await redis.xadd(keys.PARKED, {"update": "parked"}, id="1759654800000-1")
    await redis.xdel(keys.PARKED, gone)


async def test_no_update_is_lost_and_their_order_stays(redis: Redis):
    await version_2(redis)
    await unstream(redis)
    inbox = Store.over(redis).inbox
    waiting = await inbox.waiting()
    assert [one.update for one in waiting] == ['{"update_id": 12}', '{"update_id": 3}']
    assert await redis.hgetall(keys.INBOX_ATTEMPTS) == {waiting[0].entry_id: "12", waiting[1].entry_id: "3"}
    later = await inbox.accept(13, '{"update_id": 13}', now=NOW)
    assert (await inbox.waiting())[-1] == later
    assert await redis.zrange(keys.PARKED, 0, -1, withscores=True) == [("parked", 1759654800.0)]


async def test_moving_out_of_streams_twice_or_out_of_nothing_changes_nothing(redis: Redis):
    await unstream(redis)
    assert await contents(redis) == {}
    await version_2(redis)
    await unstream(redis)
    before = await contents(redis)
    await unstream(redis)
    assert await contents(redis) == before


async def test_two_starts_at_once_move_each_update_once(redis: Redis):
    await version_2(redis)
    await asyncio.gather(*(unstream(redis) for _ in range(8)))
    assert len(await Store.over(redis).inbox.waiting()) == 2

"""What is due by the clock stands in Redis, moves with a chat and goes with it."""

from datetime import timedelta

from redis.asyncio import Redis

from alerts.audience.model import Occasion, Recipient
from alerts.store.occasions import Occasions
from alerts.store.store import Store
from tests.support.builders import NOW, RN1, chat
from tests.support.occasions import next_of

CHAT, TOPIC = Recipient(7), Recipient(-8, 3)


async def test_what_is_due_comes_the_longest_overdue_first_and_what_is_not_stays(redis: Redis):
    occasions = Occasions(redis)
    await occasions.set(Occasion.BRIEF, CHAT, NOW)
    await occasions.set(Occasion.WAKE, TOPIC, NOW - timedelta(minutes=1))
    await occasions.set(Occasion.FUEL, CHAT, NOW + timedelta(seconds=1))
    assert await occasions.due(now=NOW, count=10) == [(Occasion.WAKE, TOPIC), (Occasion.BRIEF, CHAT)]
    assert await occasions.due(now=NOW, count=1) == [(Occasion.WAKE, TOPIC)]


async def test_a_later_choice_takes_the_place_of_an_earlier_one(redis: Redis):
    store = Store.over(redis)
    occasions = store.occasions
    await occasions.set(Occasion.BRIEF, CHAT, NOW)
    await occasions.set(Occasion.BRIEF, CHAT, NOW + timedelta(days=1))
    assert await next_of(store, Occasion.BRIEF, CHAT) == NOW + timedelta(days=1)
    await occasions.set(Occasion.BRIEF, CHAT, None)
    assert await next_of(store, Occasion.BRIEF, CHAT) is None


async def test_one_kind_can_be_dropped_for_everyone(redis: Redis):
    occasions = Occasions(redis)
    await occasions.set_for_all(Occasion.BLIND, ["7", "8"], NOW)
    await occasions.set_for_all(Occasion.BLIND, [], NOW)
    await occasions.set(Occasion.BRIEF, CHAT, NOW)
    await occasions.drop_all(Occasion.BLIND)
    assert await occasions.due(now=NOW, count=10) == [(Occasion.BRIEF, CHAT)]


async def test_who_was_told_that_nothing_can_be_read_is_known_until_told_otherwise(redis: Redis):
    occasions = Occasions(redis)
    assert await occasions.blind_since() is None
    await occasions.set_blind(NOW)
    await occasions.told_blind(CHAT, knows=True)
    assert (await occasions.blind_since(), await occasions.all_told_blind()) == (NOW, ["7"])
    await occasions.set_blind(None)
    await occasions.told_blind(CHAT, knows=False)
    assert (await occasions.blind_since(), await occasions.all_told_blind()) == (None, [])


async def test_a_forgotten_chat_is_told_nothing_more(redis: Redis):
    occasions, chats = Occasions(redis), Store.over(redis).chats
    await chats.save(chat(7, RN1))
    for kind in Occasion:
        await occasions.set(kind, CHAT, NOW)
    await occasions.told_blind(CHAT, knows=True)
    await chats.forget(CHAT)
    assert await occasions.due(now=NOW, count=10) == []
    assert await occasions.all_told_blind() == []


async def test_a_group_that_moves_takes_along_what_is_due(redis: Redis):
    occasions, chats = Occasions(redis), Store.over(redis).chats
    await chats.save(chat(-7, RN1))
    await occasions.set(Occasion.BRIEF, Recipient(-7), NOW)
    await chats.move(-7, -1007)
    assert await occasions.due(now=NOW, count=10) == [(Occasion.BRIEF, Recipient(-1007))]

from datetime import timedelta

from redis.asyncio import Redis

from alerts.store import keys
from alerts.store.agenda import Agenda
from tests.support.builders import NOW

HOUR = timedelta(hours=1)


async def test_a_job_that_was_missed_for_days_is_due_once(redis: Redis):
    agenda = Agenda(redis)
    assert await agenda.is_due("trim", now=NOW)
    await agenda.ran("trim", now=NOW, every=HOUR)
    assert not await agenda.is_due("trim", now=NOW + HOUR / 2)
    assert await Agenda(redis).is_due("trim", now=NOW + 72 * HOUR)
    await agenda.ran("trim", now=NOW + 72 * HOUR, every=HOUR)
    assert not await agenda.is_due("trim", now=NOW + 72 * HOUR)
    assert await agenda.is_due("erase", now=NOW)


async def test_messages_are_due_at_their_time_oldest_first(redis: Redis):
    agenda = Agenda(redis)
    await agenda.delete_later(1, 11, at=NOW + HOUR)
    await agenda.delete_later(2, 12, at=NOW)
    await agenda.delete_later(-100, 13, at=NOW - HOUR)
    assert await agenda.deletions_due(now=NOW) == [(-100, 13), (2, 12)]
    assert await agenda.deletions_due(now=NOW + HOUR, count=2) == [(-100, 13), (2, 12)]
    await agenda.deleted([(2, 12), (-100, 13)])
    await agenda.deleted([])
    assert await agenda.deletions_due(now=NOW + HOUR) == [(1, 11)]


async def test_the_messages_of_one_chat_are_told_from_its_neighbours(redis: Redis):
    agenda = Agenda(redis)
    for chat_id, message_id in ((1, 5), (11, 6), (-1, 7), (1, 8)):
        await agenda.delete_later(chat_id, message_id, at=NOW)
    assert sorted(await agenda.messages_of(1)) == [(1, 5), (1, 8)]


async def test_trimming_drops_what_has_lived_its_time_and_nothing_else(redis: Redis):
    life = keys.SEEN_UPDATE_LIFETIME
    old, young = NOW - life - HOUR, NOW - life + HOUR
    await redis.zadd(keys.SEEN_UPDATES, {"old": old.timestamp(), "young": young.timestamp()})
    await Agenda(redis).trim(now=NOW)
    assert await redis.zrange(keys.SEEN_UPDATES, 0, -1) == ["young"]

from datetime import timedelta

from redis.asyncio import Redis

from alerts.store import keys
from alerts.store.agenda import Agenda
from alerts.store.fence import Fence
from alerts.store.inbox import ATTEMPTS, Inbox
from tests.support.builders import NOW


async def test_an_update_is_accepted_once(redis: Redis):
    inbox = Inbox(redis, Fence())
    first = await inbox.accept(7, "{}", now=NOW)
    assert first is not None
    assert await inbox.accept(7, "{}", now=NOW + timedelta(hours=1)) == first
    assert await inbox.waiting() == [first]
    await inbox.done(first)
    assert await inbox.accept(7, "{}", now=NOW + timedelta(hours=2)) is None


async def test_what_is_done_leaves_and_stays_known(redis: Redis):
    inbox = Inbox(redis, Fence())
    entry = await inbox.accept(7, "{}", now=NOW)
    assert entry is not None
    await inbox.failed(entry, now=NOW)
    await inbox.done(entry)
    assert await inbox.waiting() == []
    assert await inbox.is_known(7)
    assert not await redis.hgetall(keys.INBOX_ATTEMPTS)


async def test_updates_wait_in_the_order_they_came(redis: Redis):
    inbox = Inbox(redis, Fence())
    for number in (9, 3, 12):
        await inbox.accept(number, f'{{"update_id": {number}}}', now=NOW)
    assert [entry.update for entry in await Inbox(redis, Fence()).waiting()] == [
        '{"update_id": 9}',
        '{"update_id": 3}',
        '{"update_id": 12}',
    ]


async def test_what_failed_too_often_is_parked_and_holds_up_nobody(redis: Redis):
    inbox = Inbox(redis, Fence())
    entry = await inbox.accept(7, '{"poison": 1}', now=NOW)
    assert entry is not None
    parked = [await Inbox(redis, Fence()).failed(entry, now=NOW) for _ in range(ATTEMPTS)]
    assert parked == [False, False, False, True]
    assert await inbox.waiting() == []
    assert await inbox.parked() == 1
    assert await inbox.accept(7, '{"poison": 1}', now=NOW) is None


async def test_what_was_parked_is_kept_for_a_week(redis: Redis):
    inbox, agenda = Inbox(redis, Fence()), Agenda(redis)
    entry = await inbox.accept(7, '{"poison": 1}', now=NOW)
    assert entry is not None
    while not await inbox.failed(entry, now=NOW):
        pass
    await agenda.trim(now=NOW + keys.PARKED_LIFETIME - timedelta(minutes=1))
    assert await inbox.parked() == 1
    await agenda.trim(now=NOW + keys.PARKED_LIFETIME)
    assert await inbox.parked() == 0


async def test_a_question_is_known_only_once_it_was_answered(redis: Redis):
    inbox = Inbox(redis, Fence())
    assert not await inbox.is_known(7)
    await inbox.answered(7, now=NOW)
    assert await inbox.is_known(7)
    assert await inbox.waiting() == []

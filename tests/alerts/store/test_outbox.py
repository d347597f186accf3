from dataclasses import replace
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from alerts.incidents.model import Status
from alerts.store import keys
from alerts.store.commit import Batch
from alerts.store.outbox import Count, SentMessage, Stopped
from alerts.store.store import Store
from tests.support.builders import NOW, alert, incident, retraction
from tests.support.contents import contents, mentions
from tests.support.outbox import answer, begin, readers, write_down

ALERT = alert()
LATER = NOW + timedelta(hours=6)


async def planned(redis: Redis, *recipients: str) -> Store:
    store = Store.over(redis)
    await store.commit(Batch(alerts=(ALERT,)), now=NOW)
    await write_down(store, ALERT, *recipients)
    return store


async def retract(redis: Redis) -> None:
    await Store.over(redis).commit(Batch(alerts=(retraction(ALERT),)), now=NOW)


async def test_an_audience_is_written_down_once_in_sending_order(redis: Redis):
    people = [str(number) for number in range(2500)]
    store = await planned(redis, *people)
    await write_down(store, ALERT, "3000")
    assert await store.outbox.next_recipients(ALERT.id, 3000) == people
    assert (await store.outbox.counts(ALERT.id))["planned"] == "2500"


async def test_an_empty_audience_is_an_audience(redis: Redis):
    store = await planned(redis)
    assert (await store.outbox.counts(ALERT.id))["planned"] == "0"
    assert await store.outbox.finish(ALERT.id, now=NOW)
    assert await store.outbox.waiting() == []


async def test_an_answer_takes_its_recipient_off_the_list(redis: Redis):
    store = await planned(redis, "1", "-2:9")
    assert await answer(store, ALERT, "-2:9", Count.SENT, message_id=7, delete_at=LATER)
    assert await store.outbox.next_recipients(ALERT.id, 10) == ["1"]
    assert await readers(store, "0512") == {"-2:9": SentMessage(alert_id=ALERT.id, message_id=7)}
    assert await store.agenda.deletions_due(now=LATER - timedelta(minutes=1)) == []
    assert await store.agenda.deletions_due(now=LATER) == [(-2, 7)]


async def test_a_second_answer_records_nothing(redis: Redis):
    store = await planned(redis, "1", "2")
    await answer(store, ALERT, "1", Count.SENT, message_id=7, delete_at=LATER)
    before = await contents(redis)
    assert not await answer(store, ALERT, "1", Count.SENT, message_id=8, delete_at=LATER)
    assert not await answer(store, ALERT, "stranger", Count.UNREACHABLE)
    assert await contents(redis) == before


@pytest.mark.parametrize("count", [one for one in Count if one is not Count.SENT])
async def test_who_got_no_message_is_counted_and_not_remembered(redis: Redis, count: Count):
    store = await planned(redis, "1")
    await answer(store, ALERT, "1", count)
    assert (await store.outbox.counts(ALERT.id))[count] == "1"
    assert await readers(store, "0512") == {}


async def test_an_alert_is_finished_only_when_nobody_waits(redis: Redis):
    store = await planned(redis, "1")
    assert not await store.outbox.finish(ALERT.id, now=NOW)
    assert await store.outbox.waiting() == [ALERT.id]
    await answer(store, ALERT, "1", Count.UNREACHABLE)
    assert await store.outbox.finish(ALERT.id, now=NOW)
    assert await store.outbox.waiting() == []
    assert 0 < await redis.ttl(keys.delivery(ALERT.id)) <= keys.ALERT_LIFETIME.total_seconds()


async def test_a_cancelled_alert_is_gone_with_its_list(redis: Redis):
    store = await planned(redis, "1", "2")
    await retract(redis)
    assert "cancelled" in await store.outbox.counts(ALERT.id)
    assert await store.outbox.waiting() == ["0512.2"]
    assert await store.outbox.claim(ALERT, ["1"]) is Stopped.CANCELLED
    assert await store.outbox.next_recipients(ALERT.id, 10) == []
    assert await redis.ttl(keys.delivery(ALERT.id)) > 0


async def test_a_plan_that_comes_after_the_cancellation_writes_nobody_down(redis: Redis):
    store = Store.over(redis)
    await store.commit(Batch(alerts=(ALERT,)), now=NOW)
    await retract(redis)
    await write_down(store, ALERT, "4711")
    assert await mentions(redis, "4711") == [keys.CHATS]


async def test_what_was_on_the_wire_at_a_cancellation_can_still_be_corrected(redis: Redis):
    store = await planned(redis, "1", "2")
    await retract(redis)
    assert await answer(store, ALERT, "1", Count.SENT, message_id=7, delete_at=LATER)
    assert not await answer(store, ALERT, "1", Count.SENT, message_id=7, delete_at=LATER)
    assert list(await readers(store, "0512")) == ["1"]
    assert await store.agenda.deletions_due(now=LATER) == [(1, 7)]
    assert (await store.outbox.counts(ALERT.id))["sent"] == "1"


@pytest.mark.parametrize(
    ("status", "lifetime"), [(Status.ACTIVE, keys.SENT_LIFETIME), (Status.RETRACTED, keys.SENT_AFTER_END)]
)
async def test_who_got_what_is_kept_while_it_lasts_and_48_hours_on(redis: Redis, status: Status, lifetime: timedelta):
    told = replace(ALERT, incident=incident(status=status))
    store = await planned(redis, "1")
    await answer(store, told, "1", Count.SENT, message_id=7)
    assert lifetime - timedelta(minutes=1) < timedelta(seconds=await redis.ttl(keys.sent("0512", "1"))) <= lifetime


async def test_what_is_sent_after_the_end_keeps_nobody_in_memory_for_longer(redis: Redis):
    told = replace(ALERT, incident=incident(status=Status.RETRACTED))
    store = await planned(redis, "1", "2")
    await begin(store, told, "2")
    await answer(store, told, "1", Count.SENT, message_id=7)
    for key in (keys.sent("0512", "1"), keys.begun("0512")):
        assert await redis.ttl(key) <= keys.SENT_AFTER_END.total_seconds()
        await redis.expire(key, 1000)
    await begin(store, told, "2")
    await answer(store, replace(told, id="0512.9"), "1", Count.SENT, message_id=8)
    for key in (keys.sent("0512", "1"), keys.begun("0512")):
        assert 0 < await redis.ttl(key) <= 1000


async def test_the_last_message_in_a_chat_is_the_one_to_answer(redis: Redis):
    store = await planned(redis, "1")
    await answer(store, ALERT, "1", Count.SENT, message_id=7)
    second = replace(ALERT, id="0512.2")
    await Store.over(redis).commit(Batch(alerts=(second,)), now=NOW)
    await write_down(store, second, "1")
    await answer(store, second, "1", Count.SENT, message_id=9)
    assert await readers(store, "0512") == {"1": SentMessage(alert_id="0512.2", message_id=9)}


async def test_the_oldest_alert_under_way_says_since_when(redis: Redis):
    store = Store.over(redis)
    assert await store.outbox.waiting_since() is None
    old = alert(incident=incident(id="0001"), created_at=NOW - timedelta(hours=3))
    await store.commit(Batch(alerts=(ALERT, old)), now=NOW)
    assert await store.outbox.waiting_since() == NOW - timedelta(hours=3)
    assert await store.outbox.alert("none") is None

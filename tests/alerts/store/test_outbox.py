from dataclasses import replace
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from alerts.incidents.model import Status
from alerts.store import keys
from alerts.store.commit import Batch
from alerts.store.outbox import Count, Outbox
from alerts.store.store import Store
from tests.support.builders import NOW, alert, chat, incident, retraction
from tests.support.contents import contents, mentions

ALERT = alert()
LATER = NOW + timedelta(hours=6)


async def planned(redis: Redis, *recipients: str) -> Outbox:
    store = Store.over(redis)
    await store.commit(Batch(alerts=(ALERT,)), now=NOW)
    await store.outbox.plan(ALERT.id, recipients, now=NOW)
    return store.outbox


async def retract(redis: Redis) -> None:
    await Store.over(redis).commit(Batch(alerts=(retraction(ALERT),)), now=NOW)


async def test_an_audience_is_written_down_once_in_sending_order(redis: Redis):
    people = [str(number) for number in range(2500)]
    outbox = await planned(redis, *people)
    assert await outbox.is_planned(ALERT.id)
    await outbox.plan(ALERT.id, ["someone else"], now=NOW)
    assert await outbox.next_recipients(ALERT.id, 3000) == people
    assert (await outbox.counts(ALERT.id))["planned"] == "2500"


async def test_an_empty_audience_is_an_audience(redis: Redis):
    outbox = await planned(redis)
    assert await outbox.is_planned(ALERT.id)
    assert await outbox.finish(ALERT.id, now=NOW)
    assert await outbox.waiting() == []


async def test_an_answer_takes_its_recipient_off_the_list(redis: Redis):
    outbox = await planned(redis, "1", "-2:9")
    assert await outbox.record(ALERT, "-2:9", Count.SENT, message_id=7, delete_at=LATER)
    assert await outbox.next_recipients(ALERT.id, 10) == ["1"]
    told = await outbox.sent_to("0512", "-2:9")
    assert told is not None
    assert (told.alert_id, told.message_id) == (ALERT.id, 7)
    assert await redis.zrange(keys.DELETIONS, 0, -1, withscores=True) == [("-2:7", LATER.timestamp())]


async def test_a_second_answer_records_nothing(redis: Redis):
    outbox = await planned(redis, "1", "2")
    await outbox.record(ALERT, "1", Count.SENT, message_id=7, delete_at=LATER)
    before = await contents(redis)
    assert not await outbox.record(ALERT, "1", Count.SENT, message_id=8, delete_at=LATER)
    assert not await outbox.record(ALERT, "stranger", Count.UNREACHABLE)
    assert await contents(redis) == before


@pytest.mark.parametrize("count", [one for one in Count if one is not Count.SENT])
async def test_who_got_no_message_is_counted_and_not_remembered(redis: Redis, count: Count):
    outbox = await planned(redis, "1")
    await outbox.record(ALERT, "1", count)
    assert (await outbox.counts(ALERT.id))[count] == "1"
    assert await outbox.readers("0512") == {}


async def test_an_alert_is_finished_only_when_nobody_waits(redis: Redis):
    outbox = await planned(redis, "1")
    assert not await outbox.finish(ALERT.id, now=NOW)
    assert await outbox.waiting() == [ALERT.id]
    await outbox.record(ALERT, "1", Count.UNREACHABLE)
    assert await outbox.finish(ALERT.id, now=NOW)
    assert await outbox.waiting() == []
    assert 0 < await redis.ttl(keys.delivery(ALERT.id)) <= keys.ALERT_LIFETIME.total_seconds()


async def test_a_cancelled_alert_is_gone_with_its_list(redis: Redis):
    outbox = await planned(redis, "1", "2")
    await retract(redis)
    assert "cancelled" in await outbox.counts(ALERT.id)
    assert await outbox.waiting() == ["0512.2"]
    assert not await outbox.begin(ALERT, "1")
    assert await outbox.next_recipients(ALERT.id, 10) == []
    assert await redis.ttl(keys.delivery(ALERT.id)) > 0


async def test_a_plan_that_comes_after_the_cancellation_writes_nobody_down(redis: Redis):
    store = Store.over(redis)
    await store.commit(Batch(alerts=(ALERT,)), now=NOW)
    await retract(redis)
    await store.outbox.plan(ALERT.id, ["4711"], now=NOW)
    assert await mentions(redis, "4711") == []


async def test_what_was_on_the_wire_at_a_cancellation_can_still_be_corrected(redis: Redis):
    store = Store.over(redis)
    await store.chats.save(chat(1))
    outbox = await planned(redis, "1", "2")
    await retract(redis)
    assert await outbox.record(ALERT, "1", Count.SENT, message_id=7, delete_at=LATER)
    assert not await outbox.record(ALERT, "1", Count.SENT, message_id=7, delete_at=LATER)
    assert list(await outbox.readers("0512")) == ["1"]
    assert await store.agenda.deletions_due(now=LATER) == [(1, 7)]
    assert (await outbox.counts(ALERT.id))["sent"] == "1"


@pytest.mark.parametrize(
    ("status", "lifetime"), [(Status.ACTIVE, keys.SENT_LIFETIME), (Status.RETRACTED, keys.SENT_AFTER_END)]
)
async def test_who_got_what_is_kept_while_it_lasts_and_48_hours_on(redis: Redis, status: Status, lifetime: timedelta):
    told = replace(ALERT, incident=incident(status=status))
    outbox = await planned(redis, "1")
    await outbox.record(told, "1", Count.SENT, message_id=7)
    assert lifetime - timedelta(minutes=1) < timedelta(seconds=await redis.ttl(keys.sent("0512"))) <= lifetime


async def test_the_last_message_in_a_chat_is_the_one_to_answer(redis: Redis):
    outbox = await planned(redis, "1")
    await outbox.record(ALERT, "1", Count.SENT, message_id=7)
    second = replace(ALERT, id="0512.2")
    await Store.over(redis).commit(Batch(alerts=(second,)), now=NOW)
    await outbox.plan(second.id, ["1"], now=NOW)
    await outbox.record(second, "1", Count.SENT, message_id=9)
    told = await outbox.sent_to("0512", "1")
    assert told is not None
    assert (told.alert_id, told.message_id) == ("0512.2", 9)


async def test_the_oldest_alert_under_way_says_since_when(redis: Redis):
    store = Store.over(redis)
    assert await store.outbox.waiting_since() is None
    old = alert(incident=incident(id="0001"), created_at=NOW - timedelta(hours=3))
    await store.commit(Batch(alerts=(ALERT, old)), now=NOW)
    assert await store.outbox.waiting_since() == NOW - timedelta(hours=3)
    assert await store.outbox.alert("none") is None

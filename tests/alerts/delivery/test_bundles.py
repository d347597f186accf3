"""Several alerts that wait for one chat are one message."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from alerts.audience.model import Recipient
from alerts.delivery.model import Alert, Decision, Lane, MsgType, Reason, Rejected, RetryIn, Scope
from alerts.incidents.model import ChangeKind, Severity, Status
from alerts.store.commit import Batch
from alerts.store.silences import Silence
from alerts.store.store import Store
from alerts.wording.limits import MESSAGE_LIMIT, units
from tests.support.builders import NOW, RN1, alert, chat, incident, next_version, retraction
from tests.support.outbox import readers
from tests.support.service import Clock, FakeSender, delivering, delivery_of, until_idle

NORMAL = Decision(scope=Scope.CONCERNED, reason=Reason.PROBABLE, lane=Lane.NORMAL, sounds=True)


def told(reference: str, decision: Decision = NORMAL, **fields: object) -> Alert:
    return alert(incident=incident(id=reference, **fields), decision=decision)


async def deliver(redis: Redis, *alerts: Alert, people: int = 1, **chats: object) -> tuple[Store, FakeSender]:
    sender = FakeSender()
    store, delivery = delivery_of(redis, sender, clock=Clock())
    for number in range(1, people + 1):
        await store.chats.save(chat(number, RN1, **chats))
    await store.commit(Batch(alerts=alerts), now=NOW)
    async with delivering(delivery):
        await until_idle(delivery)
    return store, sender


async def test_what_waits_for_a_chat_is_one_message_gravest_first(redis: Redis):
    grave = Decision(scope=Scope.CONCERNED, reason=Reason.CONFIRMED, lane=Lane.CRITICAL, sounds=True)
    _, sender = await deliver(redis, told("0601"), told("0602", grave), told("0603"), people=3)
    assert len(sender.sent) == 3
    for number in (1, 2, 3):
        [text] = sender.texts(number)
        assert sorted(("0601", "0602", "0603"), key=text.index) == ["0602", "0601", "0603"]
        assert text.count("Pas un conseil") == 1


async def test_each_alert_of_a_message_can_be_corrected(redis: Redis):
    store, sender = await deliver(redis, told("0601"), told("0602"))
    assert {one: list(await readers(store, one)) for one in ("0601", "0602")} == {"0601": ["1"], "0602": ["1"]}
    _, delivery = delivery_of(redis, sender, clock=Clock())
    await store.commit(Batch(alerts=(retraction(told("0602")),)), now=NOW)
    async with delivering(delivery):
        await until_idle(delivery)
    assert sender.sent[-1].reply_to == 1000
    assert "0602" in sender.sent[-1].text
    assert "0601" not in sender.sent[-1].text


async def test_what_is_too_much_for_one_message_comes_with_the_next(redis: Redis):
    references = [f"{number:04d}" for number in range(700, 740)]
    _, sender = await deliver(redis, *map(told, references))
    texts = sender.texts(1)
    assert 1 < len(texts) < 10
    assert max(map(units, texts)) <= MESSAGE_LIMIT
    assert "autres suivent." in texts[0]
    assert sorted(one for one in references for text in texts if f"Réf. {one}" in text) == references


async def test_a_retraction_comes_by_itself(redis: Redis):
    store, sender = await deliver(redis, told("0601"))
    _, delivery = delivery_of(redis, sender, clock=Clock())
    await store.commit(Batch(alerts=(told("0602"), retraction(told("0601")))), now=NOW)
    async with delivering(delivery):
        await until_idle(delivery)
    assert [("0601" in text, "0602" in text) for text in sender.texts(1)[1:]] in (
        [(True, False), (False, True)],
        [(False, True), (True, False)],
    )


async def test_an_alert_that_comes_in_later_is_not_waited_for(redis: Redis):
    store, sender = await deliver(redis, told("0601"))
    assert len(sender.sent) == 1
    _, delivery = delivery_of(redis, sender, clock=Clock())
    await store.commit(Batch(alerts=(told("0602"),)), now=NOW)
    async with delivering(delivery):
        await until_idle(delivery)
    assert [text.count("Réf.") for text in sender.texts(1)] == [1, 1]


async def test_a_bundle_that_did_not_leave_goes_again_whole(redis: Redis):
    sender = FakeSender()
    sender.outcomes[1] = [RetryIn(timedelta(seconds=0.01)), RetryIn(timedelta(seconds=0.01))]
    store, delivery = delivery_of(redis, sender, clock=Clock())
    await store.chats.save(chat(1, RN1))
    await store.commit(Batch(alerts=(told("0601"), told("0602"))), now=NOW)
    async with delivering(delivery):
        await until_idle(delivery)
    assert sorted(one for one in ("0601", "0602") for text in sender.texts(1) if one in text) == ["0601", "0602"]


@pytest.mark.expects_warnings
async def test_the_fault_of_one_alert_does_not_take_the_others_with_it(redis: Redis):
    sender = FakeSender()
    sender.outcomes[1] = [Rejected("our fault")]
    store, delivery = delivery_of(redis, sender, clock=Clock())
    await store.chats.save(chat(1, RN1))
    await store.commit(Batch(alerts=(told("0601"), told("0602"))), now=NOW)
    async with delivering(delivery):
        await until_idle(delivery)
    assert [text.count("Réf.") for text in sender.texts(1)] == [1, 1]


async def test_who_does_not_follow_a_road_hears_nothing_of_it_by_company(redis: Redis):
    _, sender = await deliver(redis, told("0601"), told("0602", severity=Severity.MINOR, exercise=True))
    assert ["0602" in text for text in sender.texts(1)] == [False]


@pytest.mark.expects_warnings
async def test_an_alarm_that_grew_old_while_it_waited_is_named_and_not_sent(redis: Redis):
    sender, clock = FakeSender(), Clock()
    store, delivery = delivery_of(redis, sender, clock=clock)
    await store.chats.save(chat(1, RN1))
    await store.commit(Batch(alerts=(told("0601"),)), now=NOW)
    clock.now = NOW + timedelta(days=4)
    async with delivering(delivery):
        while await store.outbox.waiting():  # noqa: ASYNC110 - Redis has no event to wait for
            await asyncio.sleep(0.002)
        assert sender.sent == []
        fresh = told("0602", informed_at=clock.now, onset=None, first_reported_at=clock.now)
        await store.commit(Batch(alerts=(replace(fresh, created_at=clock.now),)), now=clock.now)
        delivery.wake()
        await until_idle(delivery)
    [text] = sender.texts(1)
    assert text.index("0602") < text.index("Pas transmis à temps") < text.index("0601")
    assert (await store.outbox.counts("0601.1"))["missed"] == "1"
    assert list(await readers(store, "0601")) == ["1"]


async def test_a_late_correction_is_of_use_all_the_same(redis: Redis):
    store, sender = await deliver(redis, told("0601"))
    _, delivery = delivery_of(redis, sender, clock=Clock(NOW + timedelta(days=20)))
    await store.commit(Batch(alerts=(retraction(told("0601")),)), now=NOW)
    async with delivering(delivery):
        await until_idle(delivery)
    assert len(sender.sent) == 2


async def test_after_a_silence_of_ours_the_first_message_says_so_once(redis: Redis):
    store = Store.over(redis)
    await store.silences.tell(Silence(since=NOW - timedelta(hours=9), until=NOW))
    ended = next_version(incident(id="0601", announced=True), status=Status.LIFTED)
    lifted = alert(
        incident=ended,
        msg_type=MsgType.UPDATE,
        change=ChangeKind.LIFTED,
        decision=Decision(scope=Scope.CONCERNED, reason=Reason.LIFTED, sounds=True),
    )
    _, sender = await deliver(redis, lifted, told("0602"))
    _, delivery = delivery_of(redis, sender, clock=Clock())
    await store.commit(Batch(alerts=(told("0603"),)), now=NOW)
    async with delivering(delivery):
        await until_idle(delivery)
    first, second = sender.texts(1)
    assert first.startswith("SANS CONTACT du 5 oct. 00:00 au 5 oct. 09:00.")
    marks = ("Ce qui est signalé", "0602", "Ce qui est annoncé levé", "0601")
    assert sorted(marks, key=first.index) == list(marks)
    assert "SANS CONTACT" not in second


@pytest.mark.parametrize(
    ("lane", "hours", "sounds"), [(Lane.CRITICAL, 5, True), (Lane.CRITICAL, 7, False), (Lane.HIGH, 1, False)]
)
async def test_after_a_silence_only_critical_news_of_the_last_six_hours_sounds(
    redis: Redis, lane: Lane, hours: int, *, sounds: bool
):
    store = Store.over(redis)
    await store.silences.tell(Silence(since=NOW - timedelta(hours=9), until=NOW))
    happened = NOW - timedelta(hours=hours)
    decision = Decision(scope=Scope.CONCERNED, reason=Reason.CONFIRMED, lane=lane, sounds=True)
    news = told("0601", decision, onset=None, first_reported_at=happened, informed_at=happened)
    _, sender = await deliver(redis, news)
    assert [message.sounds for message in sender.sent] == [sounds]


async def test_a_chat_that_was_told_of_a_silence_leaves_no_trace_when_it_is_forgotten(redis: Redis):
    store = Store.over(redis)
    await store.silences.tell(Silence(since=NOW - timedelta(hours=9), until=NOW))
    store, _ = await deliver(redis, told("0601"))
    assert await store.silences.knows("1")
    await store.chats.forget(Recipient(1))
    assert not await store.silences.knows("1")

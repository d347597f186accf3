import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from alerts.audience.model import Recipient
from alerts.delivery.deliver import Delivery
from alerts.delivery.model import (
    Alert,
    Ambiguous,
    Decision,
    Lane,
    Moved,
    MsgType,
    Outcome,
    Reason,
    Rejected,
    RetryIn,
    Scope,
    Unreachable,
)
from alerts.delivery.rounds import Round
from alerts.geography.model import Location, Precision
from alerts.incidents.model import ChangeKind
from alerts.store import keys
from alerts.store.commit import Batch
from alerts.store.connection import connect
from alerts.store.silences import Silence
from alerts.store.store import Store
from tests.support.builders import KAYES, NOW, RN1, alert, chat, incident, next_version, retraction
from tests.support.outbox import answer, begin, write_down
from tests.support.redis import Server
from tests.support.service import Clock, FakeSender, delivering, delivery_of, until_idle

SOON = RetryIn(timedelta(seconds=0.01))
NORMAL = Decision(scope=Scope.CONCERNED, reason=Reason.PROBABLE, lane=Lane.NORMAL)
SIKASSO = replace(KAYES, id="sikasso")
SIKASSO_TOWN = Location(places=("sikasso",), precision=Precision.TOWN)


async def queue(store: Store, *alerts: Alert) -> None:
    await store.commit(Batch(alerts=alerts), now=NOW)


async def follow(store: Store, *people: int) -> None:
    """Chats that follow the road of the alert."""
    for person in people:
        await store.chats.save(chat(person, RN1))


async def deliver(store: Store, delivery: Delivery, *alerts: Alert) -> None:
    """Store the alerts, and wait until all is done."""
    await queue(store, *alerts)
    async with delivering(delivery):
        await until_idle(delivery)


async def test_an_alert_reaches_each_follower_once(redis: Redis):
    sender, clock = FakeSender(), Clock()
    store, delivery = delivery_of(redis, sender, clock=clock)
    await follow(store, *range(1, 21))
    await store.chats.save(chat(50, KAYES))
    await deliver(store, delivery, alert())
    assert sorted(message.recipient.chat_id for message in sender.sent) == list(range(1, 21))


async def test_who_follows_twice_is_told_once(redis: Redis):
    sender = FakeSender()
    store, delivery = delivery_of(redis, sender, clock=Clock())
    diema = replace(KAYES, id="diema")
    await store.chats.save(chat(1, RN1, diema))
    await deliver(store, delivery, alert())
    assert len(sender.sent) == 1


@pytest.mark.parametrize(
    "script",
    [
        pytest.param([SOON, SOON], id="not-sent-is-sent-again"),
        pytest.param([Ambiguous("read timeout")], id="an-ambiguous-alert-is-sent-again"),
        pytest.param([Moved(-200)], id="a-group-that-moved-is-followed"),
    ],
)
async def test_an_alert_is_never_dropped(redis: Redis, script: list[Outcome], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("alerts.delivery.rounds.PAUSES", (0.01,))
    sender = FakeSender()
    sender.outcomes[-100] = script
    store, delivery = delivery_of(redis, sender, clock=Clock())
    await follow(store, -100)
    await deliver(store, delivery, alert())
    assert len(sender.sent) == 1


async def test_a_group_that_moved_keeps_its_roads(redis: Redis):
    sender = FakeSender()
    sender.outcomes[-100] = [Moved(-200)]
    store, delivery = delivery_of(redis, sender, clock=Clock())
    await follow(store, -100)
    await deliver(store, delivery, alert())
    moved = await store.chats.find(Recipient(-200))
    assert moved is not None
    assert [subscription.area for subscription in moved.subscriptions] == [RN1]
    assert await store.chats.find(Recipient(-100)) is None


@pytest.mark.expects_warnings
@pytest.mark.parametrize("refusal", [Unreachable("blocked"), Rejected("our fault")], ids=["blocked", "rejected"])
async def test_one_refusal_holds_up_nobody(redis: Redis, refusal: Outcome):
    sender = FakeSender()
    sender.outcomes[1] = [refusal]
    store, delivery = delivery_of(redis, sender, clock=Clock())
    await follow(store, 1, 2)
    await deliver(store, delivery, alert())
    assert [message.recipient.chat_id for message in sender.sent] == [2]


async def test_a_blocked_chat_keeps_its_roads_and_gets_nothing(redis: Redis):
    sender = FakeSender()
    sender.outcomes[1] = [Unreachable("blocked")]
    store, delivery = delivery_of(redis, sender, clock=Clock())
    await follow(store, 1)
    await queue(store, alert())
    async with delivering(delivery):
        await until_idle(delivery)
        await queue(store, alert(incident=incident(id="0513")))
        delivery.wake()
        await until_idle(delivery)
    found = await store.chats.find(Recipient(1))
    assert found is not None
    assert found.unreachable_since == NOW
    assert found.subscriptions
    assert sender.sent == []


async def test_the_gravest_alert_goes_first(redis: Redis):
    sender = FakeSender()
    store, delivery = delivery_of(redis, sender, clock=Clock(), window=1)
    await follow(store, 1)
    await store.chats.save(chat(2, SIKASSO))
    grave = alert(incident=incident(id="0600", location=SIKASSO_TOWN))
    await deliver(store, delivery, alert(decision=NORMAL, created_at=NOW - timedelta(hours=1)), grave)
    assert [message.recipient.chat_id for message in sender.sent] == [2, 1]


async def test_a_grave_alert_does_not_wait_until_lesser_messages_have_gone(redis: Redis):
    sender, goes_on = FakeSender(), asyncio.Event()
    store, delivery = delivery_of(redis, sender, clock=Clock(), window=2)
    await follow(store, *range(1, 11))
    await store.chats.save(chat(50, SIKASSO))

    async def lesser_ones_wait_for_their_turn(recipient: Recipient) -> None:
        if recipient.chat_id != 50:
            await goes_on.wait()

    sender.before = lesser_ones_wait_for_their_turn
    await queue(store, alert(decision=NORMAL))
    async with delivering(delivery):
        while await store.outbox.depth() < 10:  # noqa: ASYNC110 - Redis has no event to wait for
            await asyncio.sleep(0.002)
        await queue(store, alert(incident=incident(id="0600", location=SIKASSO_TOWN)))
        delivery.wake()
        while not sender.sent:  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.002)
        assert [message.recipient.chat_id for message in sender.sent] == [50]
        goes_on.set()
        await until_idle(delivery)
    assert len(sender.sent) == 11


@pytest.mark.parametrize("deleted", [True, False], ids=["once-they-are-gone", "and-no-longer-than-a-minute"])
async def test_after_a_silence_of_ours_overdue_deletions_come_before_alerts(redis: Redis, *, deleted: bool):
    sender, clock = FakeSender(), Clock()
    store, delivery = delivery_of(redis, sender, clock=clock)
    await follow(store, 1)
    await store.silences.tell(Silence(since=NOW - timedelta(hours=9), until=NOW))
    await store.agenda.delete_later(1, 77, at=NOW - timedelta(hours=3))
    await queue(store, alert())
    async with delivering(delivery):
        await asyncio.sleep(0.3)
        assert sender.sent == []
        if deleted:
            await store.agenda.deleted([(1, 77)])
        else:
            clock.now += timedelta(minutes=1)
        delivery.wake()
        await until_idle(delivery)
    assert len(sender.sent) == 1


async def test_without_a_silence_no_alert_waits_for_a_deletion(redis: Redis):
    sender = FakeSender()
    store, delivery = delivery_of(redis, sender, clock=Clock())
    await follow(store, 1)
    await store.agenda.delete_later(1, 77, at=NOW - timedelta(hours=3))
    await deliver(store, delivery, alert())
    assert len(sender.sent) == 1


async def test_a_halt_lets_only_retractions_through(redis: Redis):
    sender = FakeSender()
    store, delivery = delivery_of(redis, sender, clock=Clock())
    await follow(store, 1)
    first = alert()
    await queue(store, first)
    async with delivering(delivery):
        await until_idle(delivery)
        await store.desk.halt(by=900, now=NOW)
        await queue(store, alert(incident=incident(id="0600")), retraction(first))
        delivery.wake()
        while len(await store.outbox.waiting()) > 1:  # noqa: ASYNC110 - Redis has no event to wait for
            await asyncio.sleep(0.002)
        assert ["0512" in text for text in sender.texts(1)] == [True, True]
        await store.desk.resume(by=900, now=NOW)
        delivery.wake()
        await until_idle(delivery)
    assert "0512" in sender.texts(1)[1]
    assert "0600" in sender.texts(1)[2]


async def test_a_retraction_in_mid_broadcast_stops_it_and_reaches_whoever_got_the_alert(redis: Redis):
    sender = FakeSender()
    store, delivery = delivery_of(redis, sender, clock=Clock(), window=3)
    await follow(store, *range(1, 101))

    retractions, sent_by_then = [retraction(alert())], []

    async def retract_at_the_tenth(_: Recipient) -> None:
        if len(sender.sent) >= 10 and retractions:
            await queue(store, retractions.pop())
            sent_by_then.append(len(sender.sent))

    sender.before = retract_at_the_tenth
    await deliver(store, delivery, alert())
    told = [message.recipient.chat_id for message in sender.sent if "DÉMENTI" not in message.text]
    corrected = [message.recipient.chat_id for message in sender.sent if "DÉMENTI" in message.text]
    assert 10 <= len(told) <= sent_by_then[0] + 3
    assert sorted(corrected) == sorted(told)


async def test_who_may_have_got_an_alert_when_the_service_died_gets_its_retraction(redis: Redis):
    sender = FakeSender()
    store, delivery = delivery_of(redis, sender, clock=Clock())
    await follow(store, 1, 2)
    await queue(store, alert())
    await write_down(store, alert(), "1", "2")
    await begin(store, alert(), "1")  # and here the process dies, its message under way
    await deliver(store, delivery, retraction(alert()))
    assert [message.recipient.chat_id for message in sender.sent] == [1]


async def test_a_later_word_takes_the_place_of_one_that_still_waits(redis: Redis):
    sender = FakeSender()
    store, delivery = delivery_of(redis, sender, clock=Clock())
    await follow(store, 1)
    first = alert()
    surer = alert(incident=next_version(first.incident), msg_type=MsgType.UPDATE, change=ChangeKind.SURER)
    await queue(store, first)
    await deliver(store, delivery, surer)
    assert len(sender.sent) == 1


@pytest.mark.expects_warnings
async def test_a_message_we_cannot_make_holds_up_nobody(redis: Redis, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("alerts.delivery.rounds.PAUSES", (0.01,))
    sender = FakeSender()
    faults = [RuntimeError("ours"), RuntimeError("ours")]

    async def break_twice(recipient: Recipient) -> None:
        if recipient.chat_id == 1 and faults:
            raise faults.pop()

    sender.before = break_twice
    store, delivery = delivery_of(redis, sender, clock=Clock())
    await follow(store, 1, 2)
    await deliver(store, delivery, alert())
    assert sorted(message.recipient.chat_id for message in sender.sent) == [1, 2]


@pytest.mark.expects_warnings
async def test_a_damaged_chat_keeps_an_alert_from_nobody_else(redis: Redis):
    sender = FakeSender()
    store, delivery = delivery_of(redis, sender, clock=Clock())
    await follow(store, 1, 2)
    await redis.hset(keys.CHATS, "1", "{")
    await deliver(store, delivery, alert())
    assert [message.recipient.chat_id for message in sender.sent] == [2]


@pytest.mark.expects_warnings
async def test_an_alert_we_cannot_read_holds_up_no_other(redis: Redis):
    sender = FakeSender()
    store, delivery = delivery_of(redis, sender, clock=Clock())
    await follow(store, 1)
    other = alert(incident=incident(id="0600"))
    await queue(store, alert(), other)
    await redis.set("siraba:alert:0512.1", "{")
    async with delivering(delivery):
        while await store.outbox.waiting() != ["0512.1"]:  # noqa: ASYNC110 - Redis has no event to wait for
            await asyncio.sleep(0.002)
    assert ["0600" in text for text in sender.texts(1)] == [True]


async def test_who_only_listens_is_still_in_use(redis: Redis):
    sender = FakeSender()
    store, delivery = delivery_of(redis, sender, clock=Clock())
    await store.chats.save(chat(1, RN1, active_at=NOW - timedelta(days=170)))
    await deliver(store, delivery, alert())
    found = await store.chats.find(Recipient(1))
    assert found is not None
    assert found.active_at == NOW


async def test_nobody_is_told_twice_at_the_edge_of_a_page(redis: Redis):
    sender = FakeSender()
    store, delivery = delivery_of(redis, sender, clock=Clock(), window=20)
    await follow(store, *range(1, 601))

    async def in_its_own_time(recipient: Recipient) -> None:
        await asyncio.sleep(0.0005 * (recipient.chat_id % 7))

    sender.before = in_its_own_time
    await deliver(store, delivery, alert())
    assert sorted(message.recipient.chat_id for message in sender.sent) == list(range(1, 601))


async def test_a_stop_in_mid_broadcast_repeats_and_loses_nothing(redis: Redis):
    sender = FakeSender()
    store, delivery = delivery_of(redis, sender, clock=Clock())
    await follow(store, *range(1, 41))
    await queue(store, alert())
    half = asyncio.Event()

    async def slowly(_: Recipient) -> None:
        await asyncio.sleep(0.001)
        if len(sender.sent) >= 20:
            half.set()

    sender.before = slowly
    async with delivering(delivery):
        await half.wait()
    assert len(sender.sent) < 40
    _, again = delivery_of(redis, sender, clock=Clock())
    async with delivering(again):
        await until_idle(again)
    assert sorted(message.recipient.chat_id for message in sender.sent) == list(range(1, 41))


async def test_a_retraction_reaches_who_has_unsubscribed_and_not_who_was_forgotten(redis: Redis):
    sender = FakeSender()
    store, delivery = delivery_of(redis, sender, clock=Clock())
    await follow(store, 1, 2, 3)
    first = alert()
    await queue(store, first)
    async with delivering(delivery):
        await until_idle(delivery)
        await store.chats.save(chat(2))
        await store.chats.forget(Recipient(3))
        await queue(store, retraction(first))
        delivery.wake()
        await until_idle(delivery)
    told = [message for message in sender.sent if message.reply_to]
    assert sorted(message.recipient.chat_id for message in told) == [1, 2]


async def test_a_small_change_edits_the_message_that_is_there(redis: Redis):
    sender = FakeSender()
    store, delivery = delivery_of(redis, sender, clock=Clock())
    await follow(store, 1)
    first = alert()
    await queue(store, first)
    async with delivering(delivery):
        await until_idle(delivery)
        quiet = Decision(scope=Scope.EARLIER_READERS, reason=Reason.PROBABLE)
        detail = alert(
            incident=next_version(first.incident, announced=True),
            msg_type=MsgType.UPDATE,
            change=ChangeKind.DETAIL,
            decision=quiet,
        )
        await queue(store, detail)
        delivery.wake()
        await until_idle(delivery)
    assert [message.edits for message in sender.sent] == [None, 1000]


async def test_a_copy_in_short_mode_is_marked_for_deletion(redis: Redis):
    sender, clock = FakeSender(), Clock()
    store, delivery = delivery_of(redis, sender, clock=clock)
    await store.chats.save(chat(1, RN1, short=True, delete_after_hours=6))
    await store.chats.save(chat(2, RN1, short=False))
    await deliver(store, delivery, alert())
    assert await store.agenda.deletions_due(now=NOW + timedelta(hours=5)) == []
    due = await store.agenda.deletions_due(now=NOW + timedelta(hours=6))
    assert [chat_id for chat_id, _ in due] == [1]


async def test_what_needs_an_admin_goes_to_the_desk_alone(redis: Redis):
    sender = FakeSender()
    store, delivery = delivery_of(redis, sender, clock=Clock())
    await follow(store, 1)
    await deliver(store, delivery, alert(decision=Decision(scope=Scope.DESK, reason=Reason.HELD)))
    assert [message.recipient.chat_id for message in sender.sent] == [900]


async def test_the_answer_of_a_send_is_counted(redis: Redis):
    sender = FakeSender()
    sender.outcomes[2] = [Unreachable("blocked")]
    store, delivery = delivery_of(redis, sender, clock=Clock())
    await follow(store, 1, 2, 3)
    await deliver(store, delivery, alert())
    counts = await store.outbox.counts(alert().id)
    assert (counts["planned"], counts["sent"], counts["unreachable"]) == ("3", "2", "1")


async def test_an_audience_that_was_half_written_down_at_a_crash_is_begun_anew_without_who_has_the_alert(redis: Redis):
    sender = FakeSender()
    store, delivery = delivery_of(redis, sender, clock=Clock())
    await follow(store, 1, 2, 3)
    await queue(store, alert())
    await store.outbox.open_plan(alert().id)
    await store.outbox.extend_plan(alert(), ["1", "2"])
    await answer(store, alert(), "1", message_id=7)  # and here the process dies
    async with delivering(delivery):
        await until_idle(delivery)
    assert sorted(message.recipient.chat_id for message in sender.sent) == [2, 3]


async def test_nobody_is_written_down_after_a_cancellation_or_after_being_forgotten(redis: Redis):
    store, _ = delivery_of(redis, FakeSender(), clock=Clock())
    await follow(store, 1, 2)
    await queue(store, alert())
    await store.outbox.open_plan(alert().id)
    await store.chats.forget(Recipient(1))
    assert await store.outbox.extend_plan(alert(), ["1", "2"])
    assert await store.outbox.next_recipients(alert().id, 10) == ["2"]
    await queue(store, retraction(alert()))
    assert not await store.outbox.extend_plan(alert(), ["2"])
    assert not await store.outbox.open_plan(alert().id)


async def test_the_first_are_sent_to_while_the_audience_is_written_down(redis: Redis):
    sender = FakeSender()
    store, delivery = delivery_of(redis, sender, clock=Clock())
    await follow(store, 1, 2)
    await queue(store, alert())
    await store.outbox.open_plan(alert().id)
    await store.outbox.extend_plan(alert(), ["1"])
    one = Round(alert())
    one.take(await store.outbox.next_recipients(alert().id, one.ask(10)))
    assert one.next(0) == "1"
    assert "planned" not in await store.outbox.counts(alert().id)
    assert not await store.outbox.finish(alert().id, now=NOW)
    async with delivering(delivery):
        await until_idle(delivery)
    assert sorted(message.recipient.chat_id for message in sender.sent) == [1, 2]


async def test_what_a_broadcast_leaves_behind_in_memory_does_not_grow_with_it(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("alerts.delivery.rounds.PAUSES", (0.01,))
    sender = FakeSender()
    sender.outcomes[1] = [Ambiguous("read timeout"), Unreachable("blocked")]
    store, delivery = delivery_of(redis, sender, clock=Clock())
    await follow(store, *range(1, 21))
    await deliver(store, delivery, alert())
    async with delivering(delivery):
        delivery.wake()
        await until_idle(delivery)
    assert delivery.remembers == 0


async def test_what_came_of_an_alert_stays_in_the_audit_and_no_count_below_five(redis: Redis):
    sender = FakeSender()
    sender.outcomes[1] = [Unreachable("blocked")]
    store, delivery = delivery_of(redis, sender, clock=Clock())
    await follow(store, *range(1, 9))
    await deliver(store, delivery, alert())
    lines = [fields for _, fields in await redis.xrange(keys.AUDIT)]
    [line] = [one for one in lines if one["did"] == "delivered"]
    assert line == {
        "at": NOW.isoformat(),
        "who": "rule",
        "did": "delivered",
        "incident": "0512",
        "alert": alert().id,
        "sent": "sent 7",
        "unreachable": "unreachable <5",
    }


@pytest.mark.expects_warnings
async def test_an_answer_that_comes_while_redis_is_away_is_recorded_when_it_is_back(start_redis: Callable[..., Server]):
    durable = ("--appendonly", "yes", "--appendfsync", "always")
    server = start_redis(*durable)
    redis = await connect(server.address)
    sender = FakeSender()
    store, delivery = delivery_of(redis, sender, clock=Clock())
    away = asyncio.Event()

    async def go_away(_: Outcome) -> None:
        server.kill()
        away.set()

    sender.after = go_away
    await store.chats.save(chat(1, RN1))
    await queue(store, alert())
    async with delivering(delivery):
        await away.wait()
        start_redis(*durable)
        await until_idle(delivery)
    assert len(sender.sent) == 1
    assert (await store.outbox.counts("0512.1"))["sent"] == "1"
    await redis.aclose()

"""Claims and answers that come up together go together, and none is mistaken for another's."""

import asyncio

from redis.asyncio import Redis

from alerts.delivery.ledger import Ledger
from alerts.store import keys
from alerts.store.outbox import Answer, Claimed, Count, Stopped
from alerts.store.store import Store
from tests.support.builders import NOW, alert, incident
from tests.support.outbox import readers, write_down

FIRST, SECOND = alert(), alert(incident=incident(id="0600"))


async def test_claims_of_several_alerts_at_once_are_answered_each_with_its_own(redis: Redis):
    store = Store.over(redis)
    ledger = Ledger(store.outbox)
    for one in (FIRST, SECOND):
        await write_down(store, one, "1", "2")
    await redis.hset(keys.delivery(SECOND.id), "cancelled", NOW.isoformat())
    asked = [(FIRST, "2"), (SECOND, "1"), (FIRST, "1"), (SECOND, "2"), (FIRST, "404")]
    found = await asyncio.gather(*(ledger.claim(one, recipient) for one, recipient in asked))
    chats = [one.chat.recipient.key if one.chat else "" for one in found if isinstance(one, Claimed)]
    assert chats == ["2", "1", ""]
    assert [found[1], found[3]] == [Stopped.CANCELLED] * 2


async def test_answers_of_several_alerts_at_once_are_recorded_each_with_its_own(redis: Redis):
    store = Store.over(redis)
    ledger = Ledger(store.outbox)
    for one in (FIRST, SECOND):
        await write_down(store, one, "1", "2")
    told = [(FIRST, "1", 10), (SECOND, "1", 20), (FIRST, "2", 11)]
    answers = [(one, Answer(recipient=who, count=Count.SENT, message_id=number)) for one, who, number in told]
    await asyncio.gather(*(ledger.record(one, answer) for one, answer in answers))
    assert {who: sent.message_id for who, sent in (await readers(store, FIRST.incident.id)).items()} == {
        "1": 10,
        "2": 11,
    }
    assert {who: sent.message_id for who, sent in (await readers(store, SECOND.incident.id)).items()} == {"1": 20}
    assert await store.outbox.next_recipients(SECOND.id, 10) == ["2"]

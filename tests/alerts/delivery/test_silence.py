"""A long time without contact is written down before anything is said after it."""

from datetime import timedelta

from redis.asyncio import Redis

from alerts.delivery.silence import UNNOTICED, Contact
from alerts.store.silences import Silence, Silences
from tests.support.builders import NOW

MINUTE = timedelta(minutes=1)


async def test_a_first_start_and_a_short_stop_are_no_silence(redis: Redis):
    silences = Silences(redis)
    await Contact(silences).note(reached=True, now=NOW)
    await Contact(silences).note(reached=True, now=NOW + UNNOTICED - MINUTE)
    assert await silences.being_told() is None


async def test_a_long_gap_is_told_from_its_start_to_its_end(redis: Redis):
    silences = Silences(redis)
    await Contact(silences).note(reached=True, now=NOW)
    again = Contact(silences)
    await again.note(reached=False, now=NOW + 3 * UNNOTICED)
    await again.note(reached=True, now=NOW + 3 * UNNOTICED + MINUTE)
    assert await silences.being_told() == Silence(since=NOW, until=NOW + 3 * UNNOTICED + MINUTE)


async def test_who_was_told_of_a_silence_is_told_of_the_next_one_and_not_of_its_end(redis: Redis):
    silences = Silences(redis)
    await silences.tell(Silence(since=NOW, until=NOW + UNNOTICED))
    await silences.told("1")
    await silences.tell(Silence(since=NOW, until=NOW + UNNOTICED + MINUTE))
    assert await silences.knows("1")
    await silences.tell(Silence(since=NOW + 5 * UNNOTICED, until=NOW + 7 * UNNOTICED))
    assert not await silences.knows("1")


async def test_contact_is_noted_now_and_then(redis: Redis):
    silences, contact = Silences(redis), Contact(Silences(redis))
    await contact.note(reached=True, now=NOW)
    await contact.note(reached=True, now=NOW + timedelta(seconds=1))
    assert await silences.in_touch_at() == NOW
    await contact.note(reached=True, now=NOW + MINUTE)
    assert await silences.in_touch_at() == NOW + MINUTE

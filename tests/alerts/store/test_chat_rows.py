"""A chat comes back from its row as it was, and the row is small."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.audience.model import Chat, ChatKind, Level, Loudness, Recipient, Subscription, Timetable, Topic
from alerts.geography.model import Area, AreaKind
from alerts.store.chat_rows import dump, load
from alerts.store.codec import UnreadableValueError
from tests.support.builders import KAYES, NOW, RN1, chat

moments = st.none() | st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(  # noqa: DTZ001 - made aware at once
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)
areas = st.builds(
    Area,
    kind=st.sampled_from([AreaKind.ROAD, AreaKind.ROUTE, AreaKind.REGION]),
    id=st.sampled_from(["RN1", "a/b", "é"]),
) | st.builds(Area, kind=st.just(AreaKind.PLACE), id=st.just("kayes"), radius_km=st.integers(0, 300))
subscriptions = st.builds(
    Subscription,
    area=areas,
    level=st.sampled_from(Level),
    topics=st.frozensets(st.sampled_from(Topic)),
    until=moments,
)
hours = st.builds(time, st.integers(0, 23), st.integers(0, 59))
timetables = st.builds(
    Timetable, hour=st.integers(0, 23), minute=st.integers(0, 59), weekday=st.none() | st.integers(0, 6)
)
chats = st.builds(
    Chat,
    recipient=st.builds(Recipient, st.integers(-(2**52), 2**52), st.none() | st.integers(1, 10**6)),
    kind=st.sampled_from(ChatKind),
    language=st.sampled_from(["fr", "en", "bm"]),
    short=st.booleans(),
    subscriptions=st.lists(subscriptions, max_size=4).map(tuple),
    delete_after_hours=st.sampled_from([0, 6, 12, 24]),
    silent_from=hours,
    silent_to=hours,
    muted_until=moments,
    active_at=moments,
    unreachable_since=moments,
    wants_exercises=st.booleans(),
    muted_from=moments,
    critical_through=st.booleans(),
    loudness=st.sampled_from(Loudness),
    hushed=st.lists(st.sampled_from(["0512", "0513"]), unique=True).map(tuple),
    brief_at=st.none() | timetables,
    fuel_at=st.none() | timetables,
    zone=st.sampled_from([None, "Africa/Niamey"]),
)


@given(chats)
def test_any_chat_comes_back_as_it_was(one: Chat):
    assert load(one.recipient.key, dump(one)) == one


def test_a_usual_chat_takes_less_than_a_hundred_bytes():
    town = replace(KAYES, id="diema")
    assert len(dump(chat(1234567890, RN1, KAYES, town, short=True)).encode()) < 100


def test_parts_of_a_second_are_not_kept():
    found = load("1", dump(chat(1, active_at=NOW + timedelta(milliseconds=700))))
    assert found.active_at == NOW


@pytest.mark.parametrize("row", ["{", "[]", "{}", '{"k":"x","l":"fr"}', '{"k":"p","l":"fr","f":["RN1"]}', "null", "7"])
def test_what_is_no_row_is_told_without_saying_what_it_holds(row: str):
    with pytest.raises(UnreadableValueError) as fault:
        load("4711", row)
    assert "RN1" not in str(fault.value)
    assert "4711" not in str(fault.value)

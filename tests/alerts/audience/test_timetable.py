"""Hours as people type them, and when they come next."""

from dataclasses import replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.audience.model import Timetable
from alerts.audience.timetable import ZONES, next_time, read_span, read_timetable, zone_of
from tests.support.builders import chat

BAMAKO = ZoneInfo("Africa/Bamako")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("6h", Timetable(hour=6)),
        ("6", Timetable(hour=6)),
        ("06:30", Timetable(hour=6, minute=30)),
        ("6h30", Timetable(hour=6, minute=30)),
        ("chaque jour à 6 h", Timetable(hour=6)),
        ("Lundi 7h", Timetable(hour=7, weekday=0)),
        ("every Monday at 7:00", Timetable(hour=7, weekday=0)),
        ("dimanche à 18h", Timetable(hour=18, weekday=6)),
        ("24h", Timetable(hour=0)),
        ("25h", None),
        ("6h75", None),
        ("lundi mardi 6h", None),
        ("lundi", None),
        ("Kayes", None),
        ("6h Kayes", None),
        ("", None),
    ],
)
def test_an_hour_is_read_however_it_is_typed(typed: str, expected: Timetable | None):
    assert read_timetable(typed) == expected


@pytest.mark.parametrize("typed", ["22-5", "22h-5h", "22h à 5h", "de 22 h à 5 h", "from 22:00 to 05:00", "22 h – 5 h"])
def test_quiet_hours_are_read_however_they_are_typed(typed: str):
    assert read_span(typed) == (time(22), time(5))


@pytest.mark.parametrize("typed", ["22", "22-", "22-5-6", "26-5", "Kayes Bamako", "4h", ""])
def test_what_is_no_span_of_hours_is_none(typed: str):
    assert read_span(typed) is None


@given(typed=st.text(max_size=60))
def test_whatever_is_typed_is_an_hour_or_none(typed: str):
    assert read_timetable(typed) is None or read_span(typed) is None


@pytest.mark.parametrize(
    ("timetable", "after", "expected"),
    [
        pytest.param(Timetable(hour=6), (5, 5, 59), (5, 6, 0), id="later-today"),
        pytest.param(Timetable(hour=6), (5, 6, 0), (6, 6, 0), id="never-the-same-moment-again"),
        pytest.param(Timetable(hour=6), (5, 23, 0), (6, 6, 0), id="tomorrow"),
        pytest.param(Timetable(hour=7, weekday=6), (5, 5, 0), (5, 7, 0), id="today-is-sunday"),
        pytest.param(Timetable(hour=7, weekday=6), (5, 9, 0), (12, 7, 0), id="in-a-week"),
        pytest.param(Timetable(hour=7, weekday=0), (5, 9, 0), (6, 7, 0), id="monday"),
    ],
)
def test_the_next_time_is_the_first_that_is_later(
    timetable: Timetable, after: tuple[int, int, int], expected: tuple[int, int, int]
):
    moment = next_time(timetable, after=datetime(2025, 10, *after, tzinfo=UTC), zone=BAMAKO)
    assert moment == datetime(2025, 10, *expected, tzinfo=UTC)


def test_the_hour_is_that_of_the_chats_zone():
    after = datetime(2025, 10, 5, 3, tzinfo=UTC)
    niamey = zone_of(replace(chat(), zone="Africa/Niamey"), BAMAKO)
    assert next_time(Timetable(hour=6), after=after, zone=niamey) == datetime(2025, 10, 5, 5, tzinfo=UTC)


@pytest.mark.parametrize("zone", [None, "Africa/Nowhere"])
def test_a_chat_without_a_zone_goes_by_the_instances(zone: str | None):
    assert zone_of(replace(chat(), zone=zone), BAMAKO) is BAMAKO


@pytest.mark.parametrize("zone", ZONES)
def test_every_zone_that_is_offered_exists(zone: str):
    assert str(zone_of(replace(chat(), zone=zone), BAMAKO)) == zone

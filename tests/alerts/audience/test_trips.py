"""Is "until when" understood the way people say it?"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.audience.trips import LONGEST, until

BAMAKO = ZoneInfo("Africa/Bamako")
WEDNESDAY = datetime(2026, 3, 4, 10, tzinfo=UTC)


def at(month: int, day: int, hour: int = 23, minute: int = 59, second: int = 59) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "rest", "ends"),
    [
        ("Kayes Bamako 48h", "Kayes Bamako", at(3, 6, 10, 0, 0)),
        ("RN1 2 j", "RN1", at(3, 6, 10, 0, 0)),
        ("RN1 2 jours", "RN1", at(3, 6, 10, 0, 0)),
        ("RN1 pendant 3 jours", "RN1", at(3, 7, 10, 0, 0)),
        ("RN1 for 3 days", "RN1", at(3, 7, 10, 0, 0)),
        ("Ségou, 1 semaine", "Ségou", at(3, 11, 10, 0, 0)),
        ("48H", "", at(3, 6, 10, 0, 0)),
        ("RN1 until Friday", "RN1", at(3, 6)),
        ("RN1 till tomorrow", "RN1", at(3, 5)),
        ("Kayes jusqu'à vendredi", "Kayes", at(3, 6)),
        ("Kayes jusqu’à vendredi soir", "Kayes", at(3, 6)),
        ("Kayes jusqu'a vendredi", "Kayes", at(3, 6)),
        ("Kayes JUSQU'À DEMAIN", "Kayes", at(3, 5)),
        ("Kayes jusqu'à après-demain", "Kayes", at(3, 6)),
        ("Kayes jusqu'à mercredi", "Kayes", at(3, 4)),
        ("RN6 jusqu'au 12/03", "RN6", at(3, 12)),
        ("RN6 jusqu'au 3/1", "RN6", datetime(2027, 1, 3, 23, 59, 59, tzinfo=UTC)),
        ("Kayes jusqu'a\u0300 vendredi", "Kayes", at(3, 6)),
    ],
)
def test_the_end_of_a_trip_is_cut_off(text: str, rest: str, ends: datetime):
    assert until(text, WEDNESDAY, BAMAKO) == (rest, ends)


@pytest.mark.parametrize(
    "text",
    [
        "RN6",
        "Kayes Bamako",
        "Kayes vendredi",
        "RN1 500",
        "Gao 900 jours",
        "RN1 0h",
        "jusqu'au 31/02",
        "jusqu'au 99/99",
        "48h Kayes",
        "",
    ],
)
def test_what_names_no_end_is_left_as_it_is(text: str):
    assert until(text, WEDNESDAY, BAMAKO) == (text, None)


def test_a_day_ends_by_the_clock_of_the_place():
    late = datetime(2026, 3, 4, 23, 30, tzinfo=UTC)

    _, ends = until("Kayes jusqu'à demain", late, ZoneInfo("Europe/Paris"))

    assert ends == datetime(2026, 3, 6, 22, 59, 59, tzinfo=UTC)


@given(st.text(max_size=60))
def test_any_text_gives_an_end_ahead_or_none(text: str):
    rest, ends = until(text, WEDNESDAY, BAMAKO)

    assert ends is None or WEDNESDAY < ends <= WEDNESDAY + LONGEST
    assert ends is not None or rest == text

from datetime import UTC, datetime, timedelta
from time import gmtime, struct_time

import pytest

from alerts.sources.dates import by_hand, from_struct, published
from tests.alerts.sources.samples import NOW


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        pytest.param("lun., 06 oct. 2025 14:00", datetime(2025, 10, 6, 14, 0, tzinfo=UTC), id="abbreviated"),
        pytest.param("lundi 6 octobre 2025 à 14h05", datetime(2025, 10, 6, 14, 5, tzinfo=UTC), id="in-full"),
        pytest.param("mar, 12 août 2025 08:00:09 +0200", datetime(2025, 8, 12, 6, 0, 9, tzinfo=UTC), id="offset"),
        pytest.param("1er juillet 2025", datetime(2025, 7, 1, tzinfo=UTC), id="first-of-the-month"),
        pytest.param("3 févr. 2025 9 h", datetime(2025, 2, 3, 9, 0, tzinfo=UTC), id="hour-alone"),
        pytest.param("31 DÉC. 2024", datetime(2024, 12, 31, tzinfo=UTC), id="capitals"),
        pytest.param("31 févr. 2025", None, id="no-such-day"),
        pytest.param("6 brumaire 2025", None, id="no-such-month"),
        pytest.param("12 août 2025 08:00 -9900", datetime(2025, 8, 12, 8, 0, tzinfo=UTC), id="no-such-offset"),
        pytest.param("hier soir", None, id="no-date"),
    ],
)
def test_dates_written_by_hand_are_read(text: str, moment: datetime | None) -> None:
    assert by_hand(text) == moment


@pytest.mark.parametrize(
    ("text", "believed"),
    [
        pytest.param("2025-10-07T14:59:00Z", True, id="within-a-day-ahead"),
        pytest.param("2025-10-07T15:01:00Z", False, id="more-than-a-day-ahead"),
        pytest.param("1970-01-01T00:00:00Z", False, id="epoch"),
        pytest.param("0001-01-01T00:00:00+14:00", False, id="before-time-itself"),
        pytest.param("2025-10-06T14:00:00+02:00", True, id="offset"),
        pytest.param("2025-10-06", True, id="day-alone"),
        pytest.param("", False, id="empty"),
    ],
)
def test_only_a_date_that_can_be_true_is_believed(text: str, *, believed: bool) -> None:
    assert (published([(text, None)], now=NOW) is not None) is believed


def test_the_first_readable_date_counts() -> None:
    hour = timedelta(hours=1)
    candidates = [("hier soir", None), ((NOW - hour).isoformat(), None), (NOW.isoformat(), None)]

    assert published(candidates, now=NOW) == NOW - hour


def test_a_date_in_the_future_is_not_replaced_by_a_later_field() -> None:
    assert published([("2026-10-06T00:00:00Z", None), (NOW.isoformat(), None)], now=NOW) is None


def test_feedparsers_dates_are_utc() -> None:
    assert from_struct(gmtime(int(NOW.timestamp()))) == NOW


def test_a_year_no_calendar_holds_is_no_date() -> None:
    assert from_struct(struct_time((99_999, 1, 1, 0, 0, 0, 0, 1, 0))) is None

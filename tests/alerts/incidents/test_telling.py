"""When did it happen, as far as anyone can say?"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from alerts.incidents.model import DayPart
from alerts.incidents.telling import age_of, happened_at, is_escort, says_open
from alerts.reading.model import EventType
from tests.support.builders import NOW, incident, report

REOPENED = (EventType.ESCORT_OR_REOPENING,)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"day_part": None}, datetime(2025, 10, 4, 12, tzinfo=UTC), id="noon stands for a day"),
        pytest.param({"day_part": DayPart.NIGHT}, datetime(2025, 10, 4, 3, tzinfo=UTC), id="night"),
        pytest.param({"day_part": DayPart.EVENING}, datetime(2025, 10, 4, 20, tzinfo=UTC), id="evening"),
        pytest.param({"onset": None}, NOW - timedelta(hours=1), id="no day: the first word of it"),
        pytest.param(
            {"onset": date(2025, 10, 5), "day_part": DayPart.EVENING},
            NOW - timedelta(hours=1),
            id="never after its word",
        ),
        pytest.param({"event_types": (EventType.BLOCKADE,), "informed_at": NOW}, NOW, id="a state: its newest word"),
    ],
)
def test_when_it_happened(fields: dict[str, Any], expected: datetime):
    assert happened_at(incident(**({"onset": date(2025, 10, 4)} | fields))) == expected


def test_nothing_is_younger_than_now():
    assert age_of(incident(onset=None, first_reported_at=NOW + timedelta(hours=1)), NOW) == timedelta(0)


@pytest.mark.parametrize(
    ("fields", "opens"),
    [
        pytest.param({"reopens": True}, True, id="it says so"),
        pytest.param({}, False, id="an escort got through"),
        pytest.param({"admin_id": 7}, True, id="an admin's word that the check let through"),
        pytest.param({"reopens": True, "held": "a convoy"}, False, id="held"),
        pytest.param({"reopens": True, "event_types": (EventType.AMBUSH,)}, False, id="an ambush"),
    ],
)
def test_who_says_that_one_passes(fields: dict[str, Any], opens: bool):  # noqa: FBT001 - a table's column
    said = report(**({"event_types": REOPENED} | fields))

    assert says_open(said) is opens


def test_an_attack_is_no_escort():
    assert not is_escort(incident())
    assert is_escort(incident(event_types=REOPENED))

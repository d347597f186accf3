"""What of the past may be told: what readers knew, corrected or not, the latest day first."""

from datetime import timedelta

import pytest

from alerts.geography.model import Area, AreaKind
from alerts.incidents.history import reported
from alerts.incidents.model import Credibility, Incident, Status
from alerts.reading.model import EventType
from tests.support.builders import NOW, RN1, incident, report
from tests.support.service import atlas

A_MONTH_AGO = NOW - timedelta(days=30)


def past(days: float, **fields: object) -> Incident:
    when = NOW - timedelta(days=days)
    return incident(onset=when.date(), first_reported_at=when, informed_at=when, **fields)


def ids(*incidents: Incident, area: Area = RN1) -> list[str]:
    return [one.id for one in reported(incidents, area=area, atlas=atlas(), since=A_MONTH_AGO)]


@pytest.mark.parametrize(
    ("one", "is_told"),
    [
        pytest.param(past(5), True, id="active"),
        pytest.param(past(5, status=Status.LIFTED), True, id="lifted"),
        pytest.param(past(31), False, id="too-long-ago"),
        pytest.param(past(5, status=Status.RETRACTED, announced=True), True, id="withdrawn-after-it-went-out"),
        pytest.param(past(5, status=Status.RETRACTED), False, id="withdrawn-before"),
        pytest.param(past(5, reports=(report(held="a convoy"),)), False, id="held"),
        pytest.param(past(5, exercise=True), False, id="drill"),
        pytest.param(past(5, credibility=Credibility.DOUBTFUL), False, id="doubtful"),
        pytest.param(past(5, event_types=(EventType.ESCORT_OR_REOPENING,)), False, id="escort"),
    ],
)
def test_only_what_readers_may_know_of_is_told(one: Incident, is_told: bool):  # noqa: FBT001
    assert (ids(one) == [one.id]) is is_told


def test_what_happened_elsewhere_is_left_out():
    assert ids(past(5), area=Area(kind=AreaKind.ROAD, id="RN7")) == []


def test_the_latest_day_comes_first_whatever_was_last_spoken_of():
    old_blockade = incident(
        id="0001", event_types=(EventType.BLOCKADE,), onset=(NOW - timedelta(days=20)).date(), informed_at=NOW
    )
    assert ids(old_blockade, past(3, id="0002"), past(9, id="0003")) == ["0002", "0003", "0001"]

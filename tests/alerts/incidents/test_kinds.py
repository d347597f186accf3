"""Does the table of kinds say what the vocabulary says?"""

from datetime import timedelta

import pytest

from alerts.errors import DataError
from alerts.incidents.kinds import Passage, kind_of, kinds, parse_kinds, rank
from alerts.incidents.model import Severity
from alerts.reading.model import EventType

ROW = {"severity": "Minor", "families": ["x"], "passage": "none", "old": 1, "unknown": 2}


@pytest.mark.parametrize(
    ("event_type", "severity"),
    [
        (EventType.AMBUSH, Severity.SEVERE),
        (EventType.IED, Severity.SEVERE),
        (EventType.BLOCKADE, Severity.SEVERE),
        (EventType.ARMED_CLASH, Severity.MODERATE),
        (EventType.CHECKPOINT_EXTORTION, Severity.MODERATE),
        (EventType.ACCIDENT, Severity.MINOR),
        (EventType.FUEL_SHORTAGE, Severity.MODERATE),
        (EventType.FUEL_IMPORT_BAN, Severity.SEVERE),
    ],
)
def test_default_severity_is_that_of_the_vocabulary(event_type: EventType, severity: Severity):
    assert kind_of(event_type).severity is severity


@pytest.mark.parametrize("event_type", list(EventType))
def test_a_word_grows_old_before_it_says_nothing_any_more(event_type: EventType):
    kind = kind_of(event_type)

    assert timedelta(0) < kind.old_after <= kind.unknown_after
    assert rank(kind.worst) >= rank(kind.severity)


@pytest.mark.parametrize(
    "event_type", [EventType.BLOCKADE, EventType.ROAD_CLOSED, EventType.BRIDGE_OUT, EventType.BORDER_CLOSED]
)
def test_what_closes_a_road_closes_it(event_type: EventType):
    assert kind_of(event_type).passage is Passage.CLOSED


def test_an_accident_is_old_in_hours_and_a_blockade_in_weeks():
    assert kind_of(EventType.ACCIDENT).unknown_after <= timedelta(hours=24)
    assert kind_of(EventType.BLOCKADE).unknown_after >= timedelta(weeks=2)


def test_a_missing_type_is_named():
    rows = {str(kind): ROW for kind in EventType if kind is not EventType.FLOOD}

    with pytest.raises(DataError, match="flood"):
        parse_kinds(rows)


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param({"severity": "Dreadful"}, id="unknown severity"),
        pytest.param({"passage": "maybe"}, id="unknown passage"),
        pytest.param({"old": "soon"}, id="no number"),
    ],
)
def test_a_wrong_row_is_named(broken: dict[str, object]):
    rows = {str(kind): ROW for kind in EventType} | {"ied": ROW | broken}

    with pytest.raises(DataError, match="ied"):
        parse_kinds(rows)


def test_every_type_has_its_row():
    assert set(kinds()) == set(EventType)

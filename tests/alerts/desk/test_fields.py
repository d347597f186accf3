"""What one answer says, for posts and incidents alike."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from alerts.desk.fields import LONGEST_ANSWER, Desk, Field, answered, set_by, set_in
from alerts.desk.line import Fault, FaultKind, Post, parse_post
from alerts.incidents.model import NOTHING_BY_HAND, ByHand, DayPart, Severity, SourceKind, Vehicles
from alerts.reading.model import EventType
from tests.support.builders import NOW, incident
from tests.support.conversation import reader
from tests.support.service import BAMAKO, atlas


def desk() -> Desk:
    return Desk(atlas=atlas(), reader=reader(), now=NOW, timezone=BAMAKO)


def post() -> Post:
    found = parse_post("embuscade RN7 Loulouni", atlas=atlas(), reader=reader(), now=NOW, timezone=BAMAKO)
    assert isinstance(found, Post)
    return found


@pytest.mark.parametrize(
    ("field", "words", "attribute", "expected"),
    [
        pytest.param(Field.TYPE, "ied", "event_types", (EventType.IED,), id="type"),
        pytest.param(Field.WHEN, "hier", "event_date", date(2025, 10, 4), id="day"),
        pytest.param(Field.WHEN, "2025-09-30", "event_date", date(2025, 9, 30), id="date"),
        pytest.param(Field.SEVERITY, "Minor", "severity", Severity.MINOR, id="gravity-tapped"),
        pytest.param(Field.SEVERITY, "extrêmement grave", "severity", Severity.EXTREME, id="gravity-written"),
        pytest.param(Field.VEHICLES, "tankers", "vehicles", (Vehicles.TANKERS,), id="traffic-tapped"),
        pytest.param(
            Field.VEHICLES, "bus et camions", "vehicles", (Vehicles.TRUCKS, Vehicles.BUSES), id="traffic-written"
        ),
        pytest.param(Field.SOURCE, "press A", "source_kind", SourceKind.PRESS, id="source"),
        pytest.param(Field.SOURCE, "press A", "grade", "A", id="grade"),
        pytest.param(Field.SOURCE, "groupe armé", "is_claim", True, id="claim"),
        pytest.param(Field.SOURCE, "témoin unique", "one_witness", True, id="witness"),
        pytest.param(Field.TEXT, "ce matin", "day_part", DayPart.MORNING, id="part-of-day"),
        pytest.param(Field.UNTIL, "48h", "until", NOW + timedelta(hours=48), id="hours"),
        pytest.param(Field.UNTIL, "2025-10-09", "until", datetime(2025, 10, 9, 23, 59, 59, tzinfo=UTC), id="until-day"),
    ],
)
def test_an_answer_is_read(field: Field, words: str, attribute: str, expected: Any):
    found = answered(post(), field, words, desk())
    assert getattr(found, attribute) == expected


@pytest.mark.parametrize(
    ("field", "words", "kind"),
    [
        (Field.TYPE, "xyzzy", FaultKind.NO_TYPE),
        (Field.WHERE, "Xyzzyville", FaultKind.NO_PLACE),
        (Field.WHERE, "Ouagadougou", FaultKind.ABROAD),
        (Field.WHEN, "xyzzy", FaultKind.NO_DAY),
        (Field.WHEN, "2025-12-24", FaultKind.FUTURE),
        (Field.SEVERITY, "xyzzy", FaultKind.UNCLEAR),
        (Field.VEHICLES, "xyzzy", FaultKind.UNCLEAR),
        (Field.UNTIL, "2024-01-01", FaultKind.UNCLEAR),
        (Field.TEXT, "le convoi repart demain", FaultKind.HELD),
        (Field.TEXT, "x" * (LONGEST_ANSWER + 1), FaultKind.TOO_LONG),
    ],
)
def test_an_answer_that_will_not_do_says_why(field: Field, words: str, kind: FaultKind):
    found = answered(post(), field, words, desk())
    assert isinstance(found, Fault)
    assert found.kind is kind


@pytest.mark.parametrize(
    ("words", "is_to_come"), [("dès lundi 6 h", True), ("prévue demain", True), ("depuis ce matin", False)]
)
def test_further_words_must_not_put_a_reopening_off(words: str, is_to_come: bool):  # noqa: FBT001 - a column
    reopened = replace(post(), event_types=(EventType.ESCORT_OR_REOPENING,))

    assert (answered(reopened, Field.TEXT, words, desk()) == Fault(kind=FaultKind.FUTURE)) is is_to_come


@pytest.mark.parametrize("words", ["aux motos seulement", "puis refermée"])
def test_further_words_must_not_take_a_reopening_back(words: str):
    reopened = replace(post(), event_types=(EventType.ESCORT_OR_REOPENING,))
    found = answered(reopened, Field.TEXT, words, desk())

    assert isinstance(found, Fault)
    assert found.kind is FaultKind.UNDONE


def test_one_fact_of_an_incident_is_set_and_no_other():
    assert set_by(Field.SEVERITY, "Moderate", incident(), desk()) == ByHand(severity=Severity.MODERATE)


def test_a_line_sets_all_it_names():
    found = set_in("blocage, Zégoua, hier, grave, camions, jusqu'à 2025-10-09", incident(), desk())
    assert isinstance(found, ByHand)
    assert found.event_type is EventType.BLOCKADE
    assert found.location is not None
    assert "zegoua" in found.location.places
    assert (found.onset, found.severity, found.vehicles) == (
        date(2025, 10, 4),
        Severity.MODERATE,
        (Vehicles.TRUCKS,),
    )
    assert found.until == datetime(2025, 10, 9, 23, 59, 59, tzinfo=UTC)


def test_the_part_of_the_day_comes_with_the_day():
    found = set_in("hier soir, bus", incident(), desk())
    assert isinstance(found, ByHand)
    assert (found.onset, found.day_part) == (date(2025, 10, 4), DayPart.EVENING)
    assert set_by(Field.WHEN, "hier soir", incident(), desk()) == ByHand(
        onset=date(2025, 10, 4), day_part=DayPart.EVENING
    )


@pytest.mark.parametrize("words", ["pas grave", "ce n'est pas très grave", "not serious", "pas de bus"])
def test_what_is_denied_is_not_set(words: str):
    assert set_in(words, incident(), desk()) == Fault(kind=FaultKind.UNCLEAR)


def test_a_day_that_cannot_be_read_is_not_left_out():
    assert set_in("grave, 45/13", incident(), desk()) == Fault(kind=FaultKind.NO_DAY)


def test_a_line_that_sets_nothing_is_asked_for_again():
    found = set_in("xyzzy", incident(), desk())
    assert isinstance(found, Fault)
    assert found.kind is FaultKind.UNCLEAR
    assert ByHand() == NOTHING_BY_HAND

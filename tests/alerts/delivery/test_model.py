"""Does an alert carry what was told wrongly before?"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from alerts.delivery.model import Alert, Decision, Former, Reason, Scope
from alerts.geography.atlas import Atlas
from alerts.incidents.life import amend, lift, retract
from alerts.incidents.model import ByHand, Change, ChangeKind, DayPart, RetractionReason, Severity, SourceKind
from alerts.reading.model import EventType
from alerts.store.commit import ALERT
from tests.support.builders import NOW, incident

ATLAS = Atlas.load()
SANDARE, LOULOUNI = (ATLAS.locate(places=[town]) for town in ("sandare", "loulouni"))
TOLD = incident(
    announced=True,
    location=SANDARE,
    severity=Severity.SEVERE,
    event_types=(EventType.AMBUSH,),
    onset=NOW.date(),
    day_part=DayPart.MORNING,
)
DECISION = Decision(scope=Scope.CONCERNED, reason=Reason.ADMIN)


def former(change: Change) -> Former | None:
    return Alert.of(change, DECISION, now=NOW).former


@pytest.mark.parametrize(
    ("hand", "expected"),
    [
        pytest.param({"location": LOULOUNI}, Former(location=SANDARE), id="place"),
        pytest.param({"event_type": EventType.ACCIDENT}, Former(event_type=EventType.AMBUSH), id="event"),
        pytest.param(
            {"onset": NOW.date() - timedelta(days=2)},
            Former(onset=NOW.date(), day_part=DayPart.MORNING, redated=True),
            id="day",
        ),
        pytest.param({"severity": Severity.MODERATE}, Former(severity=Severity.SEVERE), id="gravity told too high"),
        pytest.param({"severity": Severity.EXTREME}, None, id="gravity told too low has words of its own"),
        pytest.param(
            {"severity": Severity.EXTREME, "location": LOULOUNI}, Former(location=SANDARE), id="graver, and elsewhere"
        ),
        pytest.param({"vehicles": ()}, None, id="a detail"),
    ],
)
def test_what_was_set_right_goes_with_its_correction(hand: dict[str, Any], expected: Former | None):
    assert former(amend(TOLD, ByHand(**hand), now=NOW)) == expected


def test_a_source_that_corrects_itself_says_what_it_takes_back():
    moved = Change(kind=ChangeKind.CORRECTED, incident=replace(TOLD, location=LOULOUNI), before=TOLD)
    more = replace(moved, kind=ChangeKind.SURER)

    assert former(moved) == Former(location=SANDARE)
    assert former(more) is None


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lift(TOLD, by=SourceKind.FIELD, now=NOW), id="lifted"),
        pytest.param(retract(TOLD, reason=RetractionReason.FALSE, now=NOW), id="retracted"),
        pytest.param(amend(replace(TOLD, announced=False), ByHand(location=LOULOUNI), now=NOW), id="told to nobody"),
        pytest.param(Change(kind=ChangeKind.NEW, incident=TOLD), id="new"),
    ],
)
def test_nothing_else_has_a_former_state(change: Change):
    assert former(change) is None


def test_it_waits_in_the_outbox_with_its_alert():
    alert = Alert.of(amend(TOLD, ByHand(location=LOULOUNI), now=NOW), DECISION, now=NOW)

    assert ALERT.load(ALERT.dump(alert)) == alert

"""Is tomorrow's attack announced, and today's told only once?"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from alerts.geography.atlas import Atlas
from alerts.incidents.absorb import absorb
from alerts.incidents.group import group
from alerts.incidents.known import Known
from alerts.incidents.life import announce, retract
from alerts.incidents.model import Change, ChangeKind, DayPart, Incident, Report, RetractionReason, Trust
from alerts.reading.model import EventType
from tests.support.builders import NOW, report

TODAY = date(2025, 10, 5)
TOMORROW = date(2025, 10, 6)
DAY = timedelta(days=1)


def told(name: str, **fields: Any) -> Report:
    """An ambush at Kwala without a day, told an hour ago by a source of its own."""
    defaults: dict[str, Any] = {"id": name, "source_id": name, "event_date": None, "title": name}
    return report(**(defaults | {"location": Atlas.load().locate(places=["kwala"])} | fields))


def later(name: str, after: timedelta, **fields: Any) -> Report:
    """The same, told `after` the first word."""
    return told(name, **({"published_at": NOW - timedelta(hours=1) + after, "fetched_at": NOW + after} | fields))


def taken_in(one: Report, atlas: Atlas, *known: Incident) -> Change:
    numbers = (f"{number:04d}" for number in count(len(known) + 1))
    (change,) = absorb([one], into=Known.of(known, atlas), new_id=lambda: next(numbers), now=one.fetched_at)
    return change


def known_of(atlas: Atlas, *reports: Report) -> Incident:
    incident = taken_in(reports[0], atlas).incident
    for one in reports[1:]:
        incident = taken_in(one, atlas, incident).incident
    return announce(incident)


ANOTHER = [
    pytest.param({"event_date": TODAY}, {"event_date": TOMORROW}, id="each its day"),
    pytest.param({}, {"event_date": TOMORROW}, id="a day after the first word"),
    pytest.param({"fatalities": 3}, {"event_date": TOMORROW, "fatalities": 3}, id="as few dead prove nothing"),
    pytest.param({}, {"another": True}, id="called a new one"),
    pytest.param({"event_types": (EventType.IED,)}, {"event_types": (EventType.IED,), "another": True}, id="a mine"),
]


@pytest.mark.parametrize(("first", "second"), ANOTHER)
def test_an_attack_of_the_next_day_is_announced(first: dict[str, Any], second: dict[str, Any], atlas: Atlas):
    known = known_of(atlas, told("paper", **first))

    change = taken_in(later("radio", DAY, **second), atlas, known)

    assert change.kind is ChangeKind.NEW


@pytest.mark.parametrize(("first", "second"), ANOTHER)
def test_grouping_tells_them_apart_as_well(first: dict[str, Any], second: dict[str, Any], atlas: Atlas):
    assert len(group([told("paper", **first), later("radio", DAY, **second)], atlas=atlas, now=NOW + DAY)) == 2


def test_an_evening_is_not_told_of_in_the_morning(atlas: Atlas):
    known = known_of(atlas, told("paper", event_date=TODAY, day_part=DayPart.MORNING))
    evening = later("radio", timedelta(hours=12), event_date=TODAY, day_part=DayPart.EVENING)

    assert taken_in(evening, atlas, known).kind is ChangeKind.NEW


def test_what_was_told_before_the_day_of_an_incident_is_not_of_it(atlas: Atlas):
    known = known_of(atlas, later("radio", DAY, event_date=TOMORROW))

    assert taken_in(told("paper"), atlas, known).kind is ChangeKind.NEW


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({"event_date": TODAY}, {"event_date": TODAY}, id="its day"),
        pytest.param({"fatalities": 3}, {"fatalities": 3}, id="no day, as many dead"),
        pytest.param({"fatalities": 6}, {"fatalities": 9, "recount": True}, id="no day, the toll has risen"),
        pytest.param({"days": ("sunday",)}, {"days": ("sunday",)}, id="its weekday"),
        pytest.param({"event_date": TODAY}, {"event_date": TODAY, "another": True}, id="its day, called a new one"),
        pytest.param(
            {"title": "Embuscade contre un car à Kwala dans l'ouest"},
            {"title": "Embuscade contre un car à Kwala dans l'ouest"},
            id="reprinted",
        ),
    ],
)
def test_a_later_telling_of_it_joins_and_is_not_told_again(first: dict[str, Any], second: dict[str, Any], atlas: Atlas):
    known = known_of(atlas, told("paper", **first))

    change = taken_in(later("radio", DAY, **second), atlas, known)

    assert change.incident.id == known.id
    assert change.kind is not ChangeKind.AGAIN


@pytest.mark.parametrize("count_of", [{"fatalities": 6}, {"vehicles_destroyed": 4}])
def test_a_later_day_with_the_very_count_may_be_misread_so_it_joins_and_is_told_again(
    count_of: dict[str, int], atlas: Atlas
):
    known = known_of(atlas, told("paper", event_date=TODAY, **count_of))

    change = taken_in(later("radio", DAY, event_date=TOMORROW, **count_of), atlas, known)

    assert (change.incident.id, change.kind) == (known.id, ChangeKind.AGAIN)


def test_a_late_word_without_a_day_is_told_again_and_confirms_nothing(atlas: Atlas):
    known = known_of(atlas, told("paper", title="Attaque d'un bus à Kwala"))

    change = taken_in(later("radio", DAY, title="Un camion de bétail attaqué à Kwala"), atlas, known)

    assert change.kind is ChangeKind.AGAIN
    assert change.incident.id == known.id
    assert change.incident.trust is Trust.PROBABLE


def test_the_same_word_some_hours_later_confirms_it(atlas: Atlas):
    known = known_of(atlas, told("paper"))

    change = taken_in(later("radio", timedelta(hours=6)), atlas, known)

    assert change.kind is ChangeKind.SURER
    assert change.incident.trust is Trust.CONFIRMED


def test_what_follows_the_late_word_soon_is_not_told_a_third_time(atlas: Atlas):
    known = known_of(atlas, told("paper"), later("radio", DAY))

    change = taken_in(later("wire", DAY + timedelta(hours=2)), atlas, known)

    assert change.kind is not ChangeKind.AGAIN


def test_the_late_word_of_a_bad_source_wakes_nobody(atlas: Atlas):
    known = known_of(atlas, told("paper"))

    assert taken_in(later("rumour", DAY, grade="E"), atlas, known).kind is not ChangeKind.AGAIN
    assert taken_in(later("rumour", DAY, held="convoy: demain"), atlas, known).kind is not ChangeKind.AGAIN


def test_attacks_every_other_day_are_no_single_one(atlas: Atlas):
    reports = [later(f"source {number}", number * 2 * DAY) for number in range(4)]

    assert len(group(reports, atlas=atlas, now=NOW + 6 * DAY)) == 2


def test_a_blockade_told_of_every_day_is_one(atlas: Atlas):
    blockade = {"event_types": (EventType.BLOCKADE,)}
    known = known_of(atlas, told("paper", **blockade))

    change = taken_in(later("radio", DAY, event_date=TOMORROW, another=True, **blockade), atlas, known)

    assert change.incident.id == known.id


def test_a_day_to_come_is_misread_and_parts_nothing(atlas: Atlas):
    known = known_of(atlas, told("paper", event_date=TODAY))

    assert taken_in(told("radio", event_date=TOMORROW), atlas, known).incident.id == known.id


def test_a_day_without_an_hour_may_be_all_of_it(atlas: Atlas):
    midnight = datetime(2025, 10, 5, tzinfo=NOW.tzinfo)
    known = known_of(atlas, told("paper", published_at=midnight))
    morning = told("radio", event_date=TODAY, day_part=DayPart.MORNING)

    assert taken_in(morning, atlas, known).incident.id == known.id


@pytest.mark.parametrize(
    ("fields", "after"),
    [
        pytest.param({"event_date": TOMORROW}, DAY, id="a later day"),
        pytest.param({"event_date": TOMORROW, "fatalities": 6}, DAY, id="a later day, as many dead"),
        pytest.param({}, DAY, id="no day, the next day"),
    ],
)
def test_an_attack_after_one_was_taken_back_is_announced(fields: dict[str, Any], after: timedelta, atlas: Atlas):
    known = known_of(atlas, told("paper", event_date=TODAY, fatalities=6))
    gone = retract(known, reason=RetractionReason.FALSE, now=NOW).incident

    assert taken_in(later("radio", after, **fields), atlas, gone).kind is ChangeKind.NEW


@pytest.mark.parametrize(
    ("fields", "after"),
    [
        pytest.param({}, timedelta(hours=6), id="soon"),
        pytest.param({"fatalities": 6}, DAY, id="as many dead"),
        pytest.param({"event_date": TODAY}, DAY, id="its day"),
    ],
)
def test_what_was_taken_back_stays_so_when_it_is_told_again(fields: dict[str, Any], after: timedelta, atlas: Atlas):
    known = known_of(atlas, told("paper", event_date=TODAY, fatalities=6))
    gone = retract(known, reason=RetractionReason.FALSE, now=NOW).incident

    assert taken_in(later("radio", after, **fields), atlas, gone).incident.id == gone.id


def test_tellings_of_what_was_taken_back_do_not_put_off_that_hour(atlas: Atlas):
    gone = retract(known_of(atlas, told("paper")), reason=RetractionReason.FALSE, now=NOW).incident
    for hours in (8, 16):
        gone = taken_in(later(f"after {hours}", timedelta(hours=hours)), atlas, gone).incident

    assert taken_in(later("radio", DAY), atlas, replace(gone)).kind is ChangeKind.NEW

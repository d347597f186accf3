"""Does each report find its incident, and does the change say what a reader would notice?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.geography.atlas import Atlas
from alerts.incidents.absorb import absorb
from alerts.incidents.known import Known
from alerts.incidents.life import amend, announce, approve, retract
from alerts.incidents.model import (
    ByHand,
    Change,
    ChangeKind,
    Credibility,
    DayPart,
    Incident,
    Report,
    RetractionReason,
    Severity,
    SourceKind,
    Status,
    Trust,
    Vehicles,
)
from alerts.incidents.picture import first_picture, redrawn
from alerts.reading.model import EventType
from tests.support.builders import NOW, report

ATLAS = Atlas.load()
KWALA = ATLAS.locate(places=["kwala"])
LEG = ATLAS.locate(leg=("kwala", "didieni"))
RN16_STRETCH = ATLAS.locate(leg=("douentza", "boni"))
BAMAKO = ATLAS.locate(places=["bamako"])
NOWHERE = ATLAS.locate()


def told(name: str, **fields: Any) -> Report:
    """An ambush at Kwala, told by a source of its own."""
    defaults: dict[str, Any] = {"source_id": name, "location": KWALA, "title": ""}
    return report(**(defaults | {"id": name} | fields))


def taken_in(*reports: Report, into: Sequence[Incident] = ()) -> tuple[Change, ...]:
    numbers = (f"{number:04d}" for number in count(len(into) + 1))
    return absorb(reports, into=Known.of(into, ATLAS), new_id=lambda: next(numbers), now=NOW)


def incident_of(*reports: Report) -> Incident:
    (change,) = taken_in(*reports)
    return change.incident


def blockade(**fields: Any) -> Incident:
    return incident_of(told("paper", event_types=(EventType.BLOCKADE,), location=RN16_STRETCH, **fields))


def reopening(name: str = "radio", **fields: Any) -> Report:
    defaults: dict[str, Any] = {
        "event_types": (EventType.ESCORT_OR_REOPENING,),
        "location": RN16_STRETCH,
        "reopens": True,
        "published_at": NOW,
    }
    return told(name, **(defaults | fields))


def test_a_first_report_makes_an_incident():
    (change,) = taken_in(told("paper", grade="B"))

    assert change.kind is ChangeKind.NEW
    assert change.before is None
    assert change.incident.version == 1
    assert change.incident.trust is Trust.PROBABLE
    assert not change.incident.announced


def test_the_same_news_is_told_once():
    known = incident_of(told("paper"))

    assert taken_in(told("paper"), into=[known]) == ()
    assert taken_in(told("paper"), told("paper"), into=[known]) == ()


def test_an_edited_report_takes_the_place_of_the_earlier_one():
    known = incident_of(told("paper", vehicles=(Vehicles.TRUCKS,)))

    (change,) = taken_in(told("paper", vehicles=(Vehicles.TRUCKS, Vehicles.BUSES)), into=[known])

    assert change.kind is ChangeKind.DETAIL
    assert change.incident.vehicles == (Vehicles.TRUCKS, Vehicles.BUSES)
    assert len(change.incident.reports) == 1
    assert change.incident.version == known.version + 1


def test_a_correction_of_the_place_moves_the_incident():
    known = incident_of(told("paper"))

    (change,) = taken_in(told("paper", location=BAMAKO), into=[known])

    assert change.incident.location == BAMAKO


def test_an_edit_makes_nothing_less_grave_and_brings_nothing_retracted_back():
    grave = incident_of(told("paper", fatalities=40))
    gone = retract(grave, reason=RetractionReason.FALSE, now=NOW).incident

    (milder,) = taken_in(told("paper", fatalities=1), into=[grave])
    (still_gone,) = taken_in(told("paper", fatalities=50), into=[gone])

    assert milder.incident.severity is grave.severity
    assert still_gone.incident.status is Status.RETRACTED


def test_fetching_a_report_again_is_no_edit():
    known = incident_of(told("paper"))

    assert taken_in(told("paper", fetched_at=NOW + timedelta(hours=1), held="convoy: demain"), into=[known]) == ()


def test_an_edit_that_may_help_an_attacker_is_held():
    known = incident_of(told("paper"))

    (change,) = taken_in(told("paper", vehicles=(Vehicles.TANKERS,), held="convoy: demain"), into=[known])

    assert change.incident.held == "convoy: demain"


@pytest.mark.parametrize(
    ("known", "fields", "same"),
    [
        pytest.param((EventType.IED,), {"event_types": (EventType.AIRSTRIKE,)}, True, id="a bombing, a mine"),
        pytest.param(
            (EventType.IED,),
            {"event_types": (EventType.AIRSTRIKE,), "event_date": date(2025, 10, 8)},
            False,
            id="an air strike three days later",
        ),
        pytest.param(
            (EventType.IED,),
            {"event_types": (EventType.AIRSTRIKE,), "location": LEG},
            False,
            id="a bombing somewhere on the leg",
        ),
        pytest.param((EventType.ACCIDENT,), {"fatalities": 9}, True, id="the same nine dead, that day"),
        pytest.param((EventType.ACCIDENT,), {"fatalities": 3}, False, id="another toll, another kind"),
        pytest.param(
            (EventType.TOWN_ATTACK, EventType.BORDER_CLOSED),
            {"event_types": (EventType.BORDER_CLOSED,), "event_date": date(2025, 10, 7)},
            True,
            id="the closure that an attack led to, told on",
        ),
        pytest.param(
            (EventType.STRIKE_PROTEST,), {"event_types": (EventType.ROAD_CLOSED,)}, True, id="a strike closes a road"
        ),
        pytest.param(
            (EventType.FUEL_ARRIVAL,), {"event_types": (EventType.ESCORT_OR_REOPENING,)}, True, id="an escorted arrival"
        ),
        pytest.param((EventType.FLOOD,), {"event_types": (EventType.ACCIDENT,)}, False, id="a flood is no accident"),
    ],
)
def test_one_event_may_be_told_as_another_kind(
    known: tuple[EventType, ...],
    fields: dict[str, Any],
    same: bool,  # noqa: FBT001 - a table's column
):
    first = incident_of(told("paper", event_types=known, fatalities=9))

    (change,) = taken_in(told("radio", **fields), into=[first])

    assert (change.incident.id == first.id) is same


def test_an_arrival_of_fuel_on_another_weekday_is_another_one():
    undated = {"event_types": (EventType.FUEL_ARRIVAL,), "location": BAMAKO, "event_date": None, "published_at": None}
    saturday = incident_of(told("paper", days=("saturday",), **undated))

    (again,) = taken_in(told("radio", days=("saturday",), **undated), into=[saturday])
    (other,) = taken_in(told("agency", days=("tuesday",), **undated), into=[saturday])

    assert again.incident.id == saturday.id
    assert other.incident.id != saturday.id


def test_a_ban_on_fuel_imports_is_one_wherever_its_effect_is_told():
    ban = {"event_types": (EventType.FUEL_IMPORT_BAN,)}
    country = incident_of(told("paper", location=ATLAS.locate(), event_date=date(2025, 10, 3), **ban))

    (change,) = taken_in(told("radio", location=KWALA, event_date=None, **ban), into=[country])

    assert change.incident.id == country.id


def test_a_racket_that_goes_on_is_one():
    racket = {"event_types": (EventType.CHECKPOINT_EXTORTION,), "event_date": None}
    known = incident_of(told("paper", **racket))

    (change,) = taken_in(told("radio", published_at=NOW + timedelta(days=2), **racket), into=[known])

    assert change.incident.id == known.id


def test_a_second_source_confirms():
    known = incident_of(told("paper"))

    (change,) = taken_in(told("radio"), into=[known])

    assert change.kind is ChangeKind.SURER
    assert change.before == known
    assert change.incident.version == 2
    assert change.incident.credibility is Credibility.CONFIRMED


def test_a_reprint_confirms_nothing():
    known = incident_of(told("paper", origin="afp"))

    (change,) = taken_in(told("radio", origin="afp"), into=[known])

    assert change.kind is ChangeKind.REPEATED
    assert change.incident.trust is Trust.PROBABLE


def test_several_reports_in_one_read_make_one_change_from_what_was_stored():
    known = incident_of(told("paper"))

    (change,) = taken_in(told("radio"), told("agency", fatalities=12), into=[known])

    assert change.before == known
    assert change.incident.version == known.version + 1
    assert len(change.incident.reports) == 3


@pytest.mark.parametrize(
    ("fields", "same"),
    [
        pytest.param({"event_date": date(2025, 10, 5)}, True, id="the same day"),
        pytest.param({"event_date": date(2025, 10, 4)}, True, id="the day before"),
        pytest.param({"event_date": date(2025, 10, 8)}, False, id="three days later it is another attack"),
        pytest.param({"event_date": None}, True, id="no date, published the same day"),
        pytest.param({"event_date": None, "published_at": NOW + timedelta(days=6)}, False, id="no date, a week later"),
        pytest.param({"location": LEG}, True, id="the leg instead of the town"),
        pytest.param({"location": ATLAS.locate(places=["sandare"])}, False, id="a town far off"),
        pytest.param({"location": ATLAS.locate(roads=["RN1"])}, True, id="just the road, on that day"),
        pytest.param({"location": ATLAS.locate(roads=["RN1"]), "fatalities": 40}, False, id="just the road, many dead"),
        pytest.param(
            {"location": ATLAS.locate(roads=["RN1"]), "event_date": date(2025, 10, 3)},
            False,
            id="just the road, earlier",
        ),
        pytest.param({"location": ATLAS.locate(leg=("sebabougou", "dioumara"))}, False, id="the next leg, that day"),
        pytest.param({"location": ATLAS.locate(roads=["RN3"]), "fatalities": 7}, True, id="the road and the dead"),
        pytest.param({"event_types": (EventType.VEHICLE_BURNING,)}, True, id="another word for it"),
        pytest.param({"event_types": (EventType.KIDNAPPING,)}, False, id="a kidnapping alone"),
        pytest.param(
            {"event_types": (EventType.KIDNAPPING, EventType.AMBUSH), "event_date": date(2025, 10, 6)},
            False,
            id="the kidnapping named beside an ambush, next day",
        ),
        pytest.param({"event_date": date(2025, 10, 6), "another": True}, False, id="a new attack on the next day"),
        pytest.param({"event_date": date(2025, 10, 7), "fatalities": 40}, False, id="two days off and another toll"),
        pytest.param(
            {"event_date": None, "published_at": NOW + timedelta(days=5), "fatalities": 7},
            True,
            id="no date, within the week, the same toll",
        ),
        pytest.param(
            {"event_date": None, "published_at": NOW + timedelta(days=5), "fatalities": 7, "another": True},
            False,
            id="no date, within the week, the same toll, but a new attack",
        ),
        pytest.param(
            {"event_date": None, "published_at": NOW + timedelta(days=5), "days": ("sunday",)},
            True,
            id="no date, within the week, the same Sunday",
        ),
        pytest.param({"event_types": (EventType.ACCIDENT,)}, False, id="an accident is no ambush"),
        pytest.param({"event_types": (EventType.STRIKE_PROTEST,)}, False, id="a strike is no ambush"),
        pytest.param(
            {"event_types": (EventType.KIDNAPPING, EventType.AMBUSH)}, True, id="the kidnapping named beside an ambush"
        ),
    ],
)
def test_which_incident_a_report_tells_of(fields: dict[str, Any], same: bool):  # noqa: FBT001 - a table's column
    known = incident_of(told("paper", fatalities=7))

    (change,) = taken_in(told("radio", **fields), into=[known])

    assert (change.incident.id == known.id) is same


LONG_LEG = ATLAS.locate(places=["kayes", "diema"], leg=("kayes", "diema"))


@pytest.mark.parametrize(
    ("kind", "same"),
    [
        pytest.param(EventType.FLOOD, False, id="the water of another town, compared"),
        pytest.param(EventType.FUEL_SHORTAGE, False, id="the dry pumps of another town, compared"),
        pytest.param(EventType.BLOCKADE, True, id="a blockade of both"),
    ],
)
def test_the_water_or_want_of_a_town_that_another_is_compared_with_is_its_own(kind: EventType, same: bool):  # noqa: FBT001 - as above
    state = {"event_types": (kind,), "event_date": None}
    known = incident_of(told("paper", location=ATLAS.locate(places=["kayes"]), **state))
    both = ATLAS.locate(places=["bafoulabe", "kayes"])

    (change,) = taken_in(told("radio", location=both, published_at=NOW - timedelta(days=3), **state), into=[known])

    assert (change.incident.id == known.id) is same


@pytest.mark.parametrize(("company", "same"), [("company_sonef", True), ("company_rimbo", False)])
def test_a_line_of_another_company_is_another(company: str, same: bool):  # noqa: FBT001 - as above
    resumed = {"event_types": (EventType.ESCORT_OR_REOPENING,), "location": NOWHERE}
    known = incident_of(told("paper", people=("company_sonef",), **resumed))

    (change,) = taken_in(told("radio", people=(company,), **resumed), into=[known])

    assert (change.incident.id == known.id) is same


def test_a_mine_days_after_a_bridge_was_blown_up_is_another_event_even_where_the_bridge_stands_first():
    kinds = (EventType.BRIDGE_OUT, EventType.IED)
    known = incident_of(told("paper", event_types=kinds, event_date=date(2025, 10, 3)))

    (change,) = taken_in(told("radio", event_types=kinds, another=True), into=[known])

    assert change.incident.id != known.id


ZEGOUA, DIBOLI = ATLAS.locate(places=["zegoua"]), ATLAS.locate(places=["diboli"])
CUSTOMS_STRIKE = {"event_types": (EventType.STRIKE_PROTEST,), "people": ("customs", "striking_customs")}


def test_a_strike_all_over_the_country_is_one_and_warns_every_town_that_tells_of_it():
    known = incident_of(told("paper", location=ZEGOUA, **CUSTOMS_STRIKE))

    (change,) = taken_in(told("radio", location=DIBOLI, event_date=date(2025, 10, 6), **CUSTOMS_STRIKE), into=[known])

    assert change.incident.id == known.id
    assert set(change.incident.location.places) == {"zegoua", "diboli"}
    assert set(change.incident.location.roads) == {*ZEGOUA.roads, *DIBOLI.roads}


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"people": ("customs",)}, id="of a trade that strikes town by town"),
        pytest.param({"event_date": date(2025, 8, 5), "published_at": NOW - timedelta(days=60)}, id="of months ago"),
    ],
)
def test_another_strike_far_away_is_another(fields: dict[str, Any]):
    known = incident_of(told("paper", location=ZEGOUA, **CUSTOMS_STRIKE))

    (change,) = taken_in(told("radio", location=DIBOLI, **(CUSTOMS_STRIKE | fields)), into=[known])

    assert change.incident.id != known.id


@pytest.mark.parametrize(
    ("fields", "same"),
    [
        pytest.param({}, True, id="the same two ends"),
        pytest.param({"location": ATLAS.locate(leg=("diema", "kayes"))}, True, id="from the other end"),
        pytest.param({"event_types": (EventType.VEHICLE_BURNING,)}, True, id="another word for it"),
        pytest.param({"event_date": None}, True, id="no date, published that day"),
        pytest.param({"event_date": date(2025, 10, 3)}, False, id="two days earlier, somewhere on 260 km"),
        pytest.param({"event_types": (EventType.ACCIDENT,)}, False, id="an accident is no ambush"),
        pytest.param({"location": ATLAS.locate(leg=("kayes", "kita"))}, False, id="another way out of Kayes"),
    ],
)
def test_two_reports_between_the_same_far_ends_on_one_day_are_one_event(fields: dict[str, Any], same: bool):  # noqa: FBT001 - a table's column
    known = incident_of(told("paper", location=LONG_LEG))

    (change,) = taken_in(told("radio", **({"location": LONG_LEG} | fields)), into=[known])

    assert (change.incident.id == known.id) is same


def test_a_blockade_between_far_ends_told_again_next_week_is_the_same():
    state = {"event_types": (EventType.BLOCKADE,), "location": LONG_LEG}
    known = incident_of(told("paper", **state))

    later = told("radio", published_at=NOW + timedelta(days=7), event_date=date(2025, 10, 12), **state)
    (change,) = taken_in(later, into=[known])

    assert change.incident.id == known.id


def test_an_undated_telling_finds_the_day_it_names():
    known = incident_of(told("paper", event_date=date(2025, 2, 7), published_at=None))

    (change,) = taken_in(told("radio", event_date=None, published_at=None, days=("02-07",)), into=[known])
    (other,) = taken_in(told("wire", event_date=None, published_at=None, days=("02-19",)), into=[known])

    assert change.incident.id == known.id
    assert other.incident.id != known.id


@pytest.mark.parametrize(
    ("fields", "same"),
    [
        pytest.param({"fatalities": 25}, True, id="that day, as many dead"),
        pytest.param({"fatalities": 12}, False, id="other figures"),
        pytest.param({}, False, id="no figures"),
        pytest.param({"fatalities": 25, "event_date": date(2025, 10, 3)}, False, id="another day"),
        pytest.param({"fatalities": 25, "event_types": (EventType.IED,)}, True, id="another word for it"),
        pytest.param({"fatalities": 25, "event_types": (EventType.FLOOD,)}, False, id="another kind"),
        pytest.param({"numbers": (110,), "mentioned": ("kwala",)}, True, id="the place in passing, as many captives"),
        pytest.param({"numbers": (110,), "mentioned": ("region-nara",)}, False, id="only a region in passing"),
    ],
)
def test_a_telling_without_a_place_must_agree_in_all_else(fields: dict[str, Any], same: bool):  # noqa: FBT001 - a table's column
    known = incident_of(told("paper", fatalities=25, numbers=(110,)))

    (change,) = taken_in(told("radio", location=ATLAS.locate(), **fields), into=[known])

    assert (change.incident.id == known.id) is same


def test_of_two_incidents_the_one_of_that_very_day_takes_the_report():
    saturday, sunday = (
        replace(incident_of(told(name, event_date=day)), id=name)
        for name, day in (("saturday", date(2025, 10, 3)), ("sunday", date(2025, 10, 5)))
    )

    (change,) = taken_in(told("radio", event_date=date(2025, 10, 5)), into=[saturday, sunday])

    assert change.incident.id == "sunday"


def test_many_dead_make_it_worse():
    known = incident_of(told("paper"))

    (change,) = taken_in(told("paper-later", source_id="paper", fatalities=25), into=[known])

    assert change.kind is ChangeKind.WORSE
    assert change.incident.severity is Severity.EXTREME


def test_figures_that_differ_stay_side_by_side_and_gravity_never_falls():
    known = incident_of(told("paper", fatalities=25))

    (change,) = taken_in(told("radio", fatalities=13), into=[known])

    assert [one.fatalities for one in change.incident.reports] == [25, 13]
    assert change.incident.severity is Severity.EXTREME


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        pytest.param({"location": LEG}, ChangeKind.REPEATED, id="a leg is less exact than the town"),
        pytest.param({"day_part": DayPart.MORNING}, ChangeKind.DETAIL, id="the part of the day"),
        pytest.param({"vehicles": (Vehicles.BUSES,)}, ChangeKind.DETAIL, id="the traffic hit"),
        pytest.param({"fatalities": 3}, ChangeKind.REPEATED, id="a figure that readers are not told"),
    ],
)
def test_a_small_change_is_told_from_a_repetition(fields: dict[str, Any], kind: ChangeKind):
    known = incident_of(told("paper", origin="afp"))

    (change,) = taken_in(told("radio", origin="afp", **fields), into=[known])

    assert change.kind is kind


def test_a_more_exact_place_takes_over():
    known = incident_of(told("paper", location=LEG))

    (change,) = taken_in(told("radio", location=KWALA), into=[known])

    assert change.incident.location == KWALA


def test_a_held_report_adds_nothing_to_what_readers_are_told():
    known = incident_of(told("paper", held="a coming convoy", fatalities=25, vehicles=(Vehicles.TANKERS,)))
    assert known.held is not None

    (change,) = taken_in(told("radio", grade="C"), into=[known])

    assert change.incident.held is None
    assert change.incident.credibility is Credibility.POSSIBLE
    assert change.incident.vehicles == ()


def test_a_reopening_lifts_the_blockade_and_is_no_new_event():
    known = blockade()

    (change,) = taken_in(reopening(), into=[known])

    assert change.kind is ChangeKind.LIFTED
    assert change.incident.id == known.id
    assert change.incident.status is Status.LIFTED
    assert change.incident.lifted_by is SourceKind.PRESS
    assert change.incident.event_type is EventType.BLOCKADE


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"reopens": False}, id="an escort that got through"),
        pytest.param({"location": ATLAS.locate(places=["kayes"])}, id="elsewhere"),
        pytest.param({"location": ATLAS.locate(leg=("boni", "hombori"))}, id="the next stretch"),
        pytest.param({"published_at": NOW - timedelta(days=9)}, id="before the blockade was told"),
        pytest.param({"event_date": date(2025, 9, 20)}, id="of a day before the blockade"),
        pytest.param({"grade": "E"}, id="a doubtful source"),
        pytest.param({"held": "a coming convoy"}, id="held for an admin"),
    ],
)
def test_a_blockade_is_not_lifted_by(fields: dict[str, Any]):
    known = blockade()

    changes = taken_in(reopening(**fields), into=[known])

    assert all(change.incident.status is Status.ACTIVE for change in changes)


@pytest.mark.parametrize(
    ("held", "status"), [(None, Status.LIFTED), ("supply: 82 citernes sont arrivées", Status.ACTIVE)]
)
def test_a_shortage_ends_with_fuel_on_sale_and_not_with_tankers_that_came(held: str | None, status: Status):
    town = ATLAS.locate(places=["mopti"])
    short = incident_of(told("paper", event_types=(EventType.FUEL_SHORTAGE,), location=town))
    end = told("radio", event_types=(EventType.FUEL_ARRIVAL,), location=town, held=held, published_at=NOW)

    changes = taken_in(end, into=[short])

    assert {change.incident.status for change in changes} == {status}
    assert [change.incident.id == short.id for change in changes] == [held is None]


@pytest.mark.parametrize(
    "where",
    [
        pytest.param({"leg": ("sevare", "gao")}, id="a longer stretch"),
        pytest.param({"roads": ["RN16"]}, id="the whole road"),
    ],
)
def test_what_reopens_as_a_whole_reopens_in_every_part(where: dict[str, Any]):
    (change,) = taken_in(reopening(location=ATLAS.locate(**where)), into=[blockade()])

    assert change.kind is ChangeKind.LIFTED


BARRED = {
    "two towns": ATLAS.locate(places=["kayes", "nioro-du-sahel"]),
    "two bridges": ATLAS.locate(places=["gossi", "tassiga"]),
    "two stretches": ATLAS.locate(places=["sevare", "bandiagara", "bankass"], leg=("bandiagara", "bankass")),
    "two roads": ATLAS.locate(places=["bamako", "segou", "sikasso"], leg=("bamako", "sikasso")),
}


@pytest.mark.parametrize(
    ("barred", "named"),
    [
        ("two towns", {"places": ["kayes"]}),
        ("two bridges", {"places": ["gossi"]}),
        ("two stretches", {"places": ["sevare", "bandiagara"], "leg": ("sevare", "bandiagara")}),
        ("two stretches", {"places": ["bandiagara", "bankass"], "leg": ("bandiagara", "bankass")}),
        ("two roads", {"places": ["bamako", "sikasso"], "leg": ("bamako", "sikasso")}),
    ],
)
def test_an_end_lifts_only_what_it_names(barred: str, named: dict[str, Any]):
    known = incident_of(told("paper", event_types=(EventType.BLOCKADE,), location=BARRED[barred]))

    (change,) = taken_in(reopening(location=ATLAS.locate(**named)), into=[known])

    assert (change.kind, change.incident.id) == (ChangeKind.NEW, "0002")
    assert change.incident.status is Status.ACTIVE


@pytest.mark.parametrize("barred", BARRED)
def test_an_end_of_all_that_was_barred_lifts_it_at_once(barred: str):
    known = incident_of(told("paper", event_types=(EventType.BLOCKADE,), location=BARRED[barred]))

    (change,) = taken_in(reopening(location=BARRED[barred]), into=[known])

    assert (change.kind, change.incident.id) == (ChangeKind.LIFTED, known.id)


def test_the_grade_of_a_lifting_is_that_of_who_announced_it():
    known = incident_of(
        *(told(name, event_types=(EventType.BLOCKADE,), location=RN16_STRETCH) for name in ("paper", "radio"))
    )
    assert known.trust is Trust.CONFIRMED

    (change,) = taken_in(reopening("wire", grade="B"), into=[known])
    (again,) = taken_in(reopening("agency", grade="B"), into=[change.incident])

    assert change.incident.trust is Trust.PROBABLE
    assert again.incident.trust is Trust.CONFIRMED
    assert again.incident.status is Status.LIFTED


def test_a_reopening_never_lifts_an_attack():
    known = incident_of(told("paper", location=RN16_STRETCH))

    (change,) = taken_in(reopening(), into=[known])

    assert change.incident.id != known.id


def test_fuel_on_sale_lifts_a_shortage():
    known = incident_of(told("paper", event_types=(EventType.FUEL_SHORTAGE,), location=BAMAKO))

    (change,) = taken_in(
        told("radio", event_types=(EventType.FUEL_ARRIVAL,), location=BAMAKO, published_at=NOW), into=[known]
    )

    assert change.kind is ChangeKind.LIFTED


def test_a_blockade_told_again_after_its_lifting_is_a_new_one():
    (lifted,) = taken_in(reopening(), into=[blockade()])
    later = {"published_at": NOW + timedelta(days=1), "event_date": date(2025, 10, 6)}

    (change,) = taken_in(
        told("wire", event_types=(EventType.BLOCKADE,), location=RN16_STRETCH, **later), into=[lifted.incident]
    )

    assert change.kind is ChangeKind.NEW


def test_an_old_telling_does_not_bring_a_lifted_blockade_back():
    (lifted,) = taken_in(reopening(), into=[blockade()])

    (change,) = taken_in(told("wire", event_types=(EventType.BLOCKADE,), location=RN16_STRETCH), into=[lifted.incident])

    assert change.kind is ChangeKind.REPEATED
    assert change.incident.status is Status.LIFTED


def test_a_blockade_told_again_next_week_is_the_same():
    later = {"published_at": NOW + timedelta(days=7), "event_date": None}
    known = blockade()

    (change,) = taken_in(told("wire", event_types=(EventType.BLOCKADE,), location=RN16_STRETCH, **later), into=[known])

    assert change.incident.id == known.id


def test_a_retracted_incident_stays_retracted():
    gone = retract(incident_of(told("paper", origin="afp")), reason=RetractionReason.WRONG_DATE, now=NOW).incident

    (change,) = taken_in(told("radio", origin="afp"), into=[gone])

    assert change.kind is ChangeKind.REPEATED
    assert change.incident.status is Status.RETRACTED
    assert change.incident.reports[-1].id == "radio"


def test_the_desk_notices_when_an_independent_source_tells_what_was_retracted():
    gone = retract(incident_of(told("paper")), reason=RetractionReason.WRONG_DATE, now=NOW).incident

    (change,) = taken_in(told("radio"), into=[gone])

    assert change.kind is ChangeKind.DETAIL
    assert change.incident.status is Status.RETRACTED


def test_an_admin_may_post_anew_what_was_retracted():
    gone = retract(incident_of(told("paper")), reason=RetractionReason.WRONG_PLACE, now=NOW).incident

    (change,) = taken_in(told("desk", admin_id=7), into=[gone])

    assert change.kind is ChangeKind.NEW


def test_what_an_admin_says_outweighs_the_papers():
    known = incident_of(told("paper"), told("radio"))

    (change,) = taken_in(told("desk", admin_id=7, event_types=(EventType.IED,), location=LEG), into=[known])

    assert change.incident.event_type is EventType.IED
    assert change.incident.location == LEG


IED, BURNING, CONVOY = EventType.IED, EventType.VEHICLE_BURNING, EventType.ATTACK_ON_CONVOY


@pytest.mark.parametrize(
    ("who", "fields", "same"),
    [
        pytest.param("desk", {"event_date": date(2025, 10, 7), "event_types": (IED,)}, False, id="desk: an ied later"),
        pytest.param("desk", {"event_date": date(2025, 10, 7)}, False, id="desk: two days later"),
        pytest.param("desk", {"event_date": date(2025, 10, 3)}, False, id="desk: two days earlier"),
        pytest.param("desk", {"event_date": date(2025, 10, 6), "event_types": (IED,)}, False, id="desk: ied next day"),
        pytest.param("desk", {"event_date": date(2025, 10, 6)}, True, id="desk: next day, the same type"),
        pytest.param(
            "desk", {"event_date": date(2025, 10, 6), "event_types": (BURNING,)}, True, id="desk: a part of it"
        ),
        pytest.param("desk", {"event_types": (IED,)}, True, id="desk: that day, another type"),
        pytest.param(
            "paper", {"event_date": date(2025, 10, 7), "event_types": (IED,)}, False, id="paper: an ied later"
        ),
        pytest.param("paper", {"event_date": date(2025, 10, 7)}, False, id="paper: two days later"),
        pytest.param(
            "paper", {"event_date": date(2025, 10, 6), "event_types": (IED,)}, False, id="paper: ied next day"
        ),
        pytest.param(
            "paper",
            {"event_date": date(2025, 10, 7), "event_types": (BURNING, CONVOY)},
            False,
            id="paper: two days later, the type beside another",
        ),
        pytest.param(
            "paper",
            {"event_date": date(2025, 10, 7), "days": ("sunday", "tuesday")},
            True,
            id="paper: two days off, naming that Sunday",
        ),
        pytest.param("paper", {"event_date": date(2025, 10, 6)}, True, id="paper: next day, the same type"),
        pytest.param(
            "paper",
            {"event_date": None, "published_at": NOW + timedelta(days=2), "event_types": (IED,)},
            True,
            id="no day",
        ),
    ],
)
def test_another_day_and_another_type_are_another_event(who: str, fields: dict[str, Any], same: bool):  # noqa: FBT001 - a table's column
    known = incident_of(told("wire", event_types=(CONVOY, BURNING)))
    by = {"admin_id": 7} if who == "desk" else {}

    (change,) = taken_in(told("second", **({"event_types": (CONVOY,)} | by | fields)), into=[known])

    assert (change.incident.id == known.id) is same


def test_the_desk_may_say_again_that_a_blockade_lasts():
    known = blockade()
    word = told("desk", admin_id=7, event_types=(EventType.BLOCKADE,), location=RN16_STRETCH)

    (change,) = taken_in(replace(word, event_date=date(2025, 10, 9)), into=[known])

    assert change.incident.id == known.id


def test_a_drill_takes_no_real_report_in():
    drill = replace(incident_of(told("paper")), exercise=True)

    (change,) = taken_in(told("radio"), into=[drill])

    assert change.kind is ChangeKind.NEW


def test_announced_stays_announced():
    known = announce(incident_of(told("paper")))

    (change,) = taken_in(told("radio"), into=[known])

    assert change.incident.announced


REPRINTS = tuple(
    told(f"outlet{number}", origin="afp", title="", published_at=NOW - timedelta(hours=number)) for number in range(5)
)
TELLINGS = (
    *REPRINTS[:3],
    told("other-day", event_date=date(2025, 10, 1)),
    told("blockade", event_types=(EventType.BLOCKADE,), location=RN16_STRETCH),
    reopening(),
    told("accident", event_types=(EventType.ACCIDENT,)),
)


@given(st.permutations(REPRINTS))
@settings(max_examples=40, deadline=None)
def test_reprints_in_any_order_make_one_incident(reports: list[Report]):
    (change,) = taken_in(*reports)

    assert change.kind is ChangeKind.NEW
    assert change.incident.trust is Trust.PROBABLE
    assert {one.id for one in change.incident.reports} == {one.id for one in REPRINTS}


@given(st.lists(st.sampled_from(TELLINGS), min_size=1, max_size=8))
@settings(max_examples=40, deadline=None)
def test_taking_the_same_in_twice_changes_nothing(reports: list[Report]):
    known = [change.incident for change in taken_in(*reports)]

    assert taken_in(*reports, into=known) == ()


@given(st.permutations(TELLINGS), st.integers(min_value=0, max_value=len(TELLINGS)))
@settings(max_examples=40, deadline=None)
def test_no_report_is_lost_and_none_is_counted_twice(reports: list[Report], cut: int):
    known = {change.incident.id: change.incident for change in taken_in(*reports[:cut])}
    known |= {change.incident.id: change.incident for change in taken_in(*reports[cut:], into=tuple(known.values()))}

    stored = [one.id for incident in known.values() for one in incident.reports]
    assert sorted(stored) == sorted(one.id for one in TELLINGS)


def types(*told: EventType) -> dict[str, Any]:
    return {"event_types": told}


UNDATED: dict[str, Any] = {"event_date": None, "published_at": None}
A_SUNDAY = date(2025, 10, 5)
BANDIAGARA = ATLAS.locate(places=["bandiagara"])
DOUENTZA_SEVARE = ATLAS.locate(places=["douentza", "sevare"], leg=("douentza", "sevare"))
SEVEN_PEACEKEEPERS: dict[str, Any] = {"fatalities": 7, "people": ("peacekeepers",)}
ON_THE_ROAD = SEVEN_PEACEKEEPERS | {"location": DOUENTZA_SEVARE}
NEAR_BANDIAGARA = SEVEN_PEACEKEEPERS | {"location": BANDIAGARA}
SIX_DAYS_ON: dict[str, Any] = {"event_date": None, "published_at": NOW + timedelta(days=6)}
ELEVEN_DAYS_ON: dict[str, Any] = {"event_date": None, "published_at": NOW + timedelta(days=11)}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(
            types(EventType.ATTACK_ON_CONVOY) | {"event_date": A_SUNDAY},
            types(EventType.ARMED_CLASH) | UNDATED | {"days": ("sunday",)},
            id="one weekday, one kind of event",
        ),
        pytest.param(
            types(EventType.ACCIDENT) | {"event_date": A_SUNDAY, "fatalities": 12},
            types(EventType.AMBUSH) | UNDATED | {"days": ("sunday",), "fatalities": 12},
            id="one weekday, one toll, taken for another kind",
        ),
        pytest.param(
            types(EventType.AMBUSH) | {"event_date": A_SUNDAY, "fatalities": 11},
            types(EventType.KIDNAPPING) | UNDATED | {"days": ("sunday",), "fatalities": 11, "location": NOWHERE},
            id="one weekday, one toll, no place",
        ),
        pytest.param(
            types(EventType.TOWN_ATTACK) | UNDATED | {"days": ("tuesday",)},
            types(EventType.BLOCKADE, EventType.TOWN_ATTACK) | UNDATED | {"days": ("tuesday",)},
            id="the state that an attack led to",
        ),
        pytest.param(
            types(EventType.FUEL_SHORTAGE, EventType.BLOCKADE) | {"event_date": None},
            types(EventType.ROAD_CLOSED) | UNDATED,
            id="cut off, and in want for it",
        ),
        pytest.param(
            types(EventType.VEHICLE_BURNING) | {"event_date": A_SUNDAY - timedelta(days=4), "vehicles_destroyed": 2},
            types(EventType.ROAD_CLOSED, EventType.VEHICLE_BURNING) | {"event_date": None, "vehicles_destroyed": 2},
            id="the road an attack closed, days later",
        ),
        pytest.param(
            types(EventType.AMBUSH, EventType.VEHICLE_BURNING) | UNDATED,
            types(EventType.VEHICLE_BURNING) | UNDATED,
            id="no day that could part them",
        ),
        pytest.param(
            types(EventType.AMBUSH) | UNDATED,
            types(EventType.AMBUSH) | UNDATED | {"days": ("monday",)},
            id="one type, and only one says a day",
        ),
        pytest.param(
            types(EventType.KIDNAPPING) | {"event_date": A_SUNDAY, "numbers": (6,), "people": ("senegalese",)},
            types(EventType.ACCIDENT)
            | UNDATED
            | {"days": ("sunday",), "numbers": (6,), "people": ("senegalese", "miners")},
            id="six Senegalese, whatever happened to them",
        ),
        pytest.param(
            types(EventType.AIRSTRIKE) | {"event_date": A_SUNDAY, "fatalities": 134},
            types(EventType.TOWN_ATTACK) | UNDATED | {"days": ("wednesday",), "fatalities": 157},
            id="a massacre, whose toll is given on another day",
        ),
        pytest.param(
            types(EventType.KIDNAPPING) | {"event_date": None, "fatalities": 100},
            types(EventType.TOWN_ATTACK) | UNDATED | {"days": ("10-04",), "fatalities": 132},
            id="a toll that rose, and the day before the first word",
        ),
        pytest.param(
            types(EventType.ATTACK_ON_CONVOY) | {"event_date": A_SUNDAY, "numbers": (15,)},
            types(EventType.ROAD_CLOSED) | {"event_date": A_SUNDAY, "numbers": (15,)},
            id="a road closed by as many wrecks",
        ),
        pytest.param(
            types(EventType.AMBUSH) | {"event_date": A_SUNDAY, "fatalities": 12},
            types(EventType.ATTACK_ON_CONVOY)
            | {"event_date": A_SUNDAY, "fatalities": 12, "location": ATLAS.locate(places=["banamba"])},
            id="another spot of the region, that day, with the very toll",
        ),
        pytest.param(
            types(EventType.FLOOD, EventType.BRIDGE_OUT, EventType.ROAD_CLOSED) | UNDATED,
            types(EventType.BRIDGE_OUT, EventType.FLOOD) | UNDATED | {"days": ("monday",)},
            id="two words for one damage",
        ),
        pytest.param(
            types(EventType.STRIKE_PROTEST) | UNDATED | {"days": ("monday",)},
            types(EventType.ESCORT_OR_REOPENING, EventType.STRIKE_PROTEST) | UNDATED | {"days": ("thursday",)},
            id="a strike and its end on another weekday",
        ),
        pytest.param(
            types(EventType.STRIKE_PROTEST) | UNDATED | {"days": ("monday",)},
            types(EventType.STRIKE_PROTEST) | UNDATED | {"days": ("tuesday",)},
            id="a strike on its second day",
        ),
        pytest.param(
            types(EventType.BLOCKADE) | {"event_date": A_SUNDAY - timedelta(days=3)},
            types(EventType.BLOCKADE) | UNDATED | {"days": ("10-06", "friday")},
            id="a blockade in which something happened on another weekday",
        ),
        pytest.param(
            types(EventType.ACCIDENT) | {"event_date": A_SUNDAY, "fatalities": 38},
            types(EventType.ACCIDENT) | UNDATED | {"days": ("wednesday",), "fatalities": 42},
            id="a toll that rose, and the weekday of the burial",
        ),
        pytest.param(
            types(EventType.ROAD_CLOSED) | {"published_at": None, "event_date": A_SUNDAY - timedelta(days=9)},
            types(EventType.BLOCKADE, EventType.ROAD_CLOSED) | {"event_date": None},
            id="a road that stays closed",
        ),
        pytest.param(
            types(EventType.FUEL_PRICE) | {"event_date": A_SUNDAY, "location": NOWHERE, "numbers": (875, 940)},
            types(EventType.FUEL_PRICE) | UNDATED | {"location": NOWHERE, "numbers": (875, 940)},
            id="one list of prices",
        ),
        pytest.param(
            types(EventType.TOWN_ATTACK) | {"event_date": A_SUNDAY},
            types(EventType.KIDNAPPING) | {"event_date": A_SUNDAY, "amid": True},
            id="people taken during the attack",
        ),
        pytest.param(
            types(EventType.FUEL_IMPORT_BAN) | {"event_date": None, "location": NOWHERE},
            types(EventType.FUEL_IMPORT_BAN) | ELEVEN_DAYS_ON | {"location": NOWHERE},
            id="a ban for the whole country, told again",
        ),
        pytest.param(
            types(EventType.FUEL_SHORTAGE) | {"event_date": None, "location": ATLAS.locate(places=["mopti"])},
            types(EventType.FUEL_SHORTAGE) | SIX_DAYS_ON | {"location": ATLAS.locate(places=["sevare"])},
            id="two towns that the same tankers serve",
        ),
        pytest.param(
            types(EventType.STRIKE_PROTEST, EventType.ROAD_CLOSED)
            | {"event_date": A_SUNDAY, "location": ATLAS.locate(places=["kayes"])},
            types(EventType.FUEL_SHORTAGE, EventType.ROAD_CLOSED)
            | {"event_date": None, "location": ATLAS.locate(leg=("bamako", "kayes"))},
            id="a road that people bar, and what it leads to",
        ),
        pytest.param(
            types(EventType.BLOCKADE) | {"event_date": None},
            types(EventType.BLOCKADE) | {"event_date": None, "published_at": NOW + timedelta(days=45)},
            id="a blockade told again after six weeks",
        ),
        pytest.param(
            types(EventType.AMBUSH) | {"event_date": A_SUNDAY, "fatalities": 1, "recount": True},
            types(EventType.AMBUSH) | {"event_date": A_SUNDAY, "fatalities": 9},
            id="a first count",
        ),
        pytest.param(
            types(EventType.TOWN_ATTACK) | {"event_date": A_SUNDAY, "fatalities": 21},
            types(EventType.TOWN_ATTACK) | UNDATED | {"days": ("10-06",), "fatalities": 31},
            id="one night, told by its other day",
        ),
        pytest.param(
            types(EventType.IED) | {"event_date": A_SUNDAY} | SEVEN_PEACEKEEPERS | {"location": BANDIAGARA},
            types(EventType.IED) | UNDATED | {"days": ("sunday",)} | SEVEN_PEACEKEEPERS | {"location": DOUENTZA_SEVARE},
            id="seven peacekeepers, by the region or by the road",
        ),
        pytest.param(
            types(EventType.IED) | {"event_date": A_SUNDAY} | ON_THE_ROAD | {"mentioned": ("region-bandiagara",)},
            types(EventType.IED) | UNDATED | NEAR_BANDIAGARA | {"mentioned": ("douentza",)},
            id="seven peacekeepers of no day, each naming the place of the other",
        ),
    ],
)
def test_other_words_for_one_event_find_it(first: dict[str, Any], second: dict[str, Any]):
    assert len(taken_in(told("paper", **first), told("radio", **second))) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(
            types(EventType.AMBUSH) | {"event_date": A_SUNDAY - timedelta(days=3)},
            types(EventType.AMBUSH) | {"event_date": A_SUNDAY},
            id="a second attack three days later",
        ),
        pytest.param(
            types(EventType.ACCIDENT) | {"event_date": A_SUNDAY, "fatalities": 2},
            types(EventType.AMBUSH) | UNDATED | {"days": ("sunday",), "fatalities": 2},
            id="another kind with a common toll",
        ),
        pytest.param(
            types(EventType.FLOOD) | {"event_date": A_SUNDAY},
            types(EventType.BLOCKADE, EventType.ROAD_CLOSED) | UNDATED,
            id="a flood and a blockade",
        ),
        pytest.param(
            types(EventType.STRIKE_PROTEST, EventType.CHECKPOINT_EXTORTION) | UNDATED,
            types(EventType.FUEL_SHORTAGE) | UNDATED,
            id="a strike and a shortage",
        ),
        pytest.param(
            types(EventType.TOWN_ATTACK) | UNDATED | {"days": ("sunday",)},
            types(EventType.TOWN_ATTACK)
            | UNDATED
            | {"days": ("sunday",), "location": ATLAS.locate(places=["kwala", "bamba", "lere"])},
            id="one weekday, and one of three towns far apart",
        ),
        pytest.param(
            types(EventType.ACCIDENT) | {"event_date": A_SUNDAY, "fatalities": 12},
            types(EventType.ACCIDENT) | {"event_date": A_SUNDAY + timedelta(days=2), "fatalities": 3},
            id="a second accident two days later",
        ),
        pytest.param(
            types(EventType.ACCIDENT) | UNDATED | {"days": ("sunday",), "fatalities": 2},
            types(EventType.ACCIDENT) | UNDATED | {"days": ("wednesday",), "fatalities": 2},
            id="two accidents on two weekdays, with few dead each",
        ),
        pytest.param(
            types(EventType.STRIKE_PROTEST) | UNDATED | {"days": ("monday",)},
            types(EventType.STRIKE_PROTEST) | UNDATED | {"days": ("friday",)},
            id="two strikes in a week",
        ),
        pytest.param(
            types(EventType.ATTACK_ON_CONVOY) | {"event_date": A_SUNDAY},
            types(EventType.AIRSTRIKE, EventType.ATTACK_ON_CONVOY) | {"event_date": A_SUNDAY + timedelta(days=1)},
            id="an air strike on those who attacked, the day after",
        ),
        pytest.param(
            types(EventType.TOWN_ATTACK) | {"event_date": A_SUNDAY, "location": ATLAS.locate(places=["mopti"])},
            types(EventType.AMBUSH) | {"event_date": A_SUNDAY, "location": ATLAS.locate(places=["sevare"])},
            id="two kinds of attack in two neighbouring towns",
        ),
        pytest.param(
            types(EventType.FUEL_PRICE) | {"event_date": A_SUNDAY, "location": NOWHERE, "numbers": (875, 940)},
            types(EventType.FUEL_PRICE) | UNDATED | {"location": NOWHERE, "numbers": (700, 725)},
            id="another list of prices",
        ),
        pytest.param(
            types(EventType.IED) | {"event_date": A_SUNDAY, "fatalities": 14, "victims": ("civilian",)},
            types(EventType.IED) | {"event_date": A_SUNDAY, "fatalities": 1, "victims": ("armed",)},
            id="one soldier, and fourteen passengers",
        ),
        pytest.param(
            types(EventType.IED) | {"event_date": A_SUNDAY},
            types(EventType.IED) | {"event_date": A_SUNDAY, "also_that_day": True},
            id="hours after the other",
        ),
        pytest.param(
            types(EventType.IED) | {"event_date": A_SUNDAY},
            types(EventType.IED) | {"event_date": A_SUNDAY + timedelta(days=1), "another": True},
            id="a day after the other",
        ),
        pytest.param(
            types(EventType.AMBUSH) | {"event_date": A_SUNDAY, "victims": ("armed",)},
            types(EventType.TOWN_ATTACK) | {"event_date": A_SUNDAY, "victims": ("civilian",)},
            id="a patrol, and herders at a well",
        ),
        pytest.param(
            types(EventType.IED) | {"event_date": A_SUNDAY, "another": True},
            types(EventType.IED) | UNDATED | {"days": ("sunday",)},
            id="a second one on a Sunday, and one on some Sunday",
        ),
        pytest.param(
            types(EventType.IED) | {"event_date": A_SUNDAY, "days": ("friday", "sunday"), "another": True},
            types(EventType.IED) | UNDATED | {"days": ("friday",)},
            id="the Friday that a later one looks back to",
        ),
        pytest.param(
            types(EventType.IED) | {"event_date": A_SUNDAY, "fatalities": 7, "location": BANDIAGARA},
            types(EventType.IED) | {"event_date": A_SUNDAY, "fatalities": 7, "location": DOUENTZA_SEVARE},
            id="seven dead of whom nobody says who they were, in two places",
        ),
        pytest.param(
            types(EventType.IED) | {"event_date": A_SUNDAY} | ON_THE_ROAD | {"mentioned": ("region-bandiagara",)},
            types(EventType.IED) | UNDATED | NEAR_BANDIAGARA,
            id="seven peacekeepers of no day, only one naming the place of the other",
        ),
        pytest.param(
            types(EventType.IED)
            | {"event_date": A_SUNDAY, "fatalities": 21, "days": ("friday", "sunday"), "another": True},
            types(EventType.IED) | {"event_date": A_SUNDAY - timedelta(days=2), "fatalities": 21},
            id="a second one that tells again of the dead of the first",
        ),
        pytest.param(
            types(EventType.BRIDGE_OUT) | {"event_date": A_SUNDAY},
            types(EventType.IED) | {"event_date": A_SUNDAY + timedelta(days=1)},
            id="a bridge that fell and a mine the day after",
        ),
    ],
)
def test_near_misses_stay_apart(first: dict[str, Any], second: dict[str, Any]):
    assert len(taken_in(told("paper", **first), told("radio", **second))) == 2


def test_a_held_report_makes_no_news_of_old_news():
    old = report(published_at=NOW - timedelta(hours=40), fetched_at=NOW - timedelta(hours=39))
    known = first_picture(old, incident_id="0512", now=NOW)
    held = report(id="r2", source_id="journal", held="future_movement: convoi", published_at=NOW)
    earlier = replace(held, id="r3", published_at=NOW - timedelta(hours=60))
    [change] = absorb([held, earlier], into=Known.of([known], ATLAS), new_id=lambda: "0513", now=NOW)
    assert len(change.incident.reports) == 3
    assert change.incident.informed_at == change.incident.first_reported_at == old.published_at


def test_what_is_held_as_a_whole_is_as_old_as_its_reports():
    held = report(held="future_movement: convoi", published_at=NOW - timedelta(hours=2))
    assert first_picture(held, incident_id="0512", now=NOW).informed_at == held.published_at


def test_a_report_set_free_dates_the_incident():
    old = report(published_at=NOW - timedelta(hours=40))
    held = report(id="r2", held="future_movement: convoi", published_at=NOW, vouched_by=900)
    known = redrawn(first_picture(old, incident_id="0512", now=NOW), (old, held), now=NOW)
    assert approve(known, admin_id=901, now=NOW).incident.informed_at == NOW


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        pytest.param({"location": BAMAKO}, ChangeKind.CORRECTED, id="another place"),
        pytest.param({"event_types": (EventType.FLOOD,)}, ChangeKind.CORRECTED, id="another event"),
        pytest.param({"event_date": date(2025, 10, 3)}, ChangeKind.CORRECTED, id="another day"),
        pytest.param({"location": BAMAKO, "fatalities": 40}, ChangeKind.CORRECTED, id="another place, and graver"),
        pytest.param({"location": LEG}, ChangeKind.DETAIL, id="its stretch"),
        pytest.param({"event_types": (EventType.ATTACK_ON_CONVOY,)}, ChangeKind.DETAIL, id="a word for the same"),
        pytest.param({"vehicles": (Vehicles.BUSES,)}, ChangeKind.DETAIL, id="more of it"),
    ],
)
def test_a_source_that_corrects_what_readers_were_told_is_no_detail(fields: dict[str, Any], kind: ChangeKind):
    known = announce(incident_of(told("paper")))

    (change,) = taken_in(told("paper", **fields), into=[known])

    assert change.kind is kind


def test_what_nobody_was_told_needs_no_correction():
    (change,) = taken_in(told("paper", location=BAMAKO), into=[incident_of(told("paper"))])

    assert change.kind is ChangeKind.DETAIL


@pytest.mark.parametrize(
    ("endings", "status"),
    [
        pytest.param([{"grade": "C"}], Status.ACTIVE, id="one doubtful word"),
        pytest.param([{"grade": "B", "is_claim": True}], Status.ACTIVE, id="a claim"),
        pytest.param([{"grade": "C"}, {"grade": "C"}], Status.LIFTED, id="two of them"),
        pytest.param([{"grade": "B"}], Status.LIFTED, id="a good word"),
        pytest.param([{"grade": "F", "admin_id": 7}], Status.LIFTED, id="the desk"),
    ],
)
def test_an_end_that_is_not_probable_ends_nothing(endings: list[dict[str, Any]], status: Status):
    known = blockade(grade="A")
    words = [reopening(f"radio {number}", title="", **fields) for number, fields in enumerate(endings)]

    (change,) = taken_in(*words, into=[known])

    assert change.incident.id == known.id
    assert change.incident.status is status


def test_a_new_event_where_a_corrected_one_was_told_to_be_is_another():
    loulouni = ATLAS.locate(places=["loulouni"], roads=["RN7"])
    sikasso = ATLAS.locate(places=["sikasso"], roads=["RN7"])
    posted = incident_of(told("desk", location=loulouni, admin_id=1))
    corrected = amend(posted, ByHand(location=sikasso), now=NOW).incident

    [change] = taken_in(told("new", location=loulouni, admin_id=1), into=[corrected])
    assert change.kind is ChangeKind.NEW
    [again] = taken_in(told("again", location=sikasso, admin_id=1), into=[corrected])
    assert again.incident.id == corrected.id

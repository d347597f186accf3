"""A file says what a public chat would see, and no more."""

from dataclasses import replace
from datetime import date

import pytest

from alerts.geography.model import Location, Precision
from alerts.incidents.model import Credibility, DayPart, Incident, Severity, SourceKind, Status
from alerts.outputs.record import chronology
from alerts.outputs.table import as_csv, as_geojson, as_jsonl
from alerts.reading.model import EventType
from tests.alerts.wording.facts import atlas
from tests.support.builders import incident, report


def written(*incidents: Incident) -> str:
    records = chronology(incidents, atlas=atlas())
    return as_csv(records) + as_jsonl(records) + as_geojson(records)


@pytest.mark.parametrize(
    "hidden",
    [
        pytest.param(incident(reports=(report(held="future_movement: convoi"),)), id="held"),
        pytest.param(incident(exercise=True), id="a drill"),
        pytest.param(incident(credibility=Credibility.DOUBTFUL), id="doubtful"),
        pytest.param(incident(status=Status.RETRACTED), id="withdrawn before anyone heard of it"),
        pytest.param(incident(event_types=(EventType.ESCORT_OR_REOPENING,)), id="an escort"),
        pytest.param(incident(location=Location()), id="nobody knows where"),
    ],
)
def test_what_no_chat_sees_is_in_no_file(hidden: Incident):
    assert chronology([hidden], atlas=atlas()) == ()


def test_what_readers_were_told_and_is_withdrawn_is_said_to_be():
    [one] = chronology([incident(status=Status.RETRACTED, announced=True)], atlas=atlas())
    assert one.status is Status.RETRACTED


def test_no_source_title_link_figure_or_admin_is_in_a_file():
    told = report(
        source_id="secret-outlet",
        source_kind=SourceKind.FIELD,
        title="Le chef Amadou tué",
        url="https://example.org/article",
        origin="another-outlet",
        fatalities=41,
        vehicles_destroyed=37,
        admin_id=987654,
    )
    text = written(incident(reports=(told,), approved_by=987654, until=None))
    for secret in ("secret-outlet", "another-outlet", "Amadou", "example.org", "41", "37", "987654"):
        assert secret not in text
    assert "field" in text


def test_the_hour_of_nothing_is_in_a_file():
    assert "T09" not in written(incident(day_part=DayPart.MORNING))
    assert "08:00" not in written(incident())


def test_a_source_whose_word_is_held_does_not_count_as_one():
    official = report(id="r2", source_kind=SourceKind.OFFICIAL, held="names: x")
    [one] = chronology([incident(reports=(report(), official))], atlas=atlas())
    assert one.source_kinds == (SourceKind.PRESS,)


def test_the_order_is_by_day_region_place_and_kind():
    kayes, segou = atlas().locate(places=["kayes"]), atlas().locate(places=["segou"])
    mixed = [
        incident(id="4", onset=date(2025, 10, 5), location=segou),
        incident(id="3", onset=date(2025, 10, 5), location=kayes, event_types=(EventType.IED,)),
        incident(id="2", onset=date(2025, 10, 5), location=kayes, event_types=(EventType.AMBUSH,)),
        incident(id="1", onset=date(2025, 10, 4), location=segou),
    ]
    assert [one.reference for one in chronology(mixed, atlas=atlas())] == ["1", "2", "3", "4"]


def test_a_day_that_nobody_named_is_the_day_of_the_first_word():
    [one] = chronology([incident(onset=None)], atlas=atlas())
    assert one.day == date(2025, 10, 5)


@pytest.mark.parametrize(
    ("location", "place", "points"),
    [
        pytest.param(atlas().locate(places=["kayes"]), "Kayes", 1, id="a town"),
        pytest.param(atlas().locate(leg=("diangounte-camara", "diema")), "Diangounté Camara–Diéma", 2, id="a stretch"),
        pytest.param(atlas().locate(regions=["region-kayes"]), "", 0, id="a region"),
        pytest.param(Location(places=("unheard-of",), precision=Precision.TOWN), "unheard-of", 0, id="off the map"),
    ],
)
def test_places_are_towns_ends_or_nothing(location: Location, place: str, points: int):
    [one] = chronology([incident(location=location)], atlas=atlas())
    assert (one.place, len(one.points)) == (place, points)


def test_points_are_rounded_to_a_kilometre():
    [one] = chronology([incident(location=atlas().locate(places=["kayes"]))], atlas=atlas())
    assert all(round(value, 2) == value for point in one.points for value in point)


def test_severity_and_trust_are_those_readers_saw():
    [one] = chronology([replace(incident(), severity=Severity.MODERATE)], atlas=atlas())
    assert (one.severity, one.trust) == ("Moderate", "probable")

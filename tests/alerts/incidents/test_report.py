"""Does a reading become the right report?"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from alerts.geography.atlas import Atlas
from alerts.geography.model import Precision
from alerts.incidents.model import DayPart, Report, Vehicles
from alerts.incidents.report import report_from, report_id
from alerts.reading.model import EventType, Item, PlaceRead, Reading, Role
from alerts.sources.model import Source
from tests.support.builders import NOW

ATLAS = Atlas.load()
SOURCE = Source(id="tamani", url="https://example.org/feed", grade="B", name="Studio Tamani")
ITEM = Item(id="1", title="Un bus attaqué ce matin à Diéma", summary="Le corps du texte.", url="u", published=NOW)


def place(place_id: str, role: Role = Role.EVENT, kind: str = "town") -> PlaceRead:
    return PlaceRead(id=place_id, name=place_id, kind=kind, latitude=None, longitude=None, role=role)


READING = Reading(
    id="1",
    relevant=True,
    reason="",
    language="fr",
    event_types=(EventType.AMBUSH,),
    places=(place("diema"), place("bamako", Role.MENTION)),
    event_date=date(2025, 10, 5),
    fatalities=2,
)


def made(*, item: Item = ITEM, source: Source = SOURCE, held: str | None = None, **fields: Any) -> Report:
    report = report_from(replace(READING, **fields), item=item, source=source, atlas=ATLAS, now=NOW, held=held)
    assert report is not None
    return report


def test_a_report_holds_what_was_read_and_never_the_body():
    report = made()

    assert (report.title, report.url, report.published_at) == (ITEM.title, "u", NOW)
    assert report.day_part is DayPart.MORNING
    assert report.vehicles == (Vehicles.BUSES,)
    assert (report.event_date, report.fatalities) == (date(2025, 10, 5), 2)
    assert ITEM.summary not in repr(report)


def test_only_places_of_the_event_make_its_location():
    assert made().location.places == ("diema",)
    assert made().mentioned == ("bamako",)


def test_what_helps_to_tell_events_apart_is_kept():
    item = replace(ITEM, summary="Nouvelle attaque : six chauffeurs sénégalais tués à 30 km de Diéma.")

    report = made(item=item)

    assert (report.numbers, report.people, report.another) == ((6,), ("senegalese",), True)


def test_a_region_is_no_town():
    report = made(places=(place("region-gao", kind="region"),))

    assert report.location.places == ()
    assert report.location.precision is Precision.REGION


@pytest.mark.parametrize(
    "fields", [pytest.param({"relevant": False}, id="not relevant"), pytest.param({"event_types": ()}, id="no type")]
)
def test_what_reports_no_event_makes_no_report(fields: dict[str, Any]):
    assert report_from(replace(READING, **fields), item=ITEM, source=SOURCE, atlas=ATLAS, now=NOW, held=None) is None


def test_one_entry_of_one_source_has_one_id_for_ever():
    assert made().id == report_id("tamani", "1") == made(fatalities=9, event_date=None).id
    assert len(made().id) == 16
    assert report_id("tamani", "1") != report_id("tamani", "2") != report_id("taman", "i1")


@pytest.mark.parametrize(
    ("grade", "origin", "expected"),
    [
        pytest.param("D", "AFP", "B", id="an aggregator is as good as whom it names"),
        pytest.param("D", "Une gazette", "D", id="unless nobody knows them"),
        pytest.param("F", "AFP", "F", id="an unjudged source may claim anything"),
        pytest.param("B", "Anadolu", "C", id="a copy is never better than the original"),
        pytest.param("C", "AFP", "C", id="nor better than who copied"),
        pytest.param("B", None, "B", id="its own reporting"),
    ],
)
def test_a_reprint_counts_as_its_original(grade: str, origin: str | None, expected: str):
    assert made(source=replace(SOURCE, grade=grade), origin=origin).grade == expected


def test_naming_oneself_is_no_reprint():
    assert made(origin="Studio Tamani").origin is None
    assert made(origin="Agence France-Presse").origin == "afp"


def test_citations_are_kept_but_not_of_oneself():
    item = replace(ITEM, summary="Cinq camions brûlés, selon RFI et selon Studio Tamani.")

    assert made(item=item).cites == ("rfi",)


def test_what_is_held_says_why():
    assert made(held="It may announce a convoy.").held == "It may announce a convoy."


@pytest.mark.parametrize(
    ("title", "types", "reopens"),
    [
        pytest.param("La RN16 est rouverte", (EventType.ESCORT_OR_REOPENING,), True, id="reopened"),
        pytest.param("Escorté, un car entre à Ménaka", (EventType.ESCORT_OR_REOPENING,), False, id="an escort"),
        pytest.param(
            "Attaque : le trafic a repris", (EventType.AMBUSH,), False, id="an attack says nothing of passage"
        ),
    ],
)
def test_only_a_reopening_reopens(title: str, types: tuple[EventType, ...], reopens: bool):  # noqa: FBT001 - a column
    assert made(item=replace(ITEM, title=title, summary=""), event_types=types).reopens is reopens


def test_a_month_is_no_day_of_publication():
    assert made(item=replace(ITEM, published_month_only=True)).published_at is None


REOPENING = (EventType.ESCORT_OR_REOPENING,)


@pytest.mark.parametrize(
    "title",
    [
        "Réouverture de la route Sévaré-Bandiagara annoncée pour dimanche",
        "Talks under way on lifting the blockade of Léré",
    ],
)
def test_a_reopening_to_come_waits_for_an_admin(title: str):
    report = made(item=replace(ITEM, title=title, summary=""), event_types=REOPENING)

    assert not report.reopens
    assert report.held is not None
    assert report.held.startswith("reopening_ahead: ")


@pytest.mark.parametrize("title", ["La route Kayes-Diéma rouverte puis refermée", "Road reopened, then closed again"])
def test_a_reopening_that_is_over_waits_for_an_admin(title: str):
    report = made(item=replace(ITEM, title=title, summary=""), event_types=REOPENING)

    assert not report.reopens
    assert report.held is not None
    assert report.held.startswith("reopening_undone: ")


def test_a_road_that_is_cut_again_is_told_as_cut():
    item = replace(ITEM, title="La route Kayes-Diéma, rouverte mardi, de nouveau coupée", summary="")
    report = made(item=item, event_types=(*REOPENING, EventType.ROAD_CLOSED))

    assert (report.event_types, report.held) == ((EventType.ROAD_CLOSED,), None)


def test_a_closure_is_told_whatever_is_promised_of_its_end():
    item = replace(ITEM, title="La route est coupée à Diéma, réouverture prévue dimanche", summary="")
    report = made(item=item, event_types=(*REOPENING, EventType.ROAD_CLOSED))

    assert report.event_types == (EventType.ROAD_CLOSED,)
    assert report.held is None


def test_a_reopening_of_last_week_is_held_for_nobody():
    report = made(item=replace(ITEM, title="La RN16 a été rouverte vendredi", summary=""), event_types=REOPENING)

    assert (report.reopens, report.held) == (True, None)


ARRIVAL = EventType.FUEL_ARRIVAL
SHORTAGE = EventType.FUEL_SHORTAGE


@pytest.mark.parametrize(
    ("title", "types"),
    [
        ("82 citernes de carburant sont arrivées hier soir", (ARRIVAL,)),
        ("Des camions-citernes sont entrés à Kayes sous escorte", (ARRIVAL, EventType.ESCORT_OR_REOPENING)),
        ("Fuel trucks reached Bamako last night via Bougouni", (ARRIVAL,)),
        ("Les dépôts de Bamako à nouveau remplis, fin d'un long manque", (ARRIVAL, SHORTAGE)),
    ],
)
def test_fuel_that_only_arrived_waits_for_an_admin(title: str, types: tuple[EventType, ...]):
    report = made(item=replace(ITEM, title=title, summary=""), event_types=types)

    assert report.event_types == types
    assert report.held is not None
    assert report.held.startswith("supply: ")


@pytest.mark.parametrize(
    ("title", "types", "told"),
    [
        ("Les stations rouvrent à Mopti après l'arrivée de citernes", (ARRIVAL,), (ARRIVAL,)),
        ("Citernes attaquées à Diéma, le reste est arrivé", (EventType.AMBUSH, ARRIVAL), (EventType.AMBUSH,)),
        ("40 citernes arrivées malgré une attaque à Diéma", (ARRIVAL, EventType.AMBUSH), (EventType.AMBUSH,)),
        ("Stations à sec malgré l'arrivée de citernes", (SHORTAGE, ARRIVAL), (SHORTAGE,)),
    ],
)
def test_what_is_on_sale_or_told_beside_an_arrival_goes_out(
    title: str, types: tuple[EventType, ...], told: tuple[EventType, ...]
):
    report = made(item=replace(ITEM, title=title, summary=""), event_types=types)

    assert (report.event_types, report.held) == (told, None)

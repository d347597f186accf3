"""Is what an item says of the pump understood, and nothing of how fuel gets there?"""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import timedelta

import pytest

from alerts.errors import DataError
from alerts.fuel.model import Availability, FuelReport, FuelSource, Product, Queue
from alerts.fuel.reading import (
    availabilities,
    fuel_from,
    parallel_prices_in,
    prices_in,
    queue_in,
    ration_in,
    rises_in,
)
from alerts.fuel.words import parse_words
from alerts.incidents.model import SourceKind
from alerts.incidents.words import fold
from alerts.reading.model import EventType, Item, PlaceRead, Reading, Role
from alerts.sources.model import Source
from tests.support.builders import NOW

OUT, LIMITED, AVAILABLE = Availability.OUT, Availability.LIMITED, Availability.AVAILABLE
PETROL, DIESEL, LPG = Product.PETROL, Product.DIESEL, Product.LPG
SOURCE = Source(id="tamani", url="https://example.org/feed", grade="B")


def town(place_id: str, role: Role = Role.EVENT, kind: str = "town") -> PlaceRead:
    return PlaceRead(id=place_id, name=place_id, kind=kind, latitude=None, longitude=None, role=role)


READING = Reading(
    id="1",
    relevant=True,
    reason="",
    language="fr",
    event_types=(EventType.FUEL_SHORTAGE,),
    places=(town("kayes"), town("bamako", Role.MENTION)),
)

ARRIVAL = replace(READING, event_types=(EventType.FUEL_ARRIVAL, EventType.FUEL_SHORTAGE))


def told(text: str, reading: Reading = READING, source: Source = SOURCE) -> tuple[FuelReport, ...]:
    return fuel_from(reading, Item(id="1", title=text, published=NOW - timedelta(hours=2)), source, NOW)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le gasoil est de nouveau en vente à Bamako, limité", {DIESEL: LIMITED}),
        ("Essence : rupture", {PETROL: OUT}),
        ("Les stations sont à sec", {PETROL: OUT, DIESEL: OUT}),
        ("Pénurie de carburant à Mopti", {PETROL: OUT, DIESEL: OUT}),
        ("Les stations-service sont fermées", {PETROL: OUT, DIESEL: OUT}),
        ("Plus de gasoil à Nioro", {DIESEL: OUT}),
        ("L'essence est introuvable", {PETROL: OUT}),
        ("Le gasoil est disponible à Ségou, l'essence reste introuvable", {DIESEL: AVAILABLE, PETROL: OUT}),
        ("Le carburant est disponible", {PETROL: AVAILABLE, DIESEL: AVAILABLE}),
        ("Le carburant n'est plus disponible", {PETROL: OUT, DIESEL: OUT}),
        ("L'essence revient à Bamako", {PETROL: AVAILABLE}),
        ("Le carburant est rationné : 20 litres par véhicule", {PETROL: LIMITED, DIESEL: LIMITED}),
        ("Longues files devant les stations", {PETROL: LIMITED, DIESEL: LIMITED}),
        ("Du gasoil seulement dans les stations de Kita", {DIESEL: LIMITED, PETROL: OUT}),
        ("Fin de la pénurie : le carburant est disponible", {PETROL: AVAILABLE, DIESEL: AVAILABLE}),
        ("Le gaz butane manque", {LPG: OUT}),
        ("Fuel is again on sale in Bamako", {PETROL: AVAILABLE, DIESEL: AVAILABLE}),
        ("Only diesel is available in Kayes", {DIESEL: LIMITED, PETROL: OUT}),
        ("Diesel only at the stations", {DIESEL: LIMITED, PETROL: OUT}),
        ("Gas stations closed in Kayes, no fuel", {PETROL: OUT, DIESEL: OUT}),
        ("Stations run dry in Segou", {PETROL: OUT, DIESEL: OUT}),
        ("Petrol is scarce but diesel is available", {PETROL: OUT, DIESEL: AVAILABLE}),
        ("Fuel rationed in Sikasso", {PETROL: LIMITED, DIESEL: LIMITED}),
        ("Long queues at filling stations", {PETROL: LIMITED, DIESEL: LIMITED}),
        ("The shortage is over, fuel is back on sale", {PETROL: AVAILABLE, DIESEL: AVAILABLE}),
        ("L'essence revient à Bamako, longues files et vente limitée", {PETROL: LIMITED}),
        ("L'essence revient à Bamako. Longues files, dix litres au maximum", {PETROL: LIMITED}),
        ("Vente limitée, mais l'essence est de nouveau disponible", {PETROL: LIMITED}),
        ("Le carburant est de retour, mais rationné", {PETROL: LIMITED, DIESEL: LIMITED}),
        ("Le gasoil est disponible, sans file d'attente", {DIESEL: AVAILABLE}),
        ("La pénurie de carburant revient à Bamako", {PETROL: OUT, DIESEL: OUT}),
        ("Les files reviennent devant les stations", {PETROL: LIMITED, DIESEL: LIMITED}),
        ("Fuel is back but rationed", {PETROL: LIMITED, DIESEL: LIMITED}),
        ("Petrol is on sale again. Sales are limited to ten litres", {PETROL: LIMITED}),
        ("Diesel is available with no queue", {DIESEL: AVAILABLE}),
        ("Fuel shortage returns to Bamako", {PETROL: OUT, DIESEL: OUT}),
        ("Le litre d'essence à 1 250 F", {}),
        ("Les habitants craignent une pénurie de carburant", {}),
        ("Un bus attaqué à Diéma", {}),
    ],
)
def test_what_is_said_of_availability(text: str, expected: Mapping[Product, Availability]):
    assert availabilities(fold(text)) == expected


def test_two_words_on_one_product_are_no_good_news():
    text = fold("Le gasoil est disponible en ville. Le gasoil est introuvable ailleurs.")

    assert availabilities(text) == {DIESEL: LIMITED}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le litre d'essence à 1 250 F", {PETROL: 1250}),
        ("L'essence est passée de 663 à 762 FCFA", {PETROL: 762}),
        ("Essence 775 FCFA, gasoil 725 FCFA", {PETROL: 775, DIESEL: 725}),
        ("Diesel costs 1,000 CFA", {}),
        ("Le gasoil à 1.100 francs CFA", {DIESEL: 1100}),
        ("Un billet à 8000 FCFA au lieu de 6000", {}),
        ("Le gasoil : 5 F de hausse", {}),
        ("Une amende de 50 000 FCFA pour l'essence", {}),
        ("L'essence à 2 500 F au marché noir", {}),
        ("L'essence à 775 FCFA à la pompe, 2 500 F au marché noir", {PETROL: 775}),
    ],
)
def test_prices_are_francs_a_litre_of_a_named_product(text: str, expected: Mapping[Product, int]):
    assert prices_in(fold(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le litre d'essence à 2 500 F au marché noir", {PETROL: 2500}),
        ("L'essence à 775 FCFA à la pompe, 2 500 F au marché noir", {PETROL: 2500}),
        ("2,500 F a litre on the black market", {PETROL: 2500, DIESEL: 2500}),
        ("Diesel sells at 1,500 CFA francs a litre on the parallel market", {DIESEL: 1500}),
        ("Le gasoil revendu 2 000 francs CFA chez les vendeurs ambulants", {DIESEL: 2000}),
        ("Le gasoil à 750 F à la station", {}),
        ("Le marché noir prospère", {}),
        ("Le sucre à 900 F au marché noir", {}),
    ],
)
def test_what_is_sold_beside_the_pump_is_told_apart(text: str, expected: Mapping[Product, int]):
    assert parallel_prices_in(fold(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fuel prices up 10 %", {PETROL: 10, DIESEL: 10}),
        ("Diesel price rises by nearly 15 percent", {DIESEL: 15}),
        ("A 20 % price increase on petrol", {PETROL: 20}),
        ("Les prix du carburant augmentent de 10 %", {PETROL: 10, DIESEL: 10}),
        ("Hausse de 10 % du prix du gasoil", {DIESEL: 10}),
        ("Le prix de l'essence a bondi de 30 pour cent", {PETROL: 30}),
        ("Les prix à la pompe en baisse de 10 %", {}),
        ("La consommation de carburant augmente de 10 %", {}),
        ("Le prix du riz augmente de 10 %", {}),
    ],
)
def test_a_rise_is_read_in_per_cent(text: str, expected: Mapping[Product, int]):
    assert rises_in(fold(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("50 litres par véhicule", 50),
        ("50 litres a vehicle", 50),
        ("dix litres par moto, 50 litres par camion", 10),
        ("Sales are capped at twenty litres", 20),
        ("La vente est limitée à 20 litres", 20),
        ("30 l au maximum par client", 30),
        ("Un camion de 50 000 litres", None),
        ("50 litres", None),
    ],
)
def test_how_much_a_vehicle_gets(text: str, expected: int | None):
    assert ration_in(fold(text)) == expected


@pytest.mark.parametrize("text", ["50 litres a vehicle", "Le carburant : 50 litres par véhicule"])
def test_a_ration_is_a_limit(text: str):
    assert availabilities(fold(f"Fuel: {text}")) == {PETROL: LIMITED, DIESEL: LIMITED}


def test_a_statement_keeps_the_ration_the_prices_and_its_source():
    found = told("Le gasoil est rationné, 50 litres par véhicule, et se vend à 2 000 F au marché noir")

    assert [(one.product, one.ration_litres, one.parallel_xof, one.source_id) for one in found] == [
        (DIESEL, 50, 2000, "tamani")
    ]
    assert found[0].source_kind is SourceKind.PRESS


def test_what_is_said_to_be_back_is_marked_so():
    assert [one.resumed for one in told("Le gasoil est de nouveau en vente", ARRIVAL)] == [True]
    assert [one.resumed for one in told("Plus de gasoil")] == [False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Attente : plus de 1 h", Queue.OVER_60),
        ("Trois heures d'attente à la pompe", Queue.OVER_60),
        ("Queues of several hours", Queue.OVER_60),
        ("L'attente dépasse une heure", Queue.OVER_60),
        ("L'attente a dépassé 1 h", Queue.OVER_60),
        ("Plus d'une heure d'attente", Queue.OVER_60),
        ("Des heures d'attente", Queue.OVER_60),
        ("Une heure et demie de queue", Queue.OVER_60),
        ("Une file de 90 minutes", Queue.OVER_60),
        ("Drivers wait over an hour", Queue.OVER_60),
        ("Queues of more than one hour", Queue.OVER_60),
        ("The wait exceeds an hour", Queue.OVER_60),
        ("Une heure d'attente", Queue.TO_60),
        ("Waiting about an hour", Queue.TO_60),
        ("Une demi-heure d'attente", Queue.TO_30),
        ("Une file de 45 minutes", Queue.TO_60),
        ("Disponible sans attente", Queue.TO_10),
        ("Attendus trois heures plus tard", None),
        ("Longues files", None),
    ],
)
def test_how_long_people_wait(text: str, expected: Queue | None):
    assert queue_in(fold(text)) is expected


def test_each_town_of_the_event_gets_its_statement():
    found = told("Plus de gasoil", replace(READING, places=(town("kayes"), town("kita"), town("bamako", Role.MENTION))))

    assert [(one.place, one.product, one.availability) for one in found] == [
        ("kayes", DIESEL, OUT),
        ("kita", DIESEL, OUT),
    ]
    assert len({one.id for one in found}) == 2


def test_a_statement_carries_its_hour():
    (found,) = told("Plus de gasoil")

    assert found.observed_at == NOW - timedelta(hours=2)


@pytest.mark.parametrize(
    ("kind", "grade", "expected"),
    [
        pytest.param(SourceKind.PRESS, "A", FuelSource.TRUSTED, id="press graded A"),
        pytest.param(SourceKind.PRESS, "B", FuelSource.TRUSTED, id="press graded B"),
        pytest.param(SourceKind.PRESS, "C", FuelSource.PRESS, id="press graded C"),
        pytest.param(SourceKind.PRESS, "F", FuelSource.PRESS, id="press that nobody can judge"),
        pytest.param(SourceKind.FIELD, "B", FuelSource.TRUSTED, id="the field graded B"),
        pytest.param(SourceKind.FIELD, "C", FuelSource.PRESS, id="the field graded C"),
        pytest.param(SourceKind.OFFICIAL, "B", FuelSource.OFFICIAL, id="an office graded B"),
        pytest.param(SourceKind.OFFICIAL, "D", FuelSource.OFFICIAL, id="an office graded D"),
    ],
)
def test_who_says_so_goes_by_kind_and_grade(kind: SourceKind, grade: str, expected: FuelSource):
    (found,) = told("Plus de gasoil", source=replace(SOURCE, source_kind=kind, grade=grade))

    assert found.source is expected


def test_an_hour_in_the_queue_is_a_limit():
    (found,) = told("L'essence est de nouveau en vente, l'attente dépasse une heure", ARRIVAL)

    assert (found.availability, found.queue) == (LIMITED, Queue.OVER_60)


def test_what_else_is_back_or_available_during_a_shortage_is_no_fuel_on_sale():
    assert told("Crise du carburant : peu d'informations disponibles") == ()


def test_a_price_is_told_without_availability():
    (found,) = told("Le litre d'essence à 1 250 F", replace(READING, event_types=(EventType.FUEL_PRICE,)))

    assert (found.price_xof, found.availability) == (1250, Availability.UNKNOWN)


@pytest.mark.parametrize(
    "reading",
    [
        pytest.param(replace(READING, relevant=False), id="not relevant"),
        pytest.param(replace(READING, event_types=(EventType.AMBUSH,)), id="not about fuel"),
        pytest.param(replace(READING, places=()), id="no town"),
        pytest.param(replace(READING, places=(town("kayes", Role.MENTION),)), id="a town that is only named"),
        pytest.param(replace(READING, places=(town("region-kayes", kind="region"),)), id="a region"),
    ],
)
def test_what_says_nothing_of_a_pump_makes_no_statement(reading: Reading):
    assert told("Plus de gasoil", reading) == ()


def test_nothing_of_tankers_leaves():
    found = told("250 citernes arrivées : le carburant est de nouveau en vente à Kayes", ARRIVAL)

    assert {(one.product, one.availability) for one in found} == {(PETROL, AVAILABLE), (DIESEL, AVAILABLE)}
    assert not any(
        "250" in str(getattr(one, field.name)) for one in found for field in fields(one) if field.name != "id"
    )


@pytest.mark.parametrize("broken", [{}, {"products": {}, "availability": {}}], ids=["empty", "no products"])
def test_a_broken_lexicon_is_refused(broken: dict[str, object]):
    with pytest.raises(DataError):
        parse_words(broken)

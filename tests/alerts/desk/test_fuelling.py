"""One line of an admin says what is at the pump of a town."""

import pytest

from alerts.desk.fuelling import FuelFault, FuelFaultKind, parse_fuel, report_fuel
from alerts.fuel.model import Availability, FuelReport, FuelSource, Product, Queue
from alerts.store.store import Store
from tests.support.builders import NOW
from tests.support.service import atlas


def parse(text: str, line_id: str = "1") -> tuple[FuelReport, ...] | FuelFault:
    return parse_fuel(text, line_id=line_id, atlas=atlas(), now=NOW)


def reports(text: str) -> tuple[FuelReport, ...]:
    found = parse(text)
    assert isinstance(found, tuple), found
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Bamako gasoil rupture", {"diesel": "out"}, id="one"),
        pytest.param("rupture gasoil Bamako", {"diesel": "out"}, id="the-other-way-round"),
        pytest.param("Bamako essence et gasoil rupture", {"petrol": "out", "diesel": "out"}, id="both"),
        pytest.param("Bamako essence dispo gasoil limité", {"petrol": "available", "diesel": "limited"}, id="each"),
        pytest.param("Bamako petrol available diesel out", {"petrol": "available", "diesel": "out"}, id="english"),
        pytest.param("Sikasso essence ok", {"petrol": "available"}, id="ok"),
        pytest.param("Bamako gaz butane en vente", {"lpg": "available"}, id="gas"),
        pytest.param("À Bamako, plus de gasoil dans les stations", {"diesel": "out"}, id="a-sentence"),
    ],
)
def test_each_product_gets_the_word_beside_it(text: str, expected: dict[str, str]):
    assert {str(one.product): str(one.availability) for one in reports(text)} == expected


@pytest.mark.parametrize(
    ("text", "queue"),
    [
        pytest.param("Bamako gasoil limité attente 60+ officiel", Queue.OVER_60, id="class"),
        pytest.param("Sikasso essence ok file 2h", Queue.OVER_60, id="a-file-of-hours"),
        pytest.param("Sikasso essence dispo attente 3 heures", Queue.OVER_60, id="a-wait-of-hours"),
        pytest.param("Sikasso essence dispo queue 1h", Queue.OVER_60, id="an-hour"),
        pytest.param("Bamako gasoil limité 10-30", Queue.TO_30, id="range"),
        pytest.param("Bamako gasoil limité", None, id="unsaid"),
    ],
)
def test_the_queue_is_read(text: str, queue: Queue | None):
    assert reports(text)[0].queue == queue


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Bamako gasoil rupture officiel", FuelSource.OFFICIAL),
        ("Bamako diesel out official", FuelSource.OFFICIAL),
        ("Bamako gasoil rupture presse", FuelSource.PRESS),
        ("Bamako gasoil rupture terrain", FuelSource.TRUSTED),
        ("Bamako gasoil rupture", FuelSource.TRUSTED),
    ],
)
def test_the_source_is_read(text: str, source: FuelSource):
    assert reports(text)[0].source is source


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Nioro du Sahel gasoil rupture", "nioro-du-sahel"),
        ("gasoil rupture à Kayes", "kayes"),
        ("Sikaso gasoil rupture", "sikasso"),
        ("SEGOU gasoil rupture", "segou"),
    ],
)
def test_the_town_is_found_wherever_it_stands(text: str, place: str):
    assert reports(text)[0].place == place


def test_a_price_is_kept_with_its_product():
    [report] = reports("Bamako gasoil disponible 940 FCFA")
    assert report.price_xof == 940


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("gasoil rupture", FuelFaultKind.NO_PLACE, id="no-town"),
        pytest.param("Bamako", FuelFaultKind.NO_STATE, id="no-product"),
        pytest.param("Bamako gasoil", FuelFaultKind.NO_STATE, id="no-word"),
        pytest.param("x" * 301, FuelFaultKind.TOO_LONG, id="too-long"),
        pytest.param("Bamako gasoil dispo, citernes attendues demain", FuelFaultKind.HELD, id="a-delivery"),
        pytest.param("Bamako gasoil dispo à la station Shell de Badala", FuelFaultKind.HELD, id="a-named-station"),
    ],
)
def test_what_a_line_lacks_is_named(text: str, kind: FuelFaultKind):
    found = parse(text)
    assert isinstance(found, FuelFault)
    assert found.kind is kind


def test_the_same_line_makes_the_same_report():
    assert parse("Bamako gasoil rupture") == parse("Bamako gasoil rupture")
    assert parse("Bamako gasoil rupture") != parse("Bamako gasoil rupture", line_id="2")


async def test_a_report_is_stored_once_with_its_line_in_the_audit(redis: object):
    store = Store.over(redis)
    for _ in range(2):
        await report_fuel(reports("Bamako gasoil rupture"), by=900, store=store, now=NOW)
    [kept] = await store.feeds.fuel()
    assert (kept.place, kept.product, kept.availability) == ("bamako", Product.DIESEL, Availability.OUT)
    assert [entry["did"] for entry in await store.desk.audit()] == ["fuel"]


@pytest.mark.parametrize(
    "text",
    [
        "Bamako gasoil disponible demain",
        "Kayes essence disponible dans 2 jours",
        "Kati gasoil disponible bientôt",
        "Mopti gasoil disponible à l'arrivée de la pinasse lundi",
        "Mopti gasoil disponible dès l'arrivée du bateau",
        "Ségou gasoil disponible à partir de 14h",
        "Ségou gasoil disponible vers 18h",
        "Sikasso essence sera disponible",
        "Bamako gasoil va être disponible",
        "Bamako petrol available on Friday",
        "Bamako diesel available tomorrow morning",
        "Bamako diesel will be available",
        "Gao diesel available next week",
        "Gao gasoil disponible ce soir",
        "Kita gasoil disponible si tout va bien",
        "Nioro essence attendue, disponible sous peu",
        "Bamako gasoil rupture demain",
        "Kayes essence disponible le 5 décembre",
    ],
)
def test_what_is_to_come_is_not_on_sale(text: str):
    found = parse(text)
    assert isinstance(found, FuelFault)
    assert found.kind in {FuelFaultKind.FUTURE, FuelFaultKind.HELD}


@pytest.mark.parametrize(
    "text",
    [
        "Bamako gasoil rupture depuis lundi",
        "Bamako diesel out since Monday",
        "Kayes essence disponible depuis ce matin",
        "Kayes essence disponible depuis vendredi soir",
        "Kati gasoil désormais disponible",
        "Kayes essence disponible lundi dernier, rupture maintenant",
        "Bamako gasoil limité attente plus de 1 h",
        "Bamako gasoil rupture attente 60+ officiel",
        "À Bamako, plus de gasoil dans les stations",
    ],
)
def test_what_is_seen_now_is_taken_since_whenever_it_holds(text: str):
    assert reports(text)


@pytest.mark.parametrize("text", ["Sikasso essence dispo file 14h", "Sikasso essence citerne arrive 2h"])
def test_an_hour_that_is_no_wait_is_still_held(text: str):
    assert isinstance(parse(text), FuelFault)

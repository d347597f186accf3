"""Fuel: what was seen, how old it is, by whom; what is stale is unknown, and two words stand side by side."""

from dataclasses import replace
from datetime import date

import pytest

from alerts.fuel.model import Availability, FuelSource, FuelState, MonthPrice, OfficialPrice, Prices, Product, Queue
from alerts.incidents.model import SourceKind
from alerts.wording.voice import LANGUAGES
from tests.alerts.wording.facts import NOW, french, fuel_at, voices


def lines(*states: FuelState, short: bool = False) -> list[str]:
    return french().fuel(states, place=None, now=NOW, short=short).splitlines()


def test_nothing_known_is_said_so():
    assert french().fuel([], place="kayes", now=NOW).startswith("⛽ KAYES · pas d'info récente")
    assert french().fuel([], place=None, now=NOW).startswith("⛽ Carburant : pas d'info récente")


def test_a_stale_word_is_unknown_and_shows_its_age_and_nothing_else():
    stale = fuel_at("kayes", hours=60, queue=Queue.OVER_60, price_xof=900)
    assert lines(stale)[:2] == [
        "⛽ KAYES · gasoil : inconnu",
        "Constaté le 2 oct. au soir · probable, terrain · info ancienne : 2 j",
    ]


def expired(product: Product, last: Availability, *, hours: float) -> FuelState:
    return replace(fuel_at("kayes", product, last, hours=hours), availability=Availability.UNKNOWN)


def test_where_all_has_expired_each_last_word_is_told_with_its_day():
    told = lines(
        expired(Product.PETROL, Availability.OUT, hours=26), expired(Product.DIESEL, Availability.LIMITED, hours=27)
    )
    assert told[:3] == [
        "⛽ KAYES · essence : pas d'info récente (dernier mot : rupture, hier matin)",
        "Gasoil : pas d'info récente (dernier mot : en vente, limité, hier matin).",
        "Probable, terrain · info ancienne : 27 h",
    ]


def test_what_has_expired_beside_a_word_that_holds_is_unknown():
    told = lines(
        expired(Product.PETROL, Availability.OUT, hours=26),
        fuel_at("kayes", Product.DIESEL, Availability.AVAILABLE, hours=1),
    )
    assert told[:2] == ["⛽ KAYES · gasoil en vente", "Essence : inconnu."]


def test_the_oldest_word_gives_the_age():
    told = lines(
        fuel_at("kayes", Product.DIESEL, Availability.AVAILABLE, hours=1),
        fuel_at("kayes", Product.PETROL, Availability.OUT, hours=9),
    )
    assert told[2].endswith("info : 9 h")


def test_the_longest_queue_and_each_price_are_told():
    told = lines(
        fuel_at("kayes", Product.DIESEL, Availability.AVAILABLE, hours=1, queue=Queue.TO_10, price_xof=1750),
        fuel_at("kayes", Product.PETROL, Availability.LIMITED, hours=1, queue=Queue.TO_60, price_xof=800),
    )
    assert told[1] == (
        "Essence en vente, limité. Attente : 30 à 60 min. Gasoil : 1\u202f750 FCFA/l. Essence : 800 FCFA/l."
    )


def test_two_words_that_disagree_stand_side_by_side():
    other = fuel_at("kayes", Product.DIESEL, Availability.OUT, hours=4, source=FuelSource.PRESS).report
    state = replace(fuel_at("kayes", Product.DIESEL, Availability.AVAILABLE, hours=1), contradicted_by=other)
    assert lines(state)[:2] == [
        "⛽ KAYES · gasoil en vente",
        "Avis différent : gasoil : rupture (presse, 4 h).",
    ]


def test_they_do_so_in_short_mode():
    other = fuel_at("kayes", Product.DIESEL, Availability.OUT, hours=4, source=FuelSource.TRUSTED).report
    state = replace(fuel_at("kayes", Product.DIESEL, Availability.AVAILABLE, hours=1), contradicted_by=other)
    assert lines(state, short=True)[0] == "Kayes : gasoil oui (avis différent : gasoil non) · non confirmé · 1 h"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (FuelSource.OFFICIAL, "probable, officiel"),
        (FuelSource.TRUSTED, "probable, terrain"),
        (FuelSource.PRESS, "non confirmé, presse"),
    ],
)
def test_a_word_on_fuel_says_where_it_is_from(source: FuelSource, words: str):
    assert words in lines(fuel_at("kayes", Product.DIESEL, Availability.OUT, hours=1, source=source))[1]


def test_a_graded_paper_is_no_field_source():
    state = fuel_at(
        "kayes", Product.DIESEL, Availability.OUT, hours=1, source_kind=SourceKind.PRESS, source_id="tamani"
    )
    assert "probable, presse" in lines(state)[1]


def test_towns_come_in_the_order_given_each_once():
    told = lines(
        fuel_at("kayes", Product.DIESEL, Availability.OUT, hours=1),
        fuel_at("bamako", Product.DIESEL, Availability.OUT, hours=1),
        fuel_at("kayes", Product.LPG, Availability.OUT, hours=1),
        short=True,
    )
    assert told[:2] == [
        "Kayes : gasoil non, gaz butane non · probable · 1 h",
        "Bamako : gasoil non · probable · 1 h",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_availability_is_told_in_every_language(language: str):
    voice = voices()[language]
    for availability in Availability:
        state = fuel_at("kayes", Product.DIESEL, availability, hours=1)
        word = voice.label(f"fuel.state.{availability}", product=voice.label("product.diesel"))
        assert word in voice.fuel([state], place=None, now=NOW)


CEILINGS = Prices(
    official={
        product: OfficialPrice(product=product, price_xof=price, since=date(2024, 10, 11))
        for product, price in ((Product.PETROL, 800), (Product.DIESEL, 750))
    },
    monthly=(MonthPrice(place="gao", product=Product.DIESEL, price_xof=725, month=date(2025, 9, 1)),),
)


def priced(place: str, *states: FuelState, language: str = "fr") -> str:
    return voices()[language].fuel(states, place=place, now=NOW, prices=CEILINGS)


@pytest.mark.parametrize(
    ("language", "line", "tail"),
    [
        (
            "fr",
            "Gasoil : 2\u202f500 FCFA/l constatés, plafond officiel 750.",
            "Prix plafonds officiels (FCFA/l) : essence 800, gasoil 750, depuis le 11 oct. 2024",
        ),
        (
            "en",
            "Diesel: 2,500 FCFA/l seen, official ceiling 750.",
            "Official ceiling prices (FCFA/l): petrol 800, diesel 750, since 11 Oct 2024",
        ),
    ],
)
def test_a_price_seen_stands_beside_the_official_one(language: str, line: str, tail: str):
    text = priced(
        "kayes", fuel_at("kayes", availability=Availability.LIMITED, hours=1, price_xof=2500), language=language
    )

    assert line in text
    assert tail in text.splitlines()


def test_an_old_price_says_how_old():
    word = fuel_at("kayes", hours=50, price_xof=940).report
    state = FuelState(place="kayes", product=Product.DIESEL, availability=Availability.UNKNOWN, priced=word)

    assert "Gasoil : 940 FCFA/l il y a 2 j." in "\n".join(lines(state))
    assert "Gasoil : 940 FCFA/l constatés il y a 2 j, plafond officiel 750." in priced("kayes", state)


def test_the_price_list_is_background_where_no_price_was_seen():
    seen = fuel_at("gao", availability=Availability.LIMITED, hours=1, price_xof=900)
    listed = "Gasoil : 725 FCFA/l au marché en sept. 2025 (relevé du PAM)."

    assert listed in priced("gao", fuel_at("gao", availability=Availability.LIMITED, hours=1))
    assert listed not in priced("gao", seen)


def test_what_is_sold_beside_the_pump_a_rise_and_a_ration_are_told():
    word = fuel_at(
        "kayes", availability=Availability.LIMITED, hours=1, parallel_xof=2500, change_percent=10, ration_litres=50
    )

    assert (
        lines(word)[1] == "50 l par véhicule. Gasoil hors pompe : 2\u202f500 FCFA/l. Gasoil : hausse de 10 % signalée."
    )


def test_many_towns_are_summed_up_first():
    told = lines(
        fuel_at("kayes", availability=Availability.OUT, hours=1),
        fuel_at("bamako", availability=Availability.LIMITED, hours=1),
        fuel_at("bamako", Product.PETROL, Availability.OUT, hours=1),
        fuel_at("gao", availability=Availability.OUT, hours=1),
    )

    assert told[0] == "⛽ 3 villes. Essence : rupture 1. Gasoil : limité 1, rupture 2."


def test_short_mode_names_no_price():
    text = french().fuel(
        [fuel_at("kayes", availability=Availability.LIMITED, hours=1, price_xof=2500)],
        place="kayes",
        now=NOW,
        short=True,
        prices=CEILINGS,
    )

    assert "FCFA" not in text


def test_without_ceilings_it_says_so():
    assert french().ceilings(Prices(), now=NOW) == "Aucun prix officiel n'est enregistré."

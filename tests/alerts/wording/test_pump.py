"""Fuel: what was seen, how old it is, by whom; what is stale is unknown, and two words stand side by side."""

from dataclasses import replace

import pytest

from alerts.fuel.model import Availability, FuelSource, FuelState, Product, Queue
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

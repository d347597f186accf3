"""Does the do-no-harm check hold what must be held, and let the warnings through?"""

from collections import Counter
from pathlib import Path

import pytest

from alerts.errors import DataError
from alerts.incidents.words import fold
from alerts.reading.language import detect
from alerts.safety.rules import parse_rules
from alerts.safety.screen import Origin, screen

HERE = Path(__file__).parent
ATTACK = "Des hommes armés ont attaqué des camions ce matin entre Diangounté Camara et Diéma"


def _lines(name: str) -> list[tuple[str, str]]:
    rows = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [(origin, text) for origin, _, text in (row.partition("\t") for row in rows if not row.startswith("#"))]


HELD, PASSES = _lines("held.txt"), _lines("passes.txt")
INDIRECT = _lines("indirect.txt")


@pytest.mark.parametrize(("origin", "text"), HELD, ids=[text for _, text in HELD])
def test_what_helps_an_ambusher_is_held(origin: str, text: str):
    assert screen(text, origin=Origin(origin)) is not None


@pytest.mark.parametrize(("origin", "text"), PASSES, ids=[text for _, text in PASSES])
def test_a_warning_passes(origin: str, text: str):
    assert screen(text, origin=Origin(origin)) is None


@pytest.mark.parametrize(
    ("origin", "held", "passed"),
    [pytest.param(Origin.FEED, 56, 60, id="feed"), pytest.param(Origin.ADMIN, 56, 59, id="admin")],
)
def test_indirect_words_are_seen_through_as_often_as_ever(origin: Origin, held: int, passed: int):
    """Words are not a mind: some will be missed, fewer than these are not acceptable."""
    found = Counter((kind, screen(text, origin=origin) is not None) for kind, text in INDIRECT)

    assert found.total() == 120
    assert found["hold", True] >= held
    assert found["pass", False] >= passed


def test_both_lists_are_long_enough_in_each_language_to_mean_something():
    for rows in (HELD, PASSES):
        languages = Counter(detect(fold(text), None)[0] for _, text in rows)
        assert min(languages["fr"], languages["en"]) >= 150


@pytest.mark.parametrize("text", [text for origin, text in HELD if origin == "feed"])
def test_an_admin_is_held_for_whatever_a_feed_is_held_for(text: str):
    assert screen(text, origin=Origin.ADMIN) is not None


@pytest.mark.parametrize("text", [text for origin, text in HELD if origin == "feed"])
def test_an_attack_told_beside_it_opens_no_gap(text: str):
    """A state force's place may be told beside an attack, since readers never see the text; a movement may not."""
    hit = screen(text, origin=Origin.FEED)
    assert hit is not None
    if hit.rule != "position":
        assert screen(f"{text}\n{ATTACK}.", origin=Origin.FEED) is not None
        assert screen(f"{ATTACK}\n{text}", origin=Origin.FEED) is not None


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        pytest.param("Un convoi partira demain de Sikasso", "future_movement", id="a coming convoy"),
        pytest.param("Le convoi fait route vers Koutiala", "under_way", id="a convoy on the road"),
        pytest.param("Position 14.4521, -9.1873", "coordinates", id="a point"),
        pytest.param("Barrage de la gendarmerie à Sandaré", "position", id="an official checkpoint"),
        pytest.param("Station Shell de Kayes ouverte", "supply", id="a named station"),
        pytest.param("Trois camions incendiés à Diéma", "counts", id="a count"),
        pytest.param("Le JNIM bloque la route de Niono", "names", id="a group"),
    ],
)
def test_the_desk_is_told_which_rule_and_which_words(text: str, rule: str):
    hit = screen(text, origin=Origin.ADMIN)

    assert hit is not None
    assert hit.rule == rule
    assert hit.words
    assert all(word in hit.reason for word in hit.words)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("UN CONVOI PARTIRA DEMAIN DE SIKASSO", id="capitals"),
        pytest.param("un convoi arrive a kayes demain", id="no accents"),
        pytest.param("Un convoi quittera\nSikasso   demain", id="line break"),
        pytest.param("L’escorte doit arriver à Kayes d’ici demain", id="curly apostrophes"),
        pytest.param("Les camions-citernes s\u0065\u0301journeront puis partiront demain", id="decomposed accents"),
    ],
)
def test_spelling_does_not_open_a_gap(text: str):
    assert screen(text, origin=Origin.FEED) is not None


def test_a_group_named_by_a_feed_is_no_reason_to_hold_a_warning():
    text = "Le JNIM revendique l'embuscade contre un bus à Diéma"

    assert screen(text, origin=Origin.FEED) is None
    assert screen(text, origin=Origin.ADMIN) is not None


OFFICIAL_BARRIERS = [
    "Des FAMa et Wagner fouillent les téléphones des voyageurs à Niono",
    "Des soldats maliens rackettent les passagers à un barrage près de Konna",
    "Mali : des passagers rackettés par des soldats maliens à un barrage entre Konna et Douentza",
    "Passengers robbed by Malian soldiers at a roadblock near Konna",
    "Racket des douaniers au poste de Zégoua dénoncé par les transporteurs",
    "Policiers, gendarmes, douaniers et agents forestiers prélèvent au total 45 000 F par camion",
    "Les gendarmes font payer 2 000 F aux camionneurs à Kati",
    "Des militaires exigent de l'argent des transporteurs à la sortie de Ségou",
    "Troops are searching buses at the entrance of Niono",
    "L'armée filtre et contrôle les passagers des cars à Sévaré",
    "Le racket de la gendarmerie sur l'axe Bougouni-Sikasso",
    "Des mercenaires russes dépouillent les passagers près de Konna",
    "L'Africa Corps rançonne les voyageurs à Niono",
    "Des hommes du corps africain contrôlent les bus à Boré",
]
UNOFFICIAL_BARRIERS = [
    "Barrage de dozos près de Djenné : passagers rançonnés",
    "Check-point de groupes armés près de Sandaré, les passagers rackettés",
    "Des hommes armés en uniforme militaire rackettent les passagers près de Konna",
    "Entre Kolokani et Didiéni, des hommes armés rançonnent les voyageurs. L'armée n'a pas réagi.",
    "La gendarmerie a interpellé trois hommes qui rançonnaient les passagers à Kati",
    "Six motards ont rançonné dimanche une dizaine de véhicules. La gendarmerie a ouvert une enquête.",
    "Gunmen dressed as soldiers rob passengers near Konna",
    "Militia tolls drive fishmongers away from Konna. The mayor has asked the gendarmerie to act.",
    "Des bandits en tenue de gendarme rackettent les cars à Bougouni",
]


@pytest.mark.parametrize("text", OFFICIAL_BARRIERS)
def test_a_barrier_of_the_states_forces_is_not_told_as_an_unofficial_one(text: str):
    hit = screen(text, origin=Origin.FEED, is_barrier=True)
    assert hit is not None
    assert hit.rule == "position"
    assert screen(text, origin=Origin.ADMIN) is not None


@pytest.mark.parametrize("text", UNOFFICIAL_BARRIERS)
def test_a_barrier_of_anybody_else_is_told(text: str):
    assert screen(text, origin=Origin.FEED, is_barrier=True) is None


def test_a_search_by_the_states_allies_is_held_whatever_it_is_taken_for():
    assert screen("L'Africa Corps fouille les voyageurs à Niono", origin=Origin.FEED) is not None
    assert screen("Embuscade contre l'Africa Corps entre Konna et Douentza", origin=Origin.FEED) is None


def test_an_attack_is_told_though_soldiers_search_travellers_after_it():
    text = f"{ATTACK}. Des soldats fouillent les passagers des cars à Diéma"
    assert screen(text, origin=Origin.FEED) is None


@pytest.mark.parametrize("origin", list(Origin))
def test_supplies_that_lack_are_told_and_lorries_that_carry_them_are_not(origin: Origin):
    assert screen("Léré sous blocus, les vivres manquent", origin=origin) is None
    assert screen("Léré sous blocus, des camions de vivres à Niafunké", origin=origin) is not None
    assert screen("Des vivres à Niafunké", origin=origin) is not None


@pytest.mark.parametrize("text", ["", "   ", "\n", "…", "🚚" * 50], ids=["empty", "spaces", "line", "dots", "signs"])
def test_a_text_without_words_is_clear(text: str):
    assert screen(text, origin=Origin.ADMIN) is None


def test_a_rule_list_that_is_missing_is_named():
    with pytest.raises(DataError, match="words"):
        parse_rules({"movers": {}, "position": {}})

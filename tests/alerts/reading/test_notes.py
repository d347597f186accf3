"""Is an incident note read, as a security officer or a conflict database writes it: what concerns a road, and where?

The notes of `notes.jsonl` were written for these tests, in the manner of such notes; facts are invented.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from alerts.reading.jsonl import item_from_json
from alerts.reading.model import Reading
from alerts.reading.reader import Reader
from tests.alerts.reading.conftest import Read
from tests.alerts.reading.test_corpus import fold

NOTES = [json.loads(line) for line in Path(__file__).with_name("notes.jsonl").read_text("utf-8").splitlines()]


def events(reading: Reading) -> list[str]:
    return [place.name for place in reading.places if place.role == "event"]


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note["id"])
def test_a_note_says_where_it_happened_and_whether_a_road_is_concerned(reader: Reader, note: dict[str, Any]):
    reading = reader.read(item_from_json(json.dumps(note)))
    assert reading.relevant is note["relevant"], reading.reason
    assert sorted(map(fold, events(reading))) == sorted(map(fold, note["event"]))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("Véhicule d'une ONG enlevé à la sortie de Ménaka.", "checkpoint_extortion", id="a-vehicle"),
        pytest.param("Les passagers d'un véhicule enlevés à Ménaka.", "kidnapping", id="its-passengers"),
        pytest.param("Quatre voyageurs enlevés d'un véhicule à Ménaka.", "kidnapping", id="out-of-it"),
    ],
)
def test_a_vehicle_that_is_taken_is_no_kidnapping(read: Read, text: str, kind: str):
    reading = read("", f"{text} Les bandits ont fui.")
    assert reading.event_types[:1] == (kind,)


def test_an_unknown_village_is_placed_by_its_cercle_and_not_by_its_town(read: Read):
    reading = read("", "Armed men killed a herder in Zourgandaga (Koro, Mopti).", language="en")
    assert [(place.name, place.kind) for place in reading.places if place.role == "event"] == [
        ("Zourgandaga", "unlisted"),
        ("Koro", "cercle"),
    ]


def test_an_unknown_village_is_placed_by_the_town_it_is_measured_from(read: Read):
    text = "Soldiers repelled an attack on Zourgandaga, 12 km east of Ambidedi (Kayes cercle)."
    reading = read("", text, language="en")
    assert events(reading) == ["Zourgandaga", "Ambidédi"]


@pytest.mark.parametrize(
    ("where", "point"),
    [
        pytest.param("near Zourgandaga, about 70km northeast of Kidal", (18.89, 1.88), id="northeast"),
        pytest.param("in Zourgandaga (a village 40 km south of Kidal)", (18.08, 1.41), id="in-brackets"),
        pytest.param("11 km west of Aguelhok, coded as Zourgandaga", (19.46, 0.75), id="coded-as"),
        pytest.param("in Zourgandaga, west of Kidal", None, id="no-distance"),
    ],
)
def test_an_unknown_village_lies_where_a_distance_and_a_direction_put_it(
    read: Read, where: str, point: tuple[float, float] | None
):
    places = read("", f"Soldiers repelled an attack {where}.", language="en").places
    (village,) = [place for place in places if place.kind == "unlisted"]
    assert (village.latitude is None) is (point is None)
    if point and village.latitude and village.longitude:
        assert (village.latitude, village.longitude) == pytest.approx(point, abs=0.05)


def test_a_measured_village_still_has_a_town_by_which_alerts_find_it(read: Read):
    text = "Une mine a explosé près de Zourgandaga, à 30 km au nord-ouest de Gao, au passage d'un camion."
    assert events(read("", text)) == ["Zourgandaga", "Gao"]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        pytest.param("Two aid workers were kidnapped in Youwarou, Mopti.", ["Youwarou"], id="its-region"),
        pytest.param(
            "Two buses were attacked in Youwarou, Mopti and Koro.", ["Youwarou", "Mopti", "Koro"], id="a-list"
        ),
        pytest.param("Two buses were attacked in Yélimané, Mopti.", ["Yélimané", "Mopti"], id="not-its-region"),
    ],
)
def test_a_region_after_its_town_is_no_further_town(read: Read, text: str, where: list[str]):
    assert events(read("", text, language="en")) == where


@pytest.mark.parametrize(
    ("text", "language", "where"),
    [
        pytest.param("MNLA claims to have taken control of Menaka.", "en", ["Ménaka"], id="control"),
        pytest.param("The MUJAO has claimed control over Lere.", "en", ["Léré"], id="claimed-control"),
        pytest.param("Le MUJAO a pris le contrôle de Léré.", "fr", ["Léré"], id="contrôle"),
        pytest.param("Youths blocked lorries' access to Gao.", "en", ["Gao"], id="access"),
        pytest.param("GATIA and CMA fighters clashed in the Al-Moustarat area.", "en", ["Almoustarat"], id="an-area"),
        pytest.param("MSA and CMA fighters clashed near Sambala, on behalf of Bamako.", "en", ["Sambala"], id="behalf"),
    ],
)
def test_the_movements_of_the_north_and_what_they_take_are_known(
    read: Read, text: str, language: str, where: list[str]
):
    assert events(read("", text, language=language)) == where


def test_a_distance_and_a_direction_make_a_leg(read: Read):
    reading = read("", "Des hommes armés ont arrêté un bus à 25 km de Douentza, côté Hombori.")
    assert (events(reading), reading.leg) == (["Douentza"], ("douentza", "hombori"))


def test_where_nothing_happened_there_is_no_place_of_an_event(read: Read):
    for text in ("Aucun incident à Gao.", "Match à Gao : but du joueur de Bamako en finale."):
        reading = read("", text)
        assert (reading.relevant, events(reading)) == (False, []), text

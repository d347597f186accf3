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


def test_a_distance_and_a_direction_make_a_leg(read: Read):
    reading = read("", "Des hommes armés ont arrêté un bus à 25 km de Douentza, côté Hombori.")
    assert (events(reading), reading.leg) == (["Douentza"], ("douentza", "hombori"))


def test_where_nothing_happened_there_is_no_place_of_an_event(read: Read):
    for text in ("Aucun incident à Gao.", "Match à Gao : but du joueur de Bamako en finale."):
        reading = read("", text)
        assert (reading.relevant, events(reading)) == (False, []), text

"""How well are the items of `corpus.jsonl` read? They were written for these tests; the floors hold what is reached."""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from alerts.geography.atlas import Atlas
from alerts.reading.jsonl import item_from_json
from alerts.reading.model import Reading
from alerts.reading.reader import Reader

CORPUS = [json.loads(line) for line in Path(__file__).with_name("corpus.jsonl").read_text("utf-8").splitlines()]
FLOORS = {
    "relevance": 0.98,
    "event places right": 0.93,
    "event places found": 0.95,
    "main type": 0.96,
    "type right": 0.92,
    "type found": 0.92,
    "day": 0.96,
    "deaths": 0.96,
    "vehicles": 0.96,
    "leg": 0.95,
    "roads": 0.98,
    "origin": 1.0,
}


def fold(name: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", name.casefold()) if letter.isalnum())


def of_relevant(label: dict[str, Any], reading: Reading, atlas: Atlas) -> Iterator[tuple[str, bool]]:
    placed = {fold(place.name) for place in reading.places if place.role == "event"}
    wanted = {fold(name) for name in label["event"]}
    types = [str(kind) for kind in reading.event_types]
    yield from (("event places right", name in wanted) for name in placed)
    yield from (("event places found", name in placed) for name in wanted)
    yield "main type", types[0] in label["types"]
    yield from (("type right", kind in label["types"]) for kind in types)
    yield from (("type found", kind in types) for kind in label["types"])
    yield "day", (reading.event_date.isoformat() if reading.event_date else None) == label.get("date")
    yield "deaths", reading.fatalities == label.get("deaths")
    yield "vehicles", reading.vehicles_destroyed == label.get("vehicles")
    yield "origin", reading.origin == label.get("origin")
    yield "roads", list(reading.roads) == label.get("roads", list(reading.roads))
    if "leg" in label:
        yield "leg", [atlas.place_name(end) for end in reading.leg or ()] == label["leg"]


@pytest.fixture(scope="module")
def shares(reader: Reader, atlas: Atlas) -> dict[str, float]:
    good, total = Counter[str](), Counter[str]()
    for label in CORPUS:
        reading = reader.read(item_from_json(json.dumps(label)))
        checks = [("relevance", reading.relevant is label["relevant"])]
        if label["relevant"] and reading.relevant:
            checks += of_relevant(label, reading, atlas)
        for what, right in checks:
            good[what] += right
            total[what] += 1
    return {what: good[what] / total[what] for what in total}


def test_the_corpus_is_large_and_has_both_languages_and_hard_negatives():
    kinds = Counter((label["lang"], label["relevant"]) for label in CORPUS)
    assert len(CORPUS) >= 150
    assert min(kinds.values()) >= 20


@pytest.mark.parametrize("what", FLOORS)
def test_the_corpus_is_read_at_least_as_well_as_before(shares: dict[str, float], what: str):
    assert shares[what] >= FLOORS[what]


@pytest.mark.parametrize("label", [label for label in CORPUS if not label["relevant"]], ids=lambda label: label["id"])
def test_what_is_no_road_news_raises_no_alarm(reader: Reader, label: dict[str, Any]):
    reading = reader.read(item_from_json(json.dumps(label)))
    assert not reading.relevant, reading.reason

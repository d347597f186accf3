"""How many news items does one core read in a second?

The items are those of the reading's own tests. Where flashgeotext is installed (`pip install flashgeotext`), the place
names of the same items are also looked for with it.
"""

import json
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from alerts.geography.atlas import Atlas
from alerts.reading.jsonl import item_from_json
from alerts.reading.reader import Reader
from benchmarks.table import p99, show, timed

CORPUS = Path(__file__).parents[1] / "tests/alerts/reading/corpus.jsonl"


def run(*, quick: bool) -> None:
    lines = [line for line in CORPUS.read_text(encoding="utf-8").splitlines() if line.strip()]
    rounds = 1 if quick else 5
    atlas = Atlas.load()
    building = timed(lambda: Reader(atlas))[0]
    reader = Reader(atlas)
    items = [item_from_json(line) for line in lines]
    taken = [each for item in items for each in timed(partial(reader.read, item), times=rounds)]
    wanted = [(_text(line), json.loads(line).get("event", ())) for line in lines]
    ours = [{place.name for place in reader.read(item).places} for item in items]
    rows = [("Siraba: language, events, places and roles, dates, numbers", *_row(taken, wanted, ours))]
    if find_spec("flashgeotext"):
        geotext = import_module("flashgeotext.geotext").GeoText()
        theirs = [set(geotext.extract(text)["cities"]) for text, _ in wanted]
        took = [each for text, _ in wanted for each in timed(partial(geotext.extract, text), times=rounds)]
        rows.append(("flashgeotext: names of cities and countries", *_row(took, wanted, theirs)))
    show(
        f"Reading {len(items)} items on one core ({building:.0f} ms to get ready)",
        ("what", "items/s", "median ms", "p99 ms", "places of events found"),
        rows,
    )


def _row(taken: list[float], wanted: list[tuple[str, list[str]]], found: list[set[str]]) -> tuple[str, ...]:
    names = sum(len(places) for _, places in wanted)
    hits = sum(len(set(places) & seen) for (_, places), seen in zip(wanted, found, strict=True))
    return (
        f"{1000 * len(taken) / sum(taken):.0f}",
        f"{median(taken):.3g}",
        f"{p99(taken):.3g}",
        f"{hits} of {names}",
    )


def _text(line: str) -> str:
    row = json.loads(line)
    return f"{row['title']}. {row.get('summary') or ''}"

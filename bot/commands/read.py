"""`siraba read`: a reading for each item."""

import argparse
import sys
from collections.abc import Iterator
from typing import Any

from alerts.geography.atlas import Atlas
from alerts.reading.model import Reading
from alerts.reading.reader import Reader
from bot.cli import UNUSABLE
from bot.commands.lines import UnusableLineError, items, print_lines
from bot.settings import load_settings


def run(options: argparse.Namespace) -> int:
    """Read items from stdin, print readings."""
    atlas = Atlas.load(load_settings().gazetteer)
    try:
        print_lines(_readings(atlas, explain=options.explain))
    except UnusableLineError as error:
        print(f"siraba read: {error}", file=sys.stderr)  # noqa: T201 - a word to the terminal
        return UNUSABLE
    return 0


def _readings(atlas: Atlas, *, explain: bool) -> Iterator[dict[str, Any]]:
    reader = Reader(atlas)
    for item in items(sys.stdin):
        reading = reader.read(item)
        yield as_json(reading, atlas) | ({"because": list(reading.because)} if explain else {})


def as_json(reading: Reading, atlas: Atlas) -> dict[str, Any]:
    """The public form of a reading."""
    names = (atlas.place_name(reading.leg[0]), atlas.place_name(reading.leg[1])) if reading.leg else None
    return reading.as_json(names)

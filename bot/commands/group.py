"""`siraba group`: which items tell of the same event?"""

import argparse
import sys
from typing import Any

from alerts.geography.atlas import Atlas
from alerts.incidents.group import group
from alerts.incidents.model import Incident, Report, SourceKind
from alerts.incidents.report import report_from
from alerts.reading.model import Item
from alerts.reading.reader import Reader
from alerts.sources.model import Source
from bot.cli import UNUSABLE
from bot.clock import utc_now
from bot.commands.lines import UnusableLineError, items, print_lines
from bot.settings import load_settings


def run(_: argparse.Namespace) -> int:
    """Read items from stdin, print an incident for each event."""
    atlas = Atlas.load(load_settings().gazetteer)
    try:
        found = list(items(sys.stdin))
    except UnusableLineError as error:
        print(f"siraba group: {error}", file=sys.stderr)  # noqa: T201 - a word to the terminal
        return UNUSABLE
    reader = Reader(atlas)
    told = [(item, report) for item in found if (report := _report(item, reader, atlas))]
    ids = {report.id: item.id for item, report in told}
    incidents = group([report for _, report in told], atlas=atlas, now=utc_now())
    print_lines(as_json(incident, ids, atlas) for incident in incidents)
    return 0


def _report(item: Item, reader: Reader, atlas: Atlas) -> Report | None:
    # Items come without their source here: each counts as its own, of a grade nobody has judged.
    source = Source(id=item.id, url="", grade="F", source_kind=SourceKind.PRESS)
    now = item.published or utc_now()
    return report_from(reader.read(item), item=item, source=source, atlas=atlas, now=now, held=None)


def as_json(incident: Incident, ids: dict[str, str], atlas: Atlas) -> dict[str, Any]:
    """The public form of a group."""
    return {
        "incident": incident.id,
        "items": [ids[report.id] for report in incident.reports],
        "event_type": incident.event_type,
        "places": [atlas.place_name(place) for place in incident.location.places],
        "roads": list(incident.location.roads),
        "event_date": incident.onset.isoformat() if incident.onset else None,
    }

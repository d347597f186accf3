"""How long does it take to find the incident a report belongs to, the more incidents are known?

Reports are spread over the atlas's places and over two months, in several types. "All compared" asks of each known
incident whether the report tells of it, which the index saves.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from random import Random
from statistics import median

from alerts.geography.atlas import Atlas
from alerts.incidents.absorb import absorb
from alerts.incidents.known import Known
from alerts.incidents.likeness import likeness
from alerts.incidents.model import Incident, Report, SourceKind
from alerts.incidents.picture import first_picture
from alerts.reading.model import EventType
from benchmarks.table import p99, show, timed

_NOW = datetime(2025, 11, 1, tzinfo=UTC)
_DAYS = 60
_ASKED = 200
_TYPES = (EventType.AMBUSH, EventType.IED, EventType.BLOCKADE, EventType.ACCIDENT, EventType.ROAD_CLOSED)


def run(*, quick: bool) -> None:
    atlas = Atlas.load()
    sizes = (500, 2_000) if quick else (500, 2_000, 8_000)
    rows = [_row(atlas, size) for size in sizes]
    show(
        "Taking one report in",
        ("incidents known", "with the index, median ms", "p99 ms", "all compared, median ms", "in reach, median"),
        rows,
    )


def _row(atlas: Atlas, size: int) -> tuple[object, ...]:
    chance = Random(size)
    incidents = [
        first_picture(_report(atlas, chance, f"known {number}"), incident_id=f"{number:05d}", now=_NOW)
        for number in range(size)
    ]
    known, numbers = Known.of(incidents, atlas), count(size)
    asked = [_report(atlas, chance, f"asked {number}") for number in range(_ASKED)]
    reach = [len(known.in_reach_of(report)) for report in asked]
    compared = [timed(partial(_compare, report, incidents, atlas))[0] for report in asked[::10]]
    taken = [
        timed(partial(absorb, [report], into=known, new_id=lambda: f"{next(numbers):05d}", now=_NOW))[0]
        for report in asked
    ]
    return size, f"{median(taken):.3g}", f"{p99(taken):.3g}", f"{median(compared):.3g}", f"{median(reach):.0f}"


def _compare(report: Report, incidents: Sequence[Incident], atlas: Atlas) -> None:
    for incident in incidents:
        likeness(report, incident, atlas)


def _report(atlas: Atlas, chance: Random, name: str) -> Report:
    day = _NOW - timedelta(days=chance.randrange(_DAYS))
    bare = Report(
        id=name,
        source_id=name,
        source_kind=SourceKind.PRESS,
        grade="C",
        fetched_at=day,
        published_at=day,
        event_date=day.date(),
        event_types=(chance.choice(_TYPES),),
        location=atlas.locate(places=[chance.choice(sorted(atlas.places))]),
    )
    return replace(bare, title=f"Title {name}")

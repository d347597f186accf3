"""How does the chronology look as rows: for a spreadsheet (CSV), for programs (JSON lines), on a map (GeoJSON)?"""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from alerts.outputs.record import Record

COLUMNS = (
    "ref", "status", "date", "day_part", "region", "place", "road", "type", "severity", "trust", "source", "vehicles",
    "informed",
)  # fmt: skip

_AND = "; "
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula at the beginning of a cell: names come from files that others wrote."""


def as_csv(records: Iterable[Record]) -> str:
    """A head and a row for each record; several values in one cell are parted by semicolons."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows([_cell(value) for value in properties(one).values()] for one in records)
    return text.getvalue()


def as_jsonl(records: Iterable[Record]) -> str:
    """One JSON object a line."""
    return "".join(_json(properties(one)) + "\n" for one in records)


def as_geojson(records: Iterable[Record]) -> str:
    """A feature for each record: a town is a point, a stretch the line between its two ends, a region no shape."""
    features = [
        {"type": "Feature", "id": one.reference, "geometry": _geometry(one), "properties": properties(one)}
        for one in records
    ]
    return _json({"type": "FeatureCollection", "features": features}) + "\n"


def properties(record: Record) -> dict[str, Any]:
    """The facts, in the order of `COLUMNS`."""
    facts = (
        record.reference,
        record.status,
        record.day.isoformat(),
        record.day_part,
        list(record.regions),
        record.place,
        list(record.roads),
        record.event_type,
        record.severity.lower(),
        record.trust,
        list(record.source_kinds),
        list(record.vehicles),
        record.informed.isoformat(),
    )
    return dict(zip(COLUMNS, facts, strict=True))


def _geometry(record: Record) -> dict[str, Any] | None:
    points = [list(point) for point in record.points]
    match points:
        case []:
            return None
        case [point]:
            return {"type": "Point", "coordinates": point}
        case _:
            return {"type": "LineString" if "–" in record.place else "MultiPoint", "coordinates": points}


def _cell(value: Any) -> str:
    text = _AND.join(value) if isinstance(value, list) else str(value or "")
    return f"'{text}" if text.startswith(_FORMULA) else text


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)

"""Which rows does a file of incidents have: a spreadsheet saved as CSV, or GeoJSON?

Columns are found by their heads, in French or English (`data/columns.toml`); others are passed over, and with them the
shapes of GeoJSON: a place is a name here, never coordinates.
"""

import csv
import io
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from alerts.errors import SirabaError
from alerts.incidents.words import fold

LARGEST = 2_000_000  # bytes
MOST_ROWS = 5_000
NEEDED = ("type", "date")
"""And a place, a road or a region."""

_WHERE = frozenset({"place", "road", "region"})
_SEPARATORS = ";,\t"


class SheetFault(StrEnum):
    """Why a file as a whole cannot be used."""

    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    NO_ROWS = "no_rows"
    NO_SHEET = "no_sheet"
    NO_COLUMN = "no_column"


class NoSheetError(SirabaError):
    """The file as a whole cannot be used; the text says why to operators, `fault` to everyone."""

    def __init__(self, fault: SheetFault, why: str) -> None:
        super().__init__(why)
        self.fault = fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The cells of one row by the meaning of their column; `number` is its line in CSV, its place in GeoJSON."""

    number: int
    cells: Mapping[str, str]


def rows_in(body: bytes, *, most: int = MOST_ROWS) -> tuple[Row, ...]:
    """The rows of a file, empty ones left out; no more than `most`.

    Raises:
        NoSheetError: it is none, too large, or lacks a column.
    """
    if len(body) > LARGEST:
        raise NoSheetError(SheetFault.TOO_LARGE, f"the file is larger than {LARGEST // 10**6} MB")
    text = _decoded(body)
    rows = tuple(_features(text) if text.lstrip().startswith("{") else _table(text))
    if not rows:
        raise NoSheetError(SheetFault.NO_ROWS, "the file has no rows")
    if len(rows) > most:
        raise NoSheetError(SheetFault.TOO_MANY_ROWS, f"the file has more than {most} rows")
    return rows


@cache
def heads() -> Mapping[str, str]:
    """Each way to head a column with what it means."""
    text = files("alerts.desk").joinpath("data/columns.toml").read_text(encoding="utf-8")
    return {fold(head): meaning for meaning, said in tomllib.loads(text).items() for head in said}


def _decoded(body: bytes) -> str:
    """UTF-8, or what a French Windows writes."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("cp1252", errors="replace")
    if "\0" in text:
        raise NoSheetError(SheetFault.NO_SHEET, "this is no CSV and no GeoJSON; save the spreadsheet as CSV")
    return text


def _table(text: str) -> Iterator[Row]:
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        columns = _columns(next(table, []))
        for cells in table:
            if any(cell.strip() for cell in cells):
                yield _row(table.line_num, columns, cells)
    except csv.Error as error:
        raise NoSheetError(SheetFault.NO_SHEET, f"line {table.line_num}: {error}") from error


def _features(text: str) -> Iterator[Row]:
    try:
        features = json.loads(text)["features"]
        named = [{str(name): _told(value) for name, value in one["properties"].items()} for one in features]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NoSheetError(SheetFault.NO_SHEET, "this is no GeoJSON collection of features with properties") from error
    _columns(list(dict.fromkeys(name for one in named for name in one)))
    for number, one in enumerate(named, start=1):
        yield _row(number, [_meaning(name) for name in one], list(one.values()))


def _columns(found: Sequence[str]) -> list[str | None]:
    columns = [_meaning(head) for head in found]
    missing = [name for name in NEEDED if name not in columns]
    if not _WHERE & set(columns):
        missing.append("place")
    if missing:
        raise NoSheetError(SheetFault.NO_COLUMN, f"no column is headed: {', '.join(missing)}")
    return columns


def _meaning(head: str) -> str | None:
    return heads().get(fold(head.replace("_", " ").replace("-", " ")))


def _row(number: int, columns: Sequence[str | None], cells: Iterable[str]) -> Row:
    """Of two columns that mean the same, the first one that says something counts."""
    told: dict[str, str] = {}
    for meaning, cell in zip(columns, cells, strict=False):
        if meaning is not None and cell.strip():
            told.setdefault(meaning, cell.strip())
    return Row(number=number, cells=told)


def _told(value: Any) -> str:
    """A property as a cell; several values are parted as our own export parts them."""
    if isinstance(value, list):
        return "; ".join(_told(one) for one in value)
    return "" if value is None or isinstance(value, dict) else str(value)

"""Which further places does an operator's own gazetteer name?

Two forms are read: a GeoNames country dump (tab-separated, no header) and a CSV with a header. Such places are for
reading reports only: which of several namesakes is meant, the reading tells by what else a report names. A second
point of one place is left out. Of a dump's alternate names those are read that are long, in Latin letters and no other
place's own name.
"""

import csv
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from math import nan
from pathlib import Path

from alerts.errors import DataError
from alerts.geography.distances import between
from alerts.geography.model import Place
from alerts.geography.names import spellings
from alerts.geography.spelling import fold, key

PRIORITY = 9  # after every curated place

_POLE, _DATE_LINE = 90, 180
_GEONAMES_COLUMNS = 19
_ONE_PLACE_KM = 15.0  # surveys differ by that much on one village
_SHORTEST = 4  # letters: anything shorter is a word of some language
_SHORTEST_ALTERNATE = 6  # of a name that may be an old one, a nickname or an error
_NAME = ("name", "nom", "featurename", "toponyme", "localite", "village", "admin4name", "asciiname")
_LATITUDE = ("lat", "latitude", "y", "ylat", "pointy", "gpslat")
_LONGITUDE = ("lon", "long", "lng", "longitude", "x", "xlon", "xlong", "pointx", "gpslon")


def further_places(path: Path, curated: Iterable[Place]) -> dict[str, Place]:
    """Places of a gazetteer file by id, without those that are a curated place, or another row's, over again.

    Raises:
        DataError: the file cannot be read, or has no columns for a name and coordinates.
    """
    known: dict[str, list[Place]] = {}
    for place in curated:
        for spelling in spellings(place):
            known.setdefault(key(spelling), []).append(place)
    found: dict[str, Place] = {}
    for place in _read(path):
        namesakes = known.setdefault(key(place.name), [])
        if len(key(place.name)) < _SHORTEST or any(_are_one(place, other) for other in namesakes):
            continue
        namesakes.append(place)
        found[place.id] = place
    return {place.id: _with_own_alternates(place, known) for place in found.values()}


def _with_own_alternates(place: Place, known: Container[str]) -> Place:
    """`place` with those of its alternate names that are long and no place's own."""
    kept = {
        name_key: name
        for name in place.alternate_names
        if len(name_key := key(name)) >= _SHORTEST_ALTERNATE and name_key.isascii() and name_key not in known
    }
    return replace(place, alternate_names=tuple(kept.values()))


def _are_one(place: Place, other: Place) -> bool:
    if None in (place.latitude, place.longitude, other.latitude, other.longitude):
        return True
    return between((place.latitude or 0.0, place.longitude or 0.0), (other.latitude or 0.0, other.longitude or 0.0)) < (
        _ONE_PLACE_KM
    )


def _read(path: Path) -> Iterator[Place]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            first = lines.readline()
            lines.seek(0)
            if first.count("\t") == _GEONAMES_COLUMNS - 1:
                yield from _geonames(path, csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
            else:
                delimiter = max(",;\t", key=first.count)
                yield from _table(path, csv.reader(lines, delimiter=delimiter))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{path.name}: cannot be read: {error}") from error


def _geonames(path: Path, rows: Iterable[Sequence[str]]) -> Iterator[Place]:
    for line, row in enumerate(rows, start=1):
        if len(row) != _GEONAMES_COLUMNS:
            raise DataError(f"{path.name}, line {line}: {len(row)} columns, not the {_GEONAMES_COLUMNS} of GeoNames")
        if row[6] == "P":
            where, place_id = f"{path.name}, line {line}", f"geonames-{row[0]}"
            others = tuple(name for name in row[3].split(",") if name)
            yield _place(where, place_id, row[1], (row[4], row[5]), country=row[8], alternate_names=others)


def _table(path: Path, rows: Iterable[Sequence[str]]) -> Iterator[Place]:
    lines = enumerate(rows, start=1)
    header = [fold(cell).replace(" ", "") for cell in next(lines, (0, ()))[1]]
    name, latitude, longitude = (_column(path, header, known) for known in (_NAME, _LATITUDE, _LONGITUDE))
    for line, row in lines:
        if len(row) == len(header) and row[name].strip():
            yield _place(f"{path.name}, line {line}", f"gazetteer-{line}", row[name], (row[latitude], row[longitude]))


def _column(path: Path, header: list[str], known: Sequence[str]) -> int:
    for name in known:
        if name in header:
            return header.index(name)
    raise DataError(f"{path.name}: no column is called {', '.join(known)}")


def _place(
    where: str,
    place_id: str,
    name: str,
    point: tuple[str, str],
    *,
    country: str = "ML",
    alternate_names: tuple[str, ...] = (),
) -> Place:
    try:
        latitude, longitude = (float(degrees.replace(",", ".")) for degrees in point)
    except ValueError:
        latitude = longitude = nan
    if not (abs(latitude) <= _POLE and abs(longitude) <= _DATE_LINE):
        raise DataError(f"{where}: {', '.join(point)} are no coordinates")
    return Place(
        id=place_id,
        name=name.strip(),
        kind="village",
        country=country,
        latitude=latitude,
        longitude=longitude,
        alternate_names=alternate_names,
        priority=PRIORITY,
    )

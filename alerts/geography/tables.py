"""What do the data files say, and is every row what it must be?

One loader per file. A row that cannot be meant so raises `DataError` with the file, the line and the fault;
what a row refers to in another file is checked by the loader that reads the reference.
"""

import csv
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from alerts.errors import DataError
from alerts.geography.model import Corridor, Homonym, Leg, Place, Region, Road
from alerts.geography.spelling import key
from alerts.geography.typed import Role

T = TypeVar("T")

DATA = Path(__file__).parent / "data"

_KINDS = frozenset({"city", "town", "village", "neighbourhood", "border_post", "junction"})
_LEVELS = frozenset({"region", "district", "cercle"})
_SURFACES = frozenset({"paved", "unpaved", "track", "mixed", "unknown", ""})


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, read column by column; each reader names the file and line when it refuses."""

    file: str
    line: int
    cells: Mapping[str, str]

    def fault(self, what: str) -> DataError:
        """The refusal of this row."""
        return DataError(f"{self.file}, line {self.line}: {what}")

    def text(self, column: str) -> str:
        """A cell that may be empty."""
        return self.cells[column].strip()

    def needed(self, column: str) -> str:
        """A cell that may not be empty."""
        if not (value := self.text(column)):
            raise self.fault(f"{column} is empty")
        return value

    def several(self, column: str) -> tuple[str, ...]:
        """A cell of values between bars."""
        return tuple(value.strip() for value in self.text(column).split("|") if value.strip())

    def one_of(self, column: str, allowed: Collection[str]) -> str:
        """A cell that holds one of `allowed`."""
        if (value := self.text(column)) not in allowed:
            raise self.fault(f"{column} is {value!r}, not one of {', '.join(sorted(allowed))}")
        return value

    def yes(self, column: str) -> bool:
        """A cell that says yes or no."""
        return self.one_of(column, {"yes", "no"}) == "yes"

    def number(self, column: str, low: float, high: float) -> float:
        """A number from `low` to `high`."""
        try:
            value = float(self.needed(column))
        except ValueError as error:
            raise self.fault(f"{column} is {self.text(column)!r}, not a number") from error
        if not low <= value <= high:
            raise self.fault(f"{column} is {value:g}, not between {low:g} and {high:g}")
        return value

    def known(self, column: str, places: Collection[str]) -> tuple[str, ...]:
        """A cell of place ids, all of which exist."""
        if missing := [place for place in self.several(column) if place not in places]:
            raise self.fault(f"{column} names {missing[0]!r}, which is no place")
        return self.several(column)


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            table = csv.DictReader(lines, restval="", restkey="")
            if tuple(table.fieldnames or ()) != columns:
                raise DataError(f"{path.name}: the columns must be {', '.join(columns)}")
            for cells in table:
                row = Row(path.name, table.line_num, cells)
                if "" in cells:
                    raise row.fault("has more cells than columns")
                yield row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{path.name}: cannot be read: {error}") from error


def _unique(path: Path, columns: tuple[str, ...], read: Callable[[Row], tuple[str, T]]) -> dict[str, T]:
    found: dict[str, T] = {}
    for row in _rows(path, columns):
        name, value = read(row)
        if name in found:
            raise row.fault(f"{name!r} is there twice")
        found[name] = value
    if not found:
        raise DataError(f"{path.name}: holds no row")
    return found


_PLACE_COLUMNS = (
    "id", "name", "kind", "country", "latitude", "longitude", "region", "cercle", "former_region", "border_town",
    "priority", "stop", "alternate_names",
)  # fmt: skip


def load_places(path: Path = DATA / "places.csv") -> dict[str, Place]:
    """Every place by its id."""

    def read(row: Row) -> tuple[str, Place]:
        located = bool(row.text("latitude"))
        place = Place(
            id=row.needed("id"),
            name=row.needed("name"),
            kind=row.one_of("kind", _KINDS),
            country=row.needed("country"),
            latitude=row.number("latitude", -90, 90) if located else None,
            longitude=row.number("longitude", -180, 180) if located else None,
            region=row.text("region"),
            cercle=row.text("cercle"),
            former_region=row.text("former_region"),
            border_town=row.yes("border_town"),
            priority=int(row.number("priority", 1, 3)),
            stop=row.yes("stop"),
            alternate_names=row.several("alternate_names"),
        )
        return place.id, place

    return _unique(path, _PLACE_COLUMNS, read)


def load_roads(places: Collection[str], path: Path = DATA / "roads.csv") -> dict[str, Road]:
    """Every road by its id; a road has a number only where a source confirms it."""

    def read(row: Row) -> tuple[str, Road]:
        road = Road(
            id=row.needed("id"),
            ref=row.text("ref") or None,
            name=row.needed("name"),
            waypoints=row.known("waypoints", places),
            surface=row.one_of("surface", _SURFACES),
            alternate_names=row.several("alternate_names"),
        )
        if len(road.waypoints) < len(("start", "end")):
            raise row.fault("waypoints need at least two places")
        return road.id, road

    return _unique(path, ("id", "ref", "name", "surface", "waypoints", "alternate_names"), read)


def load_legs(places: Collection[str], refs: Collection[str | None], path: Path = DATA / "legs.csv") -> tuple[Leg, ...]:
    """Every leg of the graph; `refs` are the road numbers there are."""

    def read(row: Row) -> tuple[str, Leg]:
        start, end = row.known("start", places), row.known("end", places)
        if not start or not end or start == end:
            raise row.fault("a leg joins two places")
        if (ref := row.text("road") or None) and ref not in refs:
            raise row.fault(f"{ref!r} is no road number")
        leg = Leg(
            start=start[0],
            end=end[0],
            road_ref=ref,
            km=row.number("km", 0.1, 1000),
            cost_km=row.number("cost_km", 0.1, 2000),
            surface=row.one_of("surface", _SURFACES),
            core=row.one_of("core", {"0", "1"}) == "1",
        )
        return "/".join(leg.key), leg

    return tuple(_unique(path, ("start", "end", "road", "km", "cost_km", "surface", "core"), read).values())


def load_corridors(places: Collection[str], path: Path = DATA / "corridors.csv") -> dict[str, Corridor]:
    """Every corridor by its id."""

    def read(row: Row) -> tuple[str, Corridor]:
        corridor = Corridor(
            id=row.needed("id"),
            name=row.needed("name"),
            stops=row.known("stops", places),
            waypoints=row.known("waypoints", places),
            alternate_names=row.several("alternate_names"),
        )
        if not corridor.stops or not set(corridor.stops) <= set(corridor.waypoints):
            raise row.fault("stops must be among the waypoints")
        return corridor.id, corridor

    return _unique(path, ("id", "name", "stops", "waypoints", "alternate_names"), read)


def load_regions(places: Mapping[str, Place], path: Path = DATA / "regions.csv") -> dict[str, Region]:
    """Every region, district and cercle by its id, with the places it contains."""

    def read(row: Row) -> tuple[str, Region]:
        level, name = row.one_of("level", _LEVELS), row.needed("name")
        former = row.yes("former")
        region = Region(
            id=row.needed("id"),
            level=level,
            name=name,
            places=tuple(place.id for place in places.values() if _within(place, level, name, former=former)),
            former=former,
            capital=next(iter(row.known("capital", places)), None),
            parent=row.text("parent") or None,
            alternate_names=row.several("alternate_names"),
        )
        return region.id, region

    regions = _unique(path, ("id", "level", "name", "former", "capital", "parent", "alternate_names"), read)
    if lost := [region for region in regions.values() if region.parent and region.parent not in regions]:
        raise DataError(f"{path.name}: {lost[0].id} lies in {lost[0].parent!r}, which is no region")
    return regions


def _within(place: Place, level: str, name: str, *, former: bool) -> bool:
    if former:
        return place.former_region == name
    return (place.cercle if level == "cercle" else place.region) == name


def load_homonyms(places: Collection[str], path: Path = DATA / "ambiguous.csv") -> dict[str, Homonym]:
    """Spellings that several places share, by their key."""

    def read(row: Row) -> tuple[str, Homonym]:
        homonym = Homonym(
            spelling=row.needed("spelling"),
            places=row.known("places", places),
            default=row.text("default") or None,
        )
        if len(homonym.places) < len(("one", "other")):
            raise row.fault("a shared spelling needs two places")
        if homonym.default and homonym.default not in homonym.places:
            raise row.fault(f"{homonym.default!r} is not among its places")
        return key(homonym.spelling), homonym

    return _unique(path, ("spelling", "places", "default"), read)


def load_words(path: Path = DATA / "words.csv") -> dict[str, Role]:
    """Words of a request that are no names, with the part they play."""

    def read(row: Row) -> tuple[str, Role]:
        return row.needed("word"), Role(row.one_of("role", set(Role)))

    return _unique(path, ("word", "role"), read)

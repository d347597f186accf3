"""Which fuel prices does the World Food Programme's market list hold?

The list has a row for each market, commodity and month since 2003; only fuel is taken. Its columns were renamed over
the years, and older files have a row of HXL tags below the head. A list without fuel says so: nothing is guessed.
"""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO, TextIOWrapper

from alerts.sources.model import Fault, MarketPrice
from alerts.sources.parsed import ParsedFeed, ParseFailed

# What the list calls each column today, and what it was called before.
_COLUMNS = {
    "date": ("date",),
    "market": ("market", "mktname"),
    "category": ("category",),
    "commodity": ("commodity", "cmname"),
    "unit": ("unit", "um_name"),
    "flag": ("priceflag",),
    "currency": ("currency", "cur_name"),
    "price": ("price", "mp_price"),
}
_NEEDED = frozenset({"date", "market", "commodity", "price", "currency"})
_FUEL = "Fuel ("
_MEASURED = frozenset({"actual", "aggregate", "actual,aggregate"})

Row = Mapping[str, str]


def parse_wfp(body: bytes, *, today: date) -> ParsedFeed | ParseFailed:
    """Every fuel price of the list up to `today`, as it stands there."""
    try:
        rows = csv.reader(_lines_of_fuel(body))
        head = next(rows, [])
        columns = _columns(head)
        if not columns.keys() >= _NEEDED:
            page = b"<html" in body[:4096].lower()
            return ParseFailed(reason="a web page, not a price list" if page else "not a price list")
        prices = tuple(_prices(rows, columns, today=today))
    except csv.Error:
        return ParseFailed(reason="a broken price list")
    if not prices:
        return ParseFailed(reason="a price list without fuel", fault=Fault.EMPTY)
    return ParsedFeed(title="WFP", prices=prices)


def _lines_of_fuel(body: bytes) -> Iterator[str]:
    """The head, and the few lines among a hundred thousand that may be of fuel."""
    lines = TextIOWrapper(BytesIO(body), encoding="utf-8-sig", errors="replace", newline="")
    yield next(lines, "")
    yield from (line for line in lines if _FUEL in line)


def _columns(head: list[str]) -> dict[str, int]:
    places = {name.strip().lower(): number for number, name in enumerate(head)}
    known = {ours: [places[name] for name in theirs if name in places] for ours, theirs in _COLUMNS.items()}
    return {ours: numbers[0] for ours, numbers in known.items() if numbers}


def _prices(rows: Iterator[list[str]], columns: Mapping[str, int], *, today: date) -> Iterator[MarketPrice]:
    for cells in rows:
        row = {name: cells[number].strip() for name, number in columns.items() if number < len(cells)}
        if _is_fuel(row) and (price := _price(row)) is not None and price.date <= today:
            yield price


def _is_fuel(row: Row) -> bool:
    fuel = row.get("commodity", "").startswith(_FUEL) and row.get("category", "non-food") == "non-food"
    return fuel and row.get("flag", "actual") in _MEASURED


def _price(row: Row) -> MarketPrice | None:
    """The row as a value; None where it has no day, no market or no credible price."""
    try:
        day, price = date.fromisoformat(row.get("date", "")[:10]), float(row.get("price", ""))
    except ValueError:
        return None
    if not row.get("market") or not 0 < price < 10**7:
        return None
    return MarketPrice(
        date=day,
        market=row["market"],
        commodity=row["commodity"],
        unit=row.get("unit", ""),
        price=price,
        currency=row.get("currency", ""),
    )

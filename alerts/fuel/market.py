"""What does a price list say that a litre cost in each town, month by month?

The World Food Programme's list names markets and commodities in its own words. What it holds besides a litre of petrol
or diesel in francs at an ordinary market is left out: nothing is guessed.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from alerts.fuel.model import MonthPrice, Product
from alerts.geography.model import AreaKind

if TYPE_CHECKING:
    from alerts.geography.atlas import Atlas
    from alerts.sources.model import MarketPrice

_PRODUCTS = (
    (Product.DIESEL, re.compile(r"fuel \(diesel\)", re.IGNORECASE)),
    (Product.PETROL, re.compile(r"fuel \((?:petrol-gasoline|super petrol|petrol)\)", re.IGNORECASE)),
)
_QUARTER = re.compile(r"\s*\([^)]*\)")
_LITRES = frozenset({"l", "litre", "liter"})


def month_prices(rows: Iterable["MarketPrice"], atlas: "Atlas") -> tuple[MonthPrice, ...]:
    """The newest price of each town and product; of several markets in one town that of the dearest."""
    newest: dict[tuple[str, Product], MonthPrice] = {}
    for row in rows:
        found = _price(row, atlas)
        if found is None:
            continue
        pump = (found.place, found.product)
        if pump not in newest or _order(found) > _order(newest[pump]):
            newest[pump] = found
    return tuple(newest[pump] for pump in sorted(newest))


def _order(price: MonthPrice) -> tuple[object, int]:
    return price.month, price.price_xof


def _price(row: "MarketPrice", atlas: "Atlas") -> MonthPrice | None:
    product = next((product for product, said in _PRODUCTS if said.fullmatch(row.commodity.strip())), None)
    if product is None or row.currency != "XOF" or row.unit.strip().lower() not in _LITRES:
        return None
    area = atlas.resolve(_QUARTER.sub("", row.market).strip()).area
    if area is None or area.kind is not AreaKind.PLACE:
        return None
    return MonthPrice(place=area.id, product=product, price_xof=round(row.price), month=row.date.replace(day=1))

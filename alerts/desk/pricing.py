"""What does an admin's line say of official prices, such as "essence 800 gasoil 750 2024-10-11"?"""

import re
from datetime import date
from enum import StrEnum

from alerts.desk.words import desk_words, in_order
from alerts.fuel.model import OfficialPrice, Product
from alerts.fuel.reading import PRICES
from alerts.incidents.words import fold

LONGEST = 200  # characters

_DAY = re.compile(r"\b(?:(\d{4})-(\d\d)-(\d\d)|(\d\d?)/(\d\d?)/(\d{4}))\b")
_PIECE = re.compile(r"\d{1,2}[ .,]\d{3}(?!\d)|\d+|[^\d]+")
_BURNT = frozenset({Product.PETROL, Product.DIESEL})


class PriceFault(StrEnum):
    """What a line lacks."""

    NO_PRICE = "no_price"
    FUTURE = "future"
    TOO_LONG = "too_long"


def parse_prices(text: str, *, today: date) -> tuple[OfficialPrice, ...] | PriceFault:
    """Each product with the figure after it; in force since the day the line names, else since `today`.

    A price to come is not taken: it would empty the stations before it holds.
    """
    if len(text) > LONGEST:
        return PriceFault.TOO_LONG
    folded = fold(text)
    since = _day_in(folded) if _DAY.search(folded) else today
    prices = _prices(_DAY.sub(" ", folded))
    if not prices or since is None or not all(xof in PRICES for xof in prices.values()):
        return PriceFault.NO_PRICE
    if since > today:
        return PriceFault.FUTURE
    return tuple(
        OfficialPrice(product=product, price_xof=prices[product], since=since)
        for product in Product
        if product in prices
    )


def _prices(folded: str) -> dict[Product, int]:
    found: dict[Product, int] = {}
    named: list[Product] = []
    for piece in _PIECE.findall(folded):
        if piece[0].isdigit():
            found |= {product: int(re.sub(r"\D", "", piece)) for product in named if product in _BURNT}
            named = []
        else:
            named += in_order(piece, desk_words().products)
    return found


def _day_in(folded: str) -> date | None:
    match = _DAY.search(folded)
    if match is None:
        return None
    year, month, day = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None

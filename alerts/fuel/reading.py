"""What does an item say of fuel at the pump, town by town?

Only availability after the fact leaves this file: no tankers, depots, deliveries or named stations.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from alerts.fuel.model import Availability, FuelReport, FuelSource, Product, Queue
from alerts.fuel.words import words
from alerts.incidents.model import SourceKind
from alerts.incidents.words import fold
from alerts.reading.model import EventType, Item, Reading, Role

if TYPE_CHECKING:
    from alerts.sources.model import Source

FUEL_TYPES = frozenset({EventType.FUEL_SHORTAGE, EventType.FUEL_ARRIVAL, EventType.FUEL_PRICE})
PRICES = range(300, 10_001)
"""FCFA a litre that can be meant: outside it the number is something else."""

_AT_THE_PUMP = (Product.PETROL, Product.DIESEL)
_NO_TOWN = frozenset({"region", "cercle", "border", "junction"})
_CLAUSES = re.compile(r"[.;!?\n]+| (?:mais|but|tandis que|while|alors que) ")
_PARTS = re.compile(r",| et (?=l'|le |la |les |du |aucun)| and ")
_PRICE = re.compile(
    r"(?<!\d)(\d{1,2}[  .,]?\d{3}|\d{3})\s?(?:f ?cfa|fcfa|francs?(?: cfa)?|xof|f\b)"
    r"(?!\s?(?:de )?(?:hausse|plus|moins))"
)
_SOURCES = {
    SourceKind.PRESS: FuelSource.PRESS,
    SourceKind.OFFICIAL: FuelSource.OFFICIAL,
    SourceKind.FIELD: FuelSource.TRUSTED,
}


def fuel_from(reading: Reading, item: Item, source: "Source", now: datetime) -> tuple[FuelReport, ...]:
    """One statement per town and product that `item` makes; none when it says nothing of the pump."""
    towns = [place.id for place in reading.places if place.role is Role.EVENT and place.kind not in _NO_TOWN]
    if not reading.relevant or not towns or not FUEL_TYPES & set(reading.event_types):
        return ()
    text = fold(f"{item.title}. {item.summary}")
    said, prices, queue = availabilities(text), prices_in(text), queue_in(text)
    observed = min(item.published or now, now)
    return tuple(
        FuelReport(
            id=_report_id(source.id, item.id, town, product),
            place=town,
            product=product,
            availability=said.get(product, Availability.UNKNOWN),
            source=_SOURCES[source.source_kind],
            observed_at=observed,
            queue=queue,
            price_xof=prices.get(product),
        )
        for town in towns
        for product in Product
        if product in said or product in prices
    )


def availabilities(folded: str) -> Mapping[Product, Availability]:
    """What `folded` text says of each product; the gravest word where it says several things of one."""
    said: dict[Product, Availability] = {}
    for clause in _CLAUSES.split(folded):
        for products, availability in _statements(clause):
            for product in products:
                said[product] = _graver(said.get(product), availability)
    return said


def prices_in(folded: str) -> Mapping[Product, int]:
    """FCFA a litre by product; the last figure named with a product, since rises are told "from 663 to 762"."""
    found: dict[Product, int] = {}
    for part in re.split(r"[.;!?\n]+(?!\d)|,(?!\d)", folded):
        figures = [int(re.sub(r"\D", "", figure)) for figure in _PRICE.findall(part)]
        meant = [figure for figure in figures if figure in PRICES]
        for product in _named(part) if meant else ():
            found.setdefault(product, meant[-1])
    return found


def queue_in(folded: str) -> Queue | None:
    """How long people wait, if it says so; the longest wait it names."""
    waits = r"(?:file|queue|attente|attendre|patient|wait|line|queu)"
    about = [clause for clause in _CLAUSES.split(folded) if re.search(waits, clause)]
    return next((queue for queue, pattern in words().queues.items() if any(map(pattern.search, about))), None)


def _statements(clause: str) -> Iterator[tuple[tuple[Product, ...], Availability]]:
    """Products and what is said of them, part by part; a part without a verdict shares that of the clause."""
    if alone := [product for product, pattern in words().only.items() if pattern.search(clause)]:
        yield tuple(alone), Availability.LIMITED
        yield tuple(product for product in _AT_THE_PUMP if product not in alone), Availability.OUT
        return
    whole = _verdict(clause)
    for part in _PARTS.split(clause):
        verdict = _verdict(part) or whole
        products = _named(part) or (_generic(clause) if _verdict(part) else ())
        if verdict and products:
            yield products, verdict


def _verdict(text: str) -> Availability | None:
    lexicon = words()
    text = lexicon.unsaid.sub(" ", text)
    if lexicon.denied.search(text):
        return Availability.OUT
    available = bool(lexicon.available.search(text))
    if lexicon.out.search(text):
        return Availability.LIMITED if available else Availability.OUT
    if lexicon.limited.search(text):
        return Availability.LIMITED
    return Availability.AVAILABLE if available else None


def _named(text: str) -> tuple[Product, ...]:
    return tuple(product for product, pattern in words().products.items() if pattern.search(text))


def _generic(clause: str) -> tuple[Product, ...]:
    """Both fuels where a clause speaks of fuel or stations and names none."""
    return _named(clause) or (_AT_THE_PUMP if words().any_product.search(clause) else ())


def _graver(one: Availability | None, other: Availability) -> Availability:
    """Two words on one product in one text: out and available together are limited."""
    if one is None or one is other:
        return other
    return Availability.LIMITED


def _report_id(source_id: str, item_id: str, town: str, product: Product) -> str:
    return sha256(f"{source_id}\x00{item_id}\x00{town}\x00{product}".encode()).hexdigest()[:16]

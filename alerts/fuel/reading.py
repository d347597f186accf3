"""What does an item say of fuel at the pump, town by town?

Only availability after the fact leaves this file: no tankers, depots, deliveries or named stations.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from alerts.fuel.model import Availability, FuelReport, FuelSource, Product, Queue
from alerts.fuel.sale import says_on_sale
from alerts.fuel.towns import told_of
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
    r"(?<!\d)(\d{1,2}[  .,]?\d{3}|\d{3})\s?(?:f ?cfa|fcfa|francs?(?: cfa)?|cfa francs?|xof|f\b)"
    r"(?!\s?(?:de )?(?:hausse|plus|moins))"
)
_ON_SALE = frozenset({Availability.AVAILABLE, Availability.LIMITED})
_TRUSTED = frozenset("AB")
_LONG_QUEUES = frozenset({Queue.TO_60, Queue.OVER_60})


def fuel_from(reading: Reading, item: Item, source: "Source", now: datetime) -> tuple[FuelReport, ...]:
    """One statement per town and product that `item` makes; none when it says nothing of the pump.

    A town gets what is said of it, never what is said of another.
    """
    towns = {
        place.id: place.name for place in reading.places if place.role is Role.EVENT and place.kind not in _NO_TOWN
    }
    if not reading.relevant or not towns or not FUEL_TYPES & set(reading.event_types):
        return ()
    told = told_of(fold(f"{item.title}. {item.summary}"), towns)
    return tuple(
        report
        for town, text in told.items()
        for report in _of_town(town, text, reading, item=item, source=source, now=now)
    )


def _of_town(
    town: str, text: str, reading: Reading, *, item: Item, source: "Source", now: datetime
) -> Iterator[FuelReport]:
    """What folded `text` says of the pumps of one town."""
    prices, parallel, rises, queue = prices_in(text), parallel_prices_in(text), rises_in(text), queue_in(text)
    is_sold = EventType.FUEL_ARRIVAL in reading.event_types and says_on_sale(text)
    said = _borne_out(availabilities(text), queue, is_sold=is_sold)
    ration = ration_in(text)
    for product in Product:
        if not any(product in told for told in (said, prices, parallel, rises)):
            continue
        yield FuelReport(
            id=_report_id(source.id, item.id, town, product),
            place=town,
            product=product,
            availability=said.get(product, Availability.UNKNOWN),
            source=_said_by(source),
            observed_at=min(item.published or now, now),
            queue=queue,
            price_xof=prices.get(product),
            parallel_xof=parallel.get(product),
            ration_litres=ration if product in said else None,
            change_percent=rises.get(product),
            resumed=is_sold and said.get(product) in _ON_SALE,
            source_id=source.id,
            source_kind=source.source_kind,
        )


def _said_by(source: "Source") -> FuelSource:
    """An office speaks as one, whatever its grade; any other source is trusted by its grade."""
    if source.source_kind is SourceKind.OFFICIAL:
        return FuelSource.OFFICIAL
    return FuelSource.TRUSTED if source.grade in _TRUSTED else FuelSource.PRESS


def _borne_out(
    said: Mapping[Product, Availability], queue: Queue | None, *, is_sold: bool
) -> Mapping[Product, Availability]:
    """`said`, but fuel is on sale only where the whole item tells so, and with a long queue it is limited."""
    if not is_sold:
        return {product: one for product, one in said.items() if one is not Availability.AVAILABLE}
    if queue not in _LONG_QUEUES:
        return said
    return {product: _limited(one) for product, one in said.items()}


def _limited(availability: Availability) -> Availability:
    return Availability.LIMITED if availability is Availability.AVAILABLE else availability


def availabilities(folded: str) -> Mapping[Product, Availability]:
    """What `folded` text says of each product; the gravest word where it says several things of one.

    A queue or a ration that names no product ("but rationed") limits whatever is on sale.
    """
    said: dict[Product, Availability] = {}
    clauses = _CLAUSES.split(folded)
    for clause in clauses:
        for products, availability in _statements(clause):
            for product in products:
                said[product] = _graver(said.get(product), availability)
    if not any(_verdict(clause) is Availability.LIMITED and not _generic(clause) for clause in clauses):
        return said
    return {product: _limited(one) for product, one in said.items()}


def prices_in(folded: str) -> Mapping[Product, int]:
    """FCFA a litre by product; the last figure named with a product, since rises are told "from 663 to 762"."""
    return _prices(folded, parallel=False)


def parallel_prices_in(folded: str) -> Mapping[Product, int]:
    """The same of what is sold beside the pump ("2 500 F le litre au marché noir").

    Where no product is named with it, the one named before in the sentence is meant, else both that vehicles burn.
    """
    return _prices(folded, parallel=True)


def rises_in(folded: str) -> Mapping[Product, int]:
    """By how many per cent a price has risen, by product; of "prices" alone, where fuel is spoken of, both fuels'."""
    found: dict[Product, int] = {}
    for clause in _CLAUSES.split(folded):
        rises = [int(figure) for match in words().risen.finditer(clause) for figure in match.groups() if figure]
        if not rises or not words().price.search(clause):
            continue
        for product in _named(clause) or (_AT_THE_PUMP if words().any_product.search(folded) else ()):
            found.setdefault(product, rises[-1])
    return found


def ration_in(folded: str) -> int | None:
    """How many litres a vehicle gets; the fewest that it names."""
    litres = [figure for match in words().ration.finditer(folded) for figure in match.groups() if figure]
    return min((words().numbers.get(figure) or int(figure) for figure in litres), default=None)


def _prices(folded: str, *, parallel: bool) -> Mapping[Product, int]:
    found: dict[Product, int] = {}
    for sentence in re.split(r"[.;!?\n]+(?!\d)", folded):
        before: tuple[Product, ...] = ()
        for part in re.split(r",(?!\d)| (?:mais|contre|but|against|et jusqu'a|et) (?=.*\d)", sentence):
            is_parallel = bool(words().parallel.search(part))
            figures = [int(re.sub(r"\D", "", figure)) for figure in _PRICE.findall(part)]
            meant = [figure for figure in figures if figure in PRICES]
            named = _named(part)
            products = (named or before or _generic(part)) if is_parallel else named
            for product in products if meant and is_parallel is parallel else ():
                found.setdefault(product, meant[-1])
            before = named or before
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
    available = bool(lexicon.available.search(lexicon.relapse.sub(" ", text)))
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

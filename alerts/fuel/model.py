"""What is at the pump, by town and product, and how old is the word."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Product(StrEnum):
    """Petrol is essence or super, diesel is gasoil, lpg is butane."""

    PETROL = "petrol"
    DIESEL = "diesel"
    LPG = "lpg"


class Availability(StrEnum):
    """UNKNOWN is the default, and what every word becomes when it is stale."""

    AVAILABLE = "available"
    LIMITED = "limited"
    OUT = "out"
    UNKNOWN = "unknown"


class Queue(StrEnum):
    """Minutes of waiting."""

    TO_10 = "0-10"
    TO_30 = "10-30"
    TO_60 = "30-60"
    OVER_60 = "60+"


class FuelSource(StrEnum):
    """Who says so."""

    OFFICIAL = "official"
    TRUSTED = "trusted"
    PRESS = "press"


@dataclass(frozen=True, slots=True, kw_only=True)
class FuelReport:
    """One statement about one product in one town (a place id); `price_xof` is FCFA a litre."""

    id: str
    place: str
    product: Product
    availability: Availability
    source: FuelSource
    observed_at: datetime
    queue: Queue | None = None
    price_xof: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FuelState:
    """What holds now for a town and product: the newest word, UNKNOWN once stale; `contradicted_by` side by side."""

    place: str
    product: Product
    availability: Availability
    report: FuelReport | None = None
    contradicted_by: FuelReport | None = None

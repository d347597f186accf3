"""What is at the pump, by town and product, and how old is the word."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from alerts.incidents.model import SourceKind, Trust


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

    @property
    def kind(self) -> SourceKind:
        """What readers are told of where it is from."""
        return SourceKind.FIELD if self is FuelSource.TRUSTED else SourceKind(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class FuelReport:
    """One statement about one product in one town (a place id); `price_xof` is FCFA a litre at the pump.

    `parallel_xof` is what a litre costs beside the pump, `ration_litres` what a vehicle gets, `change_percent` by how
    much the price is said to have risen, `resumed` that it is on sale again. `source_id` is whose word it is ("desk:"
    and an admin's id for the desk, "" where nobody noted it), `source_kind` what kind of source, where it is no admin.
    A `quiet` one is shown and pushed to nobody: from the first reading of a source.
    """

    id: str
    place: str
    product: Product
    availability: Availability
    source: FuelSource
    observed_at: datetime
    queue: Queue | None = None
    price_xof: int | None = None
    parallel_xof: int | None = None
    ration_litres: int | None = None
    change_percent: int | None = None
    resumed: bool = False
    source_id: str = ""
    source_kind: SourceKind | None = None
    quiet: bool = False

    @property
    def names_a_price(self) -> bool:
        """Whether it says what a litre costs, or by how much that rose."""
        return any(said is not None for said in (self.price_xof, self.parallel_xof, self.change_percent))

    @property
    def is_graded(self) -> bool:
        """Whether an office, the desk or a source graded A or B says so."""
        return self.source is not FuelSource.PRESS


@dataclass(frozen=True, slots=True, kw_only=True)
class FuelState:
    """What holds now for a town and product: the word that stands, UNKNOWN once stale; `contradicted_by` side by side.

    `agreeing` are the words of others who say the same of the same hours; `priced` is the newest word on the price.
    """

    place: str
    product: Product
    availability: Availability
    report: FuelReport | None = None
    contradicted_by: FuelReport | None = None
    agreeing: tuple[FuelReport, ...] = ()
    priced: FuelReport | None = None

    @property
    def is_known(self) -> bool:
        """Whether a word on availability holds."""
        return self.availability is not Availability.UNKNOWN

    @property
    def trust(self) -> Trust:
        """How far the word may be believed: two independent graded sources confirm it, a contradiction takes a step.

        What one graded source says is doubted for another graded word alone, not for a rumour. An official word
        confirms none and is confirmed by none: the papers repeat it. Nor are two admins two sources: both may have the
        word of one driver.
        """
        words = [self.report, *self.agreeing] if self.report else []
        voices = {word.source_id.partition(":")[0] for word in words if word.source is FuelSource.TRUSTED}
        if len(voices) > 1:
            return Trust.PROBABLE if self.contradicted_by else Trust.CONFIRMED
        is_doubted = self.contradicted_by is not None and self.contradicted_by.is_graded
        if any(word.is_graded for word in words) and not is_doubted:
            return Trust.PROBABLE
        return Trust.UNCONFIRMED


@dataclass(frozen=True, slots=True, kw_only=True)
class PumpNews:
    """A change of availability in one town: all that holds there now, and which products `changed`.

    `back` are those on sale again: told to be out before, or said to have come back.
    """

    place: str
    states: tuple[FuelState, ...]
    changed: tuple[Product, ...]
    back: tuple[Product, ...] = ()

    @property
    def news(self) -> tuple[FuelState, ...]:
        """The states that changed."""
        return tuple(state for state in self.states if state.product in self.changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class PumpTold:
    """What readers were told last of a town's pumps; `version` grows with every word."""

    place: str
    version: int
    at: datetime
    availability: Mapping[Product, Availability]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialPrice:
    """The official ceiling of a product, FCFA a litre, in force since a day."""

    product: Product
    price_xof: int
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPrice:
    """What a litre cost at a town's market in a month, by a price list: background, never a word on availability."""

    place: str
    product: Product
    price_xof: int
    month: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """What prices seen are set against."""

    official: Mapping[Product, OfficialPrice] = field(default_factory=dict)
    monthly: tuple[MonthPrice, ...] = ()

    def month_price(self, place: str, product: Product) -> MonthPrice | None:
        """The newest of a town and product."""
        here = [one for one in self.monthly if (one.place, one.product) == (place, product)]
        return max(here, key=lambda one: one.month, default=None)

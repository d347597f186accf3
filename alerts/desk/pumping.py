"""What has been chosen so far of a word on fuel that an admin taps together?

Everything chosen stands behind the next button, so that no dialogue can be lost, and an old button keeps
its meaning.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alerts.desk.fuelling import SOURCE
from alerts.fuel.model import Availability, FuelReport, FuelSource, Product, Queue
from alerts.incidents.report import report_id

BETWEEN = "|"
UNSAID = "-"
OFFERED = (Availability.AVAILABLE, Availability.LIMITED, Availability.OUT)


class Fuels(StrEnum):
    """What one tap may name: a product, or both that vehicles burn."""

    DIESEL = "diesel"
    PETROL = "petrol"
    BOTH = "both"
    LPG = "lpg"

    @property
    def products(self) -> tuple[Product, ...]:
        """The products it names."""
        return (Product.PETROL, Product.DIESEL) if self is Fuels.BOTH else (Product(self),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The choices in their order; None is not chosen yet. A queue that was left unsaid is `queue_unsaid`."""

    place: str
    fuels: Fuels | None = None
    availability: Availability | None = None
    queue: Queue | None = None
    queue_unsaid: bool = False
    source: FuelSource | None = None

    @property
    def data(self) -> str:
        """The choices as a button carries them."""
        queue = UNSAID if self.queue_unsaid else self.queue
        parts = [self.place, self.fuels, self.availability, queue, self.source]
        return BETWEEN.join(str(part) for part in parts if part is not None)


def chosen(data: str, *, places: Sequence[str] | frozenset[str]) -> Chosen | None:
    """Read a button back; None for one that this service never made."""
    place, *parts = data.split(BETWEEN)
    if place not in places or len(parts) > len(_READ):
        return None
    fields: dict[str, object] = {}
    for (name, kind), part in zip(_READ, parts, strict=False):
        if name == "queue" and part == UNSAID:
            fields["queue_unsaid"] = True
        elif name == "availability" and part not in set(OFFERED):
            return None
        elif (value := _member(kind, part)) is not None:
            fields[name] = value
        else:
            return None
    return Chosen(place=place, **fields)  # type: ignore[arg-type] # each was read by its kind


def reports_of(made: Chosen, *, line_id: str, now: datetime) -> tuple[FuelReport, ...]:
    """The statements of a whole choice; the same `line_id` always makes the same ones. None while one is missing."""
    if made.fuels is None or made.availability is None or made.source is None:
        return ()
    return tuple(
        FuelReport(
            id=report_id(SOURCE, f"{line_id}:{product}"),
            place=made.place,
            product=product,
            availability=made.availability,
            source=made.source,
            observed_at=now,
            queue=made.queue,
        )
        for product in made.fuels.products
    )


def _member(kind: type[StrEnum], part: str) -> StrEnum | None:
    return kind(part) if part in set(kind) else None


_READ: tuple[tuple[str, type[StrEnum]], ...] = (
    ("fuels", Fuels),
    ("availability", Availability),
    ("queue", Queue),
    ("source", FuelSource),
)

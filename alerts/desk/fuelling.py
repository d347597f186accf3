"""What does an admin's line say of fuel, such as "Bamako gasoil rupture attente 60+ officiel"?"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alerts.desk.words import all_named, desk_words, fold, named
from alerts.fuel.model import Availability, FuelReport, FuelSource, Product
from alerts.fuel.reading import availabilities, prices_in, queue_in
from alerts.geography.atlas import Atlas
from alerts.geography.model import AreaKind, Suggestion
from alerts.incidents.report import report_id
from alerts.safety.screen import Origin, screen
from alerts.store.commit import Batch
from alerts.store.store import Store

LONGEST = 300  # characters
MOST_WORDS_OF_A_NAME = 4
SOURCE = "desk fuel"

_BETWEEN = re.compile(r"[\s,;:|]+")


class FuelFaultKind(StrEnum):
    """What a line lacks, or why it is held."""

    NO_PLACE = "no_place"
    NO_STATE = "no_state"
    TOO_LONG = "too_long"
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class FuelFault:
    """Why a line is no fuel report; `words` are those the do-no-harm check holds."""

    kind: FuelFaultKind
    words: str = ""
    suggestions: tuple[Suggestion, ...] = ()


def parse_fuel(text: str, *, line_id: str, atlas: Atlas, now: datetime) -> tuple[FuelReport, ...] | FuelFault:
    """One statement for each product the line names; the same `line_id` always makes the same ones.

    A source that is not named is a trusted one, since an admin vouches for it.
    """
    if len(text) > LONGEST:
        return FuelFault(kind=FuelFaultKind.TOO_LONG)
    if hit := screen(text, origin=Origin.ADMIN):
        return FuelFault(kind=FuelFaultKind.HELD, words=", ".join(hit.words))
    place = _town(text, atlas)
    if place is None:
        return FuelFault(kind=FuelFaultKind.NO_PLACE, suggestions=atlas.resolve(text).suggestions)
    said = _said(text)
    if not said:
        return FuelFault(kind=FuelFaultKind.NO_STATE)
    folded, prices = fold(text), prices_in(fold(text))
    return tuple(
        FuelReport(
            id=report_id(SOURCE, f"{line_id}:{product}"),
            place=place,
            product=product,
            availability=availability,
            source=named(text, desk_words().fuel_sources) or FuelSource.TRUSTED,
            observed_at=now,
            queue=named(text, desk_words().queues) or queue_in(folded),
            price_xof=prices.get(product),
        )
        for product, availability in said.items()
    )


async def report_fuel(reports: Sequence[FuelReport], *, by: int, store: Store, now: datetime) -> None:
    """Store what was seen at the pump, with a line of the audit; once, however often it is asked."""
    known = {report.id for report in await store.feeds.fuel()}
    fresh = tuple(report for report in reports if report.id not in known)
    if fresh:
        audit = {"who": str(by), "did": "fuel", "place": fresh[0].place}
        await store.commit(Batch(fuel=fresh, audit=(audit,)), now=now)


def _said(text: str) -> Mapping[Product, Availability]:
    """As a sentence says it, else the one word of availability for every product that is named."""
    if said := availabilities(fold(text)):
        return said
    availability = named(text, desk_words().availability)
    products = all_named(text, desk_words().products)
    return dict.fromkeys(products, availability) if availability else {}


def _town(text: str, atlas: Atlas) -> str | None:
    """The first run of words that is a town's name, the longest runs first."""
    for run in _runs([word for word in _BETWEEN.split(text) if word]):
        area = atlas.resolve(run).area
        if area is not None and area.kind is AreaKind.PLACE:
            return area.id
    return None


def _runs(words: Sequence[str]) -> Iterator[str]:
    for length in range(min(MOST_WORDS_OF_A_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])

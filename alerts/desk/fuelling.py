"""What does an admin's line say of fuel, such as "Bamako gasoil rupture attente 60+ officiel"?"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from alerts.desk.towns import town_in
from alerts.desk.words import desk_words, in_order, named
from alerts.fuel.model import Availability, FuelReport, FuelSource, Product
from alerts.fuel.reading import availabilities, parallel_prices_in, prices_in, queue_in, ration_in, rises_in
from alerts.fuel.sale import may_be_to_come
from alerts.geography.atlas import Atlas
from alerts.geography.model import Suggestion
from alerts.incidents.report import report_id
from alerts.incidents.words import fold
from alerts.safety.pump import DESK
from alerts.safety.screen import Origin, screen
from alerts.store.commit import Batch
from alerts.store.store import Store

LONGEST = 300  # characters
SOURCE = "desk fuel"

_WAIT = re.compile(
    r"\b(?P<queue>(?:files?|queues?|attente|wait)(?: d['’]attente)?) (?:de |of )?(?:\d|1[0-2]) ?(?:h|heures?|hours?)\b",
    re.IGNORECASE,
)
"""How long people queue ("file 2h"), which is no hour at which anything comes."""


class FuelFaultKind(StrEnum):
    """What a line lacks, or why it is held."""

    NO_PLACE = "no_place"
    NO_STATE = "no_state"
    TOO_LONG = "too_long"
    FUTURE = "future"
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class FuelFault:
    """Why a line is no fuel report; `words` are those the do-no-harm check holds."""

    kind: FuelFaultKind
    words: str = ""
    suggestions: tuple[Suggestion, ...] = ()


def parse_fuel(text: str, *, line_id: str, atlas: Atlas, now: datetime) -> tuple[FuelReport, ...] | FuelFault:
    """One statement for each product the line names; the same `line_id` always makes the same ones.

    A source that is not named is a trusted one, since an admin vouches for it. What is to come is no state of now: a
    line goes out without a preview, so one that names a day or an hour is refused.
    """
    if len(text) > LONGEST:
        return FuelFault(kind=FuelFaultKind.TOO_LONG)
    without_waits = _WAIT.sub(r"\g<queue>", text)
    if hit := screen(without_waits, origin=Origin.ADMIN):
        return FuelFault(kind=FuelFaultKind.HELD, words=", ".join(hit.words))
    if may_be_to_come(without_waits):
        return FuelFault(kind=FuelFaultKind.FUTURE)
    place = _town(text, atlas)
    if place is None:
        return FuelFault(kind=FuelFaultKind.NO_PLACE, suggestions=atlas.resolve(text).suggestions)
    said = _said(text)
    if not said:
        return FuelFault(kind=FuelFaultKind.NO_STATE)
    folded = fold(text)
    prices, parallel, rises = prices_in(folded), parallel_prices_in(folded), rises_in(folded)
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
            parallel_xof=parallel.get(product),
            ration_litres=ration_in(folded),
            change_percent=rises.get(product),
        )
        for product, availability in said.items()
    )


async def report_fuel(reports: Sequence[FuelReport], *, by: int, store: Store, now: datetime) -> None:
    """Store what was seen at the pump, with a line of the audit; once, however often it is asked."""
    known = {report.id for report in await store.feeds.fuel()}
    fresh = tuple(replace(report, source_id=f"{DESK}{by}") for report in reports if report.id not in known)
    if fresh:
        audit = {"who": str(by), "did": "fuel", "place": fresh[0].place}
        await store.commit(Batch(fuel=fresh, audit=(audit,)), now=now)


def _said(text: str) -> Mapping[Product, Availability]:
    """Each product with the word of availability beside it; a whole sentence is read as the sources' are."""
    return _by_the_word(text) or availabilities(fold(text))


def _by_the_word(text: str) -> dict[Product, Availability]:
    """A word of availability counts for the products before it, or for those that follow when it comes first."""
    said: dict[Product, Availability] = {}
    waiting: list[Product] = []
    last: Availability | None = None
    spellings: list[tuple[str, Product | Availability]] = [*desk_words().products, *desk_words().availability]
    for word in in_order(text, spellings):
        if isinstance(word, Availability):
            said |= dict.fromkeys(waiting, word)
            last = None if waiting else word
            waiting = []
        elif last is not None:
            said[word] = last
        else:
            waiting.append(word)
    return said


def _town(text: str, atlas: Atlas) -> str | None:
    return town_in(text, atlas=atlas) or town_in(text, atlas=atlas, may_guess=True)

"""What holds at the pump now, and how far can the word be trusted to be of today?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from alerts.fuel.model import Availability, FuelReport, FuelState, Product
from alerts.geography.model import Area, AreaKind

if TYPE_CHECKING:
    from alerts.geography.atlas import Atlas

STALE = timedelta(hours=24)
STALE_IN_CRISIS = timedelta(hours=6)
CONTRADICTS_WITHIN = timedelta(hours=6)
"""Two words further apart than this are a change; closer together they contradict each other."""
PRICE_LASTS = timedelta(days=7)
"""A price changes by decree, not by the hour: it is shown for longer than availability, with its age."""

_PRODUCTS = tuple(Product)


def state(reports: Iterable[FuelReport], *, now: datetime, crisis: bool = False) -> tuple[FuelState, ...]:
    """The word that stands per town and product, UNKNOWN once stale (24 hours, 6 in a declared `crisis`).

    Ordered by town, then petrol, diesel, gas, whatever the order of `reports`. The word itself is kept, for its age.
    """
    stale_after = STALE_IN_CRISIS if crisis else STALE
    heard = by_pump(report for report in reports if report.observed_at <= now)
    places = sorted(heard, key=lambda pump: (pump[0], _PRODUCTS.index(pump[1])))
    return tuple(_state(heard[pump], fresh_from=now - stale_after, priced_from=now - PRICE_LASTS) for pump in places)


def along(stops: Sequence[str], states: Iterable[FuelState]) -> list[FuelState]:
    """The fuel of a way's stops, in travelling order: at both ends whatever is known, between them what is heard."""
    known = tuple(states)
    told: list[FuelState] = []
    for stop in stops:
        here = [one for one in known if one.place == stop]
        is_end = stop in {stops[0], stops[-1]}
        told += here or ([_unheard(stop)] if is_end else [])
    return told


def by_pump(reports: Iterable[FuelReport]) -> Mapping[tuple[str, Product], Sequence[FuelReport]]:
    """Reports of each town and product, newest first; an equal hour is settled by id, so that the order is stable."""
    pumps = defaultdict(list)
    for report in reports:
        pumps[report.place, report.product].append(report)
    return {pump: sorted(told, key=lambda one: (one.observed_at, one.id), reverse=True) for pump, told in pumps.items()}


def standing(speaking: Sequence[FuelReport]) -> FuelReport:
    """The word that holds of `speaking`, newest first: the newest, unless a better graded one is of the same hours."""
    of_these_hours = [one for one in speaking if speaking[0].observed_at - one.observed_at <= CONTRADICTS_WITHIN]
    return next((one for one in of_these_hours if one.is_graded), speaking[0])


def _unheard(place: str) -> FuelState:
    return FuelState(place=place, product=Product.DIESEL, availability=Availability.UNKNOWN)


def _state(told: Sequence[FuelReport], *, fresh_from: datetime, priced_from: datetime) -> FuelState:
    """The state that `told`, newest first, amounts to. A price alone is no word on availability."""
    speaking = _last_words([report for report in told if report.availability is not Availability.UNKNOWN])
    word = standing(speaking) if speaking else told[0]
    is_fresh = word.observed_at >= fresh_from
    others = [one for one in speaking if one is not word and is_fresh and _is_of_the_same_hours(one, word, fresh_from)]
    return FuelState(
        place=word.place,
        product=word.product,
        availability=word.availability if is_fresh else Availability.UNKNOWN,
        report=word,
        contradicted_by=next((one for one in others if one.availability is not word.availability), None),
        agreeing=tuple(one for one in others if one.availability is word.availability),
        priced=next((one for one in told if one.names_a_price and one.observed_at >= priced_from), None),
    )


def _last_words(speaking: Sequence[FuelReport]) -> list[FuelReport]:
    """Without what the same voice said before: who speaks again corrects itself and contradicts nobody."""
    heard: set[str] = set()
    kept = []
    for one in speaking:
        if not one.source_id or one.source_id not in heard:
            kept.append(one)
        heard.add(one.source_id)
    return kept


def _is_of_the_same_hours(one: FuelReport, word: FuelReport, fresh_from: datetime) -> bool:
    return one.observed_at >= fresh_from and abs(word.observed_at - one.observed_at) <= CONTRADICTS_WITHIN


def within(states: Iterable[FuelState], area: Area, atlas: "Atlas") -> tuple[FuelState, ...]:
    """Those of the town itself, or of the towns that a road, route or region holds."""
    if area.kind is AreaKind.PLACE:
        return tuple(one for one in states if one.place == area.id)
    return tuple(one for one in states if atlas.holds(area, atlas.locate(places=[one.place])) is not None)


def on_my_way(states: Iterable[FuelState], areas: Sequence[Area], atlas: "Atlas") -> tuple[FuelState, ...]:
    """Those of any of the areas, as they came; all of them where nothing is followed."""
    known = tuple(states)
    wanted = {one.place for area in areas for one in within(known, area, atlas)}
    return tuple(one for one in known if one.place in wanted) if areas else known

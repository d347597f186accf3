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

_PRODUCTS = tuple(Product)


def state(reports: Iterable[FuelReport], *, now: datetime, crisis: bool = False) -> tuple[FuelState, ...]:
    """The newest word per town and product, UNKNOWN once stale (24 hours, 6 in a declared `crisis`).

    Ordered by town, then petrol, diesel, gas, whatever the order of `reports`. The word itself is kept, for its age.
    """
    stale_after = STALE_IN_CRISIS if crisis else STALE
    heard = _by_pump(report for report in reports if report.observed_at <= now)
    places = sorted(heard, key=lambda pump: (pump[0], _PRODUCTS.index(pump[1])))
    return tuple(_state(heard[pump], now - stale_after) for pump in places)


def _by_pump(reports: Iterable[FuelReport]) -> Mapping[tuple[str, Product], Sequence[FuelReport]]:
    """Reports of each town and product, newest first; an equal hour is settled by id, so that the order is stable."""
    by_pump = defaultdict(list)
    for report in reports:
        by_pump[report.place, report.product].append(report)
    return {
        pump: sorted(told, key=lambda one: (one.observed_at, one.id), reverse=True) for pump, told in by_pump.items()
    }


def _state(told: Sequence[FuelReport], fresh_from: datetime) -> FuelState:
    """The state that `told`, newest first, amounts to. A price alone is no word on availability."""
    speaking = [report for report in told if report.availability is not Availability.UNKNOWN]
    newest = speaking[0] if speaking else told[0]
    is_fresh = newest.observed_at >= fresh_from
    return FuelState(
        place=newest.place,
        product=newest.product,
        availability=newest.availability if is_fresh else Availability.UNKNOWN,
        report=newest,
        contradicted_by=_contradiction(newest, speaking[1:], fresh_from) if is_fresh else None,
    )


def _contradiction(newest: FuelReport, others: Iterable[FuelReport], fresh_from: datetime) -> FuelReport | None:
    """The latest word that says otherwise about the same hours."""
    since = max(fresh_from, newest.observed_at - CONTRADICTS_WITHIN)
    against = (one for one in others if one.availability is not newest.availability and one.observed_at >= since)
    return next(against, None)


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

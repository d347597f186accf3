"""What has changed at a town's pumps since readers were told last?

Growing stale is no change: nobody is told that something is not known any more.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from alerts.fuel.model import Availability, FuelState, Product, PumpNews, PumpTold

REMEMBERED_FOR = timedelta(hours=72)
"""After so long what was told says nothing any more: the same word is news again."""

_ON_SALE = frozenset({Availability.AVAILABLE, Availability.LIMITED})


def pump_news(states: Sequence[FuelState], told: PumpTold | None, *, now: datetime) -> PumpNews | None:
    """What is new in the states of one town; None where nothing is."""
    known = tuple(state for state in states if state.is_known)
    before = told.availability if told and now - told.at <= REMEMBERED_FOR else {}
    changed = tuple(state.product for state in known if before.get(state.product) is not state.availability)
    if not changed:
        return None
    return PumpNews(
        place=known[0].place,
        states=known,
        changed=changed,
        back=tuple(
            state.product
            for state in known
            if state.availability in _ON_SALE and _is_back(state, before.get(state.product))
        ),
    )


def _is_back(state: FuelState, before: Availability | None) -> bool:
    said = state.report is not None and state.report.resumed and before is None
    return said or before is Availability.OUT


def told_with(news: PumpNews, told: PumpTold | None, *, now: datetime) -> PumpTold:
    """What readers know of the town once they were told `news`."""
    before: dict[Product, Availability] = dict(told.availability) if told else {}
    return PumpTold(
        place=news.place,
        version=told.version + 1 if told else 1,
        at=now,
        availability=before | {state.product: state.availability for state in news.states},
    )

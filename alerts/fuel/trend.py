"""How was fuel over the last weeks, day by day?"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alerts.fuel.model import Availability, FuelReport, Product
from alerts.fuel.state import by_pump, standing

DAYS = 28

_GRAVEST_FIRST = (Availability.OUT, Availability.LIMITED, Availability.AVAILABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """One town and product: the word of each day, the oldest first, UNKNOWN where nobody spoke."""

    place: str
    product: Product
    days: tuple[Availability, ...]

    @property
    def days_known(self) -> int:
        """Of how many days there is a word."""
        return sum(day is not Availability.UNKNOWN for day in self.days)


def trends(reports: Iterable[FuelReport], *, now: datetime, products: Sequence[Product]) -> tuple[Trend, ...]:
    """The trend of each town and product there is a word on, the towns most is known of first.

    Days are those of the zone of `now`, the last of them its own.
    """
    days = [now.date() - timedelta(days=ago) for ago in reversed(range(DAYS))]
    found = [
        _trend(pump, told, days, now)
        for pump, told in by_pump(one for one in reports if one.observed_at <= now).items()
        if pump[1] in products
    ]
    known = [trend for trend in found if trend.days_known]
    by_town: defaultdict[str, int] = defaultdict(int)
    for trend in known:
        by_town[trend.place] += trend.days_known
    order = list(products)
    return tuple(sorted(known, key=lambda one: (-by_town[one.place], one.place, order.index(one.product))))


def _trend(pump: tuple[str, Product], told: Sequence[FuelReport], days: Sequence[date], now: datetime) -> Trend:
    by_day: defaultdict[date, list[FuelReport]] = defaultdict(list)
    for report in told:
        if report.availability is not Availability.UNKNOWN:
            by_day[report.observed_at.astimezone(now.tzinfo).date()].append(report)
    return Trend(place=pump[0], product=pump[1], days=tuple(_word_of(by_day.get(day, [])) for day in days))


def _word_of(told: Sequence[FuelReport]) -> Availability:
    """The gravest of the day's graded words, else of all: a pump that was dry for an hour shows."""
    if not told:
        return Availability.UNKNOWN
    graded = [one for one in told if one.is_graded] or [standing(told)]
    said = {one.availability for one in graded}
    return next(one for one in _GRAVEST_FIRST if one in said)

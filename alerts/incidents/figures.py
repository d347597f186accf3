"""Which figures do the reports of an event give, and who says what where they differ?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from alerts.incidents.model import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number, and the reports that give it in the order they came."""

    number: int
    reports: tuple[Report, ...]


def fatalities(report: Report) -> int | None:
    """The deaths it counts."""
    return report.fatalities


def vehicles_destroyed(report: Report) -> int | None:
    """The vehicles it counts as destroyed: for the desk alone."""
    return report.vehicles_destroyed


def at_odds(reports: Iterable[Report], counted: Callable[[Report], int | None]) -> tuple[Figure, ...]:
    """Every number given of what is `counted`, lowest first; none unless at least two differ."""
    given: dict[int, list[Report]] = {}
    for report in reports:
        if (number := counted(report)) is not None:
            given.setdefault(number, []).append(report)
    figures = (Figure(number=number, reports=tuple(given[number])) for number in sorted(given))
    return tuple(figures) if len(given) > 1 else ()

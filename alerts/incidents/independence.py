"""Which reports are truly several voices, and which only repeat one another?"""

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from alerts.incidents.model import Report
from alerts.incidents.words import fold, voice_key

NEAR_IDENTICAL = 92.0
"""Similarity of two titles, out of 100, from which one is a copy of the other."""

LONG_ENOUGH = 25
"""Letters below which two equal titles ("Attaque à Diéma") prove nothing."""

DESK = "desk"


def voices(reports: Iterable[Report]) -> tuple[tuple[Report, ...], ...]:
    """`reports` in groups: within a group they repeat one another, across groups they are independent."""
    groups: list[tuple[Report, ...]] = []
    for report in reports:
        tied = [group for group in groups if any(repeats(report, other) for other in group)]
        groups = [group for group in groups if group not in tied]
        groups.append((*(one for group in tied for one in group), report))
    return tuple(groups)


def repeats(one: Report, other: Report) -> bool:
    """Whether both come to one source: the same, a common origin, a citation either way, or a copied title."""
    return bool(_heard_from(one) & _heard_from(other)) or same_title(one.title, other.title)


def same_title(one: str, other: str) -> bool:
    """Whether one title is a copy of the other, give or take a word."""
    first, second = fold(one), fold(other)
    return min(len(first), len(second)) >= LONG_ENOUGH and fuzz.ratio(first, second) >= NEAR_IDENTICAL


def adds_a_voice(report: Report, to: Sequence[Report]) -> bool:
    """Whether `report` is independent of every one of `to`."""
    return not any(repeats(report, other) for other in to)


def _heard_from(report: Report) -> frozenset[str]:
    """Everybody this word may come from. Admins are one voice together: they talk to the same contacts."""
    if report.admin_id is not None:
        return frozenset({DESK})
    origin = [voice_key(report.origin)] if report.origin else []
    return frozenset({voice_key(report.source_id), *origin, *map(voice_key, report.cites)})

"""Do figures and titles of a report agree with those of an incident, or speak against one event?"""

from rapidfuzz import fuzz

from alerts.incidents.dating import weekdays_clash
from alerts.incidents.independence import LONG_ENOUGH
from alerts.incidents.model import Incident, Report
from alerts.incidents.words import fold

ALIKE = 85.0
"""Similarity of two titles' words, out of 100, that counts as evidence; below it, they may share "attack between"."""


def figures_agree(report: Report, incident: Incident) -> bool:
    """Whether somebody counts about as many dead, or as many vehicles."""
    dead = [other.fatalities for other in incident.reports if other.fatalities]
    burned = [other.vehicles_destroyed for other in incident.reports if other.vehicles_destroyed]
    about = bool(report.fatalities) and any(_are_close(report.fatalities or 0, count) for count in dead)
    return about or report.vehicles_destroyed in burned


def titles_alike(report: Report, incident: Incident) -> bool:
    """Whether a title says nearly the same, in whatever order."""
    return any(_are_alike(fold(report.title), fold(other.title)) for other in incident.reports)


def _are_alike(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= LONG_ENOUGH and fuzz.token_sort_ratio(one, other) >= ALIKE


def clashes(report: Report, incident: Incident) -> bool:
    """Whether figures or weekdays speak against one event."""
    return _figures_clash(report, incident) or weekdays_clash(report, incident)


def _figures_clash(report: Report, incident: Incident) -> bool:
    """Whether the dead are so many more or fewer that it can hardly be one event."""
    counts = [other.fatalities for other in incident.reports if other.fatalities is not None]
    if report.fatalities is None or not counts:
        return False
    return all(_far_apart(report.fatalities, count) for count in counts)


def _are_close(one: int, other: int) -> bool:
    return abs(one - other) * 6 <= max(one, other)


def _far_apart(one: int, other: int) -> bool:
    low, high = sorted((one, other))
    return high > 2 * low + 2

"""Do figures, titles and words of a report agree with those of an incident, or speak against one event?"""

from collections.abc import Iterable
from itertools import chain

from rapidfuzz import fuzz

from alerts.incidents.dating import weekdays_clash
from alerts.incidents.independence import LONG_ENOUGH
from alerts.incidents.model import Incident, Report
from alerts.incidents.signs import Sign
from alerts.incidents.words import fold, is_of_company, is_of_strikers

ALIKE = 85.0
"""Similarity of two titles' words, out of 100, that counts as evidence; below it, they may share "attack between"."""

TELLING_TOLL = 10
"""Deaths from which a count tells an event by itself among those of its day."""

MASSACRE = 50
"""Deaths from which about as many are as telling as just as many."""

SEVERAL = 5
"""Deaths from which a count says something, though not all."""

_TOLLS = (
    (MASSACRE, Sign.TOLL_OF_HUNDREDS),
    (TELLING_TOLL, Sign.TOLL_OF_DOZENS),
    (SEVERAL, Sign.TOLL),
    (1, Sign.FEW_DEAD),
)
"""Deaths from which a count that agrees is a sign, the rarest first."""

_COUNTED_ALIKE = frozenset(
    {Sign.TOLL_OF_HUNDREDS, Sign.TOLL_OF_DOZENS, Sign.TOLL, Sign.GROWN_TOLL, Sign.VEHICLES},
)
"""Counts that are seldom those of two events."""

GROWS_FROM = 20
"""Deaths from which a toll may rise to twice as many: the dead of a massacre are found over days."""

MOST_NUMBERS = 3
"""So many numbers that both give count; a list of prices is no better than three."""


def figure_signs(report: Report, incident: Incident) -> tuple[Sign, ...]:
    """What the dead, the vehicles and other numbers say."""
    vehicles = (Sign.VEHICLES,) if _destroy_alike(report, incident) else ()
    return (*_toll_signs(report, incident), *vehicles, *_number_signs(report, incident))


def word_signs(report: Report, incident: Incident) -> tuple[Sign, ...]:
    """What the title and the people told of say."""
    title = (Sign.TITLE,) if _titles_alike(report, incident) else ()
    met = (Sign.PEOPLE,) if speak_of_the_same(report, incident) else ()
    victims = (Sign.OTHER_VICTIMS,) if _hit_others(report, incident) else ()
    company = (Sign.OTHER_COMPANY,) if _name_other_companies(report, incident) else ()
    return (*title, *met, *victims, *company)


def speak_of_the_same(report: Report, incident: Incident) -> bool:
    """Whether both speak of the same kind of people, seldom in the news."""
    return not set(report.people).isdisjoint(chain.from_iterable(other.people for other in incident.reports))


def tell_of_one_strike(report: Report, incident: Incident) -> bool:
    """Whether both tell of a strike of one trade, all over the country."""
    theirs = frozenset(chain.from_iterable(other.people for other in incident.reports))
    return any(is_of_strikers(name) for name in theirs & set(report.people))


def figures_agree(report: Report, incident: Incident) -> bool:
    """Whether somebody counts about as many dead, or as many vehicles."""
    return _dead_alike(report, incident) or _destroy_alike(report, incident)


def counts_the_same(report: Report, incident: Incident) -> bool:
    """Whether it counts several dead, or wrecks, as another did: then a day that differs may well be misread."""
    return not _COUNTED_ALIKE.isdisjoint(figure_signs(report, incident))


def clashes(report: Report, incident: Incident) -> bool:
    """Whether figures or weekdays speak against one event."""
    return tolls_clash(report, incident) or weekdays_clash(report, incident)


def is_telling(fatalities: int | None) -> bool:
    """Whether so many dead tell an event by themselves among those of its day."""
    return (fatalities or 0) >= TELLING_TOLL


def has_telling_toll(report: Report) -> bool:
    """Whether its dead tell its event among those of the day: many, or several of whom the news seldom speaks."""
    return is_telling(report.fatalities) or ((report.fatalities or 0) >= SEVERAL and bool(report.people))


def share_a_telling_toll(report: Report, incident: Incident) -> bool:
    """Whether a report of the incident counts the very dead that tell this one: as many, or as many of the same."""
    alike = [other for other in incident.reports if other.fatalities == report.fatalities]
    if is_telling(report.fatalities):
        return bool(alike)
    met = any(set(other.people) & set(report.people) for other in alike)
    return has_telling_toll(report) and met


def says_it_is_another(report: Report, incident: Incident) -> bool:
    """Whether one side calls it a new or second attack, and the other does not at all."""
    flags = [other.another for other in incident.reports]
    return not any(flags) if report.another else all(flags)


def is_set_apart(report: Report, incident: Incident) -> bool:
    """Whether one side speaks of another event of the same day, and the other does not at all."""
    flags = [other.also_that_day for other in incident.reports]
    return not any(flags) if report.also_that_day else all(flags)


def _hit_others(report: Report, incident: Incident) -> bool:
    """Whether both count whom it hit, each of one side alone, and not of the same."""
    theirs = frozenset(chain.from_iterable(other.victims for other in incident.reports))
    return len(theirs) == len(report.victims) == 1 and theirs.isdisjoint(report.victims)


def _name_other_companies(report: Report, incident: Incident) -> bool:
    """Whether both name bus companies, and none in common."""
    ours = {name for name in report.people if is_of_company(name)}
    theirs = {name for other in incident.reports for name in other.people if is_of_company(name)}
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _toll_signs(report: Report, incident: Incident) -> tuple[Sign, ...]:
    dead, theirs = report.fatalities or 0, _dead(incident)
    if dead and (dead in theirs or (dead >= MASSACRE and _dead_alike(report, incident))):
        return (next(sign for least, sign in _TOLLS if dead >= least),)
    if any(min(dead, count) >= GROWS_FROM and max(dead, count) <= 2 * min(dead, count) for count in theirs):
        return (Sign.GROWN_TOLL,)
    if _dead_alike(report, incident):
        return (Sign.FEW_DEAD,)
    if not tolls_clash(report, incident):
        return ()
    recounted = report.recount or any(other.recount for other in incident.reports)
    recounted = recounted or is_telling(min(dead, *theirs))
    return (Sign.OTHER_RECOUNT if recounted else Sign.OTHER_TOLL,)


def _number_signs(report: Report, incident: Incident) -> tuple[Sign, ...]:
    """Other numbers that both give; what agrees as the dead or the wrecks is weighed as such."""
    theirs = frozenset(chain.from_iterable(other.numbers for other in incident.reports))
    dead = {report.fatalities} if report.fatalities in _dead(incident) else set()
    wrecks = {report.vehicles_destroyed} if _destroy_alike(report, incident) else set()
    shared = (theirs & set(report.numbers)) - dead - wrecks
    return (Sign.NUMBER,) * min(len(shared), MOST_NUMBERS)


def _dead_alike(report: Report, incident: Incident) -> bool:
    dead = report.fatalities
    return bool(dead) and any(_are_close(dead or 0, count) for count in _dead(incident) if count)


def _destroy_alike(report: Report, incident: Incident) -> bool:
    destroyed = report.vehicles_destroyed
    return bool(destroyed) and any(destroyed == other.vehicles_destroyed for other in incident.reports)


def tolls_clash(report: Report, incident: Incident) -> bool:
    """Whether the dead are so many more or fewer that it can hardly be one event."""
    counts = _dead(incident)
    if report.fatalities is None or not counts:
        return False
    return all(_far_apart(report.fatalities, count) for count in counts)


def _dead(incident: Incident) -> list[int]:
    return [other.fatalities for other in incident.reports if other.fatalities is not None]


def _titles_alike(report: Report, incident: Incident) -> bool:
    """Whether a title says nearly the same, in whatever order."""
    return _any_alike(fold(report.title), (fold(other.title) for other in incident.reports))


def _any_alike(one: str, others: Iterable[str]) -> bool:
    if len(one) < LONG_ENOUGH:
        return False
    return any(len(other) >= LONG_ENOUGH and fuzz.token_sort_ratio(one, other) >= ALIKE for other in others)


def _are_close(one: int, other: int) -> bool:
    return abs(one - other) * 6 <= max(one, other)


def _far_apart(one: int, other: int) -> bool:
    low, high = sorted((one, other))
    return high > 2 * low + 2

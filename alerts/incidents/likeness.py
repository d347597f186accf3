"""Does a report tell of an incident already known, or announce its end?

Told twice, one event would be two alarms; two events told as one would hide the second. So place and kind must
agree, and a date, or else figures, a title or the lasting nature of the thing must agree as well.
"""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from alerts.incidents.independence import same_title
from alerts.incidents.kinds import kind_of
from alerts.incidents.model import Incident, Report, Status
from alerts.incidents.nearness import Nearness, is_nowhere, nearness
from alerts.incidents.telling import says_open
from alerts.incidents.words import fold
from alerts.reading.model import EventType

if TYPE_CHECKING:
    from alerts.geography.atlas import Atlas

SAME_DAY = timedelta(days=1)
NEAR_DAYS = timedelta(days=2)
NEWS_LASTS = timedelta(days=3)
"""An article without a date tells of something that happened at most this long before it came out."""

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = timedelta(days=30)

ALIKE = 72.0
"""Similarity of two titles' words, out of 100, that counts as evidence."""

REOPENABLE = frozenset(
    {
        EventType.BLOCKADE,
        EventType.ROAD_CLOSED,
        EventType.BRIDGE_OUT,
        EventType.FLOOD,
        EventType.BORDER_CLOSED,
        EventType.STRIKE_PROTEST,
        EventType.CHECKPOINT_EXTORTION,
        EventType.FUEL_IMPORT_BAN,
    }
)
ENDS = frozenset({EventType.ESCORT_OR_REOPENING, EventType.FUEL_ARRIVAL})


class Dates(IntEnum):
    """How well two dates agree; the better, the higher."""

    APART = 0
    UNKNOWN = 1
    NEAR = 2
    SAME = 3


def likeness(report: Report, incident: Incident, atlas: "Atlas") -> tuple[Nearness, Dates] | None:
    """How well `report` fits `incident`, for choosing the best of several; None when it tells of something else."""
    if _is_closed_to(report, incident) or not _same_family(report, incident) or _reopened_since(report, incident):
        return None
    near = _nearest(report, incident, atlas)
    dates = dates_of(report, incident)
    return (near, dates) if _is_enough(report, incident, near, dates) else None


def announces_end(report: Report, incident: Incident, atlas: "Atlas") -> bool:
    """Whether `report` says that `incident` (a blockade, a closure, a shortage) is over at that very place."""
    if not _may_end(report, incident) or report.informed_at < incident.first_reported_at:
        return False
    near = nearness(report.location, incident.location, atlas)
    return near is Nearness.SAME or (near is Nearness.VAGUE and bool(_shared_roads(report, incident)))


def dates_of(report: Report, incident: Incident) -> Dates:
    """How well the day `report` tells of agrees with that of `incident`."""
    if report.event_date and incident.onset:
        return _by_gap(abs(report.event_date - incident.onset))
    if (named := _by_named_days(report, incident)) is not Dates.UNKNOWN:
        return named
    if incident.onset and report.published_at:
        return _by_publication(report.published_at.date() - incident.onset)
    if report.event_date and (seen := _published(incident)):
        return max(_by_publication(day - report.event_date) for day in seen)
    return _by_arrival(report, incident)


def _by_gap(gap: timedelta) -> Dates:
    if gap <= SAME_DAY:
        return Dates.SAME
    return Dates.NEAR if gap <= NEAR_DAYS else Dates.APART


def _by_publication(lag: timedelta) -> Dates:
    """`lag` is from the event to an article that names no date."""
    if not -SAME_DAY <= lag <= NEWS_LASTS:
        return Dates.APART
    return Dates.SAME if lag <= SAME_DAY else Dates.NEAR


def _by_named_days(report: Report, incident: Incident) -> Dates:
    """Compare a "7 February" here with the day, or a "7 February", there. What lasts is told with many days."""
    here = _days({*report.days, *_as_named(report.event_date)})
    there = _days({*(day for one in incident.reports for day in one.days), *_as_named(incident.onset)})
    if here & there:
        return Dates.SAME
    if kind_of(incident.event_type).is_state:
        return Dates.UNKNOWN
    seen = _published(incident)
    told = [report.published_at.date()] if report.published_at else []
    apart = (here and there) or _too_old(here, seen) or _too_old(there, told)
    return Dates.APART if apart else Dates.UNKNOWN


def _too_old(named: Collection[str], published: Collection[date]) -> bool:
    """Whether none of the days named can be the day of an event that was news when it was published."""
    ages = [_days_since(day, seen) for day in named for seen in published]
    return bool(ages) and min(ages) > NEWS_LASTS


def _days_since(named: str, published: date) -> timedelta:
    """How long before `published` the latest such day was."""
    month, day = map(int, named.split("-"))
    gap = (published.month - month) * _MONTH + timedelta(days=published.day - day)
    return gap if gap >= -SAME_DAY else gap + 12 * _MONTH


def _as_named(day: date | None) -> tuple[str, ...]:
    return (f"{day:%m-%d}",) if day else ()


def _days(named: Iterable[str]) -> frozenset[str]:
    return frozenset(day for day in named if day[0].isdigit())


def _published(incident: Incident) -> tuple[date, ...]:
    return tuple(report.published_at.date() for report in incident.reports if report.published_at)


def _by_arrival(report: Report, incident: Incident) -> Dates:
    if report.published_at and (seen := _published(incident)):
        return _by_gap(min(abs(report.published_at.date() - day) for day in seen))
    gap = min(abs(report.fetched_at - other.fetched_at) for other in incident.reports)
    return Dates.UNKNOWN if gap <= NEWS_LASTS else Dates.APART


def _is_closed_to(report: Report, incident: Incident) -> bool:
    """Whether it is a drill, or was retracted and an admin posts anew, which says that it did happen."""
    return incident.exercise or (incident.status is Status.RETRACTED and report.admin_id is not None)


def _same_family(report: Report, incident: Incident) -> bool:
    ours, theirs = kind_of(report.event_type), kind_of(incident.event_type)
    crossed = report.event_type in incident.event_types and incident.event_type in report.event_types
    return bool(ours.families & theirs.families) or crossed


def _reopened_since(report: Report, incident: Incident) -> bool:
    """Whether it is a later word of a state that was announced lifted: then that is a new one. A copy is not."""
    if incident.status is not Status.LIFTED or report.informed_at <= incident.informed_at:
        return False
    return not any(same_title(report.title, other.title) for other in incident.reports)


def _nearest(report: Report, incident: Incident, atlas: "Atlas") -> Nearness:
    there = {incident.location, *(other.location for other in incident.reports)}
    return max(nearness(report.location, location, atlas) for location in there)


def _is_enough(report: Report, incident: Incident, near: Nearness, dates: Dates) -> bool:
    """The less exact the place and the day, the more else must agree."""
    if dates is Dates.APART:
        return near is Nearness.SAME and _still_lasts(report, incident)
    dated = dates is not Dates.UNKNOWN
    match near:
        case Nearness.SAME:
            return dated or _lasts(report, incident) or _speaks_alike(report, incident)
        case Nearness.NEAR:
            return dates is Dates.SAME or _lasts(report, incident) or _speaks_alike(report, incident)
        case Nearness.VAGUE:
            alike = (dated and _lasts(report, incident)) or _speaks_alike(report, incident)
            return (report.event_type is incident.event_type and alike) or _is_same_day_nowhere(report, incident, dates)
        case Nearness.APART:
            return False


def _is_same_day_nowhere(report: Report, incident: Incident, dates: Dates) -> bool:
    """Whether both tell of one kind of thing on one day at a place nobody knows."""
    same = dates is Dates.SAME and is_nowhere(report.location)
    return same and _shares_a_type(report, incident) and not _clashes(report, incident)


def _still_lasts(report: Report, incident: Incident) -> bool:
    """Whether it is a later word about a state that may still hold."""
    unknown_after = kind_of(incident.event_type).unknown_after
    return _lasts(report, incident) and abs(report.informed_at - incident.informed_at) <= unknown_after


def _lasts(report: Report, incident: Incident) -> bool:
    return kind_of(incident.event_type).is_state and report.event_type is incident.event_type


def _shares_a_type(report: Report, incident: Incident) -> bool:
    return report.event_type in incident.event_types or incident.event_type in report.event_types


def _speaks_alike(report: Report, incident: Incident) -> bool:
    if _clashes(report, incident):
        return False
    one_day = _shares_a_type(report, incident) and bool(_weekdays(report) & _weekdays_of(incident))
    return one_day or _figures_agree(report, incident) or _titles_alike(report, incident)


def _figures_agree(report: Report, incident: Incident) -> bool:
    """Whether somebody counts about as many dead, or as many vehicles."""
    dead = [other.fatalities for other in incident.reports if other.fatalities]
    burned = [other.vehicles_destroyed for other in incident.reports if other.vehicles_destroyed]
    about = bool(report.fatalities) and any(_are_close(report.fatalities or 0, count) for count in dead)
    return about or report.vehicles_destroyed in burned


def _clashes(report: Report, incident: Incident) -> bool:
    """Whether figures or weekdays speak against one event."""
    return _figures_clash(report, incident) or _weekdays_clash(report, incident)


def _figures_clash(report: Report, incident: Incident) -> bool:
    """Whether the dead are so many more or fewer that it can hardly be one event."""
    counts = [other.fatalities for other in incident.reports if other.fatalities is not None]
    if report.fatalities is None or not counts:
        return False
    return all(_far_apart(report.fatalities, count) for count in counts)


def _weekdays_clash(report: Report, incident: Incident) -> bool:
    if report.event_date and incident.onset:
        return False
    here, there = _weekdays(report), _weekdays_of(incident)
    return bool(here) and bool(there) and not here & there


def _weekdays(report: Report) -> frozenset[str]:
    named = {day for day in report.days if day.isalpha()}
    return frozenset(named | ({_WEEKDAYS[report.event_date.weekday()]} if report.event_date else set()))


def _weekdays_of(incident: Incident) -> frozenset[str]:
    return frozenset(day for report in incident.reports for day in _weekdays(report))


def _are_close(one: int, other: int) -> bool:
    return abs(one - other) * 6 <= max(one, other)


def _far_apart(one: int, other: int) -> bool:
    low, high = sorted((one, other))
    return high > 2 * low + 2


def _titles_alike(report: Report, incident: Incident) -> bool:
    title = fold(report.title)
    return any(fuzz.token_sort_ratio(title, fold(other.title)) >= ALIKE for other in incident.reports)


def _may_end(report: Report, incident: Incident) -> bool:
    if incident.exercise or incident.status is Status.RETRACTED:
        return False
    if incident.status is Status.LIFTED and report.informed_at - incident.informed_at > NEWS_LASTS:
        return False
    if report.event_type is EventType.FUEL_ARRIVAL:
        return incident.event_type is EventType.FUEL_SHORTAGE
    return says_open(report) and incident.event_type in REOPENABLE


def _shared_roads(report: Report, incident: Incident) -> frozenset[str]:
    return frozenset(report.location.roads) & frozenset(incident.location.roads)

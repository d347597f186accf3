"""Does a report tell of an incident already known, or announce its end?

Told twice, one event would be two alarms; two events told as one would hide the second. So place and kind must
agree, and a date, or else figures, a title or the lasting nature of the thing must agree as well.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from alerts.incidents.independence import same_title
from alerts.incidents.kinds import kind_of
from alerts.incidents.model import Incident, Report, Status
from alerts.incidents.nearness import Nearness, nearness
from alerts.incidents.words import fold
from alerts.reading.model import EventType

if TYPE_CHECKING:
    from alerts.geography.atlas import Atlas

SAME_DAY = timedelta(days=1)
NEAR_DAYS = timedelta(days=2)
NEWS_LASTS = timedelta(days=3)
"""An article without a date tells of something that happened at most this long before it came out."""

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
    if not _same_family(report, incident) or _reopened_since(report, incident):
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
    named = _by_named_days(report, incident)
    if named is not Dates.UNKNOWN:
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
    """Compare "7 February" here with the day, or a "7 February", there."""
    here = _days({*report.days, *_as_named(report.event_date)})
    there = _days({*(day for one in incident.reports for day in one.days), *_as_named(incident.onset)})
    if not here or not there:
        return Dates.UNKNOWN
    return Dates.SAME if here & there else Dates.APART


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
    if dates is Dates.APART:
        return near is Nearness.SAME and _still_lasts(report, incident)
    match near:
        case Nearness.SAME:
            return dates is not Dates.UNKNOWN or not _figures_clash(report, incident)
        case Nearness.NEAR:
            return dates is Dates.SAME or _speaks_alike(report, incident)
        case Nearness.VAGUE:
            return report.event_type is incident.event_type and _speaks_alike(report, incident)
        case Nearness.APART:
            return any(same_title(report.title, other.title) for other in incident.reports) and _placeless(report)


def _still_lasts(report: Report, incident: Incident) -> bool:
    """Whether it is a state, and this is a later word about the same one."""
    kind = kind_of(incident.event_type)
    lasts = kind.is_state and report.event_type is incident.event_type
    return lasts and abs(report.informed_at - incident.informed_at) <= kind.unknown_after


def _speaks_alike(report: Report, incident: Incident) -> bool:
    if _figures_clash(report, incident):
        return False
    lasting = kind_of(incident.event_type).is_state and report.event_type is incident.event_type
    return lasting or _figures_agree(report, incident) or _titles_alike(report, incident)


def _figures_agree(report: Report, incident: Incident) -> bool:
    return bool(report.fatalities) and any(other.fatalities == report.fatalities for other in incident.reports)


def _figures_clash(report: Report, incident: Incident) -> bool:
    """Whether the dead are so many more or fewer that it can hardly be one event."""
    counts = [other.fatalities for other in incident.reports if other.fatalities is not None]
    if report.fatalities is None or not counts:
        return False
    return all(_far_apart(report.fatalities, count) for count in counts)


def _far_apart(one: int, other: int) -> bool:
    low, high = sorted((one, other))
    return high > 2 * low + 2


def _titles_alike(report: Report, incident: Incident) -> bool:
    title = fold(report.title)
    return any(fuzz.token_sort_ratio(title, fold(other.title)) >= ALIKE for other in incident.reports)


def _placeless(report: Report) -> bool:
    where = report.location
    return not (where.places or where.leg or where.roads or where.regions)


def _may_end(report: Report, incident: Incident) -> bool:
    if incident.status is Status.RETRACTED:
        return False
    if incident.status is Status.LIFTED and report.informed_at - incident.informed_at > NEWS_LASTS:
        return False
    if report.event_type is EventType.FUEL_ARRIVAL:
        return incident.event_type is EventType.FUEL_SHORTAGE
    return report.event_type is EventType.ESCORT_OR_REOPENING and report.reopens and incident.event_type in REOPENABLE


def _shared_roads(report: Report, incident: Incident) -> frozenset[str]:
    return frozenset(report.location.roads) & frozenset(incident.location.roads)

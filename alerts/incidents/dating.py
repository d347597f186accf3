"""Do a report and an incident tell of the same day, as far as days can be compared?

Many entries carry no date of the event. Then the day they were published, a "7 February" without a year or a weekday
must do, each for what it is worth.
"""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from enum import IntEnum

from alerts.incidents.kinds import kind_of
from alerts.incidents.model import Incident, Report

SAME_DAY = timedelta(days=1)
NEAR_DAYS = timedelta(days=2)
NEWS_LASTS = timedelta(days=3)
"""An article without a date tells of something that happened at most this long before it came out."""

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = timedelta(days=30)


class Dates(IntEnum):
    """How well two dates agree; the better, the higher."""

    APART = 0
    UNKNOWN = 1
    NEAR = 2
    SAME = 3


def dates_of(report: Report, incident: Incident) -> Dates:
    """How well the day `report` tells of agrees with that of `incident`."""
    if (gap := days_between(report, incident)) is not None:
        return _by_gap(gap)
    if (named := _by_named_days(report, incident)) is not Dates.UNKNOWN:
        return named
    if incident.onset and report.published_at:
        return _by_publication(report.published_at.date() - incident.onset)
    if report.event_date and (seen := _published(incident)):
        return max(_by_publication(day - report.event_date) for day in seen)
    return _by_arrival(report, incident)


def days_between(report: Report, incident: Incident) -> timedelta | None:
    """From the day of one to the day of the other, whichever came first; None where one of them is not known."""
    return abs(report.event_date - incident.onset) if report.event_date and incident.onset else None


def days_agree(report: Report, incident: Incident) -> bool:
    """Whether the days of both are known, and the same or next to each other."""
    gap = days_between(report, incident)
    return gap is not None and gap <= SAME_DAY


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


def weekdays_clash(report: Report, incident: Incident) -> bool:
    """Whether both name weekdays and none in common."""
    here, there = _weekdays(report), _weekdays_of(incident)
    return not _both_dated(report, incident) and bool(here) and bool(there) and not here & there


def name_one_weekday(report: Report, incident: Incident) -> bool:
    """Whether both name one weekday, where no better date is known."""
    return not _both_dated(report, incident) and bool(_weekdays(report) & _weekdays_of(incident))


def _both_dated(report: Report, incident: Incident) -> bool:
    """Whether both have a day of the calendar: then weekdays add nothing."""
    return report.event_date is not None and incident.onset is not None


def _weekdays(report: Report) -> frozenset[str]:
    named = {day for day in report.days if day.isalpha()}
    return frozenset(named | ({_WEEKDAYS[report.event_date.weekday()]} if report.event_date else set()))


def _weekdays_of(incident: Incident) -> frozenset[str]:
    return frozenset(day for report in incident.reports for day in _weekdays(report))

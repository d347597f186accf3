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

AFTERMATH = timedelta(days=7)
"""So long after an attack, an article may still tell of its dead, or of the road it closed."""

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NEIGHBOURS = (1, len(_WEEKDAYS) - 1)
_MONTH = timedelta(days=30)


class Dates(IntEnum):
    """How well two dates agree; the better, the higher.

    RECENT and LATER are an article without a date, out soon after the other's day, or within the week.
    """

    APART = 0
    LATER = 1
    UNKNOWN = 2
    NEAR = 3
    RECENT = 4
    SAME = 5


def dates_of(report: Report, incident: Incident) -> Dates:
    """How well the day `report` tells of agrees with that of `incident`."""
    if (gap := days_between(report, incident)) is not None:
        return _by_gap(gap)
    if (named := _by_named_days(report, incident)) is not Dates.UNKNOWN:
        return named
    if incident.onset and report.published_at:
        lag = report.published_at.date() - incident.onset
        return max(_by_publication(lag), _by_weekday(lag, name_one_weekday(report, incident)))
    if report.event_date and (seen := _published(incident)):
        return max(_by_publication(day - report.event_date) for day in seen)
    return _by_arrival(report, incident)


def days_between(report: Report, incident: Incident) -> timedelta | None:
    """From the day of one to the day of the other, whichever came first; None where one of them is not known."""
    return abs(report.event_date - incident.onset) if report.event_date and incident.onset else None


def _by_gap(gap: timedelta) -> Dates:
    if gap <= SAME_DAY:
        return Dates.SAME
    return Dates.NEAR if gap <= NEAR_DAYS else Dates.APART


def _by_publication(lag: timedelta) -> Dates:
    """`lag` is from the event to an article that names no date."""
    if not -SAME_DAY <= lag <= NEWS_LASTS:
        return Dates.LATER if timedelta(0) <= lag <= AFTERMATH else Dates.APART
    return Dates.SAME if lag <= SAME_DAY else Dates.RECENT


def _by_weekday(lag: timedelta, names_it: bool) -> Dates:  # noqa: FBT001 - what was found
    """The last Tuesday before an article came out is the Tuesday it names."""
    return Dates.SAME if names_it and timedelta(0) <= lag < AFTERMATH else Dates.APART


def _by_named_days(report: Report, incident: Incident) -> Dates:
    """Compare a "7 February" here with the day, or a "7 February", there. What lasts is told with many days."""
    here = _days({*report.days, *_as_named(report.event_date)})
    there = _days({*(day for one in incident.reports for day in one.days), *_as_named(incident.onset)})
    if here & there:
        return Dates.SAME
    if _are_neighbours(here, there):
        return Dates.NEAR
    if kind_of(incident.event_type).is_state:
        return Dates.UNKNOWN
    seen = _published(incident)
    told = [report.published_at.date()] if report.published_at else []
    ages = (*_ages(here, seen), *_ages(there, told))
    if (here and there) or (ages and min(ages) > AFTERMATH):
        return Dates.APART
    undated = report.event_date is None and incident.onset is None
    return min(Dates.RECENT, _by_publication(min(ages))) if ages and undated else Dates.UNKNOWN


def _are_neighbours(here: Collection[str], there: Collection[str]) -> bool:
    """Whether each names a day, and these follow each other: papers differ by a night."""
    numbers = [{31 * int(day[:2]) + int(day[3:]) for day in days} for days in (here, there)]
    return any(abs(one - other) == 1 for one in numbers[0] for other in numbers[1])


def _ages(named: Collection[str], published: Collection[date]) -> tuple[timedelta, ...]:
    """How old each day named was, as news, when something was published."""
    return tuple(_days_since(day, seen) for day in named for seen in published)


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
    """Of what happened once, measured from the first word: else attacks every other day would be one for ever."""
    if report.published_at and (seen := _published(incident)):
        told = seen if kind_of(incident.event_type).is_state else (min(seen),)
        gap = min(abs(report.published_at.date() - day) for day in told)
        return max(_by_gap(gap), Dates.LATER if gap <= AFTERMATH else Dates.APART)
    gap = min(abs(report.fetched_at - other.fetched_at) for other in incident.reports)
    return Dates.UNKNOWN if gap <= NEWS_LASTS else Dates.APART


def weekdays_clash(report: Report, incident: Incident) -> bool:
    """Whether both name weekdays and none in common."""
    here, there = _weekdays(report), _weekdays_of(incident)
    return not _both_dated(report, incident) and bool(here) and bool(there) and not here & there


def name_one_weekday(report: Report, incident: Incident) -> bool:
    """Whether both name one weekday, where no better date is known."""
    return not _both_dated(report, incident) and bool(_weekdays(report) & _weekdays_of(incident))


def are_days_in_a_row(report: Report, incident: Incident) -> bool:
    """Whether both name weekdays, and one of these follows another."""
    here, there = ({_WEEKDAYS.index(day) for day in days} for days in (_weekdays(report), _weekdays_of(incident)))
    return any((one - other) % len(_WEEKDAYS) in _NEIGHBOURS for one in here for other in there)


def names_its_day(report: Report, incident: Incident) -> bool:
    """Whether one names the weekday of the other beside its own: its own may have been misread."""
    named = {day for other in incident.reports for day in other.days}
    return _weekday(incident.onset) in report.days or _weekday(report.event_date) in named


def are_dateless(report: Report, incident: Incident) -> tuple[bool, bool]:
    """Whether here, and whether there, no day whatever is said and no day of publication is known."""
    return _says_no_day(report), all(map(_says_no_day, incident.reports))


def _says_no_day(report: Report) -> bool:
    return not (report.days or report.event_date or report.published_at)


def _both_dated(report: Report, incident: Incident) -> bool:
    """Whether both have a day of the calendar: then weekdays add nothing."""
    return report.event_date is not None and incident.onset is not None


def _weekday(day: date | None) -> str:
    return _WEEKDAYS[day.weekday()] if day else ""


def _weekdays(report: Report) -> frozenset[str]:
    """The weekday of its day, and one beside it that it names, as of one night; else all that it names."""
    named = {day for day in report.days if day.isalpha()}
    if (day := report.event_date) is None:
        return frozenset(named)
    night = {_weekday(day - SAME_DAY), _weekday(day + SAME_DAY)}
    return frozenset({_weekday(day), *(named & night)})


def _weekdays_of(incident: Incident) -> frozenset[str]:
    return frozenset(day for report in incident.reports for day in _weekdays(report))

"""What do all the reports of one event say together?

Figures that differ stay side by side in the reports; what a reader is told is as coarse as the surest of them.
A report held by the do-no-harm check adds nothing to the picture while a clear one exists.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain

from alerts.geography.model import Location, Precision
from alerts.incidents.ending import ENDS
from alerts.incidents.grading import credibility_of, grade_of, gravest, severity_of
from alerts.incidents.holding import heard_twice
from alerts.incidents.model import ByHand, Credibility, DayPart, Incident, Report, Severity, Status, Vehicles
from alerts.incidents.recurrence import may_be_of_later
from alerts.incidents.words import is_of_strikers
from alerts.reading.model import EventType

_PRECISIONS = (Precision.UNKNOWN, Precision.REGION, Precision.NEAR, Precision.TOWN)


def first_picture(report: Report, *, incident_id: str, now: datetime) -> Incident:
    """The incident that a single report makes."""
    bare = Incident(
        id=incident_id,
        version=1,
        event_types=report.event_types,
        location=report.location,
        severity=Severity.UNKNOWN,
        credibility=Credibility.UNJUDGED,
        status=Status.ACTIVE,
        reports=(report,),
        first_reported_at=report.informed_at,
        informed_at=report.informed_at,
        updated_at=now,
    )
    return redrawn(bare, (report,), now=now)


def redrawn(incident: Incident, reports: Sequence[Report], *, now: datetime) -> Incident:
    """`incident` as `reports` tell it. Its gravity never falls; an admin's approval and what one set right stay."""
    reports = heard_twice(reports)
    telling, dating = telling_of(reports), _clear(reports)
    event_types = _event_types(telling)
    found = replace(
        incident,
        event_types=event_types,
        location=_location(telling),
        severity=gravest(incident.severity, severity_of(event_types[0], telling)),
        reports=tuple(reports),
        first_reported_at=min(report.informed_at for report in dating),
        informed_at=min(now, max(report.informed_at for report in dating)),
        updated_at=now,
    )
    found = replace(found, onset=_onset(telling), day_part=_day_part(telling), vehicles=_vehicles(telling))
    found = replace(found, credibility=_credibility(found, telling))
    return set_right(replace(found, until=_until(telling)), incident.by_hand)


def set_right(incident: Incident, hand: ByHand) -> Incident:
    """`incident` with what an admin set by hand in the place of what reports say."""
    types = incident.event_types
    if hand.event_type is not None:
        types = (hand.event_type, *(kind for kind in types if kind is not hand.event_type))
    day_part = incident.day_part if hand.onset in {None, incident.onset} else None
    return replace(
        incident,
        by_hand=hand,
        event_types=types,
        location=hand.location or incident.location,
        onset=hand.onset or incident.onset,
        day_part=hand.day_part or day_part,
        severity=hand.severity or incident.severity,
        vehicles=incident.vehicles if hand.vehicles is None else hand.vehicles,
        until=hand.until or incident.until,
    )


def telling_of(reports: Sequence[Report]) -> Sequence[Report]:
    """Those that tell of the event itself: clear ones if there are any, and not those that announce its end."""
    clear = _clear(reports)
    return [report for report in clear if report.event_type not in ENDS] or clear


def _clear(reports: Sequence[Report]) -> Sequence[Report]:
    return [report for report in reports if report.held is None] or reports


def _credibility(incident: Incident, telling: Sequence[Report]) -> Credibility:
    found = _surest(incident, telling)
    if incident.approved_by is None:
        return found
    return Credibility.CONFIRMED if found is Credibility.CONFIRMED else incident.credibility


def _surest(incident: Incident, telling: Sequence[Report]) -> Credibility:
    """What may be of two events is not confirmed by one word of each."""
    later = may_be_of_later(incident)
    parted = ([one for one in telling if (one.id in later) is late] for late in (False, True))
    return min(credibility_of(part) for part in parted if part)


def _event_types(telling: Sequence[Report]) -> tuple[EventType, ...]:
    """All types told, the one most reports put first at the head; an admin's word outweighs them."""
    leading = Counter(report.event_type for report in telling)
    admins = [report.event_type for report in telling if report.admin_id is not None]
    head = admins[-1] if admins else leading.most_common(1)[0][0]
    told = Counter(kind for report in telling for kind in report.event_types)
    return (head, *(kind for kind, _ in told.most_common() if kind is not head))


def _location(telling: Sequence[Report]) -> Location:
    """The most exact location; a stretch says more than a town beside it."""
    admins = [report for report in telling if report.admin_id is not None]
    found = max((report.location for report in admins[-1:] or telling), key=_exactness)
    return found if admins or not _is_wide_strike(telling) else _widened(found, telling)


def _is_wide_strike(telling: Sequence[Report]) -> bool:
    """Whether towns far apart tell of it: then each of them must still be warned."""
    towns = {report.location for report in telling if report.location.places}
    return len(towns) > 1 and any(is_of_strikers(name) for report in telling for name in report.people)


def _widened(location: Location, telling: Sequence[Report]) -> Location:
    """`location` and every other place told, the surest first."""
    told = [location, *(report.location for report in telling)]
    return replace(
        location,
        places=_all_of(*(one.places or one.leg or () for one in told)),
        leg=None,
        roads=_all_of(*(one.roads for one in told)),
        regions=_all_of(*(one.regions for one in told)),
    )


def _all_of(*named: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(named)))


def _exactness(location: Location) -> tuple[int, bool]:
    return _PRECISIONS.index(location.precision), location.leg is not None


def _onset(telling: Sequence[Report]) -> date | None:
    dates = Counter(report.event_date for report in telling if report.event_date)
    return min(dates, key=lambda day: (-dates[day], day)) if dates else None


def _day_part(telling: Sequence[Report]) -> DayPart | None:
    """What the best graded report that names one says."""
    named = [report for report in telling if report.day_part]
    return min(named, key=grade_of).day_part if named else None


def _vehicles(telling: Sequence[Report]) -> tuple[Vehicles, ...]:
    named = {vehicle for report in telling for vehicle in report.vehicles}
    return tuple(vehicle for vehicle in Vehicles if vehicle in named)


def _until(telling: Sequence[Report]) -> datetime | None:
    """Until when the desk said that it holds; its latest word counts."""
    said = [report.until for report in telling if report.until is not None]
    return said[-1] if said else None

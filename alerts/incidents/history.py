"""What was reported in an area before now, as far as a reader may know of it?"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from alerts.geography.model import Area
from alerts.incidents.model import Incident, Status
from alerts.incidents.telling import happened_at, is_public

if TYPE_CHECKING:
    from alerts.geography.atlas import Atlas


def reported(incidents: Iterable[Incident], *, area: Area, atlas: "Atlas", since: datetime) -> tuple[Incident, ...]:
    """What happened in `area` since then, the latest day first, corrected news included."""
    told = (one for one in incidents if is_told(one))
    held = (one for one in told if happened_at(one) >= since and atlas.holds(area, one.location) is not None)
    return tuple(sorted(held, key=_by_day, reverse=True))


def is_told(incident: Incident) -> bool:
    """Whether the past as readers are told it has this incident.

    Who got an alert may read here that it was withdrawn; what never went out stays unsaid.
    """
    return is_public(incident) or (incident.status is Status.RETRACTED and incident.announced)


def _by_day(incident: Incident) -> tuple[date, datetime, str]:
    """In the order of the days that readers are shown."""
    return (incident.onset or incident.first_reported_at.date(), happened_at(incident), incident.id)

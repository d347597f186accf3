"""How does a way look, leg by leg, from what was reported?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from alerts.geography.model import Area, Way
from alerts.incidents.model import Incident


class RoadStatus(StrEnum):
    """WFP / Logistics Cluster road status; UNKNOWN is what silence means."""

    OPEN = "Open"
    RESTRICTED = "Restricted"
    CLOSED = "Closed"
    UNKNOWN = "Unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class LegOutlook:
    """One stretch between two stops (place ids). `incidents` newest first; `age` of the last information or None."""

    start: str
    end: str
    km: float
    status: RoadStatus
    incidents: tuple[Incident, ...] = ()
    age: timedelta | None = None
    is_old: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOutlook:
    """A way and how each of its stretches looks, in travelling order."""

    way: Way
    legs: tuple[LegOutlook, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The answer to `/route` or `/road`: ways in fixed order, never ranked. `sources_read_at` is None if never read."""

    area: Area
    ways: tuple[WayOutlook, ...]
    now: datetime
    sources_read_at: datetime | None

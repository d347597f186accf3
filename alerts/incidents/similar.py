"""Which other incidents may be the same event, though nothing said so surely enough to join them?"""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from alerts.incidents.kinds import kind_of
from alerts.incidents.model import Incident, Status
from alerts.incidents.nearness import Nearness, nearness
from alerts.incidents.telling import happened_at

if TYPE_CHECKING:
    from alerts.geography.atlas import Atlas

NEAR_IN_TIME = timedelta(days=4)
MOST = 3


def similar_to(incident: Incident, others: Iterable[Incident], *, atlas: "Atlas") -> tuple[Incident, ...]:
    """Up to three, the nearest in place and then in time first."""
    found = [(one, near) for one in others if (near := _near(incident, one, atlas)) is not Nearness.APART]
    found.sort(key=lambda pair: (-pair[1], abs(happened_at(pair[0]) - happened_at(incident)), pair[0].id))
    return tuple(one for one, _ in found[:MOST])


def _near(incident: Incident, other: Incident, atlas: "Atlas") -> Nearness:
    """How near the places are; APART where it is no candidate at all."""
    is_other = other.id != incident.id and other.merged_into is None and other.status is not Status.RETRACTED
    families = kind_of(incident.event_type).families & kind_of(other.event_type).families
    lasts = kind_of(incident.event_type).is_state and kind_of(other.event_type).is_state
    in_time = abs(happened_at(incident) - happened_at(other)) <= NEAR_IN_TIME
    if not is_other or not families or other.exercise or not (in_time or lasts):
        return Nearness.APART
    return nearness(incident.location, other.location, atlas)

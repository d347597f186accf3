"""What happened on followed roads since the last brief, and what still stands?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from alerts.geography.model import Area
from alerts.incidents.model import Incident, Status
from alerts.incidents.outlook import now_active
from alerts.incidents.telling import is_public

if TYPE_CHECKING:
    from alerts.geography.atlas import Atlas


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Each incident once: first told since then, told anew since then, ended or withdrawn since then, or standing."""

    new: tuple[Incident, ...] = ()
    changed: tuple[Incident, ...] = ()
    ended: tuple[Incident, ...] = ()
    standing: tuple[Incident, ...] = ()


def brief_on(
    incidents: Iterable[Incident], areas: Iterable[Area], *, atlas: "Atlas", since: datetime, now: datetime
) -> Brief:
    """The brief on `areas`, newest word first."""
    known, followed = tuple(incidents), tuple(areas)
    active = now_active(known, followed, atlas=atlas, now=now)
    ended = [one for one in known if _ended_since(one, since) and _is_held(one, followed, atlas)]
    new = tuple(one for one in active if one.first_reported_at >= since)
    changed = tuple(one for one in active if one.first_reported_at < since <= one.informed_at)
    return Brief(
        new=new,
        changed=changed,
        ended=tuple(sorted(ended, key=lambda one: (one.updated_at, one.id), reverse=True)),
        standing=tuple(one for one in active if one not in new and one not in changed),
    )


def _ended_since(incident: Incident, since: datetime) -> bool:
    """Announced lifted, or withdrawn after readers had been told; what never went out stays unsaid."""
    if incident.updated_at < since:
        return False
    if incident.status is Status.RETRACTED:
        return incident.announced and not incident.exercise
    return incident.status is Status.LIFTED and is_public(incident)


def _is_held(incident: Incident, areas: Iterable[Area], atlas: "Atlas") -> bool:
    return any(atlas.holds(area, incident.location) is not None for area in areas)

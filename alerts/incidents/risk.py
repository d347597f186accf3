"""How dangerous is a stretch, and why?

The level is the gravest of what its incidents say, and each factor tells one of them: what, how near, how long ago, how
sure. Time never lowers a level: a grave word grown old goes on to make it, marked old, and does not give way to
a milder one; when no word on the stretch says anything of the road any more, the level is unknown, never low. There is
no level that means "safe".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from alerts.geography.model import Location, Precision
from alerts.incidents.kinds import rank
from alerts.incidents.model import Incident, Severity, Status, Trust
from alerts.incidents.outlook import LegOutlook
from alerts.incidents.telling import age_of, happened_at, is_public, old_after, unknown_after
from alerts.reading.model import EventType


class RiskLevel(IntEnum):
    """What a reader is told, as a word; the numbers only put the levels in order.

    UNKNOWN is what silence, old words and announced ends come to. It is no low risk: it is no knowledge.
    """

    UNKNOWN = 0
    WATCH = 1
    SERIOUS = 2
    VERY_SERIOUS = 3
    EXTREME = 4


class Nearness(StrEnum):
    """How near an incident is known to be to the stretch."""

    ON_IT = "on it"
    AT_A_STOP = "at a town"
    SOMEWHERE_AROUND = "somewhere around"


class Freshness(StrEnum):
    """What is left of a word: recent, old, or nothing."""

    RECENT = "recent"
    OLD = "old"
    SPENT = "spent"


_FRESHEST_FIRST = tuple(Freshness)

_NEAREST_FIRST = tuple(Nearness)

_SUREST_FIRST = (Trust.CONFIRMED, Trust.PROBABLE, Trust.UNCONFIRMED)

_LEVELS = {
    Severity.EXTREME: RiskLevel.EXTREME,
    Severity.SEVERE: RiskLevel.VERY_SERIOUS,
    Severity.MODERATE: RiskLevel.SERIOUS,
    Severity.MINOR: RiskLevel.WATCH,
    Severity.UNKNOWN: RiskLevel.WATCH,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """One incident's share: `level` is what it makes of the stretch; `is_over` whether its end was announced."""

    incident_id: str
    event_type: EventType
    severity: Severity
    nearness: Nearness
    freshness: Freshness
    trust: Trust
    is_over: bool
    level: RiskLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """The level of a stretch and what makes it, the weightiest factor first; `is_old` when all that makes it is old."""

    level: RiskLevel
    factors: tuple[Factor, ...]
    is_old: bool = False


def risk_of(leg: LegOutlook | Iterable[Incident], *, now: datetime) -> Risk:
    """The risk on a stretch, or of the incidents that touch one. What may not reach a public chat adds nothing."""
    incidents = leg.incidents if isinstance(leg, LegOutlook) else leg
    factors = sorted((_factor(one, now) for one in incidents if is_public(one)), key=_weight)
    standing = [factor for factor in factors if not factor.is_over]
    speaks = any(factor.freshness is not Freshness.SPENT for factor in standing)
    level = max(factor.level for factor in standing) if speaks else RiskLevel.UNKNOWN
    making = [factor for factor in standing if factor.level is level or not speaks]
    is_old = bool(making) and not any(factor.freshness is Freshness.RECENT for factor in making)
    return Risk(level=level, factors=tuple(factors), is_old=is_old)


def _factor(incident: Incident, now: datetime) -> Factor:
    is_over = incident.status is Status.LIFTED or incident.event_type is EventType.ESCORT_OR_REOPENING
    nearness = _nearness(incident.location)
    return Factor(
        incident_id=incident.id,
        event_type=incident.event_type,
        severity=incident.severity,
        nearness=nearness,
        freshness=_freshness(incident, now),
        trust=incident.trust,
        is_over=is_over,
        level=RiskLevel.UNKNOWN if is_over else _level(incident, nearness),
    )


def _level(incident: Incident, nearness: Nearness) -> RiskLevel:
    """By gravity. A step lower for what nobody confirms, and for what may lie elsewhere; never below "to watch"."""
    steps = (incident.trust is Trust.UNCONFIRMED) + (nearness is Nearness.SOMEWHERE_AROUND)
    return RiskLevel(max(RiskLevel.WATCH, _LEVELS[incident.severity] - steps))


def _freshness(incident: Incident, now: datetime) -> Freshness:
    """By the ages at which words of this kind get old, and then say nothing any more."""
    since, age = happened_at(incident), age_of(incident, now)
    if age > unknown_after(incident, since=since):
        return Freshness.SPENT
    return Freshness.OLD if age > old_after(incident, since=since) else Freshness.RECENT


def _nearness(location: Location) -> Nearness:
    if location.precision not in {Precision.TOWN, Precision.NEAR}:
        return Nearness.SOMEWHERE_AROUND
    return Nearness.ON_IT if location.leg is not None else Nearness.AT_A_STOP


def _weight(factor: Factor) -> tuple[int, ...]:
    """Sorts the weightiest first; the reference settles what is alike in all else."""
    return (
        -factor.level,
        _FRESHEST_FIRST.index(factor.freshness),
        -rank(factor.severity),
        _SUREST_FIRST.index(factor.trust),
        _NEAREST_FIRST.index(factor.nearness),
        *map(ord, factor.incident_id),
    )

"""How does a way look, leg by leg, from what was reported?

Silence is never a good sign here: a stretch is open only by dated reports that say so of all of it, for half a day;
that one reaches a town again, or crosses its bridge, opens no way that leads there. What is
old is called old, then the stretch is unknown; what was announced lifted leaves it unknown too.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from alerts.geography.model import Area, Leg, Precision, Way
from alerts.incidents.kinds import Passage, kinds
from alerts.incidents.model import Incident, Report, Status, Trust
from alerts.incidents.telling import age_of, happened_at, is_public, old_after, passage_of, says_open, unknown_after
from alerts.reading.model import EventType

if TYPE_CHECKING:
    from alerts.geography.atlas import Atlas

OPEN_FOR = timedelta(hours=12)
LISTED_FOR = timedelta(days=7)
"""How much longer an incident is listed once it says nothing about passage any more."""

_EXACT = frozenset({Precision.TOWN, Precision.NEAR})


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


def look_ahead(
    ways: Sequence[Way],
    *,
    area: Area,
    incidents: Iterable[Incident],
    atlas: "Atlas",
    now: datetime,
    sources_read_at: datetime | None,
) -> Outlook:
    """How each of `ways` looks, in the order given. What may not reach a public chat is left out."""
    placed = _on_the_ways(ways, incidents, atlas, now)
    outlooks = tuple(WayOutlook(way=way, legs=tuple(_legs_of(way, placed, now))) for way in ways)
    return Outlook(area=area, ways=outlooks, now=now, sources_read_at=sources_read_at)


def now_active(
    incidents: Iterable[Incident], areas: Iterable[Area], *, atlas: "Atlas", now: datetime
) -> tuple[Incident, ...]:
    """What is still active in any of `areas` and not too old to say so, newest first."""
    followed = tuple(areas)
    speaking = [one for one in incidents if one.status is Status.ACTIVE and _still_speaks(one, now) and is_public(one)]
    return _newest_first(
        one for one in speaking if any(atlas.holds(area, one.location) is not None for area in followed)
    )


_LegKeys = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Placed:
    """An incident and the legs of the ways it is told on; `aside` where it lies on another road that runs near.

    `opens` are the legs that it says can be passed.
    """

    incident: Incident
    legs: _LegKeys
    aside: bool = False
    opens: _LegKeys = frozenset()


def _on_the_ways(
    ways: Sequence[Way], incidents: Iterable[Incident], atlas: "Atlas", now: datetime
) -> Sequence[_Placed]:
    """What is told on any of `ways`, newest first. Thousands may be known: the cheap questions come first."""
    keys = [frozenset(leg.key for leg in way.legs) for way in ways]
    since = {event_type: now - kind.unknown_after - LISTED_FOR for event_type, kind in kinds().items()}
    listed = [one for one in incidents if one.until is not None or happened_at(one) >= since[one.event_type]]
    here = {one.id: placed for one in listed if (placed := _placed(one, keys, atlas, now)).legs}
    told = [incident for incident in listed if incident.id in here and is_public(incident)]
    return [here[incident.id] for incident in _newest_first(told)]


def _placed(incident: Incident, ways: Sequence[_LegKeys], atlas: "Atlas", now: datetime) -> _Placed:
    """On the legs it covers, else on the nearest: who follows a road is told what lies beside it, and so who asks.

    A reopening beside a road opens nothing on it.
    """
    covers = atlas.legs_of(incident.location)
    if covered := covers.intersection(frozenset().union(*ways)):
        return _Placed(incident, covered, opens=_opened_by(incident, atlas, now))
    if incident.event_type is EventType.ESCORT_OR_REOPENING:
        return _Placed(incident, frozenset())
    beside = (atlas.legs_beside(incident.location, way) for way in ways)
    return _Placed(incident, frozenset().union(*beside), aside=bool(covers))


def _newest_first(incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    return tuple(sorted(incidents, key=lambda one: (one.informed_at, one.id), reverse=True))


def _legs_of(way: Way, placed: Sequence[_Placed], now: datetime) -> Iterator[LegOutlook]:
    for start, end, legs in _stretches(way):
        keys = {leg.key for leg in legs}
        here = [one for one in placed if one.legs & keys]
        yield _leg_outlook(start, end, legs, here, now)


def _stretches(way: Way) -> Iterator[tuple[str, str, tuple[Leg, ...]]]:
    """The legs between each two neighbouring stops."""
    stops, legs = iter(way.stops), []
    start = here = next(stops)
    stop = next(stops, None)
    for leg in way.legs:
        legs.append(leg)
        here = leg.end if leg.start == here else leg.start
        if here == stop:
            yield start, here, tuple(legs)
            start, stop, legs = here, next(stops, None), []


def _leg_outlook(start: str, end: str, legs: Sequence[Leg], here: Sequence[_Placed], now: datetime) -> LegOutlook:
    incidents = tuple(one.incident for one in here)
    status, because = _status(here, frozenset(leg.key for leg in legs), now)
    informed = [incident.informed_at for incident in because or incidents]
    return LegOutlook(
        start=start,
        end=end,
        km=sum(leg.km for leg in legs),
        status=status,
        incidents=incidents,
        age=max(timedelta(0), now - max(informed)) if informed else None,
        is_old=_is_old(because or incidents, now),
    )


def _status(here: Sequence[_Placed], keys: _LegKeys, now: datetime) -> tuple[RoadStatus, Sequence[Incident]]:
    """The status, and the incidents it rests on."""
    incidents = [one.incident for one in here]
    placed = [one for one in here if one.incident.status is Status.ACTIVE and _still_speaks(one.incident, now)]
    by_effect = {passage: [one.incident for one in placed if _effect(one) is passage] for passage in Passage}
    if closing := by_effect[Passage.CLOSED]:
        return RoadStatus.CLOSED, closing
    if restricting := by_effect[Passage.RESTRICTED]:
        return RoadStatus.RESTRICTED, restricting
    reopened = _reopenings(placed, keys)
    lifted_later = any(one.status is Status.LIFTED for one in incidents)
    return (RoadStatus.OPEN, reopened) if reopened and not lifted_later else (RoadStatus.UNKNOWN, ())


def _effect(placed: _Placed) -> Passage:
    """What it does to the stretch. Known only by region or road, or beside it, it cannot close it, but weighs on it."""
    passage = passage_of(placed.incident)
    vague = placed.aside or placed.incident.location.precision not in _EXACT
    return Passage.RESTRICTED if passage is Passage.CLOSED and vague else passage


def _reopenings(here: Sequence[_Placed], keys: _LegKeys) -> Sequence[Incident]:
    """Those that open the whole stretch, one after the other if need be; none where they open only a part of it."""
    opening = [one for one in here if one.opens & keys]
    whole = frozenset().union(*(one.opens for one in opening))
    return [one.incident for one in opening] if whole >= keys else []


def _opened_by(incident: Incident, atlas: "Atlas", now: datetime) -> _LegKeys:
    """The legs that fresh words say are open: of the stretch that each names by its ends, or that an admin set."""
    if incident.event_type is not EventType.ESCORT_OR_REOPENING or incident.trust is Trust.UNCONFIRMED:
        return frozenset()
    fresh = [report for report in incident.reports if _says_open_now(report, now)]
    where = [incident.by_hand.location or report.location for report in fresh]
    return frozenset(key for one in where if one.leg for key in atlas.legs_of(one))


def _says_open_now(report: Report, now: datetime) -> bool:
    """Whether a dated word, an admin's or a dated entry's, says that one passes, and is fresh."""
    dated = report.published_at is not None or report.admin_id is not None
    fresh = now - report.informed_at <= OPEN_FOR
    return says_open(report) and dated and fresh


def _still_speaks(incident: Incident, now: datetime) -> bool:
    return age_of(incident, now) <= unknown_after(incident, since=happened_at(incident))


def _is_old(incidents: Sequence[Incident], now: datetime) -> bool:
    return bool(incidents) and all(age_of(one, now) > old_after(one, since=happened_at(one)) for one in incidents)

"""What does a picture of a way tell?

The same as the message: nothing here but stops, statuses, and for each incident its word, its trust and its age. What
happened in a stop is told at the stop, all else in the middle of its stretch: no event has a point of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from alerts.geography.model import Precision, Way
from alerts.incidents.kinds import rank
from alerts.incidents.model import Incident
from alerts.incidents.outlook import LegOutlook, Outlook, RoadStatus, WayOutlook
from alerts.pictures.letters import BOUND
from alerts.pictures.tongues import Tongues
from alerts.wording import incident as told
from alerts.wording.times import info
from alerts.wording.way import area_name, leg_name, public, sources_line, state_of
from alerts.wording.words import Words

LINES_AT_ONE_SPOT = 2

Said = tuple[str, ...]
"""One thing said, in one language or two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What was reported at one spot; `alarms` is False when nothing but the end of something was.

    `incidents` are the references: two stretches that share them share the mark.
    """

    incidents: tuple[str, ...]
    lines: tuple[Said, ...]
    alarms: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch between two stops; `old` is empty while its word is recent, `mark` None if nothing was told.

    `through` holds the ids of its places in travelling order, both stops among them.
    """

    through: tuple[str, ...]
    name: str
    km: str
    status: RoadStatus
    state: Said
    old: Said
    mark: Mark | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All that one picture tells, way by way.

    `towns` holds what happened in each stop that anything happened in, `wide` what is known of an area only, and
    `wide_area` the words for that.
    """

    title: Said
    lengths: tuple[Said, ...]
    dates: tuple[Said, ...]
    ways: tuple[tuple[Stretch, ...], ...]
    towns: Mapping[str, Mark]
    wide: Mark | None
    wide_area: Said
    closing: tuple[Said, ...]


def facts_of(outlook: Outlook, tongues: Tongues, *, now: datetime) -> Told:
    """What is to be told of `outlook`; dates are written in the zone of `now`."""
    at = f"{now:%d/%m/%Y %H:%M}".replace(" ", BOUND)
    return Told(
        title=tongues.say(lambda words: area_name(words, outlook.area).upper()),
        lengths=_lengths(outlook, tongues),
        dates=(
            tongues.say(lambda words: words.say("picture.made", date=at)),
            tongues.say(lambda words: sources_line(words, outlook.sources_read_at, now=now)),
        ),
        ways=tuple(_stretches(ahead, tongues, now=now) for ahead in outlook.ways),
        towns=_towns(outlook.ways, tongues, now=now),
        wide=_wide(outlook.ways, tongues, now=now),
        wide_area=tongues.say(lambda words: words.say("mark.wide")),
        closing=(
            tongues.say(lambda words: words.say("alert.silence")),
            tongues.say(lambda words: words.say("alert.advice")),
        ),
    )


def _stretches(ahead: WayOutlook, tongues: Tongues, *, now: datetime) -> tuple[Stretch, ...]:
    through = _through(ahead.way)
    return tuple(
        _stretch(leg, places, ahead.way, tongues, now=now) for leg, places in zip(ahead.legs, through, strict=True)
    )


def _stretch(leg: LegOutlook, through: tuple[str, ...], way: Way, tongues: Tongues, *, now: datetime) -> Stretch:
    here = [incident for incident in public(leg) if town_of(incident, way) is None and _is_exact(incident)]
    return Stretch(
        through=through,
        name=tongues.say(lambda words: leg_name(words, leg))[0],
        km=_bound(tongues.say(lambda words: words.say("picture.km", km=words.number(leg.km)))[0]),
        status=leg.status,
        state=tongues.say(lambda words: state_of(words, leg).text),
        old=tongues.say(lambda words: _old(words, leg)) if leg.is_old and leg.incidents else (),
        mark=_mark(here, tongues, now=now) if here else None,
    )


def _through(way: Way) -> list[tuple[str, ...]]:
    """The places between each two neighbouring stops, both included."""
    stretches: list[tuple[str, ...]] = []
    gone = [way.stops[0]]
    for leg in way.legs:
        gone.append(leg.end if leg.start == gone[-1] else leg.start)
        if gone[-1] == way.stops[len(stretches) + 1]:
            stretches.append(tuple(gone))
            gone = gone[-1:]
    return stretches


def town_of(incident: Incident, way: Way) -> str | None:
    """The stop of `way` it happened in; None for what happened on a stretch, or of which only an area is known."""
    if incident.location.leg is not None:
        return None
    return next((place for place in incident.location.places if place in way.stops), None)


def _is_exact(incident: Incident) -> bool:
    return incident.location.precision in {Precision.TOWN, Precision.NEAR}


def _wide(ways: Sequence[WayOutlook], tongues: Tongues, *, now: datetime) -> Mark | None:
    """What may be anywhere on the way is told once, and not again for each stretch."""
    every = (incident for ahead in ways for leg in ahead.legs for incident in public(leg))
    wide = {incident.id: incident for incident in every if not _is_exact(incident)}
    return _mark(list(wide.values()), tongues, now=now) if wide else None


def _towns(ways: Sequence[WayOutlook], tongues: Tongues, *, now: datetime) -> dict[str, Mark]:
    placed: dict[str, dict[str, Incident]] = {}
    for ahead in ways:
        for incident in (one for leg in ahead.legs for one in public(leg)):
            if (stop := town_of(incident, ahead.way)) is not None:
                placed.setdefault(stop, {})[incident.id] = incident
    return {stop: _mark(list(here.values()), tongues, now=now) for stop, here in placed.items()}


def _mark(incidents: Sequence[Incident], tongues: Tongues, *, now: datetime) -> Mark:
    """What stands before what ended, the gravest first, and how many are left out."""
    by_weight = sorted(incidents, key=_weight, reverse=True)
    shown = by_weight[: tongues.room(LINES_AT_ONE_SPOT)]
    lines = [tongues.say(partial(_line, incident=one, now=now)) for one in shown]
    if hidden := len(by_weight) - len(lines):
        lines.append(tongues.say(lambda words: words.more(hidden)))
    references = tuple(sorted(incident.id for incident in incidents))
    return Mark(incidents=references, lines=tuple(lines), alarms=not all(map(told.is_lifted, incidents)))


def _weight(incident: Incident) -> tuple[bool, int, datetime]:
    return not told.is_lifted(incident), rank(incident.severity), incident.informed_at


def _line(words: Words, incident: Incident, *, now: datetime) -> str:
    """As in "Attaque armée · confirmé, presse · 2 h"."""
    event = words.say(f"{'lifted' if told.is_lifted(incident) else 'event'}.{incident.event_type}")
    where = "" if _is_exact(incident) else told.place(words, incident.location, separator=" ")
    age = _bound(told.short_info_of(words, incident, now=now))
    return f" ·{BOUND}".join(filter(None, [event, where, told.trust(words, incident), age]))


def _lengths(outlook: Outlook, tongues: Tongues) -> tuple[Said, ...]:
    """How long each way is, in the order given; or that none is known."""
    if not outlook.ways:
        return (tongues.say(lambda words: words.say("route.unknown", place=area_name(words, outlook.area))),)
    return tuple(tongues.say(partial(_length, way=ahead.way)) for ahead in outlook.ways)


def _length(words: Words, way: Way) -> str:
    km = words.number(way.km)
    if way.via is None:
        return words.say("picture.km", km=km)
    return words.say("picture.via", km=km, via=words.atlas.place_name(way.via))


def _old(words: Words, leg: LegOutlook) -> str:
    return "" if leg.age is None else _bound(info(words, leg.age, is_old=True))


def _bound(text: str) -> str:
    """`text` as one word, so that no line breaks within "2 h"."""
    return text.replace(" ", BOUND)

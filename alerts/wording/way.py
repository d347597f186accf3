"""How is the answer about a way worded: status by leg, incidents, fuel, other ways?

Legs are told the gravest first, then in travelling order. Other ways are listed as they come, never ranked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from alerts.fuel.model import FuelState
from alerts.geography.model import Area, AreaKind, Way
from alerts.incidents.kinds import rank
from alerts.incidents.model import Incident, Severity, Status
from alerts.incidents.outlook import LegOutlook, Outlook, RoadStatus, WayOutlook
from alerts.wording import incident as told
from alerts.wording.limits import fit
from alerts.wording.pump import fuel_line
from alerts.wording.times import age, info
from alerts.wording.words import Words

INCIDENTS_PER_LEG = 3
OTHER_WAYS = 4

_GRAVE = frozenset({Severity.EXTREME, Severity.SEVERE})


class Weight(IntEnum):
    """How much a leg's state matters to a reader, most first. A way is only as good as its worst leg.

    Unknown stands before lifted and open: silence on one leg is not made good by a word on another.
    """

    GRAVE = 0
    CLOSED = 1
    HARD = 2
    SLIGHT = 3
    UNKNOWN = 4
    LIFTED = 5
    OPEN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class LegState:
    """A leg's state in words, with the sign that goes with them."""

    weight: Weight
    icon: str
    text: str


def outlook_text(words: Words, outlook: Outlook, *, fuel: Sequence[FuelState], short: bool, now: datetime) -> str:
    """The answer to `/route` and `/road`."""
    tail = [
        words.say("alert.silence"),
        *fuel_line(words, fuel, short=short, now=now),
        *[_other(words, way) for way in outlook.ways[1 : 1 + OTHER_WAYS]],
        sources_line(words, outlook.sources_read_at, now=now),
        words.say("alert.advice"),
    ]
    if not outlook.ways:
        unknown = words.say("route.unknown", place=area_name(words, outlook.area))
        return fit([], head=[unknown], tail=tail, more=words.more, limit=words.limit)
    first = outlook.ways[0]
    items = _short_legs(words, first, now=now) if short else _legs(words, first, now=now)
    return fit(items, head=_head(words, outlook.area, first.way), tail=tail, more=words.more, limit=words.limit)


def caption_text(words: Words, outlook: Outlook, *, others: bool = False, now: datetime) -> str:
    """What stands beneath a picture: the status of each leg in words, for whoever can't make out the picture.

    `others` tells the other ways too, which a map shows.
    """
    first = outlook.ways[0]
    tail = [
        words.say("alert.silence"),
        sources_line(words, outlook.sources_read_at, now=now),
        words.say("alert.advice"),
    ]
    items = [_leg_line(words, leg, state) for leg, state in _by_weight(words, first)]
    items += [_other(words, way) for way in outlook.ways[1 : 1 + OTHER_WAYS]] if others else []
    return fit(items, head=_head(words, outlook.area, first.way), tail=tail, more=words.more, limit=words.limit)


def telling_legs(words: Words, outlook: Outlook) -> list[tuple[int, str]]:
    """Number in travelling order, from 0, and name of each leg of the first way that anything is told of.

    They come as the answer tells them, the gravest first.
    """
    if not outlook.ways:
        return []
    number = {(leg.start, leg.end): n for n, leg in enumerate(outlook.ways[0].legs)}
    told_of = [leg for leg, _ in _by_weight(words, outlook.ways[0]) if public(leg)]
    return [(number[leg.start, leg.end], leg_name(words, leg)) for leg in told_of]


def area_name(words: Words, area: Area) -> str:
    """How to name a followed area: "RN1", "Kayes et 50 km autour", "Kayes → Bamako"."""
    match area.kind:
        case AreaKind.ROUTE:
            start, _, end = area.id.partition("/")
            return f"{words.atlas.place_name(start)} → {words.atlas.place_name(end)}"
        case AreaKind.PLACE if area.radius_km:
            return words.say("area.around", place=words.atlas.place_name(area.id), km=area.radius_km)
        case AreaKind.REGION:
            return told.region(words, area.id)
        case _:
            return words.atlas.name(area)


def sources_line(words: Words, read_at: datetime | None, *, now: datetime) -> str:
    """When the sources were last read: without it, silence says nothing at all."""
    if read_at is None:
        return words.say("sources.unread")
    return words.say("sources.read", age=age(words, now - read_at))


def _head(words: Words, area: Area, way: Way) -> list[str]:
    name = area_name(words, area)
    head = name.upper() if area.kind in {AreaKind.ROUTE, AreaKind.PLACE} else name
    km = words.number(way.km)
    if way.via is None:
        title = words.say("route.head", place=head, km=km)
    else:
        title = words.say("route.via", place=head, km=km, via=words.atlas.place_name(way.via))
    return [title, *_off_road(words, way)]


def _off_road(words: Words, way: Way) -> list[str]:
    """An end that no known road passes, and the place that it is joined to by an estimated track."""
    on_road = {place for leg in words.atlas.legs for place in leg.key}
    ends = ((way.legs[0].start, way.legs[0].end), (way.legs[-1].end, way.legs[-1].start))
    name = words.atlas.place_name
    return [words.say("route.off_road", place=name(end), stop=name(next_)) for end, next_ in ends if end not in on_road]


def _other(words: Words, other: WayOutlook) -> str:
    worst = min((state_of(words, leg) for leg in other.legs), key=lambda one: one.weight, default=None)
    text = worst.text if worst else words.say("status.unknown")
    if other.way.via is None:
        return words.say("route.other", km=words.number(other.way.km), state=text)
    return words.say("route.other_via", via=words.atlas.place_name(other.way.via), state=text)


def _legs(words: Words, way: WayOutlook, *, now: datetime) -> list[str]:
    """One item a leg, its incidents on lines of their own."""
    items = []
    for leg, state in _by_weight(words, way):
        shown = public(leg)[:INCIDENTS_PER_LEG]
        hidden = len(public(leg)) - len(shown)
        lines = [_leg_line(words, leg, state)]
        lines += [f" {told.under_leg(words, incident, now=now)}" for incident in shown]
        lines += [f" {words.more(hidden)}"] if hidden else []
        items.append("\n".join(lines))
    return items


def _leg_line(words: Words, leg: LegOutlook, state: LegState) -> str:
    text = state.text if public(leg) else f"{state.text}{_bracketed(words, leg.age)}"
    return words.say("route.leg", icon=state.icon, leg=leg_name(words, leg), state=f"{text}{_old(words, leg)}")


def _short_legs(words: Words, way: WayOutlook, *, now: datetime) -> list[str]:
    """A line for each leg that something is known of; the silent ones share the last line."""
    items, silent = [], []
    for leg, state in _by_weight(words, way):
        incidents = public(leg)
        if state.weight is Weight.UNKNOWN and not incidents:
            silent.append(f"{leg_name(words, leg)}{_bracketed(words, leg.age)}")
        elif incidents:
            items += [_short_leg(words, leg, incident, now=now) for incident in incidents[:INCIDENTS_PER_LEG]]
        else:
            text = f"{state.text}{_bracketed(words, leg.age)}{_old(words, leg)}"
            items.append(words.say("short.line", place=leg_name(words, leg), state=text))
    if silent:
        items.append(words.say("short.line", place=", ".join(silent), state=words.say("status.unknown")))
    return items


def _short_leg(words: Words, leg: LegOutlook, incident: Incident, *, now: datetime) -> str:
    parts = told.short_parts(words, incident, now=now, cut=leg.status is RoadStatus.CLOSED)
    return words.say("short.line", place=leg_name(words, leg), state=" · ".join(parts))


def _by_weight(words: Words, way: WayOutlook) -> list[tuple[LegOutlook, LegState]]:
    states = [(leg, state_of(words, leg)) for leg in way.legs]
    return sorted(states, key=lambda pair: pair[1].weight)


def state_of(words: Words, leg: LegOutlook) -> LegState:
    """A leg's state: an attack weighs on it without saying whether one gets through."""
    standing = [incident for incident in public(leg) if not told.is_lifted(incident)]
    worst = max((incident.severity for incident in standing), key=rank, default=None)
    status = _passage(leg, standing)
    if worst is not None and (worst in _GRAVE or status in {RoadStatus.UNKNOWN, RoadStatus.OPEN}):
        return _danger(words, worst, status)
    match status:
        case RoadStatus.CLOSED:
            return LegState(weight=Weight.CLOSED, icon="⛔", text=words.say("status.closed"))
        case RoadStatus.RESTRICTED:
            return LegState(weight=Weight.HARD, icon="🟠", text=words.say("status.restricted"))
        case RoadStatus.OPEN:
            return LegState(weight=Weight.OPEN, icon="🔵", text=words.say("status.open"))
        case RoadStatus.UNKNOWN if public(leg):
            return LegState(weight=Weight.LIFTED, icon="🔵", text=words.say("short.lifted"))
        case RoadStatus.UNKNOWN:
            return LegState(weight=Weight.UNKNOWN, icon="⚪", text=words.say("status.unknown"))


def _passage(leg: LegOutlook, standing: Sequence[Incident]) -> RoadStatus:
    """The leg's status, unknown where all that weighs on it is violence: that says nothing of getting through."""
    if leg.status is RoadStatus.RESTRICTED and standing and not any(map(told.says_passage, standing)):
        return RoadStatus.UNKNOWN
    return leg.status


def _danger(words: Words, worst: Severity, status: RoadStatus) -> LegState:
    gravity = words.say(f"gravity.{worst.lower()}")
    passage = words.say(f"passage.{status.lower()}")
    weight = Weight.GRAVE if worst in _GRAVE else Weight.HARD if worst is Severity.MODERATE else Weight.SLIGHT
    text = words.say("status.danger", gravity=gravity, passage=passage)
    return LegState(weight=weight, icon=told.ICONS[worst], text=text)


def public(leg: LegOutlook) -> list[Incident]:
    """What readers are told of a leg."""
    return [incident for incident in leg.incidents if incident.status is not Status.RETRACTED]


def leg_name(words: Words, leg: LegOutlook) -> str:
    """As in "Sandaré–Diéma"."""
    return f"{words.atlas.place_name(leg.start)}–{words.atlas.place_name(leg.end)}"


def _bracketed(words: Words, delta: timedelta | None) -> str:
    return "" if delta is None else f" ({age(words, delta)})"


def _old(words: Words, leg: LegOutlook) -> str:
    """An old word is marked; where nothing is known the age alone says so."""
    if not leg.is_old or leg.age is None or not leg.incidents:
        return ""
    return f" · {info(words, leg.age, is_old=True)}"

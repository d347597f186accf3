"""What does one answer say: a type, a place, a day, how grave, which traffic, who says so, until when?

Guided posts, corrections of a card and updates of an incident ask the same questions and read the answers alike.
"""

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Any, TypeVar

from alerts.desk.days import has_unread_day
from alerts.desk.line import (
    NEVER_SENT,
    Fault,
    FaultKind,
    Post,
    day_in,
    ends,
    event_types_in,
    located,
    said_by,
)
from alerts.desk.words import affirmed, desk_words, in_order, named
from alerts.geography.atlas import Atlas
from alerts.incidents.model import ByHand, Incident, Severity, Vehicles
from alerts.incidents.reopening import reopening_ahead, reopening_undone
from alerts.incidents.words import day_part_of, vehicles_in
from alerts.reading.model import EventType
from alerts.reading.reader import Reader
from alerts.safety.screen import Origin, screen

Value = TypeVar("Value", bound=StrEnum)

LONGEST_ANSWER = 300  # characters


class Field(StrEnum):
    """What a guided post asks for, in this order."""

    TYPE = "type"
    WHERE = "where"
    WHEN = "when"
    SEVERITY = "severity"
    VEHICLES = "vehicles"
    SOURCE = "source"
    TEXT = "text"
    UNTIL = "until"


NEEDED = (Field.TYPE, Field.WHERE, Field.WHEN)
OF_AN_INCIDENT = (Field.TYPE, Field.WHERE, Field.WHEN, Field.SEVERITY, Field.VEHICLES, Field.UNTIL)
"""What can be set right once it stands."""

_BY_HAND = {
    Field.TYPE: "event_type",
    Field.WHERE: "location",
    Field.WHEN: "onset",
    Field.SEVERITY: "severity",
    Field.VEHICLES: "vehicles",
    Field.UNTIL: "until",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What reading an answer takes; `now` is when it was given, so that "yesterday" stays the same day."""

    atlas: Atlas
    reader: Reader
    now: datetime
    timezone: tzinfo


def answered(post: Post, field: Field, words: str, desk: Desk) -> Post | Fault:
    """`post` with one answer more, or another one than before."""
    if (fault := _unfit(words, is_free=field is Field.TEXT)) is not None:
        return fault
    match field:
        case Field.SOURCE:
            return replace(post, **said_by(words))
        case Field.TEXT if _puts_off(post, words):
            return Fault(kind=FaultKind.FUTURE)
        case Field.TEXT if undone := _takes_back(post, words):
            return Fault(kind=FaultKind.UNDONE, words=undone)
        case Field.TEXT:
            return _with_text(post, words)
        case _:
            value = _value(field, words, post.event_types[0], desk)
    match field, value:
        case _, Fault():
            return value
        case Field.TYPE, _:
            return replace(post, event_types=(value, *(kind for kind in post.event_types[1:] if kind is not value)))
        case Field.WHEN, _:
            return replace(post, event_date=value, day_part=day_part_of(words) or post.day_part)
        case _:
            return replace(post, **{_BY_HAND[field]: value})


def set_by(field: Field, words: str, incident: Incident, desk: Desk) -> ByHand | Fault:
    """One fact of an incident set right."""
    fault = _unfit(words, is_free=False)
    value = fault if fault is not None else _value(field, words, incident.event_type, desk)
    if isinstance(value, Fault):
        return value
    part = day_part_of(words) if field is Field.WHEN else None
    return ByHand(day_part=part, **{_BY_HAND[field]: value})


def set_in(words: str, incident: Incident, desk: Desk) -> ByHand | Fault:
    """All facts that a line sets right, such as "grave, buses, jusqu'à 2025-10-09"."""
    if (fault := _unfit(words, is_free=True)) is not None:
        return fault
    rest, end = ends(words, now=desk.now, timezone=desk.timezone)
    said = affirmed(rest)
    types = in_order(said, desk_words().types)
    event_type = types[0] if types else None
    place = located(rest, event_type or incident.event_type, atlas=desk.atlas, reader=desk.reader, now=desk.now)
    day = day_in(rest, reader=desk.reader, now=desk.now, timezone=desk.timezone)
    if isinstance(day, Fault) and (day.kind is FaultKind.FUTURE or has_unread_day(rest)):
        return day
    if isinstance(place, Fault) and place.kind is FaultKind.ABROAD:
        return place
    hand = ByHand(
        event_type=event_type,
        location=None if isinstance(place, Fault) else place,
        onset=None if isinstance(day, Fault) else day,
        day_part=day_part_of(said),
        severity=named(said, desk_words().gravities),
        vehicles=vehicles_in(said) or None,
        until=end,
    )
    return Fault(kind=FaultKind.UNCLEAR) if hand == ByHand() else hand


def _unfit(words: str, *, is_free: bool) -> Fault | None:
    """Why an answer will not do: too long; or, of free words, what must not be said even where only facts are read.

    One fact alone ("tankers") is no sentence: what the check looks for takes two.
    """
    if len(words) > LONGEST_ANSWER:
        return Fault(kind=FaultKind.TOO_LONG)
    hit = screen(words, origin=Origin.ADMIN) if is_free else None
    if hit is None or hit.rule in NEVER_SENT:
        return None
    return Fault(kind=FaultKind.HELD, words=", ".join(hit.words))


def _value(field: Field, words: str, event_type: EventType, desk: Desk) -> Any:
    """The fact an answer gives, or a fault."""
    unclear = Fault(kind=FaultKind.UNCLEAR)
    match field:
        case Field.TYPE:
            types = event_types_in(words)
            return types[0] if types else Fault(kind=FaultKind.NO_TYPE)
        case Field.WHERE:
            return located(words, event_type, atlas=desk.atlas, reader=desk.reader, now=desk.now)
        case Field.WHEN:
            return day_in(words, reader=desk.reader, now=desk.now, timezone=desk.timezone)
        case Field.SEVERITY:
            return _one_of(Severity, words) or named(affirmed(words), desk_words().gravities) or unclear
        case Field.VEHICLES:
            tapped = _one_of(Vehicles, words)
            return (tapped,) if tapped else vehicles_in(words) or unclear
        case _:
            return ends(f"until {words}", now=desk.now, timezone=desk.timezone)[1] or unclear


def _puts_off(post: Post, words: str) -> bool:
    """Whether further words of a reopening say that it is still to come."""
    is_reopening = post.event_types[0] is EventType.ESCORT_OR_REOPENING
    return is_reopening and reopening_ahead(f"réouverture {words}") is not None


def _takes_back(post: Post, words: str) -> str | None:
    """What in further words of a reopening says that it is over, or lets only some pass."""
    is_reopening = post.event_types[0] is EventType.ESCORT_OR_REOPENING
    return reopening_undone(f"réouverture {words}") if is_reopening else None


def _with_text(post: Post, words: str) -> Post:
    """Further words: read for traffic and part of the day, never sent."""
    hit = screen(words, origin=Origin.ADMIN)
    unsaid = ", ".join(filter(None, [post.unsaid, *(hit.words if hit else ())]))
    vehicles = tuple(dict.fromkeys((*post.vehicles, *vehicles_in(words))))
    return replace(post, vehicles=vehicles, day_part=day_part_of(words) or post.day_part, unsaid=unsaid)


def _one_of(kind: type[Value], word: str) -> Value | None:
    """The value a button names."""
    return next((one for one in kind if one == word), None)

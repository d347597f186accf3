"""What did an admin mean by one line, such as "ambush RN7 Loulouni 2025-10-05 trucks burned | source: field B"?

The line is read for type, place, day, traffic and source; readers are told these facts and never the line itself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from enum import StrEnum
from typing import Any

from alerts.audience.trips import until
from alerts.desk.days import day_named, has_unread_day, written
from alerts.desk.towns import stretch_in, town_in
from alerts.desk.words import affirmed, desk_words, in_order, named
from alerts.fuel.sale import may_be_to_come
from alerts.geography.atlas import Atlas
from alerts.geography.model import AreaKind, Location, Precision, Suggestion
from alerts.incidents.ending import REOPENABLE
from alerts.incidents.kinds import kind_of
from alerts.incidents.model import DayPart, Severity, SourceKind, Vehicles
from alerts.incidents.reopening import (
    reopening_ahead,
    reopening_undone,
    says_reopened,
    without_reopenings_ahead,
)
from alerts.incidents.report import REGION_KINDS, SUPPLY, tellable
from alerts.incidents.words import day_part_of, vehicles_in
from alerts.reading.model import EventType, Item, Reading, Role
from alerts.reading.reader import Reader
from alerts.safety.doubt import closes_later, day_to_come
from alerts.safety.screen import Origin, screen

LONGEST = 500  # characters; what a person writes on one line is far shorter
DEFAULT_GRADE = "B"

NEVER_SENT = frozenset({"counts", "names"})
"""Rules about how things are worded: a post is read for its facts, and its words reach nobody."""

HOME = "ML"

_SPOTS = frozenset({Precision.TOWN, Precision.NEAR})
_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_SOURCE = re.compile(r"^\s*source\s*:?\s*(.*)$", re.IGNORECASE | re.DOTALL)
_UNTIL = re.compile(
    r"\b(?:jusqu['’]?\s*(?:à|a|au|en)?|until|till)\s*(?:le\s+)?(?P<end>[^|,;]+?)(?=\s*(?:[|,;.]|$))", re.IGNORECASE
)
_CLAUSES = re.compile(r"[,;.]\s+")
_EVENT_TO_DATE = "Embuscade à Kayes"
_END_OF_DAY = time(23, 59, 59)
_GRADE = re.compile(r"\b([a-f])\b", re.IGNORECASE)


class FaultKind(StrEnum):
    """What a line lacks."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NO_TYPE = "no_type"
    NO_PLACE = "no_place"
    ABROAD = "abroad"
    NO_DAY = "no_day"
    FUTURE = "future"
    UNCLEAR = "unclear"
    NOT_ACTIVE = "not_active"
    HELD = "held"
    SUPPLY = "supply"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a line is no post; `suggestions` are places it may have meant, `words` what the do-no-harm check holds."""

    kind: FaultKind
    words: str = ""
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What a line says. `unsaid` are figures and names that the do-no-harm check objects to: no reader gets them.

    `severity` and `until` are the desk's own judgement, `is_claim` that a side of the conflict says so, `one_witness`
    that only one person can know it. `held` is what the check objects to and a second admin must overrule, as
    "rule: words".
    """

    event_types: tuple[EventType, ...]
    location: Location
    event_date: date
    day_part: DayPart | None
    vehicles: tuple[Vehicles, ...]
    source_kind: SourceKind
    grade: str
    language: str
    unsaid: str = ""
    severity: Severity | None = None
    until: datetime | None = None
    is_claim: bool = False
    one_witness: bool = False
    held: str | None = None


def parse_post(
    text: str, *, atlas: Atlas, reader: Reader, now: datetime, timezone: tzinfo, asks_second: bool = False
) -> Post | Fault:
    """Read an admin's line; a day that is not named is today, a source that is not named is the field, graded B.

    What the check holds is a fault; with `asks_second` it is a post that a second admin must agree to.
    """
    if not text.strip():
        return Fault(kind=FaultKind.EMPTY)
    if len(text) > LONGEST:
        return Fault(kind=FaultKind.TOO_LONG)
    hit = screen(_DATE.sub(" ", text), origin=Origin.ADMIN)
    stops = hit is not None and hit.rule not in NEVER_SENT
    if hit is not None and stops and not asks_second:
        return Fault(kind=FaultKind.HELD, words=", ".join(hit.words))
    text, end = ends(text, now=now, timezone=timezone)
    segments, source = _segments(text)
    reading = reader.read(Item(id="line", title=". ".join(segments), published=now), at_home=True)
    found = _found(segments, reading, atlas)
    words = ". ".join(segments)
    today = now.astimezone(timezone).date()
    # The day to come of a movement that the check holds is not the event's.
    is_ahead = not stops and _is_ahead(segments, today)
    if isinstance(found, Fault):
        return Fault(kind=FaultKind.FUTURE) if is_ahead and found.kind is FaultKind.NO_TYPE else found
    if found[0][0] is EventType.FUEL_ARRIVAL and may_be_to_come(words):
        return Fault(kind=FaultKind.FUTURE)
    if reopening_ahead(words) and not _happened(segments, reader, now):
        return Fault(kind=FaultKind.FUTURE)
    if found[0][0] is EventType.ESCORT_OR_REOPENING and (undone := reopening_undone(words)):
        return Fault(kind=FaultKind.UNDONE, words=undone)
    day = Fault(kind=FaultKind.FUTURE) if is_ahead else _day_of(text, reading, now, today)
    if isinstance(day, Fault) and day.kind is FaultKind.FUTURE and stops:
        day = today
    if isinstance(day, Fault):
        return day
    return Post(
        event_types=found[0],
        location=found[1],
        event_date=day,
        day_part=day_part_of(words),
        vehicles=vehicles_in(words),
        language=reading.language,
        unsaid=", ".join(hit.words) if hit else "",
        held=f"{hit.rule}: {', '.join(hit.words)}" if hit and stops else None,
        severity=named(affirmed(words), desk_words().gravities),
        until=end,
        **said_by(source) | ({"one_witness": True} if named(text, desk_words().one_witness) else {}),
    )


def said_by(words: str) -> dict[str, Any]:
    """Who says so, as fields of a post: "field B", "army", "one witness". Nobody is named."""
    tables = desk_words()
    claimed = named(words, tables.claims)
    grades = _GRADE.findall(words)
    return {
        "source_kind": named(words, tables.sources) or claimed or SourceKind.FIELD,
        "grade": grades[-1].upper() if grades else DEFAULT_GRADE,
        "is_claim": claimed is not None,
        "one_witness": named(words, tables.one_witness) is not None,
    }


def located(words: str, event_type: EventType, *, atlas: Atlas, reader: Reader, now: datetime) -> Location | Fault:
    """Where `words` say that something of this type happened."""
    reading = reader.read(Item(id="where", title=words, published=now), at_home=True)
    found = _location([words], reading, atlas)
    if found is None or not _is_exact_enough(found, event_type):
        return Fault(kind=FaultKind.NO_PLACE, suggestions=_meant([words], atlas))
    return Fault(kind=FaultKind.ABROAD) if is_abroad(found, atlas) else found


def day_in(words: str, *, reader: Reader, now: datetime, timezone: tzinfo) -> date | Fault:
    """The day that `words` name: one that has come. The reading dates events, so bare words are put beside one."""
    today = now.astimezone(timezone).date()
    reading = reader.read(Item(id="when", title=f"{_EVENT_TO_DATE} {words}", published=now), at_home=True)
    day = _day(words, reading, now, today)
    if day is None:
        return Fault(kind=FaultKind.NO_DAY)
    return Fault(kind=FaultKind.FUTURE) if day > today else day


def event_types_in(words: str) -> tuple[EventType, ...]:
    """The types that `words` name by the desk's short words."""
    return tuple(in_order(words, desk_words().types))


def ends(text: str, *, now: datetime, timezone: tzinfo) -> tuple[str, datetime | None]:
    """`text` without "until Friday" or "jusqu'à 2025-10-09", and that end; the text as it is where none lies ahead."""
    said = _UNTIL.search(text)
    if said is None:
        return text, None
    day = written(said["end"])
    end = datetime.combine(day, _END_OF_DAY, timezone).astimezone(UTC) if day else until(said[0], now, timezone)[1]
    if end is None or end <= now:
        return text, None
    return f"{text[: said.start()]} {text[said.end() :]}", end


def _found(segments: Sequence[str], reading: Reading, atlas: Atlas) -> tuple[tuple[EventType, ...], Location] | Fault:
    """What happened and where: a post needs both."""
    event_types = _without_ended(_types(segments, reading), segments)
    event_types, withheld = tellable(event_types, ". ".join(segments))
    if withheld and withheld.startswith(SUPPLY) and EventType.FUEL_ARRIVAL not in event_types_in(" ".join(segments)):
        return Fault(kind=FaultKind.SUPPLY)
    if not event_types:
        return Fault(kind=FaultKind.NO_TYPE)
    if EventType.ESCORT_OR_REOPENING in event_types and (standing := _still_barred(segments, atlas)):
        return Fault(kind=FaultKind.UNDONE, words=standing)
    location = _location(segments, reading, atlas)
    if location is None or not _is_exact_enough(location, event_types[0]):
        return Fault(kind=FaultKind.NO_PLACE, suggestions=_meant(segments, atlas))
    if is_abroad(location, atlas):
        return Fault(kind=FaultKind.ABROAD)
    if reading.named_further:
        return Fault(kind=FaultKind.NO_PLACE, suggestions=_meant([reading.named_further], atlas))
    return event_types, location


def _is_ahead(segments: Sequence[str], today: date) -> bool:
    """Whether a line names a day to come for more than a reopening beside what has happened."""
    left = ". ".join(filter(None, map(without_reopenings_ahead, segments)))
    return bool(day_to_come(left, today) or closes_later(left, today))


def _happened(segments: Sequence[str], reader: Reader, now: datetime) -> bool:
    """Whether a line tells of anything once the reopening that it only foretells is left out."""
    left = [rest for segment in segments if (rest := without_reopenings_ahead(segment))]
    return bool(_types(left, reader.read(Item(id="line", title=". ".join(left), published=now), at_home=True)))


def is_abroad(location: Location, atlas: Atlas) -> bool:
    """Whether all it names lies outside Mali, and is no border post of its roads."""
    named = [atlas.places[one] for one in (*location.places, *(location.leg or ())) if one in atlas.places]
    return bool(named) and not any(place.country == HOME or place.border_town for place in named)


def _segments(text: str) -> tuple[list[str], str]:
    """The parts between bars, and the one of them that names the source."""
    parts = [part.strip() for part in text.split("|")]
    sources = [match[1] for part in parts[1:] if (match := _SOURCE.match(part))]
    told = [part for index, part in enumerate(parts) if part and not (index and _SOURCE.match(part))]
    return told, sources[0] if sources else ""


def _types(segments: Sequence[str], reading: Reading) -> tuple[EventType, ...]:
    """The short words that stand for types go before what a reading of the whole line finds.

    What burned comes after who set it on fire.
    """
    short = in_order(" ".join(segments), desk_words().types)
    short.sort(key=lambda kind: kind is EventType.VEHICLE_BURNING)
    return tuple(dict.fromkeys((*short, *reading.event_types)))


def _without_ended(event_types: tuple[EventType, ...], segments: Sequence[str]) -> tuple[EventType, ...]:
    """Without the states whose end the line tells ("blocus de Léré levé"), and that end after what else happened."""
    told = {EventType.ESCORT_OR_REOPENING, *REOPENABLE} & set(event_types)
    if not told or not says_reopened(". ".join(segments)):
        return event_types
    others = (kind for kind in event_types if kind not in REOPENABLE and kind is not EventType.ESCORT_OR_REOPENING)
    return (*others, EventType.ESCORT_OR_REOPENING)


def _still_barred(segments: Sequence[str], atlas: Atlas) -> str | None:
    """The clause of a line on a reopening that tells of something else that is shut: after it, or at another place."""
    clauses = [clause for segment in segments for clause in _CLAUSES.split(segment)]
    ends = [says_reopened(clause) for clause in clauses]
    for index, clause in enumerate(clauses):
        if ends[index] or not REOPENABLE & set(event_types_in(clause)):
            continue
        later = [other for other, is_end in zip(clauses[index:], ends[index:], strict=True) if is_end]
        if not later or any(_names_a_place(other, atlas) for other in later):
            return clause
    return None


def _names_a_place(clause: str, atlas: Atlas) -> bool:
    return town_in(clause, atlas=atlas) is not None


def _location(segments: Sequence[str], reading: Reading, atlas: Atlas) -> Location | None:
    """As it is read, or between two ends; else a part that is a place alone; else a town's name; else the wide area."""
    read = _as_read(reading, atlas)
    stretch = next((ends for segment in segments if (ends := stretch_in(segment, atlas=atlas))), None)
    if stretch and read.leg is None and set(read.places) <= set(stretch):
        return atlas.locate(places=stretch, leg=stretch, roads=reading.roads)
    if read.precision in _SPOTS:
        return read
    for segment in segments:
        if (typed := _as_typed(segment, reading, atlas)) and typed.precision in _SPOTS:
            return typed
    town = next((found for segment in segments if (found := town_in(segment, atlas=atlas))), None)
    if town is not None:
        return atlas.locate(places=[town], roads=reading.roads)
    return read if read.precision is Precision.REGION else None


def _as_read(reading: Reading, atlas: Atlas) -> Location:
    """On one line the places that are named are where it happened, whatever role their grammar gives them."""
    here = [place for place in reading.places if place.role is Role.EVENT] or list(reading.places)
    towns = [place.id for place in here if place.kind not in REGION_KINDS]
    return atlas.locate(
        places=towns,
        leg=reading.leg or _leg_of(towns, atlas),
        roads=reading.roads,
        regions=[place.id for place in here if place.kind in REGION_KINDS],
    )


def _leg_of(towns: Sequence[str], atlas: Atlas) -> tuple[str, str] | None:
    """Two neighbours side by side are the stretch between them."""
    if len(towns) != 2:  # noqa: PLR2004 - as it says
        return None
    ends = (towns[0], towns[1])
    return ends if any(leg.key in {ends, ends[::-1]} for leg in atlas.legs) else None


def _as_typed(segment: str, reading: Reading, atlas: Atlas) -> Location | None:
    """A part that is nothing but a place, a stretch or an area, as the guided way asks for it."""
    area = atlas.resolve(segment).area
    if area is None:
        return None
    match area.kind:
        case AreaKind.PLACE:
            return atlas.locate(places=[area.id], roads=reading.roads)
        case AreaKind.ROUTE:
            start, _, end = area.id.partition("/")
            return atlas.locate(leg=(start, end), roads=reading.roads)
        case AreaKind.ROAD:
            return atlas.locate(roads=[area.id])
        case AreaKind.REGION:
            return atlas.locate(regions=[area.id])
        case AreaKind.CORRIDOR:
            return None


def _is_exact_enough(location: Location, event_type: EventType) -> bool:
    """A town or a stretch; a whole road or region only for what can hold for all of it."""
    if location.precision in _SPOTS:
        return True
    return location.precision is Precision.REGION and kind_of(event_type).may_be_wide


def _meant(segments: Sequence[str], atlas: Atlas) -> tuple[Suggestion, ...]:
    return next((found for segment in segments if (found := atlas.resolve(segment).suggestions)), ())


def _day_of(text: str, reading: Reading, now: datetime, today: date) -> date | Fault:
    """The day of a line, that has come: today only where it names none."""
    if day := _day(text, reading, now, today):
        return Fault(kind=FaultKind.FUTURE) if day > today else day
    return Fault(kind=FaultKind.NO_DAY) if has_unread_day(text) else today


def _day(text: str, reading: Reading, now: datetime, today: date) -> date | None:
    return written(text) or reading.event_date or day_named(text, now=now, today=today)

"""How does what was read in an item become a report of an event on the roads?"""

from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from alerts.fuel.sale import says_on_sale
from alerts.geography.model import Location
from alerts.incidents.model import Report
from alerts.incidents.numerals import numbers_in
from alerts.incidents.reopening import ends_blockade, reopening_ahead, reopening_undone, says_reopened
from alerts.incidents.words import (
    cited_in,
    day_part_of,
    days_in,
    fold,
    is_amid,
    is_claim,
    outlet_named,
    people_in,
    recounts,
    says_also_that_day,
    says_another,
    says_since,
    vehicles_in,
    victims_in,
    voice_key,
)
from alerts.reading.model import EventType, Item, PlaceRead, Reading, Role
from alerts.safety.rules import rules

if TYPE_CHECKING:
    from alerts.geography.atlas import Atlas
    from alerts.sources.model import Source

REGION_KINDS = frozenset({"region", "cercle"})
REOPENING_AHEAD = "reopening_ahead"
"""The rule that holds a reopening that is only foretold."""

REOPENING_UNDONE = "reopening_undone"
"""The rule that holds a reopening that is over, or lets only some pass."""

SUPPLY = "supply"
"""The rule that holds how fuel comes."""

_AGGREGATOR = "D"
_GRADES = "ABCDEF"


def report_from(
    reading: Reading, *, item: Item, source: "Source", atlas: "Atlas", now: datetime, held: str | None
) -> Report | None:
    """The report that `reading` of `item` makes, or None when it tells of no event on the roads.

    `held` is why an admin must look first (None: clear). The body of the item is looked at and not kept.
    """
    if not reading.relevant or not reading.event_types:
        return None
    text = f"{item.title}. {item.summary}"
    origin = _origin(reading, item, source)
    event_types, withheld = tellable(reading.event_types, text)
    return Report(
        id=report_id(source.id, item.id),
        source_id=source.id,
        source_kind=source.source_kind,
        grade=_grade(source.grade, origin),
        fetched_at=now,
        event_types=event_types,
        location=_locate(reading, atlas),
        language=reading.language,
        published_at=None if item.published_month_only else item.published,
        event_date=reading.event_date,
        day_part=day_part_of(text),
        fatalities=reading.fatalities,
        vehicles_destroyed=reading.vehicles_destroyed,
        vehicles=vehicles_in(text),
        title=item.title,
        url=item.url,
        origin=origin,
        cites=_cites(text, source),
        held=held or withheld,
        reopens=EventType.ESCORT_OR_REOPENING in reading.event_types and says_reopened(text),
        ends_blockade=EventType.ESCORT_OR_REOPENING in reading.event_types and ends_blockade(text),
        days=days_in(text),
        numbers=numbers_in(text, reading.language),
        people=people_in(text),
        mentioned=tuple(place.id for place in reading.places if place.role is Role.MENTION),
        another=says_another(text) or (reading.event_date is not None and says_since(text)),
        also_that_day=says_also_that_day(text),
        amid=is_amid(text),
        recount=recounts(text),
        victims=victims_in(text),
        is_claim=is_claim(text) or _speaks_for_a_state(origin, source),
    )


def tellable(event_types: tuple[EventType, ...], text: str) -> tuple[tuple[EventType, ...], str | None]:
    """What of `event_types` may be told; where nothing may, all of them and why an admin must look.

    A reopening to come, or one that is over, is none, and fuel that only arrived is not on sale. What is told beside
    it, such as the closure, stands; but a lack that an arrival is said to end does not begin with it.
    """
    why = _untold(event_types, text)
    if not why:
        return event_types, None
    ended = {EventType.FUEL_SHORTAGE} if event_types[0] is EventType.FUEL_ARRIVAL in why else set()
    others = tuple(kind for kind in event_types if kind not in why and kind not in ended)
    if others and not (others == (EventType.ESCORT_OR_REOPENING,) and not says_reopened(text)):
        return others, None
    return event_types, next(iter(why.values()))


def _untold(event_types: tuple[EventType, ...], text: str) -> dict[EventType, str]:
    """Types that are not told, each with the rule and the words, as "rule: words"."""
    why = {}
    if EventType.FUEL_ARRIVAL in event_types and not says_on_sale(text):
        why[EventType.FUEL_ARRIVAL] = f"{SUPPLY}: {_how_it_comes(text)}"
    if EventType.ESCORT_OR_REOPENING in event_types:
        if undone := reopening_undone(text):
            why[EventType.ESCORT_OR_REOPENING] = f"{REOPENING_UNDONE}: {undone}"
        elif foretold := reopening_ahead(text):
            why[EventType.ESCORT_OR_REOPENING] = f"{REOPENING_AHEAD}: {foretold}"
    return why


def _how_it_comes(text: str) -> str:
    plain = fold(text)
    found = (pattern.search(plain) for pattern in (rules().supply, rules().movers, rules().plain_movers))
    return next((match[0] for match in found if match), "")


def report_id(source_id: str, item_id: str) -> str:
    """The same 16 hexadecimal digits for one entry of one source, for ever."""
    return sha256(f"{source_id}\x00{item_id}".encode()).hexdigest()[:16]


def _locate(reading: Reading, atlas: "Atlas") -> Location:
    here = [place for place in reading.places if place.role is Role.EVENT]
    return atlas.locate(
        places=tuple(place.id for place in here if not _is_region(place)),
        leg=reading.leg,
        roads=reading.roads,
        regions=tuple(place.id for place in here if _is_region(place)),
    )


def _is_region(place: PlaceRead) -> bool:
    return place.kind in REGION_KINDS


def _origin(reading: Reading, item: Item, source: "Source") -> str | None:
    """The key of the outlet it reprints, by its text or its feed; None for its own reporting, and naming oneself."""
    named = reading.origin or item.outlet
    if not named:
        return None
    outlet = outlet_named(named)
    key = outlet.id if outlet else voice_key(named)
    return None if key in _names_of(source) else key


def _cites(text: str, source: "Source") -> tuple[str, ...]:
    return tuple(outlet.id for outlet in cited_in(text) if outlet.id not in _names_of(source))


def _speaks_for_a_state(origin: str | None, source: "Source") -> bool:
    outlets = [outlet_named(name) for name in (origin or "", source.id, source.name)]
    return any(outlet is not None and outlet.claims for outlet in outlets)


def _names_of(source: "Source") -> frozenset[str]:
    return frozenset({voice_key(source.id), voice_key(source.name)})


def _grade(grade: str, origin: str | None) -> str:
    """An aggregator is as good as the outlet it names; for any other source a copy is never better than itself."""
    outlet = outlet_named(origin) if origin else None
    if outlet is None:
        return grade
    return outlet.grade if grade == _AGGREGATOR else max(grade, outlet.grade, key=_GRADES.index)

"""What does a source bring that is not known yet: reports of events, words on fuel, ends?

Between two entries the loop is given back: a feed of thousands must not hold up an alert.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from alerts.fuel.model import Availability, FuelReport
from alerts.fuel.reading import fuel_from
from alerts.geography.atlas import Atlas
from alerts.geography.distances import between
from alerts.incidents.model import Report
from alerts.incidents.report import REGION_KINDS, report_from, report_id
from alerts.reading.model import EventType, Item, PlaceRead, Reading, Role
from alerts.reading.reader import Reader
from alerts.safety.doubt import (
    DAY_AHEAD,
    OTHER_PLACE,
    UNREAD,
    WEIGHED,
    closes_later,
    dead_or_closed,
    happens_later,
    sentences,
)
from alerts.safety.screen import Origin, screen
from alerts.sources.door import Arrival, Door, Judged, own_name
from alerts.sources.model import KnownEntry, Read, Source
from alerts.store.feeds import Feeds

HOME = "ML"
CAPITAL = "bamako"
_CLOSURES = frozenset({EventType.ROAD_CLOSED, EventType.BORDER_CLOSED, EventType.BRIDGE_OUT})


@dataclass(slots=True, kw_only=True)
class Findings:
    """What one read brought. `seen` is to be remembered with it; `ended` are ids of reports whose source ends them.

    `at_the_pump` are ids of reports whose text says what holds at the pump of a town, which `fuel` then tells.

    `entries` counts new entries, `relevant` those of them that concern Mali.
    """

    reports: list[Report] = field(default_factory=list)
    fuel: list[FuelReport] = field(default_factory=list)
    at_the_pump: set[str] = field(default_factory=set)
    ended: list[str] = field(default_factory=list)
    seen: dict[str, KnownEntry] = field(default_factory=dict)
    entries: int = 0
    relevant: int = 0


class Finder:
    """Finds what is new in a read, and reads it."""

    def __init__(self, *, sources: Sequence[Source], feeds: Feeds, reader: Reader, atlas: Atlas) -> None:
        self._door = Door(sources)
        self._feeds = feeds
        self._reader = reader
        self._atlas = atlas

    async def find(self, read: Read, *, now: datetime) -> Findings:
        """What `read` brings that the store does not know. What it ends itself is not told first."""
        items = [self._door.tidied(item) for item in read.items]
        known = await self._known(items, read)
        findings = Findings()
        for item in items:
            judged = self._door.judge(item, read.source, known)
            if judged.arrival is not Arrival.SAME and not {item.id, *item.replaces} & set(read.ended):
                self._take(judged, read.source, findings, now=now)
            fresh = _to_remember(judged, known)
            findings.seen.update(fresh)
            known.update(fresh)
            await asyncio.sleep(0)
        for ended in read.ended:
            first = known.get(own_name(read.source.id, ended))
            findings.ended.append(report_id(read.source.id, first.item_id if first else ended))
        return findings

    async def _known(self, items: Sequence[Item], read: Read) -> dict[str, KnownEntry]:
        names: list[str] = [own_name(read.source.id, ended) for ended in read.ended]
        for item in items:
            names += self._door.names(item, read.source)
            await asyncio.sleep(0)
        return await self._feeds.known(names)

    def _take(self, judged: Judged, source: Source, findings: Findings, *, now: datetime) -> None:
        item = judged.item
        text = f"{item.title}\n{item.summary}"
        reading = self._placed(self._read(item, source), item)
        reading, doubt = self._doubtful(_without_official_barrier(reading, text), item, source)
        is_barrier = reading.event_types[:1] == (EventType.CHECKPOINT_EXTORTION,)
        hit = screen(text, origin=Origin.FEED, is_barrier=is_barrier)
        held = f"{hit.rule}: {', '.join(hit.words)}" if hit else doubt
        report = report_from(reading, item=item, source=source, atlas=self._atlas, now=now, held=held)
        if report is not None:
            findings.reports.append(_same_voice(report, judged))
        # A held text tells readers nothing, at the pump neither: what it says of fuel comes with what must not be said.
        fuel = () if held else fuel_from(reading, item=item, source=source, now=now)
        findings.fuel += fuel
        if report is not None and any(one.availability is not Availability.UNKNOWN for one in fuel):
            findings.at_the_pump.add(report.id)
        if judged.arrival is Arrival.NEW:
            findings.entries += 1
            findings.relevant += concerns_mali(reading, self._atlas)

    def _read(self, item: Item, source: Source) -> Reading:
        return self._reader.read(item, at_home=source.country == HOME)

    def _doubtful(self, reading: Reading, item: Item, source: Source) -> tuple[Reading, str | None]:
        """`reading` with what the desk must see although no rule reads it, and why ("rule: words"), None if clear."""
        text = f"{item.title}\n{item.summary}"
        day = item.published.date() if item.published and not item.published_month_only else None
        if reading.relevant:
            if words := _told_too_early(reading, text, day):
                return reading, f"{DAY_AHEAD}: {words}"
            if reading.weighed_only is not None:
                return reading, f"{WEIGHED}: {reading.weighed_only}"
            return reading, f"{OTHER_PLACE}: {reading.named_further}" if reading.named_further else None
        closures = tuple(kind for kind in reading.maybe if kind in _CLOSURES)
        if closures and (words := closes_later(text, day)):
            found = tuple(place for place in reading.places if _is_home(place, self._atlas))
            return _as_of(reading, closures, found), f"{DAY_AHEAD}: {words}"
        for sentence in sentences(text) if reading.unread else ():
            words = dead_or_closed(sentence)
            found = self._on_the_roads(sentence, item, source) if words else ()
            if found:
                return _as_of(reading, (EventType.OTHER,), found), f"{UNREAD}: {words}"
        return reading, None

    def _on_the_roads(self, sentence: str, item: Item, source: Source) -> tuple[PlaceRead, ...]:
        """The Malian places of the atlas that one sentence names; none where it names no more than the capital."""
        named = self._read(replace(item, title=sentence, summary=""), source).places
        found = tuple(place for place in named if place.id in self._atlas.places and _is_home(place, self._atlas))
        return found if any(place.id != CAPITAL for place in found) else ()

    def _placed(self, reading: Reading, item: Item) -> Reading:
        """`reading`, in the region around the point its source gives, where its words name no place."""
        happened = [place for place in reading.places if place.role is Role.EVENT]
        if item.point is None or any(reading.relevant or place.latitude is not None for place in happened):
            return reading
        region = region_around(item.point, self._atlas)
        return replace(reading, places=(*reading.places, region)) if region else reading


def _without_official_barrier(reading: Reading, text: str) -> Reading:
    """`reading` without a barrier told beside something else, where it is one of the state's own forces."""
    others = tuple(kind for kind in reading.event_types if kind is not EventType.CHECKPOINT_EXTORTION)
    beside = EventType.CHECKPOINT_EXTORTION in reading.event_types[1:]
    if not beside or screen(text, origin=Origin.FEED) or not screen(text, origin=Origin.FEED, is_barrier=True):
        return reading
    return replace(reading, event_types=others)


def _told_too_early(reading: Reading, text: str, day: date | None) -> str | None:
    """The words that put what is told as a fact after the day it was published on."""
    if _CLOSURES.issuperset(reading.event_types):
        return closes_later(text, day)
    if day is None or reading.event_date is not None or _CLOSURES.intersection(reading.event_types[:1]):
        return None
    return happens_later(text, day)


def _as_of(reading: Reading, types: tuple[EventType, ...], places: tuple[PlaceRead, ...]) -> Reading:
    """An item that nothing comes of, as one of `types` at `places`: for the desk alone."""
    here = tuple(replace(place, role=Role.EVENT) for place in places)
    return replace(reading, relevant=True, event_types=types, places=here)


def concerns_mali(reading: Reading, atlas: Atlas) -> bool:
    """Whether an item tells of the roads or the fuel of Mali, or names a place there."""
    return reading.relevant or any(_is_home(place, atlas) for place in reading.places)


def _is_home(named: PlaceRead, atlas: Atlas) -> bool:
    place = atlas.places.get(named.id)
    return named.kind in REGION_KINDS or (place is not None and place.country == HOME)


def region_around(point: tuple[float, float], atlas: Atlas) -> PlaceRead | None:
    """The region of the place nearest to `point`: as coarse as an event may be told that was only measured."""
    placed = [
        (between(point, (place.latitude, place.longitude)), place)
        for place in atlas.places.values()
        if place.country == HOME and place.region and place.latitude is not None and place.longitude is not None
    ]
    if not placed:
        return None
    _, nearest = min(placed, key=lambda pair: pair[0])
    named = (one for one in atlas.regions.values() if one.level == "region" and one.name == nearest.region)
    region = next((one for one in named if not one.former), None)
    if region is None:
        return None
    return PlaceRead(id=region.id, name=region.name, kind=region.level, latitude=None, longitude=None, role=Role.EVENT)


def _same_voice(report: Report, judged: Judged) -> Report:
    """A known entry through a better source is the same voice, and must not confirm itself."""
    if judged.arrival is not Arrival.BETTER or judged.before is None:
        return report
    return replace(report, cites=(*report.cites, judged.before.source_id))


def _to_remember(judged: Judged, known: Mapping[str, KnownEntry]) -> dict[str, KnownEntry]:
    """What changes under its names; a page or title that another entry holds stays with that one."""
    fresh = {name: judged.after for name in judged.names if known.get(name) != judged.after}
    if judged.arrival is not Arrival.NEW:
        return fresh
    return {name: entry for name, entry in fresh.items() if name == judged.names[0] or name not in known}

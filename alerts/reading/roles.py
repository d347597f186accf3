"""At which of the named places did it happen, and between which two?

The most exact statement wins: a place something happened *at* makes "30 km from" and "on the road to" mere mentions.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from alerts.reading.exactness import AT_ONE_PLACE, COARSE, EXACT, most_exact
from alerts.reading.fallback import fallback, is_relieved
from alerts.reading.index import HOME
from alerts.reading.model import EventType, PlaceRead, Role
from alerts.reading.sites import Site
from alerts.reading.spots import Cue, Cued
from alerts.reading.told import Story

_AFTER_REACH = 12
_OPENING = 25  # characters of a sentence in which "since the attack" opens it
# What stops traffic stops it along the whole road that is named, not only where the lorries wait.
_ALONG_A_ROAD = frozenset({EventType.ROAD_CLOSED, EventType.FLOOD, EventType.ESCORT_OR_REOPENING})
_HEADS = re.compile(r" ?\)? ?:")
_OPENS = re.compile(r" (?:[a-z]+ ){0,2}\(")
_DIRECTION = (
    "direction",
    "en direction",
    "in the direction",
    "in direction",
    "côté",
    "du côté",
    "vers",
    "toward",
    "en allant",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A named place with its role and the reason for it; `told` if its sentence tells the event."""

    cued: Cued
    role: Role
    told: bool

    @property
    def why(self) -> str:
        """The cue and its words."""
        return f"{self.cued.cue}: {self.cued.why}"


def place_roles(story: Story, cued: Sequence[Cued], border_towns: Collection[str]) -> list[Placed]:
    """The role of every named place; where no sentence tells an event, all are mentions."""
    chosen = _events(story, cued, border_towns) if story.told or story.parts else []
    starts = {one.site.start for one in chosen}
    return [
        Placed(
            cued=one,
            role=Role.EVENT if one.site.start in starts else Role.MENTION,
            told=story.tells(one.site.start),
        )
        for one in cued
    ]


def find_leg(placed: Sequence[Placed], known: Collection[str]) -> tuple[str, str] | None:
    """The two place ids of `known` the event lies between, if the text says so."""
    ends = [one.cued for one in placed if one.told and one.cued.site.id in known]
    exact = any(one.role is Role.EVENT and one.cued.cue in EXACT and one.cued.site.is_on_map for one in placed)
    pairs = _pairs(ends, Cue.BETWEEN) or ([] if exact else _pairs(ends, Cue.AXIS) or _onward(ends))
    return pairs[0] if pairs else None


def as_places(placed: Sequence[Placed]) -> tuple[PlaceRead, ...]:
    """One entry for each place, in reading order; an event wherever one of its namings is one."""
    best: dict[str, Placed] = {}
    for one in placed:
        before = best.get(one.cued.site.id)
        if before is None or (before.role is Role.MENTION and one.role is Role.EVENT):
            best[one.cued.site.id] = one
    return tuple(_read(one.cued.site, one.role) for one in best.values())


def _read(site: Site, role: Role) -> PlaceRead:
    return PlaceRead(
        id=site.id, name=site.name, kind=site.kind, latitude=site.latitude, longitude=site.longitude, role=role
    )


def _events(story: Story, cued: Sequence[Cued], border_towns: Collection[str]) -> list[Cued]:
    candidates = [one for one in cued if _may_be_event(story, one, border_towns)]
    events = most_exact(story, candidates)
    if all(one.cue in COARSE for one in events):  # "besieged Kobé": the road on which it lies says less
        events = [one for one in cued if story.tells(one.site.start) and is_relieved(story, one)] or events
    if _is_along_a_road(story):
        events += [
            one for one in candidates if one.cue is Cue.AXIS and one not in events and _ends_at(one, cued, events)
        ]
    if events and all(_is_heading(story, one) for one in events):
        events = [*events, *_on_its_roads(story, candidates)]
    events = events or _headed(story, cued) or fallback(story, cued)
    return [*events, *_around(events, cued)]


def _is_along_a_road(story: Story) -> bool:
    """Whether it stops or frees traffic along a road, or is at least nothing that strikes at one place."""
    types = {fact.type for fact in story.facts}
    return bool(types & _ALONG_A_ROAD) or not types & AT_ONE_PLACE


def _is_heading(story: Story, one: Cued) -> bool:
    """Whether it heads a title or an entry of a digest ("Kobé: two lorries burned", "(Kobé): a lorry burned")."""
    return one.cue is Cue.BARE and bool(_HEADS.match(story.text.flat, one.site.end))


def _on_its_roads(story: Story, candidates: Sequence[Cued]) -> list[Cued]:
    """Where a heading names the area, the road near it says more ("Kobé: tankers burned on the track to Gao")."""
    roads = [one for one in candidates if one.cue in {Cue.ROAD_TO, Cue.AXIS}]
    return [
        one for one in roads if any(fact.sentence is story.text.sentence_at(one.site.start) for fact in story.facts)
    ]


def _headed(story: Story, cued: Sequence[Cued]) -> list[Cued]:
    """The names that an area in brackets explains ("of Kobé (Gao, Gao)"): notes place what they tell by them."""
    return [
        one
        for one, area in pairwise(cued)
        if _explains(story.text.flat, one, area) and story.tells(one.site.start) and one.site.country == HOME
    ]


def _explains(flat: str, one: Cued, area: Cued) -> bool:
    return (
        area.cue is Cue.REGION
        and not one.site.is_region
        and bool(_OPENS.fullmatch(flat, one.site.end, area.site.start))
    )


def _around(events: Sequence[Cued], cued: Sequence[Cued]) -> list[Cued]:
    """Where no place of the event has a point: the town it is so far from, else its road, else the area it lies in."""
    if not events or any(one.site.is_on_map for one in events):
        return []
    known = [one for one in cued if one.site.is_on_map and one.site.country == HOME]
    beyond = [one for one in known if one.site.start > events[0].site.start]
    measured = [one for one in beyond if one.cue in {Cue.DISTANCE, Cue.NEAR}]
    road = [one for one in known if one.cue in {Cue.AXIS, Cue.BETWEEN}]
    return measured[:1] or road or [one for one in beyond if one.cue is Cue.REGION][:1]


def _may_be_event(story: Story, one: Cued, border_towns: Collection[str]) -> bool:
    if one.cue in {Cue.MENTION, Cue.REGION} or not story.tells(one.site.start):
        return False
    return (one.site.country == HOME or one.site.id in border_towns) and not _only_explains(story, one.site)


def _only_explains(story: Story, site: Site) -> bool:
    """Whether it is where the cause happened ("a strike after the attack at Kobé", "Since an attack at Kobé, …")."""
    after = story.hits.last_before("after", story.text.sentence_at(site.start).start, site.start)
    if after is None:
        return False
    opens = after.start - story.text.sentence_at(site.start).start < _OPENING
    return site.start - after.end < _AFTER_REACH or (opens and "," not in story.text.flat[after.end : site.start])


def _ends_at(one: Cued, cued: Sequence[Cued], events: Sequence[Cued]) -> bool:
    """Whether the road named with `one` ends at a place of the event."""
    ends = {other.site.id for other in cued if other.pair is not None and other.pair == one.pair}
    return any(event.site.id in ends for event in events)


def _pairs(ends: Sequence[Cued], cue: Cue) -> list[tuple[str, str]]:
    return [
        (left.site.id, right.site.id)
        for left, right in pairwise(ends)
        if left.cue is right.cue is cue and left.pair == right.pair is not None and left.site.id != right.site.id
    ]


def _leads_on(one: Cued) -> bool:
    """Whether the road goes there ("on the road to Kobé", "in the direction of Kobé", "côté Kobé")."""
    return one.cue is Cue.ROAD_TO or (one.cue is Cue.MENTION and one.why.lower().startswith(_DIRECTION))


def _onward(ends: Sequence[Cued]) -> list[tuple[str, str]]:
    """A distance from one place on the road to another ("40 km from X on the road to Y")."""
    near = [one.site.id for one in ends if one.cue is Cue.DISTANCE]
    onward = [one.site.id for one in ends if _leads_on(one) and one.site.id not in near]
    return [(near[0], onward[0])] if near and onward else []

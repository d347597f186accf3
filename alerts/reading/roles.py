"""At which of the named places did it happen, and between which two?

The most exact statement wins: a place something happened *at* makes "30 km from" and "on the road to" mere mentions.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from alerts.reading.index import HOME
from alerts.reading.model import EventType, PlaceRead, Role
from alerts.reading.sites import Site
from alerts.reading.spots import Cue, Cued
from alerts.reading.told import Story, looks_back

_EXACT = frozenset({Cue.AT, Cue.NEAR})
_COARSE = frozenset({Cue.AXIS, Cue.ROAD_TO, Cue.DISTANCE})
_AFTER_REACH = 12
_OPENING = 25  # characters of a sentence in which "since the attack" opens it
_APPOSED = 60
_BETWEEN = re.compile(r" (?:(?:entre|between) )?(?:(?:la |les? |the )?(?:villes?|towns|localites) (?:de |d |of )?)?")
_HALFWAY = re.compile(r"\b(?:mi chemin|mi distance|half ?way|mid ?way|egale distance)")
_TOWN_BEFORE = 24
_A_TOWN = re.compile(
    r"\b(?:ville|localite|village|bourgade|commune|town|city|est|is|lies|lying|sits|trouve|situ[a-z]+),? (?:[a-z]+ )?$"
)
_AFTER_IT = re.compile(r"\b(?:after|après)\b")
_MEASURED = re.compile(r"\b(?:km|kilom|mile)")
_RIGHT_AFTER = re.compile(r" ?[,(] ?(?:\w+ ){0,2}(?:entre|between) (?:la |le |l |the )?")
# Where fuel lacks in the whole country, it is the capital's queues that are meant.
_CAPITAL = "bamako"
# What stops traffic stops it along the whole road that is named, not only where the lorries wait.
_ALONG_A_ROAD = frozenset({EventType.ROAD_CLOSED, EventType.FLOOD, EventType.ESCORT_OR_REOPENING})
# Of what befalls travellers, the ends of their journey tell where.
_ON_THE_WAY = frozenset(
    {
        EventType.ATTACK_ON_CONVOY,
        EventType.AMBUSH,
        EventType.IED,
        EventType.VEHICLE_BURNING,
        EventType.KIDNAPPING,
        EventType.CHECKPOINT_EXTORTION,
        EventType.ACCIDENT,
    }
)
_AT_ONE_PLACE = _ON_THE_WAY | {EventType.TOWN_ATTACK, EventType.ARMED_CLASH, EventType.AIRSTRIKE}
_TRAVEL = ("parti", "pour ", "venant", "vers ", "from ", "to ", "bound", "heading", "à la foire", "au marché")
_RELIEF = frozenset({EventType.ESCORT_OR_REOPENING, EventType.FUEL_ARRIVAL, EventType.BLOCKADE})
_SUPPLIED = re.compile(
    r"\b(?:(?:brought|delivered|carried|ferried|took|apporte|livre|achemine|distribue|convoye)e?s? [^,.;:\n]{1,45}"
    r" (?:to|into|a|au|aux (?:habitants|populations|assieges|familles) (?:de|d))"
    r"|(?:to )?(?:re)?supply|ravitailler|approvisionner) (?:la ville de |the town of |the people of |besieged )?$"
    r"|\bto (?:the )?(?:besieged|blockaded|encircled|cut off) (?:town of |city of |village of )?$"
)
_BESIEGED = re.compile(
    r",? (?:an? (?:town|village) |une? (?:ville|village|localite) )?"
    r"(?:(?:which|that|qui) (?:has been|is|was|est|etait) )?"
    r"(?:besieged|cut off|blockaded|encircled|under (?:[a-z]+ )?(?:blockade|siege)|sous (?:blocus|embargo)|assiegee?"
    r"|encerclee?|isolee?|coupee? d)\b"
)
# Where the first coach sets out when a line runs again.
_SETS_OUT = re.compile(r"(?:had |have )?(?:left|leaving|departed|quitt|au départ de|parti)")
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
    exact = any(one.role is Role.EVENT and one.cued.cue in _EXACT and one.cued.site.is_on_map for one in placed)
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
    events = _most_exact(story, candidates)
    if all(one.cue in _COARSE for one in events):  # "besieged Kobé": the road on which it lies says less
        events = [one for one in cued if story.tells(one.site.start) and _is_relieved(story, one)] or events
    if any(fact.type in _ALONG_A_ROAD for fact in story.facts):
        events += [
            one for one in candidates if one.cue is Cue.AXIS and one not in events and _ends_at(one, cued, events)
        ]
    events = events or _headed(story, cued) or _fallback(story, cued)
    return [*events, *_around(events, cued)]


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


def _most_exact(story: Story, candidates: Sequence[Cued]) -> list[Cued]:
    exact = [one for one in candidates if one.cue in _EXACT]
    named = [one for one in candidates if one.cue is Cue.BARE]
    lying = {one.pair for one in candidates if _lies_between(story, one)} if exact or named else set()
    stretch = [
        one
        for one in candidates
        if one.cue is Cue.BETWEEN and one.pair not in lying and not _is_apposed(story, one, exact, named)
    ]
    bare = [one for one in candidates if one.cue is Cue.BARE and _stands_alone(story, one, exact, stretch)]
    coarse = [one for one in candidates if one.cue in _COARSE]
    if any(_MEASURED.search(one.why.lower()) for one in coarse):  # "25 km from Kobé" says more than "north of Gao"
        coarse = [one for one in coarse if one.cue is not Cue.DISTANCE or _MEASURED.search(one.why.lower())]
    elif any(one.cue is Cue.AXIS and one.pair is not None for one in coarse):
        coarse = [
            one for one in coarse if one.cue is not Cue.DISTANCE
        ]  # "the stretch from Kobé to Gao, west of Bourem"
    return [*exact, *stretch, *bare] or [one for one in coarse if one.cue is not Cue.ROAD_TO] or coarse


def _lies_between(story: Story, one: Cued) -> bool:
    """Whether the stretch says where a town lies ("the town, halfway between Gao and Ansongo")."""
    if one.cue is not Cue.BETWEEN:
        return False
    lies = story.hits.last_before("lies", max(0, one.site.start - _APPOSED), one.site.start)
    if lies is None or not _BETWEEN.fullmatch(story.text.flat, lies.end, one.site.start):
        return False
    if not _HALFWAY.search(story.text.flat, lies.start, lies.end):
        return True
    before = story.text.flat[max(0, lies.start - _TOWN_BEFORE) : lies.start]
    plain = story.text.plain[: lies.start].rstrip(" ,aà")
    return _A_TOWN.search(before) is not None or plain.rsplit(" ", 1)[-1][:1].isupper()


def _is_apposed(story: Story, one: Cued, exact: Sequence[Cued], named: Sequence[Cued]) -> bool:
    """Whether the stretch only says where a place lies ("at Kobé, between Gao and Ansongo")."""
    if any(0 < one.site.start - other.site.start < _APPOSED and _share(story, one, other) for other in exact):
        return True
    pair = one.pair if one.pair is not None else one.site.start
    return any(_RIGHT_AFTER.fullmatch(story.text.flat, other.site.end, max(other.site.end, pair)) for other in named)


def _stands_alone(story: Story, one: Cued, exact: Sequence[Cued], stretch: Sequence[Cued]) -> bool:
    """Whether a name without a cue is the place: where its sentence has no better one, or in the title.

    A title's heading ("Kolokani: two lorries burned at Ouolodo") is the area around its better place, unless that is
    only a stretch ("Kouoro: bridge gone, no traffic between Sikasso and Koutiala").
    """
    heads = one.site.start == 0 and story.text.flat.startswith((":", " :"), one.site.end)
    if heads and _strikes_once(story) and any(_is_told_at(story, other) for other in exact):
        return False
    if not any(_share(story, one, other) for other in exact or stretch):
        return True
    heads = story.text.flat.startswith((":", " :"), one.site.end)
    return story.text.sentence_at(one.site.start).is_title and not (heads and exact)


def _strikes_once(story: Story) -> bool:
    """Whether it is an attack or an accident, which happens at one place; fuel lacks in a town and around it."""
    return bool(story.facts) and all(fact.type in _AT_ONE_PLACE for fact in story.facts)


def _is_told_at(story: Story, one: Cued) -> bool:
    """Whether a place stands in the summary's first sentence or beside the event itself."""
    sentence = story.text.sentence_at(one.site.start)
    if sentence.is_title:
        return False
    return sentence.start <= story.text.summary_at or any(fact.sentence is sentence for fact in story.facts)


def _share(story: Story, one: Cued, other: Cued) -> bool:
    return story.text.sentence_at(one.site.start) is story.text.sentence_at(other.site.start)


def _ends_at(one: Cued, cued: Sequence[Cued], events: Sequence[Cued]) -> bool:
    """Whether the road named with `one` ends at a place of the event."""
    ends = {other.site.id for other in cued if other.pair is not None and other.pair == one.pair}
    return any(event.site.id in ends for event in events)


def _fallback(story: Story, cued: Sequence[Cued]) -> list[Cued]:
    """Without a place of the event: the title's, a road named anywhere, the ends of a journey, whole regions."""
    home = [one for one in cued if one.site.country == HOME]
    there = [one for one in home if story.tells(one.site.start)]
    named = [one for one in there if one.cue not in {Cue.REGION, Cue.MENTION}]
    titled = [one for one in named if story.text.sentence_at(one.site.start).is_title]
    if not titled and any(fact.type is EventType.FUEL_SHORTAGE for fact in story.facts):
        titled = [one for one in cued if one.site.id == _CAPITAL]
    travels = any(fact.type in _ON_THE_WAY for fact in story.facts)
    paired = [one for one in home if one.pair is not None and (travels or one.cue is not Cue.MENTION)]
    paired = [one for one in paired if not _is_past(story, one)]
    journey = [one for one in there if one.cue is Cue.MENTION and one.why.lower().startswith(_TRAVEL)]
    if any(fact.type is EventType.FUEL_IMPORT_BAN for fact in story.facts):
        paired = paired or [one for one in there if one.cue is Cue.MENTION and _names_a_goal(one)]
    relieved = [one for one in home if _is_relieved(story, one)]
    regions = _smallest(story.text.flat, [one for one in there if one.cue is Cue.REGION])
    spoken = [one for one in there if one.cue is Cue.MENTION and story.text.sentence_at(one.site.start).is_title]
    if any(fact.type is EventType.STRIKE_PROTEST for fact in story.facts):
        spoken += [one for one in there if one.cue is Cue.MENTION and not _AFTER_IT.search(one.why.lower())]
    another = [one for one in there if one.cue is Cue.MENTION and _AFTER_IT.search(one.why.lower())]
    left = [one for one in there if one.cue is Cue.MENTION and _SETS_OUT.match(one.why.lower())]
    if not any(fact.type is EventType.ESCORT_OR_REOPENING for fact in story.facts):
        left = []
    journeys = (titled, paired, journey if len(journey) > 1 else [], relieved, left[:1])
    return next((found for found in (*journeys, regions, spoken[:1]) if found), another)


def _is_relieved(story: Story, one: Cued) -> bool:
    """Whether it is a town that a convoy supplied ("brought rice to Kobé", "Kobé, besieged since June")."""
    if one.cue is not Cue.MENTION or not any(fact.type in _RELIEF for fact in story.facts) or _is_past(story, one):
        return False
    flat, site = story.text.flat, one.site
    supplied = _SUPPLIED.search(flat, max(0, site.start - _APPOSED), site.start)
    return supplied is not None or _BESIEGED.match(flat, site.end) is not None


def _smallest(flat: str, regions: Sequence[Cued]) -> list[Cued]:
    """Of areas that lie one in the other ("Barouéli, Ségou") the first."""
    return [
        area
        for number, area in enumerate(regions)
        if not number or flat[regions[number - 1].site.end : area.site.start].strip(" ") != ","
    ]


def _names_a_goal(one: Cued) -> bool:
    """Whether what is banned was on its way there."""
    return one.why.lower().startswith(("destin", "vers", "à destination", "bound", "to ", "into", "for "))


def _is_past(story: Story, one: Cued) -> bool:
    return looks_back(story.hits, story.text.sentence_at(one.site.start))


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

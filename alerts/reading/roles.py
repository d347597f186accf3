"""At which of the named places did it happen, and between which two?

The most exact statement wins: a place something happened *at* makes "30 km from" and "on the road to" mere mentions.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alerts.reading.cues import Cue, Cued
from alerts.reading.events import Event
from alerts.reading.lexicon import Hits
from alerts.reading.model import EventType, PlaceRead, Role
from alerts.reading.sites import HOME, UNLISTED, Site
from alerts.reading.text import Sentence, Text

_EXACT = frozenset({Cue.AT, Cue.NEAR})
_AFTER_REACH = 12
_COARSE = frozenset({Cue.AXIS, Cue.ROAD_TO, Cue.DISTANCE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A named place with its role and the reason for it."""

    cued: Cued
    role: Role
    why: str


def place_roles(
    text: Text, hits: Hits, cued: Sequence[Cued], facts: Sequence[Event], border_towns: frozenset[str]
) -> list[Placed]:
    """The role of every named place."""
    told = event_sentences(text, hits, facts)
    candidates = [one for one in cued if _may_be_event(text, hits, one, told, border_towns)]
    events = _most_exact(text, candidates)
    if any(fact.type in _ALONG_A_ROAD for fact in facts):
        events += [
            one for one in candidates if one.cue is Cue.AXIS and one not in events and _shares_end(one, cued, events)
        ]
    if not events:
        fuel = any(fact.type is EventType.FUEL_SHORTAGE for fact in facts)
        events = _fallback(text, hits, cued, told, fuel=fuel) if facts else []
    chosen = {one.site.start for one in events}
    return [_placed(one, is_event=one.site.start in chosen) for one in cued]


# What stops traffic stops it along the whole road that is named, not only where the lorries wait.
_ALONG_A_ROAD = frozenset({EventType.ROAD_CLOSED, EventType.FLOOD, EventType.ESCORT_OR_REOPENING})


def _shares_end(one: Cued, cued: Sequence[Cued], events: Sequence[Cued]) -> bool:
    ends = {other.site.id for other in cued if other.pair is not None and other.pair == one.pair}
    return any(event.site.id in ends for event in events)


def event_sentences(text: Text, hits: Hits, facts: Sequence[Event]) -> set[int]:
    """Numbers of the sentences that tell the event itself, the title among them."""
    facts = _without_arrivals(facts)
    told = {fact.sentence.number for fact in facts}
    words = {word for fact in facts for word in _CARRIES_ON.get(fact.type, ())} | {"happened"}
    for sentence in text.sentences:
        start, end = sentence.start, sentence.end
        if sentence.is_title:
            if not is_digest(text):
                told.add(sentence.number)
        elif (sentence.start <= text.summary_at and facts and not looks_back(hits, sentence)) or (
            any(hits.has(word, start, end) for word in words) and not looks_back(hits, sentence)
        ):
            told.add(sentence.number)
    return told


def _without_arrivals(facts: Sequence[Event]) -> Sequence[Event]:
    """Where lorries were attacked is where it happened, not where the others got to."""
    others = [fact for fact in facts if fact.type not in _ARRIVALS]
    return others if any(fact.type in _ATTACKS for fact in others) else facts


_ARRIVALS = frozenset({EventType.FUEL_ARRIVAL, EventType.ESCORT_OR_REOPENING})
_ATTACKS = frozenset({EventType.ATTACK_ON_CONVOY, EventType.AMBUSH, EventType.IED, EventType.VEHICLE_BURNING})


def looks_back(hits: Hits, sentence: Sentence) -> bool:
    """Whether a sentence tells of something else: an earlier event, or an aircraft."""
    start, end = sentence.start, sentence.end
    if any(hits.has(tag, start, end) for tag in ("background", "after", "earlier")):
        return True
    return hits.has("not_road_accident", start, end) and not hits.has("attack", start, end)


# Once an event is known, these ideas show that a further sentence still tells it.
_ATTACKED = ("attack", "ambush", "ied", "blast", "burning", "destroyed", "dead")
_CARRIES_ON = {
    EventType.ATTACK_ON_CONVOY: _ATTACKED,
    EventType.AMBUSH: _ATTACKED,
    EventType.IED: _ATTACKED,
    EventType.VEHICLE_BURNING: _ATTACKED,
    EventType.TOWN_ATTACK: (*_ATTACKED, "capture"),
    EventType.ARMED_CLASH: (*_ATTACKED, "clash"),
    EventType.AIRSTRIKE: ("strike_from_air", "dead", "blast"),
    EventType.KIDNAPPING: ("kidnap",),
    EventType.ACCIDENT: ("accident", "dead"),
    EventType.ROAD_CLOSED: ("closed", "flood", "rain", "collapse_of_houses"),
    EventType.FLOOD: ("closed", "flood", "rain", "collapse_of_houses"),
    EventType.BRIDGE_OUT: ("bridge", "broken"),
    EventType.BLOCKADE: ("blockade",),
    EventType.FUEL_SHORTAGE: ("shortage",),
    EventType.FUEL_ARRIVAL: ("back",),
    EventType.STRIKE_PROTEST: ("strike", "protest"),
    EventType.ESCORT_OR_REOPENING: ("entered", "reopened", "lifted"),
    EventType.OTHER: ("dead", "attack"),
}


def is_digest(text: Text) -> bool:
    """A summary that opens with its own day and area is one entry of a report: the title is the report's."""
    opening = text.plain[text.summary_at : text.summary_at + 60]
    return opening[:1].isdigit() and ":" in opening and any(dash in opening for dash in "-–—")


def find_leg(placed: Sequence[Placed], known: Iterable[str]) -> tuple[str, str] | None:
    """The two place ids the event lies between, if the text says so."""
    ids = frozenset(known)
    stretch = [one.cued for one in placed if one.cued.site.id in ids]
    exact = any(one.role is Role.EVENT and one.cued.cue in _EXACT for one in placed)
    pairs = _pairs(stretch, Cue.BETWEEN) or ([] if exact else _pairs(stretch, Cue.AXIS) or _onward(stretch))
    return pairs[0] if pairs else None


def as_places(placed: Sequence[Placed]) -> tuple[PlaceRead, ...]:
    """One entry for each place, event before mention, in reading order."""
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


def _may_be_event(text: Text, hits: Hits, one: Cued, told: set[int], border_towns: frozenset[str]) -> bool:
    if one.cue in {Cue.MENTION, Cue.REGION}:
        return False
    if one.site.country != HOME and one.site.id not in border_towns:
        return False
    sentence = _sentence_of(text, one.site)
    return sentence.number in told and not _in_aftermath(hits, one.site, sentence)


def _in_aftermath(hits: Hits, site: Site, sentence: Sentence) -> bool:
    """ "A strike after the attack at Kobé": Kobé only explains the strike."""
    after = hits.last_before("after", sentence.start, site.start)
    return after is not None and site.start - after.end < _AFTER_REACH


def _sentence_of(text: Text, site: Site) -> Sentence:
    return next((s for s in text.sentences if s.start <= site.start < s.end), text.sentences[-1])


def _most_exact(text: Text, candidates: Sequence[Cued]) -> list[Cued]:
    exact = [one for one in candidates if one.cue in _EXACT]
    precise = exact or [one for one in candidates if one.cue is Cue.BETWEEN]
    bare = [one for one in candidates if one.cue is Cue.BARE]
    kept = [
        one for one in candidates if one.cue in _EXACT or (one.cue is Cue.BETWEEN and not _apposed(text, one, exact))
    ]
    kept += [one for one in bare if _sentence_of(text, one.site).is_title or not _same_sentence(text, one, precise)]
    if kept:
        return kept
    roads = [one for one in candidates if one.cue in _COARSE]
    near = [one for one in roads if one.cue is not Cue.ROAD_TO]
    return near or roads


def _apposed(text: Text, one: Cued, exact: Sequence[Cued]) -> bool:
    """ "at Kobé, between Gao and Ansongo": the stretch only says where Kobé lies."""
    number = _sentence_of(text, one.site).number
    return any(
        _sentence_of(text, other.site).number == number
        and other.site.start < one.site.start
        and other.site.start > one.site.start - 60
        for other in exact
    )


def _same_sentence(text: Text, one: Cued, others: Sequence[Cued]) -> bool:
    number = _sentence_of(text, one.site).number
    return any(_sentence_of(text, other.site).number == number for other in others)


def _fallback(text: Text, hits: Hits, cued: Sequence[Cued], told: set[int], *, fuel: bool) -> list[Cued]:
    """Without a place of the event: those of the title, the ends of a journey, then whole regions."""
    there = [one for one in cued if _sentence_of(text, one.site).number in told and one.site.country == HOME]
    towns = [one for one in there if one.cue is not Cue.REGION]
    titled = [one for one in towns if one.cue is not Cue.MENTION and _sentence_of(text, one.site).is_title]
    paired = [
        one for one in cued if one.pair is not None and one.site.country == HOME and not _in_past(text, hits, one)
    ]
    if fuel:
        titled = titled or [one for one in cued if one.site.id == _CAPITAL]
    journey = [one for one in towns if one.cue is Cue.MENTION and one.why.startswith(_TRAVEL)]
    regions = [one for one in there if one.cue is Cue.REGION]
    return titled or paired or (journey if len(journey) > 1 else []) or regions


def _in_past(text: Text, hits: Hits, one: Cued) -> bool:
    return looks_back(hits, _sentence_of(text, one.site))


# Where fuel lacks in the whole country, it is the capital's queues that are meant.
_CAPITAL = "bamako"
_TRAVEL = ("parti", "Parti", "pour ", "venant", "vers ", "from ", "to ", "bound", "heading", "à la foire", "au marché")


def _placed(one: Cued, *, is_event: bool) -> Placed:
    return Placed(cued=one, role=Role.EVENT if is_event else Role.MENTION, why=f"{one.cue}: {one.why}")


def _pairs(stretch: Sequence[Cued], cue: Cue) -> list[tuple[str, str]]:
    found = []
    for left, right in zip(stretch, stretch[1:], strict=False):
        if (
            left.cue is right.cue is cue
            and left.pair is not None
            and left.pair == right.pair
            and left.site.id != right.site.id
        ):
            found.append((left.site.id, right.site.id))
    return found


def _onward(stretch: Sequence[Cued]) -> list[tuple[str, str]]:
    """ "40 km from X on the road to Y"."""
    near = [one for one in stretch if one.cue is Cue.DISTANCE]
    onward = [one for one in stretch if one.cue is Cue.ROAD_TO]
    if (
        near
        and onward
        and near[0].site.id != onward[0].site.id
        and UNLISTED not in {near[0].site.kind, onward[0].site.kind}
    ):
        return [(near[0].site.id, onward[0].site.id)]
    return []

"""Which of the places that may be the event's are told most exactly?

A place something happened *at* makes "30 km from" and "on the road to" mere mentions.
"""

import re
from collections.abc import Sequence

from alerts.reading.model import EventType
from alerts.reading.spots import Cue, Cued
from alerts.reading.told import Story

EXACT = frozenset({Cue.AT, Cue.NEAR})
COARSE = frozenset({Cue.AXIS, Cue.ROAD_TO, Cue.DISTANCE})
_APPOSED = 60
_BETWEEN = re.compile(r" (?:(?:entre|between) )?(?:(?:la |les? |the )?(?:villes?|towns|localites) (?:de |d |of )?)?")
_HALFWAY = re.compile(r"\b(?:mi chemin|mi distance|half ?way|mid ?way|egale distance)")
_TOWN_BEFORE = 24
_A_TOWN = re.compile(
    r"\b(?:ville|localite|village|bourgade|commune|town|city|est|is|lies|lying|sits|trouve|situ[a-z]+),? (?:[a-z]+ )?$"
)
_MEASURED = re.compile(r"\b(?:km|kilom|mile)")
_RIGHT_AFTER = re.compile(r" ?[,(] ?(?:\w+ ){0,2}(?:entre|between) (?:la |le |l |the )?")
# Of what befalls travellers, the ends of their journey tell where.
ON_THE_WAY = frozenset(
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
AT_ONE_PLACE = ON_THE_WAY | {EventType.TOWN_ATTACK, EventType.ARMED_CLASH, EventType.AIRSTRIKE}


def most_exact(story: Story, candidates: Sequence[Cued]) -> list[Cued]:
    """The places of `candidates` that are told most exactly, with names that stand alone."""
    exact = [one for one in candidates if one.cue in EXACT]
    named = [one for one in candidates if one.cue is Cue.BARE]
    lying = {one.pair for one in candidates if _lies_between(story, one)} if exact or named else set()
    stretch = [
        one
        for one in candidates
        if one.cue is Cue.BETWEEN and one.pair not in lying and not _is_apposed(story, one, exact, named)
    ]
    bare = [one for one in candidates if one.cue is Cue.BARE and _stands_alone(story, one, exact, stretch)]
    coarse = [one for one in candidates if one.cue in COARSE]
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
    return bool(story.facts) and all(fact.type in AT_ONE_PLACE for fact in story.facts)


def _is_told_at(story: Story, one: Cued) -> bool:
    """Whether a place stands in the summary's first sentence or beside the event itself."""
    sentence = story.text.sentence_at(one.site.start)
    if sentence.is_title:
        return False
    return sentence.start <= story.text.summary_at or any(fact.sentence is sentence for fact in story.facts)


def _share(story: Story, one: Cued, other: Cued) -> bool:
    return story.text.sentence_at(one.site.start) is story.text.sentence_at(other.site.start)

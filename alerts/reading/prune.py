"""Which of several types that fit are one event told twice?

"A convoy was attacked near Bougouni" is an attack on a convoy, not also an attack on Bougouni.
"""

from collections.abc import Sequence

from alerts.reading.events import Event
from alerts.reading.lexicon import Hits
from alerts.reading.model import EventType

_ON_VEHICLES = frozenset(
    {
        EventType.ATTACK_ON_CONVOY,
        EventType.AMBUSH,
        EventType.IED,
        EventType.VEHICLE_BURNING,
        EventType.KIDNAPPING,
        EventType.BRIDGE_OUT,
    },
)
_VIOLENT = _ON_VEHICLES | {EventType.TOWN_ATTACK, EventType.ARMED_CLASH, EventType.AIRSTRIKE}
# A place says nothing new where one of these happened in it.
_IN_A_PLACE = _ON_VEHICLES | {EventType.AIRSTRIKE, EventType.STRIKE_PROTEST, EventType.ACCIDENT}
# A type says nothing new beside one of these, wherever that stands ...
_BESIDE = {
    EventType.ROAD_CLOSED: frozenset(
        {
            EventType.ESCORT_OR_REOPENING,
            EventType.BORDER_CLOSED,
            EventType.CHECKPOINT_EXTORTION,
            EventType.FUEL_IMPORT_BAN,
            EventType.ATTACK_ON_CONVOY,
            EventType.AMBUSH,
            EventType.IED,
            EventType.KIDNAPPING,
            EventType.VEHICLE_BURNING,
        },
    ),
    EventType.ACCIDENT: frozenset(
        {EventType.ATTACK_ON_CONVOY, EventType.AMBUSH, EventType.IED, EventType.KIDNAPPING},
    ),
    EventType.FLOOD: frozenset(
        {EventType.ATTACK_ON_CONVOY, EventType.AMBUSH, EventType.IED, EventType.KIDNAPPING, EventType.BLOCKADE},
    ),
    EventType.FUEL_ARRIVAL: frozenset({EventType.FUEL_IMPORT_BAN, EventType.STRIKE_PROTEST, EventType.ACCIDENT}),
    EventType.AMBUSH: frozenset({EventType.KIDNAPPING, EventType.IED, EventType.ATTACK_ON_CONVOY, EventType.AIRSTRIKE}),
    EventType.ESCORT_OR_REOPENING: frozenset({EventType.ATTACK_ON_CONVOY, EventType.AMBUSH, EventType.IED}),
    EventType.IED: frozenset({EventType.AIRSTRIKE}),
    EventType.VEHICLE_BURNING: frozenset({EventType.AIRSTRIKE}),
    EventType.FUEL_SHORTAGE: frozenset({EventType.ATTACK_ON_CONVOY}),
}
# Travellers made to get out are robbed, unless worse is told of them, in the title or not.
_WORSE_THAN_ROBBERY = frozenset({EventType.VEHICLE_BURNING, EventType.KIDNAPPING, EventType.AMBUSH})
# ... or when the title names one of these and not the type itself.
_BESIDE_TITLED = {
    EventType.ARMED_CLASH: frozenset(
        {
            EventType.AIRSTRIKE,
            EventType.AMBUSH,
            EventType.ATTACK_ON_CONVOY,
            EventType.KIDNAPPING,
            EventType.STRIKE_PROTEST,
        }
    ),
    EventType.BORDER_CLOSED: frozenset({EventType.ESCORT_OR_REOPENING, EventType.STRIKE_PROTEST}),
    EventType.FUEL_ARRIVAL: frozenset({EventType.FUEL_SHORTAGE, EventType.FUEL_PRICE, EventType.VEHICLE_BURNING}),
    EventType.ROAD_CLOSED: frozenset({EventType.ACCIDENT, EventType.BLOCKADE}),
    EventType.ESCORT_OR_REOPENING: frozenset({EventType.BLOCKADE, EventType.FUEL_SHORTAGE, EventType.ACCIDENT}),
    EventType.BLOCKADE: frozenset({EventType.AMBUSH}),
    EventType.ATTACK_ON_CONVOY: frozenset(
        {
            EventType.AIRSTRIKE,
            EventType.BLOCKADE,
            EventType.ESCORT_OR_REOPENING,
            EventType.FUEL_ARRIVAL,
            EventType.FUEL_SHORTAGE,
            EventType.STRIKE_PROTEST,
        }
    ),
    EventType.IED: frozenset({EventType.ESCORT_OR_REOPENING, EventType.FUEL_ARRIVAL}),
    EventType.ACCIDENT: frozenset({EventType.STRIKE_PROTEST}),
    EventType.VEHICLE_BURNING: frozenset({EventType.STRIKE_PROTEST}),
    EventType.CHECKPOINT_EXTORTION: frozenset({EventType.TOWN_ATTACK, EventType.KIDNAPPING, EventType.BLOCKADE}),
}
_HARMLESS_CAUSES = frozenset(
    {EventType.ACCIDENT, EventType.FLOOD, EventType.STRIKE_PROTEST, EventType.BORDER_CLOSED, EventType.BRIDGE_OUT}
)
_TAKES_ARMS = frozenset(
    {EventType.ATTACK_ON_CONVOY, EventType.AMBUSH, EventType.TOWN_ATTACK, EventType.BLOCKADE, EventType.ARMED_CLASH}
)
_SAYS_ATTACK = (
    *(
        "attaq",
        "assaut",
        "assail",
        "embus",
        "tir",
        "mitraill",
        "cribl",
        "rafale",
        "obus",
        "massacr",
        "abattu",
        "balles",
    ),
    *("attack", "assault", "ambush", "shot", "fire", "gun", "bullet", "raid", "storm", "riddl", "executed", "target"),
)
_SAYS_ROBBERY = ("braqu", "molest", "tabass", "battu", "fouett", "held up", "hold up", "at gunpoint", "rob", "beat")
_NAMED_AN_AMBUSH = frozenset({frozenset({"ambush"}), frozenset({"then_shots"})})
_ON_THE_WAY = frozenset({EventType.ATTACK_ON_CONVOY, EventType.AMBUSH, EventType.IED})
_CURFEW = (frozenset({"curfew"}),)
_IDLES = frozenset({"idles"})
_ATTACKED_PLACES = frozenset({"site", "stronghold"})
# That armed men close a road is more than that nobody gets to the town they cut off.
_ROAD_ITSELF = (frozenset({"closed"}), frozenset({"road"}))
_FORCED = frozenset({"forced_barrier"})
_HOLD_UP = frozenset({"hold_up"})
_MISSING = frozenset({"missing"})
_ON_LORRIES = (frozenset({"attack", "ambush"}), frozenset({"truck"}))
_BOATS = frozenset({"boat", "river_line"})
# What an assault on a camp is led with, or leaves behind.
_OF_AN_ASSAULT = frozenset({EventType.IED, EventType.VEHICLE_BURNING})
# A type that a title may only name as another one's victims or means.
_IS_THE_SAME = {
    EventType.AMBUSH: frozenset({EventType.IED, EventType.ATTACK_ON_CONVOY}),
    EventType.ACCIDENT: frozenset({EventType.IED}),
    EventType.IED: frozenset({EventType.AIRSTRIKE}),
    EventType.ROAD_CLOSED: frozenset({EventType.BORDER_CLOSED, EventType.ESCORT_OR_REOPENING}),
}


def settle(facts: Sequence[Event], hits: Hits) -> tuple[Event, ...]:
    """The facts without those that another one already says. A post has no part in the attack on a boat."""
    if not hits.has("armed_actor"):
        facts = _without_imagined_arms(facts)
    facts = _without_cover_from_the_air(facts, hits)
    facts = [fact for fact in facts if not _is_by_the_way(fact, facts, hits)]
    titled = frozenset(fact.type for fact in facts if fact.sentence.is_title)
    leading = frozenset(fact.type for fact in facts if fact.sentence.is_title and not fact.gives_way)
    types = frozenset(fact.type for fact in facts)
    left = [fact for fact in facts if _is_own_news(fact, titled, types) or not _is_said(fact, types, leading)]
    types = frozenset(fact.type for fact in left)
    posts = [fact for fact in facts if _is_on_a_post(fact, hits)]
    on_a_post = any(not _is_on_a_patrol(fact, facts) for fact in posts)
    if posts and any(_is_on_a_boat(fact) for fact in left):
        types -= {EventType.ATTACK_ON_CONVOY}
    return tuple(fact for fact in left if not _is_also_on_the_town(fact, types, on_a_post=on_a_post)) or tuple(facts)


def _without_imagined_arms(facts: Sequence[Event]) -> Sequence[Event]:
    """Where nobody armed is named, a lorry that is "hit" was hit by another, and water cuts a town off."""
    if not any(fact.type in _HARMLESS_CAUSES for fact in facts):
        return facts
    return [
        fact
        for fact in facts
        if fact.type not in _TAKES_ARMS or any(word in fact.words.lower() for word in _SAYS_ATTACK)
    ] or facts


def _without_cover_from_the_air(facts: Sequence[Event], hits: Hits) -> Sequence[Event]:
    """Aircraft that come to the help of a place under attack make no news of their own."""
    strikes = [fact for fact in facts if fact.type is EventType.AIRSTRIKE]
    if not strikes or any(strike.sentence.is_title for strike in strikes):
        return facts
    first = min(strike.at for strike in strikes)
    if any(fact.at < first and _is_by_attackers(fact, hits) for fact in facts):
        return [fact for fact in facts if fact.type is not EventType.AIRSTRIKE]
    return facts


def _is_by_attackers(fact: Event, hits: Hits) -> bool:
    """Whether an ambush is named, or fighting, or armed men as those who attack a place."""
    if fact.type in {EventType.AMBUSH, EventType.ARMED_CLASH}:
        return _names_an_ambush(fact) or (fact.type is EventType.ARMED_CLASH and not fact.rule.vague)
    if fact.type is not EventType.TOWN_ATTACK or fact.rule.vague:
        return False
    if fact.sentence.is_title:
        return hits.has("armed_actor")
    return hits.has("armed_actor", fact.sentence.start, fact.sentence.end)


def _is_by_the_way(fact: Event, facts: Sequence[Event], hits: Hits) -> bool:
    """Whether another fact is more exact, or vehicles are only named beside an attack on a post."""
    if fact.type is EventType.CHECKPOINT_EXTORTION:
        return _is_protested(fact, facts) or any(_is_worse_than_robbery(other, facts, hits) for other in facts)
    if _is_minor(fact, facts):
        return True
    if fact.rule.vague:
        return any(_is_told_instead(fact, other) for other in facts)
    if fact.type is EventType.ESCORT_OR_REOPENING and not fact.sentence.is_title:
        return any(other.type is EventType.STRIKE_PROTEST and other.sentence.is_title for other in facts)
    if fact.rule.groups[-1] == _MISSING:
        return any(other.type in _ON_THE_WAY for other in facts)
    if fact.rule.groups == _ON_LORRIES:
        return _is_on_riders(hits) and any(other.type is EventType.AMBUSH for other in facts)
    if fact.type is not EventType.AMBUSH or _names_an_ambush(fact):
        return False
    if _is_robbery(fact, facts, hits) or any(other.rule.groups[0] == _FORCED for other in facts):
        return True
    return any(_is_rather_on_a_post(other, fact, hits) for other in facts)


def _is_protested(fact: Event, facts: Sequence[Event]) -> bool:
    """Whether the title tells of a protest, and hold-ups are only what it is about."""
    if fact.rule.groups[0] != _HOLD_UP or fact.sentence.is_title:
        return False
    return any(other.type is EventType.STRIKE_PROTEST and other.sentence.is_title for other in facts)


def _is_minor(fact: Event, facts: Sequence[Event]) -> bool:
    """Whether it is of no kind while others are, or only what follows from them: a curfew, buses kept at home."""
    if fact.rule.groups == _CURFEW and not fact.sentence.is_title:
        return any(other.type in _VIOLENT and other.sentence.is_title for other in facts)
    if fact.rule.groups[0] == _IDLES and not fact.sentence.is_title:
        return any(other.type is not fact.type for other in facts)
    return fact.type is EventType.OTHER and fact.rule.vague and _has_a_name(facts)


def _is_told_instead(fact: Event, other: Event) -> bool:
    """Whether another fact leaves no room for vague violence: by an exact rule, or a siege that the title tells."""
    if other.type is EventType.BLOCKADE:
        return other.sentence.is_title and not fact.sentence.is_title
    return other.type in _VIOLENT and not other.rule.vague


def _is_on_riders(hits: Hits) -> bool:
    """Whether a lorry that is attacked carries people, and nobody tells of its crew."""
    return hits.has("riders") and not hits.has("crews") and not hits.has("convoy") and not hits.has("tanker")


def _is_worse_than_robbery(fact: Event, facts: Sequence[Event], hits: Hits) -> bool:
    if fact.type is EventType.KIDNAPPING:
        return True
    return fact.type in _WORSE_THAN_ROBBERY and not fact.rule.vague and not _is_robbery(fact, facts, hits)


def _is_robbery(fact: Event, facts: Sequence[Event], hits: Hits) -> bool:
    """Whether an attack on travellers is the violence of a hold-up in which nobody dies."""
    if fact.type is not EventType.AMBUSH or _names_an_ambush(fact) or hits.has("dead"):
        return False
    robberies = [other for other in facts if other.type is EventType.CHECKPOINT_EXTORTION]
    is_aside = not fact.sentence.is_title and any(other.sentence.is_title for other in robberies)
    return bool(robberies) and (is_aside or any(word in fact.words.lower() for word in _SAYS_ROBBERY))


def _is_rather_on_a_post(other: Event, fact: Event, hits: Hits) -> bool:
    """Whether another fact is the attack on a place that vehicles are named beside."""
    if other.at == fact.at:
        return _is_on_a_post(other, hits) and other.reach < fact.reach
    if fact.sentence.is_title:
        return False
    if other.sentence.is_title:
        return _is_on_a_site(other)
    return other.sentence.number < fact.sentence.number and _is_on_a_post(other, hits)


def _is_on_a_site(fact: Event) -> bool:
    if fact.type is not EventType.TOWN_ATTACK:
        return False
    return not _ATTACKED_PLACES.isdisjoint(fact.rule.groups[-1]) or "is_attacked" in fact.rule.groups[0]


def _is_on_a_post(fact: Event, hits: Hits) -> bool:
    """Whether a camp, a post or an airport is what was attacked."""
    return _is_on_a_site(fact) and hits.has("stronghold", fact.sentence.start, fact.sentence.end)


def _is_on_a_boat(fact: Event) -> bool:
    """Whether a boat was attacked: a post attacked the same day is somewhere else."""
    return fact.type is EventType.ATTACK_ON_CONVOY and any(_BOATS & group for group in fact.rule.groups)


def _is_on_a_patrol(fact: Event, facts: Sequence[Event]) -> bool:
    """Whether those attacked were on their way, and the post is only where they came from."""
    return any(other.type is EventType.AMBUSH and other.at == fact.at and other.reach < fact.reach for other in facts)


def _has_a_name(facts: Sequence[Event]) -> bool:
    """Whether one of the facts is of a kind that befalls travellers."""
    return any(fact.type in _ON_VEHICLES or fact.type is EventType.CHECKPOINT_EXTORTION for fact in facts)


def _names_an_ambush(fact: Event) -> bool:
    return fact.rule.groups[0] in _NAMED_AN_AMBUSH and fact.type is EventType.AMBUSH


def _is_also_on_the_town(fact: Event, types: frozenset[EventType], *, on_a_post: bool) -> bool:
    """Whether a place is only where something else was attacked; a camp may be attacked with a bomb or burned."""
    if fact.type is not EventType.TOWN_ATTACK:
        return False
    return bool((_IN_A_PLACE - _OF_AN_ASSAULT if on_a_post else _IN_A_PLACE) & types)


def _is_own_news(fact: Event, titled: frozenset[EventType], types: frozenset[EventType]) -> bool:
    """What the title names is news, but for passengers whom an explosion killed, and a bombing from the air."""
    return fact.type in titled and (_names_an_ambush(fact) or not _IS_THE_SAME.get(fact.type, frozenset()) & types)


def _is_said(fact: Event, types: frozenset[EventType], titled: frozenset[EventType]) -> bool:
    if fact.type is EventType.AMBUSH and _names_an_ambush(fact):
        return False
    if fact.type is EventType.ROAD_CLOSED and EventType.BRIDGE_OUT in types:
        return False
    if fact.type is EventType.VEHICLE_BURNING and EventType.ATTACK_ON_CONVOY in types:
        return False
    beside_titled = _BESIDE_TITLED.get(fact.type, frozenset())
    if fact.rule.groups == _ROAD_ITSELF:
        beside_titled -= {EventType.BLOCKADE}
    return bool(_BESIDE.get(fact.type, frozenset()) & types or beside_titled & titled)

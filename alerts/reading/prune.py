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
# A type says nothing new beside one of these, wherever that stands ...
_BESIDE = {
    EventType.TOWN_ATTACK: _ON_VEHICLES | {EventType.AIRSTRIKE, EventType.STRIKE_PROTEST, EventType.ACCIDENT},
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
    EventType.ACCIDENT: frozenset({EventType.ATTACK_ON_CONVOY, EventType.AMBUSH, EventType.IED}),
    EventType.FUEL_ARRIVAL: frozenset({EventType.FUEL_IMPORT_BAN, EventType.STRIKE_PROTEST}),
    EventType.AMBUSH: frozenset({EventType.KIDNAPPING, EventType.IED, EventType.ATTACK_ON_CONVOY}),
}
# Travellers made to get out are robbed, unless worse is told of them, in the title or not.
_WORSE_THAN_ROBBERY = frozenset({EventType.VEHICLE_BURNING, EventType.KIDNAPPING, EventType.AMBUSH})
# ... or when the title names one of these and not the type itself.
_BESIDE_TITLED = {
    EventType.ARMED_CLASH: frozenset(
        {
            EventType.AMBUSH,
            EventType.ATTACK_ON_CONVOY,
            EventType.KIDNAPPING,
            EventType.STRIKE_PROTEST,
            EventType.TOWN_ATTACK,
        }
    ),
    EventType.BORDER_CLOSED: frozenset({EventType.ESCORT_OR_REOPENING}),
    EventType.FUEL_ARRIVAL: frozenset({EventType.FUEL_SHORTAGE, EventType.FUEL_PRICE}),
    EventType.FUEL_SHORTAGE: frozenset({EventType.FUEL_ARRIVAL}),
    EventType.ESCORT_OR_REOPENING: frozenset({EventType.ATTACK_ON_CONVOY, EventType.AMBUSH, EventType.IED}),
    EventType.ATTACK_ON_CONVOY: frozenset({EventType.STRIKE_PROTEST, EventType.FUEL_SHORTAGE}),
}
_HARMLESS_CAUSES = frozenset(
    {EventType.ACCIDENT, EventType.FLOOD, EventType.STRIKE_PROTEST, EventType.BORDER_CLOSED, EventType.BRIDGE_OUT}
)
_TAKES_ARMS = frozenset(
    {EventType.ATTACK_ON_CONVOY, EventType.AMBUSH, EventType.TOWN_ATTACK, EventType.BLOCKADE, EventType.ARMED_CLASH}
)
_SAYS_ATTACK = ("attaq", "attack", "embus", "ambush", "assaut", "assault", "tir", "shot", "fire")
_NAMES_AN_AMBUSH = ("embus", "ambush", "guet")


def settle(facts: Sequence[Event], hits: Hits) -> tuple[Event, ...]:
    """The facts without those that another one already says."""
    if not hits.has("armed_actor"):
        facts = _without_imagined_arms(facts)
    facts = [fact for fact in facts if not _is_by_the_way(fact, facts)]
    titled = frozenset(fact.type for fact in facts if fact.sentence.is_title)
    leading = frozenset(fact.type for fact in facts if fact.sentence.is_title and not fact.gives_way)
    types = frozenset(fact.type for fact in facts)
    left = (fact for fact in facts if fact.type in titled or not _is_said(fact, types, leading))
    return tuple(fact for fact in left if not _is_also_on_the_town(fact, types)) or tuple(facts)


def _without_imagined_arms(facts: Sequence[Event]) -> Sequence[Event]:
    """Where nobody armed is named, a lorry that is "hit" was hit by another, and water cuts a town off."""
    if not any(fact.type in _HARMLESS_CAUSES for fact in facts):
        return facts
    return [
        fact
        for fact in facts
        if fact.type not in _TAKES_ARMS or any(word in fact.words.lower() for word in _SAYS_ATTACK)
    ] or facts


def _is_by_the_way(fact: Event, facts: Sequence[Event]) -> bool:
    """Whether another fact is more exact, or vehicles are only named beside an attack on a camp in the title."""
    if fact.type is EventType.CHECKPOINT_EXTORTION:
        return any(other.type in _WORSE_THAN_ROBBERY and not other.rule.vague for other in facts)
    if fact.type is EventType.OTHER and fact.rule.vague and _has_a_name(facts):
        return True
    if fact.rule.vague:
        return any(other.type in _VIOLENT and not other.rule.vague for other in facts)
    if fact.type is not EventType.AMBUSH or fact.sentence.is_title or _names_an_ambush(fact):
        return False
    return any(
        other.type is EventType.TOWN_ATTACK and other.sentence.is_title and "site" in other.rule.groups[-1]
        for other in facts
    )


def _has_a_name(facts: Sequence[Event]) -> bool:
    """Whether one of the facts is of a kind that befalls travellers."""
    return any(fact.type in _ON_VEHICLES or fact.type is EventType.CHECKPOINT_EXTORTION for fact in facts)


def _names_an_ambush(fact: Event) -> bool:
    return fact.words.lower().startswith(_NAMES_AN_AMBUSH)


def _is_also_on_the_town(fact: Event, types: frozenset[EventType]) -> bool:
    return fact.type is EventType.TOWN_ATTACK and bool(_BESIDE[fact.type] & types)


def _is_said(fact: Event, types: frozenset[EventType], titled: frozenset[EventType]) -> bool:
    if fact.type is EventType.AMBUSH and _names_an_ambush(fact):
        return False
    return bool(_BESIDE.get(fact.type, frozenset()) & types or _BESIDE_TITLED.get(fact.type, frozenset()) & titled)

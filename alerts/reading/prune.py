"""Which of several types that fit are one event told twice?

"A convoy was attacked near Bougouni" is an attack on a convoy, not also an attack on Bougouni.
"""

from collections.abc import Sequence

from alerts.reading.events import Event
from alerts.reading.model import EventType
from alerts.reading.text import Text

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
# left: the type that is left out; right: the types beside which it says nothing new.
_SAID_BY = {
    EventType.TOWN_ATTACK: _ON_VEHICLES | {EventType.AIRSTRIKE, EventType.STRIKE_PROTEST, EventType.ACCIDENT},
    EventType.ROAD_CLOSED: frozenset({EventType.ESCORT_OR_REOPENING, EventType.BORDER_CLOSED}),
    EventType.ARMED_CLASH: frozenset({EventType.ATTACK_ON_CONVOY, EventType.KIDNAPPING, EventType.STRIKE_PROTEST}),
    EventType.FUEL_ARRIVAL: frozenset({EventType.FUEL_SHORTAGE, EventType.FUEL_PRICE}),
    EventType.FUEL_SHORTAGE: frozenset({EventType.FUEL_ARRIVAL}),
    EventType.ATTACK_ON_CONVOY: frozenset({EventType.STRIKE_PROTEST, EventType.FUEL_SHORTAGE}),
    EventType.AMBUSH: frozenset({EventType.KIDNAPPING, EventType.IED, EventType.ATTACK_ON_CONVOY}),
}


def settle(text: Text, facts: Sequence[Event]) -> tuple[Event, ...]:
    """The facts without those that another one already says; what the title says always stays."""
    titled = {fact.type for fact in facts if fact.sentence.is_title}
    types = {fact.type for fact in facts}
    kept = [fact for fact in facts if not _is_said(fact, titled, types)]
    return tuple(kept) or tuple(facts)


def _is_said(fact: Event, titled: set[EventType], types: set[EventType]) -> bool:
    better = _SAID_BY.get(fact.type, frozenset())
    if fact.type in {
        EventType.FUEL_ARRIVAL,
        EventType.FUEL_SHORTAGE,
        EventType.ATTACK_ON_CONVOY,
        EventType.ARMED_CLASH,
    }:
        return bool(better & titled) and fact.type not in titled
    if fact.type is EventType.AMBUSH:
        return (
            bool(better & types)
            and "embus" not in fact.why.lower()
            and "ambush" not in fact.why.split(":", 1)[-1].lower()
        )
    return bool(better & types) and not (fact.type in titled and fact.type is not EventType.TOWN_ATTACK)

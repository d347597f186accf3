"""Does this chat want to hear of this incident, and may the message sound?"""

from collections.abc import Callable
from datetime import datetime, time, tzinfo
from typing import TypeAlias

from alerts.audience.model import Chat, Level, Loudness, Subscription, Topic
from alerts.audience.timetable import zone_of
from alerts.delivery.model import Decision, Lane, Reason, Scope
from alerts.geography.model import Area, Directness, Location
from alerts.incidents.model import Incident, Trust
from alerts.reading.model import EventType

Holds: TypeAlias = Callable[[Area, Location], Directness | None]
"""Does a followed area hold an event, and how directly? As `Atlas.holds` says it."""

_MOST_DIRECT = (Directness.ON_IT, Directness.NEAR, Directness.WIDE)
_FOR_ALL_LEVELS = frozenset({Reason.ADMIN, Reason.SEVERE_UNTOUCHED, Reason.LIFTED, Reason.RETRACTED})


def topic_of(event_type: EventType) -> Topic:
    """What kind of news an event is, for people who follow only some."""
    match event_type:
        case EventType.FUEL_SHORTAGE | EventType.FUEL_ARRIVAL | EventType.FUEL_PRICE | EventType.FUEL_IMPORT_BAN:
            return Topic.FUEL
        case (
            EventType.ROAD_CLOSED
            | EventType.BRIDGE_OUT
            | EventType.FLOOD
            | EventType.ACCIDENT
            | EventType.STRIKE_PROTEST
            | EventType.BORDER_CLOSED
            | EventType.ESCORT_OR_REOPENING
            | EventType.OTHER
        ):
            return Topic.ROAD
        case _:
            return Topic.SECURITY


def wants(chat: Chat, incident: Incident, decision: Decision, *, holds: Holds, now: datetime) -> Directness | None:
    """How directly `incident` concerns `chat`; None when it does not want it, or not now.

    Chats that only got an earlier word of it are not found here: the record of what was sent knows them.
    """
    if decision.scope not in {Scope.CONCERNED, Scope.ALL_REPORTS} or chat.unreachable_since is not None:
        return None
    if incident.exercise and not chat.wants_exercises:
        return None
    if is_held_back(chat, incident, decision, now=now):
        return None
    held = {holds(one.area, incident.location) for one in chat.subscriptions if _asks_for(one, incident, decision, now)}
    return next((directness for directness in _MOST_DIRECT if directness in held), None)


def is_held_back(chat: Chat, incident: Incident, decision: Decision, *, now: datetime) -> bool:
    """Whether `chat` asked not to hear this, or not now. A retraction always gets through.

    A pause lets critical news through unless that was switched off; of a hushed incident only the end is told. What
    puts right an earlier message reaches the chats that have it all the same: only who delivers knows them.
    """
    if decision.reason is Reason.RETRACTED:
        return False
    if incident.id in chat.hushed and decision.reason is not Reason.LIFTED:
        return True
    breaks_through = decision.lane is Lane.CRITICAL and chat.critical_through
    return is_muted(chat, now) and not breaks_through


def is_muted(chat: Chat, now: datetime) -> bool:
    """Whether the chat asked for quiet until later."""
    return chat.muted_until is not None and chat.muted_until > now


def sounds(chat: Chat, decision: Decision, *, now: datetime, timezone: tzinfo) -> bool:
    """Whether the message may sound in `chat`: by day as loud as it asked for, in its quiet hours only if critical."""
    if not decision.sounds:
        return False
    if is_quiet(chat, now.astimezone(zone_of(chat, timezone)).time()) or is_muted(chat, now):
        return decision.lane is Lane.CRITICAL and chat.critical_through
    match chat.loudness:
        case Loudness.ALL:
            return True
        case Loudness.GRAVE:
            return decision.lane in {Lane.CRITICAL, Lane.HIGH}
        case Loudness.CRITICAL:
            return decision.lane is Lane.CRITICAL


def is_quiet(chat: Chat, hour: time) -> bool:
    """Whether the local `hour` lies in the chat's quiet hours, which may run over midnight; equal ends mean none."""
    start, end = chat.silent_from, chat.silent_to
    if start <= end:
        return start <= hour < end
    return hour >= start or hour < end


def _asks_for(subscription: Subscription, incident: Incident, decision: Decision, now: datetime) -> bool:
    if subscription.until is not None and subscription.until <= now:
        return False
    return topic_of(incident.event_type) in subscription.topics and _is_sure_enough(subscription, incident, decision)


def _is_sure_enough(subscription: Subscription, incident: Incident, decision: Decision) -> bool:
    """All reports are for those who asked for all; what the desk or the wait let through is for everyone else too.

    Whoever wants confirmed news only gets that, and the end or the correction of what was said.
    """
    if decision.scope is Scope.ALL_REPORTS:
        return subscription.level is Level.ALL
    match subscription.level:
        case Level.ALL:
            return True
        case Level.PROBABLE:
            return incident.trust is not Trust.UNCONFIRMED or decision.reason in _FOR_ALL_LEVELS
        case Level.CONFIRMED:
            return incident.trust is Trust.CONFIRMED or decision.reason in {Reason.LIFTED, Reason.RETRACTED}

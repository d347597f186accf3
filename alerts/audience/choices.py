"""How does a chat's list of followed areas change?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from alerts.audience.model import Chat, Subscription
from alerts.errors import SirabaError
from alerts.geography.model import Area

MOST_AREAS = 30
"""Areas one chat may follow: all corridors and the roads of one region fit, a copy of the whole map does not."""


MOST_HUSHED = 50
"""Incidents one chat may hush: the oldest make room, since theirs have long ended."""


class TooManyAreasError(SirabaError):
    """The chat follows `limit` areas already."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"a chat follows at most {limit} areas")
        self.limit = limit


def subscribe(chat: Chat, subscription: Subscription) -> Chat:
    """`chat` with `subscription`, which takes the place of an earlier one to the same area, or town at another radius.

    Raises:
        TooManyAreasError: it would be one more than the limit.
    """
    known = [one.area.target for one in chat.subscriptions]
    target = subscription.area.target
    if target in known:
        changed = [subscription if one.area.target == target else one for one in chat.subscriptions]
        return replace(chat, subscriptions=tuple(changed))
    if len(known) >= MOST_AREAS:
        raise TooManyAreasError(MOST_AREAS)
    return replace(chat, subscriptions=(*chat.subscriptions, subscription))


def unsubscribe(chat: Chat, area: Area | None = None) -> Chat:
    """`chat` without `area` at any radius, or without any when None. An area it does not follow changes nothing."""
    kept = () if area is None else tuple(one for one in chat.subscriptions if one.area.target != area.target)
    return replace(chat, subscriptions=kept)


def current(chat: Chat, now: datetime) -> Chat:
    """`chat` without the subscriptions whose trip has ended."""
    kept = tuple(one for one in chat.subscriptions if one.until is None or one.until > now)
    return chat if kept == chat.subscriptions else replace(chat, subscriptions=kept)


def tuned(chat: Chat, key: str, change: Callable[[Subscription], Subscription]) -> Chat:
    """`chat` with the subscription to the area with this key changed; one it does not follow changes nothing."""
    changed = [change(one) if one.area.key == key else one for one in chat.subscriptions]
    return replace(chat, subscriptions=tuple(changed))


def hush(chat: Chat, incident_id: str) -> Chat:
    """`chat` without further word of this incident, but of its end."""
    kept = [one for one in chat.hushed if one != incident_id]
    return replace(chat, hushed=(*kept, incident_id)[-MOST_HUSHED:])


def pause(chat: Chat, until: datetime, *, now: datetime) -> Chat:
    """`chat` in quiet until then; a pause that is made longer began when it began."""
    going = chat.muted_until is not None and chat.muted_until > now
    return replace(chat, muted_from=chat.muted_from if going else now, muted_until=until)


def resume(chat: Chat) -> Chat:
    """`chat` as loud as before its pause."""
    return replace(chat, muted_from=None, muted_until=None)

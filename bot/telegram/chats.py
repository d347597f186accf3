"""When may a chat hear something again?

Telegram lets about one message a second into a chat, with short bursts, and twenty a minute into a group.
"""

from heapq import heappop, heappush
from math import inf
from typing import Final

from alerts.delivery.model import Lane
from bot.telegram.places import Limit, Places

ONE_A_SECOND: Final = Limit(1, 1.0)
BURST: Final = Limit(3, 3.0)  # what a person asked for may come at once, as long as the chat hears no more than that
GROUP: Final = Limit(19, 60.0)  # of the twenty a minute, one is kept as a margin


class Chats:
    """The chats that heard something lately; every other one may hear something now."""

    def __init__(self) -> None:
        self._places: dict[int, Places] = {}
        self._forgotten_at: list[tuple[float, int]] = []

    def __len__(self) -> int:
        return len(self._places)

    def free_at(self, chat_id: int, lane: Lane) -> float:
        """When this chat may hear a message of this lane; minus infinity if ever since, infinity before an answer."""
        places = self._places.get(chat_id)
        if places is None:
            return -inf
        return max(places.free_at(limit) for limit in _limits(chat_id, lane))

    def take(self, chat_id: int) -> None:
        """A message is on its way into this chat."""
        if chat_id not in self._places:
            self._places[chat_id] = Places(memory=_longest(chat_id).calls)
        self._places[chat_id].take()

    def answer(self, chat_id: int, now: float) -> None:
        """It was answered."""
        self._places[chat_id].answer(now)
        heappush(self._forgotten_at, (now + _longest(chat_id).seconds, chat_id))
        while self._forgotten_at[0][0] <= now:
            self._forget(heappop(self._forgotten_at)[1], now)

    def give_back(self, chat_id: int, now: float) -> None:
        """Nothing left after all."""
        self._places[chat_id].give_back()
        self._forget(chat_id, now)

    def _forget(self, chat_id: int, now: float) -> None:
        places = self._places.get(chat_id)
        if places is not None and places.has_rested(_longest(chat_id).seconds, now):
            del self._places[chat_id]


def _is_group(chat_id: int) -> bool:
    return chat_id < 0  # and channels


def _longest(chat_id: int) -> Limit:
    return GROUP if _is_group(chat_id) else BURST


def _limits(chat_id: int, lane: Lane) -> tuple[Limit, ...]:
    at_once = (BURST,) if lane is Lane.REPLY else (ONE_A_SECOND, BURST)
    return (*at_once, GROUP) if _is_group(chat_id) else at_once

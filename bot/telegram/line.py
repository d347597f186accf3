"""Whose turn is next?

By lane, then by arrival; but nobody waits behind a chat that must rest first, and what is least urgent still gets its
share. Each step costs the logarithm of those who wait, however many of them stand behind full groups.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from math import inf
from typing import Final

from alerts.delivery.model import Lane
from bot.telegram.chats import Chats

IN_ORDER: Final = tuple(Lane)
ALERTS_FIRST: Final = (Lane.CRITICAL, Lane.HIGH, Lane.NORMAL, Lane.REPLY)
NORMAL_FIRST: Final = (Lane.NORMAL, Lane.REPLY, Lane.CRITICAL, Lane.HIGH)
NORMAL_SHARE: Final = 10  # one turn of so many goes to the normal lane if anyone is ready there


@dataclass(slots=True, eq=False, kw_only=True)
class Turn:
    """One call's turn: waited for, then due, then used or not."""

    lane: Lane
    chat_id: int | None
    """None for calls that put no message into a chat (a deletion, the answer to a tap)."""
    given: asyncio.Future[None]
    due: float = -inf
    left_at: float | None = None
    """None until something left, and again if it turns out that nothing did."""

    @property
    def is_given(self) -> bool:
        """Whether it was handed out."""
        return self.given.done() and not self.given.cancelled()


class Line:
    """Those who wait. Whoever stopped waiting is passed over when their turn would have come."""

    def __init__(self, chats: Chats) -> None:
        self._chats = chats
        self._arrivals = count()
        self._ready: dict[Lane, list[tuple[int, Turn]]] = {lane: [] for lane in Lane}
        self._behind: dict[int, list[tuple[Lane, int, Turn]]] = {}  # a chat that must rest, the most urgent first
        self._rested_at: list[tuple[float, int]] = []
        self._timed: set[int] = set()  # the chats in it; each stands there once
        self._last: Lane | None = None
        self._since_normal = 0

    @property
    def is_pressed(self) -> bool:
        """Whether somebody waits who needs nothing but a turn."""
        return any(self._ready.values())

    @property
    def opens_at(self) -> float:
        """When there may be someone to hand a turn to: minus infinity if now, infinity if not before an answer."""
        if self.is_pressed:
            return -inf
        return self._rested_at[0][0] if self._rested_at else inf

    def join(self, turn: Turn) -> None:
        """Stand at the end of its lane."""
        heappush(self._ready[turn.lane], (next(self._arrivals), turn))

    def next(self, horizon: float) -> Turn | None:
        """Take out whose turn it is, of those whose chat may hear something by `horizon`; `due` is set to when."""
        self._let_in(horizon)
        for lane in self._order():
            turn = self._first(lane, horizon)
            if turn is not None:
                self._last = lane
                self._since_normal = 0 if lane is Lane.NORMAL else self._since_normal + 1
                return turn
        return None

    def look_at(self, chat_id: int) -> None:
        """This chat's rest has begun, changed or ended: note when the first of those behind it may go on."""
        waiting = self._behind.get(chat_id)
        if waiting is None or chat_id in self._timed:
            return
        free_at = self._chats.free_at(chat_id, waiting[0][0])
        if free_at < inf:
            heappush(self._rested_at, (free_at, chat_id))
            self._timed.add(chat_id)

    def _order(self) -> Sequence[Lane]:
        if self._since_normal >= NORMAL_SHARE - 1:
            return NORMAL_FIRST
        return ALERTS_FIRST if self._last is Lane.REPLY else IN_ORDER  # many questions must not hold up an alert

    def _first(self, lane: Lane, horizon: float) -> Turn | None:
        ready = self._ready[lane]
        while ready:
            number, turn = heappop(ready)
            if turn.given.cancelled():
                self._pass_over(turn)
                continue
            turn.due = -inf if turn.chat_id is None else self._chats.free_at(turn.chat_id, lane)
            if turn.due <= horizon:
                return turn
            self._send_behind(number, turn)
        return None

    def _pass_over(self, turn: Turn) -> None:
        if turn.chat_id is not None:
            self.look_at(turn.chat_id)  # it may have been the one that was let in

    def _send_behind(self, number: int, turn: Turn) -> None:
        assert turn.chat_id is not None  # noqa: S101 - who names no chat waits for none
        heappush(self._behind.setdefault(turn.chat_id, []), (turn.lane, number, turn))
        self.look_at(turn.chat_id)

    def _let_in(self, horizon: float) -> None:
        """One of each chat that has rested by then: the next one is timed when this one has had its turn."""
        while self._rested_at and self._rested_at[0][0] <= horizon:
            _, chat_id = heappop(self._rested_at)
            self._timed.discard(chat_id)
            lane, number, turn = heappop(self._behind[chat_id])
            if not self._behind[chat_id]:
                del self._behind[chat_id]
            heappush(self._ready[lane], (number, turn))

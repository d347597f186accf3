"""When may the next call leave?

One pacer stands under every call that goes out with this token. Telegram counts what arrives in a second, so a slot
comes back one second after the *response*: no second at the server can then hold more than the allowance. A refusal
(429) halts everyone until its time has passed, and makes the allowance smaller for a while.
"""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from alerts.delivery.model import Lane

log = logging.getLogger(__name__)

SLOT_REST = 1.0  # seconds between a response and the slot's next use
CHAT_INTERVAL = 1.0  # seconds between two messages to one chat
CHAT_BURST = 3  # an answer to a person may follow at once, as long as the chat hears no more than so many ...
CHAT_WINDOW = 3.1  # ... in so many seconds: Telegram lets short bursts pass; the tenth is for the way's jitter
TOLERANCE = 0.001  # a timer may fire a breath early
GROUP_MESSAGES = 19  # of the 20 a minute, one is kept as a margin
GROUP_WINDOW = 60.0
SHRINK = 0.9
GROW_EVERY = 60.0  # seconds without a refusal that earn one slot back
NORMAL_SHARE = 10  # every tenth slot goes to the normal lane if anyone waits there
REMEMBERED = 10_000  # chats whose last send is kept in mind


@dataclass(slots=True, eq=False)
class _Waiter:
    lane: Lane
    chat_id: int | None
    ready: asyncio.Future[None]


@dataclass(slots=True)
class Turn:
    """A held slot. `spent` is set False when nothing left after all: the slot then comes back at once."""

    spent: bool = True


@dataclass(slots=True)
class PacerCounts:
    """For /status and the log."""

    sent: int = 0
    refusals: int = 0
    recent: deque[float] = field(default_factory=lambda: deque(maxlen=2000))


class Pacer:
    """Hands out turns: by lane, then by order of arrival, to chats that may hear something now."""

    def __init__(self, *, allowance: int) -> None:
        self.allowance = allowance
        self.capacity = allowance
        self.counts = PacerCounts()
        self._used = 0
        self._halted_until = 0.0
        self._changed_at = 0.0
        self._waiting: dict[Lane, deque[_Waiter]] = {lane: deque() for lane in Lane}
        self._sends: dict[int, deque[float]] = {}
        self._timer: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def turn(self, lane: Lane, chat_id: int | None = None) -> AsyncIterator[Turn]:
        """Wait for a turn, hold it for the call inside, give it back a second after.

        `chat_id` is None for calls that put no message into a chat (a deletion, the answer to a tap).
        """
        waiter = _Waiter(lane, chat_id, asyncio.get_running_loop().create_future())
        self._waiting[lane].append(waiter)
        self._hand_out()
        try:
            await waiter.ready
        except asyncio.CancelledError:
            self._withdraw(waiter)
            raise
        turn = Turn()
        try:
            yield turn
        finally:
            self._give_back(waiter, turn)

    def refused(self, retry_after: float) -> None:
        """Telegram answered 429: nobody sends before `retry_after` seconds have passed; the longest refusal holds."""
        now = self._now()
        self.counts.refusals += 1
        self._halted_until = max(self._halted_until, now + retry_after)
        self.capacity = max(1, int(self.capacity * SHRINK))
        self._changed_at = now
        recent = [round(now - sent, 2) for sent in self.counts.recent if now - sent <= GROUP_WINDOW]
        log.warning(
            "telegram refused a call",
            extra={"retry_after": retry_after, "capacity": self.capacity, "sent_seconds_ago": recent},
        )
        self._hand_out()

    @property
    def halted_for(self) -> float:
        """Seconds until Telegram lets us send again; 0 when it does."""
        return max(0.0, self._halted_until - self._now())

    def _hand_out(self) -> None:
        now = self._now()
        self._grow(now)
        if now + TOLERANCE < self._halted_until:
            self._wake_at(self._halted_until)
            return
        while self._used < self.capacity:
            waiter = self._next(now)
            if waiter is None:
                return
            self._used += 1
            self._note(waiter, now)
            waiter.ready.set_result(None)

    def _next(self, now: float) -> _Waiter | None:
        lanes = list(Lane)
        if self._waiting[Lane.NORMAL] and self.counts.sent % NORMAL_SHARE == NORMAL_SHARE - 1:
            lanes = [Lane.NORMAL, *lanes]
        soonest = float("inf")
        for lane in lanes:
            for waiter in self._waiting[lane]:
                free_at = self._free_at(waiter, now)
                if free_at <= now + TOLERANCE:
                    self._waiting[lane].remove(waiter)
                    return waiter
                soonest = min(soonest, free_at)
        if soonest < float("inf"):
            self._wake_at(soonest)
        return None

    def _free_at(self, waiter: _Waiter, now: float) -> float:
        sends = self._sends.get(waiter.chat_id) if waiter.chat_id is not None else None
        if not sends:
            return now
        free_at = now if waiter.lane is Lane.REPLY else sends[-1] + CHAT_INTERVAL
        if len(sends) >= CHAT_BURST:
            free_at = max(free_at, sends[-CHAT_BURST] + CHAT_WINDOW)
        if len(sends) == GROUP_MESSAGES:
            free_at = max(free_at, sends[0] + GROUP_WINDOW)
        return free_at

    def _note(self, waiter: _Waiter, now: float) -> None:
        self.counts.sent += 1
        self.counts.recent.append(now)
        if waiter.chat_id is None:
            return
        if len(self._sends) > REMEMBERED:
            self._sends = {
                chat: sends for chat, sends in self._sends.items() if sends and sends[-1] > now - GROUP_WINDOW
            }
        kept = CHAT_BURST if waiter.chat_id > 0 else GROUP_MESSAGES  # groups and channels have negative ids
        self._sends.setdefault(waiter.chat_id, deque(maxlen=kept)).append(now)

    def _give_back(self, waiter: _Waiter, turn: Turn) -> None:
        if turn.spent:
            asyncio.get_running_loop().call_later(SLOT_REST, self._free_slot)
        else:
            self._unnote(waiter)
            self._free_slot()

    def _unnote(self, waiter: _Waiter) -> None:
        self.counts.sent -= 1
        if waiter.chat_id is not None and (sends := self._sends.get(waiter.chat_id)):
            sends.pop()

    def _free_slot(self) -> None:
        self._used -= 1
        self._hand_out()

    def _withdraw(self, waiter: _Waiter) -> None:
        if waiter.ready.done() and not waiter.ready.cancelled():
            self._unnote(waiter)
            self._free_slot()  # the turn came in the moment the waiter was cancelled
        elif waiter in self._waiting[waiter.lane]:
            self._waiting[waiter.lane].remove(waiter)

    def _grow(self, now: float) -> None:
        if self.capacity < self.allowance and now - self._changed_at >= GROW_EVERY:
            self.capacity += 1
            self._changed_at = now

    def _wake_at(self, when: float) -> None:
        if self._timer is not None and not self._timer.cancelled() and self._timer.when() > self._now():
            if self._timer.when() <= when:
                return
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_at(when, self._hand_out)

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()

"""When may the next call leave?

One pacer stands under every call that goes out with this token. A second at Telegram holds no more than the allowance
(`places`), which learns from refusals (`allowance`); calls leave evenly, not in bursts, so that an answer to a person
finds a place soon and a limit nobody knew costs few refusals; a refusal (429) halts everyone until its time has passed.
"""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import takewhile
from math import inf

from alerts.delivery.model import Lane
from bot.telegram.allowance import Allowance
from bot.telegram.chats import Chats
from bot.telegram.line import Line, Turn
from bot.telegram.places import Limit, Places

log = logging.getLogger(__name__)

SECOND = 1.0
CREDIT = 0.05  # seconds by which a call may leave before its even place in the second: a busy machine catches up
LEAD = 0.02  # a turn is handed out so early: the last look at a message falls into the rest of its place
TOLERANCE = 0.001  # a timer may fire a breath early
REMEMBERED = 60.0  # seconds of sends that are logged with a refusal
LONG_SILENCE = 60.0


@dataclass(slots=True)
class PacerCounts:
    """For /status and the log."""

    sent: int = 0
    refusals: int = 0
    recent: deque[float] = field(default_factory=lambda: deque(maxlen=2000))


class Pacer:
    """Hands out turns: by lane, then by order of arrival, to chats that may hear something now.

    `capacity` is how many calls a second may hold at the moment.
    """

    def __init__(self, *, allowance: int) -> None:
        self.counts = PacerCounts()
        self.capacity = allowance
        self._allowance = Allowance(allowance)
        self._places = Places(memory=allowance)
        self._chats = Chats()
        self._line = Line(self._chats)
        self._evenly_at = -inf
        self._halted_until = -inf
        self._refusal_known_at = -inf
        self._timer: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def turn(self, lane: Lane, chat_id: int | None = None) -> AsyncIterator[Turn]:
        """Wait for a turn. It is used by a call that leaves inside, after `may_leave` has said so; else given back."""
        turn = Turn(lane=lane, chat_id=chat_id, given=asyncio.get_running_loop().create_future())
        self._line.join(turn)
        self._hand_out()
        try:
            await turn.given
            yield turn
        finally:
            if turn.is_given:
                self._take_back(turn)

    async def may_leave(self, turn: Turn) -> bool:
        """Wait until the turn is due; False if a refusal came meanwhile: then line up again, and look again."""
        wait = turn.due - self._now()
        if wait > 0:
            await asyncio.sleep(wait)
        now = max(self._now(), turn.due)
        if now < self._halted_until:
            return False
        turn.left_at = now
        self.counts.sent += 1
        self.counts.recent.append(now)
        if self._line.is_pressed:
            self._allowance.passed()
            self.capacity = self._allowance.level
        return True

    def stayed(self, turn: Turn) -> None:
        """The call of this turn surely did not reach Telegram."""
        turn.left_at = None
        self.counts.sent -= 1

    def refused(self, turn: Turn, retry_after: float) -> None:
        """Telegram answered 429: nobody sends before `retry_after` seconds have passed; the longest refusal holds."""
        now = self._now()
        self.counts.refusals += 1
        if turn.left_at is not None and turn.left_at > self._refusal_known_at:
            # What was under way when the first refusal came is refused with it, and teaches nothing more.
            self._allowance.refused(passed=self._left_in_the_second_before(turn.left_at))
            self.capacity = self._allowance.level
            self._refusal_known_at = now
        log.warning("telegram refused a call", extra=self._circumstances(now, retry_after))
        self.halt(retry_after)

    def halt(self, seconds: float) -> None:
        """Let nobody send for so long; the longest halt holds."""
        if seconds > LONG_SILENCE >= self.halted_for:
            log.error("telegram takes nothing from us for long", extra={"seconds": seconds})
        self._halted_until = max(self._halted_until, self._now() + seconds)
        self._hand_out()

    @property
    def halted_for(self) -> float:
        """Seconds until Telegram lets us send again; 0 when it does."""
        return max(0.0, self._halted_until - self._now())

    def _hand_out(self) -> None:
        horizon = self._now() + LEAD + TOLERANCE
        while (free_at := self._free_at()) <= horizon:
            turn = self._line.next(horizon)
            if turn is None:
                break
            self._give(turn, free_at)
        self._wake_at(max(free_at, self._line.opens_at) - LEAD)

    def _free_at(self) -> float:
        limit = Limit(self.capacity, SECOND)
        return max(self._places.free_at(limit), self._evenly_at - CREDIT, self._halted_until)

    def _give(self, turn: Turn, free_at: float) -> None:
        turn.due = max(turn.due, free_at)
        self._places.take()
        self._evenly_at = max(self._evenly_at, turn.due, self._now()) + SECOND / self.capacity
        if turn.chat_id is not None:
            self._chats.take(turn.chat_id)
            self._line.look_at(turn.chat_id)
        turn.given.set_result(None)

    def _take_back(self, turn: Turn) -> None:
        if turn.left_at is None:
            self._evenly_at -= SECOND / self.capacity
            self._places.give_back()
        else:
            self._places.answer(self._now())
        if turn.chat_id is not None:
            self._note(turn, turn.chat_id)
        self._hand_out()

    def _note(self, turn: Turn, chat_id: int) -> None:
        if turn.left_at is None:
            self._chats.give_back(chat_id, self._now())
        else:
            self._chats.answer(chat_id, self._now())
        self._line.look_at(chat_id)

    def _left_in_the_second_before(self, moment: float) -> int:
        """How many calls left in the second before the one that left at `moment`."""
        since = moment - SECOND
        return sum(sent <= moment for sent in takewhile(lambda sent: sent > since, reversed(self.counts.recent))) - 1

    def _circumstances(self, now: float, retry_after: float) -> dict[str, object]:
        recent = [round(now - sent, 2) for sent in self.counts.recent if now - sent <= REMEMBERED]
        return {"retry_after": retry_after, "capacity": self.capacity, "sent_seconds_ago": recent}

    def _wake_at(self, when: float) -> None:
        if when == inf:
            return
        loop = asyncio.get_running_loop()
        if self._timer is not None and not self._timer.cancelled() and self._timer.when() > loop.time():
            if self._timer.when() <= when:
                return
            self._timer.cancel()
        self._timer = loop.call_at(when, self._hand_out)

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()

"""When may one more call leave, if Telegram lets pass so many in so many seconds?

A call is counted when it arrives, somewhere between its leaving and its answer. So a place comes back those seconds
after the *answer*: the calls that hold all places can never have arrived within them together with one more, whatever
the way there and back does.
"""

from collections import deque
from math import inf
from typing import NamedTuple


class Limit(NamedTuple):
    """So many `calls` in any `seconds`."""

    calls: int
    seconds: float


class Places:
    """The calls of one chat, or of all: how many have no answer yet, and when the last ones got theirs."""

    __slots__ = ("_answers", "out")

    def __init__(self, *, memory: int) -> None:
        """`memory` is the most calls that any limit asked about allows."""
        self.out = 0
        self._answers: deque[float] = deque(maxlen=memory)

    def take(self) -> None:
        """A call takes a place."""
        self.out += 1

    def answer(self, now: float) -> None:
        """It was answered, or given up: from now on its place rests."""
        self.out -= 1
        self._answers.append(now)

    def give_back(self) -> None:
        """Nothing left after all: the place is free at once."""
        self.out -= 1

    def free_at(self, limit: Limit) -> float:
        """When one more fits under `limit`: minus infinity if ever since, infinity if not before an answer."""
        resting = limit.calls - self.out
        if resting <= 0:
            return inf
        if resting > len(self._answers):
            return -inf
        return self._answers[-resting] + limit.seconds

    def has_rested(self, seconds: float, now: float) -> bool:
        """Whether nothing is under way, nor was answered within these seconds."""
        return not self.out and (not self._answers or self._answers[-1] + seconds <= now)

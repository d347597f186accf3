"""Where does the delivery of one alert stand, as this process sees it?

Redis holds who has no answer yet. Here is what a crash may forget: the next of them, who is under way, who rests until
a further try. It goes with the round, so nothing grows with the number of messages.
"""

import asyncio
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from alerts.delivery.model import Alert

PAUSES = (2.0, 10.0, 60.0)  # seconds before a further try of what may have arrived; the last one holds from then on

ASIDE = 0.2  # seconds: about as long as a message is under way


@dataclass(slots=True)
class _Rest:
    until: float | None  # None while the further try is under way
    tries: int = 0
    aside: bool = False


@dataclass(slots=True, eq=False)
class Round:
    """One alert under way. `stale` says that its list may hold someone whom the page does not.

    A `missed` one grew old while it waited: it gets no message of its own. One that is `alone` shares none.
    """

    alert: Alert
    missed: bool = False
    alone: bool = False
    stale: bool = True
    stuck_until: float = 0.0
    plan: asyncio.Task[None] | None = None
    _page: deque[str] = field(default_factory=deque)
    _picked: set[str] = field(default_factory=set)
    _answered: set[str] = field(default_factory=set)
    _resting: dict[str, _Rest] = field(default_factory=dict)

    def next(self, now: float) -> str | None:
        """The next recipient, who is under way from now on."""
        while self._page:
            recipient = self._page.popleft()
            if recipient not in self._picked and not self.rests(recipient, now):
                self._picked.add(recipient)
                if recipient in self._resting:
                    self._resting[recipient].until = None
                return recipient
        return None

    def ask(self, page: int) -> int:
        """How many of the list's first to ask for, so that `page` new ones may be among them."""
        self.stale = False
        self._answered.clear()
        return page + len(self._picked) + len(self._resting)

    def take(self, recipients: Iterable[str]) -> None:
        """The list's first, as they were asked for: some may be under way, or have had their answer meanwhile."""
        self._page = deque(one for one in recipients if one not in self._picked and one not in self._answered)

    def done(self, recipient: str) -> None:
        """What was under way has ended, one way or the other."""
        self._picked.discard(recipient)
        self._answered.add(recipient)
        self.stale = True

    def rest(self, recipient: str, now: float, pause: timedelta | None = None) -> None:
        """Try again after `pause`, or after longer and longer ones, which alone count as tries."""
        tries = self._resting[recipient].tries if recipient in self._resting else 0
        seconds = pause.total_seconds() if pause is not None else PAUSES[min(tries, len(PAUSES) - 1)]
        self._resting[recipient] = _Rest(now + seconds, tries + (pause is None))

    def step_aside(self, recipient: str, now: float) -> None:
        """Another message to this recipient is just leaving; it may take this alert along."""
        rest = self._resting.setdefault(recipient, _Rest(None))
        rest.until, rest.aside = now + ASIDE, True

    def may_join(self, recipient: str, now: float) -> bool:
        """Whether another message may take this alert along: it is not too early for a further try."""
        return not self.rests(recipient, now) or self._resting[recipient].aside

    def stumbled(self, recipient: str, now: float) -> None:
        """A fault of ours: not before the longest pause, so that it cannot spin."""
        self.rest(recipient, now, timedelta(seconds=PAUSES[-1]))

    def rests(self, recipient: str, now: float) -> bool:
        """Whether it is too early for a further try."""
        rest = self._resting.get(recipient)
        return rest is not None and rest.until is not None and now < rest.until

    def settled(self, recipient: str) -> None:
        """No further try is needed."""
        self._resting.pop(recipient, None)

    def wakes_at(self) -> float | None:
        """When the first rest is over."""
        return min((rest.until for rest in self._resting.values() if rest.until is not None), default=None)

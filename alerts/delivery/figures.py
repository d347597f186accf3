"""How is the delivery, in numbers that say nothing about anyone?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Protocol

from alerts.store.outbox import FEWEST_TOLD, Outbox


@dataclass(slots=True)
class DeliveryCounts:
    """What came of the sends since the start. A retried one surely did not leave, an ambiguous one may have arrived."""

    sent: int = 0
    retried: int = 0
    ambiguous: int = 0
    unreachable: int = 0
    rejected: int = 0


class _Refusals(Protocol):
    refusals: int


class Pace(Protocol):
    """What the figures need of the pacer: how many messages a second it lets out, and whether Telegram halts it."""

    capacity: int

    @property
    def counts(self) -> _Refusals:
        """How often Telegram refused a call since the start."""

    @property
    def halted_for(self) -> float:
        """Seconds until Telegram lets us send again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What waits and for how long, how many times Telegram halted us, and when all will be through at this pace."""

    alerts: int
    messages: int
    waiting_for: timedelta | None
    halts: int
    halted_for: timedelta
    through_in: timedelta


async def figures(outbox: Outbox, pace: Pace, *, now: datetime) -> Figures:
    """The figures of this moment."""
    since, messages = await outbox.waiting_since(), await outbox.depth()
    halted_for = timedelta(seconds=ceil(pace.halted_for))
    return Figures(
        alerts=len(await outbox.waiting()),
        messages=messages,
        waiting_for=None if since is None else max(timedelta(0), now - since),
        halts=pace.counts.refusals,
        halted_for=halted_for,
        through_in=halted_for + timedelta(seconds=ceil(messages / pace.capacity)),
    )


def rounded(count: int) -> int | None:
    """A count of chats as an admin may see it: in tens from twenty on, None where it would be about people."""
    if count < FEWEST_TOLD:
        return None
    return count if count < 20 else round(count, -1)  # noqa: PLR2004 - as it says

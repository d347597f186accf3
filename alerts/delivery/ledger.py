"""How do last looks and answers reach Redis without a call for each?

Those that come up at the same time share one (`Together`): at 30 messages a second each has its own and a halt is felt
at once, at 2,000 a call carries dozens.
"""

import asyncio
from collections.abc import Sequence
from typing import TypeVar

from alerts.delivery.model import Alert
from alerts.delivery.together import Together
from alerts.store.outbox import Answer, Claimed, Outbox, Stopped

AT_ONCE = 250  # claims or answers in one script: about a millisecond of Redis

Anything = TypeVar("Anything")


class Ledger:
    """Claims sends in the outbox, and writes down what came of them."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._claims = Together(self._claim_all, at_once=AT_ONCE)
        self._answers = Together(self._record_all, at_once=AT_ONCE)

    async def claim(self, alert: Alert, recipient: str) -> Claimed | Stopped:
        """Note that this send begins; or why it must not."""
        return await self._claims((alert, recipient))

    async def record(self, alert: Alert, answer: Answer) -> None:
        """Take the recipient off the alert's list."""
        await self._answers((alert, answer))

    async def _claim_all(self, asked: Sequence[tuple[Alert, str]]) -> list[Claimed | Stopped]:
        """A script for each alert, all of them together; the answers in the order of the questions."""
        answers: dict[int, Claimed | Stopped] = {}

        async def claim(alert: Alert, places: list[int]) -> None:
            found = await self._outbox.claim(alert, [asked[place][1] for place in places])
            each = [found] * len(places) if isinstance(found, Stopped) else found
            answers.update(zip(places, each, strict=True))

        await asyncio.gather(*(claim(alert, places) for alert, places in _by_alert(asked)))
        return [answers[place] for place in range(len(asked))]

    async def _record_all(self, told: Sequence[tuple[Alert, Answer]]) -> list[None]:
        """The same for answers."""
        await asyncio.gather(
            *(self._outbox.record(alert, [told[place][1] for place in places]) for alert, places in _by_alert(told))
        )
        return [None] * len(told)


def _by_alert(rows: Sequence[tuple[Alert, Anything]]) -> list[tuple[Alert, list[int]]]:
    """The places of each alert's rows."""
    places: dict[str, tuple[Alert, list[int]]] = {}
    for place, (alert, _) in enumerate(rows):
        places.setdefault(alert.id, (alert, []))[1].append(place)
    return list(places.values())

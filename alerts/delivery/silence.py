"""Were we cut off, and from when to when?

What a chat hears first after a silence of ours says so, and tells all that waits for it in one message. Being in touch
is noted from time to time; a longer gap than that leaves is a silence.
"""

from datetime import datetime, timedelta

from alerts.delivery.model import Alert, Lane
from alerts.incidents.telling import age_of
from alerts.store.silences import Silence, Silences

UNNOTICED = timedelta(hours=1)  # a shorter gap is an ordinary restart
NOTED_EVERY = timedelta(seconds=30)
SOUNDS_FOR = timedelta(hours=6)


class Contact:
    """Notes that Telegram answers us, and that it did not for long."""

    def __init__(self, silences: Silences) -> None:
        self._silences = silences
        self._noted_at: datetime | None = None

    async def note(self, *, reached: bool, now: datetime) -> None:
        """Whether Telegram is `reached` by now; False at a start, when that is not known yet.

        A gap is written down before anything is said after it, and ends when Telegram is reached again.
        """
        if self._noted_at is not None and now - self._noted_at < NOTED_EVERY:
            return
        before = await self._silences.in_touch_at()
        if before is not None and now - before >= UNNOTICED:
            await self._silences.tell(Silence(since=before, until=now))
        if reached:
            await self._silences.in_touch(now)
            self._noted_at = now


def still_sounds(alert: Alert, now: datetime) -> bool:
    """After a silence only critical news of the last six hours does."""
    return alert.decision.lane is Lane.CRITICAL and age_of(alert.incident, now) <= SOUNDS_FOR

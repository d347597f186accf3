"""What time is it at Telegram? Limits run on a monotonic clock; the dates on messages may follow a story."""

import time


class Clock:
    """The stand-in's own clock: it plays another party, which never asks the bot what time it is."""

    def __init__(self) -> None:
        self._told: int | None = None

    def seconds(self) -> float:
        """Return monotonic seconds, for windows and pauses."""
        return time.monotonic()

    def date(self) -> int:
        """Return the Unix time that a message gets now: the story's if one was told, else this machine's."""
        return self._told if self._told is not None else time.time_ns() // 1_000_000_000

    def tell(self, date: int | None) -> None:
        """Stop the dates at Unix time `date` until told again; None returns to this machine's time."""
        self._told = date

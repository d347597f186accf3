"""What time is it in the story? It stands within a scene, jumps between two, and runs once the story is told."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta


class StoryClock:
    """Handed to the service as its clock."""

    def __init__(self, now: datetime, *, seconds: Callable[[], float] = time.monotonic) -> None:
        """`seconds` is what it runs by."""
        self._told = now
        self._seconds = seconds
        self._runs_since: float | None = None

    def __call__(self) -> datetime:
        """The story's time, aware UTC."""
        if self._runs_since is None:
            return self._told
        return self._told + timedelta(seconds=self._seconds() - self._runs_since)

    def jump(self, now: datetime) -> None:
        """It is `now`, until told again."""
        self._told = now
        self._runs_since = None

    def run(self) -> None:
        """From here on a second of the story is a second."""
        self._told = self()
        self._runs_since = self._seconds()

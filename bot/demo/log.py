"""Where do the service's logs go while the transcript is printed, and what do they say of each alert?"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.logs import set_up_logs

TAIL_LINES = 25


class Reasons(logging.Handler):
    """Listens to the service's own log for why each alert went out."""

    def __init__(self) -> None:
        super().__init__(level=logging.INFO)
        self._fresh: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the alert's id and the name of its reason."""
        if record.getMessage() == "an alert goes out":
            told = vars(record)
            self._fresh.append((told["alert"], told["reason"]))

    def take(self) -> list[tuple[str, str]]:
        """What came since the last call."""
        fresh, self._fresh = self._fresh, []
        return fresh


@contextmanager
def logs_to(path: Path, *, secret: str) -> Iterator[Reasons]:
    """Send all logs to the file at `path` for the block, without `secret`; the handlers that stood before come back."""
    root, reasons = logging.getLogger(), Reasons()
    before, level = root.handlers[:], root.level
    with path.open("w", encoding="utf-8") as file:
        set_up_logs("text", secrets=[secret], stream=file)
        root.addHandler(reasons)
        try:
            yield reasons
        finally:
            root.handlers[:] = before
            root.setLevel(level)


def tail(path: Path) -> list[str]:
    """The last lines of the log at `path`."""
    return path.read_text(encoding="utf-8", errors="replace").splitlines()[-TAIL_LINES:] if path.exists() else []

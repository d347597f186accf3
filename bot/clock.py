"""What time is it? The only place that reads the wall clock; everything else is handed `now`."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present, aware, in UTC."""
    return datetime.now(tz=UTC)  # noqa: TID251 - the one reading of the clock

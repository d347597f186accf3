"""Is it that nothing is reported, or that nothing can be read?

A source that answers "nothing new" has been read. Only when every one of them has failed for hours is the silence ours.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from alerts.sources.model import FeedMarks

BLIND_AFTER = timedelta(hours=6)


def blind_since(marks: Iterable[FeedMarks], *, now: datetime) -> datetime | None:
    """Since when no source could be read, once that has lasted `BLIND_AFTER`; None while one can, or none was tried.

    A source that never answered says nothing about when it stopped.
    """
    tried = [mark for mark in marks if mark.checked_at is not None]
    read_at = [mark.succeeded_at for mark in tried if mark.succeeded_at is not None]
    if not read_at or not all(mark.failures for mark in tried):
        return None
    return max(read_at) if now - max(read_at) >= BLIND_AFTER else None

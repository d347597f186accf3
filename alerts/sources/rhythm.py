"""How often does a source publish, and how long may it therefore be left alone?

News come in bursts: right after an entry a source is asked as often as the operator allows, and less and less often
the longer it stays silent, but never so rarely that a whole entry's time goes by between two looks.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

LOOKS_PER_GAP = 8
"""How often a source is looked at in the time that usually lies between two of its entries."""

_LOOKING_BACK = timedelta(days=28)
_FEWEST = 3  # entries from which a rhythm can be told


def usual_gap(published: Iterable[datetime | None], *, now: datetime) -> timedelta | None:
    """The time that usually lies between two entries of the last four weeks; None where too few are dated."""
    recent = [moment for moment in published if moment is not None and now - _LOOKING_BACK <= moment <= now]
    if len(recent) < _FEWEST:
        return None
    return (max(recent) - min(recent)) / (len(recent) - 1)


def pace(*, gap: timedelta | None, newest: datetime | None, now: datetime) -> timedelta:
    """How long a source with this rhythm may be left alone; zero where it has none."""
    if gap is None or newest is None:
        return timedelta(0)
    return max(min(gap, now - newest) / LOOKS_PER_GAP, timedelta(0))

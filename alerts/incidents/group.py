"""Which of a heap of reports tell of the same event?"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING

from alerts.incidents.absorb import absorb
from alerts.incidents.known import Known
from alerts.incidents.model import Incident, Report

if TYPE_CHECKING:
    from alerts.geography.atlas import Atlas


def group(reports: Iterable[Report], *, atlas: "Atlas", now: datetime) -> tuple[Incident, ...]:
    """One incident per event, numbered from "1".

    Whatever is dated comes first, so that an undated telling finds the day it belongs to; when each was fetched says
    nothing here.
    """
    numbers = (str(number) for number in count(1))
    told = (replace(report, fetched_at=now) for report in reports)
    in_order = sorted(told, key=lambda report: (report.event_date is None, report.published_at is None))
    changes = absorb(in_order, into=Known(atlas), new_id=lambda: next(numbers), now=now, lifting=False)
    return tuple(change.incident for change in changes)

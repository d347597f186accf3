"""How does a file of verified incidents enter the store: looked at first, then all of it or nothing, and quietly?

What is taken in is shown to whoever asks and pushed to nobody: a sheet of last month's incidents is no alarm. Rows are
read for the same facts, with the same check, as a post; their words are not kept.
"""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from hashlib import sha256

from alerts.desk.fields import Desk, Field, answered
from alerts.desk.line import Fault, FaultKind, Post, day_in, event_types_in, said_by
from alerts.desk.posting import report_of
from alerts.desk.sheet import Row
from alerts.desk.sheet_places import Cells, place_in
from alerts.incidents.absorb import absorb
from alerts.incidents.known import Known
from alerts.incidents.model import Change, DayPart, Incident, Report, Status
from alerts.store.commit import Batch, until_stored
from alerts.store.store import Store

OPERATOR = "operator"
"""Who the audit names for what comes from the command line."""

_FURTHER = (Field.SEVERITY, Field.VEHICLES, Field.TEXT, Field.UNTIL)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?")
_NOON = time(12)


class Becomes(StrEnum):
    """What a row comes to."""

    NEW = "new"
    JOINS = "joins"
    KNOWN = "known"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one row comes to: the incident it stands under, or the fault that keeps it out."""

    row: Row
    becomes: Becomes
    incident: Incident | None = None
    fault: Fault | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What a whole file comes to; with one bad row nothing of it is stored."""

    outcomes: tuple[Outcome, ...]
    changes: tuple[Change, ...]

    @property
    def is_good(self) -> bool:
        """Whether every row can be used."""
        return all(one.becomes is not Becomes.BAD for one in self.outcomes)

    def count(self, what: Becomes) -> int:
        """How many rows come to this."""
        return sum(1 for one in self.outcomes if one.becomes is what)


async def plan_import(rows: Sequence[Row], desk: Desk, *, by: int | None, store: Store) -> Import:
    """What taking the rows in would do now. Nothing is stored."""
    return await _planned(rows, desk, by, store, _not_yet(rows), now=desk.now)


@until_stored
async def take_in(
    rows: Sequence[Row], desk: Desk, *, by: int | None, store: Store, now: datetime | None = None
) -> Import:
    """Store what the rows say in one step, with a line of the audit; nothing if one of them is bad.

    They mean what they meant at `desk.now`, when they were looked at; what they meet is as of `now`.

    Raises:
        ConflictError: the incidents kept changing.
    """
    now = now or desk.now
    plan = await _planned(rows, desk, by, store, _not_yet(rows), now=now)
    if not plan.is_good or not plan.changes:
        return plan
    plan = await _planned(rows, desk, by, store, await store.incidents.next_ids(plan.count(Becomes.NEW)), now=now)
    await store.commit(Batch(changes=plan.changes, audit=(_line(plan, by),)), now=now)
    return plan


def report_in(row: Row, desk: Desk, *, by: int | None) -> Report | Fault:
    """What a row says, as a report; the same row always makes the same one."""
    found = _post(row.cells, desk)
    if isinstance(found, Fault):
        return found
    report = report_of(found, draft_id=f"import {_digest(row.cells)}", by=by, now=desk.now)
    return replace(report, published_at=min(desk.now, datetime.combine(found.event_date, _NOON, UTC)))


def _not_yet(rows: Sequence[Row]) -> list[str]:
    """References for what is not stored."""
    return [f"?{number}" for number in range(len(rows))]


async def _planned(
    rows: Sequence[Row], desk: Desk, by: int | None, store: Store, ids: Sequence[str], *, now: datetime
) -> Import:
    read: list[Report | Fault] = []
    for row in rows:
        read.append(report_in(row, desk, by=by))
        await asyncio.sleep(0)  # a long sheet holds nobody else up
    known = Known.of(await store.incidents.recent(now=now), desk.atlas)
    reports = [one for one in read if isinstance(one, Report)]
    before = {one.id for one in reports if known.holder_of(one.id)}
    fresh = iter(ids)
    changes = absorb(
        [one for one in reports if one.id not in before],
        into=known,
        new_id=lambda: next(fresh),
        now=now,
        lifting=False,
    )
    opened: set[str] = {one.incident.id for one in changes if one.before is None}
    outcomes: list[Outcome] = []
    for row, one in zip(rows, read, strict=True):
        outcomes.append(_outcome(row, one, known, before, opened))
        if isinstance(one, Report):
            before.add(one.id)  # a row that is there twice is known the second time
    return Import(outcomes=tuple(outcomes), changes=changes)


def _outcome(row: Row, read: Report | Fault, known: Known, before: set[str], opened: set[str]) -> Outcome:
    """`opened` are the new incidents that no row has been counted for yet."""
    if isinstance(read, Fault):
        return Outcome(row=row, becomes=Becomes.BAD, fault=read)
    incident = known.holder_of(read.id)
    if read.id in before or incident is None:
        return Outcome(row=row, becomes=Becomes.KNOWN, incident=incident)
    if incident.id in opened:
        opened.remove(incident.id)
        return Outcome(row=row, becomes=Becomes.NEW, incident=incident)
    return Outcome(row=row, becomes=Becomes.JOINS, incident=incident)


def _post(cells: Mapping[str, str], desk: Desk) -> Post | Fault:
    """The facts of a row, checked as a post's are."""
    if cells.get("status", Status.ACTIVE).casefold() != Status.ACTIVE:
        return Fault(kind=FaultKind.NOT_ACTIVE)
    types = event_types_in(cells.get("type", ""))
    if not types:
        return Fault(kind=FaultKind.NO_TYPE)
    location = place_in(Cells.of(cells), types[0], desk)
    if isinstance(location, Fault):
        return location
    day = _day(cells.get("date", ""), desk)
    if isinstance(day, Fault):
        return day
    source = said_by(f"{cells.get('source', '')} {cells.get('grade', '')}")
    post = Post(
        event_types=types,
        location=location,
        event_date=day,
        day_part=_day_part(cells.get("day_part", "")),
        vehicles=(),
        language="fr",
        **source,
    )
    return _with_further(post, cells, desk)


def _with_further(post: Post, cells: Mapping[str, str], desk: Desk) -> Post | Fault:
    found: Post | Fault = post
    for field in _FURTHER:
        if (words := cells.get(field)) and not isinstance(found, Fault):
            found = answered(found, field, words, desk)
    return found


def _day(words: str, desk: Desk) -> date | Fault:
    """A day as spreadsheets write it: the day before the month, as in Mali, unless the year comes first."""
    if (found := _DAY_FIRST.fullmatch(words)) is not None:
        words = f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
    if (exact := _DAY.fullmatch(words)) is not None:
        words = exact[1]
    return day_in(words, reader=desk.reader, now=desk.now, timezone=desk.timezone)


def _day_part(words: str) -> DayPart | None:
    return next((one for one in DayPart if one == words.casefold()), None)


def _digest(cells: Mapping[str, str]) -> str:
    return sha256("\x00".join(f"{name}\x01{cells[name]}" for name in sorted(cells)).encode()).hexdigest()


def _line(plan: Import, by: int | None) -> dict[str, str]:
    """Who took in how much."""
    return {"who": OPERATOR if by is None else str(by), "did": "import", "what": str(len(plan.changes))}

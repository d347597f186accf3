"""How does a published report become an alert in the outbox? One cycle, start to end.

What goes out is a second journey (`alerts.delivery.deliver`); the two share only the outbox.
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from redis.exceptions import RedisError

from alerts.delivery.model import Alert, Decision, Reason, Scope
from alerts.desk.grades import regraded
from alerts.errors import SirabaError
from alerts.findings import Finder, Findings
from alerts.fuel.market import month_prices
from alerts.geography.atlas import Atlas
from alerts.geography.model import Precision
from alerts.incidents.absorb import absorb
from alerts.incidents.ending import ENDS, ends_in_part
from alerts.incidents.known import Known
from alerts.incidents.life import lift
from alerts.incidents.model import Change, ChangeKind, Incident, Status
from alerts.reading.model import EventType, Item
from alerts.reading.reader import Reader
from alerts.safety.decide import UNTOUCHED, decide
from alerts.sources.health import counted
from alerts.sources.model import Failed, Fault, FeedMarks, Read, ReadOutcome, Source, Unchanged
from alerts.sources.politeness import is_due
from alerts.sources.read import SourceReader
from alerts.store.commit import Batch, ConflictError
from alerts.store.store import Store

log = logging.getLogger(__name__)

AT_ONCE = 200  # entries taken in with one step of the store
TRIES = 5  # an admin at work on the same incident is done by then
CUT_OFF = "the bot is no admin of the channel"
_FOR_A_LOOK = frozenset({ChangeKind.NEW, ChangeKind.AGAIN})
AT_THE_PUMP = frozenset({EventType.FUEL_SHORTAGE, EventType.FUEL_ARRIVAL})


class Pipeline:
    """Sources in, incidents and outbox entries out."""

    def __init__(
        self,
        *,
        sources: Sequence[Source],
        source_reader: SourceReader,
        reader: Reader,
        atlas: Atlas,
        store: Store,
        wake: Callable[[], None],
    ) -> None:
        """`wake` is called when something new stands in the outbox."""
        self._sources = {source.id: source for source in sources if source.enabled}
        self._source_reader = source_reader
        self._finder = Finder(sources=tuple(self._sources.values()), feeds=store.feeds, reader=reader, atlas=atlas)
        self._atlas = atlas
        self._store = store
        self._wake = wake
        self._known = Known(atlas)
        self._turn = asyncio.Lock()  # an entry that comes through two sources at once is known to the second

    async def cycle(self, *, now: datetime) -> None:
        """Read what is due and take it in as it comes; one source's failure is a value and stops no other."""
        marks = await self._store.feeds.marks(self._sources)
        due = [
            (source, marks[source.id])
            for source in self._sources.values()
            if not source.is_pushed and is_due(source, marks[source.id], now=now)
        ]

        async def take(outcome: ReadOutcome) -> None:
            before = marks[outcome.source.id]
            try:
                await self.take_in(outcome, first_read=before.succeeded_at is None, now=now)
            except (RedisError, OSError, SirabaError):
                raise
            except Exception:
                # A fault of ours met in one source must not silence the others; it is read again, ever less often.
                log.exception("a source could not be taken in", extra={"source": outcome.source.id})
                await self.take_in(self._source_reader.faulty(outcome.source, before, now=now), now=now)

        await self._source_reader.read_due(due, take, now=now)

    async def take_in(self, outcome: ReadOutcome, *, first_read: bool = False, now: datetime) -> None:
        """Store what a read brought, and its validators with the last of it, never before."""
        match outcome:
            case Read():
                async with self._turn:
                    await self._take_read(outcome, first_read=first_read, now=now)
            case Unchanged():
                await self._store.commit(Batch(marks=(outcome.marks,)), now=now)
            case Failed():
                log.warning("a source could not be read", extra={"source": outcome.source.id, "why": outcome.reason})
                await self._store.commit(Batch(marks=(outcome.marks,)), now=now)

    async def take_post(self, source: Source, item: Item | None, *, now: datetime) -> None:
        """Take in a post of a channel, which comes by itself; None for one without words."""
        marks = await self._channel_marks(source, now=now)
        newest = max(filter(None, (marks.newest_entry_at, item.published if item else None)), default=None)
        items = (item,) if item else ()
        await self.take_in(Read(source=source, marks=replace(marks, newest_entry_at=newest), items=items), now=now)

    async def channel_opened(self, source: Source, *, now: datetime) -> None:
        """The bot was made an admin of a channel: its posts arrive from now on."""
        await self._store.commit(Batch(marks=(await self._channel_marks(source, now=now),)), now=now)

    async def channel_closed(self, source: Source, *, now: datetime) -> None:
        """The bot is no admin of a channel any more: its silence means nothing from now on."""
        marks = (await self._store.feeds.marks([source.id]))[source.id]
        cut = replace(marks, checked_at=now, failures=1, last_failure=CUT_OFF, fault=Fault.NOT_ADMIN)
        await self.take_in(Failed(source=source, marks=cut, reason=CUT_OFF), now=now)

    async def _channel_marks(self, source: Source, *, now: datetime) -> FeedMarks:
        """Its marks, once it has been heard of: there is no backlog that a first reading would bring."""
        marks = (await self._store.feeds.marks([source.id]))[source.id]
        return replace(marks, checked_at=now, succeeded_at=now, failures=0, last_failure=None, fault=None)

    async def review(self, *, now: datetime) -> None:
        """Let what is severe and was left untouched in the queue for 20 minutes speak by rule."""
        for incident_id, since in await self._store.desk.waiting_review(until=now - UNTOUCHED):
            incident = await self._store.incidents.find(incident_id)
            if incident is None or await self._store.desk.claimed(incident_id, now=now) is not None:
                continue
            change = Change(kind=ChangeKind.NEW, incident=incident, before=incident)
            decision = decide(change, now=now, first_read=False, untouched_for=now - since)
            if decision.reason is Reason.SEVERE_UNTOUCHED:
                await self._speak_by_rule(incident, decision, now=now)

    async def _take_read(self, read: Read, *, first_read: bool, now: datetime) -> None:
        """Entries are taken in oldest first, so many in one step that a huge feed holds nobody up."""
        marks = read.marks
        [graded] = regraded([read.source], await self._store.desk.grades())
        read = replace(read, source=graded)
        items = sorted(read.items, key=lambda item: (item.published is None, item.published or now))
        for start in range(0, max(len(items), 1), AT_ONCE):
            last = start + AT_ONCE >= len(items)
            part = replace(read, items=tuple(items[start : start + AT_ONCE]), ended=read.ended if last else ())
            findings = await self._finder.find(part, now=now)
            marks = counted(marks, entries=findings.entries, relevant=findings.relevant, now=now)
            await self._absorb_and_commit(part, findings, marks if last else None, first_read=first_read, now=now)

    async def _absorb_and_commit(
        self, read: Read, findings: Findings, marks: FeedMarks | None, *, first_read: bool, now: datetime
    ) -> None:
        for _ in range(TRIES):
            recent = await self._store.incidents.recent(now=now)
            known = self._known.follow(recent)
            fresh = await self._store.incidents.next_ids(len(findings.reports))
            changes = absorb(findings.reports, into=known, new_id=fresh.popleft, now=now)
            changes = _with_ends(changes, recent, findings.ended, read.source, now=now)
            changes, alerts = _voice(changes, findings.at_the_pump, first_read=first_read, now=now)
            alerts = (*alerts, *_ends_in_part(changes, alerts, recent, self._atlas, now=now))
            batch = Batch(
                changes=changes,
                alerts=alerts,
                marks=(marks,) if marks else (),
                seen=findings.seen,
                fuel=tuple(replace(one, quiet=one.quiet or first_read) for one in findings.fuel),
                month_prices=month_prices(read.prices, self._atlas) if marks else (),
                cause=read.source.id,
            )
            try:
                await self._store.commit(batch, now=now)
            except ConflictError:
                continue
            self._report(read, findings, alerts)
            return
        raise ConflictError(f"incidents kept changing while {read.source.id} was taken in")

    def _report(self, read: Read, findings: Findings, alerts: Sequence[Alert]) -> None:
        if findings.entries:
            log.info(
                "a source was read",
                extra={"source": read.source.id, "new": findings.entries, "alerts": len(alerts)},
            )
        if alerts:
            self._wake()

    async def _speak_by_rule(self, incident: Incident, decision: Decision, *, now: datetime) -> None:
        spoken = replace(incident, version=incident.version + 1, announced=True, spoke_by_rule=True)
        change = Change(kind=ChangeKind.NEW, incident=spoken, before=incident)
        try:
            await self._store.commit(Batch(changes=(change,), alerts=(Alert.of(change, decision, now=now),)), now=now)
        except ConflictError:
            return  # an admin has just decided
        self._wake()


def _with_ends(
    changes: Sequence[Change], known: Sequence[Incident], ended: Sequence[str], source: Source, *, now: datetime
) -> tuple[Change, ...]:
    """`changes`, and what `source` itself ends: only an event that nobody else tells of."""
    changed = {change.incident.id for change in changes}
    over = (
        incident
        for incident in known
        if incident.id not in changed
        and incident.status is Status.ACTIVE
        and any(report.id in ended for report in incident.reports)
        and all(report.source_id == source.id for report in incident.reports)
    )
    return (*changes, *(lift(incident, by=source.source_kind, now=now) for incident in over))


def _voice(
    changes: Sequence[Change], at_the_pump: Collection[str], *, first_read: bool, now: datetime
) -> tuple[tuple[Change, ...], tuple[Alert, ...]]:
    """Decide each change, mark what speaks as announced, and make its alert.

    What holds at the pump of a town is told there (`alerts.pump_watch`), and not a second time as an incident.
    """
    voiced, alerts = [], []
    for change in changes:
        judged = decide(change, now=now, first_read=first_read)
        decision = judged
        if judged.speaks and _is_told_at_the_pump(change, at_the_pump):
            decision = replace(judged, scope=Scope.NOBODY, reason=Reason.AT_THE_PUMP)
        if decision.speaks:
            change = replace(change, incident=replace(change.incident, announced=True))  # noqa: PLW2901
        voiced.append(change)
        is_card = decision.scope is Scope.DESK and change.kind is not ChangeKind.REPEATED
        if decision.speaks or is_card:
            alerts.append(Alert.of(change, decision, now=now))
        if (why := _unheard(change)) and not (is_card or first_read):
            alerts.append(Alert.of(change, replace(judged, reason=why), now=now).for_the_desk())
        elif judged.reason is Reason.UNCONFIRMED and change.kind in _FOR_A_LOOK:
            alerts.append(Alert.of(change, judged, now=now).for_the_desk())
    return tuple(voiced), tuple(alerts)


def _ends_in_part(
    changes: Sequence[Change], alerts: Sequence[Alert], known: Sequence[Incident], atlas: Atlas, *, now: datetime
) -> Iterator[Alert]:
    """Cards on reopenings that readers were told as such, though more was barred than they name: that still stands."""
    cards = {alert.incident.id for alert in alerts if alert.decision.scope is Scope.DESK}
    for change in changes:
        incident = change.incident
        told = change.before is None and incident.announced and incident.event_type in ENDS
        if not told or incident.id in cards:
            continue
        if any(ends_in_part(report, one, atlas) for report in incident.reports for one in known):
            judged = Decision(scope=Scope.DESK, reason=Reason.IN_PART)
            yield Alert.of(change, judged, now=now).for_the_desk()


def _unheard(change: Change) -> Reason | None:
    """Why readers learn nothing of a report that joined what else is public, so that the desk must.

    It is held, or it announces an end on no good word alone.
    """
    incident = change.incident
    if incident.held is not None or incident.status is Status.RETRACTED:
        return None
    known = change.before.reports if change.before else ()
    joined = [report for report in incident.reports if report not in known]
    if any(report.held is not None for report in joined):
        return Reason.HELD
    goes_on = incident.status is Status.ACTIVE and incident.event_type not in ENDS
    return Reason.DOUBTFUL if goes_on and any(report.event_type in ENDS for report in joined) else None


def _is_told_at_the_pump(change: Change, at_the_pump: Collection[str]) -> bool:
    """Whether it is fuel news of a town whose latest report says what holds there; what was announced goes on."""
    incident = change.incident
    return (
        incident.event_type in AT_THE_PUMP
        and incident.location.precision is Precision.TOWN
        and not (change.before and change.before.announced)
        and bool(incident.reports)
        and incident.reports[-1].id in at_the_pump
    )

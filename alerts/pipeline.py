"""How does a published report become an alert in the outbox? One cycle, start to end.

What goes out is a second journey (`alerts.delivery.deliver`); the two share only the outbox.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from alerts.delivery.model import Alert, Decision, Reason, Scope
from alerts.desk.grades import regraded
from alerts.fuel.model import FuelReport
from alerts.fuel.reading import fuel_from
from alerts.geography.atlas import Atlas
from alerts.incidents.absorb import absorb
from alerts.incidents.known import Known
from alerts.incidents.model import Change, ChangeKind, Incident, Report
from alerts.incidents.report import report_from
from alerts.reading.model import Item
from alerts.reading.reader import Reader
from alerts.safety.decide import UNTOUCHED, decide
from alerts.safety.screen import Origin, screen
from alerts.sources.entries import entry_key
from alerts.sources.model import Failed, Read, ReadOutcome, Source, Unchanged
from alerts.sources.read import SourceReader
from alerts.store.commit import Batch, ConflictError
from alerts.store.store import Store

log = logging.getLogger(__name__)

TRIES = 5  # an admin at work on the same incident is done by then


@dataclass(frozen=True, slots=True, kw_only=True)
class _Findings:
    """What one source brought: its reports, what it says of fuel, and the entries it was read from."""

    reports: tuple[Report, ...]
    fuel: tuple[FuelReport, ...]
    seen: tuple[str, ...]


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
        self._reader = reader
        self._atlas = atlas
        self._store = store
        self._wake = wake
        self._known = Known(atlas)

    async def cycle(self, *, now: datetime) -> None:
        """Read what is due and take it in; one source's failure is a value and stops no other."""
        marks = await self._store.feeds.marks(self._sources)
        sources = regraded(self._sources.values(), await self._store.desk.grades())
        due = [
            (source, marks[source.id])
            for source in sources
            if (at := marks[source.id].next_check_at) is None or at <= now
        ]
        for outcome in await self._source_reader.read_due(due, now=now):
            first_read = marks[outcome.source.id].succeeded_at is None
            await self.take_in(outcome, first_read=first_read, now=now)

    async def take_in(self, outcome: ReadOutcome, *, first_read: bool, now: datetime) -> None:
        """Store what a read brought, with its validators, in one step."""
        match outcome:
            case Read():
                findings = await self._find(outcome, now=now)
                await self._absorb_and_commit(outcome, findings, first_read=first_read, now=now)
            case Unchanged():
                await self._store.commit(Batch(marks=(outcome.marks,)), now=now)
            case Failed():
                log.warning("a source could not be read", extra={"source": outcome.source.id, "why": outcome.reason})
                await self._store.commit(Batch(marks=(outcome.marks,)), now=now)

    async def review(self, *, now: datetime) -> None:
        """Let what is severe and was left untouched in the queue for 20 minutes speak by rule."""
        for incident_id, since in await self._store.desk.waiting_review(until=now - UNTOUCHED):
            incident = await self._store.incidents.find(incident_id)
            if incident is None or await self._store.desk.claimed(incident_id, now=now) is not None:
                continue
            change = Change(kind=ChangeKind.NEW, incident=incident, before=incident)
            decision = decide(change, now=now, first_read=False, untouched_for=now - since)
            if decision.speaks:
                await self._speak_by_rule(incident, decision, now=now)

    async def _find(self, read: Read, *, now: datetime) -> _Findings:
        by_key = {f"{read.source.id}:{entry_key(item)}": item for item in read.items}
        unseen = await self._store.feeds.unseen(list(by_key))
        items = [item for key, item in by_key.items() if key in unseen]
        items.sort(key=lambda item: (item.published is None, item.published or now))
        reports: list[Report] = []
        fuel: list[FuelReport] = []
        for item in items:
            report, words = self._read(item, read.source, now=now)
            reports += [report] if report else []
            fuel += words
        return _Findings(reports=tuple(reports), fuel=tuple(fuel), seen=tuple(unseen))

    def _read(self, item: Item, source: Source, *, now: datetime) -> tuple[Report | None, Sequence[FuelReport]]:
        reading = self._reader.read(item)
        hit = screen(f"{item.title}\n{item.summary}", origin=Origin.FEED)
        held = f"{hit.rule}: {', '.join(hit.words)}" if hit else None
        report = report_from(reading, item=item, source=source, atlas=self._atlas, now=now, held=held)
        return report, fuel_from(reading, item=item, source=source, now=now)

    async def _absorb_and_commit(self, read: Read, findings: _Findings, *, first_read: bool, now: datetime) -> None:
        for _ in range(TRIES):
            known = self._known.follow(await self._store.incidents.recent(now=now))
            fresh = await self._store.incidents.next_ids(len(findings.reports))
            changes = absorb(findings.reports, into=known, new_id=fresh.popleft, now=now)
            changes, alerts = _voice(changes, first_read=first_read, now=now)
            batch = Batch(
                changes=changes,
                alerts=alerts,
                marks=(read.marks,),
                seen=findings.seen,
                fuel=findings.fuel,
                cause=read.source.id,
            )
            try:
                await self._store.commit(batch, now=now)
            except ConflictError:
                continue
            self._report(read, findings, alerts)
            return
        raise ConflictError(f"incidents kept changing while {read.source.id} was taken in")

    def _report(self, read: Read, findings: _Findings, alerts: Sequence[Alert]) -> None:
        if findings.seen:
            log.info(
                "a source was read",
                extra={"source": read.source.id, "new": len(findings.seen), "alerts": len(alerts)},
            )
        if alerts:
            self._wake()

    async def _speak_by_rule(self, incident: Incident, decision: Decision, *, now: datetime) -> None:
        spoken = replace(incident, version=incident.version + 1, announced=True)
        change = Change(kind=ChangeKind.NEW, incident=spoken, before=incident)
        try:
            await self._store.commit(Batch(changes=(change,), alerts=(Alert.of(change, decision, now=now),)), now=now)
        except ConflictError:
            return  # an admin has just decided
        self._wake()


def _voice(
    changes: Sequence[Change], *, first_read: bool, now: datetime
) -> tuple[tuple[Change, ...], tuple[Alert, ...]]:
    """Decide each change, mark what speaks as announced, and make its alert."""
    voiced, alerts = [], []
    for change in changes:
        decision = decide(change, now=now, first_read=first_read)
        if decision.speaks:
            change = replace(change, incident=replace(change.incident, announced=True))  # noqa: PLW2901
        voiced.append(change)
        is_news = change.kind is not ChangeKind.REPEATED
        if decision.speaks or (decision.scope is Scope.DESK and is_news):
            alerts.append(Alert.of(change, decision, now=now))
        if decision.reason is Reason.UNCONFIRMED and change.kind is ChangeKind.NEW:
            alerts.append(alerts[-1].for_the_desk())
    return tuple(voiced), tuple(alerts)

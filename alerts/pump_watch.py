"""How does a change at the pump become an alert in the outbox?

A third journey beside reading and delivering: it looks at what is stored and at what was told last, so a crash between
the two loses no change. The alert and the note that it was told are stored in one step.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from alerts.delivery.model import Alert, Decision, MsgType
from alerts.fuel.change import pump_news, told_with
from alerts.fuel.model import Availability, FuelState, PumpNews, PumpTold
from alerts.geography.atlas import Atlas
from alerts.incidents.model import ChangeKind, Credibility, Incident, Severity, Status, Trust
from alerts.reading.model import EventType
from alerts.safety.pump import DESK, decide_pump
from alerts.store.commit import Batch
from alerts.store.store import Store

log = logging.getLogger(__name__)

_CREDIBILITY = {
    Trust.CONFIRMED: Credibility.CONFIRMED,
    Trust.PROBABLE: Credibility.PROBABLE,
    Trust.UNCONFIRMED: Credibility.POSSIBLE,
}
_SUREST_FIRST = tuple(_CREDIBILITY)


class PumpWatch:
    """Tells followers of a town what has changed at its pumps."""

    def __init__(self, store: Store, atlas: Atlas, *, wake: Callable[[], None]) -> None:
        """`wake` is called when something new stands in the outbox."""
        self._store = store
        self._atlas = atlas
        self._wake = wake
        self._looked_at: int | None = None

    async def look(self, *, now: datetime) -> None:
        """Put what has changed into the outbox; without a new word there is nothing to look at."""
        newest = await self._store.pumps.changes()
        if newest == self._looked_at:
            return
        states, told = await self._store.pumps.states(now=now), await self._store.pumps.told()
        decided = [(news, decide_pump(news)) for news in news_of(states, told, now=now)]
        spoken = [(news, decision) for news, decision in decided if decision.speaks]
        for news, decision in spoken:
            await self._tell(news, decision, told.get(news.place), now=now)
        self._looked_at = newest

    async def _tell(self, news: PumpNews, decision: Decision, told: PumpTold | None, *, now: datetime) -> None:
        after = told_with(news, told, now=now)
        alert = pump_alert(news, decision, version=after.version, atlas=self._atlas, now=now)
        await self._store.commit(Batch(alerts=(alert,), pumps=(after,), cause=_cause(news)), now=now)
        log.info("fuel changed in a town", extra={"alert": alert.id})
        self._wake()


def news_of(states: Sequence[FuelState], told: Mapping[str, PumpTold], *, now: datetime) -> list[PumpNews]:
    """What is new, town by town."""
    towns = ((place, tuple(town)) for place, town in groupby(states, key=lambda state: state.place))
    found = (pump_news(town, told.get(place), now=now) for place, town in towns)
    return [news for news in found if news is not None]


def _cause(news: PumpNews) -> str:
    """Whose word made the alert, for the audit: an admin's id, or a source's."""
    said = next((state.report.source_id for state in news.news if state.report and state.report.source_id), "rule")
    return said.removeprefix(DESK)


def pump_alert(news: PumpNews, decision: Decision, *, version: int, atlas: Atlas, now: datetime) -> Alert:
    """The outbox entry of `news`; a later one of the same town answers it, and overtakes it while it waits."""
    where = _incident(news, version=version, atlas=atlas, now=now)
    return Alert(
        id=f"{where.id}.{version}",
        msg_type=MsgType.ALERT if version == 1 else MsgType.UPDATE,
        incident=where,
        decision=decision,
        created_at=now,
        change=ChangeKind.NEW,
        pump=news,
    )


def _incident(news: PumpNews, *, version: int, atlas: Atlas, now: datetime) -> Incident:
    """Where it is, for finding who is concerned. It is stored nowhere: what holds at a pump is no incident."""
    is_bad = any(state.availability is Availability.OUT for state in news.news)
    seen = max((state.report.observed_at for state in news.news if state.report), default=now)
    surest = min((state.trust for state in news.news), key=_SUREST_FIRST.index)
    return Incident(
        id=f"pump-{news.place}",
        version=version,
        event_types=(EventType.FUEL_SHORTAGE if is_bad else EventType.FUEL_ARRIVAL,),
        location=atlas.locate(places=[news.place]),
        severity=Severity.MODERATE if is_bad else Severity.MINOR,
        credibility=_CREDIBILITY[surest],
        status=Status.ACTIVE,
        reports=(),
        first_reported_at=seen,
        informed_at=seen,
        updated_at=now,
        announced=True,
    )

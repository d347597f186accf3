"""Which alerts are under way, the gravest first, and what holds them back?

The outbox is looked at once a second, and at once when somebody says that it changed.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from alerts.delivery.model import MsgType
from alerts.delivery.plan import Planner
from alerts.delivery.rounds import Round
from alerts.delivery.usefulness import is_past_use
from alerts.store.codec import UnreadableValueError
from alerts.store.store import Store

if TYPE_CHECKING:
    from alerts.store.silences import Silence

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0  # a bound: whoever stores an alert also says so
TIDYING = timedelta(minutes=1)  # for which old messages may hold up new ones
FAULT_SECONDS = 60.0  # until an alert that we could not read or prepare is tried again


class UnderWay:
    """What is to be sent, as it was at the last look; `stir` is set when there may be something to do."""

    def __init__(self, store: Store, planner: Planner, *, clock: Callable[[], datetime]) -> None:
        self.rounds: dict[str, Round] = {}
        self.missed: dict[str, Round] = {}
        self.silence: Silence | None = None
        self.desk: frozenset[str] = frozenset()  # who gets buttons under their copy
        self.stir = asyncio.Event()
        self.stopping = False
        self._store = store
        self._planner = planner
        self._clock = clock
        self._halted = False
        self._tidies_first = False
        self._unreadable: dict[str, float] = {}
        self._looked_at: float | None = None

    @property
    def known(self) -> int:
        """How many alerts are kept in mind."""
        return len(self.rounds) + len(self.missed)

    def changed(self) -> None:
        """Something was stored in the outbox, or a halt was lifted: look again."""
        self._looked_at = None
        self.stir.set()

    def stir_up(self, one: Round) -> None:
        """There may be someone to send it to, or an end to note."""
        one.stale = True
        self.stir.set()

    def goes(self, one: Round) -> bool:
        """Whether it may be sent: a halt lets retractions through."""
        return not self._tidies_first and (not self._halted or one.alert.msg_type is MsgType.CANCEL)

    async def look(self) -> bool:
        """See what is there if it is time to; whether it was."""
        now = moment()
        if self._looked_at is not None and now - self._looked_at < LOOK_SECONDS:
            return False
        self._looked_at = now
        await asyncio.gather(self._look_around(self._clock()), self._look_at_alerts(self._clock()))
        return True

    async def _look_around(self, now: datetime) -> None:
        halted, silence, desk = await asyncio.gather(
            self._store.desk.halted(), self._store.silences.being_told(), self._planner.desk()
        )
        self._halted, self.silence, self.desk = halted is not None, silence, frozenset(desk)
        self._tidies_first = await self._is_untidy(silence, now)

    async def _is_untidy(self, silence: "Silence | None", now: datetime) -> bool:
        """Whether, right after a silence of ours, messages are there whose hours are over: first they go."""
        if silence is None or now >= silence.until + TIDYING:
            return False
        return bool(await self._store.agenda.deletions_due(now=now, count=1))

    async def _look_at_alerts(self, now: datetime) -> None:
        waiting, given_up = await asyncio.gather(self._store.outbox.waiting(), self._store.outbox.missed(now=now))
        rounds = [await self._round(alert_id) for alert_id in waiting]
        self.rounds = {one.alert.id: one for one in rounds if one is not None}
        for one in self.rounds.values():
            one.missed = one.missed or is_past_use(one.alert, now)
        missed = [await self._round(alert_id) for alert_id in given_up]
        self.missed = {one.alert.id: one for one in missed if one is not None}
        for one in self.missed.values():
            one.missed = True

    async def _round(self, alert_id: str) -> Round | None:
        """What is known of an alert under way; None where there is nothing to send, or not now."""
        if known := self.rounds.get(alert_id) or self.missed.get(alert_id):
            return known
        if self._unreadable.get(alert_id, 0.0) > moment():
            return None
        try:
            alert = await self._store.outbox.alert(alert_id)
        except UnreadableValueError as error:
            # It stays in the outbox and is tried again; meanwhile it holds up no other.
            log.error("an alert can't be read", extra={"alert": alert_id, "why": str(error)})  # noqa: TRY400
            self._unreadable[alert_id] = moment() + FAULT_SECONDS
            return None
        if alert is None:
            log.error("an alert in the outbox has no content", extra={"alert": alert_id})
            await self._store.outbox.drop(alert_id)
            return None
        return Round(alert)


def moment() -> float:
    """Seconds by the event loop's clock, in which rests and pauses are measured."""
    return asyncio.get_running_loop().time()

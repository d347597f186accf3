"""How does an alert in the outbox reach each of its chats, once, in the right order, whatever breaks?

A recipient stays on the alert's list until Telegram has answered. What was in flight at a crash is sent again; nothing
is lost. The gravest alert goes first, even into the middle of another one's delivery: it waits neither for the messages
of lesser ones nor for its own audience to be written down to the end.
"""

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from redis.exceptions import RedisError

from alerts.audience.model import Recipient
from alerts.delivery.answers import Answers
from alerts.delivery.composing import Composer
from alerts.delivery.figures import DeliveryCounts
from alerts.delivery.ledger import Ledger
from alerts.delivery.letters import Letter, Letters
from alerts.delivery.model import Lane, Outcome, Outgoing
from alerts.delivery.plan import Planner
from alerts.delivery.rounds import Round
from alerts.delivery.under_way import FAULT_SECONDS, UnderWay, moment
from alerts.store.store import Store
from alerts.wording.voice import Voices

log = logging.getLogger(__name__)

DRAIN_SECONDS = 4.0
IDLE_SECONDS = 1.0
PAGE = 500


class Sends(Protocol):
    """What delivery needs of Telegram."""

    async def send(
        self, recipient: Recipient, lane: Lane, compose: Callable[[], Awaitable[Outgoing | None]]
    ) -> Outcome | None:
        """Send what `compose` gives once it is this chat's turn; None when `compose` gave None."""


class Delivery:
    """Empties the outbox."""

    def __init__(
        self,
        store: Store,
        planner: Planner,
        voices: Voices,
        sends: Sends,
        *,
        clock: Callable[[], datetime],
        timezone: ZoneInfo,
        language: str,
        window: int,
        counts: DeliveryCounts | None = None,
    ) -> None:
        """`window` is how many messages may wait for their turn or an answer at once; `counts` are kept up to date."""
        self.counts = counts or DeliveryCounts()
        self._store = store
        self._planner = planner
        self._sends = sends
        self._clock = clock
        self._window = window
        self._under_way = UnderWay(store, planner, clock=clock)
        ledger = Ledger(store.outbox)
        composer = Composer(voices, timezone=timezone, language=language)
        self._letters = Letters(self._under_way, ledger, store.silences, planner, composer, clock=clock)
        self._answers = Answers(store, ledger, self._under_way, self.counts, clock=clock)
        self._carriers: set[asyncio.Task[None]] = set()
        self._carried: Counter[Lane] = Counter()

    def wake(self) -> None:
        """Something was stored in the outbox, or a halt was lifted."""
        self._under_way.changed()

    async def run(self) -> None:
        """Deliver until `stop`; the messages on the wire then get their answers recorded."""
        while not self._under_way.stopping:
            await self._step()
        await self._drain()

    def stop(self) -> None:
        """Send nothing further. Cancelling would not do: in Python 3.11 a call to Redis can swallow it."""
        self._under_way.stopping = True
        self._under_way.stir.set()

    async def is_idle(self) -> bool:
        """Whether the outbox is empty and nothing is in flight."""
        return not self._carriers and not await self._store.outbox.waiting()

    @property
    def remembers(self) -> int:
        """How many alerts and messages are kept in mind: those under way, and no more."""
        return self._under_way.known + len(self._carriers) + len(self._letters)

    async def _step(self) -> None:
        self._under_way.stir.clear()
        try:
            picked = await self._pick()
        except (RedisError, OSError) as error:
            log.error("redis can't be reached", extra={"why": type(error).__name__})  # noqa: TRY400
            await asyncio.sleep(IDLE_SECONDS)
            return
        if picked is None:
            await self._idle()
        elif not self._under_way.stopping:
            self._send_off(*picked)

    async def _drain(self) -> None:
        """What waits for its turn stays in the outbox; what is on the wire gets its answer."""
        for plan in [one.plan for one in self._under_way.rounds.values() if one.plan is not None]:
            plan.cancel()
        if self._carriers:
            _, late = await asyncio.wait(self._carriers, timeout=DRAIN_SECONDS)
            for carrier in late:
                carrier.cancel()

    async def _idle(self) -> None:
        rests = [until for one in self._under_way.rounds.values() if (until := one.wakes_at()) is not None]
        soonest = max(0.0, min(rests, default=float("inf")) - moment())
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(min(soonest, IDLE_SECONDS)):
                await self._under_way.stir.wait()

    async def _pick(self) -> tuple[Round, str] | None:
        """The next recipient of the gravest alert that still has one."""
        if await self._under_way.look():
            self._begin_plans()
        now = moment()
        for one in list(self._under_way.rounds.values()):
            if not self._under_way.goes(one) or self._is_full(one.alert.decision.lane):
                continue
            recipient = None if one.missed else one.next(now)
            recipient = recipient or await self._next_page(one, now)
            if recipient is not None:
                return one, recipient
        return None

    def _is_full(self, lane: Lane) -> bool:
        """Whether as many messages as may wait do so, of this lane or a more urgent one: lesser ones are in no way."""
        return sum(count for other, count in self._carried.items() if other <= lane) >= self._window

    def _begin_plans(self) -> None:
        """Even while no further message may wait: an audience is there when its turn comes."""
        for one in self._under_way.rounds.values():
            if one.plan is None and one.stuck_until <= moment() and self._under_way.goes(one):
                one.plan = asyncio.create_task(self._write_down(one))

    async def _next_page(self, one: Round, now: float) -> str | None:
        """The next recipient after reading on in the list; an alert whose list is empty is done."""
        wakes_at = one.wakes_at()
        if not one.stale and (wakes_at is None or wakes_at > now):
            return None
        if one.missed:
            await self._give_up(one)
            return None
        waiting = await self._store.outbox.next_recipients(one.alert.id, one.ask(PAGE))
        one.take(waiting)
        if not waiting and await self._store.outbox.finish(one.alert.id, now=self._clock()):
            self._under_way.rounds.pop(one.alert.id, None)
        return one.next(now)

    async def _give_up(self, one: Round) -> None:
        """It is named in the next message that each chat gets, and has none of its own."""
        if await self._store.outbox.give_up(one.alert.id, now=self._clock()):
            log.warning("an alert grew old before it could be sent", extra={"alert": one.alert.id})
            self.wake()

    async def _write_down(self, one: Round) -> None:
        """Write the audience down; what goes wrong keeps the alert in the outbox, to be tried again."""
        try:
            await self._write_pages(one)
        except (RedisError, OSError) as error:
            log.error("redis can't be reached", extra={"why": type(error).__name__})  # noqa: TRY400
            one.plan, one.stuck_until = None, moment() + IDLE_SECONDS
        except Exception:
            # A fault of ours in one alert must not hold up the next.
            log.exception("an alert could not be prepared", extra={"alert": one.alert.id})
            one.plan, one.stuck_until = None, moment() + FAULT_SECONDS
        finally:
            self._under_way.stir_up(one)

    async def _write_pages(self, one: Round) -> None:
        """Page by page: each can be sent to while the next is looked for."""
        outbox, alert, now = self._store.outbox, one.alert, self._clock()
        await self._let_graver_plans_pass(one)
        if not await outbox.open_plan(alert.id):
            return
        log.info("an alert goes out", extra={"alert": alert.id, "reason": alert.decision.reason.name})
        count = 0
        async for page in self._planner.audience(alert, now=now):
            if not await outbox.extend_plan(alert, page):
                return
            count += len(page)
            self._under_way.stir_up(one)
            await self._let_graver_plans_pass(one)
        await outbox.close_plan(alert.id, count=count, now=now)

    async def _let_graver_plans_pass(self, one: Round) -> None:
        """What is sent first must not share its way with an audience that has time."""
        for other in list(self._under_way.rounds.values()):
            if other is one:
                return
            if other.plan is not None:
                await asyncio.wait([other.plan])

    def _send_off(self, lead: Round, recipient: str) -> None:
        lane = lead.alert.decision.lane
        carrier = asyncio.create_task(self._carry(Letter(recipient=recipient, lead=lead)))
        self._carriers.add(carrier)
        self._carried[lane] += 1

        def arrived(_: asyncio.Task[None]) -> None:
            self._carriers.discard(carrier)
            self._carried[lane] -= 1
            self._under_way.stir.set()

        carrier.add_done_callback(arrived)

    async def _carry(self, letter: Letter) -> None:
        lead, recipient = letter.lead, letter.recipient
        try:
            outcome = await self._sends.send(
                Recipient.parse(recipient), lead.alert.decision.lane, lambda: self._letters.compose(letter)
            )
            if outcome is not None:
                await self._answers.note(letter, outcome)
        except (RedisError, OSError) as error:
            log.error("an answer could not be recorded", extra={"why": type(error).__name__})  # noqa: TRY400
            lead.rest(recipient, moment(), timedelta(seconds=IDLE_SECONDS))
        except Exception:
            # A fault of ours in one message must neither stop the others nor spin; the alert stays in the outbox.
            log.exception("a message could not be made", extra={"alert": lead.alert.id})
            lead.stumbled(recipient, moment())
        finally:
            self._letters.let_go(letter)

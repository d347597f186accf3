"""How does an alert in the outbox reach each of its chats, once, in the right order, whatever breaks?

A recipient stays on the alert's list until Telegram has answered. What was in flight at a crash is sent again; nothing
is lost. The gravest alert goes first, even into the middle of another one's delivery.

Each message takes its last look at the store (halted, cancelled, forgotten?) when its turn to leave has come, and its
answer is recorded as soon as it is there. Both cost a call to Redis, so those that come up at the same time share one
(`Together`): at 30 messages a second each has its own and a halt is felt at once, at 2,000 a call carries dozens. The
list itself is read by the page, and an audience is sent to while it is still being written down.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from redis.exceptions import RedisError

from alerts.audience.matching import is_held_back
from alerts.audience.model import Chat, Recipient
from alerts.delivery.composing import Composer, Item, delete_at, joins
from alerts.delivery.figures import DeliveryCounts
from alerts.delivery.model import (
    Alert,
    Ambiguous,
    Delivered,
    Lane,
    Moved,
    MsgType,
    Outcome,
    Outgoing,
    Reason,
    Rejected,
    RetryIn,
    Scope,
    Unreachable,
)
from alerts.delivery.plan import Planner
from alerts.delivery.rounds import Round
from alerts.delivery.together import Together
from alerts.delivery.usefulness import is_past_use
from alerts.desk.roles import DESK_KEEPS
from alerts.store.codec import UnreadableValueError
from alerts.store.outbox import Answer, Claimed, Count, Stopped
from alerts.store.silences import Silence
from alerts.store.store import Store
from alerts.wording.voice import Voices

log = logging.getLogger(__name__)

DRAIN_SECONDS = 4.0
USE_NOTED_EVERY = timedelta(days=30)
IDLE_SECONDS = 1.0  # a bound: whoever stores an alert also calls `wake`
FAULT_SECONDS = 60.0  # until an alert that we could not prepare is tried again
AT_ONCE = 250  # claims or answers in one script: about a millisecond of Redis
PAGE = 500


Anything = TypeVar("Anything")


class Sends(Protocol):
    """What delivery needs of Telegram."""

    async def send(
        self, recipient: Recipient, lane: Lane, compose: Callable[[], Awaitable[Outgoing | None]]
    ) -> Outcome | None:
        """Send what `compose` gives once it is this chat's turn; None when `compose` gave None."""


@dataclass(slots=True, eq=False)
class _Letter:
    """One message on its way to one chat: which alerts it holds, once it is composed."""

    recipient: str
    lead: Round
    chat: Chat | None = None
    holds: list[Round] = field(default_factory=list)
    silence: Silence | None = None


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
        self._composer = Composer(voices, timezone=timezone, language=language)
        self._sends = sends
        self._clock = clock
        self._window = window
        self._claims = Together(self._claim_all, at_once=AT_ONCE)
        self._answers = Together(self._record_all, at_once=AT_ONCE)
        self._rounds: dict[str, Round] = {}
        self._missed: dict[str, Round] = {}
        self._on_the_wire: dict[str, _Letter] = {}
        self._silence: Silence | None = None
        self._desk: frozenset[str] = frozenset()  # who gets buttons under their copy
        self._unreadable: dict[str, float] = {}
        self._halted = False
        self._looked_at: float | None = None
        self._letters: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._stir = asyncio.Event()

    def wake(self) -> None:
        """Something was stored in the outbox, or a halt was lifted."""
        self._looked_at = None
        self._stir.set()

    async def run(self) -> None:
        """Deliver until `stop`; the messages on the wire then get their answers recorded."""
        while not self._stopping:
            await self._step()
        await self._drain()

    def stop(self) -> None:
        """Send nothing further. Cancelling would not do: in Python 3.11 a call to Redis can swallow it."""
        self._stopping = True
        self._stir.set()

    async def is_idle(self) -> bool:
        """Whether the outbox is empty and nothing is in flight."""
        return not self._letters and not await self._store.outbox.waiting()

    @property
    def remembers(self) -> int:
        """How many alerts and messages are kept in mind: those under way, and no more."""
        return len(self._rounds) + len(self._missed) + len(self._letters) + len(self._on_the_wire)

    async def _step(self) -> None:
        self._stir.clear()
        try:
            picked = await self._pick() if len(self._letters) < self._window else None
        except (RedisError, OSError) as error:
            log.error("redis can't be reached", extra={"why": type(error).__name__})  # noqa: TRY400
            await asyncio.sleep(IDLE_SECONDS)
            return
        if picked is None:
            await self._idle()
        elif not self._stopping:
            letter = asyncio.create_task(self._carry(_Letter(recipient=picked[1], lead=picked[0])))
            self._letters.add(letter)
            letter.add_done_callback(self._letters.discard)

    async def _drain(self) -> None:
        """What waits for its turn stays in the outbox; what is on the wire gets its answer."""
        for plan in [one.plan for one in self._rounds.values() if one.plan is not None]:
            plan.cancel()
        if self._letters:
            _, late = await asyncio.wait(self._letters, timeout=DRAIN_SECONDS)
            for letter in late:
                letter.cancel()

    async def _idle(self) -> None:
        rests = [until for one in self._rounds.values() if (until := one.wakes_at()) is not None]
        soonest = max(0.0, min(rests, default=float("inf")) - _now())
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(min(soonest, IDLE_SECONDS)):
                await self._stir.wait()

    async def _pick(self) -> tuple[Round, str] | None:
        """The next recipient of the gravest alert that still has one."""
        now = _now()
        if self._looked_at is None or now - self._looked_at >= IDLE_SECONDS:
            self._looked_at = now
            await self._look()
        for one in list(self._rounds.values()):
            if self._halted and one.alert.msg_type is not MsgType.CANCEL:
                continue
            recipient = None if one.missed else one.next(now)
            recipient = recipient or await self._next_page(one, now)
            if recipient is not None:
                return one, recipient
        return None

    async def _look(self) -> None:
        """Which alerts are under way, in which order, and is all sending halted?"""
        now = self._clock()
        self._halted = await self._store.desk.halted() is not None
        self._silence = await self._store.silences.being_told()
        self._desk = frozenset(await self._planner.desk())
        rounds = [await self._round(alert_id) for alert_id in await self._store.outbox.waiting()]
        self._rounds = {one.alert.id: one for one in rounds if one is not None}
        for one in self._rounds.values():
            one.missed = one.missed or is_past_use(one.alert, now)
        missed = [await self._round(alert_id) for alert_id in await self._store.outbox.missed(now=now)]
        self._missed = {one.alert.id: one for one in missed if one is not None}
        for one in self._missed.values():
            one.missed = True

    async def _round(self, alert_id: str) -> Round | None:
        """What is known of an alert under way; None where there is nothing to send, or not now."""
        if known := self._rounds.get(alert_id) or self._missed.get(alert_id):
            return known
        if self._unreadable.get(alert_id, 0.0) > _now():
            return None
        try:
            alert = await self._store.outbox.alert(alert_id)
        except UnreadableValueError as error:
            # It stays in the outbox and is tried again; meanwhile it holds up no other.
            log.error("an alert can't be read", extra={"alert": alert_id, "why": str(error)})  # noqa: TRY400
            self._unreadable[alert_id] = _now() + FAULT_SECONDS
            return None
        if alert is None:
            log.error("an alert in the outbox has no content", extra={"alert": alert_id})
            await self._store.outbox.drop(alert_id)
            return None
        return Round(alert)

    async def _next_page(self, one: Round, now: float) -> str | None:
        """The next recipient after reading on in the list; an alert whose list is empty is done."""
        wakes_at = one.wakes_at()
        if not one.stale and (wakes_at is None or wakes_at > now):
            return None
        if one.plan is None and one.stuck_until <= now:
            one.plan = asyncio.create_task(self._write_down(one))
        if one.missed:
            await self._give_up(one)
            return None
        waiting = await self._store.outbox.next_recipients(one.alert.id, one.ask(PAGE))
        one.take(waiting)
        if not waiting and await self._store.outbox.finish(one.alert.id, now=self._clock()):
            self._rounds.pop(one.alert.id, None)
        return one.next(now)

    async def _give_up(self, one: Round) -> None:
        """It is named in the next message that each chat gets, and has none of its own."""
        if await self._store.outbox.give_up(one.alert.id, now=self._clock()):
            log.warning("an alert grew old before it could be sent", extra={"alert": one.alert.id})
            self.wake()

    async def _write_down(self, one: Round) -> None:
        """Write the audience down, page by page; each can be sent to while the next is looked for."""
        outbox, alert, now = self._store.outbox, one.alert, self._clock()
        try:
            if not await outbox.open_plan(alert.id):
                return
            log.info("an alert goes out", extra={"alert": alert.id, "reason": alert.decision.reason.name})
            count = 0
            async for page in self._planner.audience(alert, now=now):
                if not await outbox.extend_plan(alert, page):
                    return
                count += len(page)
                self._stir_up(one)
            await outbox.close_plan(alert.id, count=count, now=now)
        except (RedisError, OSError) as error:
            log.error("redis can't be reached", extra={"why": type(error).__name__})  # noqa: TRY400
            one.plan, one.stuck_until = None, _now() + IDLE_SECONDS
        except Exception:
            # A fault of ours in one alert must not hold up the next; it stays in the outbox and is tried again.
            log.exception("an alert could not be prepared", extra={"alert": alert.id})
            one.plan, one.stuck_until = None, _now() + FAULT_SECONDS
        finally:
            self._stir_up(one)

    def _stir_up(self, one: Round) -> None:
        """There may be someone to send to, or an end to note."""
        one.stale = True
        self._stir.set()

    async def _carry(self, letter: _Letter) -> None:
        lead, recipient = letter.lead, letter.recipient
        try:
            outcome = await self._sends.send(
                Recipient.parse(recipient), lead.alert.decision.lane, lambda: self._compose(letter)
            )
            if outcome is not None:
                await self._note(letter, outcome)
        except (RedisError, OSError) as error:
            log.error("an answer could not be recorded", extra={"why": type(error).__name__})  # noqa: TRY400
            lead.rest(recipient, _now(), timedelta(seconds=IDLE_SECONDS))
        except Exception:
            # A fault of ours in one message must neither stop the others nor spin; the alert stays in the outbox.
            log.exception("a message could not be made", extra={"alert": lead.alert.id})
            lead.stumbled(recipient, _now())
        finally:
            self._let_go(letter)

    async def _compose(self, letter: _Letter) -> Outgoing | None:
        """The last look: halted, cancelled or forgotten meanwhile? Else the message in the chat's own words."""
        lead, recipient = letter.lead, letter.recipient
        if self._stopping:
            return None
        if self._on_the_wire.setdefault(recipient, letter) is not letter:
            lead.step_aside(recipient, _now())  # what it has to hear may be on its way with another alert
            return None
        letter.holds = [lead]
        claimed = await self._claims((lead.alert, recipient))
        if claimed is Stopped.OVERTAKEN:
            lead.rest(recipient, _now(), timedelta(seconds=IDLE_SECONDS))  # this service is about to end
            return None
        if isinstance(claimed, Stopped):
            self.wake()  # the next look finds what stopped it
            return None
        letter.chat = claimed.chat
        if lead.alert.decision.scope is Scope.DESK:
            return self._composer.card(lead.alert, claimed.chat, Recipient.parse(recipient), now=self._clock())
        if (count := _needs_nothing(lead.alert, claimed, self._clock())) is not None:
            await self._answers((lead.alert, Answer(recipient=recipient, count=count)))
            lead.settled(recipient)
            return None
        assert claimed.chat is not None  # noqa: S101 - who is gone needs nothing
        return await self._word(letter, claimed.chat, _item(lead.alert, claimed))

    async def _word(self, letter: _Letter, chat: Chat, first: Item) -> Outgoing:
        """One message for all that waits for this chat by now; nothing was kept waiting for it."""
        items = [first, *await self._companions(letter, chat)]
        letter.silence = await self._untold_silence(letter) if joins(first.alert) else None
        message, told = self._composer.message(items, chat, silence=letter.silence, now=self._clock())
        if letter.recipient in self._desk:
            message = replace(message, buttons=(*message.buttons, *self._composer.copy_buttons(told, chat)))
        ids = {item.alert.id for item in told}
        letter.holds = [one for one in letter.holds if one.alert.id in ids]  # the rest comes with the next message
        return message

    async def _untold_silence(self, letter: _Letter) -> Silence | None:
        if self._silence is None or await self._store.silences.knows(letter.recipient):
            return None
        return self._silence

    async def _companions(self, letter: _Letter, chat: Chat) -> list[Item]:
        """What else waits for this chat."""
        if letter.lead.alone or not joins(letter.lead.alert):
            return []
        now = _now()
        waiting = [
            one
            for one in (*self._rounds.values(), *self._missed.values())
            if one is not letter.lead and not one.alone and joins(one.alert) and one.may_join(letter.recipient, now)
        ]
        claims = await asyncio.gather(*(self._claims((one.alert, letter.recipient)) for one in waiting))
        items = []
        for one, claimed in zip(waiting, claims, strict=True):
            if not isinstance(claimed, Stopped) and self._is_for(one.alert, chat, claimed):
                items.append(replace(_item(one.alert, claimed), missed=one.missed))
                letter.holds.append(one)
        return items

    def _is_for(self, alert: Alert, chat: Chat, claimed: Claimed) -> bool:
        """Whether the chat belongs to the alert's audience and has not had it."""
        if _needs_nothing(alert, claimed, self._clock()) is not None:
            return False
        knows = alert.msg_type is MsgType.UPDATE and claimed.earlier is not None
        return knows or self._planner.concerns(chat, alert, now=self._clock())

    def _let_go(self, letter: _Letter) -> None:
        """It is no longer under way, one way or the other."""
        if self._on_the_wire.get(letter.recipient) is letter:
            del self._on_the_wire[letter.recipient]
        letter.lead.done(letter.recipient)
        for one in letter.holds:
            one.stale = True
        self._stir.set()

    async def _note(self, letter: _Letter, outcome: Outcome) -> None:
        match outcome:
            case Delivered(message_id):
                await self._delivered(letter, message_id)
            case RetryIn(delay):
                self.counts.retried += 1
                self._rest(letter, delay)
            case Ambiguous():
                self.counts.ambiguous += 1
                self._rest(letter)
            case Moved(chat_id):
                await self._store.chats.move(Recipient.parse(letter.recipient).chat_id, chat_id)
            case Unreachable(detail):
                await self._unreachable(letter, detail)
            case Rejected(detail) if len(letter.holds) > 1:
                log.error("telegram rejected several alerts in one message", extra={"why": detail})
                for one in letter.holds:
                    one.alone = True  # the fault of one must not take the others with it
            case Rejected(detail):
                self.counts.rejected += 1
                ids = [one.alert.id for one in letter.holds]
                log.error("telegram rejected a message of ours", extra={"alerts": ids, "why": detail})
                await self._record(letter, Count.REJECTED)

    async def _delivered(self, letter: _Letter, message_id: int) -> None:
        now = self._clock()
        goes = delete_at(letter.chat, now) or (now + DESK_KEEPS if letter.recipient in self._desk else None)
        await self._record(letter, Count.SENT, message_id=message_id, delete_at=goes)
        if letter.silence is not None:
            await self._store.silences.told(letter.recipient)
        await self._still_used(letter.chat, now)
        self.counts.sent += 1
        self.counts.last_sent_at = now

    async def _record(
        self, letter: _Letter, count: Count, *, message_id: int | None = None, delete_at: datetime | None = None
    ) -> None:
        """Each alert that the message holds has its answer."""
        answer = Answer(recipient=letter.recipient, count=count, message_id=message_id, delete_at=delete_at)
        named = replace(answer, count=Count.MISSED) if count is Count.SENT else answer
        await asyncio.gather(*(self._write(one.alert, named if one.missed else answer) for one in letter.holds))
        for one in letter.holds:
            one.settled(letter.recipient)

    async def _write(self, alert: Alert, answer: Answer) -> None:
        """Record an answer, again while Redis is away: what is forgotten goes a second time.

        Twice does no harm, should the first time have worked and only its own answer be lost.
        """
        while True:
            try:
                await self._answers((alert, answer))
            except (RedisError, OSError) as error:
                if self._stopping:
                    raise
                log.error("redis can't be reached", extra={"why": type(error).__name__})  # noqa: TRY400
                await asyncio.sleep(IDLE_SECONDS)
            else:
                return

    async def _still_used(self, chat: Chat | None, now: datetime) -> None:
        """Who only listens is no lost chat: being reached counts as use, noted once a month."""
        if chat is None or chat.active_at is None or now - chat.active_at < USE_NOTED_EVERY:
            return
        await self._store.chats.update(chat.recipient, lambda one: replace(one, active_at=now) if one else None)

    async def _unreachable(self, letter: _Letter, detail: str) -> None:
        now = self._clock()
        self.counts.unreachable += 1
        log.info("a chat can't be reached any more", extra={"why": detail})
        await self._record(letter, Count.UNREACHABLE)
        await self._store.chats.update(
            Recipient.parse(letter.recipient), lambda chat: replace(chat, unreachable_since=now) if chat else None
        )

    def _rest(self, letter: _Letter, pause: timedelta | None = None) -> None:
        for one in letter.holds:
            one.rest(letter.recipient, _now(), pause)

    async def _claim_all(self, asked: Sequence[tuple[Alert, str]]) -> list[Claimed | Stopped]:
        """A script for each alert, all of them together; the answers in the order of the questions."""
        answers: dict[int, Claimed | Stopped] = {}

        async def claim(alert: Alert, places: list[int]) -> None:
            found = await self._store.outbox.claim(alert, [asked[place][1] for place in places])
            each = [found] * len(places) if isinstance(found, Stopped) else found
            answers.update(zip(places, each, strict=True))

        await asyncio.gather(*(claim(alert, places) for alert, places in _by_alert(asked)))
        return [answers[place] for place in range(len(asked))]

    async def _record_all(self, told: Sequence[tuple[Alert, Answer]]) -> list[None]:
        """The same for answers."""
        await asyncio.gather(
            *(
                self._store.outbox.record(alert, [told[place][1] for place in places])
                for alert, places in _by_alert(told)
            )
        )
        return [None] * len(told)


def _by_alert(rows: Sequence[tuple[Alert, Anything]]) -> list[tuple[Alert, list[int]]]:
    """The places of each alert's rows."""
    places: dict[str, tuple[Alert, list[int]]] = {}
    for place, (alert, _) in enumerate(rows):
        places.setdefault(alert.id, (alert, []))[1].append(place)
    return list(places.values())


def _needs_nothing(alert: Alert, claimed: Claimed, now: datetime) -> Count | None:
    """Why there is nothing to send to a chat after all; None where there is."""
    if claimed.chat is None:
        return Count.GONE
    if claimed.chat.unreachable_since is not None:
        return Count.UNREACHABLE
    if is_held_back(claimed.chat, alert.incident, alert.decision, now=now):
        return Count.HELD_BACK
    if claimed.earlier is None:
        return None
    has_it = claimed.earlier.alert_id == alert.id
    return Count.TOLD if has_it or alert.decision.reason is Reason.SEVERE_UNTOUCHED else None


def _item(alert: Alert, claimed: Claimed) -> Item:
    return Item(alert=alert, earlier=claimed.earlier.message_id if claimed.earlier else None)


def _now() -> float:
    return asyncio.get_running_loop().time()

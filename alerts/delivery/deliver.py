"""How does an alert in the outbox reach each of its chats, once, in the right order, whatever breaks?

A recipient stays on the alert's list until Telegram has answered. What was in flight at a crash is sent again; nothing
is lost. The gravest alert goes first, even into the middle of another one's delivery.
"""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from redis.exceptions import RedisError

from alerts.audience.matching import sounds
from alerts.audience.model import Chat, ChatKind, Recipient
from alerts.delivery.model import (
    Alert,
    Ambiguous,
    Delivered,
    Lane,
    Moved,
    MsgType,
    Outcome,
    Reason,
    Rejected,
    RetryIn,
    Scope,
    Unreachable,
)
from alerts.delivery.plan import Planner
from alerts.desk.roles import DESK_KEEPS
from alerts.incidents.model import ChangeKind
from alerts.store.outbox import Count
from alerts.store.store import Store
from alerts.wording.voice import Voices

log = logging.getLogger(__name__)

AMBIGUOUS_PAUSES = (2.0, 10.0, 60.0)  # seconds; the last one holds for every further try
DRAIN_SECONDS = 4.0
USE_NOTED_EVERY = timedelta(days=30)
IDLE_SECONDS = 1.0  # a bound: whoever stores an alert also calls `wake`


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message as it leaves. `reply_to` and `edits` are ids of messages in that chat, answered or replaced.

    `buttons` are rows of what a button shows and what it sends back.
    """

    recipient: Recipient
    text: str
    sounds: bool
    protected: bool = False
    reply_to: int | None = None
    edits: int | None = None
    buttons: Sequence[Sequence[tuple[str, str]]] = ()


class Sends(Protocol):
    """What delivery needs of Telegram."""

    async def send(
        self, recipient: Recipient, lane: Lane, compose: Callable[[], Awaitable[Outgoing | None]]
    ) -> Outcome | None:
        """Send what `compose` gives once it is this chat's turn; None when `compose` gave None."""


@dataclass(slots=True)
class DeliveryCounts:
    """For /status."""

    sent: int = 0
    ambiguous: int = 0
    unreachable: int = 0
    rejected: int = 0
    last_sent_at: datetime | None = None


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
    ) -> None:
        """`window` is how many messages may wait for their turn or an answer at once."""
        self.counts = DeliveryCounts()
        self._store = store
        self._planner = planner
        self._voices = voices
        self._sends = sends
        self._clock = clock
        self._timezone = timezone
        self._language = language
        self._window = asyncio.Semaphore(window)
        self._page = window + 200
        self._pages: dict[str, deque[str]] = {}
        self._in_flight: set[tuple[str, str]] = set()
        self._just_answered: set[tuple[str, str]] = set()
        self._resting: dict[tuple[str, str], tuple[int, float]] = {}
        self._alerts: dict[str, Alert] = {}
        self._desk: frozenset[str] = frozenset()  # who gets buttons under their copy; looked up with each alert
        self._stuck_until: dict[str, float] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._stir = asyncio.Event()

    def wake(self) -> None:
        """Something was stored in the outbox, or a halt was lifted."""
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
        return not self._in_flight and not await self._store.outbox.waiting()

    async def _step(self) -> None:
        self._stir.clear()
        if self._stopping:
            return
        try:
            picked = await self._pick()
        except (RedisError, OSError) as error:
            log.error("redis can't be reached", extra={"why": type(error).__name__})  # noqa: TRY400
            await asyncio.sleep(IDLE_SECONDS)
            return
        if picked is None:
            await self._idle()
            return
        alert, recipient = picked
        await self._window.acquire()
        self._in_flight.add((alert.id, recipient))
        task = asyncio.create_task(self._carry(alert, recipient))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drain(self) -> None:
        """What waits for its turn stays in the outbox; what is on the wire gets its answer."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=DRAIN_SECONDS)
            for task in late:
                task.cancel()

    async def _idle(self) -> None:
        now = asyncio.get_running_loop().time()
        soonest = min((until - now for _, until in self._resting.values() if until > now), default=IDLE_SECONDS)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(min(soonest, IDLE_SECONDS)):
                await self._stir.wait()

    async def _pick(self) -> tuple[Alert, str] | None:
        """The next recipient of the gravest alert that still has one."""
        halted = await self._store.desk.halted() is not None
        for alert_id in await self._store.outbox.waiting():
            picked = await self._pick_of(alert_id, halted=halted)
            if picked is not None:
                return picked
        return None

    async def _pick_of(self, alert_id: str, *, halted: bool) -> tuple[Alert, str] | None:
        if self._stuck_until.get(alert_id, 0.0) > asyncio.get_running_loop().time():
            return None
        try:
            alert = await self._alert(alert_id)
            if alert is None or (halted and alert.msg_type is not MsgType.CANCEL):
                return None
            recipient = await self._next_recipient(alert)
        except (RedisError, OSError):
            raise
        except Exception:
            # A fault of ours in one alert must not hold up the next; it stays in the outbox and is tried again.
            log.exception("an alert could not be prepared", extra={"alert": alert_id})
            self._stuck_until[alert_id] = asyncio.get_running_loop().time() + AMBIGUOUS_PAUSES[-1]
            return None
        return None if recipient is None else (alert, recipient)

    async def _alert(self, alert_id: str) -> Alert | None:
        if alert_id not in self._alerts:
            found = await self._store.outbox.alert(alert_id)
            if found is None:
                log.error("an alert in the outbox has no content", extra={"alert": alert_id})
                await self._store.outbox.drop(alert_id)
                return None
            self._alerts[alert_id] = found
            self._desk = frozenset(await self._planner.desk())
        return self._alerts[alert_id]

    async def _next_recipient(self, alert: Alert) -> str | None:
        if not await self._store.outbox.is_planned(alert.id):
            now = self._clock()
            audience = await self._planner.audience(alert, now=now)
            await self._store.outbox.plan(alert.id, audience, now=now)
            log.info("an alert goes out", extra={"alert": alert.id, "reason": alert.decision.reason.name})
        page = self._pages.setdefault(alert.id, deque())
        if not page:
            page.extend(await self._fetch(alert.id))
            if not page and await self._store.outbox.finish(alert.id, now=self._clock()):
                self._pages.pop(alert.id)
                self._alerts.pop(alert.id, None)
        while page:
            recipient = page.popleft()
            if not self._is_resting(alert.id, recipient):
                return recipient
        return None

    async def _fetch(self, alert_id: str) -> list[str]:
        """The next recipients, without those in flight or answered meanwhile, whom the page may still hold."""
        self._just_answered.clear()
        page = await self._store.outbox.next_recipients(alert_id, self._page)
        under_way = self._in_flight | self._just_answered
        return [recipient for recipient in page if (alert_id, recipient) not in under_way]

    def _is_resting(self, alert_id: str, recipient: str) -> bool:
        rest = self._resting.get((alert_id, recipient))
        return rest is not None and asyncio.get_running_loop().time() < rest[1]

    async def _carry(self, alert: Alert, recipient: str) -> None:
        try:
            outcome = await self._sends.send(
                Recipient.parse(recipient), alert.decision.lane, lambda: self._compose(alert, recipient)
            )
            if outcome is not None:
                await self._note(alert, recipient, outcome)
        except (RedisError, OSError) as error:
            log.error("an answer could not be recorded", extra={"why": type(error).__name__})  # noqa: TRY400
            self._rest(alert, recipient, IDLE_SECONDS)
        except Exception:
            # A fault of ours in one message must neither stop the others nor spin; the alert stays in the outbox.
            log.exception("a message could not be made", extra={"alert": alert.id})
            self._rest(alert, recipient, AMBIGUOUS_PAUSES[-1])
        finally:
            self._in_flight.discard((alert.id, recipient))
            self._just_answered.add((alert.id, recipient))
            self._window.release()
            self._stir.set()

    async def _compose(self, alert: Alert, recipient: str) -> Outgoing | None:
        """The last look: halted, cancelled or forgotten meanwhile? Else the message in the chat's own words."""
        if self._stopping or not await self._store.outbox.begin(alert, recipient):
            return None
        now = self._clock()
        if alert.decision.scope is Scope.DESK:
            return await self._card(alert, Recipient.parse(recipient), now)
        chat = await self._store.chats.find(Recipient.parse(recipient))
        earlier = await self._store.outbox.sent_to(alert.incident.id, recipient)
        if chat is None or (earlier and alert.decision.reason is Reason.SEVERE_UNTOUCHED):
            await self._store.outbox.record(alert, recipient, Count.GONE if chat is None else Count.TOLD)
            return None
        return self._word(alert, chat, earlier.message_id if earlier else None, now)

    def _word(self, alert: Alert, chat: Chat, earlier: int | None, now: datetime) -> Outgoing:
        """A small change takes the place of the message that is there; anything else is a message of its own."""
        if earlier is None and alert.msg_type is MsgType.UPDATE and alert.change is not ChangeKind.LIFTED:
            alert = replace(alert, msg_type=MsgType.ALERT)  # this chat hears of it for the first time
        is_small = alert.change is ChangeKind.DETAIL
        voice = self._voices[chat.language]
        return Outgoing(
            recipient=chat.recipient,
            text=voice.alert(alert, short=chat.short, now=now),
            buttons=voice.copy_buttons(alert.incident) if chat.recipient.key in self._desk else (),
            sounds=sounds(chat, alert.decision, now=now, timezone=self._timezone),
            protected=chat.short,
            reply_to=None if is_small else earlier,
            edits=earlier if is_small else None,
        )

    async def _card(self, alert: Alert, admin: Recipient, now: datetime) -> Outgoing:
        chat = await self._store.chats.find(admin)
        voice = self._voices[chat.language if chat else self._language]
        return Outgoing(
            recipient=admin,
            text=voice.card(alert, now=now),
            sounds=alert.decision.sounds,
            buttons=voice.card_buttons(alert.incident),
        )

    async def _note(self, alert: Alert, recipient: str, outcome: Outcome) -> None:
        match outcome:
            case Delivered(message_id):
                await self._delivered(alert, recipient, message_id)
            case RetryIn(delay):
                self._rest(alert, recipient, delay.total_seconds())
            case Ambiguous():
                self.counts.ambiguous += 1
                tries = self._resting.get((alert.id, recipient), (0, 0.0))[0]
                self._rest(alert, recipient, AMBIGUOUS_PAUSES[min(tries, len(AMBIGUOUS_PAUSES) - 1)])
            case Moved(chat_id):
                await self._store.chats.move(Recipient.parse(recipient).chat_id, chat_id)
                self._pages.pop(alert.id, None)
            case Unreachable(detail):
                await self._unreachable(alert, recipient, detail)
            case Rejected(detail):
                self.counts.rejected += 1
                log.error("telegram rejected a message of ours", extra={"alert": alert.id, "why": detail})
                await self._store.outbox.record(alert, recipient, Count.REJECTED)

    async def _delivered(self, alert: Alert, recipient: str, message_id: int) -> None:
        chat = await self._store.chats.find(Recipient.parse(recipient))
        now = self._clock()
        delete_at = _delete_at(chat, now) or (now + DESK_KEEPS if recipient in self._desk else None)
        await self._store.outbox.record(alert, recipient, Count.SENT, message_id=message_id, delete_at=delete_at)
        await self._still_used(chat, now)
        self._resting.pop((alert.id, recipient), None)
        self.counts.sent += 1
        self.counts.last_sent_at = now

    async def _still_used(self, chat: Chat | None, now: datetime) -> None:
        """Who only listens is no lost chat: being reached counts as use, noted once a month."""
        if chat is None or chat.active_at is None or now - chat.active_at < USE_NOTED_EVERY:
            return
        await self._store.chats.update(chat.recipient, lambda one: replace(one, active_at=now) if one else None)

    async def _unreachable(self, alert: Alert, recipient: str, detail: str) -> None:
        now = self._clock()
        self.counts.unreachable += 1
        log.info("a chat can't be reached any more", extra={"why": detail})
        await self._store.outbox.record(alert, recipient, Count.UNREACHABLE)
        await self._store.chats.update(
            Recipient.parse(recipient), lambda chat: replace(chat, unreachable_since=now) if chat else None
        )

    def _rest(self, alert: Alert, recipient: str, seconds: float) -> None:
        tries, _ = self._resting.get((alert.id, recipient), (0, 0.0))
        self._resting[alert.id, recipient] = (tries + 1, asyncio.get_running_loop().time() + seconds)


def _delete_at(chat: Chat | None, now: datetime) -> datetime | None:
    """When a copy must go: in short mode, private chats only, after the hours the person chose."""
    if chat is None or not chat.short or chat.kind is not ChatKind.PRIVATE or not chat.delete_after_hours:
        return None
    return now + timedelta(hours=chat.delete_after_hours)

"""What came of a message, and what follows from it?"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from redis.exceptions import RedisError

from alerts.audience.model import Chat, Recipient
from alerts.delivery.composing import delete_at
from alerts.delivery.figures import DeliveryCounts
from alerts.delivery.ledger import Ledger
from alerts.delivery.letters import Letter
from alerts.delivery.model import Alert, Ambiguous, Delivered, Moved, Outcome, Rejected, RetryIn, Unreachable
from alerts.delivery.under_way import UnderWay, moment
from alerts.desk.roles import DESK_KEEPS
from alerts.store.outbox import Answer, Count
from alerts.store.store import Store

log = logging.getLogger(__name__)

USE_NOTED_EVERY = timedelta(days=30)
AGAIN_SECONDS = 1.0  # between two tries to write an answer down


class Answers:
    """Takes chats off the list with their answers, or lets them rest until a further try."""

    def __init__(
        self,
        store: Store,
        ledger: Ledger,
        under_way: UnderWay,
        counts: DeliveryCounts,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._ledger = ledger
        self._under_way = under_way
        self._counts = counts
        self._clock = clock

    async def note(self, letter: Letter, outcome: Outcome) -> None:
        """Record what Telegram answered, or that it did not."""
        match outcome:
            case Delivered(message_id):
                await self._delivered(letter, message_id)
            case RetryIn(delay):
                self._counts.retried += 1
                _rest(letter, delay)
            case Ambiguous():
                self._counts.ambiguous += 1
                _rest(letter)
            case Moved(chat_id):
                await self._store.chats.move(Recipient.parse(letter.recipient).chat_id, chat_id)
            case Unreachable(detail):
                await self._unreachable(letter, detail)
            case Rejected(detail):
                await self._rejected(letter, detail)

    async def _delivered(self, letter: Letter, message_id: int) -> None:
        now = self._clock()
        goes = delete_at(letter.chat, now) or (now + DESK_KEEPS if letter.recipient in self._under_way.desk else None)
        await self._record(letter, Count.SENT, message_id=message_id, delete_at=goes)
        if letter.silence is not None:
            await self._store.silences.told(letter.recipient)
        await self._still_used(letter.chat, now)
        self._counts.sent += 1

    async def _unreachable(self, letter: Letter, detail: str) -> None:
        now = self._clock()
        self._counts.unreachable += 1
        log.info("a chat can't be reached any more", extra={"why": detail})
        await self._record(letter, Count.UNREACHABLE)
        await self._store.chats.update(
            Recipient.parse(letter.recipient), lambda chat: replace(chat, unreachable_since=now) if chat else None
        )

    async def _rejected(self, letter: Letter, detail: str) -> None:
        if len(letter.holds) > 1:
            log.error("telegram rejected several alerts in one message", extra={"why": detail})
            for one in letter.holds:
                one.alone = True  # the fault of one must not take the others with it
            return
        self._counts.rejected += 1
        ids = [one.alert.id for one in letter.holds]
        log.error("telegram rejected a message of ours", extra={"alerts": ids, "why": detail})
        await self._record(letter, Count.REJECTED)

    async def _record(
        self, letter: Letter, count: Count, *, message_id: int | None = None, delete_at: datetime | None = None
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
                await self._ledger.record(alert, answer)
            except (RedisError, OSError) as error:
                if self._under_way.stopping:
                    raise
                log.error("redis can't be reached", extra={"why": type(error).__name__})  # noqa: TRY400
                await asyncio.sleep(AGAIN_SECONDS)
            else:
                return

    async def _still_used(self, chat: Chat | None, now: datetime) -> None:
        """Who only listens is no lost chat: being reached counts as use, noted once a month."""
        if chat is None or chat.active_at is None or now - chat.active_at < USE_NOTED_EVERY:
            return
        await self._store.chats.update(chat.recipient, lambda one: replace(one, active_at=now) if one else None)


def _rest(letter: Letter, pause: timedelta | None = None) -> None:
    for one in letter.holds:
        one.rest(letter.recipient, moment(), pause)

"""How does what a person does in Telegram reach its handler, once, whatever breaks?

What changes something is stored before it is confirmed to Telegram; a question is answered before, and stored nowhere.
python-telegram-bot's own polling confirms first, and a crash then loses every command in its queue.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from redis.exceptions import RedisError
from telegram import Update
from telegram.error import Conflict, InvalidToken, TelegramError  # noqa: TID251 - where foreign errors stop

from alerts.audience.model import Recipient
from alerts.delivery.model import RetryIn
from alerts.errors import SirabaError
from alerts.store.inbox import InboxEntry
from alerts.store.store import Store
from bot.clock import Clock
from bot.telegram.outcome import outcome_of
from bot.telegram.strip import chat_id_of, strip
from handlers.commands import is_question
from handlers.context import SirabaApplication
from handlers.faults import apologise

log = logging.getLogger(__name__)

LONG_POLL_SECONDS = 25
ALLOWED_UPDATES = ["message", "channel_post", "callback_query", "my_chat_member"]  # an edited message never runs again
RETRY_SECONDS = (1.0, 5.0, 25.0)
QUESTION_RETRY_SECONDS = (1.0, 4.0)
QUESTION_SECONDS = 20.0  # an answer that takes longer no longer holds back the confirmation
PAUSE_SECONDS = 2.0
DRAIN_SECONDS = 3.0


class WrongTokenError(SirabaError):
    """Telegram does not know this bot token."""


@dataclass(slots=True)
class IntakeCounts:
    """For /status and the health check; `polled_at` is the loop's clock at the last answer of getUpdates."""

    polled_at: float | None = None
    done: int = 0
    failed: int = 0
    parked: int = 0


@dataclass(slots=True)
class _Faults:
    """What handlers raised: `process_update` hides it, the application's error handler puts it here."""

    by_update: dict[int, Exception] = field(default_factory=dict)

    async def note(self, update: object, context: Any) -> None:
        """Remember an error under its update."""
        if isinstance(update, Update):
            self.by_update[update.update_id] = context.error


class Intake:
    """Takes updates from Telegram and runs them: each chat's in order, chats side by side."""

    def __init__(
        self,
        application: SirabaApplication,
        store: Store,
        *,
        clock: Clock,
        webhook: tuple[str, str] | None = None,
        greet: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """`webhook` is the public address and its secret, where updates are pushed to us instead of polled.

        `greet` runs once when Telegram has been reached for the first time.
        """
        self.counts = IntakeCounts()
        self._application = application
        self._store = store
        self._clock = clock
        self._faults = _Faults()
        self._last: dict[int, asyncio.Task[None]] = {}
        self._webhook = webhook
        self._greet = greet
        self._stopping = False
        self._offset: int | None = None  # never kept across restarts: ids seen are remembered instead
        application.add_error_handler(self._faults.note)

    async def run(self) -> None:
        """Take updates until `stop`; first, what an earlier run left in the inbox.

        Raises:
            WrongTokenError: Telegram refuses the token; nothing can work.
        """
        try:
            await self._introduce()
            if self._greet is not None:
                await self._greet()
            await self._patiently(self.resume)
            while not self._stopping:
                if self._webhook is not None:
                    await asyncio.sleep(PAUSE_SECONDS)  # bot/http.py calls `take`
                else:
                    await self.take(await self._fetch())
        finally:
            await self.drain()

    def stop(self) -> None:
        """Take nothing further; whoever awaits `run` cancels it too, to end the long poll."""
        self._stopping = True

    async def resume(self) -> None:
        """Run what was stored and not done when the service last stopped."""
        for entry in await self._store.inbox.waiting():
            self._in_order(chat_id_of(json.loads(entry.update)), self._carry_out(entry))

    async def take(self, updates: list[dict[str, Any]]) -> None:
        """Store the changes and answer the questions among `updates`; then they may be confirmed."""
        questions = []
        for update in updates:
            task = await self._patiently(partial(self._sort, update))
            if task is not None:
                questions.append(task)
        if questions:
            await asyncio.wait(questions, timeout=QUESTION_SECONDS)
        if updates:
            self._offset = max(update["update_id"] for update in updates) + 1

    async def drain(self) -> None:
        """Wait for the handlers under way; what doesn't end in time stays in the inbox."""
        under_way = [task for task in self._last.values() if not task.done()]
        if under_way:
            _, late = await asyncio.wait(under_way, timeout=DRAIN_SECONDS)
            for task in late:
                task.cancel()

    async def _introduce(self) -> None:
        """Learn the bot's own name, and tell Telegram how updates are to come."""
        while True:
            try:
                await self._application.initialize()
                if self._webhook is None:
                    await self._application.bot.delete_webhook()
                else:
                    address, secret = self._webhook
                    await self._application.bot.set_webhook(
                        address, secret_token=secret, allowed_updates=ALLOWED_UPDATES
                    )
            except InvalidToken:
                raise WrongTokenError("Telegram does not know this bot token") from None
            except TelegramError as error:
                log.warning("telegram can't be reached", extra={"why": type(error).__name__})
                await asyncio.sleep(PAUSE_SECONDS)
            else:
                return

    async def _fetch(self) -> list[dict[str, Any]]:
        try:
            updates = await self._application.bot.get_updates(
                offset=self._offset, timeout=LONG_POLL_SECONDS, allowed_updates=ALLOWED_UPDATES
            )
        except InvalidToken:
            raise WrongTokenError("Telegram does not know this bot token") from None
        except Conflict:
            log.error("another program polls with this bot token")  # noqa: TRY400 - no traceback: the cause is outside
            await asyncio.sleep(PAUSE_SECONDS)
            return []
        except TelegramError as error:
            log.warning("telegram can't be reached", extra={"why": type(error).__name__})
            await asyncio.sleep(PAUSE_SECONDS)
            return []
        self.counts.polled_at = asyncio.get_running_loop().time()
        return [update.to_dict() for update in updates]

    async def _sort(self, update: dict[str, Any]) -> asyncio.Task[None] | None:
        """Store a change; give back the task of a question."""
        chat_id = chat_id_of(update)
        dialog = await self._store.dialogs.find(Recipient(chat_id))
        if is_question(update, dialog is not None):
            if await self._store.inbox.is_known(update["update_id"]):
                return None
            return self._in_order(chat_id, self._answer(update))
        text = json.dumps(strip(update), ensure_ascii=False)
        entry = await self._store.inbox.accept(update["update_id"], text, now=self._clock())
        if entry is not None:
            self._in_order(chat_id, self._carry_out(entry))
        return None

    def _in_order(self, chat_id: int, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        before = self._last.get(chat_id)

        async def after_the_last() -> None:
            if before is not None:
                await asyncio.wait([before])
            try:
                await work
            finally:
                if self._last.get(chat_id) is task:
                    del self._last[chat_id]

        task = asyncio.create_task(after_the_last(), name=f"chat work {len(self._last)}")
        self._last[chat_id] = task
        return task

    async def _answer(self, update: dict[str, Any]) -> None:
        """Answer, then remember that it was: a crash in between answers twice rather than never."""
        for pause in (*QUESTION_RETRY_SECONDS, None):
            error = await self._handle(update)
            if error is None:
                await self._patiently(partial(self._store.inbox.answered, update["update_id"], now=self._clock()))
                return
            self.counts.failed += 1
            log.error("a question could not be answered", extra={"why": type(error).__name__}, exc_info=_trace(error))
            if pause is not None:
                await asyncio.sleep(pause)
        await self._apologise(update)

    async def _apologise(self, update: dict[str, Any]) -> None:
        """A person who asked is never left without a word."""
        try:
            await apologise(Update.de_json(update, self._application.bot), self._application)
        except TelegramError as error:
            log.warning("a reply was lost", extra={"why": type(error).__name__})

    async def _carry_out(self, entry: InboxEntry) -> None:
        for pause in (*RETRY_SECONDS, 0.0):
            error = await self._handle(json.loads(entry.update))
            if error is None:
                self.counts.done += 1
                await self._patiently(partial(self._store.inbox.done, entry))
                return
            self.counts.failed += 1
            log.error("an update failed", extra={"why": type(error).__name__}, exc_info=_trace(error))
            if await self._patiently(partial(self._store.inbox.failed, entry)):
                self.counts.parked += 1
                log.error("an update was parked", extra={"entry": entry.entry_id})
                return
            await asyncio.sleep(pause)

    async def _handle(self, fields: dict[str, Any]) -> Exception | None:
        """Run the handlers; None when all ended well, or failed in a way that another try would not mend."""
        update = Update.de_json(fields, self._application.bot)
        await self._application.process_update(update)
        error = self._faults.by_update.pop(update.update_id, None)
        if isinstance(error, TelegramError) and not isinstance(outcome_of(error), RetryIn):
            # The answer may have arrived, or never will: what the update changes is stored before its reply leaves.
            log.warning("a reply was lost", extra={"why": type(error).__name__})
            return None
        return error

    async def _patiently(self, step: Callable[[], Awaitable[Any]]) -> Any:
        """Repeat a step of the store until Redis is there: nothing is confirmed or dropped meanwhile."""
        while True:
            try:
                return await step()
            except (RedisError, OSError) as error:
                log.error("redis can't be reached", extra={"why": type(error).__name__})  # noqa: TRY400
                await asyncio.sleep(PAUSE_SECONDS)


def _trace(error: Exception) -> Exception | None:
    """Tracebacks for our own faults; a broken line to Telegram or Redis needs none."""
    return None if isinstance(error, TelegramError | RedisError | OSError) else error

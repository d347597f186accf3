"""How does what a person does in Telegram reach its handler, once, whatever breaks?

What changes something is stored before it is confirmed to Telegram; a question is answered before, and stored nowhere.
python-telegram-bot's own polling confirms first, and a crash then loses every command in its queue.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from redis.exceptions import RedisError
from telegram import Update
from telegram.error import BadRequest, Conflict, InvalidToken, TelegramError  # noqa: TID251 - where foreign errors stop

from alerts.audience.model import Recipient
from alerts.delivery.model import RetryIn
from alerts.errors import SirabaError
from alerts.sources.model import Source
from alerts.store.connection import is_away
from alerts.store.inbox import InboxEntry
from alerts.store.store import Store
from bot.clock import Clock
from bot.telegram.outcome import outcome_of
from bot.telegram.strip import chat_id_of, strip
from bot.telegram.wire import ANSWER_SECONDS
from handlers.channel import is_of_source
from handlers.commands import is_question
from handlers.context import SirabaApplication
from handlers.faults import apologise, leave_unanswered, slow_down

log = logging.getLogger(__name__)

LONG_POLL_SECONDS = 25
# An edited message never runs again; an edited post of a channel that is a source is read again.
ALLOWED_UPDATES = ["message", "channel_post", "edited_channel_post", "callback_query", "my_chat_member"]
RETRY_SECONDS = (1.0, 5.0, 25.0)
QUESTION_SECONDS = 20.0  # an answer that takes longer no longer holds back the confirmation
QUESTION_RETRY_SECONDS = (1.0, 4.0)
GLANCE_SECONDS = 0.5  # how long others wait, while an answer is under way, before the next look at what came
MOST_ASKED_AT_ONCE = 10  # questions of one chat that wait for their answer; more are not answered, but for one word
TOUCH_SECONDS = 120.0  # more than two long polls
PAUSE_SECONDS = 2.0
DRAIN_SECONDS = 3.0
INSIST_SECONDS = 1.0


class WrongTokenError(SirabaError):
    """Telegram does not know this bot token."""


class WebhookRefusedError(SirabaError):
    """Telegram does not take the public address; the text says why."""


@dataclass(frozen=True, slots=True)
class _Question:
    """An answer under way, for which chat, and since when by the loop's clock."""

    task: asyncio.Task[None]
    since: float
    chat_id: int


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
        sources: Sequence[Source] = (),
        webhook: tuple[str, str] | None = None,
        greet: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """`sources` may hold channels, whose posts are read.

        `webhook` is the public address and its secret, where updates are pushed to us instead of polled.
        `greet` runs once when Telegram has been reached for the first time.
        """
        self.counts = IntakeCounts()
        self._application = application
        self._store = store
        self._clock = clock
        self._sources = sources
        self._faults = _Faults()
        self._last: dict[int, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._questions: dict[int, _Question] = {}
        self._under_way: set[str] = set()  # entries of the inbox that a task of ours carries out
        self._slowed: set[int] = set()
        self._webhook = webhook
        self._greet = greet
        self._ready = asyncio.Event()
        self._stopping = False
        self._newest: int | None = None  # never kept across restarts: ids seen are remembered instead
        application.add_error_handler(self._faults.note)

    @property
    def in_touch(self) -> bool:
        """Whether Telegram answered lately. Where updates are pushed to us, that it took our address has to do."""
        if self._webhook is not None:
            return self._ready.is_set()
        polled = self.counts.polled_at
        return polled is not None and asyncio.get_running_loop().time() - polled < TOUCH_SECONDS

    async def run(self) -> None:
        """Take updates until `stop`; first, what an earlier run left in the inbox.

        Raises:
            WrongTokenError: Telegram refuses the token; nothing can work.
            WebhookRefusedError: Telegram refuses the public address.
        """
        try:
            await self._introduce()
            if self._greet is not None:
                await self._greet()
            await self._patiently(self.resume)
            self._ready.set()
            while not self._stopping:
                if self._webhook is not None:
                    await asyncio.sleep(PAUSE_SECONDS)  # bot/http.py calls `take`
                else:
                    await self._poll()
        finally:
            self._stopping = True
            self._ready.set()
            await self.drain()

    def stop(self) -> None:
        """Take nothing further; whoever awaits `run` cancels it too, to end the long poll."""
        self._stopping = True

    async def resume(self) -> None:
        """Run what was stored and not done when the service last stopped."""
        for entry in await self._store.inbox.waiting():
            self._take_up(chat_id_of(json.loads(entry.update)), entry)

    async def take(self, update: dict[str, Any]) -> bool:
        """Store a pushed update, or answer it; False if it can't be taken now, and must be pushed again."""
        await self._ready.wait()
        if self._stopping:
            return False
        await self._sort(update)
        question = self._questions.get(update["update_id"])
        if question is None:
            return True
        await asyncio.wait([question.task], timeout=QUESTION_SECONDS)
        return not question.task.cancelled()

    async def drain(self) -> None:
        """Wait for the handlers under way; what doesn't end in time stays in the inbox, or unconfirmed."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=DRAIN_SECONDS)
        while self._tasks:  # in Python 3.11 a call to Redis can swallow a cancellation
            for task in self._tasks:
                task.cancel()
            await asyncio.wait(self._tasks, timeout=INSIST_SECONDS)

    async def _poll(self) -> None:
        """Fetch, store the changes, start the answers. What comes before an answer under way is confirmed next time."""
        for update in await self._fetch():
            await self._sort(update)
            self._newest = max(self._newest or 0, update["update_id"])
        under_way = [question.task for question in self._questions.values()]
        if under_way:
            await asyncio.wait(under_way, timeout=GLANCE_SECONDS)

    def _offset(self) -> int | None:
        """What is not confirmed yet: from the oldest answer under way that is worth waiting for, else what is new."""
        horizon = asyncio.get_running_loop().time() - QUESTION_SECONDS
        held = [update_id for update_id, question in self._questions.items() if question.since > horizon]
        newest = None if self._newest is None else self._newest + 1
        return min(held, default=newest)

    async def _introduce(self) -> None:
        """Learn the bot's own name, and tell Telegram how updates are to come."""
        while not self._stopping:
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
            except BadRequest as error:
                raise WebhookRefusedError(f"Telegram does not take SIRABA_PUBLIC_URL: {error}") from None
            except TelegramError as error:
                log.warning("telegram can't be reached", extra={"why": type(error).__name__})
                await asyncio.sleep(PAUSE_SECONDS)
            else:
                return

    async def _fetch(self) -> list[dict[str, Any]]:
        """What Telegram holds for us, as it says it: what python-telegram-bot can't read must not stop the rest."""
        wanted = {"offset": self._offset(), "timeout": LONG_POLL_SECONDS, "allowed_updates": ALLOWED_UPDATES}
        try:
            updates = await self._application.bot._post(  # noqa: SLF001 - its public way reads them all, or none
                "getUpdates", wanted, read_timeout=LONG_POLL_SECONDS + ANSWER_SECONDS
            )
        except InvalidToken:
            raise WrongTokenError("Telegram does not know this bot token") from None
        except TelegramError as error:
            if isinstance(error, Conflict):
                log.error("another program takes this bot's updates", extra={"why": str(error)})  # noqa: TRY400
            else:
                log.warning("telegram can't be reached", extra={"why": type(error).__name__})
            await asyncio.sleep(PAUSE_SECONDS)
            return []
        self.counts.polled_at = asyncio.get_running_loop().time()
        return list(updates)

    async def _sort(self, update: dict[str, Any]) -> None:
        """Store a change, start to answer a question; what is known already is passed over."""
        if update["update_id"] in self._questions:
            return
        try:
            chat_id = chat_id_of(update)
            of_source = is_of_source(update, self._sources)
            stripped = json.dumps(strip(update, of_source=of_source), ensure_ascii=False)
        except (KeyError, TypeError, ValueError) as error:
            log.error("an update can't be understood", extra={"why": type(error).__name__})  # noqa: TRY400
            return
        has_dialog = await self._patiently(partial(self._has_dialog, chat_id))
        if is_question(update, has_dialog, of_source=of_source):
            if not await self._patiently(partial(self._store.inbox.is_known, update["update_id"])):
                await self._ask(update, chat_id)
            return
        store = partial(self._store.inbox.accept, update["update_id"], stripped, now=self._clock())
        entry = await self._patiently(store)
        if entry is not None:
            self._take_up(chat_id, entry)

    def _take_up(self, chat_id: int, entry: InboxEntry) -> None:
        """Carry a stored update out; a repeated one is under way already."""
        if entry.entry_id in self._under_way:
            return
        self._under_way.add(entry.entry_id)
        task = self._in_order(chat_id, self._carry_out(entry))
        task.add_done_callback(lambda _: self._under_way.discard(entry.entry_id))

    async def _has_dialog(self, chat_id: int) -> bool:
        return await self._store.dialogs.find(Recipient(chat_id)) is not None

    async def _ask(self, update: dict[str, Any], chat_id: int) -> None:
        """Begin to answer. Whoever asks faster than answers may leave is told so once, and then asks in vain.

        Otherwise a flood from one chat would hold back the confirmation, and with it what everybody else asks.
        """
        waiting = sum(1 for question in self._questions.values() if question.chat_id == chat_id)
        if waiting == 0:
            self._slowed.discard(chat_id)
        if chat_id in self._slowed:
            await self._patiently(partial(self._pass_over, update))
            return
        if waiting == MOST_ASKED_AT_ONCE:
            self._slowed.add(chat_id)
        work = self._answer(update) if chat_id not in self._slowed else self._slow_down(update)
        task = self._in_order(chat_id, work)
        self._questions[update["update_id"]] = _Question(task, asyncio.get_running_loop().time(), chat_id)

    async def _pass_over(self, update: dict[str, Any]) -> None:
        try:
            await leave_unanswered(Update.de_json(update, self._application.bot), self._application)
        except (KeyError, TypeError, AttributeError, ValueError) as unreadable:
            log.info("what is passed over can't be read", extra=_why(unreadable))
        await self._store.inbox.answered(update["update_id"], now=self._clock())

    def _in_order(self, chat_id: int, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        before = self._last.get(chat_id)

        async def after_the_last() -> None:
            if before is not None:
                await asyncio.wait([before])
            await work

        def ended(task: asyncio.Task[None]) -> None:
            work.close()  # where a cancellation came before it began
            self._tasks.discard(task)
            if self._last.get(chat_id) is task:
                del self._last[chat_id]

        task = asyncio.create_task(after_the_last(), name="chat work")
        task.add_done_callback(ended)
        self._last[chat_id] = task
        self._tasks.add(task)
        return task

    async def _answer(self, update: dict[str, Any]) -> None:
        """Answer, then remember that it was: a crash in between answers twice rather than never."""
        update_id = update["update_id"]
        try:
            await self._try_to_answer(update)
            await self._patiently(partial(self._store.inbox.answered, update_id, now=self._clock()))
        finally:
            self._questions.pop(update_id, None)

    async def _try_to_answer(self, update: dict[str, Any]) -> None:
        for pause in (*QUESTION_RETRY_SECONDS, None):
            error = await self._handle(update)
            if error is None:
                return
            self.counts.failed += 1
            log.error("a question could not be answered", extra=_why(error), exc_info=_trace(error))
            if pause is not None:
                await asyncio.sleep(pause)
        await self._apologise(update)

    async def _apologise(self, update: dict[str, Any]) -> None:
        """A person who asked is never left without a word."""
        try:
            await apologise(Update.de_json(update, self._application.bot), self._application)
        except Exception as error:  # noqa: BLE001 - the update may be what can't be read
            log.warning("a reply was lost", extra=_why(error))

    async def _slow_down(self, update: dict[str, Any]) -> None:
        try:
            await slow_down(Update.de_json(update, self._application.bot), self._application)
        except TelegramError as error:
            log.warning("a reply was lost", extra=_why(error))
        finally:
            await self._patiently(partial(self._store.inbox.answered, update["update_id"], now=self._clock()))
            self._questions.pop(update["update_id"], None)

    async def _carry_out(self, entry: InboxEntry) -> None:
        for pause in (*RETRY_SECONDS, 0.0):
            error = await self._handle_in_fair_weather(json.loads(entry.update))
            if error is None:
                self.counts.done += 1
                await self._patiently(partial(self._store.inbox.done, entry))
                return
            self.counts.failed += 1
            log.error("an update failed", extra=_why(error), exc_info=_trace(error))
            if await self._patiently(partial(self._store.inbox.failed, entry, now=self._clock())):
                self.counts.parked += 1
                log.error("an update was parked", extra={"entry": entry.entry_id})
                return
            await asyncio.sleep(pause)

    async def _handle_in_fair_weather(self, fields: dict[str, Any]) -> Exception | None:
        """Run the handlers; again for as long as Redis or Telegram is away, which is no fault of the update."""
        while True:
            error = await self._handle(fields)
            if error is None or not _will_pass(error):
                return error
            log.warning("an update waits for better weather", extra=_why(error))
            await asyncio.sleep(PAUSE_SECONDS)

    async def _handle(self, fields: dict[str, Any]) -> Exception | None:
        """Run the handlers; None when all ended well, or failed in a way that another try would not mend."""
        try:
            update = Update.de_json(fields, self._application.bot)
        except Exception as unreadable:  # noqa: BLE001 - whatever python-telegram-bot makes of it
            return unreadable
        await self._application.process_update(update)
        error = self._faults.by_update.pop(update.update_id, None)
        if isinstance(error, TelegramError) and not isinstance(outcome_of(error), RetryIn):
            # The answer may have arrived, or never will: what the update changes is stored before its reply leaves.
            log.warning("a reply was lost", extra=_why(error))
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


def _why(error: Exception) -> dict[str, str]:
    return {"why": type(error).__name__}


def _will_pass(error: Exception) -> bool:
    """Whether Redis or Telegram was only away (a refusal that says for how long comes from the latter, too)."""
    return is_away(error) or (isinstance(error, TelegramError) and isinstance(outcome_of(error), RetryIn))


def _trace(error: Exception) -> Exception | None:
    """Tracebacks for our own faults; a broken line to Telegram or Redis needs none."""
    return None if isinstance(error, TelegramError | RedisError | OSError) else error

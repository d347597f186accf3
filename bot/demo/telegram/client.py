"""How do tests and the demo use the stand-in? Start it, play the people, look at their chats, break things.

async with start_telegram() as telegram:
    bot = Bot(telegram.token, base_url=telegram.base_url)
    await telegram.say(1, "/start")
    [welcome] = await telegram.wait_for(1, lambda message: "RN1" in message.text)
"""

# ruff: noqa: ASYNC109 - whoever waits says for how long

import asyncio
import base64
import io
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import datetime
from types import TracebackType
from typing import Any, Self

import aiohttp

from bot.demo.telegram.limits import Limits
from bot.demo.telegram.process import TOKEN, StandInError, TelegramProcess
from bot.demo.telegram.seen import Answer, Call, Counters, SentMessage

PATIENCE = 10.0
LONG_STEP = 25.0


@asynccontextmanager
async def start_telegram(*, seed: int = 1) -> AsyncIterator["Telegram"]:
    """Start a stand-in of one's own, and end it when left."""
    process = await asyncio.to_thread(TelegramProcess, seed=seed)
    try:
        async with Telegram(process.url) as telegram:
            yield telegram
    finally:
        await asyncio.to_thread(process.stop)


class Telegram:
    """The people, the weather and the referee of a stand-in that already runs at `url`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.token = TOKEN
        self._http: aiohttp.ClientSession | None = None

    @property
    def base_url(self) -> str:
        """What a bot takes as its base URL: the token follows."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """What a bot takes as its base URL for files: the token follows."""
        return f"{self.url}/file/bot"

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._http is not None:
            await self._http.close()

    # People

    async def open_chats(self, *chats: int, kind: str | None = None, title: str = "", username: str = "") -> None:
        """Make chats known without anyone writing; positive numbers are people's, negative ones supergroups."""
        told = {name: value for name, value in (("kind", kind), ("title", title), ("username", username)) if value}
        await self._tell("open_chats", chats=[{"id": chat} | told for chat in chats])

    async def say(
        self,
        chat: int,
        text: str,
        *,
        user: int | None = None,
        first_name: str = "",
        language_code: str = "fr",
        kind: str | None = None,
        thread: int = 0,
        reply_to: int = 0,
    ) -> int:
        """Let a person write `text`, or a channel post it, and return the message_id.

        As a plain member of a group the bot gets to see only commands, mentions and replies to itself.
        """
        who: dict[str, Any] = {"user": user or 0, "first_name": first_name, "language_code": language_code}
        said = await self._tell("say", chat_id=chat, text=text, kind=kind, thread=thread, reply_to=reply_to, **who)
        return int(said["message_id"])

    async def send_document(self, chat: int, name: str, content: bytes, *, user: int | None = None) -> int:
        """Let a person send a file, and return the message_id."""
        told = base64.b64encode(content).decode()
        sent = await self._tell("send_document", chat_id=chat, name=name, content=told, user=user or 0)
        return int(sent["message_id"])

    async def tap(self, chat: int, button: str, *, message_id: int | None = None, user: int | None = None) -> str:
        """Let a person tap the newest button with this text or data, and return the tap's id for `answer`."""
        return str((await self._tell("tap", chat_id=chat, button=button, message_id=message_id, user=user or 0))["tap"])

    async def edit(self, chat: int, message_id: int, text: str) -> None:
        """Let a person correct what they wrote."""
        await self._tell("edit", chat_id=chat, message_id=message_id, text=text)

    async def join(
        self, chat: int, *, user: int | None = None, kind: str | None = None, status: str = "member", title: str = ""
    ) -> None:
        """Let a person add the bot to a group or channel, or give it another status there."""
        await self._tell("bot_status", chat_id=chat, status=status, kind=kind, title=title, user=user or 0)

    async def remove(self, chat: int, *, user: int | None = None) -> None:
        """Let a person block the bot, or remove it from a group: sends are refused with 403."""
        await self._tell("bot_status", chat_id=chat, status="kicked", user=user or 0)

    async def promote(self, chat: int, user: int, *, status: str = "administrator") -> None:
        """Give a person a standing in a group or channel."""
        await self._tell("member", chat_id=chat, user=user, status=status)

    async def migrate(self, chat: int, new_chat: int) -> None:
        """Turn a group into a supergroup with another number."""
        await self._tell("migrate", chat_id=chat, new_id=new_chat)

    async def open_topic(self, chat: int, thread: int) -> None:
        """Open a topic in a supergroup."""
        await self._tell("open_topic", chat_id=chat, thread=thread)

    async def delete_topic(self, chat: int, thread: int) -> None:
        """Delete a topic and all in it."""
        await self._tell("delete_topic", chat_id=chat, thread=thread)

    # What can be seen

    async def messages(self, chat: int, *, everyone: bool = False) -> list[SentMessage]:
        """Return what the bot wrote that stands in a chat now, oldest first; of everyone, if asked."""
        return (await self._look(chat, everyone=everyone))[0]

    async def wait_for(
        self, chat: int, wanted: int | Callable[[SentMessage], bool], *, timeout: float = PATIENCE
    ) -> list[SentMessage]:
        """Wait until so many messages of the bot stand in a chat, or one is as wanted; return all, or those wanted.

        Raises:
            TimeoutError: it did not happen; says what stands there instead.
        """
        if isinstance(wanted, int):
            return await self.wait_until(chat, lambda now: len(now) >= wanted, timeout=timeout)
        return list(filter(wanted, await self.wait_until(chat, lambda now: any(map(wanted, now)), timeout=timeout)))

    async def wait_until(
        self,
        chat: int,
        holds: Callable[[Sequence[SentMessage]], bool],
        *,
        everyone: bool = False,
        timeout: float = PATIENCE,
    ) -> list[SentMessage]:
        """Wait until what stands in a chat is as `holds` says, and return it.

        Raises:
            TimeoutError: it did not happen; says what stands there instead.
        """
        stands: list[SentMessage] = []
        try:
            async with asyncio.timeout(timeout):
                while True:
                    stands, rings = await self._look(chat, everyone=everyone)
                    if holds(stands):
                        return stands
                    await self._tell("wait", rings=rings, timeout=LONG_STEP)
        except TimeoutError as error:
            raise TimeoutError(f"chat {chat} holds {[message.text for message in stands]}") from error

    async def log(self, chat: int) -> list[Call]:
        """Return every call of the bot that named the chat, refused ones too, in order of answer."""
        return [Call(**call) for call in await self._tell("calls", chat=chat)]

    async def answer(self, tap: str, *, timeout: float = PATIENCE) -> Answer:
        """Return what the bot answered a tap.

        Raises:
            TimeoutError: it did not.
        """
        found = await self._tell("answer", tap=tap, timeout=timeout)
        if found is None:
            raise TimeoutError(f"tap {tap} was not answered")
        return Answer(**found)

    async def file(self, file_id: str) -> bytes:
        """Return what the bot uploaded under `file_id`."""
        async with self._session.get(f"{self.url}/control/file/{file_id}") as response:
            return await response.read()

    async def counters(self) -> Counters:
        """Return the totals since the start or the last reset."""
        return Counters.read(await self._tell("counters"))

    async def wait_counters(self, holds: Callable[[Counters], bool], *, timeout: float = PATIENCE) -> Counters:
        """Wait until the totals are as `holds` says, and return them.

        Raises:
            TimeoutError: it did not happen.
        """
        async with asyncio.timeout(timeout):
            while True:
                found = await self._tell("counters")
                if holds(counters := Counters.read(found)):
                    return counters
                await self._tell("wait", rings=found["rings"], timeout=LONG_STEP)

    async def pending_updates(self) -> list[dict[str, Any]]:
        """Return the updates that the bot has not confirmed."""
        return list(await self._tell("pending"))

    async def wait_drained(self, *, timeout: float = PATIENCE) -> None:
        """Wait until the bot has confirmed every update.

        Raises:
            TimeoutError: it has not.
        """
        if not await self._tell("drained", timeout=timeout):
            raise TimeoutError(f"{len(await self.pending_updates())} updates are unconfirmed")

    async def profile(self) -> dict[str, Any]:
        """Return `texts` as [what, language, text] and `commands` as [scope, language, menu]."""
        return dict(await self._tell("profile"))

    # The weather

    async def fail(
        self,
        kind: str,
        *,
        chat: int | None = None,
        method: str | None = None,
        times: int | None = None,
        probability: float = 1.0,
        **details: Any,
    ) -> None:
        """Script a fault for a chat and method (None: any), so many times (None: for ever), with a probability.

        `kind` is a `faults.FaultKind` ("hang_after", "reset_before", ...), a name from `errors.REFUSALS` ("blocked",
        "topic_closed", "conflict", ...), "flood" with `retry_after`, "migrated" with `migrate_to`, or "error" with
        `code` and `description`.
        """
        script = {"chat": chat, "method": method, "times": times, "probability": probability}
        await self._tell("fail", kind=kind, **script, **details)

    async def heal(self) -> None:
        """Forget all faults and latency."""
        await self._tell("heal")

    async def latency(
        self, *, before: float = 0.0, before_jitter: float = 0.0, after: float = 0.0, after_jitter: float = 0.0
    ) -> None:
        """Set seconds before a call takes effect and before its answer leaves; getUpdates is spared."""
        pauses = {"before": before, "before_jitter": before_jitter, "after": after, "after_jitter": after_jitter}
        await self._tell("latency", **pauses)

    async def limits(self, limits: Limits) -> None:
        """Enforce other limits from now on, with nothing yet counted against them."""
        await self._tell("limits", **asdict(limits))

    async def clock(self, now: datetime | None) -> None:
        """Stop the dates on messages at `now` until told again; None returns to the machine's time."""
        await self._tell("clock", date=None if now is None else int(now.timestamp()))

    async def reset(self, *, seed: int | None = None) -> None:
        """Forget everything, and begin again with the same seed or another."""
        await self._tell("reset", seed=seed)

    @property
    def _session(self) -> aiohttp.ClientSession:
        if self._http is None:
            raise StandInError("use it as `async with Telegram(url)`")
        return self._http

    async def _look(self, chat: int, *, everyone: bool) -> tuple[list[SentMessage], int]:
        found = await self._tell("messages", chat=chat)
        stands = [SentMessage.read(message) for message in found["messages"]]
        return [message for message in stands if everyone or message.from_bot], found["rings"]

    async def _tell(self, verb: str, **what: Any) -> Any:
        told = io.BytesIO(json.dumps(what).encode())  # aiohttp warns of large bodies that are bytes
        async with self._session.post(f"{self.url}/control/{verb}", data=told) as response:
            answer = await response.json()
            if not response.ok:
                raise StandInError(answer["error"])
            return answer

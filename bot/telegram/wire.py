"""How does a call reach Telegram, and did it?

A small `BaseRequest` on aiohttp: stock httpx slows down beyond 30 connections, and what matters here is to tell
*not sent* from *maybe sent*. Every call but the long poll takes its turn from the pacer. Nothing is tried again here,
nor by aiohttp (it repeats no POST): that is for whoever knows what the call was about.
"""

import asyncio
import json
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from http import HTTPStatus
from math import ceil
from typing import Any, Final

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import NetworkError, TimedOut  # noqa: TID251 - where foreign errors stop
from telegram.request import BaseRequest, RequestData

from alerts.delivery.model import Lane
from bot.telegram.line import Turn
from bot.telegram.pacer import Pacer
from handlers.files import LARGEST_FILE

CONNECT_SECONDS: Final = 5.0
ANSWER_SECONDS: Final = 20.0
CALL: Final = "POST"  # python-telegram-bot's way to call a method; GET is for files
UNPACED = frozenset({"getUpdates"})  # it waits at the server for up to 50 s, and sends nothing
INTO_A_CHAT = ("send", "edit", "copy", "forward")
UNTOLD_WAIT = 5.0  # seconds after a refusal that doesn't say for how long
JSON: Final = {"Content-Type": "application/json"}

lane: ContextVar[Lane] = ContextVar("lane", default=Lane.REPLY)
turn_held: ContextVar[Turn | None] = ContextVar("turn_held", default=None)
"""The turn under which whoever calls has been let go already."""


class NotSentError(NetworkError):
    """The call surely did not reach Telegram: no connection could be made."""


@dataclass(frozen=True, slots=True)
class _Call:
    """What python-telegram-bot wants sent."""

    url: str
    http_method: str
    data: RequestData | None
    patience: float | None

    @property
    def method(self) -> str:
        return self.url.rpartition("/")[2]

    @property
    def chat_id(self) -> int | None:
        """The chat that hears of it, if it is one, by number."""
        if self.data is None or not self.method.startswith(INTO_A_CHAT):
            return None
        text = str(self.data.parameters.get("chat_id"))
        return int(text) if text.lstrip("-").isdigit() else None


class Wire(BaseRequest):
    """python-telegram-bot's way to the network."""

    def __init__(self, pacer: Pacer, *, may_send: Callable[[], bool] = lambda: True) -> None:
        """`may_send` is asked last of all, as a call is about to leave: a pause may have come at any moment before."""
        self._pacer = pacer
        self._may_send = may_send
        self._session: aiohttp.ClientSession | None = None
        self._polls_from = 0.0

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer unless a call says otherwise."""
        return ANSWER_SECONDS

    async def initialize(self) -> None:
        """Open the pool of connections."""
        if self._session is None:
            # No limit here: the pacer sets one, and who waits for a connection would look as if not answered.
            connector = aiohttp.TCPConnector(limit=0)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def shutdown(self) -> None:
        """Close it."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0917 - python-telegram-bot's own signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Send one call.

        Raises:
            NotSentError: it did not arrive.
            NetworkError: it may have arrived.
        """
        patience = ANSWER_SECONDS if isinstance(read_timeout, DefaultValue) else read_timeout
        call = _Call(url, method, request_data, patience)
        if call.method in UNPACED:
            return await self._poll(call)
        held = turn_held.get()
        if held is not None:
            return await self._send_in(held, call)
        while True:
            async with self._pacer.turn(lane.get(), call.chat_id) as turn:
                if await self._pacer.may_leave(turn):
                    return await self._send_in(turn, call)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer; what can't be read is not quoted, it may hold a message.

        Raises:
            NetworkError: it is no JSON; Telegram may well have acted.
        """
        try:
            return dict(json.loads(payload))
        except (ValueError, TypeError):
            raise NetworkError("an answer that can't be read") from None

    async def _send_in(self, turn: Turn, call: _Call) -> tuple[int, bytes]:
        if not self._may_send():
            self._pacer.stayed(turn)
            raise NotSentError("this service may not send")
        try:
            status, payload = await self._send(call)
        except NotSentError:
            self._pacer.stayed(turn)
            raise
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            retry_after = _retry_after(payload)
            self._pacer.refused(turn, retry_after)
            payload = _refusal(retry_after)
        return status, payload

    async def _poll(self, call: _Call) -> tuple[int, bytes]:
        """A poll that was refused rests alone: it sends nothing, and a refused send does not hold it up."""
        wait = self._polls_from - asyncio.get_running_loop().time()
        if wait > 0:
            await asyncio.sleep(wait)
        status, payload = await self._send(call)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            retry_after = _retry_after(payload)
            self._polls_from = asyncio.get_running_loop().time() + retry_after
            payload = _refusal(retry_after)
        return status, payload

    async def _send(self, call: _Call) -> tuple[int, bytes]:
        if self._session is None:
            raise NotSentError("the wire is closed")
        timeout = aiohttp.ClientTimeout(total=call.patience, sock_connect=CONNECT_SECONDS)
        body, headers = _body(call.data)
        sent = self._session.request(
            call.http_method, call.url, data=body, headers=headers, timeout=timeout, allow_redirects=False
        )
        try:
            async with sent as answer:
                return answer.status, _no_page(call, answer.status, await _content(call, answer))
        # The causes are not chained: some of aiohttp's errors print the whole URL, and it holds the token.
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSentError(type(error).__name__) from None
        except TimeoutError:
            raise TimedOut("no answer in time") from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None


def _body(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str] | None]:
    if data is None:
        return None, None
    if not data.contains_files:
        return json.dumps(data.parameters).encode(), JSON
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form, None


async def _content(call: _Call, answer: aiohttp.ClientResponse) -> bytes:
    """All that came; of a file no more than tells that it is too large, whatever its size was said to be."""
    if call.http_method == CALL:
        return await answer.read()
    body = bytearray()
    async for piece in answer.content.iter_any():
        body += piece
        if len(body) > LARGEST_FILE:
            answer.close()
            break
    return bytes(body[: LARGEST_FILE + 1])


def _no_page(call: _Call, status: int, payload: bytes) -> bytes:
    """Telegram answers in JSON; anything else comes from what stands between, and says nothing of a chat or of us.

    Such a page may quote the address, token included, and errors would quote the page.

    Raises:
        NetworkError: a page came where an answer was due.
    """
    if call.http_method == CALL and status != HTTPStatus.TOO_MANY_REQUESTS and not _is_telegrams(payload):
        raise NetworkError(f"a page instead of an answer ({status})")
    return payload


def _is_telegrams(payload: bytes) -> bool:
    return payload.lstrip().startswith(b"{") and b'"ok"' in payload


def _retry_after(payload: bytes) -> float:
    try:
        return float(json.loads(payload)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return UNTOLD_WAIT


def _refusal(retry_after: float) -> bytes:
    """A refusal that says for how long, whatever came: python-telegram-bot calls it nothing in particular otherwise."""
    return json.dumps({"ok": False, "parameters": {"retry_after": max(1, ceil(retry_after))}}).encode()

"""How does a call reach Telegram, and did it?

A small `BaseRequest` on aiohttp: stock httpx slows down beyond 30 connections, and what matters here is to tell
*not sent* from *maybe sent*. Every call but the long poll takes its turn from the pacer.
"""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any, Final

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import NetworkError, TimedOut  # noqa: TID251 - where foreign errors stop
from telegram.request import BaseRequest, RequestData

from alerts.delivery.model import Lane
from bot.telegram.pacer import Pacer

TOO_MANY_REQUESTS: Final = 429
FIRST_OF_NO_SUCCESS: Final = 300
CONNECT_SECONDS: Final = 5.0
ANSWER_SECONDS: Final = 20.0
CALL: Final = "POST"  # python-telegram-bot's way to call a method; GET is for files
UNPACED = frozenset({"getUpdates"})  # it waits at the server for up to 50 s, and sends nothing
INTO_A_CHAT = ("send", "edit", "copy", "forward")

lane: ContextVar[Lane] = ContextVar("lane", default=Lane.REPLY)
turn_held: ContextVar[bool] = ContextVar("turn_held", default=False)


class NotSentError(NetworkError):
    """The call surely did not leave: no connection could be made."""


class Wire(BaseRequest):
    """python-telegram-bot's way to the network."""

    def __init__(self, pacer: Pacer, *, may_send: Callable[[], bool] = lambda: True) -> None:
        """`may_send` is asked last of all, as a call is about to leave: a pause may have come at any moment before."""
        self._pacer = pacer
        self._may_send = may_send
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer unless a call says otherwise."""
        return ANSWER_SECONDS

    async def initialize(self) -> None:
        """Open the pool of connections."""
        if self._session is None:
            # No limit here: the pacer sets one, and who waits for a connection would look as if not answered.
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))

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
            NotSentError: it did not leave.
            NetworkError: it may have arrived.
        """
        patience = ANSWER_SECONDS if isinstance(read_timeout, DefaultValue) else read_timeout
        name = url.rpartition("/")[2]
        if name in UNPACED:
            return await self._send(url, method, request_data, patience)
        async with self._turn(name, request_data):
            if not self._may_send():
                raise NotSentError("this service may not send")
            status, payload = await self._send(url, method, request_data, patience)
            if status == TOO_MANY_REQUESTS:
                self._pacer.refused(_retry_after(payload))
            return status, payload

    @asynccontextmanager
    async def _turn(self, name: str, request_data: RequestData | None) -> AsyncIterator[None]:
        if turn_held.get():
            yield
            return
        chat = request_data.parameters.get("chat_id") if request_data and name.startswith(INTO_A_CHAT) else None
        async with self._pacer.turn(lane.get(), _chat_number(chat)):
            yield

    async def _send(
        self, url: str, method: str, request_data: RequestData | None, patience: float | None
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise NotSentError("the wire is closed")
        timeout = aiohttp.ClientTimeout(total=patience, sock_connect=CONNECT_SECONDS)
        sent = self._session.request(method, url, data=_body(request_data), timeout=timeout, allow_redirects=False)
        try:
            async with sent as answer:
                return answer.status, _no_page(method, answer.status, await answer.read())
        # The causes are not chained: some of aiohttp's errors print the whole URL, and it holds the token.
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSentError(type(error).__name__) from None
        except TimeoutError:
            raise TimedOut("no answer in time") from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None


def _body(request_data: RequestData | None) -> aiohttp.FormData | None:
    if request_data is None:
        return None
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    if request_data.contains_files:
        for name, part in request_data.multipart_data.items():
            filename, content, mime = part
            form.add_field(name, content, filename=filename, content_type=mime)
    return form


def _no_page(method: str, status: int, payload: bytes) -> bytes:
    """Telegram answers in JSON. A proxy's page may quote the address, token included, and errors would quote the page.

    Raises:
        NetworkError: a page came where an answer was due.
    """
    if method != CALL or payload.lstrip().startswith(b"{"):
        return payload
    if status < FIRST_OF_NO_SUCCESS:
        raise NetworkError("a page instead of an answer")
    return b"{}"


def _chat_number(chat: object) -> int | None:
    text = str(chat)
    return int(text) if text.lstrip("-").isdigit() else None


def _retry_after(payload: bytes) -> float:
    try:
        return float(json.loads(payload)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return 5.0  # a refusal that doesn't say for how long

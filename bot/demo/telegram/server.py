"""How does a call of the bot travel through the stand-in? In the order of `answer_call`."""

import asyncio
import json
import socket
import struct
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any, NamedTuple

from aiohttp import web

from bot.demo.telegram.chats import Call, Chat
from bot.demo.telegram.control import obey
from bot.demo.telegram.errors import ApiError, refusal
from bot.demo.telegram.faults import Fault, FaultKind
from bot.demo.telegram.methods import METHODS, NAMES
from bot.demo.telegram.parameters import Parameters, read_parameters
from bot.demo.telegram.state import State
from bot.demo.telegram.webhook import push_updates


class Page(NamedTuple):
    """What something on the way answers in Telegram's place."""

    status: int
    text: str
    content_type: str = "text/html"


LARGEST_UPLOAD = 50 * 1024 * 1024
UNANSWERED = 0
PAGES = {
    FaultKind.PORTAL_BEFORE: Page(403, "<html>Log in to use this network</html>"),
    FaultKind.UNAVAILABLE_BEFORE: Page(503, "<html>503 Service Unavailable</html>"),
    FaultKind.BAD_GATEWAY_BEFORE: Page(502, "<html>502 Bad Gateway</html>"),
    FaultKind.BAD_GATEWAY_AFTER: Page(502, "<html>502 Bad Gateway</html>"),
    FaultKind.GATEWAY_TIMEOUT_AFTER: Page(504, "<html>504 Gateway Time-out</html>"),
    FaultKind.INTERNAL_AFTER: Page(500, json.dumps(refusal("internal").body()), "application/json"),
    FaultKind.GARBAGE_BEFORE: Page(200, "<html><body>It works!</body></html>"),
    FaultKind.GARBAGE_AFTER: Page(200, "<html><body>It works!</body></html>"),
    FaultKind.CUT_AFTER: Page(200, '{"ok":true,"result":{"message_id":', "application/json"),
}


class Server:
    """The HTTP side: `/bot<token>/<method>` for the bot, with its files, `/control/<verb>` for tests and demos."""

    def __init__(self, token: str, seed: int) -> None:
        self.state = State(token, seed)
        self._let_go = asyncio.Event()

    def application(self) -> web.Application:
        """Return the routes, with the task that pushes updates to a webhook."""
        app = web.Application(client_max_size=LARGEST_UPLOAD)
        app.router.add_route("*", "/bot{token}/{method}", self.answer_call)
        app.router.add_get("/file/bot{token}/documents/{id}", self._download)
        app.router.add_get("/control/file/{id}", self._file)
        app.router.add_post("/control/reset", self._reset)
        app.router.add_post("/control/{verb}", self._control)
        app.cleanup_ctx.append(self._pushing)
        app.on_shutdown.append(self._release)
        return app

    async def answer_call(self, request: web.Request) -> web.StreamResponse:
        """Answer one call of the bot: latency, faults, limits, the method itself, faults, latency."""
        state = self.state
        if request.match_info["token"] != state.token:
            return _answer(*_refused(refusal("unauthorized")))
        name = NAMES.get(request.match_info["method"].lower())
        if name is None:
            return _answer(*_refused(refusal("not_found")))
        asked = await read_parameters(request)
        await _pause(name, state.faults.pause_before())
        return await _Journey(state, self._let_go, request, name, asked).travel()

    async def _control(self, request: web.Request) -> web.Response:
        return await obey(self.state, request)

    async def _download(self, request: web.Request) -> web.Response:
        """The bot fetches a file: its content, at the address that getFile told."""
        if request.match_info["token"] != self.state.token:
            return _answer(*_refused(refusal("unauthorized")))
        if request.match_info["id"] not in self.state.files:
            return _answer(*_refused(refusal("not_found")))
        return await self._file(request)

    async def _file(self, request: web.Request) -> web.Response:
        file = self.state.files[request.match_info["id"]]
        return web.Response(body=file.content, content_type=file.content_type)

    async def _reset(self, request: web.Request) -> web.Response:
        seed = (await request.json()).get("seed")
        self._let_everyone_go()
        old = self.state
        old.updates.close()
        # A bot that goes on polling through a reset must not take a new update for one it has confirmed.
        self.state = State(old.token, old.seed if seed is None else seed, old.updates.next_id)
        return web.json_response({})

    async def _release(self, _: web.Application) -> None:
        self._let_everyone_go()

    def _let_everyone_go(self) -> None:
        self._let_go.set()
        self._let_go = asyncio.Event()

    async def _pushing(self, _: web.Application) -> Any:
        task = asyncio.create_task(push_updates(lambda: self.state))
        yield
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@dataclass(slots=True)
class _Journey:
    """One call on its way."""

    state: State
    let_go: asyncio.Event
    request: web.Request
    name: str
    asked: Parameters

    async def travel(self) -> web.StreamResponse:
        chat = self.state.chats.known(self.asked.integer("chat_id"))
        fault = self.state.faults.draw(self.name, None if chat is None else chat.id)
        if fault is not None:
            self.state.ledger.faults[fault.kind] += 1
        if fault is not None and fault.kind.strikes_first and fault.kind is not FaultKind.REFUSE:
            self._record(chat, UNANSWERED, {})
            return await self._strike(fault)
        code, body = await self._obey(chat, fault)
        self._record(chat, code, body)
        written = json.dumps(body)
        await _pause(self.name, self.state.faults.pause_after())
        if fault is not None and not fault.kind.strikes_first:
            return await self._strike(fault)
        return web.Response(text=written, status=code, content_type="application/json")

    async def _obey(self, chat: Chat | None, fault: Fault | None) -> tuple[int, dict[str, Any]]:
        now = self.state.clock.seconds()
        try:
            self.state.flood.admit(self.name, chat, now)
            if fault is not None and fault.refusal is not None:
                raise fault.refusal
            result = METHODS[self.name](self.state, self.asked)
            return 200, {"ok": True, "result": await result if isinstance(result, Awaitable) else result}
        except ApiError as error:
            return _refused(error)

    async def _strike(self, fault: Fault) -> web.StreamResponse:
        if page := PAGES.get(fault.kind):
            return web.Response(text=page.text, status=page.status, content_type=page.content_type)
        if fault.kind in {FaultKind.HANG_BEFORE, FaultKind.HANG_AFTER}:
            await self.let_go.wait()
        return _reset_connection(self.request)

    def _record(self, chat: Chat | None, code: int, body: dict[str, Any]) -> None:
        result = body.get("result")
        message_id = result.get("message_id") if isinstance(result, dict) else None
        self.state.record(
            chat,
            Call(
                at=self.state.clock.seconds() - self.state.started,
                method=self.name,
                code=code,
                message_id=message_id or self.asked.integer("message_id") or None,
                text=self.asked.text("text") or self.asked.text("caption"),
                description=body.get("description", ""),
                paid=self.asked.flag("allow_paid_broadcast"),
            ),
        )


async def _pause(name: str, seconds: float) -> None:
    if seconds and name != "getUpdates":
        await asyncio.sleep(seconds)


def _refused(error: ApiError) -> tuple[int, dict[str, Any]]:
    return error.code, error.body()


def _answer(code: int, body: dict[str, Any]) -> web.Response:
    return web.json_response(body, status=code)


def _reset_connection(request: web.Request) -> web.Response:
    """Cut the connection so that the other side sees a reset, not an end."""
    transport = request.transport
    if transport is not None:
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    return web.Response()

"""What is served over HTTP? Health, and the webhook where one is set."""

import hmac
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from alerts.errors import SirabaError

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
WEBHOOK_PATH = "/telegram"


class PortError(SirabaError):
    """Nothing can be served on the port that the settings name."""


Health = Callable[[], Awaitable[dict[str, Any]]]
Take = Callable[[dict[str, Any]], Awaitable[bool]]


@asynccontextmanager
async def served(
    port: int, *, health: Health, take: Take | None = None, secret: str | None = None
) -> AsyncIterator[None]:
    """Serve `/healthz`, and the webhook when `take` and `secret` are given."""
    app = web.Application()
    app.router.add_get("/healthz", _health_handler(health))
    if take is not None and secret is not None:
        app.router.add_post(WEBHOOK_PATH, _webhook_handler(take, secret))
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, port=port).start()
        except OSError as error:
            raise PortError(f"SIRABA_HTTP_PORT: {port} can't be served: {error.strerror}") from error
        log.info("http is served", extra={"port": port})
        yield
    finally:
        await runner.cleanup()


def _health_handler(health: Health) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(_: web.Request) -> web.Response:
        state = await health()
        return web.json_response(state, status=200 if state["ok"] else 503)

    return handle


def _webhook_handler(take: Take, secret: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handle(request: web.Request) -> web.Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), secret.encode()):
            return web.Response(status=403)
        try:
            update = json.loads(await request.read())
        except (ValueError, RecursionError):
            return web.Response(status=400)
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            return web.Response(status=400)
        taken = await take(update)
        return web.Response(status=200 if taken else 503)  # 200 only once it is stored or answered

    return handle

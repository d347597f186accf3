"""A real web server on loopback that plays a feed's, and keeps the log a server would keep."""

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web
from multidict import CIMultiDict, MultiDict

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One line of the server's log."""

    path: str
    headers: CIMultiDict[str]
    query: MultiDict[str] = field(default_factory=MultiDict)
    host: str = ""
    at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class FeedServer:
    """Answers each path with what was put there; `log` is everything it was asked, in order.

    `by_host` lets it play many hosts: an answer is then put under "//host/path".
    """

    port: int = 0
    by_host: bool = False
    answers: dict[str, Answer] = field(default_factory=dict)
    log: list[Asked] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    now: datetime | None = None
    _of_host: Counter[str] = field(default_factory=Counter)
    most_at_once_of_one_host: int = 0

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def asked(self, path: str) -> list[Asked]:
        return [line for line in self.log if line.path == path]

    def queries(self, path: str) -> list[MultiDict[str]]:
        return [line.query for line in self.asked(path)]

    def put(self, path: str, body: bytes, *, status: int = 200, **headers: str) -> None:
        """Answer `path` with `body`; a header's name is written with underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}

        async def answer(_: web.Request) -> web.StreamResponse:
            return web.Response(body=body, status=status, headers=named)

        self.answers[path] = answer

    def put_validated(self, path: str, body: bytes, *, etag: str, last_modified: str) -> None:
        """Answer `path` as a proper server does: 304 to whoever shows the current validators."""

        async def answer(request: web.Request) -> web.StreamResponse:
            headers = {"ETag": etag, "Last-Modified": last_modified}
            current = request.headers.get("If-None-Match") == etag
            return web.Response(status=304, headers=headers) if current else web.Response(body=body, headers=headers)

        self.answers[path] = answer

    def redirect(self, path: str, target: str, *, status: int) -> None:
        self.put(path, b"elsewhere", status=status, Location=target)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        self.log.append(
            Asked(
                path=request.path,
                headers=CIMultiDict(request.headers),
                query=MultiDict(request.query),
                host=request.host,
                at=self.now,
            )
        )
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self._of_host[request.host] += 1
        self.most_at_once_of_one_host = max(self.most_at_once_of_one_host, self._of_host[request.host])
        try:
            host = f"//{request.host.partition(':')[0]}" if self.by_host else ""
            answer = self.answers.get(f"{host}{request.path}")
            return await answer(request) if answer else web.Response(status=404)
        finally:
            self.at_once -= 1
            self._of_host[request.host] -= 1


@asynccontextmanager
async def feed_server(*, by_host: bool = False) -> AsyncIterator[FeedServer]:
    server = FeedServer(by_host=by_host)
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", server.serve)
    # A handler still waiting when the test ends is not waited for.
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.port = runner.addresses[0][1]
    try:
        yield server
    finally:
        await runner.cleanup()

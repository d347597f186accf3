"""How is a body parsed without ever holding up or bringing down the service?

In one separate process, one body at a time, with a time limit. A process that is late or dead is killed and
replaced, and the body that did it counts as unreadable.
"""

import asyncio
import multiprocessing
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Self

from alerts.sources.formats import ParsedFeed, ParseFailed
from alerts.sources.worker import READY, decode_answer, encode_request, serve

__all__ = ["ParseFailed", "ParsedFeed", "Parser"]

PARSE_LIMIT = timedelta(seconds=5)
_START_LIMIT = timedelta(seconds=60)  # a cold start on a busy small machine


@dataclass(frozen=True, slots=True, kw_only=True)
class _Worker:
    process: BaseProcess
    pipe: Connection

    def kill(self) -> None:
        """End the process at once.

        A thread may still wait on the pipe: the death wakes it, and the pipe closes when nobody holds it any more.
        """
        self.process.kill()
        self.process.join()


class Parser:
    """Parses bodies in a process of its own; use it as an async context manager."""

    def __init__(self, *, limit: timedelta = PARSE_LIMIT) -> None:
        self._limit = limit
        self._turn = asyncio.Lock()
        self._worker: _Worker | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        async with self._turn:
            await self._discard()

    async def parse(
        self, body: bytes, *, content_type: str | None, title_only: bool, now: datetime
    ) -> ParsedFeed | ParseFailed:
        """The feed in `body`, or why there is none; waits its turn, which does not count against the limit."""
        request = encode_request(content_type=content_type, title_only=title_only, now=now)
        async with self._turn:
            try:
                worker = await self._ready_worker()
                answer = await asyncio.to_thread(_exchange, worker.pipe, request, body, self._limit)
            except (EOFError, OSError):
                await self._discard()
                return ParseFailed(reason="its parser died of it")
            except asyncio.CancelledError:
                await self._discard()  # it is in the middle of an answer nobody waits for
                raise
            if answer is None:
                await self._discard()
                return ParseFailed(reason=f"not parsed within {self._limit.total_seconds():g} s")
            return decode_answer(answer)

    async def _ready_worker(self) -> _Worker:
        if self._worker is not None and not self._worker.process.is_alive():
            await self._discard()
        if self._worker is None:
            self._worker = await asyncio.to_thread(_start)
        return self._worker

    async def _discard(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            await asyncio.to_thread(worker.kill)


def _start() -> _Worker:
    """A process that has said it is ready.

    Raises:
        EOFError, OSError: it could not be started.
    """
    # A fork of a clean server process: starts fast, and holds none of our sockets and threads.
    context = multiprocessing.get_context("forkserver")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,), name="feed-parser", daemon=True)
    process.start()
    theirs.close()
    worker = _Worker(process=process, pipe=ours)
    if not ours.poll(_START_LIMIT.total_seconds()) or ours.recv_bytes() != READY:
        worker.kill()
        raise EOFError
    return worker


def _exchange(pipe: Connection, request: bytes, body: bytes, limit: timedelta) -> bytes | None:
    """The answer to one request, or None if it is late."""
    pipe.send_bytes(request)
    pipe.send_bytes(body)
    return pipe.recv_bytes() if pipe.poll(limit.total_seconds()) else None

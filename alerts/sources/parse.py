"""How is a body parsed without ever holding up or bringing down the service?

In one separate process, one body at a time, with a time limit. A process that is late or dead is killed and
replaced, and the body that did it counts as unreadable.
"""

import asyncio
import multiprocessing
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Self, TypeVar

from alerts.sources.forms import Wanted
from alerts.sources.model import Fault
from alerts.sources.parsed import ParsedFeed, ParseFailed
from alerts.sources.worker import READY, TOO_MUCH, decode_answer, encode_request, serve

_Result = TypeVar("_Result")

PARSE_LIMIT = timedelta(seconds=5)
LATE = ParseFailed(reason="not parsed in time", fault=Fault.SLOW)
_START_LIMIT = timedelta(seconds=60)  # a cold start on a busy small machine


@dataclass(frozen=True, slots=True, kw_only=True)
class _Worker:
    process: BaseProcess
    pipe: Connection


class Parser:
    """Parses bodies in a process of its own; use it as an async context manager."""

    def __init__(self, *, limit: timedelta = PARSE_LIMIT) -> None:
        self._limit = limit
        self._turn = asyncio.Lock()
        # Its own thread: the shared ones may all be waiting for a name server that doesn't answer.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="feed-parser")
        self._worker: _Worker | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        async with self._turn:
            await self._discard()
        self._thread.shutdown()

    async def parse(self, body: bytes, wanted: Wanted) -> ParsedFeed | ParseFailed:
        """What `body` holds, or why nothing; waits its turn, which does not count against the limit."""
        request = encode_request(wanted)
        async with self._turn:
            try:
                worker = await self._ready_worker()
            except (EOFError, OSError):
                return ParseFailed(reason="the parser could not be started", fault=Fault.OURS)
            try:
                answer = await self._in_thread(_exchange, worker.pipe, request, body, self._limit)
            except (EOFError, OSError):
                await self._discard()
                return ParseFailed(reason="the parser died of it")
            except asyncio.CancelledError:
                await self._discard()  # it is in the middle of an answer nobody waits for
                raise
            if answer in (LATE, TOO_MUCH):
                await self._discard()  # the only sure way to get its time, or its memory, back
            return answer

    async def _ready_worker(self) -> _Worker:
        if self._worker is not None and not self._worker.process.is_alive():
            await self._discard()
        if self._worker is None:
            self._worker = await self._in_thread(_start)
        return self._worker

    async def _discard(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            # The thread may still wait on the pipe; the death wakes it, and only then has it time to see the end.
            # The pipe closes when nobody holds it any more.
            worker.process.kill()
            await self._in_thread(worker.process.join)

    async def _in_thread(self, work: Callable[..., _Result], *arguments: object) -> _Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *arguments)


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
    if not ours.poll(_START_LIMIT.total_seconds()) or ours.recv_bytes() != READY:
        process.kill()
        process.join()
        raise EOFError
    return _Worker(process=process, pipe=ours)


def _exchange(pipe: Connection, request: bytes, body: bytes, limit: timedelta) -> ParsedFeed | ParseFailed:
    pipe.send_bytes(request)
    pipe.send_bytes(body)
    try:
        return decode_answer(_pieces(pipe, until=time.monotonic() + limit.total_seconds()))
    except TimeoutError:
        return LATE


def _pieces(pipe: Connection, *, until: float) -> Iterator[bytes]:
    """What the process answers, piece by piece.

    Raises:
        TimeoutError: the next one did not come in time.
    """
    while pipe.poll(max(until - time.monotonic(), 0.0)):
        yield pipe.recv_bytes()
    raise TimeoutError

"""How does the private redis-server start, stay up and stop, so that nothing acknowledged is ever lost?

It lives in `redis/` under the data folder, speaks on a Unix socket that only its owner can open, and writes each
command to an append-only file before it answers. Two locks, which the kernel frees whatever becomes of their holders:

- `service.lock` belongs to the service: a second one on the same folder is refused;
- `redis/server.lock` belongs to the redis-server process: where a killed service left one behind, the next server
  starts only after that one has written out and gone. Two at once would spoil the append-only file.
"""

import asyncio
import logging
import os
import re
import shutil
from asyncio.subprocess import DEVNULL, STDOUT, Process
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from alerts.errors import SirabaError
from alerts.store.binaries import ServerBinary, find_server
from alerts.store.connection import StoreGone, connect
from alerts.store.data_folder import (
    holder,
    leave_socket,
    place_for_socket,
    redis_folder,
    sign,
    try_lock,
)
from alerts.store.leash import leashed

_log = logging.getLogger(__name__)

_READY_WITHIN = 60.0  # seconds; a million users load in two
_LEAVES_WITHIN = 15.0  # seconds
_LOOK_AGAIN = 0.02  # seconds
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 30.0  # seconds between a death and the next start
_DISK_CHECK = 60.0  # seconds
_LOW_DISK = 200_000_000  # bytes
_REWRITE_FROM = "16mb"  # a start reads commands ten times slower than what a rewrite leaves of them
_LOG_PREFIX = re.compile(r"^\d+:\w .*? [.*#-] ")
_MULTIPART = "appendonlydir"  # where servers from 7.0 on keep the append-only file; an older one would start empty


class DataDirInUse(SirabaError):  # noqa: N818 -- says what is the matter
    """Another service holds the data folder: process `pid`, where that could be read."""

    def __init__(self, data_dir: Path, pid: int | None) -> None:
        self.data_dir = data_dir
        self.pid = pid
        by = f"process {pid}" if pid else "another process"
        super().__init__(f"The data folder {data_dir} is in use by {by}: only one service can run on it.")


class RedisWontStart(SirabaError):  # noqa: N818 -- says what is the matter
    """The private redis-server did not come up; `reason` is one line, often the server's own last words.

    One that `was_killed` did not end by itself: it may come up the next time.
    """

    def __init__(self, reason: str, *, was_killed: bool = False) -> None:
        self.reason = reason
        self.was_killed = was_killed
        super().__init__(f"The embedded redis-server does not start: {reason}")


class EmbeddedRedis:
    """Our own start of a private redis-server, which dies with the thread that started it (see `leash`)."""

    def __init__(self, binary: ServerBinary, folder: Path, service_lock: int) -> None:
        self._binary = binary
        self._folder = folder
        self._service_lock: int | None = service_lock
        self._process: Process | None = None
        self._disk_was_low = False
        self.socket = place_for_socket(folder)

    @classmethod
    async def start(cls, data_dir: Path) -> "EmbeddedRedis":
        """Start a server on what `data_dir` holds and wait until it answers; what is missing is created.

        Raises:
            NoRedisServer: this machine has none.
            DataDirInUse: another service runs on this folder.
            RedisWontStart: anything else.
        """
        binary = await asyncio.to_thread(find_server)
        server = cls._claim(binary, data_dir)
        try:
            await server._launch(fresh_log=True)  # noqa: SLF001 -- its own class
        except BaseException:
            await server.stop()
            raise
        return server

    async def stop(self) -> None:
        """Let the server write out and leave, then free the folder; a second call does nothing."""
        if self._service_lock is None:
            return
        lock, self._service_lock = self._service_lock, None
        try:
            await self._end_process()
            leave_socket(self.socket, self._folder)
        finally:
            os.close(lock)

    async def watch(self) -> None:
        """Start the server again whenever it dies, with growing pauses, and look after the free space, until `stop`."""
        pause = _FIRST_PAUSE
        while self._service_lock is not None:
            self._check_disk()
            if await self._outlives(_DISK_CHECK):
                pause = _FIRST_PAUSE
            elif self._service_lock is not None:
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
                await self._start_again()

    @classmethod
    def _claim(cls, binary: ServerBinary, data_dir: Path) -> "EmbeddedRedis":
        folder, lock_path = redis_folder(data_dir), data_dir / "service.lock"
        with _named_by_us():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)
            lock = try_lock(lock_path)
            if lock is None:
                raise DataDirInUse(data_dir, holder(lock_path))
            try:
                sign(lock)
                return cls(binary, folder, lock)
            except OSError:
                os.close(lock)
                raise

    async def _launch(self, *, fresh_log: bool = False) -> None:
        if (self._folder / _MULTIPART).exists() and self._binary.version < (7,):
            raise RedisWontStart(f"a redis-server 7 or later wrote {self._folder}; here is only {self._binary}")
        lock = await self._earlier_server_gone()
        try:
            with _named_by_us(), (self._folder / "redis.log").open("wb" if fresh_log else "ab") as log:
                self._process = await asyncio.create_subprocess_exec(
                    *leashed(self._command(), lock=lock),
                    stdin=DEVNULL,
                    stdout=log,
                    stderr=STDOUT,
                    pass_fds=(lock,),
                    start_new_session=True,  # Ctrl-C is for the service, which still has things to store
                )
        finally:
            os.close(lock)
        await self._until_ready(self._process)

    def _command(self) -> list[str]:
        options = {
            "dir": str(self._folder),
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "appendonly": "yes",
            "appendfsync": "always",
            "aof-load-truncated": "yes",
            "auto-aof-rewrite-min-size": _REWRITE_FROM,
            "save": "",
            "maxmemory-policy": "noeviction",
        }
        return [str(self._binary.path), *(word for name, value in options.items() for word in (f"--{name}", value))]

    async def _earlier_server_gone(self) -> int:
        """Take the server's lock, if need be after asking its holder to leave."""
        path = self._folder / "server.lock"
        with _named_by_us():
            lock = try_lock(path)
            if lock is None:
                _log.info("An earlier redis-server is still there; waiting until it has left")
                await _ask_to_leave(self.socket)
            with suppress(TimeoutError):
                async with asyncio.timeout(_LEAVES_WITHIN):
                    while lock is None:
                        await asyncio.sleep(_LOOK_AGAIN)
                        lock = try_lock(path)
            if lock is None:
                raise RedisWontStart(f"an earlier one, process {holder(path)}, does not leave {self._folder}")
        return lock

    async def _until_ready(self, process: Process) -> None:
        try:
            async with asyncio.timeout(_READY_WITHIN):
                while not await _answers(self.socket):
                    if process.returncode is not None:
                        ended = f"it ended with status {process.returncode}"
                        raise RedisWontStart(self._last_words() or ended, was_killed=process.returncode < 0)
                    await asyncio.sleep(_LOOK_AGAIN)
        except TimeoutError as late:
            raise RedisWontStart(f"no answer within {_READY_WITHIN:.0f} seconds. {self._last_words()}") from late

    async def _start_again(self) -> None:
        try:
            await self._launch()
        except RedisWontStart as failure:
            _log.error("redis-server could not be started again, the next try follows: %s", failure.reason)
            await self._end_process()
            self._process = None
        else:
            _log.warning("redis-server is back")

    async def _outlives(self, seconds: float) -> bool:
        """Wait for the server's death, but no longer than this."""
        if self._process is None:
            return False
        try:
            async with asyncio.timeout(seconds):
                status = await self._process.wait()
        except TimeoutError:
            return True
        if self._service_lock is not None:
            _log.error("redis-server ended with status %d: %s", status, self._last_words())
        return False

    async def _end_process(self) -> None:
        """SIGTERM is SHUTDOWN to a redis-server: it writes out, takes its socket away and leaves."""
        if self._process is None or self._process.returncode is not None:
            return
        with suppress(ProcessLookupError):  # it died this very moment
            self._process.terminate()
        try:
            async with asyncio.timeout(_LEAVES_WITHIN):
                await self._process.wait()
        except TimeoutError:
            _log.error("redis-server did not leave in time and was killed")
            self._process.kill()
            await self._process.wait()

    def _last_words(self) -> str:
        try:
            lines = (self._folder / "redis.log").read_text(errors="replace").splitlines()
        except OSError as error:
            return f"its log cannot be read: {error}"
        return " ".join(_LOG_PREFIX.sub("", line) for line in lines[-2:])

    def _check_disk(self) -> None:
        try:
            free = shutil.disk_usage(self._folder).free
        except OSError as error:
            _log.error("%s cannot be looked at: %s", self._folder, error)
            return
        if free < _LOW_DISK and not self._disk_was_low:
            _log.warning("Only %d MB are free in %s; redis-server stops on a full disk", free // 10**6, self._folder)
        self._disk_was_low = free < _LOW_DISK


@contextmanager
def _named_by_us() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise RedisWontStart(f"{error.filename or 'the system'}: {error.strerror}") from error


async def _answers(socket: Path) -> bool:
    try:
        client = await connect(str(socket))
    except StoreGone:
        return False
    await client.aclose()
    return True


async def _ask_to_leave(socket: Path) -> None:
    """The kernel asked it already where it can; this is for the systems where it cannot."""
    with suppress(StoreGone):
        client = await connect(str(socket))
        try:
            await client.shutdown(nosave=True)
        finally:
            await client.aclose()

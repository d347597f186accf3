"""How does a copy of the store stand in a file, which of them is the newest, and when does one have to go?

A backup is gzipped JSON lines: a head, then a line for each key. It holds who follows what, so only its owner may read
it, it is not made to be kept, and whoever keeps it elsewhere encrypts it.
"""

import gzip
import json
import os
import re
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

from alerts.errors import SirabaError
from alerts.store.schema import SCHEMA_VERSION, SchemaNotOurs
from alerts.store.snapshot import Entry, Snapshot

KEPT = timedelta(days=7)
"""What `/privacy` promises readers."""

_FORMAT = 1
_NAME = re.compile(r"siraba-(\d{8}T\d{6}Z)\.backup(?:\.part)?")
_TIME = "%Y%m%dT%H%M%SZ"
_FOR_ITS_OWNER = 0o600


class NoBackupError(SirabaError):
    """This is no backup that can be used; nothing was touched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a file holds, read to its end and found whole."""

    taken_at: datetime
    entries: tuple[Entry, ...]


def write(folder: Path, copy: Snapshot, *, now: datetime) -> Path:
    """Write a backup into `folder`, which is made if it is missing: whole and on disk, or not at all.

    Raises:
        OSError: it cannot be written.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / f"siraba-{now.astimezone(UTC).strftime(_TIME)}.backup"
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FOR_ITS_OWNER)
    with open(handle, "wb") as raw:  # noqa: PTH123 - the handle has the mode
        with gzip.open(raw, "wt", encoding="utf-8") as lines:
            _put(lines, _head(copy, now))
            for one in copy.entries:
                _put(lines, {"key": one.key, "expires": one.expires, "content": b64encode(one.content).decode()})
        raw.flush()
        os.fsync(raw.fileno())
    part.replace(target)
    _settle(folder)
    return target


def read(path: Path) -> Backup:
    """Read a backup to its end.

    Raises:
        NoBackupError: it is none, damaged or not whole.
        SchemaNotOurs: a newer Siraba wrote it.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            head = json.loads(next(lines, ""))
            _check(head)
            entries = tuple(_entry(json.loads(line)) for line in lines)
            taken_at = datetime.fromisoformat(head["taken_at"])
    except (OSError, EOFError, zlib.error) as error:
        raise NoBackupError(f"{path} can't be read: {error}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise NoBackupError(f"{path} is no backup of Siraba") from error
    if len(entries) != head["keys"]:
        raise NoBackupError(f"{path} is not whole: {len(entries)} of {head['keys']} keys")
    return Backup(taken_at=taken_at, entries=entries)


def newest(folder: Path) -> Path:
    """The newest backup in `folder`; a file is taken as it is.

    Raises:
        NoBackupError: there is none.
    """
    if folder.is_file():
        return folder
    found = sorted(path for path, _ in _backups(folder) if path.suffix == ".backup")
    if not found:
        raise NoBackupError(f"There is no backup in {folder}.")
    return found[-1]


def drop_old(folder: Path, *, now: datetime) -> list[Path]:
    """Delete the backups that have to go; no other file is touched."""
    old = [path for path, taken_at in _backups(folder) if now - taken_at > KEPT]
    for path in old:
        path.unlink(missing_ok=True)
    return old


def _backups(folder: Path) -> Iterator[tuple[Path, datetime]]:
    for path in folder.iterdir() if folder.is_dir() else ():
        named = _NAME.fullmatch(path.name)
        if named is None:
            continue
        try:
            yield path, datetime.strptime(named[1], _TIME).replace(tzinfo=UTC)
        except ValueError:
            continue  # digits that are no time: not ours


def _head(copy: Snapshot, now: datetime) -> dict[str, Any]:
    return {
        "siraba_backup": _FORMAT,
        "schema": copy.schema,
        "taken_at": now.isoformat(),
        "keys": len(copy.entries),
    }


def _check(head: dict[str, Any]) -> None:
    if head["siraba_backup"] != _FORMAT:
        raise ValueError(head["siraba_backup"])
    schema = str(head["schema"])
    if not (schema.isdecimal() and int(schema) <= SCHEMA_VERSION):
        raise SchemaNotOurs(schema, SCHEMA_VERSION)


def _entry(line: dict[str, Any]) -> Entry:
    return Entry(key=line["key"], expires=int(line["expires"]), content=b64decode(line["content"], validate=True))


def _put(lines: IO[str], row: dict[str, Any]) -> None:
    lines.write(json.dumps(row) + "\n")


def _settle(folder: Path) -> None:
    """Let the new name survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

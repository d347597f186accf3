"""A file that was cut, changed or never was a backup is refused; old ones leave their folder."""

import gzip
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.store.backup_file import NoBackupError, drop_old, newest, read, write
from alerts.store.schema import SCHEMA_VERSION, SchemaNotOurs
from alerts.store.snapshot import Entry, Snapshot
from tests.support.builders import NOW

ENTRIES = (
    Entry(key="siraba:choices", expires=0, content=bytes(range(256))),
    Entry(key="siraba:draft:é", expires=1_760_000_000_000, content=b"\x00"),
)
COPY = Snapshot(schema=str(SCHEMA_VERSION), entries=ENTRIES)


def test_what_was_written_is_read(tmp_path: Path):
    backup = read(write(tmp_path / "new" / "folder", COPY, now=NOW))
    assert (backup.entries, backup.taken_at) == (ENTRIES, NOW)


def test_only_its_owner_may_read_it(tmp_path: Path):
    file = write(tmp_path / "backups", COPY, now=NOW)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_backup_cut_anywhere_is_refused(tmp_path: Path):
    file = write(tmp_path, COPY, now=NOW)
    whole = file.read_bytes()
    for length in range(len(whole)):
        file.write_bytes(whole[:length])
        with pytest.raises(NoBackupError):
            read(file)


@pytest.mark.parametrize(
    "text",
    ["", "[]\n", "{}\n", "no JSON\n", '{"siraba_backup": 2, "schema": "2", "keys": 0}\n', "\x00\n"],
    ids=["empty", "a list", "no head", "words", "another form", "a byte"],
)
def test_what_is_no_backup_is_refused(text: str, tmp_path: Path):
    file = tmp_path / "siraba-20251005T090000Z.backup"
    file.write_bytes(gzip.compress(text.encode()))
    with pytest.raises(NoBackupError):
        read(file)
    file.write_text(text)
    with pytest.raises(NoBackupError):
        read(file)


def test_a_line_that_is_missing_is_noticed(tmp_path: Path):
    file = write(tmp_path, COPY, now=NOW)
    lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    file.write_bytes(gzip.compress(b"".join(lines[:-1])))
    with pytest.raises(NoBackupError, match="1 of 2"):
        read(file)


def test_a_backup_of_a_newer_siraba_is_refused(tmp_path: Path):
    newer = Snapshot(schema=str(SCHEMA_VERSION + 1), entries=ENTRIES)
    with pytest.raises(SchemaNotOurs):
        read(write(tmp_path, newer, now=NOW))


def test_the_newest_is_taken_and_a_file_as_it_is(tmp_path: Path):
    old = write(tmp_path, COPY, now=NOW - timedelta(days=1))
    new = write(tmp_path, COPY, now=NOW)
    assert newest(tmp_path) == new
    assert newest(old) == old


@pytest.mark.parametrize("folder", ["", "missing"])
def test_a_folder_without_backups_says_so(folder: str, tmp_path: Path):
    with pytest.raises(NoBackupError):
        newest(tmp_path / folder)


def test_backups_leave_after_seven_days_and_nothing_else_does(tmp_path: Path):
    last_week = write(tmp_path, COPY, now=NOW - timedelta(days=7, seconds=1))
    half = tmp_path / "siraba-20250901T000000Z.backup.part"
    others = [tmp_path / "siraba-99999999T999999Z.backup", tmp_path / "siraba-20250901T000000Z.backup.age"]
    for path in (half, *others):
        path.touch()
    kept = write(tmp_path, COPY, now=NOW - timedelta(days=7))
    assert sorted(drop_old(tmp_path, now=NOW)) == sorted([last_week, half])
    assert sorted(tmp_path.iterdir()) == sorted([kept, *others])

"""Incidents in and out by the command line, on an embedded store of the test's own."""

import json
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from bot.cli import main

pytestmark = pytest.mark.usefixtures("own_folder")

GOOD = "date;type;lieu;route;source\n2025-10-05;embuscade;Loulouni;RN7;terrain B\n"
BAD = GOOD + "2025-10-05;embuscade;Atlantis;;\n2025-10-05;embuscade;Kayes;;\n2030-01-01;embuscade;Kayes;;\n"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    file = tmp_path / "incidents.csv"
    file.write_text(GOOD)
    return file


def siraba(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, list[dict[str, Any]], str]:
    """The status of a command, its JSON lines, and what it said on stderr."""
    status = main([str(one) for one in arguments])
    out, err = capsys.readouterr()
    return status, [json.loads(line) for line in out.splitlines()], err


def exported(capsys: pytest.CaptureFixture[str], form: str) -> str:
    assert main(["export", "--format", form]) == 0
    return capsys.readouterr().out


def test_an_import_is_looked_at_first_and_stored_on_yes(sheet: Path, capsys: pytest.CaptureFixture[str]):
    status, lines, err = siraba(capsys, "import", sheet)
    assert (status, lines[-1]["new"], lines[-1]["stored"]) == (0, 1, False)
    assert "--yes" in err
    assert exported(capsys, "jsonl") == ""
    status, lines, err = siraba(capsys, "import", sheet, "--yes")
    assert (status, lines[0]["ref"], lines[-1]["stored"], err) == (0, "0001", True, "")
    assert json.loads(exported(capsys, "jsonl"))["place"] == "Loulouni"


def test_each_bad_row_is_named_and_nothing_is_stored(sheet: Path, capsys: pytest.CaptureFixture[str]):
    sheet.write_text(BAD)
    status, lines, err = siraba(capsys, "import", sheet, "--yes")
    assert status == 3
    assert [(line["row"], line["fault"]) for line in lines[:-1] if line["becomes"] == "bad"] == [
        (3, "no_place"),
        (5, "future"),
    ]
    assert lines[-1]["stored"] is False
    assert "nothing was stored" in err
    assert exported(capsys, "jsonl") == ""


@pytest.mark.parametrize("content", [None, b"a,b\n1,2\n", b"\x00"], ids=["missing", "no columns", "bytes"])
def test_a_file_that_is_none_is_unusable(content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "some.csv"
    if content is not None:
        file.write_bytes(content)
    status, lines, err = siraba(capsys, "import", file)
    assert (status, lines) == (3, [])
    assert err.startswith(f"siraba import: {file}: ")


def test_each_format_is_written_to_a_file_or_to_stdout(sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    siraba(capsys, "import", sheet, "--yes")
    for form in ("csv", "jsonl", "geojson", "cap"):
        target = tmp_path / f"out.{form}"
        status, lines, _ = siraba(capsys, "export", "--format", form, "--out", target)
        assert (status, lines) == (0, [])
        assert "Loulouni" in target.read_text(encoding="utf-8")
    assert exported(capsys, "csv") == (tmp_path / "out.csv").read_text(encoding="utf-8")
    assert fromstring((tmp_path / "out.cap").read_text(encoding="utf-8")).tag.endswith("feed")  # noqa: S314 - ours


def test_a_file_that_cannot_be_written_is_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    target = tmp_path / "no" / "folder" / "out.csv"
    status, _, err = siraba(capsys, "export", "--format", "csv", "--out", target)
    assert (status, err) == (1, f"siraba export: {target}: No such file or directory\n")


def test_a_backup_that_cannot_be_written_is_a_fault(sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    siraba(capsys, "import", sheet, "--yes")
    status, _, err = siraba(capsys, "backup", sheet)
    assert status == 1
    assert err.startswith(f"siraba backup: {sheet}: ")


@pytest.mark.parametrize("arguments", [["export"], ["export", "--format", "xlsx"], ["import"], ["backup"], ["restore"]])
def test_wrong_use_is_told_apart(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err

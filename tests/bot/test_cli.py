"""What scripts and operators hold on to: forms, exit statuses, and which stream says what."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main

pytestmark = pytest.mark.usefixtures("own_folder")

ROOT = Path(__file__).parents[2]
FEED = ROOT / "tests" / "data" / "feeds" / "rss20_plain.xml"
AMBUSH = {
    "id": "t1",
    "title": "Embuscade entre Diangounté Camara et Diéma",
    "summary": "Des hommes armés ont attaqué des camions dimanche 5 octobre entre Diangounté Camara et Diéma.",
    "published": "2025-10-05T08:00:00Z",
    "lang": "fr",
}
RETOLD = {**AMBUSH, "id": "t2", "title": "Attaque de camions entre Diangounté Camara et Diéma"}
FOOTBALL = {"id": "t3", "title": "Football : le Stade malien bat le Djoliba", "summary": "", "published": None}
READING = {
    *("id", "relevant", "reason", "event_types", "places", "roads", "leg", "event_date"),
    *("fatalities", "vehicles_destroyed", "lang"),
}


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give bytes or JSON lines to stdin."""

    def give(*lines: object) -> None:
        text = b"".join(line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text), encoding="latin-1"))

    return give


def told(capsys: pytest.CaptureFixture[str]) -> tuple[list[dict[str, Any]], str]:
    """What stood on stdout as JSON lines, and on stderr."""
    out, err = capsys.readouterr()
    return [json.loads(line) for line in out.splitlines()], err


def siraba(*arguments: str, **how: Any) -> "subprocess.CompletedProcess[bytes]":
    """The command as a process of its own."""
    return subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "bot", *arguments], capture_output=True, check=False, **how
    )


# Use and misuse


@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in ("run", "poll", "read", "route"))])
def test_help_is_everywhere_and_no_fault(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("usage: siraba")


@pytest.mark.parametrize(
    "arguments",
    [["fly"], ["poll"], ["resolve"], ["route", "Kayes"], ["read", "--fast"], ["resolve", "a", "b"]],
    ids=" ".join,
)
def test_wrong_use_ends_with_2_and_a_word_on_stderr(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "usage: siraba" in err


def test_no_command_at_all_shows_the_help_and_ends_with_2(capsys: pytest.CaptureFixture[str]):
    assert main([]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "resolve" in err


def test_a_wrong_setting_ends_with_1_and_its_name(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SIRABA_LANGUAGE", "de")
    assert main(["resolve", "RN1"]) == 1
    lines, err = told(capsys)
    assert lines == []
    assert err.startswith("siraba: SIRABA_LANGUAGE: ")
    assert len(err.splitlines()) == 1


def test_run_without_a_token_says_how_to_get_one(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    assert main(["run"]) == 1
    lines, err = told(capsys)
    assert lines == []
    assert "SIRABA_BOT_TOKEN" in err
    assert "@BotFather" in err
    assert not (tmp_path / "data").exists()


# resolve


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("RN1", {"kind": "road", "name": "RN1"}),
        ("kayes", {"kind": "place", "name": "Kayes"}),
        ("KAYES -> bamako", {"kind": "route", "from": "Kayes", "to": "Bamako"}),
        ("xyzzyx", {"kind": "unknown"}),
    ],
)
def test_resolve_prints_one_object(capsys: pytest.CaptureFixture[str], text: str, wanted: dict[str, str]):
    assert main(["resolve", text]) == 0
    [line], err = told(capsys)
    assert line | wanted == line
    assert isinstance(line["suggestions"], list)
    assert err == ""


# read and group


def test_read_prints_a_reading_for_each_item(capsys: pytest.CaptureFixture[str], typed: Any):
    typed(AMBUSH, b"\n", FOOTBALL)
    assert main(["read"]) == 0
    lines, err = told(capsys)
    assert [set(line) for line in lines] == [READING, READING]
    assert [(line["id"], line["relevant"]) for line in lines] == [("t1", True), ("t3", False)]
    assert lines[0]["leg"] == ["Diangounté Camara", "Diéma"]
    assert lines[0]["event_date"] == "2025-10-05"
    assert err == ""


def test_read_explains_itself_when_asked(capsys: pytest.CaptureFixture[str], typed: Any):
    typed(AMBUSH)
    assert main(["read", "--explain"]) == 0
    [line], _ = told(capsys)
    assert set(line) == READING | {"because"}
    assert line["because"]


def test_a_reading_and_its_reasons_are_the_same_in_every_run():
    lines = (ROOT / "tests" / "alerts" / "reading" / "newsroom.jsonl").read_bytes().splitlines(keepends=True)[:200]

    def read(seed: str) -> bytes:
        ran = subprocess.run(
            [sys.executable, "-m", "bot", "read", "--explain"],
            input=b"".join(lines),
            capture_output=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=ROOT,
        )
        return ran.stdout

    assert read("1") == read("2") != b""


def test_group_prints_an_object_for_each_incident(capsys: pytest.CaptureFixture[str], typed: Any):
    typed(AMBUSH, RETOLD, FOOTBALL)
    assert main(["group"]) == 0
    [line], err = told(capsys)
    assert set(line) == {"incident", "items", "event_type", "places", "roads", "event_date"}
    assert line["items"] == ["t1", "t2"]
    assert line["event_date"] == "2025-10-05"
    assert err == ""


@pytest.mark.parametrize("command", ["read", "group"])
def test_nothing_in_is_nothing_out(capsys: pytest.CaptureFixture[str], typed: Any, command: str):
    typed()
    assert main([command]) == 0
    assert told(capsys) == ([], "")


@pytest.mark.parametrize("command", ["read", "group"])
@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"no json\n", "line 2: not JSON"),
        (b"[]\n", "line 2: not a JSON object"),
        (b'{"title": "no id"}\n', 'line 2: "id" must be a string'),
        (b'{"id": "a", "published": "yesterday"}\n', 'line 2: "published" is not'),
        (b'{"id": "a", "title": "\xe9"}\n', "the input is not UTF-8"),
    ],
    ids=["text", "list", "no-id", "date", "latin-1"],
)
def test_an_unusable_line_ends_with_3_and_its_number(
    capsys: pytest.CaptureFixture[str], typed: Any, command: str, line: bytes, reason: str
):
    typed(FOOTBALL, line, AMBUSH)
    assert main([command]) == 3
    _, err = capsys.readouterr()
    assert err.startswith(f"siraba {command}: {reason}")
    assert len(err.splitlines()) == 1


def test_a_byte_order_mark_is_no_fault(capsys: pytest.CaptureFixture[str], typed: Any):
    typed(b"\xef\xbb\xbf" + json.dumps(AMBUSH).encode())
    assert main(["read"]) == 0
    assert len(told(capsys)[0]) == 1


# poll


def test_poll_prints_the_entries_of_a_file(capsys: pytest.CaptureFixture[str]):
    assert main(["poll", str(FEED), "--json"]) == 0
    lines, err = told(capsys)
    assert lines
    assert {frozenset(line) for line in lines} == {frozenset({"id", "title", "summary", "url", "published", "lang"})}
    assert all(line["published"] is None or line["published"].endswith("+00:00") for line in lines)
    assert err == ""


def test_poll_goes_on_past_what_is_no_feed_and_ends_with_3(capsys: pytest.CaptureFixture[str]):
    page = FEED.with_name("login_page.html")
    assert main(["poll", "nowhere.xml", str(page), str(FEED)]) == 3
    lines, err = told(capsys)
    assert lines
    reasons = err.splitlines()
    assert [reason.split(": ")[1] for reason in reasons] == ["nowhere.xml", str(page)]
    assert all(reason.split(": ", 2)[2] for reason in reasons)


# route


def test_route_prints_the_legs_of_each_way(capsys: pytest.CaptureFixture[str]):
    assert main(["route", "Kayes", "Bamako", "--json"]) == 0
    [line], err = told(capsys)
    assert set(line) == {"ways", "sources_read_at"}
    way = line["ways"][0]
    assert {"km", "via", "roads", "legs"} <= set(way)
    assert (way["legs"][0]["from"], way["legs"][-1]["to"]) == ("Kayes", "Bamako")
    assert {frozenset(leg) for leg in way["legs"]} == {
        frozenset({"from", "to", "km", "status", "incidents", "information_age_hours", "risk"})
    }
    assert all(leg["risk"] == {"level": "unknown", "is_old": False, "factors": []} for leg in way["legs"])
    assert abs(sum(leg["km"] for leg in way["legs"]) - way["km"]) <= len(way["legs"])
    assert err == ""


def test_route_answers_in_words_that_never_say_safe(capsys: pytest.CaptureFixture[str]):
    assert main(["route", "Kayes", "Bamako"]) == 0
    out, err = capsys.readouterr()
    assert "Kayes" in out
    assert not any(word in out.lower() for word in ("sûr ", "safe", "✅"))
    assert err == ""


def test_route_to_an_unknown_town_ends_with_3_and_a_hint(capsys: pytest.CaptureFixture[str]):
    assert main(["route", "Kayes", "Bamakko-sur-Mer-du-Nord"]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("siraba route: not understood: ")


# The edges of a process


def test_what_goes_in_and_out_is_utf_8_whatever_the_machine_prefers():
    foreign = os.environ | {"PYTHONIOENCODING": "latin-1", "SIRABA_DATA_DIR": "data"}
    item = json.dumps({**AMBUSH, "id": "é–\ud83d"}, ensure_ascii=True).encode() + b"\n"
    done = siraba("read", input=item, env=foreign, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, b"")
    reading = json.loads(done.stdout.decode("utf-8"))
    assert reading["id"] == "é–\ud83d"
    assert reading["leg"] == ["Diangounté Camara", "Diéma"]


@pytest.mark.parametrize("lines", [1, 2000], ids=["at-the-end", "on-the-way"])
def test_a_reader_that_leaves_is_no_fault(lines: int):
    ours, theirs = os.pipe()
    os.close(ours)
    item = json.dumps(FOOTBALL).encode() + b"\n"
    try:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "read"],
            input=item * lines,
            stdout=theirs,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            check=False,
        )
    finally:
        os.close(theirs)
    assert (done.returncode, done.stderr) == (0, b"")

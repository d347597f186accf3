"""`siraba demo` tells the whole job: each alert reaches exactly those who follow it, once, or the demo fails."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from bot.demo.paper import Paper
from bot.demo.run import demo
from bot.demo.story import Story, load_story

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "bot", "demo")
PATIENCE = 90.0


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """One run of the demo without a terminal, its temporary folder inside the test's."""
    folder = tmp_path_factory.mktemp("t")
    return subprocess.run(  # noqa: S603 - our own command
        COMMAND,
        cwd=ROOT,
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SIRABA_")}
    # Settings of the machine must not reach the demo.
    return kept | {"TMPDIR": str(folder), "SIRABA_REDIS_URL": "redis://127.0.0.1:1", "SIRABA_LANGUAGE": "en"}


def wanted(story: Story) -> dict[str, set[str]]:
    """Alert by alert, who must get it."""
    readers: dict[str, set[str]] = defaultdict(set)
    for scene in story.scenes:
        for step in scene.steps:
            for expected in step.expects:
                if expected.alert:
                    readers[expected.alert].add(story.people[expected.who].name)
    return readers


def rows(lines: Iterable[str]) -> list[tuple[str, str, int]]:
    """The table of the transcript: alert, reader, times."""
    table = list(lines)
    start = next(number for number, line in enumerate(table) if line.startswith("alert "))
    reached = table[start].index("reached")
    found, alert = [], ""
    for line in table[start + 2 :]:
        if not line:
            break
        alert = line[:reached].strip() or alert
        name, times, _ = line[reached:].rsplit(maxsplit=2)
        found.append((alert, name.strip(), int(times)))
    return found


def test_the_demo_ends_by_itself_and_well(told: subprocess.CompletedProcess[str]):
    assert (told.returncode, told.stderr) == (0, ""), told.stdout
    assert "\x1b" not in told.stdout


def test_each_alert_reached_exactly_those_who_follow_it_once(told: subprocess.CompletedProcess[str]):
    reached: dict[str, set[str]] = defaultdict(set)
    for alert, name, times in rows(told.stdout.splitlines()):
        assert times == 1
        reached[alert].add(name)
    assert reached == wanted(load_story())


def test_the_transcript_shows_what_the_three_read_and_why_some_news_went_no_further(
    told: subprocess.CompletedProcess[str],
):
    for words in ("Vous suivez : RN1", "KAYES → BAMAKO", "DÉMENTI", "ignored:", "held for the desk:", "a reprint"):
        assert words in told.stdout


async def test_a_message_that_does_not_arrive_fails_the_demo_and_shows_the_log(tmp_path: Path):
    story = load_story()
    first = story.scenes[0]
    step = next(step for step in first.steps if step.expects)
    broken = replace(step, expects=tuple(replace(one, says=("never said",)) for one in step.expects))
    story = replace(story, scenes=(replace(first, steps=(broken,)),))
    stream = StringIO()
    assert await demo(story, Paper(story.people, stream), tmp_path, talks=False, patience=0.5) == 1
    assert "missing: logistician was to read “never said”" in stream.getvalue()
    assert (tmp_path / "service.log").read_text().splitlines()[-1] in stream.getvalue().partition("The end of")[2]


class Terminal:
    """A pseudo-terminal with the demo on it."""

    def __init__(self, process: "subprocess.Popen[bytes]", descriptor: int) -> None:
        self.process = process
        self.text = ""
        self._descriptor = descriptor

    def type(self, line: str) -> None:
        os.write(self._descriptor, f"{line}\n".encode())

    def wait_for(self, words: str) -> None:
        """Read until `words` come up; what came before them is then forgotten."""
        deadline = time.monotonic() + PATIENCE
        while words not in self.text:
            left = deadline - time.monotonic()
            assert left > 0, self.text
            assert select.select([self._descriptor], [], [], left)[0], self.text
            chunk = self._read()
            assert chunk, self.text
            self.text += chunk
        self.text = self.text.partition(words)[2]

    def wait_for_the_end(self) -> int:
        """Read until no process has the terminal open any more, neither the demo nor what it started."""
        while chunk := self._read():
            self.text += chunk
        return self.process.wait(PATIENCE)

    def _read(self) -> str:
        try:
            return os.read(self._descriptor, 65_536).decode(errors="replace")
        except OSError:  # so Linux says that nobody holds the other end any more
            return ""


@contextmanager
def on_terminal(folder: Path) -> Iterator[Terminal]:
    master, slave = pty.openpty()
    # A shell lets what runs in its background ignore Ctrl-C, and so would what that starts: no terminal does.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(  # noqa: S603 - our own command
        COMMAND, cwd=ROOT, env=environment(folder), stdin=slave, stdout=slave, stderr=slave, start_new_session=True
    )
    signal.signal(signal.SIGINT, before)
    os.close(slave)
    try:
        yield Terminal(process, master)
    finally:
        process.kill()
        process.wait(PATIENCE)
        os.close(master)


def test_on_a_terminal_one_goes_on_as_any_of_the_three_until_one_quits(tmp_path: Path):
    with on_terminal(tmp_path) as terminal:
        terminal.wait_for("q quits")
        terminal.type("1 /encours")
        terminal.wait_for("EN COURS")
        terminal.type("3 /incident")
        terminal.wait_for("2 [Engin explosif]")
        terminal.type("2")
        terminal.wait_for("Où ?")
        terminal.type("nobody says this")
        terminal.wait_for("type 1 to 3")
        terminal.type("q")
        assert terminal.wait_for_the_end() == 0, terminal.text
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("told_to_end", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "sigterm"])
def test_told_to_end_in_the_middle_it_stops_all_it_started(tmp_path: Path, told_to_end: signal.Signals):
    with on_terminal(tmp_path) as terminal:
        terminal.wait_for("the driver taps")
        terminal.process.send_signal(told_to_end)
        assert terminal.wait_for_the_end() == 1, terminal.text
        assert "Traceback" not in terminal.text
    assert list(tmp_path.iterdir()) == []

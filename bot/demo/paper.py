"""How does the transcript look? One block a message, as the three people see it; English notes between them."""

import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TextIO

from bot.demo.ear import Gone, Heard
from bot.demo.story import Entry, Line, Person, Scene, Story

WIDTH = 96
MARGIN = "    "
BAR = "│ "
BOLD, DIM, RED, RESET = "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[0m"
COLOURS = ("\x1b[36m", "\x1b[33m", "\x1b[35m")  # one a person


class Paper:
    """Writes to `stream`; in colour only where it is a terminal."""

    def __init__(self, people: Mapping[str, Person], stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._people = people
        self._colour = self._stream.isatty()
        self._of = dict(zip(people, COLOURS, strict=False))

    def title(self, story: Story) -> None:
        """What this is, and who the three are."""
        self._line(story.title, BOLD)
        self.note(story.note)
        for number, person in enumerate(story.people.values(), start=1):
            self._line(f"  {number}  {person.name}: {person.about}", self._of[person.id])

    def scene(self, number: int, scene: Scene) -> None:
        """The head of a scene."""
        self._line("")
        self._line(f"── {number} ── {scene.at:%A %d %B %Y, %H:%M} ── {scene.title} ".ljust(WIDTH, "─"), BOLD)
        self.note(scene.note)

    def note(self, text: str) -> None:
        """An explanation in English."""
        if text:
            self._line(textwrap.fill(" ".join(text.split()), WIDTH))

    def entry(self, entry: Entry, story: Story, fate: str) -> None:
        """What a feed published, and what became of it."""
        outlet = story.outlets[entry.outlet]
        self._line("")
        self._line(f"  {outlet.name} (grade {outlet.grade}) publishes: {entry.title}")
        self._line(textwrap.indent(textwrap.fill(f"→ {fate}", WIDTH - len(MARGIN)), MARGIN), DIM)

    def reason(self, alert: str, reason: str) -> None:
        """Why the service sent an alert."""
        self._line(f"{MARGIN}→ {alert}: {reason}", DIM)

    def typed(self, line: Line, text: str, at: datetime) -> None:
        """What a person types or taps."""
        person = self._people[line.who]
        does = f"[{line.taps}]" if line.taps else text
        self._line("")
        self._line(f"  {at:%H:%M}  {person.name} {'taps' if line.taps else 'types'}  {does}", self._of[person.id])

    def news(self, news: Heard | Gone, at: datetime, *, numbers: Sequence[str] = ()) -> None:
        """What the bot did in a chat; `numbers` stand before the buttons where they can be typed."""
        colour, name = self._of[news.who], self._people[news.who].name
        if isinstance(news, Gone):
            things = "a message" if news.count == 1 else f"{news.count} messages"
            self._line(f"  {at:%H:%M}  the bot deletes {things} in the chat of {name} (short mode)", DIM)
            return
        self._line("")
        self._line(f"  {at:%H:%M}  to {name}{_marks(news)}", colour)
        for line in news.text.splitlines():
            self._line(f"{MARGIN}{BAR}{line}")
        for row in _buttons(news, numbers):
            self._line(f"{MARGIN}{BAR}{row}", DIM)

    def faults(self, faults: Iterable[str]) -> None:
        """What went otherwise than it should."""
        for fault in faults:
            self._line(f"  ✗ {fault}", RED)

    def plain(self, lines: Iterable[str]) -> None:
        """Lines as they are."""
        for line in lines:
            self._line(line)

    def _line(self, text: str, style: str = "") -> None:
        styled = f"{style}{text}{RESET}" if style and text and self._colour else text
        print(styled, file=self._stream, flush=True)


def _marks(heard: Heard) -> str:
    marks = [("edited", heard.edited), ("without sound", heard.silent), ("answers the alert", heard.answers)]
    told = [mark for mark, holds in marks if holds]
    return f" ({', '.join(told)})" if told else ""


def _buttons(heard: Heard, numbers: Sequence[str]) -> list[str]:
    """Rows of labels; `numbers` has one for each button, in order, or none at all."""
    left = iter(numbers)
    return ["  ".join(f"{next(left, '')}[{button.text}]" for button in row) for row in heard.buttons]

"""What happens after the story, on a terminal? Whoever sits there types as any of the three, until they quit."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.demo.ear import Heard
from bot.demo.paper import Paper
from bot.demo.stage import Stage
from bot.demo.story import Person, Story
from bot.demo.telegram.process import StandInError

QUIT = frozenset({"q", "quit", "exit"})
LOOK_SECONDS = 0.2
LONGEST_LINE = 4096

HOW = """
The story is over, the service still runs. Type as one of them: the person's number, then the words.
  1 /route Kayes Bamako      2 /encours      3 /incident
A number taps the button that has it; what the bot writes shows up as it arrives. q quits.
"""


async def talk(stage: Stage, story: Story, paper: Paper) -> None:
    """Take lines from the terminal until one says to quit, or it is closed."""
    stage.clock.run()
    await stage.telegram.clock(None)
    paper.plain(HOW.splitlines())
    talking = Talk(stage, story, paper)
    async with _typed_lines() as lines:
        listening = asyncio.create_task(talking.listen(), name="listen")
        try:
            while (line := await lines.get()) is not None and line.strip().lower() not in QUIT:
                await talking.hear(line.strip())
        finally:
            listening.cancel()
            await asyncio.wait([listening])


class Talk:
    """The three chats, and the buttons that were shown last, by number."""

    def __init__(self, stage: Stage, story: Story, paper: Paper) -> None:
        self._stage = stage
        self._people = list(story.people.values())
        self._paper = paper
        self._buttons: dict[str, tuple[Person, int, str]] = {}

    async def hear(self, line: str) -> None:
        """Do what a line of the terminal says: tap a button, or type as a person."""
        if not line:
            return
        number, _, words = line.partition(" ")
        try:
            if not words and number in self._buttons:
                await self._tap(number)
            elif words and number.isdecimal() and 1 <= int(number) <= len(self._people):
                await self._stage.telegram.say(self._people[int(number) - 1].chat, words.strip())
            else:
                self._paper.plain([f"  type 1 to {len(self._people)} and what that person says, or a button's number"])
        except StandInError as error:
            self._paper.plain([f"  {error}"])

    async def listen(self) -> None:
        """Show what the bot writes, for ever."""
        while True:
            for one in await self._stage.ear.news():
                numbers = self._numbered(one) if isinstance(one, Heard) else ()
                self._paper.news(one, self._stage.clock(), numbers=numbers)
            await asyncio.sleep(LOOK_SECONDS)

    async def _tap(self, number: str) -> None:
        person, message_id, button = self._buttons[number]
        tap = await self._stage.telegram.tap(person.chat, button, message_id=message_id)
        answer = await self._stage.telegram.answer(tap)
        if answer.text:
            self._paper.plain([f"    pop-up: {answer.text}"])

    def _numbered(self, heard: Heard) -> tuple[str, ...]:
        """Numbers for the buttons of a message; those of the message before it mean nothing any more."""
        buttons = [button for row in heard.buttons for button in row]
        if not buttons:
            return ()
        person = next(one for one in self._people if one.id == heard.who)
        numbers = tuple(str(number) for number in range(1, 1 + len(buttons)))
        self._buttons = {
            number: (person, heard.message_id, button.data or button.text)
            for number, button in zip(numbers, buttons, strict=True)
        }
        return tuple(f"{number} " for number in numbers)


@asynccontextmanager
async def _typed_lines() -> AsyncIterator["asyncio.Queue[str | None]"]:
    """The lines of the terminal as they come, then None. No thread waits at it, which Ctrl-C could not end."""
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    descriptor, loop = sys.stdin.fileno(), asyncio.get_running_loop()

    def read() -> None:
        try:
            typed = os.read(descriptor, LONGEST_LINE).decode(errors="replace")
        except OSError:
            typed = ""  # the terminal is gone
        for line in typed.splitlines() if typed else [None]:
            lines.put_nowait(line)
        if not typed:
            loop.remove_reader(descriptor)

    loop.add_reader(descriptor, read)
    try:
        yield lines
    finally:
        loop.remove_reader(descriptor)

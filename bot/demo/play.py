"""How is a story told? Scene by scene: the clock jumps, feeds publish, people type, and what arrives is checked."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from alerts.delivery.model import Reason
from alerts.reading.reader import Reader
from bot.demo.check import Verdict, compare
from bot.demo.ear import Gone, Heard
from bot.demo.fate import fate_of
from bot.demo.paper import Paper
from bot.demo.settle import settle
from bot.demo.stage import ServiceEndedError, Stage, publish
from bot.demo.story import Entry, Line, Scene, Step, Story
from bot.demo.table import Row, count_faults, rows_of, table
from bot.demo.telegram.process import StandInError

PATIENCE = 12.0  # seconds until an expected message counts as missing
READING_SECONDS, MANY = 3.0, 2  # so many messages in so many seconds, and a third would be refused as a flood
STUCK_SECONDS = 30.0  # a service that is busy for longer never settles
REFERENCE = re.compile(r"Réf\. (\d+)")


@dataclass(slots=True, kw_only=True)
class Player:
    """Tells a story on a stage, onto paper. `faults` is what went otherwise than the story expects.

    `patience` is how many seconds an expected message may take.
    """

    story: Story
    stage: Stage
    paper: Paper
    reader: Reader
    patience: float = PATIENCE
    faults: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)

    async def play(self) -> None:
        """Tell all scenes, then count; stops at the first scene that goes wrong, since the next ones build on it."""
        for number, scene in enumerate(self.story.scenes, start=1):
            await self._scene(number, scene)
            if self.faults:
                return
        await self._count()

    async def _scene(self, number: int, scene: Scene) -> None:
        # The story leaves the hours between two scenes out; the service was there all along.
        await self.stage.service.store.silences.in_touch(scene.at)
        self.stage.clock.jump(scene.at)
        await self.stage.telegram.clock(scene.at)
        self.paper.scene(number, scene)
        for step in scene.steps:
            if not self.faults:
                await self._step(step, scene)

    async def _step(self, step: Step, scene: Scene) -> None:
        self.paper.note(step.note)
        started = (await self.stage.telegram.counters()).at
        for entry in step.entries:
            publish(self.stage.feeds, entry)
        news: list[Heard | Gone] = []
        try:
            if step.line:
                await self._perform(step.line, scene)
            news, verdict = await self._outcome(step)
        except (TimeoutError, StandInError, ServiceEndedError) as error:
            self._fail(scene, [str(error) or "the service is still busy, or stuck"])
            return
        is_first = step is self.story.scenes[0].steps[0]
        await self._show(self.story.opening if is_first else step.entries, news, scene)
        self.heard += [one for one in news if isinstance(one, Heard)]
        self.rows += rows_of(verdict.met, started)
        self._fail(scene, [*verdict.faults, *await self._left(step)])

    async def _perform(self, line: Line, scene: Scene) -> None:
        chat = self.story.people[line.who].chat
        await self._have_read(line.who)
        text = line.types.replace("{ref}", self._reference(line.who))
        self.paper.typed(line, text, scene.at)
        if line.taps:
            await self.stage.telegram.tap(chat, line.taps)
        else:
            await self.stage.telegram.say(chat, text)

    async def _left(self, step: Step) -> list[str]:
        """Faults of chats that should be empty and are not."""
        chats = {who: self.story.people[who].chat for who in step.empty}
        return [
            f"{who} still has “{message.text.splitlines()[0]}”"
            for who, chat in chats.items()
            for message in await self.stage.telegram.messages(chat)
        ]

    async def _have_read(self, who: str) -> None:
        """The story jumps, its people don't: they look at the last messages for a moment before they type."""
        recent = [one.at for one in self.heard if one.who == who][-MANY:]
        now = (await self.stage.telegram.counters()).at
        if len(recent) == MANY and (left := recent[0] + READING_SECONDS - now) > 0:
            await asyncio.sleep(left)

    def _reference(self, who: str) -> str:
        """The last one this person was shown."""
        shown = [found for one in self.heard if one.who == who for found in REFERENCE.findall(one.text)]
        return shown[-1] if shown else "?"

    async def _outcome(self, step: Step) -> tuple[list[Heard | Gone], Verdict]:
        """What came of a step, once nothing more comes."""
        news: list[Heard | Gone] = []
        deadline = asyncio.get_running_loop().time() + self.patience
        while True:
            async with asyncio.timeout(STUCK_SECONDS):
                await settle(self.stage)
            news += await self.stage.ear.news()
            verdict = compare(step.expects, [one for one in news if isinstance(one, Heard)])
            if verdict.is_whole or asyncio.get_running_loop().time() > deadline:
                return news, verdict

    async def _show(self, entries: Sequence[Entry], news: Sequence[Heard | Gone], scene: Scene) -> None:
        incidents = await self.stage.service.store.incidents.recent(now=scene.at)
        for entry in entries:
            self.paper.entry(entry, self.story, fate_of(entry, incidents, self.reader))
        for alert, reason in self.stage.reasons.take():
            self.paper.reason(alert, Reason[reason])
        for one in news:
            self.paper.news(one, scene.at)

    def _fail(self, scene: Scene, faults: list[str] | tuple[str, ...]) -> None:
        self.faults += [f"“{scene.title}”: {fault}" for fault in faults]

    async def _count(self) -> None:
        """The table, and what the stand-in's totals say."""
        counters = await self.stage.telegram.counters()
        people = self.story.people
        self.paper.plain(["", *table(self.rows, counters, people), ""])
        self.faults += count_faults(self.rows, self.heard, counters, people)

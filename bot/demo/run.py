"""What does `siraba demo` do, from start to end?"""

import asyncio
import signal
import sys
import tempfile
from collections.abc import Coroutine
from pathlib import Path

from alerts.geography.atlas import Atlas
from alerts.reading.reader import Reader
from bot.demo.log import tail
from bot.demo.paper import Paper
from bot.demo.play import PATIENCE, Player
from bot.demo.stage import LOG_NAME, staged
from bot.demo.story import Story, load_story
from bot.demo.talk import talk

GOOD, FAULT = 0, 1


def main() -> int:
    """Run the demo to its end; 0 when all went as the story says."""
    story = load_story()
    paper = Paper(story.people)
    on_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    with tempfile.TemporaryDirectory(prefix="siraba-demo-") as folder:
        try:
            return asyncio.run(_until_told(demo(story, paper, Path(folder), talks=on_terminal)))
        except asyncio.CancelledError:
            return FAULT  # it was told to end


async def demo(story: Story, paper: Paper, folder: Path, *, talks: bool, patience: float = PATIENCE) -> int:
    """Tell `story` onto `paper`, then let whoever sits at the terminal talk on, if `talks`; gives the exit status.

    `patience` is in seconds: how long an expected message may take. All that is started lives in `folder`.
    """
    began = asyncio.get_running_loop().time()
    paper.title(story)
    async with staged(story, folder) as stage:
        reader = Reader(await asyncio.to_thread(Atlas.load))
        player = Player(story=story, stage=stage, paper=paper, reader=reader, patience=patience)
        await player.play()
        if not player.faults:
            _close(paper, story, asyncio.get_running_loop().time() - began)
            if talks:
                stage.check()
                await talk(stage, story, paper)
    if player.faults:
        paper.faults(player.faults)
        paper.plain(["", f"The end of {LOG_NAME}:", *tail(folder / LOG_NAME)])
    return FAULT if player.faults else GOOD


def _close(paper: Paper, story: Story, seconds: float) -> None:
    paper.plain([f"Everything arrived as the story says, once each; it took {seconds:.0f} s."])
    paper.plain(["Where the facts were read:", *(f"  {source}" for source in story.sources)])


async def _until_told(work: Coroutine[None, None, int]) -> int:
    """SIGTERM ends the demo as Ctrl-C does: everything it started is stopped first."""
    task = asyncio.ensure_future(work)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await task

"""`make chaos`: hundreds of crash trials; the table goes to the terminal and into docs/reliability.md.

python -m tests.chaos [--trials 200] [--seed N] [--lanes 2] [--write docs/reliability.md]
"""

import argparse
import asyncio
import os
import platform
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from pathlib import Path

os.environ.setdefault("PTB_TIMEDELTA", "1")  # read when python-telegram-bot builds a refusal; without it, it warns

from bot.demo.telegram.client import start_telegram
from tests.chaos.table import table
from tests.chaos.trials import HARMS, Ground, Trial, alert, commands

BEGIN, END = "<!-- make chaos writes what follows -->", "<!-- up to here -->"
COMMANDS_EVERY = 20  # one trial with 300 commands for so many with an alert
STOPS_EVERY = 4
LONGEST_STOP = 5.0  # seconds

Work = Callable[[Ground], Awaitable[Trial]]


def main() -> int:
    """Run them; 1 if one was bad."""
    options = _options()
    seed = random.SystemRandom().randrange(10**6) if options.seed is None else options.seed
    began = time.monotonic()
    trials = asyncio.run(_all(list(_work(options.trials, seed)), options.lanes))
    bad = [trial for trial in trials if not trial.is_good or trial.seconds >= LONGEST_STOP]
    told = _telling(trials, seed=seed, seconds=time.monotonic() - began, lanes=options.lanes)
    print(f"\n{told}")
    for trial in bad:
        print(f"bad: {trial}", file=sys.stderr)
    if options.write and not bad:
        _write(options.write, told)
    return 1 if bad else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description="Crash trials.")
    parser.add_argument("--trials", type=int, default=200, help="how many kills; stops and commands come beside them")
    parser.add_argument("--seed", type=int, default=None, help="of the first trial; printed when not given")
    parser.add_argument("--lanes", type=int, default=2, help="how many trials at once")
    parser.add_argument("--write", type=Path, default=None, help="the page whose table is replaced, if none was bad")
    return parser.parse_args()


def _work(trials: int, first: int) -> Iterator[Work]:
    """The trials in turn: the kinds of kill, some stops and some commands among them."""
    kills = [kind for kind in HARMS if kind.startswith("kill")]
    for number in range(trials):
        seed = first + number
        yield partial(alert, kind=kills[seed % len(kills)], seed=seed)
        if number % STOPS_EVERY == 0:
            yield partial(alert, kind="SIGTERM", seed=seed)
        if number % COMMANDS_EVERY == 0:
            yield partial(commands, seed=seed)


async def _all(work: list[Work], lanes: int) -> list[Trial]:
    done: list[Trial] = []
    waiting = iter(work)
    with tempfile.TemporaryDirectory(prefix="siraba-chaos-") as folder:
        async with asyncio.TaskGroup() as group:
            for _ in range(lanes):
                ground = Path(tempfile.mkdtemp(dir=folder))
                group.create_task(_lane(ground, waiting, done, len(work)))
    return sorted(done, key=lambda trial: (not trial.kind.startswith("kill"), trial.kind, trial.seed))


async def _lane(folder: Path, waiting: Iterator[Work], done: list[Trial], count: int) -> None:
    async with start_telegram() as telegram:
        ground = Ground(telegram=telegram, folder=folder)
        await ground.prepare()
        for work in waiting:
            trial = await work(ground)
            done.append(trial)
            told = f"lost {trial.lost}, repeated {trial.repeated}, in flight {trial.in_flight} {trial.fault}".rstrip()
            print(f"{len(done):4}/{count} seed {trial.seed}, {trial.kind}: {told}", flush=True)


def _telling(trials: list[Trial], *, seed: int, seconds: float, lanes: int) -> str:
    where = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, {lanes} trials at once"
    slowest = max((trial.seconds for trial in trials), default=0.0)
    how = f"Seeds from {seed}; {where}; {seconds / 60:.0f} minutes."
    return f"{table(trials)}\n\nThe slowest stop by SIGTERM took {slowest:.1f} s. {how}"


def _write(page: Path, told: str) -> None:
    text = page.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    page.write_text(f"{head}{BEGIN}\n\n{told}\n\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())

"""What is a crash trial? Each starts the bot, lets it work, does one kind of harm at a random moment, and counts.

The bot is a process of its own between a feed server and the stand-in for Telegram, which both survive and tell what
arrived. A trial takes a few seconds: it starts on a copy of a prepared store, where the readers follow their road
already, and the news is out before the bot is up. What may be repeated is known exactly: the bot is frozen for the
blink in which its claims are counted, then killed.
"""

import asyncio
import random
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from redis.exceptions import RedisError

from alerts.errors import SirabaError
from alerts.store import keys
from bot.demo.telegram.client import Telegram
from bot.demo.telegram.limits import Limits
from tests.support import crowd
from tests.support.redis import kill
from tests.support.stack import Stack, stack_on

READERS = range(101, 161)
PEOPLE = range(1001, 1301)
LONGEST = 300.0  # seconds; many times what anything here takes, even on a busy machine
ROUND_TRIP = {"before": 0.06, "before_jitter": 0.03, "after": 0.06, "after_jitter": 0.03}
QUICK = {"SIRABA_MESSAGES_PER_SECOND": "200"}  # for commands: what is killed is their handling, not the waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What one trial came to.

    `in_flight` is how many sends were claimed and unanswered at the moment of the harm, `seconds` what a stop took.
    """

    kind: str
    seed: int
    lost: int
    repeated: int = 0
    in_flight: int = 0
    seconds: float = 0.0
    fault: str = ""

    @property
    def is_good(self) -> bool:
        """Nothing lost, and nothing repeated that was not on the wire."""
        return not self.lost and self.repeated <= self.in_flight and not self.fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Where trials take place: one stand-in for Telegram, and a store in which the readers follow their road."""

    telegram: Telegram
    folder: Path

    async def prepare(self) -> None:
        """Let the readers follow, once, by the bot itself."""
        await self.telegram.limits(Limits(per_second=None, chat_burst=None, group_per_minute=None))
        (self.folder / "prepared").mkdir()
        async with stack_on(self.telegram, self.folder / "prepared") as running:
            running.process = await running.spawn(**QUICK)
            await crowd.follow(running, READERS)
            await running.terminate()

    @asynccontextmanager
    async def fresh(self, name: str, *, seed: int, prepared: bool) -> AsyncIterator[Stack]:
        """A stack for one trial; nothing runs yet."""
        await self.telegram.reset(seed=seed)
        await self.telegram.open_chats(*READERS)
        await self.telegram.limits(Limits())
        await self.telegram.latency(**ROUND_TRIP)
        folder = self.folder / name
        folder.mkdir()
        if prepared:
            shutil.copytree(self.folder / "prepared" / "data", folder / "data", ignore=_sockets)
        try:
            async with stack_on(self.telegram, folder) as running:
                yield running
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@dataclass(slots=True)
class Harm:
    """What was done to a running bot, and what it had on the wire."""

    in_flight: int = 0
    seconds: float = 0.0


async def killed_bot(running: Stack) -> Harm:
    """The bot alone; its own Redis hears of it from the kernel, writes out and leaves."""
    in_flight = await _freeze(running)
    await running.kill()
    await running.start()
    return Harm(in_flight)


async def killed_redis(running: Stack) -> Harm:
    """Redis alone; the bot starts it again."""
    server = await _server(running)
    in_flight = await _freeze(running)
    kill(server)
    _thaw(running)
    return Harm(in_flight)


async def killed_both(running: Stack) -> Harm:
    """Both in the same moment."""
    server = await _server(running)
    in_flight = await _freeze(running)
    kill(server)
    await running.kill()
    await running.start()
    return Harm(in_flight)


async def stopped(running: Stack) -> Harm:
    """By an operator: SIGTERM, which loses and repeats nothing."""
    seconds = await running.terminate()
    assert running.process is not None
    if running.process.returncode not in {0, -signal.SIGTERM}:  # the latter before it could listen to signals
        raise TrialError(f"stopped with status {running.process.returncode}")
    await running.start()
    return Harm(seconds=seconds)


HARMS: dict[str, Callable[[Stack], Awaitable[Harm]]] = {
    "kill -9 of the bot": killed_bot,
    "kill -9 of Redis": killed_redis,
    "kill -9 of both": killed_both,
    "SIGTERM": stopped,
}
COMMANDS = "kill -9, 300 commands queued"


class TrialError(Exception):
    """A trial did not go as it must, besides what it counts."""


async def alert(ground: Ground, kind: str, seed: int) -> Trial:
    """One alert for all readers, one harm (or two) on its way."""
    chance = random.Random(seed)
    async with ground.fresh(f"{HARMS[kind].__name__}-{seed}", seed=seed, prepared=True) as running:
        crowd.publish(running)
        await running.start()
        harms, fault = [], ""
        try:
            for _ in range(chance.choice([1, 1, 2])):
                await _a_random_moment(running, chance)
                harms.append(await HARMS[kind](running))
            await _until_delivered(running)
        except (TimeoutError, TrialError) as error:
            fault = str(error) or "it was never delivered"
        copies = await crowd.copies(running, READERS)
        lost = copies.count(0)
        trial = Trial(
            kind=kind,
            seed=seed,
            lost=lost,
            repeated=sum(copies) + lost - len(READERS),
            in_flight=sum(harm.in_flight for harm in harms),
            seconds=max((harm.seconds for harm in harms), default=0.0),
            fault=fault,
        )
        _tell(trial, running)
    return trial


async def commands(ground: Ground, seed: int) -> Trial:
    """300 people have written; two kills while the bot works through them. Counts who does not follow in the end."""
    chance = random.Random(seed)
    async with ground.fresh(f"commands-{seed}", seed=seed, prepared=False) as running:
        await ground.telegram.limits(Limits(per_second=None, chat_burst=None, group_per_minute=None))
        await asyncio.gather(*(ground.telegram.say(person, "/suivre RN1") for person in PEOPLE))
        fault = ""
        try:
            for _ in range(2):
                running.process = await running.spawn(**QUICK)
                await _pending_below(running, chance.randrange(len(PEOPLE)))
                await asyncio.sleep(chance.uniform(0.0, 0.3))
                await running.kill()
            running.process = await running.spawn(**QUICK)
            await ground.telegram.wait_drained(timeout=LONGEST)
            followers = await _all_done(running)
        except TimeoutError:
            followers, fault = 0, "they were never done"
        trial = Trial(kind=COMMANDS, seed=seed, lost=len(PEOPLE) - followers, fault=fault)
        _tell(trial, running)
    return trial


def _tell(trial: Trial, running: Stack) -> None:
    """Of a bad one all that can be known."""
    if not trial.is_good:
        print(f"{running.log()}\n{trial}", file=sys.stderr)


async def _a_random_moment(running: Stack, chance: random.Random) -> None:
    """Anywhere from the start of the process to the last message, most of them in the midst of the delivery."""
    if chance.random() < 0.2:
        await asyncio.sleep(chance.uniform(0.0, 4.0))
        return
    await crowd.some_have_it(running, chance.randrange(1, len(READERS) + 1), READERS)
    await asyncio.sleep(chance.uniform(0.0, 0.2))


async def _until_delivered(running: Stack) -> None:
    """Wait for the end. A bot that ends by itself has failed: it must ride out the loss of its Redis at any moment."""
    async with asyncio.timeout(LONGEST):
        while not await crowd.is_delivered(running):
            assert running.process is not None
            if running.process.returncode is not None:
                raise TrialError(f"the bot ended with status {running.process.returncode}")
            await asyncio.sleep(0.05)


async def _freeze(running: Stack) -> int:
    """Stop the bot in its tracks, and count the sends it has claimed and that have no recorded answer."""
    assert running.process is not None
    running.process.send_signal(signal.SIGSTOP)
    await asyncio.sleep(0.02)  # what it had asked of Redis before is done
    with suppress(SirabaError, RedisError, OSError):  # Redis is not up yet, or on its way: then nothing is claimed
        return await crowd.claimed(running)
    return 0


def _thaw(running: Stack) -> None:
    assert running.process is not None
    running.process.send_signal(signal.SIGCONT)


async def _server(running: Stack) -> int:
    async with asyncio.timeout(LONGEST):
        while True:
            with suppress(SirabaError, RedisError, OSError):
                async with running.redis() as redis:
                    return int((await redis.info("server"))["process_id"])
            await asyncio.sleep(0.02)


async def _pending_below(running: Stack, count: int) -> None:
    """Wait until Telegram holds so few unconfirmed updates, or none."""
    async with asyncio.timeout(LONGEST):
        while len(await running.telegram.pending_updates()) > count:  # noqa: ASYNC110 - another process has no event
            await asyncio.sleep(0.02)


async def _all_done(running: Stack) -> int:
    """Wait until the inbox is empty; gives how many follow the road."""
    async with asyncio.timeout(LONGEST):
        while True:
            with suppress(SirabaError, RedisError, OSError):
                async with running.redis() as redis:
                    if not await redis.zcard(keys.INBOX) and not await redis.zcard(keys.PARKED):
                        return int(await redis.scard(keys.followers(crowd.ROAD)))
            await asyncio.sleep(0.05)


def _sockets(_: str, names: list[str]) -> list[str]:
    """A socket is no file that can be copied, and the locks are of the last owner."""
    return [name for name in names if name.endswith((".sock", ".lock"))]

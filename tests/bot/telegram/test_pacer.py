"""The pacer on a loop whose clock a test moves: no test here waits for real seconds."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from itertools import pairwise
from typing import Any

import pytest

from alerts.delivery.model import Lane
from bot.telegram.pacer import Pacer

RTT = 0.1


class _Impatient(selectors.SelectSelector):
    """Instead of waiting, moves the clock to when the loop wanted to wake up."""

    now = 1000.0

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout:
            self.now += timeout
        return super().select(0)


class FastLoop(asyncio.SelectorEventLoop):
    """A real event loop in which sleeping takes no time."""

    def __init__(self) -> None:
        self.impatient = _Impatient()
        super().__init__(self.impatient)

    def time(self) -> float:
        return self.impatient.now


def play(story: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    with asyncio.Runner(loop_factory=FastLoop) as runner:
        return runner.run(story())


class Telegram:
    """Notes when a call arrives at the server, half a round trip after its turn began."""

    def __init__(self, pacer: Pacer) -> None:
        self.pacer = pacer
        self.arrivals: list[tuple[float, str]] = []

    async def call(self, name: str = "", *, lane: Lane = Lane.NORMAL, chat: int | None = None) -> None:
        async with self.pacer.turn(lane, chat):
            await asyncio.sleep(RTT / 2)
            self.arrivals.append((asyncio.get_running_loop().time(), name))
            await asyncio.sleep(RTT / 2)

    def most_in_a_second(self) -> int:
        times = [at for at, _ in self.arrivals]
        return max(sum(1 for other in times if 0 <= other - at < 1.0) for at in times)


def test_no_second_at_the_server_holds_more_than_the_allowance():
    async def story() -> Telegram:
        telegram = Telegram(Pacer(allowance=30))
        await asyncio.gather(*(telegram.call(chat=number) for number in range(300)))
        return telegram

    telegram = play(story)
    assert len(telegram.arrivals) == 300
    assert telegram.most_in_a_second() <= 30
    assert telegram.arrivals[-1][0] - telegram.arrivals[0][0] < 300 / 30 * 1.15


@pytest.mark.expects_warnings
def test_a_refusal_halts_everyone_and_the_longest_one_holds():
    async def story() -> list[float]:
        pacer = Pacer(allowance=30)
        telegram = Telegram(pacer)
        start = asyncio.get_running_loop().time()
        pacer.refused(20)
        pacer.refused(3)
        await asyncio.gather(*(telegram.call(chat=number) for number in range(5)))
        return [at - start for at, _ in telegram.arrivals]

    assert min(play(story)) >= 20


@pytest.mark.expects_warnings
def test_the_allowance_shrinks_after_a_refusal_and_grows_back():
    async def story() -> tuple[int, int, int]:
        pacer = Pacer(allowance=30)
        pacer.refused(1)
        shrunk = pacer.capacity
        await asyncio.sleep(61)
        await Telegram(pacer).call()
        grown = pacer.capacity
        for _ in range(5):
            await asyncio.sleep(61)
            await Telegram(pacer).call()
        return shrunk, grown, pacer.capacity

    assert play(story) == (27, 28, 30)


def test_a_grave_alert_overtakes_a_broadcast_under_way():
    async def story() -> list[str]:
        telegram = Telegram(Pacer(allowance=10))
        broadcast = [asyncio.create_task(telegram.call("normal", chat=number)) for number in range(100)]
        await asyncio.sleep(0.5)
        await telegram.call("critical", lane=Lane.CRITICAL, chat=1000)
        arrived = [name for _, name in telegram.arrivals]
        await asyncio.gather(*broadcast)
        return arrived

    assert play(story).index("critical") <= 12


def test_the_normal_lane_keeps_a_share_behind_an_endless_critical_one():
    async def story() -> list[str]:
        telegram = Telegram(Pacer(allowance=10))
        grave = (telegram.call("critical", lane=Lane.CRITICAL, chat=number) for number in range(100))
        normal = (telegram.call("normal", chat=1000 + number) for number in range(5))
        await asyncio.gather(*grave, *normal)
        return [name for _, name in telegram.arrivals]

    assert play(story)[:60].count("normal") == 5


def test_one_chat_hears_one_message_a_second_and_holds_up_nobody():
    async def story() -> tuple[list[float], float]:
        telegram = Telegram(Pacer(allowance=30))
        start = asyncio.get_running_loop().time()
        await asyncio.gather(
            *(telegram.call("one", chat=7) for _ in range(4)), *(telegram.call("other", chat=n) for n in range(10, 20))
        )
        ones = [at - start for at, name in telegram.arrivals if name == "one"]
        others = max(at - start for at, name in telegram.arrivals if name == "other")
        return ones, others

    ones, others = play(story)
    assert all(later - earlier >= 0.999 for earlier, later in pairwise(ones))
    assert others < 0.2


def test_an_answer_to_a_person_may_follow_at_once():
    async def story() -> float:
        telegram = Telegram(Pacer(allowance=30))
        start = asyncio.get_running_loop().time()
        await asyncio.gather(*(telegram.call(lane=Lane.REPLY, chat=7) for _ in range(3)))
        return telegram.arrivals[-1][0] - start

    assert play(story) < 0.2


def test_a_chat_never_hears_more_than_three_in_three_seconds_whoever_speaks():
    async def story() -> list[float]:
        telegram = Telegram(Pacer(allowance=30))
        alerts = (telegram.call(chat=7) for _ in range(5))
        answers = (telegram.call(lane=Lane.REPLY, chat=7) for _ in range(5))
        await asyncio.gather(*answers, *alerts)
        return [at for at, _ in telegram.arrivals]

    arrivals = play(story)
    assert len(arrivals) == 10
    assert all(later - earlier >= 3.0 for earlier, later in zip(arrivals, arrivals[3:], strict=False))


def test_a_group_gets_nineteen_a_minute_and_the_rest_go_on():
    async def story() -> tuple[list[float], float]:
        telegram = Telegram(Pacer(allowance=30))
        start = asyncio.get_running_loop().time()
        group = [asyncio.create_task(telegram.call("group", chat=-5)) for _ in range(25)]
        await asyncio.sleep(30)
        before = asyncio.get_running_loop().time()
        await asyncio.gather(*(telegram.call("person", chat=number) for number in range(25)))
        people = asyncio.get_running_loop().time() - before
        await asyncio.gather(*group)
        return [at - start for at, name in telegram.arrivals if name == "group"], people

    group, people = play(story)
    assert sum(at < 60 for at in group) == 19
    assert people < 0.2


def test_a_turn_that_sent_nothing_comes_back_at_once():
    async def story() -> float:
        pacer = Pacer(allowance=1)
        start = asyncio.get_running_loop().time()
        for _ in range(50):
            async with pacer.turn(Lane.NORMAL, 1) as turn:
                turn.spent = False
        return asyncio.get_running_loop().time() - start

    assert play(story) < 0.01


@pytest.mark.parametrize("moment", [0.0, 0.3, 1.2])
def test_who_stops_waiting_takes_no_slot_along(moment: float):
    async def story() -> int:
        pacer = Pacer(allowance=2)
        telegram = Telegram(pacer)
        quitters = [asyncio.create_task(telegram.call(chat=number)) for number in range(20)]
        await asyncio.sleep(moment)
        for quitter in quitters:
            quitter.cancel()
        await asyncio.gather(*quitters, return_exceptions=True)
        await asyncio.sleep(5)
        before = len(telegram.arrivals)
        await asyncio.gather(*(telegram.call(chat=100 + number) for number in range(4)))
        return len(telegram.arrivals) - before

    assert play(story) == 4

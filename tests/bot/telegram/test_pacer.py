"""The pacer on a loop whose clock moves by itself, against the referee of the stand-in: no test waits real seconds."""

import asyncio
import random
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.delivery.model import Lane
from bot.demo.telegram.chats import Chat, Kind
from bot.demo.telegram.errors import ApiError
from bot.demo.telegram.limits import OFF, Flood, Limits
from bot.telegram.pacer import LEAD, LONG_SILENCE, Pacer
from tests.support.fast_loop import play

STRICT = Limits(chat_burst=1)
LOCKED = Limits(chat_burst=1, lockout=30.0)
HIDDEN = Limits(chat_burst=1, hidden_per_second=20, lockout=5.0)


@dataclass(slots=True, kw_only=True)
class Telegram:
    """A server that counts what arrives, half a round trip after it left."""

    allowance: int = 30
    limits: Limits = OFF
    trip: float = 0.1
    jitter: float = 0.0
    last_look: float = 0.003
    arrivals: list[tuple[float, str]] = field(default_factory=list)
    refusals: int = 0
    pacer: Pacer = field(init=False)
    _flood: Flood = field(init=False)
    _chance: random.Random = field(default_factory=lambda: random.Random(7))

    def __post_init__(self) -> None:
        self.pacer = Pacer(allowance=self.allowance)
        self._flood = Flood(self.limits)

    async def call(self, name: str = "", *, lane: Lane = Lane.NORMAL, chat: int | None = None) -> None:
        """Send until it was taken, as delivery does."""
        while True:
            async with self.pacer.turn(lane, chat) as turn:
                await asyncio.sleep(self.last_look)
                if not await self.pacer.may_leave(turn):
                    continue
                await asyncio.sleep(self._way())
                refused = self._refusal(name, chat)
                await asyncio.sleep(self._way())
                if not refused:
                    return
                self.refusals += 1
                self.pacer.refused(turn, refused)

    async def broadcast(self, count: int, name: str = "", *, waiting: int = 40, lane: Lane = Lane.NORMAL) -> float:
        """Tell so many people, with so many sends begun at once; gives the seconds it took."""
        start, begun = asyncio.get_running_loop().time(), asyncio.Semaphore(waiting)

        async def tell(chat: int) -> None:
            await self.call(name, lane=lane, chat=chat)
            begun.release()

        async with asyncio.TaskGroup() as tasks:
            for number in range(count):
                await begun.acquire()
                tasks.create_task(tell(1000 + number))
        return asyncio.get_running_loop().time() - start

    def most_in_a_second(self) -> int:
        times = [at for at, _ in self.arrivals]
        return max(sum(1 for other in times if 0 <= other - at < 1.0) for at in times)

    def arrived(self, name: str) -> list[float]:
        return [at for at, called in self.arrivals if called == name]

    def _way(self) -> float:
        return max(0.0, self.trip / 2 + self._chance.uniform(-self.jitter, self.jitter))

    def _refusal(self, name: str, chat: int | None) -> int:
        now = asyncio.get_running_loop().time()
        try:
            self._flood.admit("sendMessage", Chat(id=chat, kind=_kind(chat)) if chat else None, now)
        except ApiError as refusal:
            return refusal.parameters["retry_after"]
        self.arrivals.append((now, name))
        return 0


def _kind(chat: int) -> Kind:
    return Kind.PRIVATE if chat > 0 else Kind.SUPERGROUP


def telling(count: int, **what: Any) -> tuple[Telegram, float]:
    """A broadcast to so many, and the seconds it took."""

    async def story() -> tuple[Telegram, float]:
        telegram = Telegram(**what)
        return telegram, await telegram.broadcast(count, waiting=telegram.allowance + 10)

    found: tuple[Telegram, float] = play(story)
    return found


@pytest.mark.parametrize("jitter", [0.0, 0.01, 0.03], ids=lambda jitter: f"jitter-{jitter}")
@pytest.mark.parametrize("limits", [STRICT, LOCKED], ids=["refused-alone", "locked-out"])
def test_a_strict_second_never_refuses_and_is_almost_filled(limits: Limits, jitter: float):
    telegram, seconds = telling(1500, limits=limits, trip=0.13, jitter=jitter)
    assert telegram.refusals == 0
    assert telegram.most_in_a_second() == 30
    assert 1500 / 30 / seconds >= 0.88 - jitter / 3


@pytest.mark.parametrize("trip", [0.0, 0.06, 0.52, 3.0])
def test_no_way_however_long_or_uneven_brings_a_refusal(trip: float):
    telegram, _ = telling(400, limits=LOCKED, trip=trip, jitter=trip / 3)
    assert telegram.refusals == 0


CALLS = st.tuples(st.floats(0, 3), st.sampled_from(Lane), st.sampled_from([None, 1, 2, 3, -1, -2]))


@settings(deadline=None, max_examples=50)
@given(st.lists(CALLS, max_size=80), st.integers(1, 5), st.floats(0, 2))
def test_whatever_is_called_when_telegram_never_says_no_and_everyone_gets_through(
    calls: list[tuple[float, Lane, int | None]], allowance: int, trip: float
):
    async def story() -> Telegram:
        limits = Limits(per_second=allowance, lockout=60.0)
        telegram = Telegram(allowance=allowance, limits=limits, trip=trip, jitter=trip / 2)

        async def call(after: float, lane: Lane, chat: int | None) -> None:
            await asyncio.sleep(after)
            await telegram.call(lane=lane, chat=chat)

        await asyncio.gather(*(call(*one) for one in calls))
        return telegram

    telegram = play(story)
    assert (telegram.refusals, len(telegram.arrivals)) == (0, len(calls))


@pytest.mark.expects_warnings
@pytest.mark.parametrize("hidden", [15, 20, 25, 28])
@pytest.mark.parametrize("jitter", [0.0, 0.02], ids=lambda jitter: f"jitter-{jitter}")
def test_a_limit_nobody_told_is_found_for_a_handful_of_refusals(hidden: int, jitter: float):
    limits = Limits(chat_burst=1, hidden_per_second=hidden, lockout=5.0)
    telegram, seconds = telling(1500, limits=limits, trip=0.13, jitter=jitter)
    assert telegram.refusals <= 8
    assert 1500 / hidden / seconds >= 0.7
    assert telegram.pacer.capacity <= hidden


@pytest.mark.expects_warnings
def test_a_limit_that_stays_costs_hardly_anything_in_the_long_run():
    telegram, seconds = telling(15_000, limits=HIDDEN, trip=0.13)
    assert telegram.refusals <= 8
    assert 15_000 / 20 / seconds >= 0.85


@pytest.mark.expects_warnings
def test_what_was_under_way_when_the_first_refusal_came_teaches_nothing_more():
    async def story() -> int:
        pacer = Telegram().pacer
        async with pacer.turn(Lane.HIGH) as first, pacer.turn(Lane.HIGH) as second:
            await pacer.may_leave(first)
            await pacer.may_leave(second)
            await asyncio.sleep(0.1)
            pacer.refused(first, 1)
            pacer.refused(second, 1)
        return pacer.capacity

    assert play(story) == 27


@pytest.mark.expects_warnings
def test_a_refusal_halts_everyone_and_the_longest_one_holds():
    async def story() -> float:
        telegram = Telegram()
        start = asyncio.get_running_loop().time()
        async with telegram.pacer.turn(Lane.NORMAL) as turn:
            await telegram.pacer.may_leave(turn)
            telegram.pacer.refused(turn, 20)
            telegram.pacer.refused(turn, 3)
        await telegram.broadcast(5)
        return telegram.arrivals[0][0] - start

    assert play(story) >= 20


@pytest.mark.expects_warnings
def test_nobody_leaves_into_a_halt_that_came_during_the_last_look():
    async def story() -> tuple[bool, bool, float]:
        pacer = Telegram().pacer
        async with pacer.turn(Lane.NORMAL) as early, pacer.turn(Lane.NORMAL) as late:
            await pacer.may_leave(early)
            pacer.refused(early, 7)
            at_once = await pacer.may_leave(late)
        start = asyncio.get_running_loop().time()
        async with pacer.turn(Lane.NORMAL) as turn:
            later = await pacer.may_leave(turn)
        return at_once, later, asyncio.get_running_loop().time() - start

    at_once, later, waited = play(story)
    assert not at_once
    assert later
    assert waited == pytest.approx(7)


@pytest.mark.expects_warnings
def test_a_refusal_is_logged_with_what_left_in_the_minute_before(caplog: pytest.LogCaptureFixture):
    async def story() -> None:
        telegram = Telegram()
        await telegram.broadcast(1)
        await asyncio.sleep(50)
        await telegram.broadcast(2)
        await asyncio.sleep(20)
        async with telegram.pacer.turn(Lane.NORMAL) as turn:
            await telegram.pacer.may_leave(turn)
            telegram.pacer.refused(turn, 3)

    play(story)
    [record] = caplog.records
    told = vars(record)
    assert (record.levelname, told["retry_after"], told["capacity"]) == ("WARNING", 3, 27)
    assert [round(ago) for ago in told["sent_seconds_ago"]] == [20, 20, 0]


@pytest.mark.expects_warnings
@pytest.mark.parametrize("seconds", [LONG_SILENCE + 1, 43_837.0])
def test_a_very_long_silence_is_told_once_and_outlived(seconds: float, caplog: pytest.LogCaptureFixture):
    async def story() -> float:
        telegram = Telegram()
        start = asyncio.get_running_loop().time()
        for _ in range(3):
            telegram.pacer.halt(seconds)
        assert telegram.pacer.halted_for == pytest.approx(seconds)
        await telegram.broadcast(5)
        return telegram.arrivals[0][0] - start

    assert play(story) >= seconds
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_calls_leave_evenly_so_that_an_answer_never_waits_long():
    async def story() -> list[float]:
        telegram = Telegram(trip=0.13)
        broadcast = asyncio.create_task(telegram.broadcast(900))
        waited, loop = [], asyncio.get_running_loop()
        for number in range(60):
            await asyncio.sleep(0.37)
            asked = loop.time()
            await telegram.call("answer", lane=Lane.REPLY, chat=1 + number)
            waited.append(telegram.arrived("answer")[-1] - asked)
        await broadcast
        return sorted(waited)

    waited = play(story)
    assert waited[int(0.95 * len(waited))] <= 0.3


def test_a_machine_that_fell_behind_catches_up_within_bounds():
    async def story() -> list[float]:
        telegram = Telegram(trip=0.0, last_look=0.0)
        await telegram.broadcast(10)
        await asyncio.sleep(5)
        await telegram.broadcast(30)
        return [at for at, _ in telegram.arrivals[10:]]

    burst = play(story)
    assert sum(at - burst[0] < 0.001 for at in burst) == 2


def test_the_last_look_falls_into_the_rest_of_a_place():
    _, seconds = telling(300, limits=STRICT, last_look=0.0)
    _, no_more = telling(300, limits=STRICT, last_look=LEAD)
    assert no_more <= seconds + 2 * LEAD


def test_a_paid_broadcast_passes_a_thousand_a_second():
    telegram, seconds = telling(5000, allowance=1000, limits=Limits(per_second=1000, chat_burst=1))
    assert telegram.refusals == 0
    assert 5000 / seconds > 800


def test_a_grave_alert_overtakes_a_broadcast_under_way():
    async def story() -> list[str]:
        telegram = Telegram(allowance=10)
        broadcast = asyncio.create_task(telegram.broadcast(100, "normal", waiting=100))
        await asyncio.sleep(0.5)
        await telegram.call("critical", lane=Lane.CRITICAL, chat=1)
        arrived = [name for _, name in telegram.arrivals]
        await broadcast
        return arrived

    assert play(story).index("critical") <= 12


def test_the_normal_lane_keeps_a_share_behind_an_endless_critical_one():
    async def story() -> list[str]:
        telegram = Telegram(allowance=10)
        grave = telegram.broadcast(100, "critical", waiting=100, lane=Lane.CRITICAL)
        normal = (telegram.call("normal", chat=1 + number) for number in range(5))
        await asyncio.gather(grave, *normal)
        return [name for _, name in telegram.arrivals]

    assert play(story)[:60].count("normal") == 5


def test_one_chat_hears_one_message_a_second_and_holds_up_nobody():
    async def story() -> tuple[list[float], float]:
        telegram = Telegram(limits=STRICT, jitter=0.03)
        start = asyncio.get_running_loop().time()
        await asyncio.gather(
            *(telegram.call("one", chat=7) for _ in range(4)), *(telegram.call("other", chat=n) for n in range(10, 20))
        )
        assert telegram.refusals == 0
        return telegram.arrived("one"), telegram.arrived("other")[-1] - start

    ones, others = play(story)
    assert all(later - earlier >= 1.0 for earlier, later in pairwise(ones))
    assert others < 0.6


def test_an_answer_to_a_person_may_follow_at_once():
    async def story() -> float:
        telegram = Telegram()
        start = asyncio.get_running_loop().time()
        await asyncio.gather(*(telegram.call(lane=Lane.REPLY, chat=7) for _ in range(3)))
        return telegram.arrivals[-1][0] - start

    assert play(story) < 0.2


def test_a_chat_never_hears_more_than_three_in_three_seconds_whoever_speaks():
    async def story() -> Telegram:
        telegram = Telegram(limits=Limits(), jitter=0.03)
        alerts = (telegram.call(chat=7) for _ in range(5))
        answers = (telegram.call(lane=Lane.REPLY, chat=7) for _ in range(5))
        await asyncio.gather(*answers, *alerts)
        return telegram

    telegram = play(story)
    assert (len(telegram.arrivals), telegram.refusals) == (10, 0)


def test_a_full_group_waits_without_a_place_and_the_rest_go_on():
    async def story() -> tuple[Telegram, float, int]:
        telegram = Telegram(limits=LOCKED, trip=0.13)
        group = [asyncio.create_task(telegram.call("group", chat=-5)) for _ in range(60)]
        await asyncio.sleep(30)
        seconds = await telegram.broadcast(300, "person")
        full = len(telegram.arrived("group"))
        await asyncio.gather(*group)
        return telegram, seconds, full

    telegram, seconds, full = play(story)
    assert telegram.refusals == 0
    assert full == 19
    assert seconds < 12


def test_a_turn_that_sent_nothing_comes_back_at_once():
    async def story() -> float:
        pacer = Pacer(allowance=1)
        start = asyncio.get_running_loop().time()
        for _ in range(50):
            async with pacer.turn(Lane.NORMAL, 1):
                pass
        return asyncio.get_running_loop().time() - start

    assert play(story) < 0.01


def test_a_call_that_did_not_arrive_gives_its_turn_back():
    async def story() -> float:
        pacer = Pacer(allowance=1)
        start = asyncio.get_running_loop().time()
        for _ in range(50):
            async with pacer.turn(Lane.NORMAL, 1) as turn:
                await pacer.may_leave(turn)
                pacer.stayed(turn)
        assert pacer.counts.sent == 0
        return asyncio.get_running_loop().time() - start

    assert play(story) < 0.01


@pytest.mark.parametrize("moment", [0.0, 0.3, 1.2])
def test_who_stops_waiting_takes_no_place_along(moment: float):
    async def story() -> int:
        telegram = Telegram(allowance=2)
        quitters = [asyncio.create_task(telegram.call(chat=1 + number)) for number in range(20)]
        await asyncio.sleep(moment)
        for quitter in quitters:
            quitter.cancel()
        await asyncio.gather(*quitters, return_exceptions=True)
        await asyncio.sleep(5)
        before = len(telegram.arrivals)
        await telegram.broadcast(4)
        return len(telegram.arrivals) - before

    assert play(story) == 4


def test_a_turn_whose_holder_was_stopped_before_it_left_is_free_again():
    async def story() -> float:
        pacer = Pacer(allowance=1)
        holder = asyncio.create_task(_hold(pacer))
        await asyncio.sleep(1)
        holder.cancel()
        start = asyncio.get_running_loop().time()
        async with pacer.turn(Lane.NORMAL) as turn:
            await pacer.may_leave(turn)
        return asyncio.get_running_loop().time() - start

    assert play(story) < 0.01


async def _hold(pacer: Pacer) -> None:
    async with pacer.turn(Lane.NORMAL):
        await asyncio.sleep(inf)

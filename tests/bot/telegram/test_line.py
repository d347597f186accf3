import asyncio
from collections.abc import Iterator
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.delivery.model import Lane
from bot.telegram.chats import Chats
from bot.telegram.line import Line, Turn

GROUP = -5


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


class CountingChats(Chats):
    """Counts how often it was asked when a chat may hear something."""

    asked = 0

    def free_at(self, chat_id: int, lane: Lane) -> float:
        self.asked += 1
        return super().free_at(chat_id, lane)


class Queue:
    """A line and its chats; every turn is used and answered at once."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.chats = CountingChats()
        self.line = Line(self.chats)
        self._loop = loop

    def join(self, lane: Lane, chat_id: int | None = None) -> Turn:
        turn = Turn(lane=lane, chat_id=chat_id, given=self._loop.create_future())
        self.line.join(turn)
        return turn

    def next(self, now: float) -> Turn | None:
        turn = self.line.next(now)
        if turn is not None and turn.chat_id is not None:
            self.chats.take(turn.chat_id)
            self.chats.answer(turn.chat_id, now)
            self.line.look_at(turn.chat_id)
        return turn

    def all(self, now: float) -> list[Turn]:
        return list(iter(lambda: self.next(now), None))


@pytest.fixture
def queue(loop: asyncio.AbstractEventLoop) -> Queue:
    return Queue(loop)


def test_the_most_urgent_goes_first_and_then_who_came_first(queue: Queue):
    wanted = [queue.join(lane) for lane in (Lane.CRITICAL, Lane.CRITICAL, Lane.HIGH, Lane.NORMAL, Lane.NORMAL)]
    queue = Queue(wanted[0].given.get_loop())
    for number in (3, 0, 2, 4, 1):
        queue.line.join(wanted[number])
    assert queue.all(0.0) == [wanted[number] for number in (0, 1, 2, 3, 4)]


def test_one_turn_of_ten_goes_to_the_normal_lane(queue: Queue):
    for _ in range(100):
        queue.join(Lane.CRITICAL)
        queue.join(Lane.NORMAL)
    lanes = [turn.lane for turn in queue.all(0.0)][:100]
    assert [number for number, lane in enumerate(lanes) if lane is Lane.NORMAL] == list(range(9, 100, 10))


def test_many_questions_hold_up_no_alert(queue: Queue):
    for number in range(20):
        queue.join(Lane.REPLY, chat_id=number + 1)
    alerts = [queue.join(Lane.CRITICAL), queue.join(Lane.HIGH)]
    order = queue.all(0.0)
    assert [order.index(alert) for alert in alerts] == [1, 3]


def test_a_chat_that_must_rest_is_passed_over_until_it_has(queue: Queue):
    first, second, other = queue.join(Lane.HIGH, 1), queue.join(Lane.HIGH, 1), queue.join(Lane.NORMAL, 2)
    assert queue.all(10.0) == [first, other]
    assert queue.line.opens_at == 11.0
    assert queue.all(10.9) == []
    assert queue.all(11.0) == [second]
    assert queue.line.opens_at == inf


def test_after_its_rest_a_chat_hears_the_most_urgent_first(queue: Queue):
    queue.join(Lane.NORMAL, 1)
    queue.all(10.0)
    waiting = [queue.join(lane, 1) for lane in (Lane.NORMAL, Lane.CRITICAL, Lane.HIGH)]
    assert queue.all(10.5) == []
    assert [queue.next(now) for now in (11.0, 13.0, 14.0)] == [waiting[1], waiting[2], waiting[0]]


def test_an_answer_overtakes_what_waits_for_the_same_chat(queue: Queue):
    queue.join(Lane.NORMAL, 1)
    queue.join(Lane.NORMAL, 1)
    queue.all(10.0)
    answer = queue.join(Lane.REPLY, 1)
    assert queue.all(10.1) == [answer]


def test_who_stopped_waiting_is_passed_over_and_holds_up_nobody_of_the_same_chat(queue: Queue):
    queue.join(Lane.NORMAL, 1)
    queue.all(10.0)
    quitter, last = queue.join(Lane.HIGH, 1), queue.join(Lane.NORMAL, 1)
    queue.all(10.0)
    quitter.given.cancel()
    assert queue.all(11.0) + queue.all(11.0) == [last]
    assert not queue.line.is_pressed


def test_thousands_who_wait_for_full_groups_cost_the_others_nothing(queue: Queue):
    for _ in range(19):
        queue.chats.take(GROUP)
        queue.chats.answer(GROUP, 0.0)
    for _ in range(5000):
        queue.join(Lane.CRITICAL, GROUP)
    queue.all(1.0)
    people = [queue.join(Lane.NORMAL, chat_id + 1) for chat_id in range(1000)]
    queue.chats.asked = 0
    assert queue.all(2.0) == people
    assert queue.chats.asked <= 3 * len(people)


@given(st.lists(st.tuples(st.sampled_from(Lane), st.integers(-2, 3), st.booleans()), max_size=40))
def test_everyone_who_goes_on_waiting_gets_a_turn(crowd: list[tuple[Lane, int, bool]]):
    loop = asyncio.new_event_loop()
    queue = Queue(loop)
    turns = [(queue.join(lane, chat_id or None), stays) for lane, chat_id, stays in crowd]
    got = queue.all(0.0)
    for turn, stays in turns:
        if not stays:
            turn.given.cancel()
    now = 0.0
    while queue.line.opens_at < inf:
        now = max(now, queue.line.opens_at)
        got += queue.all(now)
    loop.close()
    assert {turn for turn, stays in turns if stays} <= set(got)
    assert len(got) == len(set(got))

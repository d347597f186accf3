"""What is asked while a call is under way goes together in the next one."""

import asyncio
from collections.abc import Sequence

import pytest

from alerts.delivery.together import Together


class Slow:
    """Doubles numbers, a call at a time; keeps what each call carried."""

    def __init__(self) -> None:
        self.calls: list[list[int]] = []
        self.fails = False

    async def __call__(self, numbers: Sequence[int]) -> list[int]:
        self.calls.append(list(numbers))
        await asyncio.sleep(0)
        if self.fails:
            raise OSError
        return [2 * number for number in numbers]


async def test_alone_a_question_leaves_at_once():
    slow = Slow()
    ask = Together(slow, at_once=10)
    assert [await ask(1), await ask(2)] == [2, 4]
    assert slow.calls == [[1], [2]]


async def test_many_at_once_share_a_call_and_each_has_its_own_answer():
    slow = Slow()
    ask = Together(slow, at_once=4)
    assert await asyncio.gather(*(ask(number) for number in range(10))) == list(range(0, 20, 2))
    assert [len(call) for call in slow.calls] == [4, 4, 2]


async def test_a_failed_call_fails_for_all_in_it_and_for_nobody_after():
    slow = Slow()
    ask = Together(slow, at_once=10)
    slow.fails = True
    outcomes = await asyncio.gather(ask(1), ask(2), return_exceptions=True)
    assert [type(one) for one in outcomes] == [OSError, OSError]
    slow.fails = False
    assert await ask(3) == 6


async def test_who_gives_up_waiting_takes_nothing_from_the_others():
    ask = Together(Slow(), at_once=10)
    waiting = [asyncio.create_task(ask(number)) for number in (1, 2)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    assert await waiting[1] == 4
    with pytest.raises(asyncio.CancelledError):
        await waiting[0]

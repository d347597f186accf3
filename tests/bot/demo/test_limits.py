"""Each limit is enforced as described, and can be switched off."""

import asyncio
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import RetryAfter  # noqa: TID251 - what a refusal becomes

from bot.demo.telegram.chats import Chat, Kind
from bot.demo.telegram.client import Telegram
from bot.demo.telegram.errors import ApiError
from bot.demo.telegram.limits import OFF, Flood, Limits

PERSON = Chat(id=1, kind=Kind.PRIVATE)
GROUP = Chat(id=-1, kind=Kind.GROUP)


def passes(flood: Flood, chat: Chat, now: float, method: str = "sendMessage") -> int:
    """Return 0 if the call passes, else the seconds it is told to wait."""
    try:
        flood.admit(method, chat, now)
    except ApiError as refused:
        return refused.parameters["retry_after"]
    return 0


def people(count: int) -> list[Chat]:
    return [Chat(id=number, kind=Kind.PRIVATE) for number in range(1, count + 1)]


def test_thirty_a_second_pass_in_any_second_and_no_more():
    flood = Flood(Limits())
    assert [passes(flood, chat, 10.0 + chat.id / 100) for chat in people(31)] == [0] * 30 + [1]
    assert passes(flood, PERSON, 11.005) == 1
    assert passes(flood, PERSON, 11.01) == 0
    assert passes(flood, GROUP, 11.011) == 1


def test_a_refused_call_takes_no_place():
    flood = Flood(Limits(per_second=1))
    assert [passes(flood, chat, 10.0 + chat.id / 10) for chat in people(5)] == [0, 1, 1, 1, 1]
    assert passes(flood, PERSON, 11.11) == 0


def test_a_hidden_limit_is_the_one_that_counts():
    flood = Flood(Limits(hidden_per_second=2))
    assert [passes(flood, chat, 10.0) for chat in people(3)] == [0, 0, 1]


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        pytest.param(Limits(), [0, 0, 0, 3], id="a short burst is let pass"),
        pytest.param(Limits(chat_burst=1), [0, 1, 1, 1], id="strictly one a second"),
        pytest.param(OFF, [0, 0, 0, 0], id="off"),
    ],
)
def test_one_chat_gets_about_one_a_second(limits: Limits, expected: list[int]):
    flood = Flood(limits)
    assert [passes(flood, PERSON, 10.0) for _ in range(4)] == expected


def test_a_chat_that_burst_waits_for_its_three_seconds_to_pass():
    flood = Flood(Limits())
    assert [passes(flood, PERSON, now) for now in (10.0, 10.1, 10.2, 12.9, 13.0)] == [0, 0, 0, 1, 0]


def test_a_group_gets_twenty_a_minute_and_a_person_more():
    flood = Flood(Limits())
    every_two_seconds = [2.0 * number for number in range(21)]
    assert [passes(flood, GROUP, now) for now in every_two_seconds] == [0] * 20 + [20]
    assert not any(passes(flood, PERSON, now) for now in every_two_seconds)


def test_one_call_too_many_locks_everything_but_polling():
    flood = Flood(Limits(per_second=1, lockout=30.0))
    assert [passes(flood, chat, 10.0) for chat in people(2)] == [0, 30]
    assert passes(flood, PERSON, 20.5, "getMe") == 20
    assert passes(flood, PERSON, 20.5, "getUpdates") == 0
    assert passes(flood, PERSON, 40.0) == 0
    assert (flood.longest_lockout, flood.refused_in_lockout) == (30.0, 1)


def test_edits_count_only_if_asked():
    free, counted = Flood(Limits(chat_burst=1)), Flood(Limits(chat_burst=1, edits_count=True))
    assert [passes(free, PERSON, 10.0, "editMessageText") for _ in range(2)] == [0, 0]
    assert [passes(counted, PERSON, 10.0, "editMessageText") for _ in range(2)] == [0, 1]


async def test_too_many_at_once_are_refused_over_the_wire_and_counted(telegram: Telegram, bot: Bot):
    await telegram.open_chats(-1)
    await telegram.limits(Limits(per_second=None, chat_burst=None, group_per_minute=2, lockout=60.0))
    results = await asyncio.gather(*(bot.send_message(-1, "x") for _ in range(5)), return_exceptions=True)
    refused = [result for result in results if isinstance(result, RetryAfter)]
    counters = await telegram.counters()
    assert len(refused) == 3
    assert all(error.retry_after == timedelta(seconds=60) for error in refused)
    assert counters.statuses[429] == 3
    assert (counters.longest_lockout, counters.refused_in_lockout) == (60.0, 2)
    assert counters.sends.total() == 2


async def test_switched_off_nothing_is_too_many(telegram: Telegram, bot: Bot):
    await telegram.open_chats(1)
    await telegram.limits(OFF)
    await asyncio.gather(*(bot.send_message(1, "x") for _ in range(40)))
    assert (await telegram.counters()).repeated == {(1, "x"): 40}

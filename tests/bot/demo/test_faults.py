"""Each scripted fault looks to the bot as the real one does, and the chat shows what really happened."""

import asyncio
from typing import Any

import pytest
from telegram import Bot
from telegram.error import (  # noqa: TID251 - what a refusal becomes
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.demo.telegram.client import Telegram
from bot.demo.telegram.faults import Fault, FaultKind, Faults, Latency
from bot.demo.telegram.process import StandInError


@pytest.fixture(autouse=True)
async def known_chats(telegram: Telegram) -> None:
    await telegram.open_chats(1, 2)


@pytest.mark.expects_warnings
@pytest.mark.parametrize(
    ("kind", "error", "stands"),
    [
        pytest.param("bad_gateway_before", NetworkError, [], id="502, not accepted"),
        pytest.param("bad_gateway_after", NetworkError, ["x"], id="502, accepted"),
        pytest.param("reset_before", NetworkError, [], id="reset, not accepted"),
        pytest.param("reset_after", NetworkError, ["x"], id="reset, accepted"),
        pytest.param("hang_before", TimedOut, [], id="no answer, not accepted"),
        pytest.param("hang_after", TimedOut, ["x"], id="no answer, accepted"),
        pytest.param("garbage_before", TelegramError, [], id="not JSON, not accepted"),
        pytest.param("garbage_after", TelegramError, ["x"], id="not JSON, accepted"),
        pytest.param("cut_after", TelegramError, ["x"], id="half of the JSON, accepted"),
        pytest.param("portal_before", Forbidden, [], id="a page that wants a login"),
        pytest.param("unavailable_before", NetworkError, [], id="503, not accepted"),
        pytest.param("gateway_timeout_after", NetworkError, ["x"], id="504, accepted"),
        pytest.param("internal_after", NetworkError, ["x"], id="500, accepted"),
        pytest.param("blocked", Forbidden, [], id="blocked"),
        pytest.param("kicked_supergroup", Forbidden, [], id="kicked"),
        pytest.param("group_deleted", Forbidden, [], id="group deleted"),
        pytest.param("topic_closed", BadRequest, [], id="topic closed"),
        pytest.param("cannot_parse", BadRequest, [], id="markup"),
        pytest.param("internal", NetworkError, [], id="500"),
    ],
)
async def test_the_bot_sees_the_fault_and_the_chat_the_truth(
    telegram: Telegram, bot: Bot, kind: str, error: type[TelegramError], stands: list[str]
):
    await telegram.fail(kind, chat=1, method="sendMessage", times=1)
    with pytest.raises(error):
        await bot.send_message(1, "x", read_timeout=0.5 if kind.startswith("hang") else 10.0)
    assert [message.text for message in await telegram.wait_for(1, len(stands))] == stands
    await bot.send_message(1, "y")
    assert [message.text for message in await telegram.messages(1)] == [*stands, "y"]


async def test_a_fault_strikes_only_its_chat_and_method(telegram: Telegram, bot: Bot):
    await telegram.fail("blocked", chat=1, method="sendMessage")
    await bot.send_message(2, "x")
    await bot.send_chat_action(1, "typing")
    for _ in range(2):
        with pytest.raises(Forbidden):
            await bot.send_message(1, "x")
    await telegram.heal()
    await bot.send_message(1, "x")


@pytest.mark.parametrize(
    ("script", "error", "words"),
    [
        pytest.param({"kind": "flood", "retry_after": 7}, RetryAfter, "7", id="429"),
        pytest.param({"kind": "migrated", "migrate_to": -1009}, ChatMigrated, "-1009", id="migration"),
        pytest.param({"kind": "error", "code": 400, "description": "Bad Request: x"}, BadRequest, "X", id="any"),
    ],
)
async def test_a_refusal_carries_its_details(
    telegram: Telegram, bot: Bot, script: dict[str, Any], error: type[TelegramError], words: str
):
    await telegram.fail(**script, chat=1, times=1)
    with pytest.raises(error, match=words):
        await bot.send_message(1, "x")


async def test_polls_can_be_told_of_a_conflict(telegram: Telegram, bot: Bot):
    await telegram.fail("conflict", method="getUpdates", times=1)
    with pytest.raises(Conflict):
        await bot.get_updates()
    assert await bot.get_updates() == ()


async def test_an_answer_may_be_late_while_the_message_stands(telegram: Telegram, bot: Bot):
    await telegram.latency(after=30.0)
    sending = asyncio.create_task(bot.send_message(1, "x"))
    await telegram.wait_for(1, 1)
    assert not sending.done()
    sending.cancel()


async def test_an_unknown_fault_is_not_taken_for_fair_weather(telegram: Telegram):
    with pytest.raises(StandInError, match="no_such"):
        await telegram.fail("no_such")
    with pytest.raises(StandInError, match="sendNothing"):
        await telegram.fail("blocked", method="sendNothing")


def accidents(seed: int) -> list[str | None]:
    faults = Faults(seed)
    faults.add(Fault(kind=FaultKind.HANG_AFTER, probability=0.2))
    faults.add(Fault(kind=FaultKind.RESET_AFTER, probability=0.2))
    return [fault.kind.value if fault else None for fault in (faults.draw("sendMessage", 1) for _ in range(200))]


def test_the_same_seed_brings_the_same_accidents():
    assert accidents(3) == accidents(3) != accidents(4)
    assert {"hang_after", "reset_after", None} == set(accidents(3))


def test_latency_stays_within_its_jitter_and_follows_the_seed():
    def pauses(seed: int) -> list[float]:
        faults = Faults(seed)
        faults.latency = Latency(before=0.1, before_jitter=0.02, after=0.01, after_jitter=0.05)
        return [faults.pause_before() for _ in range(50)] + [faults.pause_after() for _ in range(50)]

    assert pauses(3) == pauses(3) != pauses(4)
    assert all(0.08 <= pause <= 0.12 for pause in pauses(3)[:50])
    assert all(0.0 <= pause <= 0.06 for pause in pauses(3)[50:])

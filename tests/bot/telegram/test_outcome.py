"""Every refusal the stand-in knows, as it arrives over the wire, and what it means for a message."""

from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import BadRequest, TelegramError  # noqa: TID251 - what outcome_of reads

from alerts.delivery.model import Ambiguous, Moved, Outcome, Rejected, RetryIn, Unreachable
from bot.demo.telegram.client import Telegram
from bot.demo.telegram.errors import REFUSALS
from bot.telegram.outcome import NOT_SENT, is_message_gone, is_topic_gone, outcome_of, says_so_already
from bot.telegram.wire import NotSentError

MEANINGS: dict[str, type[Outcome]] = {
    "blocked": Unreachable,
    "deactivated": Unreachable,
    "not_started": Unreachable,
    "kicked_group": Unreachable,
    "kicked_supergroup": Unreachable,
    "kicked_channel": Unreachable,
    "left_group": Unreachable,
    "left_supergroup": Unreachable,
    "left_channel": Unreachable,
    "group_deleted": Unreachable,
    "chat_not_found": Unreachable,
    "no_rights": Unreachable,
    "thread_not_found": Rejected,
    "topic_closed": Rejected,
    "cannot_parse": Rejected,
    "too_long": Rejected,
    "migrated": Moved,
    "unauthorized": RetryIn,
    "not_found": RetryIn,
    "conflict": RetryIn,
    "webhook_active": RetryIn,
    "internal": Ambiguous,
}


async def refused(bot: Bot) -> TelegramError:
    with pytest.raises(TelegramError) as raised:
        await bot.send_message(1, "a")
    return raised.value


def test_no_refusal_is_without_a_meaning():
    assert set(MEANINGS) == set(REFUSALS)


@pytest.mark.parametrize("name", MEANINGS)
async def test_each_refusal_means_what_it_means(telegram: Telegram, bot: Bot, name: str):
    await telegram.open_chats(1)
    await telegram.fail(name, times=1, **({"migrate_to": -1001} if name == "migrated" else {}))
    assert type(outcome_of(await refused(bot))) is MEANINGS[name]


@pytest.mark.expects_warnings
async def test_a_flood_says_for_how_long(telegram: Telegram, bot: Bot):
    await telegram.open_chats(1)
    await telegram.fail("flood", times=1, retry_after=17)
    assert outcome_of(await refused(bot)) == RetryIn(timedelta(seconds=17))


async def test_a_moved_group_says_where_to(telegram: Telegram, bot: Bot):
    await telegram.open_chats(1)
    await telegram.fail("migrated", times=1, migrate_to=-1001)
    assert outcome_of(await refused(bot)) == Moved(-1001)


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("have no rights to send a message", Unreachable),
        ("need administrator rights in the channel chat", Unreachable),
        ("CHAT_WRITE_FORBIDDEN", Unreachable),
        ("CHAT_RESTRICTED", Unreachable),
        ("PEER_ID_INVALID", Unreachable),
        ("group chat was deactivated", Unreachable),
        ("BUTTON_DATA_INVALID", Rejected),
        ("message text is empty", Rejected),
    ],
)
def test_a_chat_that_bars_us_is_told_from_a_fault_of_ours(words: str, meaning: type[Outcome]):
    assert type(outcome_of(BadRequest(words))) is meaning


def test_what_did_not_leave_goes_again_soon():
    assert outcome_of(NotSentError("ClientConnectorError")) == RetryIn(NOT_SENT)


@pytest.mark.parametrize("kind", ["bad_gateway_after", "reset_after", "garbage_after", "hang_after"])
async def test_what_may_have_arrived_is_ambiguous(
    telegram: Telegram, bot: Bot, kind: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("bot.telegram.wire.ANSWER_SECONDS", 0.3)
    await telegram.open_chats(1)
    await telegram.fail(kind, times=1)
    assert isinstance(outcome_of(await refused(bot)), Ambiguous)
    assert len(await telegram.messages(1)) == 1


async def test_an_edit_to_the_same_words_is_no_fault(telegram: Telegram, bot: Bot):
    await telegram.open_chats(1)
    sent = await bot.send_message(1, "a")
    with pytest.raises(BadRequest) as raised:
        await bot.edit_message_text("a", 1, sent.message_id)
    assert says_so_already(raised.value)
    assert not is_message_gone(raised.value)


async def test_an_edit_of_nothing_is_told_from_a_bad_edit(telegram: Telegram, bot: Bot):
    await telegram.open_chats(1)
    sent = await bot.send_message(1, "a")
    with pytest.raises(BadRequest) as raised:
        await bot.edit_message_text("b", 1, sent.message_id + 99)
    assert is_message_gone(raised.value)
    assert not says_so_already(raised.value)


@pytest.mark.parametrize(("name", "gone"), [("thread_not_found", True), ("topic_closed", True), ("too_long", False)])
async def test_a_lost_topic_is_told_from_a_bad_message(telegram: Telegram, bot: Bot, name: str, gone: bool):  # noqa: FBT001 - a table
    await telegram.open_chats(1)
    await telegram.fail(name, times=1)
    outcome = outcome_of(await refused(bot))
    assert isinstance(outcome, Rejected)
    assert is_topic_gone(outcome) is gone

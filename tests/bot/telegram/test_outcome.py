"""Every refusal the stand-in knows, as it arrives over the wire, and what it means for a message."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import TelegramError  # noqa: TID251 - what outcome_of reads

from alerts.delivery.model import Ambiguous, Moved, Outcome, Rejected, RetryIn, Unreachable
from bot.demo.telegram.client import Telegram
from bot.demo.telegram.errors import REFUSALS
from bot.demo.telegram.faults import FaultKind
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
    "no_rights_at_all": Unreachable,
    "need_administrator": Unreachable,
    "write_forbidden": Unreachable,
    "restricted": Unreachable,
    "peer_invalid": Unreachable,
    "channel_private": Unreachable,
    "group_deactivated": Unreachable,
    "thread_not_found": Rejected,
    "topic_closed": Rejected,
    "topic_deleted": Rejected,
    "reply_not_found": Rejected,
    "cannot_parse": Rejected,
    "too_long": Rejected,
    "empty": Rejected,
    "button_invalid": Rejected,
    "no_stars": Rejected,
    "not_modified": Rejected,
    "edit_not_found": Rejected,
    "cannot_edit": Rejected,
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


def test_what_did_not_leave_goes_again_soon():
    assert outcome_of(NotSentError("ClientConnectorError")) == RetryIn(NOT_SENT)


BROKEN = [kind.value for kind in FaultKind if kind is not FaultKind.REFUSE]


@pytest.mark.parametrize("kind", BROKEN)
async def test_whatever_is_no_answer_of_telegrams_is_ambiguous_and_bars_no_chat(
    telegram: Telegram, bot: Bot, kind: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("bot.telegram.wire.ANSWER_SECONDS", 0.3)
    await telegram.open_chats(1)
    await telegram.fail(kind, times=1)
    assert isinstance(outcome_of(await refused(bot)), Ambiguous)
    assert len(await telegram.messages(1)) == kind.endswith("_after")


@pytest.mark.parametrize(
    ("reads", "names"),
    [
        (says_so_already, {"not_modified"}),
        (is_message_gone, {"edit_not_found", "cannot_edit"}),
        (is_topic_gone, {"thread_not_found", "topic_closed", "topic_deleted"}),
    ],
)
def test_a_rejection_says_what_can_be_done_about_it(reads: Callable[[Rejected], bool], names: set[str]):
    rejected = {name for name, meaning in MEANINGS.items() if meaning is Rejected}
    assert {name for name in rejected if reads(Rejected(REFUSALS[name].description))} == names

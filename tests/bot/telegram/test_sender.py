from collections.abc import Awaitable, Callable

import pytest
from telegram import Bot

from alerts.audience.model import Recipient
from alerts.delivery.model import Ambiguous, Delivered, Lane, Outcome, Outgoing, Rejected, RetryIn, Unreachable
from bot.demo.telegram.client import Telegram
from bot.telegram.pacer import Pacer
from bot.telegram.sender import Sender

FORUM, TOPIC = -1001, 77


def composing(message: Outgoing | None) -> Callable[[], Awaitable[Outgoing | None]]:
    async def compose() -> Outgoing | None:
        return message

    return compose


@pytest.fixture(autouse=True)
def _no_rest_between_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.pacer.CHAT_INTERVAL", 0.0)


@pytest.fixture
def sender(bot: Bot, pacer: Pacer) -> Sender:
    return Sender(bot, pacer)


async def send(
    sender: Sender, recipient: Recipient, *, text: str = "Diéma : attaque armée", **fields: object
) -> Outcome:
    message = Outgoing(recipient=recipient, text=text, sounds=True, **fields)  # type: ignore[arg-type] # its fields
    outcome = await sender.send(recipient, Lane.CRITICAL, composing(message))
    assert outcome is not None
    return outcome


@pytest.mark.parametrize("is_loud", [True, False], ids=["sounds", "silent"])
async def test_a_message_arrives_as_it_was_composed(telegram: Telegram, sender: Sender, is_loud: bool):  # noqa: FBT001 - a table
    await telegram.open_chats(1)
    message = Outgoing(recipient=Recipient(1), text="https://a.example Diéma <b>", sounds=is_loud, protected=True)
    outcome = await sender.send(Recipient(1), Lane.CRITICAL, composing(message))
    [arrived] = await telegram.messages(1)
    assert outcome == Delivered(arrived.message_id)
    assert arrived.text == "https://a.example Diéma <b>"
    assert arrived.disable_notification is not is_loud
    assert arrived.protect_content
    assert arrived.raw.get("link_preview_options", {"is_disabled": True})["is_disabled"]


async def test_what_must_not_leave_any_more_takes_no_slot(telegram: Telegram, sender: Sender, pacer: Pacer):
    await telegram.open_chats(1)
    assert await sender.send(Recipient(1), Lane.NORMAL, composing(None)) is None
    assert pacer.counts.sent == 0
    assert await telegram.messages(1) == []


async def test_a_last_look_that_fails_takes_no_slot(sender: Sender, pacer: Pacer):
    async def compose() -> Outgoing | None:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await sender.send(Recipient(1), Lane.NORMAL, compose)
    assert pacer.counts.sent == 0
    assert pacer._used == 0


@pytest.mark.parametrize("fault", ["topic_closed", "thread_not_found"])
async def test_who_lost_their_topic_reads_it_in_the_general_one(telegram: Telegram, sender: Sender, fault: str):
    await telegram.join(FORUM)
    await telegram.open_topic(FORUM, TOPIC)
    await telegram.fail(fault, chat=FORUM, method="sendMessage", times=1)
    outcome = await send(sender, Recipient(FORUM, TOPIC))
    [arrived] = await telegram.messages(FORUM)
    assert outcome == Delivered(arrived.message_id)
    assert arrived.thread is None


async def test_an_open_topic_is_used(telegram: Telegram, sender: Sender):
    await telegram.join(FORUM)
    await telegram.open_topic(FORUM, TOPIC)
    await send(sender, Recipient(FORUM, TOPIC))
    assert [message.thread for message in await telegram.messages(FORUM)] == [TOPIC]


async def test_every_call_of_a_message_takes_a_turn_of_its_own(telegram: Telegram, sender: Sender, pacer: Pacer):
    await telegram.join(FORUM)
    await telegram.open_topic(FORUM, TOPIC)
    await telegram.fail("topic_closed", chat=FORUM, method="sendMessage", times=1)
    await send(sender, Recipient(FORUM, TOPIC))
    assert pacer.counts.sent == 2


async def test_the_message_that_is_there_is_changed_in_place(telegram: Telegram, sender: Sender):
    await telegram.open_chats(1)
    first = await send(sender, Recipient(1), text="probable")
    assert isinstance(first, Delivered)
    assert await send(sender, Recipient(1), text="confirmé", edits=first.message_id) == first
    assert await send(sender, Recipient(1), text="confirmé", edits=first.message_id) == first
    [stands] = await telegram.messages(1)
    assert stands.text == "confirmé"


async def test_a_change_to_a_message_that_is_gone_comes_as_a_new_one(telegram: Telegram, sender: Sender):
    await telegram.open_chats(1)
    outcome = await send(sender, Recipient(1), edits=999)
    [arrived] = await telegram.messages(1)
    assert outcome == Delivered(arrived.message_id)


async def test_an_answer_to_a_message_that_is_gone_arrives_all_the_same(telegram: Telegram, sender: Sender):
    await telegram.open_chats(1)
    first = await send(sender, Recipient(1), text="probable")
    assert isinstance(first, Delivered)
    await send(sender, Recipient(1), text="retiré", reply_to=first.message_id)
    await send(sender, Recipient(1), text="retiré encore", reply_to=999)
    assert [message.reply_to for message in await telegram.messages(1)] == [None, first.message_id, None]


@pytest.mark.expects_warnings
@pytest.mark.parametrize(
    ("fault", "meaning"),
    [
        ("blocked", Unreachable),
        ("too_long", Rejected),
        ("flood", RetryIn),
        ("reset_before", Ambiguous),
        ("reset_after", Ambiguous),
    ],
)
@pytest.mark.parametrize("edits", [None, 1], ids=["new", "edit"])
async def test_a_refusal_is_an_outcome_and_never_an_exception(
    telegram: Telegram, sender: Sender, fault: str, meaning: type[Outcome], edits: int | None
):
    await telegram.open_chats(1)
    await telegram.fail(fault, times=1)
    assert isinstance(await send(sender, Recipient(1), edits=edits), meaning)

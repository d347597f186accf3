from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from telegram import Bot

from alerts.audience.model import Recipient
from alerts.delivery.model import (
    Ambiguous,
    Button,
    Delivered,
    Lane,
    Moved,
    Outcome,
    Outgoing,
    Rejected,
    RetryIn,
    Unreachable,
)
from bot.demo.telegram.client import Telegram
from bot.demo.telegram.errors import REFUSALS
from bot.telegram.pacer import Pacer
from bot.telegram.places import Limit
from bot.telegram.sender import Form, Sender, simpler

FORUM, TOPIC = -1001, 77


def composing(message: Outgoing | None) -> Callable[[], Awaitable[Outgoing | None]]:
    async def compose() -> Outgoing | None:
        return message

    return compose


@pytest.fixture(autouse=True)
def _no_rest_between_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.chats.ONE_A_SECOND", Limit(1, 0.0))


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
    assert pacer._places.out == 0


WHOLE = Form(topic=True)


@pytest.mark.parametrize(
    ("form", "refusal", "expected"),
    [
        pytest.param(WHOLE, "edit_not_found", replace(WHOLE, edits=False), id="nothing to edit: a new one"),
        pytest.param(WHOLE, "topic_closed", replace(WHOLE, topic=False), id="no topic: the general one"),
        pytest.param(
            replace(WHOLE, topic=False), "topic_closed", None, id="the general one is closed too: nothing to be done"
        ),
        pytest.param(WHOLE, "too_long", Form(edits=False, trimmings=False), id="anything else: bare text"),
        pytest.param(replace(WHOLE, edits=False), "edit_not_found", Form(edits=False, trimmings=False), id="no edit"),
        pytest.param(replace(WHOLE, trimmings=False), "too_long", None, id="bare text, too: nothing to be done"),
        pytest.param(
            replace(WHOLE, trimmings=False),
            "topic_deleted",
            replace(WHOLE, trimmings=False, topic=False),
            id="bare text without a topic: the general one",
        ),
    ],
)
def test_what_is_tried_after_a_rejection(form: Form, refusal: str, expected: Form | None):
    assert simpler(form, Rejected(REFUSALS[refusal].description)) == expected


@pytest.mark.expects_warnings
@pytest.mark.parametrize("edits", [None, 1], ids=["new", "edit"])
@pytest.mark.parametrize("fault", ["too_long", "cannot_parse", "no_stars", "button_invalid"])
async def test_what_is_rejected_goes_as_bare_text_and_is_told(
    telegram: Telegram, sender: Sender, fault: str, edits: int | None, caplog: pytest.LogCaptureFixture
):
    await telegram.open_chats(1)
    await telegram.fail(fault, times=1)
    outcome = await send(sender, Recipient(1), edits=edits, reply_to=1, protected=True)
    [arrived] = await telegram.messages(1)
    assert outcome == Delivered(arrived.message_id)
    assert (arrived.text, arrived.protect_content) == ("Diéma : attaque armée", True)
    [error] = [record for record in caplog.records if record.levelname == "ERROR"]
    assert REFUSALS[fault].description.removeprefix("Bad Request: ").lower() in vars(error)["why"].lower()


@pytest.mark.expects_warnings
async def test_what_is_too_long_is_cut_between_lines(telegram: Telegram, sender: Sender):
    await telegram.open_chats(1)
    text = "\n".join(f"Tronçon {number} : pas d'info récente" for number in range(200))
    assert isinstance(await send(sender, Recipient(1), text=text), Delivered)
    [arrived] = await telegram.messages(1)
    *lines, last = arrived.text.split("\n")
    assert last == "…"
    assert lines == text.split("\n")[: len(lines)]


@pytest.mark.expects_warnings
async def test_what_telegram_never_takes_is_given_up(telegram: Telegram, sender: Sender):
    await telegram.open_chats(1)
    assert isinstance(await send(sender, Recipient(1), text=" "), Rejected)
    assert await telegram.messages(1) == []


async def test_a_group_whose_general_topic_is_closed_is_out_of_reach(telegram: Telegram, sender: Sender):
    await telegram.join(FORUM)
    await telegram.open_topic(FORUM, TOPIC)
    await telegram.fail("topic_closed", chat=FORUM, method="sendMessage")
    assert isinstance(await send(sender, Recipient(FORUM, TOPIC)), Unreachable)
    assert isinstance(await send(sender, Recipient(FORUM)), Unreachable)


async def test_a_group_that_moved_says_where_to(telegram: Telegram, sender: Sender):
    await telegram.open_chats(-5, kind="group")
    await telegram.migrate(-5, -1005)
    assert await send(sender, Recipient(-5)) == Moved(-1005)


@pytest.mark.parametrize("is_paid", [True, False], ids=["paid", "free"])
async def test_only_who_pays_says_so(telegram: Telegram, bot: Bot, pacer: Pacer, is_paid: bool):  # noqa: FBT001 - a table
    await telegram.open_chats(1)
    await send(Sender(bot, pacer, paid=is_paid), Recipient(1))
    assert [call.paid for call in await telegram.log(1)] == [is_paid]


@pytest.mark.expects_warnings
async def test_a_halt_during_the_last_look_leads_to_another_one(telegram: Telegram, sender: Sender, pacer: Pacer):
    await telegram.open_chats(1)
    looks = 0

    async def compose() -> Outgoing | None:
        nonlocal looks
        looks += 1
        if looks == 1:
            pacer.halt(0.2)
        return Outgoing(recipient=Recipient(1), text=f"vu {looks} fois", sounds=True)

    await sender.send(Recipient(1), Lane.HIGH, compose)
    assert [message.text for message in await telegram.messages(1)] == ["vu 2 fois"]


@pytest.mark.expects_warnings
async def test_a_token_nobody_knows_stops_everything_for_a_while(
    telegram: Telegram, sender: Sender, pacer: Pacer, caplog: pytest.LogCaptureFixture
):
    await telegram.open_chats(1)
    await telegram.fail("unauthorized")
    assert isinstance(await send(sender, Recipient(1)), RetryIn)
    assert pacer.halted_for > 50
    assert [record.levelname for record in caplog.records if record.name == "bot.telegram.sender"] == ["ERROR"]


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


ASK = Button(label="Détails", data="q:alert:0512")
OPEN = Button(label="Ouvrir Siraba", opens="RN1")


async def test_buttons_stand_under_what_is_sent_and_under_what_is_edited(telegram: Telegram, sender: Sender, bot: Bot):
    await bot.initialize()
    await telegram.open_chats(1)
    first = await send(sender, Recipient(1), buttons=((ASK,), (OPEN,)))
    assert isinstance(first, Delivered)
    [message] = await telegram.messages(1)
    [[details], [private]] = message.buttons
    assert (details.text, details.data) == ("Détails", "q:alert:0512")
    assert private.url == f"https://t.me/{bot.username}?start=RN1"
    await send(sender, Recipient(1), text="Diéma : fin annoncée", edits=first.message_id, buttons=((ASK,),))
    [edited] = await telegram.messages(1)
    assert edited.button_texts == ["Détails"]


async def test_an_alert_does_not_wait_for_a_button_that_needs_the_bots_own_name(telegram: Telegram, sender: Sender):
    await telegram.open_chats(1)
    assert isinstance(await send(sender, Recipient(1), buttons=((OPEN,),)), Delivered)
    [arrived] = await telegram.messages(1)
    assert arrived.button_texts == []

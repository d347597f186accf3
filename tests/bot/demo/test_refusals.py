"""What Telegram would refuse is refused, in Telegram's words."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Message, ReplyParameters
from telegram.error import BadRequest, Forbidden  # noqa: TID251 - what a refusal becomes

from bot.demo.telegram.client import Telegram
from bot.demo.telegram.limits import OFF
from bot.demo.telegram.process import StandInError

SENT_AT = datetime(2026, 2, 3, 6, 0, tzinfo=UTC)
Attempt = Callable[[Bot, Message], Awaitable[object]]


def keyboard(text: str, data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=data)]])


REFUSED: list[tuple[str, Attempt, str]] = [
    ("empty", lambda bot, _: bot.send_message(1, " \n "), "message text is empty"),
    ("empty markup", lambda bot, _: bot.send_message(1, "<b></b>", parse_mode="HTML"), "message text is empty"),
    ("too long", lambda bot, _: bot.send_message(1, "🔴" * 2049), "message is too long"),
    ("caption too long", lambda bot, _: bot.send_photo(1, b"png", caption="x" * 1025), "message caption is too long"),
    ("unknown chat", lambda bot, _: bot.send_message(404, "x"), "chat not found"),
    ("unknown name", lambda bot, _: bot.send_message("@nobody", "x"), "chat not found"),
    ("broken markup", lambda bot, _: bot.send_message(1, "a < b", parse_mode="HTML"), "can't parse entities"),
    ("other markup", lambda bot, _: bot.send_message(1, "*x*", parse_mode="MarkdownV2"), "unsupported parse_mode"),
    ("unknown topic", lambda bot, _: bot.send_message(1, "x", message_thread_id=9), "message thread not found"),
    (
        "reply to nothing",
        lambda bot, _: bot.send_message(1, "x", reply_parameters=ReplyParameters(404)),
        "message to be replied not found",
    ),
    ("data too long", lambda bot, _: bot.send_message(1, "x", reply_markup=keyboard("A", "é" * 33)), "BUTTON_DATA_INV"),
    ("button empty", lambda bot, _: bot.send_message(1, "x", reply_markup=keyboard(" ", "a")), "button text is empty"),
    ("unchanged", lambda bot, sent: bot.edit_message_text("sent", 1, sent.message_id), "message is not modified"),
    (
        "unchanged buttons",
        lambda bot, sent: bot.edit_message_reply_markup(1, sent.message_id),
        "message is not modified",
    ),
    ("edit nothing", lambda bot, _: bot.edit_message_text("x", 1, 404), "message to edit not found"),
    ("edit a person's", lambda bot, _: bot.edit_message_text("x", 1, 1), "message can't be edited"),
    ("delete nothing", lambda bot, _: bot.delete_message(1, 404), "message to delete not found"),
    ("delete in a group", lambda bot, _: bot.delete_message(-100, 1), "message can't be deleted"),
    ("answer nothing", lambda bot, _: bot.answer_callback_query("404"), "query ID is invalid"),
    ("nobody", lambda bot, _: bot.get_chat_member(-100, 404), "user not found"),
    ("private admins", lambda bot, _: bot.get_chat_administrators(1), "there are no administrators in the private"),
    ("odd command", lambda bot, _: bot.set_my_commands([BotCommand("arrêter", "x")]), "BOT_COMMAND_INVALID"),
    ("long name", lambda bot, _: bot.set_my_name("x" * 65), "name is too long"),
]


@pytest.fixture
async def sent(telegram: Telegram, bot: Bot) -> Message:
    await telegram.limits(OFF)
    await telegram.clock(SENT_AT)
    await telegram.say(1, "/start")
    await telegram.say(-100, "/start", user=5)
    return await bot.send_message(1, "sent")


@pytest.mark.parametrize(("attempt", "words"), [pytest.param(a, w, id=name) for name, a, w in REFUSED])
async def test_a_bad_call_is_refused_in_telegrams_words(bot: Bot, sent: Message, attempt: Attempt, words: str):
    with pytest.raises(BadRequest) as refused:
        await attempt(bot, sent)
    assert words.lower() in str(refused.value).lower()


@pytest.mark.parametrize(
    ("hours", "gone"), [pytest.param(47, True, id="a day later"), pytest.param(48, False, id="two days later")]
)
async def test_a_message_can_be_taken_back_for_two_days(
    telegram: Telegram, bot: Bot, sent: Message, hours: int, *, gone: bool
):
    await telegram.clock(SENT_AT + timedelta(hours=hours))
    await bot.delete_messages(1, [sent.message_id, 404])
    assert (await telegram.messages(1) == []) is gone
    if not gone:
        with pytest.raises(BadRequest, match="can't be deleted for everyone"):
            await bot.delete_message(1, sent.message_id)


@pytest.mark.parametrize(
    ("chat", "kind", "words"),
    [
        pytest.param(1, None, "bot was blocked by the user", id="person"),
        pytest.param(-5, "group", "bot was kicked from the group chat", id="group"),
        pytest.param(-100, None, "bot was kicked from the supergroup chat", id="supergroup"),
        pytest.param(-200, "channel", "bot was kicked from the channel chat", id="channel"),
    ],
)
async def test_a_bot_that_was_removed_is_turned_away(
    telegram: Telegram, bot: Bot, chat: int, kind: str | None, words: str
):
    await telegram.open_chats(chat, kind=kind)
    await telegram.remove(chat)
    with pytest.raises(Forbidden, match=words):
        await bot.send_message(chat, "x")


async def test_a_person_who_writes_again_can_be_written_to(telegram: Telegram, bot: Bot):
    await telegram.open_chats(1)
    await telegram.remove(1)
    await telegram.say(1, "/start")
    await bot.send_message(1, "welcome back")
    changes = [update.my_chat_member for update in await bot.get_updates() if update.my_chat_member]
    assert [change.new_chat_member.status for change in changes] == ["kicked", "member"]


async def test_a_reply_may_do_without_what_it_answers_if_allowed(telegram: Telegram, bot: Bot, sent: Message):
    await bot.send_message(1, "x", reply_parameters=ReplyParameters(404, allow_sending_without_reply=True))
    await bot.send_message(1, "y", reply_parameters=ReplyParameters(sent.message_id))
    assert [message.reply_to for message in await telegram.messages(1)] == [None, None, sent.message_id]


async def test_an_unknown_method_is_not_found(telegram: Telegram):
    async with aiohttp.ClientSession() as http, http.post(f"{telegram.base_url}{telegram.token}/sendNothing") as answer:
        assert (answer.status, await answer.json()) == (
            404,
            {"ok": False, "error_code": 404, "description": "Not Found"},
        )


@pytest.mark.parametrize("rows", ["nothing", [{"text": "a"}], [[{"text": "a"}]], [["a"]]])
async def test_a_keyboard_of_another_shape_is_refused(telegram: Telegram, rows: object):
    await telegram.open_chats(1)
    call = {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": rows}}
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{telegram.base_url}{telegram.token}/sendMessage", json=call) as answer,
    ):
        assert answer.status == 400


async def test_a_person_cannot_correct_the_bot(telegram: Telegram, sent: Message):
    with pytest.raises(StandInError, match="is not a person's"):
        await telegram.edit(1, sent.message_id, "x")

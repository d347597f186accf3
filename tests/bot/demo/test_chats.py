"""What people and the bot do stands in the chats, and reaches the bot as real updates."""

import asyncio
from datetime import UTC, datetime

import pytest
from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated  # noqa: TID251 - what a refusal becomes

from bot.demo.telegram.client import Telegram
from bot.demo.telegram.seen import Button, SentMessage

GROUP = -100
KEYBOARD = InlineKeyboardMarkup(
    [[InlineKeyboardButton("RN1", callback_data="road:RN1")], [InlineKeyboardButton("Site", url="https://example.org")]]
)


async def test_a_command_arrives_as_a_command_with_its_author(telegram: Telegram, bot: Bot):
    await telegram.say(1, "/route Kayes Bamako", first_name="Awa", language_code="bm")
    [update] = await bot.get_updates()
    message = update.message
    assert message is not None
    assert message.from_user is not None
    assert message.parse_entities() == {message.entities[0]: "/route"}
    assert (message.from_user.first_name, message.from_user.language_code) == ("Awa", "bm")


async def test_a_sent_message_shows_all_that_a_reader_would_notice(telegram: Telegram, bot: Bot):
    now = datetime(2026, 2, 3, 6, 0, tzinfo=UTC)
    await telegram.clock(now)
    await telegram.open_chats(1)
    await bot.send_message(
        1, "<b>Grave</b>", parse_mode="HTML", reply_markup=KEYBOARD, disable_notification=True, protect_content=True
    )
    [message] = await telegram.messages(1)
    assert (message.text, message.date, message.edited) == ("Grave", now, False)
    assert (message.disable_notification, message.protect_content) == (True, True)
    assert message.buttons == (
        (Button(text="RN1", data="road:RN1"),),
        (Button(text="Site", url="https://example.org"),),
    )


async def test_an_edit_without_its_keyboard_takes_the_keyboard_away(telegram: Telegram, bot: Bot):
    await telegram.open_chats(1)
    sent = await bot.send_message(1, "old", reply_markup=KEYBOARD)
    await bot.edit_message_text("new", 1, sent.message_id)
    [message] = await telegram.messages(1)
    assert (message.text, message.edited, message.buttons) == ("new", True, ())


async def test_a_tap_reaches_the_bot_and_its_answer_the_person(telegram: Telegram, bot: Bot):
    await telegram.open_chats(1)
    await bot.send_message(1, "choose", reply_markup=KEYBOARD)
    tap = await telegram.tap(1, "RN1")
    [update] = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.data == "road:RN1"
    await update.callback_query.answer("noted", show_alert=True)
    answer = await telegram.answer(tap)
    assert (answer.text, answer.show_alert) == ("noted", True)


async def test_a_person_whose_command_was_deleted_no_longer_sees_it(telegram: Telegram, bot: Bot):
    message_id = await telegram.say(1, "/start")
    await bot.delete_message(1, message_id)
    assert await telegram.messages(1, everyone=True) == []
    assert [(call.method, call.code, call.message_id) for call in await telegram.log(1)] == [
        ("deleteMessage", 200, message_id)
    ]


async def test_a_file_can_be_looked_at_and_sent_again_by_its_id(telegram: Telegram, bot: Bot):
    await telegram.open_chats(1, 2)
    sent = await bot.send_document(1, b"place,km\n", filename="route.csv", caption="Route")
    assert sent.document is not None
    await bot.send_document(2, sent.document.file_id)
    await bot.send_photo(2, b"png")
    document, photo = await telegram.messages(2)
    assert document.media is not None
    assert photo.media is not None
    assert (document.media.name, document.media.size) == ("route.csv", 9)
    assert await telegram.file(document.media.file_id) == b"place,km\n"
    assert await telegram.file(photo.media.file_id) == b"png"


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        pytest.param("/now", True, id="a command"),
        pytest.param("/now@siraba_demo_bot", True, id="a command for it"),
        pytest.param("🔴🔴 /now", True, id="a command after an icon"),
        pytest.param("/now@other_bot", False, id="a command for another"),
        pytest.param("@siraba_demo_bot RN1 ?", True, id="a mention"),
        pytest.param("good morning", False, id="talk"),
    ],
)
async def test_in_a_group_a_plain_bot_hears_only_what_is_for_it(telegram: Telegram, text: str, *, heard: bool):
    await telegram.say(GROUP, text, user=5)
    assert [update["message"]["text"] for update in await telegram.pending_updates()] == ([text] if heard else [])


async def test_in_a_group_replies_to_it_are_heard_and_an_administrator_hears_all(telegram: Telegram, bot: Bot):
    await telegram.join(GROUP)
    sent = await bot.send_message(GROUP, "which road?")
    await telegram.say(GROUP, "RN6", user=5, reply_to=sent.message_id)
    await telegram.join(GROUP, status="administrator")
    await telegram.say(GROUP, "good morning", user=5)
    assert [update.message.text for update in await bot.get_updates() if update.message] == ["RN6", "good morning"]


async def test_joining_tells_the_old_and_the_new_status(telegram: Telegram, bot: Bot):
    await telegram.join(GROUP, user=5, title="Transporteurs")
    [update] = await bot.get_updates()
    change = update.my_chat_member
    assert change is not None
    assert (change.chat.title, change.old_chat_member.status, change.new_chat_member.status) == (
        "Transporteurs",
        "left",
        "member",
    )


async def test_a_topic_holds_its_messages_and_ends_with_them(telegram: Telegram, bot: Bot):
    await telegram.say(GROUP, "/start", user=5, thread=7)
    [update] = await bot.get_updates()
    assert update.message is not None
    assert (update.message.message_thread_id, update.message.is_topic_message) == (7, True)
    await bot.send_message(GROUP, "here", message_thread_id=7)
    assert [message.thread for message in await telegram.messages(GROUP)] == [7]
    await telegram.delete_topic(GROUP, 7)
    with pytest.raises(BadRequest, match="thread not found"):
        await bot.send_message(GROUP, "here", message_thread_id=7)
    assert await telegram.messages(GROUP, everyone=True) == []


async def test_a_channel_posts_without_an_author(telegram: Telegram, bot: Bot):
    await telegram.join(-200, kind="channel", status="administrator")
    await telegram.say(-200, "posted", kind="channel")
    await bot.send_message(-200, "answered")
    posts = [update.channel_post for update in await bot.get_updates() if update.channel_post]
    assert [(post.text, post.from_user) for post in posts] == [("posted", None)]
    assert [message.text for message in await telegram.messages(-200)] == ["answered"]


async def test_a_group_that_moves_says_where_to(telegram: Telegram, bot: Bot):
    await telegram.open_chats(-5, kind="group")
    await telegram.migrate(-5, -1005)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(-5, "x")
    assert moved.value.new_chat_id == -1005
    await bot.send_message(-1005, "x")
    told = [update.message for update in await bot.get_updates() if update.message]
    assert [(message.migrate_to_chat_id, message.migrate_from_chat_id) for message in told] == [
        (-1005, None),
        (None, -5),
    ]


async def test_members_have_the_standing_they_were_given(telegram: Telegram, bot: Bot):
    await telegram.promote(GROUP, 5)
    await telegram.say(GROUP, "/start", user=6)
    assert (await bot.get_chat_member(GROUP, 5)).status == "administrator"
    assert (await bot.get_chat_member(GROUP, 6)).status == "member"
    assert [admin.user.id for admin in await bot.get_chat_administrators(GROUP)] == [5]
    assert (await bot.get_chat(GROUP)).type == "supergroup"


async def test_menus_and_names_are_kept_by_scope_and_language(telegram: Telegram, bot: Bot):
    scope = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([BotCommand("route", "De A à B")], scope=scope, language_code="fr")
    await bot.set_my_name("Siraba", language_code="fr")
    await bot.set_my_short_description("Roads")
    await bot.set_my_description("About roads")
    assert [it.command for it in await bot.get_my_commands(scope=scope, language_code="fr")] == ["route"]
    assert await bot.get_my_commands() == ()
    assert (await bot.get_my_short_description("bm")).short_description == "Roads"
    assert ["name", "fr", "Siraba"] in (await telegram.profile())["texts"]
    await bot.delete_my_commands(scope=scope, language_code="fr")
    assert await bot.get_my_commands(scope=scope, language_code="fr") == ()


async def test_what_was_sent_twice_is_counted_twice_even_if_deleted(telegram: Telegram, bot: Bot):
    await telegram.open_chats(1, 2)
    for chat in (1, 1, 2):
        sent = await bot.send_message(chat, "RN1")
        await bot.delete_message(chat, sent.message_id)
    counters = await telegram.counters()
    assert counters.sends == {(1, "RN1"): 2, (2, "RN1"): 1}
    assert counters.repeated == {(1, "RN1"): 2}
    assert counters.calls["sendMessage", 200] == 3


async def test_waiting_for_what_never_comes_says_what_is_there(telegram: Telegram, bot: Bot):
    await telegram.open_chats(1)
    await bot.send_message(1, "something else")

    def wanted(message: SentMessage) -> bool:
        return message.text == "RN1"

    with pytest.raises(TimeoutError, match="something else"):
        await telegram.wait_for(1, wanted, timeout=0.3)


async def test_a_reset_forgets_everything(telegram: Telegram, bot: Bot):
    await telegram.say(1, "/start")
    await telegram.fail("blocked")
    [before] = await telegram.pending_updates()
    await telegram.reset()
    assert await telegram.pending_updates() == []
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(1, "x")
    await telegram.say(1, "/start")
    assert (await telegram.pending_updates())[0]["update_id"] > before["update_id"]


async def test_a_bot_polls_on_through_a_reset(telegram: Telegram, bot: Bot):
    await telegram.say(1, "before")
    [update] = await bot.get_updates()
    polling = asyncio.create_task(bot.get_updates(offset=update.update_id + 1, timeout=50))
    await telegram.wait_drained()
    await telegram.reset()
    assert await polling == ()
    await telegram.say(1, "after")
    assert len(await bot.get_updates(offset=update.update_id + 1)) == 1

"""The transcript shows what the stand-in saw, each thing once."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot.demo.ear import Ear, Gone, Heard
from bot.demo.story import Person
from bot.demo.telegram.client import Telegram

PEOPLE = {name: Person(id=name, chat=chat, name=name, about="") for name, chat in (("driver", 1), ("admin", 2))}


@pytest.fixture
async def ear(telegram: Telegram) -> Ear:
    await telegram.open_chats(1, 2)
    return Ear(telegram, PEOPLE)


async def test_each_message_is_told_once_in_the_order_it_came(ear: Ear, bot: Bot):
    await bot.send_message(2, "first", disable_notification=True)
    await bot.send_message(1, "second")
    news = [one for one in await ear.news() if isinstance(one, Heard)]
    assert [(one.who, one.text, one.silent) for one in news] == [("admin", "first", True), ("driver", "second", False)]
    assert await ear.news() == []


async def test_what_was_refused_was_never_heard(ear: Ear, bot: Bot, telegram: Telegram):
    await telegram.fail("blocked", chat=1, times=1)
    with pytest.raises(Exception, match="blocked"):
        await bot.send_message(1, "lost")
    assert await ear.news() == []


async def test_a_new_wording_an_answer_and_buttons_are_seen_as_such(ear: Ear, bot: Bot):
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("RN1", callback_data="x")]])
    sent = await bot.send_message(1, "old", reply_markup=keyboard)
    [with_button] = await ear.news()
    await bot.edit_message_text("new", chat_id=1, message_id=sent.message_id)
    await bot.send_message(1, "more", reply_to_message_id=sent.message_id)
    edited, answer = await ear.news()
    assert isinstance(with_button, Heard)
    assert with_button.buttons[0][0].text == "RN1"
    assert isinstance(edited, Heard)
    assert (edited.text, edited.edited) == ("new", True)
    assert isinstance(answer, Heard)
    assert answer.answers


async def test_deletions_are_counted_by_chat(ear: Ear, bot: Bot):
    ids = [(await bot.send_message(1, text)).message_id for text in ("one", "two")]
    await ear.news()
    for message_id in ids:
        await bot.delete_message(1, message_id)
    [gone] = await ear.news()
    assert isinstance(gone, Gone)
    assert (gone.who, gone.count) == ("driver", 2)

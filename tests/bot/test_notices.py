"""A word about the service reaches each chat once, whatever Telegram answers."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from redis.asyncio import Redis
from telegram import Bot

from alerts.audience.model import Recipient
from alerts.delivery.notice import Notice
from alerts.store.store import Store
from bot.demo.telegram.client import Telegram
from bot.notices import AT_ONCE, Crier
from tests.support.builders import NOW, RN1, chat
from tests.support.service import voices

HALTED = Notice(id="n1", key="notice.halted")


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    async with Bot(telegram.token, base_url=telegram.base_url) as bot:
        yield bot


@pytest.fixture
async def talk(telegram: Telegram, bot: Bot, redis: Redis) -> tuple[Telegram, Bot, Store]:
    return telegram, bot, Store.over(redis)


async def cry(store: Store, bot: Bot) -> None:
    await Crier(store, bot, voices(), language="fr").cry(now=NOW)


async def test_each_chat_gets_it_once_in_its_language(telegram: Telegram, bot: Bot, redis: Redis):
    store = Store.over(redis)
    await telegram.open_chats(1, 2)
    await store.chats.save(chat(2, RN1, language="en"))
    await store.notices.post(HALTED, ["1", "2"], now=NOW)
    for _ in range(3):
        await cry(store, bot)
    assert [one.text[:12] for one in await telegram.messages(1)] == ["Nos alertes "]
    assert [one.text[:12] for one in await telegram.messages(2)] == ["Our alerts a"]
    assert await store.notices.waiting() == []


async def test_a_chat_that_is_gone_holds_up_nobody(telegram: Telegram, bot: Bot, redis: Redis):
    store = Store.over(redis)
    await telegram.open_chats(1, 2)
    await telegram.fail("blocked", chat=1)
    await store.notices.post(HALTED, ["1", "2"], now=NOW)
    await cry(store, bot)
    await cry(store, bot)
    assert len(await telegram.messages(2)) == 1
    assert await store.notices.waiting() == []


async def test_a_chat_is_told_again_where_telegram_did_not_answer(telegram: Telegram, bot: Bot, redis: Redis):
    store = Store.over(redis)
    await telegram.open_chats(1)
    await telegram.fail("reset_before", chat=1, times=1)
    await store.notices.post(HALTED, ["1"], now=NOW)
    await cry(store, bot)
    assert await store.notices.next_recipients("n1", 5) == ["1"]
    await cry(store, bot)
    assert len(await telegram.messages(1)) == 1


async def test_many_are_told_a_few_at_a_time(telegram: Telegram, bot: Bot, redis: Redis):
    store = Store.over(redis)
    chats = range(1, AT_ONCE + 6)
    await telegram.open_chats(*chats)
    await store.notices.post(HALTED, [str(one) for one in chats], now=NOW)
    await cry(store, bot)
    assert len(await store.notices.next_recipients("n1", 100)) == 5


@pytest.mark.parametrize(
    ("fields", "notice", "hours"),
    [
        pytest.param({"short": True, "delete_after_hours": 6}, HALTED, 6, id="short-mode"),
        pytest.param({"delete_after_hours": 0}, replace(HALTED, of_the_desk=True), 47, id="the-desk"),
        pytest.param({"delete_after_hours": 0}, HALTED, None, id="it-stays"),
    ],
)
async def test_it_goes_again_where_messages_do_not_stay(
    talk: tuple[Telegram, Bot, Store], fields: dict[str, Any], notice: Notice, hours: int | None
):
    telegram, bot, store = talk
    await telegram.open_chats(1)
    await store.chats.save(chat(1, RN1, **fields))
    await store.notices.post(notice, ["1"], now=NOW)
    await cry(store, bot)
    assert len(await store.agenda.deletions_due(now=NOW + timedelta(hours=hours or 1000))) == (hours is not None)


async def test_a_notice_nobody_is_to_get_is_not_stored(redis: Redis):
    await Store.over(redis).notices.post(HALTED, [], now=NOW)
    assert await redis.keys() == []


async def test_a_notice_whose_time_is_over_is_dropped(redis: Redis):
    store = Store.over(redis)
    await store.notices.post(HALTED, ["1"], now=NOW)
    await redis.delete("siraba:notice:n1")
    assert await store.notices.waiting() == []
    assert await redis.keys() == []


async def test_a_group_that_moved_hears_it_under_its_new_number(talk: tuple[Telegram, Bot, Store]):
    telegram, bot, store = talk
    await telegram.open_chats(-100, -200)
    await telegram.fail("migrated", chat=-100, migrate_to=-200)
    await store.chats.save(chat(-100, RN1))
    await store.notices.post(HALTED, ["-100"], now=NOW)
    await cry(store, bot)
    await cry(store, bot)
    assert len(await telegram.messages(-200)) == 1


async def test_who_asked_to_be_forgotten_hears_nothing_more(redis: Redis):
    store = Store.over(redis)
    await store.chats.save(chat(1, RN1))
    await store.notices.post(HALTED, ["1", "2"], now=NOW)
    await store.chats.forget(Recipient(1))
    assert await store.notices.next_recipients("n1", 5) == ["2"]

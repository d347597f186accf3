import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from redis.asyncio import Redis
from telegram import Bot

from alerts.audience.model import Recipient
from alerts.delivery.model import Lane
from alerts.store import keys
from alerts.store.store import Store
from bot.chores import Chores
from bot.demo.telegram.client import Telegram
from bot.telegram.pacer import Pacer
from bot.telegram.wire import Wire, lane
from tests.support.builders import NOW, RN1, chat
from tests.support.contents import contents, mentions

HOUR = timedelta(hours=1)


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    async with Wire(Pacer(allowance=1000)) as wire:
        yield Bot(telegram.token, base_url=telegram.base_url, request=wire, get_updates_request=wire)


@pytest.fixture
def store(redis: Redis) -> Store:
    return Store.over(redis)


@pytest.fixture
def chores(store: Store, bot: Bot) -> Chores:
    return Chores(store, bot)


async def write(telegram: Telegram, store: Store, bot: Bot, *people: int) -> None:
    """The bot writes to each a message that is due for deletion now."""
    await telegram.open_chats(*people)
    for person in people:
        sent = await bot.send_message(person, "Diéma")
        await store.agenda.delete_later(person, sent.message_id, at=NOW)


async def test_messages_go_when_their_hours_are_over(telegram: Telegram, store: Store, bot: Bot, chores: Chores):
    await write(telegram, store, bot, 1, 2)
    await chores.sweep(now=NOW - HOUR)
    assert len(await telegram.messages(1)) == 1
    await chores.sweep(now=NOW)
    assert [await telegram.messages(person) for person in (1, 2)] == [[], []]
    assert await store.agenda.deletions_due(now=NOW) == []


@pytest.mark.expects_warnings
@pytest.mark.parametrize("fault", ["reset_before", "bad_gateway_before", "flood", "conflict", "internal"])
async def test_what_could_not_be_deleted_is_tried_again(
    telegram: Telegram, store: Store, bot: Bot, chores: Chores, fault: str
):
    await write(telegram, store, bot, 1)
    await telegram.fail(fault, method="deleteMessage", times=1)
    await chores.delete_old_messages(now=NOW)
    assert len(await store.agenda.deletions_due(now=NOW)) == 1
    await chores.delete_old_messages(now=NOW)
    assert await telegram.messages(1) == []
    assert await store.agenda.deletions_due(now=NOW) == []


@pytest.mark.parametrize("fault", ["blocked", "chat_not_found", "error"])
async def test_what_can_never_be_deleted_is_let_go(
    telegram: Telegram, store: Store, bot: Bot, chores: Chores, fault: str
):
    await write(telegram, store, bot, 1, 2)
    words = (
        {"code": 400, "description": "Bad Request: message can't be deleted for everyone"} if fault == "error" else {}
    )
    await telegram.fail(fault, chat=1, method="deleteMessage", **words)
    await chores.delete_old_messages(now=NOW)
    assert await store.agenda.deletions_due(now=NOW) == []
    assert await telegram.messages(2) == []


async def test_a_message_that_is_gone_already_is_no_fault(store: Store, chores: Chores, telegram: Telegram):
    await telegram.open_chats(1)
    await store.agenda.delete_later(1, 999, at=NOW)
    await chores.delete_old_messages(now=NOW)
    assert await store.agenda.deletions_due(now=NOW) == []


async def test_hundreds_that_became_due_while_we_were_away_all_go(
    telegram: Telegram, store: Store, bot: Bot, chores: Chores
):
    people = range(1, 151)
    await telegram.open_chats(*people)
    for sent in await asyncio.gather(*(bot.send_message(person, "Diéma") for person in people)):
        await store.agenda.delete_later(sent.chat_id, sent.message_id, at=NOW - 5 * HOUR)
    await chores.sweep(now=NOW)
    assert [await telegram.messages(person) for person in people] == [[]] * 150


async def test_an_alert_goes_before_deletions(telegram: Telegram, store: Store):
    pacer = Pacer(allowance=1)
    async with Wire(pacer) as wire:
        bot = Bot(telegram.token, base_url=telegram.base_url, request=wire, get_updates_request=wire)
        await telegram.open_chats(1)
        await store.agenda.delete_later(1, 999, at=NOW)
        async with pacer.turn(Lane.CRITICAL):
            sweeping = asyncio.create_task(Chores(store, bot).delete_old_messages(now=NOW))
            while not pacer._line._ready[Lane.NORMAL]:  # noqa: ASYNC110 - the pacer rings no bell
                await asyncio.sleep(0.001)
        await sweeping
    assert lane.get() is Lane.REPLY


async def test_chats_out_of_reach_or_use_are_erased_without_a_trace(redis: Redis, store: Store, chores: Chores):
    await store.chats.save(chat(4711, RN1, active_at=NOW - timedelta(days=181)))
    await store.chats.save(chat(4712, RN1, unreachable_since=NOW - timedelta(days=31)))
    await store.chats.save(chat(4713, RN1))
    await chores.sweep(now=NOW)
    assert await mentions(redis, "4711") == await mentions(redis, "4712") == []
    assert await store.chats.find(Recipient(4713)) is not None


async def test_what_was_missed_while_down_is_made_up_once(redis: Redis, store: Store, chores: Chores):
    await chores.sweep(now=NOW)
    await redis.zadd(keys.SEEN_UPDATES, {"1": (NOW - timedelta(days=3)).timestamp()})
    await chores.sweep(now=NOW + timedelta(minutes=59))
    assert await redis.zcard(keys.SEEN_UPDATES) == 1
    await chores.sweep(now=NOW + 72 * HOUR)
    assert await redis.zcard(keys.SEEN_UPDATES) == 0
    assert await store.agenda.is_due("trim", now=NOW + 73 * HOUR)
    assert not await store.agenda.is_due("trim", now=NOW + 72 * HOUR)


async def test_a_rewrite_that_had_to_wait_is_made_up(redis: Redis, chores: Chores):
    await redis.set(keys.REWRITE, 1)
    now = NOW
    while await redis.exists(keys.REWRITE):  # one that is under way already would not do
        now += timedelta(minutes=1)
        await chores.sweep(now=now)


async def test_a_sweep_with_nothing_to_do_leaves_only_its_times(redis: Redis, chores: Chores):
    await chores.sweep(now=NOW)
    assert set(await contents(redis)) == {keys.DUE}

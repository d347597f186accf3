"""An alert on its way to many through all that can go wrong: the real delivery, pacer, wire and sender, and a Redis.

The stand-in counts what arrived. What surely did not arrive is sent again and stands there once; what may have is sent
again, too, and stands there twice if it had.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest
from redis.asyncio import Redis
from telegram import Bot

from alerts.audience.model import Chat, Recipient
from alerts.store.commit import Batch
from alerts.store.store import Store
from bot.demo.telegram.client import Telegram
from bot.demo.telegram.faults import FaultKind
from bot.demo.telegram.limits import Limits
from bot.telegram.pacer import Pacer
from bot.telegram.sender import Sender
from bot.telegram.wire import Wire
from tests.support.builders import NOW, RN1, alert, chat
from tests.support.service import Clock, delivering, delivery_of, until_idle

ACCIDENTS = [kind for kind in FaultKind if kind is not FaultKind.REFUSE]
GROUP, SUPERGROUP, FORUM, TOPIC = -5, -1005, -1001, 77


@asynccontextmanager
async def line_to(telegram: Telegram, port: int) -> AsyncIterator[None]:
    """A way to Telegram that leads through this port."""
    end = urlsplit(telegram.url)

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            writer.write(data)
        writer.close()

    async def join(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(end.hostname, end.port)
        async with asyncio.TaskGroup() as both:
            both.create_task(carry(reader, back))
            both.create_task(carry(there, writer))

    async with await asyncio.start_server(join, "127.0.0.1", port):
        yield


async def follow(store: Store, *chats: Chat) -> None:
    for one in chats:
        await store.chats.save(one)


async def broadcast(redis: Redis, sender: Sender) -> Store:
    """Tell an alert on RN1 to all who follow it."""
    store, delivery = delivery_of(redis, sender, clock=Clock(), window=40)
    await store.commit(Batch(alerts=(alert(),)), now=NOW)
    async with delivering(delivery):
        await until_idle(delivery)
    return store


async def copies(telegram: Telegram, chat_id: int) -> int:
    return len(await telegram.messages(chat_id))


@pytest.mark.expects_warnings
async def test_every_accident_on_the_way_is_made_good(
    telegram: Telegram, redis: Redis, bot: Bot, pacer: Pacer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("bot.telegram.wire.ANSWER_SECONDS", 1.0)
    struck = dict(enumerate(ACCIDENTS, start=1))
    await telegram.open_chats(*struck, 100)
    for chat_id, kind in struck.items():
        await telegram.fail(kind.value, chat=chat_id, method="sendMessage", times=1)
    await follow(Store.over(redis), *(chat(chat_id, RN1) for chat_id in (*struck, 100)))
    await broadcast(redis, Sender(bot, pacer))
    wanted = {kind.value: 2 if kind.value.endswith("_after") else 1 for kind in ACCIDENTS}
    assert {kind.value: await copies(telegram, chat_id) for chat_id, kind in struck.items()} == wanted
    assert await copies(telegram, 100) == 1


@pytest.mark.expects_warnings
async def test_every_refusal_has_its_consequence(telegram: Telegram, redis: Redis, bot: Bot, pacer: Pacer):
    store = Store.over(redis)
    await telegram.open_chats(1, 2, 3, 4, 5)
    await telegram.open_chats(GROUP, kind="group")
    await telegram.migrate(GROUP, SUPERGROUP)
    await telegram.open_topic(FORUM, TOPIC)
    await telegram.remove(1)
    await telegram.fail("too_long", chat=2, method="sendMessage", times=1)
    await telegram.fail("flood", chat=3, method="sendMessage", times=1, retry_after=1)
    await telegram.fail("write_forbidden", chat=4, method="sendMessage")
    await telegram.fail("topic_closed", chat=FORUM, method="sendMessage", times=1)
    people = [chat(number, RN1) for number in (1, 2, 3, 4, 5, GROUP)]
    await follow(store, *people, chat(FORUM, RN1, recipient=Recipient(FORUM, TOPIC)))
    await broadcast(redis, Sender(bot, pacer))
    heard = {one: await copies(telegram, one) for one in (1, 2, 3, 4, 5, GROUP, SUPERGROUP, FORUM)}
    assert heard == {1: 0, 2: 1, 3: 1, 4: 0, 5: 1, GROUP: 0, SUPERGROUP: 1, FORUM: 1}
    barred = [one for one in (1, 2, 3, 4, 5) if (await found(store, one)).unreachable_since]
    assert barred == [1, 4]
    assert await store.chats.find(Recipient(GROUP)) is None
    assert (await found(store, SUPERGROUP)).subscriptions


async def found(store: Store, chat_id: int) -> Chat:
    one = await store.chats.find(Recipient(chat_id))
    assert one is not None
    return one


@pytest.mark.expects_warnings
@pytest.mark.parametrize(
    "limits",
    [
        pytest.param(Limits(per_second=25, chat_burst=1), id="the limit we know"),
        pytest.param(Limits(chat_burst=1, hidden_per_second=15, lockout=2.0), id="a lower one, and a lockout"),
    ],
)
async def test_limits_lose_and_repeat_nothing(telegram: Telegram, redis: Redis, limits: Limits):
    people = range(1, 61)
    await telegram.open_chats(*people)
    await telegram.limits(limits)
    await telegram.latency(before=0.05, before_jitter=0.02, after=0.05)
    await follow(Store.over(redis), *(chat(number, RN1) for number in people))
    pacer = Pacer(allowance=25)
    async with Wire(pacer) as wire:
        bot = Bot(telegram.token, base_url=telegram.base_url, request=wire, get_updates_request=wire)
        await broadcast(redis, Sender(bot, pacer))
    counters = await telegram.counters()
    assert {chat_id for chat_id, _ in counters.sends} == set(people)
    assert not counters.repeated
    assert (counters.statuses[429] == 0) is (limits.hidden_per_second is None)


@pytest.mark.expects_warnings
async def test_a_telegram_that_can_not_be_reached_yet_gets_everything_once(
    telegram: Telegram, redis: Redis, wire: Wire, pacer: Pacer, unused_tcp_port: int
):
    people = range(1, 11)
    await telegram.open_chats(*people)
    await follow(Store.over(redis), *(chat(number, RN1) for number in people))
    far = Bot(
        telegram.token, base_url=f"http://127.0.0.1:{unused_tcp_port}/bot", request=wire, get_updates_request=wire
    )
    async with asyncio.TaskGroup() as both:
        sending = both.create_task(broadcast(redis, Sender(far, pacer)))
        await asyncio.sleep(0.5)
        async with line_to(telegram, unused_tcp_port):
            await sending
            await wire.shutdown()
    assert [await copies(telegram, number) for number in people] == [1] * 10

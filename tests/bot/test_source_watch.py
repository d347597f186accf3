"""Each admin hears once of a source that falls silent, and once of its return."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from redis.asyncio import Redis
from telegram import Bot

from alerts.audience.model import Recipient
from alerts.desk.roles import DESK_KEEPS
from alerts.sources.model import Fault, FeedMarks, Source
from alerts.store.commit import Batch
from alerts.store.store import Store
from bot.demo.telegram.client import Telegram
from bot.source_watch import SourceWatch
from bot.telegram.pacer import Pacer
from bot.telegram.wire import Wire
from handlers.context import Siraba
from tests.support.builders import NOW, chat
from tests.support.conversation import reader
from tests.support.service import BAMAKO, Clock, atlas, voices

ADMINS = (900, 901)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
TAMANI = Source(id="tamani", url="https://tamani.example/feed", grade="B", name="Studio Tamani")
HIDDEN = Source(id="rfi", url="https://hidden.example/feed", grade="F", name="A hidden one", legal="suspended")
SILENT = FeedMarks(
    source_id="tamani", checked_at=NOW, succeeded_at=NOW - 5 * HOUR, failures=4, last_failure="x", fault=Fault.SLOW
)


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    await telegram.open_chats(*ADMINS)
    async with Wire(Pacer(allowance=1000)) as wire:
        yield Bot(telegram.token, base_url=telegram.base_url, request=wire, get_updates_request=wire)


@pytest.fixture
def watch(redis: Redis, bot: Bot) -> SourceWatch:
    siraba = Siraba(
        atlas=atlas(),
        reader=reader(),
        store=Store.over(redis),
        voices=voices(),
        clock=Clock(),
        timezone=BAMAKO,
        language="fr",
        admin_ids=frozenset(ADMINS),
        contact=None,
        version="1",
        pace=Pacer(allowance=30),
        sources=(TAMANI, HIDDEN),
    )
    return SourceWatch(siraba, bot)


async def remember(redis: Redis, *marks: FeedMarks) -> None:
    await Store.over(redis).commit(Batch(marks=marks), now=NOW)


async def heard(telegram: Telegram, admin: int = ADMINS[0]) -> list[str]:
    return [message.text for message in await telegram.messages(admin)]


async def looks(watch: SourceWatch, *moments: datetime) -> None:
    for moment in moments:
        await watch.look(now=moment)


async def test_every_admin_hears_once_that_a_source_is_silent_and_why(
    telegram: Telegram, redis: Redis, watch: SourceWatch
):
    await remember(redis, SILENT)
    await looks(watch, NOW, NOW + MINUTE, NOW + HOUR)
    for admin in ADMINS:
        (text,) = await heard(telegram, admin)
        assert "Source muette : Studio Tamani (B), trop lente. Lue il y a 5 h." in text
        assert "ne veut pas dire que tout est calme" in text


async def test_an_admin_hears_that_it_is_back_and_of_its_next_silence(
    telegram: Telegram, redis: Redis, watch: SourceWatch
):
    await remember(redis, SILENT)
    await looks(watch, NOW)
    await remember(redis, replace(SILENT, failures=0, succeeded_at=NOW, fault=None))
    await looks(watch, NOW + MINUTE)
    await remember(redis, replace(SILENT, succeeded_at=NOW))
    await looks(watch, NOW + 5 * HOUR)
    first, second, third = await heard(telegram)
    assert second == "Source revenue : Studio Tamani."
    assert "Source muette" in first
    assert "Source muette" in third


@pytest.mark.parametrize(
    "marks",
    [
        pytest.param(replace(SILENT, succeeded_at=NOW - MINUTE), id="failed-just-now"),
        pytest.param(replace(SILENT, failures=0), id="the-service-was-away"),
        pytest.param(FeedMarks(source_id="tamani"), id="never-asked"),
    ],
)
async def test_no_admin_is_woken_for_nothing(telegram: Telegram, redis: Redis, watch: SourceWatch, marks: FeedMarks):
    await remember(redis, marks)
    await looks(watch, NOW)
    assert await heard(telegram) == []


async def test_what_may_not_be_named_is_not_named_to_admins_either(
    telegram: Telegram, redis: Redis, watch: SourceWatch
):
    await remember(redis, replace(SILENT, source_id="rfi", succeeded_at=None))
    await looks(watch, NOW)
    (text,) = await heard(telegram)
    assert "une source qui n'est pas nommée (F), trop lente. Jamais lue." in text
    assert "hidden" not in text


async def test_an_admin_is_told_in_the_language_of_the_chat(telegram: Telegram, redis: Redis, watch: SourceWatch):
    await Store.over(redis).chats.update(Recipient(ADMINS[0]), lambda _: chat(ADMINS[0], language="en"))
    await remember(redis, SILENT)
    await looks(watch, NOW)
    assert "Silent source: Studio Tamani (B), too slow. Read 5 h ago." in (await heard(telegram))[0]
    assert "Source muette" in (await heard(telegram, ADMINS[1]))[0]


async def test_what_could_not_be_said_is_said_a_minute_later(telegram: Telegram, redis: Redis, watch: SourceWatch):
    await remember(redis, SILENT)
    await telegram.fail("bad_gateway_before", times=1)
    await looks(watch, NOW)
    await looks(watch, NOW + MINUTE)
    assert [len(await heard(telegram, admin)) for admin in ADMINS] == [1, 1]


async def test_an_admin_who_blocked_the_bot_holds_nobody_up(telegram: Telegram, redis: Redis, watch: SourceWatch):
    await telegram.remove(ADMINS[0])
    await remember(redis, SILENT)
    await looks(watch, NOW, NOW + MINUTE)
    assert len(await heard(telegram, ADMINS[1])) == 1
    assert await Store.over(redis).feeds.told_silent(ADMINS[0]) == {"tamani"}


async def test_what_an_admin_is_told_of_it_goes_again(telegram: Telegram, redis: Redis, watch: SourceWatch):
    store = Store.over(redis)
    await store.chats.update(Recipient(ADMINS[0]), lambda _: chat(ADMINS[0], short=True, delete_after_hours=6))
    await remember(redis, SILENT)
    await looks(watch, NOW)
    assert [who for who, _ in await store.agenda.deletions_due(now=NOW + 6 * HOUR)] == [ADMINS[0]]
    assert {who for who, _ in await store.agenda.deletions_due(now=NOW + DESK_KEEPS)} == set(ADMINS)

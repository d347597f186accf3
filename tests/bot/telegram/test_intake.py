"""What people do in Telegram reaches its handler, once, whatever breaks: over the stand-in and a real Redis."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from telegram import Update
from telegram.ext import Application, TypeHandler

from alerts.audience.model import Recipient
from alerts.sources.model import Kind, Source
from alerts.store import keys
from alerts.store.connection import connect
from alerts.store.inbox import Inbox, InboxEntry
from alerts.store.store import Store
from bot.demo.telegram.client import Telegram
from bot.telegram.intake import MOST_ASKED_AT_ONCE, Intake, WebhookRefusedError, WrongTokenError
from bot.telegram.pacer import Pacer
from bot.telegram.wire import Wire
from handlers.commands import register
from handlers.context import CONTEXT_TYPES, SIRABA, Siraba, SirabaApplication
from tests.support.builders import NOW
from tests.support.contents import contents, mentions
from tests.support.conversation import reader
from tests.support.redis import Server
from tests.support.service import BAMAKO, Clock, atlas, voices

CHANGE = "/suivre RN1"
QUESTION = "/route Kayes Bamako"

Handle = Callable[[Update, Any], Awaitable[None]]


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.intake.RETRY_SECONDS", (0.01, 0.01, 0.01))
    monkeypatch.setattr("bot.telegram.intake.QUESTION_RETRY_SECONDS", (0.01, 0.01))
    monkeypatch.setattr("bot.telegram.intake.PAUSE_SECONDS", 0.02)
    monkeypatch.setattr("bot.telegram.intake.GLANCE_SECONDS", 0.02)


@dataclass(slots=True, kw_only=True)
class Running:
    """An intake at work; `kill` ends it as it stands."""

    intake: Intake
    store: Store
    task: asyncio.Task[None]

    async def kill(self) -> None:
        """Nothing is waited for, nothing is put in order."""
        while tasks := {self.task, *self.intake._tasks} - {task for task in (self.task,) if task.done()}:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks, timeout=0.5)

    async def stop(self) -> None:
        """As the service does at a SIGTERM."""
        self.intake.stop()
        self.task.cancel()
        await asyncio.wait([self.task])


@dataclass(slots=True)
class Listener:
    """A handler that notes what it was given and does what a test wants."""

    then: Handle | None = None
    texts: list[str] = field(default_factory=list)

    async def __call__(self, update: Update, context: Any) -> None:
        message = update.effective_message
        self.texts.append((message.text if message else None) or "")  # type: ignore[union-attr] # a test's own message
        if self.then is not None:
            await self.then(update, context)


def application_for(telegram: Telegram, store: Store, handle: Handle | None, *, token: str) -> SirabaApplication:
    wire = Wire(Pacer(allowance=1000))
    application = (
        Application.builder()
        .token(token)
        .base_url(telegram.base_url)
        .request(wire)
        .get_updates_request(wire)
        .updater(None)
        .job_queue(None)
        .context_types(CONTEXT_TYPES)
        .build()
    )
    application.bot_data[SIRABA] = Siraba(
        atlas=atlas(),
        reader=reader(),
        store=store,
        voices=voices(),
        clock=Clock(),
        timezone=BAMAKO,
        language="fr",
        admin_ids=frozenset(),
        contact=None,
        version="1.0",
        pace=Pacer(allowance=30),
    )
    if handle is None:
        register(application)
    else:
        application.add_handler(TypeHandler(Update, handle))
    return application


@asynccontextmanager
async def taking(
    telegram: Telegram,
    redis: Redis,
    handle: Handle | None = None,
    *,
    token: str | None = None,
    sources: tuple[Source, ...] = (),
    webhook: tuple[str, str] | None = None,
) -> AsyncIterator[Running]:
    """An intake with the real handlers, or with `handle` for all."""
    store = Store.over(redis)
    application = application_for(telegram, store, handle, token=token or telegram.token)
    intake = Intake(application, store, clock=Clock(), sources=sources, webhook=webhook)
    running = Running(intake=intake, store=store, task=asyncio.create_task(intake.run()))
    try:
        yield running
    finally:
        await running.stop()
        await application.shutdown()
        await application.bot.request.shutdown()


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Wait for what has no event of its own; the test's time limit bounds it."""
    while not await holds():  # noqa: ASYNC110
        await asyncio.sleep(0.005)


async def until_done(store: Store) -> None:
    async def is_done() -> bool:
        return not await store.inbox.waiting()

    await until(is_done)


def typed(update_id: int, text: str, *, chat: int = 1) -> dict[str, Any]:
    """A message as Telegram pushes it."""
    person = {"id": chat, "is_bot": False, "first_name": "Awa"}
    where = {"id": chat, "type": "private", "first_name": "Awa"}
    message = {"message_id": update_id, "date": 1759654800, "chat": where, "from": person, "text": text}
    return {"update_id": update_id, "message": message}


async def test_a_change_is_stored_before_it_is_confirmed(telegram: Telegram, redis: Redis):
    blocked = asyncio.Event()

    async def never(_: Update, __: Any) -> None:
        await blocked.wait()

    await telegram.say(1, CHANGE, first_name="Aminata")
    async with taking(telegram, redis, never) as running:
        await telegram.wait_drained()
        [entry] = await running.store.inbox.waiting()
        assert json.loads(entry.update)["message"]["text"] == CHANGE
        assert await mentions(redis, "Aminata") == []
        await running.kill()


@pytest.mark.expects_warnings
async def test_what_can_not_be_stored_is_not_confirmed(telegram: Telegram, start_redis: Callable[..., Server]):
    server = start_redis()
    redis = await connect(server.address)
    await redis.config_set("maxmemory", 1)
    await telegram.say(1, CHANGE)
    async with taking(telegram, redis, Listener()) as running:
        await telegram.wait_counters(lambda now: now.calls["getUpdates", 200] >= 1)
        assert len(await telegram.pending_updates()) == 1
        await redis.config_set("maxmemory", 0)
        await telegram.wait_drained()
        await until_done(running.store)
    await redis.aclose()


async def test_of_300_queued_commands_a_kill_loses_none_and_repeats_none_that_was_done(
    telegram: Telegram, redis: Redis
):
    people = range(1, 301)
    await asyncio.gather(*(telegram.say(person, CHANGE) for person in people))
    await telegram.latency(before=0.75, before_jitter=0.75)  # so that some are done and some are not
    async with taking(telegram, redis) as first:
        await until(lambda: _at_least(first, 40))
        await first.kill()
        assert first.intake.counts.done < 300
    waiting = {json.loads(entry.update)["message"]["chat"]["id"] for entry in await first.store.inbox.waiting()}
    unstored = {
        update["message"]["chat"]["id"]
        for update in await telegram.pending_updates()
        if not await first.store.inbox.is_known(update["update_id"])
    }
    done = set(people) - waiting - unstored
    assert len(done) >= 40
    await telegram.heal()
    async with taking(telegram, redis) as second:
        await telegram.wait_drained()
        await until_done(second.store)
        for person in people:
            found = await second.store.chats.find(Recipient(person))
            assert found is not None
            assert len(found.subscriptions) == 1
            answers = await telegram.messages(person)
            assert len(answers) == 1 if person in done else len(answers) >= 1


async def _at_least(running: Running, count: int) -> bool:
    return running.intake.counts.done >= count


async def test_a_question_is_answered_before_it_is_confirmed(telegram: Telegram, redis: Redis):
    unconfirmed: list[int] = []

    async def look(_: Update, __: Any) -> None:
        unconfirmed.append(len(await telegram.pending_updates()))

    await telegram.say(1, QUESTION)
    async with taking(telegram, redis, look):
        await telegram.wait_drained()
    assert unconfirmed == [1]


@pytest.mark.parametrize("question", [QUESTION, "/axe Kayes", "/carburant Kayes", "/historique Kayes", "Kayes ?"])
async def test_a_question_leaves_no_trace_of_what_was_asked(telegram: Telegram, redis: Redis, question: str):
    await telegram.say(1, question)
    async with taking(telegram, redis):
        await telegram.wait_for(1, 1)
        await telegram.wait_drained()
        assert await mentions(redis, "kayes") == []
        families = {
            key.rpartition(":")[0] if key.rpartition(":")[2].isdecimal() else key for key in await contents(redis)
        }
        assert families <= {keys.SEEN_UPDATES, keys.DELETIONS, "siraba:deletions"}


async def test_a_question_cut_short_by_a_kill_is_answered_after_it(telegram: Telegram, redis: Redis):
    begun = asyncio.Event()

    async def hang(_: Update, __: Any) -> None:
        begun.set()
        await asyncio.Event().wait()

    await telegram.say(1, QUESTION)
    async with taking(telegram, redis, hang) as first:
        await begun.wait()
        await first.kill()
    heard = Listener()
    async with taking(telegram, redis, heard):
        await telegram.wait_drained()
    assert heard.texts == [QUESTION]


async def test_an_edited_message_never_runs(telegram: Telegram, redis: Redis):
    message = await telegram.say(1, CHANGE)
    await telegram.edit(1, message, "/suivre RN6")
    async with taking(telegram, redis) as running:
        await telegram.wait_drained()
        await until_done(running.store)
        edited = await telegram.say(1, "/suivre RN7")
        await telegram.edit(1, edited, "/suivre RN6")
        await telegram.wait_for(1, 2)
        found = await running.store.chats.find(Recipient(1))
    assert found is not None
    assert [one.area.id for one in found.subscriptions] == ["RN1", "RN7"]


@pytest.mark.expects_warnings
async def test_what_fails_is_tried_three_times_more_then_parked(telegram: Telegram, redis: Redis):
    async def fail(update: Update, _: Any) -> None:
        if update.effective_message and update.effective_message.text == CHANGE:
            raise LookupError

    heard = Listener(fail)
    await telegram.say(1, CHANGE)
    await telegram.say(1, "/stop RN1")
    async with taking(telegram, redis, heard) as running:
        await telegram.wait_drained()
        await until_done(running.store)
        assert heard.texts == [CHANGE] * 4 + ["/stop RN1"]
        assert await running.store.inbox.parked() == 1
        assert running.intake.counts.parked == 1


@pytest.mark.expects_warnings
async def test_who_asks_in_vain_is_told_so(telegram: Telegram, redis: Redis, caplog: pytest.LogCaptureFixture):
    async def fail(_: Update, __: Any) -> None:
        raise LookupError

    await telegram.say(1, QUESTION)
    async with taking(telegram, redis, fail):
        await telegram.wait_for(1, 1)
        await telegram.wait_drained()
    assert "Kayes" not in caplog.text


@pytest.mark.expects_warnings
@pytest.mark.parametrize("fault", ["reset_after", "bad_gateway_after", "blocked"])
async def test_a_reply_that_may_have_arrived_does_not_run_the_change_again(
    telegram: Telegram, redis: Redis, fault: str
):
    await telegram.open_chats(1)
    await telegram.fail(fault, chat=1, method="sendMessage", times=1)

    async def answer(_: Update, context: Any) -> None:
        await context.bot.send_message(1, "fait")

    heard = Listener(answer)
    await telegram.say(1, CHANGE)
    async with taking(telegram, redis, heard) as running:
        await telegram.wait_drained()
        await until_done(running.store)
    assert heard.texts == [CHANGE]


@pytest.mark.expects_warnings
async def test_a_reply_that_surely_did_not_leave_goes_later(telegram: Telegram, redis: Redis):
    await telegram.open_chats(1)
    await telegram.fail("conflict", chat=1, method="sendMessage", times=2)
    await telegram.say(1, CHANGE)
    async with taking(telegram, redis) as running:
        await telegram.wait_for(1, 1)
        await until_done(running.store)
        assert await running.store.inbox.parked() == 0
        assert len(await telegram.messages(1)) == 1


@pytest.mark.parametrize("text", [CHANGE, QUESTION])
async def test_an_update_that_is_pushed_again_runs_once(telegram: Telegram, redis: Redis, text: str):
    heard = Listener()
    async with taking(telegram, redis, heard, webhook=("https://bot.example/telegram", "s")) as running:
        pushed = await asyncio.gather(*(running.intake.take(typed(5, text)) for _ in range(4)))
        assert await running.intake.take(typed(5, text))
        await until_done(running.store)
    assert pushed == [True] * 4
    assert heard.texts == [text]


@pytest.mark.expects_warnings
async def test_what_was_stored_is_carried_out_though_the_answer_to_that_was_lost(
    telegram: Telegram, redis: Redis, monkeypatch: pytest.MonkeyPatch
):
    accept, tries = Inbox.accept, []

    async def break_the_first_time(*asked: Any, **told: Any) -> InboxEntry | None:
        entry = await accept(*asked, **told)
        tries.append(entry)
        if len(tries) == 1:
            raise RedisConnectionError("the line broke after it was stored")
        return entry

    monkeypatch.setattr(Inbox, "accept", break_the_first_time)
    heard = Listener()
    await telegram.say(1, CHANGE)
    async with taking(telegram, redis, heard) as running:
        await until(lambda: _has_heard(heard, 1))
        await until_done(running.store)
    assert heard.texts == [CHANGE]


@pytest.mark.expects_warnings
async def test_a_redis_that_goes_and_comes_back_loses_nothing(telegram: Telegram, start_redis: Callable[..., Server]):
    durable = ("--appendonly", "yes", "--appendfsync", "always")
    server = start_redis(*durable)
    redis = await connect(server.address)
    await asyncio.gather(*(telegram.say(person, CHANGE) for person in range(1, 31)))
    async with taking(telegram, redis) as running:
        await until(lambda: _at_least(running, 5))
        server.kill()
        await asyncio.gather(*(telegram.say(person, CHANGE) for person in range(31, 61)))
        start_redis(*durable)
        await telegram.wait_drained()
        for person in range(1, 61):
            await telegram.wait_for(person, 1, timeout=60)  # what met the gap is tried again after a pause
        await until_done(running.store)
        assert await running.store.inbox.parked() == 0
        assert await running.store.chats.count() == 60
    await redis.aclose()


async def test_one_slow_chat_holds_up_nobody(telegram: Telegram, redis: Redis):
    free, answered = asyncio.Event(), asyncio.Event()

    async def hang_for_one(update: Update, _: Any) -> None:
        assert update.effective_chat is not None
        if update.effective_chat.id == 1:
            await free.wait()
        elif update.effective_chat.id == 50:
            answered.set()

    heard = Listener(hang_for_one)
    await telegram.say(1, QUESTION)
    async with taking(telegram, redis, heard):
        await until(lambda: _has_heard(heard, 1))
        for person in range(2, 51):
            await telegram.say(person, QUESTION)
        async with asyncio.timeout(5):
            await answered.wait()
        assert (await telegram.pending_updates())[0]["message"]["chat"]["id"] == 1
        free.set()
        await telegram.wait_drained()
    assert len(heard.texts) == 50


async def _has_heard(heard: Listener, count: int) -> bool:
    return len(heard.texts) >= count


async def test_an_answer_that_takes_too_long_no_longer_holds_back_the_others(
    telegram: Telegram, redis: Redis, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("bot.telegram.intake.QUESTION_SECONDS", 0.05)

    async def hang(_: Update, __: Any) -> None:
        await asyncio.Event().wait()

    await telegram.say(1, QUESTION)
    async with taking(telegram, redis, hang) as running:
        await telegram.wait_drained()
        await running.kill()


async def test_what_one_chat_writes_runs_in_its_order(telegram: Telegram, redis: Redis):
    async def slower_first(update: Update, _: Any) -> None:
        assert update.effective_message is not None
        await asyncio.sleep(0.02 / update.effective_message.message_id)

    heard = Listener(slower_first)
    texts = [f"/suivre lieu {number}" if number % 2 else f"/route lieu {number}" for number in range(20)]
    for text in texts:
        await telegram.say(1, text)
    async with taking(telegram, redis, heard) as running:
        await telegram.wait_drained()
        await until_done(running.store)
    assert heard.texts == texts


async def test_what_waited_in_the_inbox_runs_before_what_comes_after(telegram: Telegram, redis: Redis):
    async def hang(_: Update, __: Any) -> None:
        await asyncio.Event().wait()

    await telegram.say(1, CHANGE)
    async with taking(telegram, redis, hang) as first:
        await telegram.wait_drained()
        await first.kill()
    await telegram.say(1, "/stop RN1")
    heard = Listener()
    async with taking(telegram, redis, heard) as second:
        await telegram.wait_drained()
        await until_done(second.store)
    assert heard.texts == [CHANGE, "/stop RN1"]


@pytest.mark.expects_warnings
async def test_a_second_program_with_the_token_is_reported_and_survived(
    telegram: Telegram, redis: Redis, caplog: pytest.LogCaptureFixture
):
    await telegram.fail("conflict", method="getUpdates", times=2)
    await telegram.say(1, CHANGE)
    async with taking(telegram, redis):
        await telegram.wait_for(1, 1)
    assert "another program takes this bot's updates" in caplog.text
    assert telegram.token not in caplog.text


@pytest.mark.expects_warnings
@pytest.mark.parametrize("fault", ["bad_gateway_before", "reset_before", "garbage_after", "internal"])
@pytest.mark.parametrize("method", ["getUpdates", "getMe", "deleteWebhook"])
async def test_a_telegram_out_of_order_is_waited_for(telegram: Telegram, redis: Redis, fault: str, method: str):
    await telegram.fail(fault, method=method, times=2)
    await telegram.say(1, CHANGE)
    async with taking(telegram, redis):
        await telegram.wait_for(1, 1)


@pytest.mark.parametrize("method", ["getMe", "getUpdates"])
async def test_a_wrong_token_ends_the_service_without_naming_it(telegram: Telegram, redis: Redis, method: str):
    token = telegram.token
    if method == "getMe":
        token = "987654:wrong"
    else:
        await telegram.fail("unauthorized", method=method)
    async with taking(telegram, redis, token=token) as running:
        with pytest.raises(WrongTokenError) as raised:
            await running.task
    assert token not in repr(raised.value) + str(raised.value)


async def test_pushed_updates_wait_until_what_was_left_has_begun(telegram: Telegram, redis: Redis):
    await Store.over(redis).inbox.accept(4, json.dumps(typed(4, CHANGE)), now=Clock()())
    heard = Listener()
    async with taking(telegram, redis, heard, webhook=("https://bot.example/telegram", "s")) as running:
        assert await running.intake.take(typed(5, "/stop RN1"))
        await until_done(running.store)
    assert heard.texts == [CHANGE, "/stop RN1"]


async def test_after_the_stop_nothing_is_taken(telegram: Telegram, redis: Redis):
    async with taking(telegram, redis, Listener(), webhook=("https://bot.example/telegram", "s")) as running:
        assert await running.intake.take(typed(5, CHANGE))
        await running.stop()
        assert not await running.intake.take(typed(6, CHANGE))
    assert not await running.store.inbox.is_known(6)


async def test_a_stop_lets_handlers_under_way_end(telegram: Telegram, redis: Redis):
    begun = asyncio.Event()

    async def take_a_while(_: Update, __: Any) -> None:
        begun.set()
        await asyncio.sleep(0.05)

    await telegram.say(1, CHANGE)
    async with taking(telegram, redis, take_a_while) as running:
        await begun.wait()
        await running.stop()
        assert running.intake.counts.done == 1
        assert await running.store.inbox.waiting() == []


@pytest.mark.expects_warnings
async def test_a_public_address_that_telegram_refuses_ends_the_service(telegram: Telegram, redis: Redis):
    await telegram.fail(
        "error", method="setWebhook", code=400, description="Bad Request: bad webhook: HTTPS URL needed"
    )
    async with taking(telegram, redis, webhook=("http://bot.example/telegram", "s")) as running:
        with pytest.raises(WebhookRefusedError, match="SIRABA_PUBLIC_URL: Bad webhook"):
            await running.task


@pytest.mark.expects_warnings
@pytest.mark.parametrize(
    "broken",
    [
        pytest.param({"message": {"message_id": 1}}, id="no-chat"),
        pytest.param({"message": {"chat": {"id": 1, "type": "private"}, "text": CHANGE}}, id="a-change-without-number"),
        pytest.param(
            {"message": {"chat": {"id": 1, "type": "private"}, "text": QUESTION}}, id="a-question-without-number"
        ),
        pytest.param({"callback_query": {"id": "1", "data": "c:x"}}, id="a-tap-of-nobody"),
    ],
)
async def test_an_update_nobody_can_read_stops_no_other(telegram: Telegram, redis: Redis, broken: dict[str, Any]):
    async with taking(telegram, redis, webhook=("https://bot.example/telegram", "s")) as running:
        assert await running.intake.take({"update_id": 5, **broken})
        assert await running.intake.take(typed(6, CHANGE))
        await until_done(running.store)
        found = await running.store.chats.find(Recipient(1))
    assert found is not None


async def test_a_flood_from_one_chat_is_slowed_with_one_kind_word_and_holds_up_nobody(telegram: Telegram, redis: Redis):
    release = asyncio.Event()

    async def answer(update: Update, _: Any) -> None:
        if update.effective_chat is not None and update.effective_chat.id == 1:
            await release.wait()

    listener = Listener(answer)
    await telegram.open_chats(1, 2)
    async with taking(telegram, redis, listener):
        for number in range(50):
            await telegram.say(1, f"/axe RN{number}")
        await telegram.say(2, "/axe RN1")
        async with asyncio.timeout(10):
            while not {"/axe RN0", "/axe RN1"} <= set(listener.texts):  # noqa: ASYNC110 - a handler has no event
                await asyncio.sleep(0.01)
        release.set()
        [word] = await telegram.wait_for(1, 1)
        await telegram.wait_drained()
    assert word.text.startswith("Doucement : je réponds à vos messages l'un après l'autre.")
    assert len(await telegram.messages(1)) == 1
    assert len(listener.texts) == 1 + MOST_ASKED_AT_ONCE


async def test_a_flood_in_short_mode_leaves_no_more_of_a_trace_than_what_is_answered(telegram: Telegram, redis: Redis):
    release = asyncio.Event()

    async def answer(_: Update, __: Any) -> None:
        await release.wait()

    async with taking(telegram, redis, Listener(answer)) as running:
        typed_ones = [await telegram.say(1, f"/axe RN{number}") for number in range(30)]
        await until_noted(running, 30 - MOST_ASKED_AT_ONCE - 1)
        release.set()
        [word] = await telegram.wait_for(1, 1)
        await telegram.wait_drained()
        gone = [message for _, message in await running.store.agenda.messages_of(1)]
        at_once = [message for _, message in await running.store.agenda.deletions_due(now=NOW)]
    assert set(gone) == {*typed_ones[MOST_ASKED_AT_ONCE:], word.message_id}
    assert set(at_once) == set(typed_ones[MOST_ASKED_AT_ONCE:])


@pytest.mark.expects_warnings
async def test_an_apology_goes_by_itself_and_the_question_at_once(telegram: Telegram, redis: Redis, monkeypatch: Any):
    async def fail(_: Update, __: Any) -> None:
        raise ValueError

    monkeypatch.setattr("bot.telegram.intake.QUESTION_RETRY_SECONDS", ())
    async with taking(telegram, redis, Listener(fail)) as running:
        asked = await telegram.say(1, QUESTION)
        [word] = await telegram.wait_for(1, 1)
        await telegram.wait_drained()
        await until_noted(running, 2)
        assert await running.store.agenda.deletions_due(now=NOW) == [(1, asked)]
        later = await running.store.agenda.deletions_due(now=NOW + timedelta(hours=12))
    assert later == [(1, asked), (1, word.message_id)]


async def until_noted(running: Running, count: int) -> None:
    async with asyncio.timeout(10):
        while len(await running.store.agenda.messages_of(1)) < count:  # noqa: ASYNC110 - a note rings no bell
            await asyncio.sleep(0.01)


async def test_who_was_slowed_is_answered_again_when_the_rush_is_over(telegram: Telegram, redis: Redis):
    listener = Listener()
    async with taking(telegram, redis, listener):
        for number in range(30):
            await telegram.say(1, f"/axe RN{number}")
        await telegram.wait_drained()
        await telegram.say(1, "/axe RN99")
        await telegram.wait_drained()
    assert listener.texts[-1] == "/axe RN99"


async def test_a_flood_of_changes_is_carried_out_to_the_last(telegram: Telegram, redis: Redis):
    listener = Listener()
    async with taking(telegram, redis, listener) as running:
        for number in range(50):
            await telegram.say(1, f"/suivre RN{number}")
        async with asyncio.timeout(10):
            while running.intake.counts.done < 50:  # noqa: ASYNC110 - nor has a count
                await asyncio.sleep(0.01)
    assert len(listener.texts) == 50


CHANNEL = Source(id="canal", url="https://t.me/route_mali", grade="C", kind=Kind.CHANNEL)


async def post_in_channel(telegram: Telegram) -> int:
    await telegram.open_chats(-1007, kind="channel", username="route_mali")
    await telegram.join(-1007, kind="channel", status="administrator")
    return await telegram.say(-1007, "Le marché aux zébus a rouvert")


async def test_a_post_of_a_source_survives_a_kill_and_leaves_no_word_behind(telegram: Telegram, redis: Redis):
    stuck, listener = asyncio.Event(), Listener()

    async def hang(update: Update, _: Any) -> None:
        if update.channel_post is not None:
            stuck.set()
            await asyncio.Event().wait()

    await post_in_channel(telegram)
    async with taking(telegram, redis, hang, sources=(CHANNEL,)) as running:
        await stuck.wait()
        await running.kill()
    async with taking(telegram, redis, listener, sources=(CHANNEL,)) as running:
        await until(lambda: _is_idle(running))
    assert "Le marché aux zébus a rouvert" in listener.texts
    assert await mentions(redis, "zébus") == []


async def test_a_post_of_a_channel_that_is_no_source_is_never_stored(telegram: Telegram, redis: Redis):
    kept = []

    async def look(update: Update, _: Any) -> None:
        kept.append(await mentions(redis, "zébus"))

    message = await post_in_channel(telegram)
    await telegram.edit(-1007, message, "Le marché aux zébus a fermé")
    async with taking(telegram, redis, look):
        await telegram.wait_drained()
    assert not any(kept)
    assert await mentions(redis, "zébus") == []


async def _is_idle(running: Running) -> bool:
    return not await running.store.inbox.waiting() and running.intake.counts.done > 0

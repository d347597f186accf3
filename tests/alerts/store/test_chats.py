import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from redis.asyncio import Redis

from alerts.audience.model import Chat, Recipient, Subscription
from alerts.geography.model import Area
from alerts.incidents.model import Status
from alerts.store import keys
from alerts.store.commit import Batch
from alerts.store.connection import connect
from alerts.store.outbox import Count
from alerts.store.store import Store
from tests.support.builders import KAYES, NOW, RN1, alert, change, chat, incident, retraction
from tests.support.contents import contents, mentions
from tests.support.outbox import answer, begin, readers, write_down
from tests.support.redis import Server

GROUP, SUPERGROUP = -700, -100700
WHO = 4711


async def followers(store: Store, *areas: Area) -> list[int]:
    return sorted([one.recipient.chat_id async for page in store.chats.followers(areas) for one in page])


async def entangle(store: Store, chat_id: int) -> None:
    """Let a chat leave a trace wherever a chat can."""
    await store.chats.save(chat(chat_id, RN1, KAYES))
    await store.dialogs.open(Recipient(chat_id), {"expects": "follow"})
    await store.agenda.delete_later(chat_id, 55, at=NOW + timedelta(hours=6))
    told, waiting = alert(), alert(incident=incident(id="0600"))
    await store.commit(Batch(changes=(change(), change(id="0600")), alerts=(told, waiting)), now=NOW)
    for one in (told, waiting):
        await write_down(store, one, str(chat_id), "8")
    await answer(store, told, str(chat_id), Count.SENT, message_id=55, delete_at=NOW)
    await begin(store, waiting, str(chat_id))
    poison = f'{{"update_id": 1, "message": {{"message_id": 3, "chat": {{"id": {chat_id}, "type": "private"}}}}}}'
    entry = await store.inbox.accept(1, poison, now=NOW)
    assert entry is not None
    while not await store.inbox.failed(entry, now=NOW):
        pass


async def test_choices_come_back_as_they_were(redis: Redis):
    store = Store.over(redis)
    until = Subscription(area=KAYES, until=NOW + timedelta(hours=48))
    kept = replace(chat(WHO, RN1), subscriptions=(Subscription(area=RN1), until), muted_until=NOW, short=True)
    await store.chats.save(kept)
    assert await store.chats.find(Recipient(WHO)) == kept
    assert await store.chats.find(Recipient(1)) is None
    assert await store.chats.find_many(["1", str(WHO)]) == [kept]
    assert await store.chats.find_many([]) == []


async def test_followers_keep_in_step_with_choices(redis: Redis):
    store = Store.over(redis)
    await store.chats.save(chat(1, RN1))
    await store.chats.save(chat(2, RN1, KAYES))
    assert await followers(store, RN1) == [1, 2]
    await store.chats.save(chat(1, KAYES))
    assert await followers(store, RN1) == [2]
    assert await followers(store, KAYES) == [1, 2]
    assert await followers(store, RN1, KAYES) == [1, 2]
    assert set(await store.chats.areas()) == {RN1, KAYES}


async def test_two_changes_at_once_are_both_kept(redis: Redis):
    store = Store.over(redis)
    await store.chats.save(chat(1))
    areas = [replace(KAYES, id=f"place{number}") for number in range(10)]

    def adding(area: Area) -> Callable[[Chat | None], Chat | None]:
        def add(found: Chat | None) -> Chat | None:
            assert found is not None
            return replace(found, subscriptions=(*found.subscriptions, Subscription(area=area)))

        return add

    await asyncio.gather(*(store.chats.update(Recipient(1), adding(area)) for area in areas))
    found = await store.chats.find(Recipient(1))
    assert found is not None
    assert {one.area for one in found.subscriptions} == set(areas)


async def test_a_change_to_nothing_stores_nothing(redis: Redis):
    store = Store.over(redis)
    assert await store.chats.update(Recipient(1), lambda found: found) is None
    assert await redis.keys() == []


async def test_nothing_that_mentions_a_forgotten_chat_is_left(redis: Redis):
    store = Store.over(redis)
    await entangle(store, WHO)
    assert len(await mentions(redis, str(WHO))) >= 8
    await store.chats.forget(Recipient(WHO))
    assert await mentions(redis, str(WHO)) == []


async def test_forgetting_one_leaves_its_neighbours_as_they_are(redis: Redis):
    store = Store.over(redis)
    for near in (1, 11, -1, 10):
        await store.chats.save(chat(near, RN1))
        await store.agenda.delete_later(near, 5, at=NOW)
    others = [str(near) for near in (11, -1, 10)]
    before = await redis.hmget(keys.CHATS, others)
    await entangle(store, 1)
    await store.chats.forget(Recipient(1))
    assert await followers(store, RN1) == [-1, 10, 11]
    assert await redis.hmget(keys.CHATS, others) == before
    assert sorted(due for due, _ in await store.agenda.deletions_due(now=NOW)) == [-1, 10, 11]


async def test_an_answer_that_comes_after_forgetting_leaves_no_trace(redis: Redis):
    store = Store.over(redis)
    await entangle(store, WHO)
    waiting = alert(incident=incident(id="0600"))
    await store.commit(Batch(alerts=(retraction(waiting),)), now=NOW)
    await store.chats.forget(Recipient(WHO))
    await answer(store, waiting, str(WHO), Count.SENT, message_id=56, delete_at=NOW)
    assert await mentions(redis, str(WHO)) == []


async def test_a_change_on_its_way_does_not_bring_back_the_forgotten(redis: Redis):
    store = Store.over(redis)
    await store.chats.save(chat(WHO, RN1))

    async def refused() -> None:
        await store.chats.update(Recipient(WHO), lambda found: replace(found, unreachable_since=NOW) if found else None)

    await asyncio.gather(
        *(refused() for _ in range(5)), store.chats.forget(Recipient(WHO)), *(refused() for _ in range(5))
    )
    assert await mentions(redis, str(WHO)) == []


@asynccontextmanager
async def durable(start_redis: Callable[..., Server]) -> AsyncIterator[Redis]:
    server = start_redis("--appendonly", "yes", "--appendfsync", "always")
    redis = await connect(server.address)
    yield redis
    await redis.aclose()


async def rewritten(redis: Redis) -> None:
    while (await redis.info("persistence"))["aof_rewrite_in_progress"]:  # noqa: ASYNC110 - it rings no bell
        await asyncio.sleep(0.005)


async def forgotten(store: Store, redis: Redis) -> None:
    """The minute's chore, as often as it takes."""
    while await redis.exists(keys.REWRITE):
        await store.chats.finish_forgetting()
        await rewritten(redis)


async def test_the_files_on_disk_forget_too(start_redis: Callable[..., Server]):
    async with durable(start_redis) as redis:
        store = Store.over(redis)
        await store.chats.save(chat(987654321, RN1))
        await store.chats.forget(Recipient(987654321))
        await forgotten(store, redis)
        folder = await redis.config_get("dir")
        assert not on_disk(folder["dir"], b"987654321")


async def test_the_tap_that_asked_for_it_is_forgotten_on_disk_too(start_redis: Callable[..., Server]):
    async with durable(start_redis) as redis:
        store = Store.over(redis)
        older = await store.inbox.accept(1, '{"update_id": 1}', now=NOW)
        tap = await store.inbox.accept(2, '{"update_id": 2, "chat": 987654321}', now=NOW)
        assert older is not None
        assert tap is not None
        await store.chats.forget(Recipient(987654321))
        await store.chats.finish_forgetting()  # the chore may come before the tap is done
        await store.inbox.done(tap)
        await store.chats.finish_forgetting()
        assert await redis.exists(keys.REWRITE)
        await store.inbox.done(older)
        await store.inbox.accept(3, '{"update_id": 3}', now=NOW)  # what came later holds nothing up
        await forgotten(store, redis)
        folder = await redis.config_get("dir")
        assert not on_disk(folder["dir"], b"987654321")


async def test_what_was_parked_between_others_is_forgotten_on_disk_too(start_redis: Callable[..., Server]):
    async with durable(start_redis) as redis:
        store = Store.over(redis)
        for number, who in enumerate((111, 987654321, 333)):
            entry = await store.inbox.accept(number, f'{{"update_id": {number}, "chat": {who}}}', now=NOW)
            assert entry is not None
            while not await store.inbox.failed(entry, now=NOW):
                pass
        await store.chats.forget(Recipient(987654321))
        await forgotten(store, redis)
        folder = await redis.config_get("dir")
        assert not on_disk(folder["dir"], b"987654321")
        assert await store.inbox.parked() == 2


@pytest.mark.expects_warnings
async def test_a_rewrite_that_broke_is_begun_again(start_redis: Callable[..., Server]):
    async with durable(start_redis) as redis:
        store = Store.over(redis)
        await store.chats.save(chat(987654321, RN1))
        await store.chats.forget(Recipient(987654321))
        await redis.config_set("rdb-key-save-delay", 10_000_000)
        await store.chats.finish_forgetting()
        await kill_rewrite(redis)
        await redis.config_set("rdb-key-save-delay", 0)
        await store.chats.finish_forgetting()
        assert await redis.exists(keys.REWRITE)
        await forgotten(store, redis)
        folder = await redis.config_get("dir")
        assert not on_disk(folder["dir"], b"987654321")


async def kill_rewrite(redis: Redis) -> None:
    """End Redis' child that rewrites, as a full disk or the kernel's killer would."""
    server = (await redis.info("server"))["process_id"]
    os.kill(only_child(server), signal.SIGKILL)
    await rewritten(redis)
    assert (await redis.info("persistence"))["aof_last_bgrewrite_status"] == "err"


def only_child(process: int) -> int:
    [child] = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return int(child)


def on_disk(folder: str, wanted: bytes) -> list[str]:
    return [str(file) for file in Path(folder).rglob("*") if file.is_file() and wanted in file.read_bytes()]


async def test_many_can_be_forgotten_while_redis_still_rewrites_for_the_first(start_redis: Callable[..., Server]):
    async with durable(start_redis) as redis:
        store = Store.over(redis)
        people = range(987654321, 987654331)
        for person in people:
            await store.chats.save(chat(person, RN1))
        for person in people:
            await store.chats.forget(Recipient(person))
        await forgotten(store, redis)
        folder = await redis.config_get("dir")
        assert not on_disk(folder["dir"], b"98765432")


@pytest.mark.expects_warnings
async def test_forgetting_works_where_redis_does_not_allow_a_rewrite(redis: Redis, redis_server: Server):
    await redis.execute_command("ACL", "SETUSER", "siraba", "on", "nopass", "~*", "+@all", "-bgrewriteaof")
    guest = await connect(f"unix://siraba:any@{redis_server.address}")
    try:
        store = Store.over(guest)
        await store.chats.save(chat(WHO, RN1))
        await store.chats.forget(Recipient(WHO))
        await store.chats.finish_forgetting()
    finally:
        await guest.aclose()
        await redis.execute_command("ACL", "DELUSER", "siraba")
    assert await mentions(redis, str(WHO)) == []
    assert not await redis.exists(keys.REWRITE)


async def test_a_group_that_moves_takes_everything_along(redis: Redis):
    store = Store.over(redis)
    await entangle(store, GROUP)
    await redis.delete(keys.PARKED, keys.DELETIONS)
    await store.chats.move(GROUP, SUPERGROUP)
    assert await mentions(redis, f"{GROUP}'") == []
    assert await store.outbox.may_have_read("0600") == [str(SUPERGROUP)]
    assert await followers(store, RN1, KAYES) == [SUPERGROUP]
    assert await store.outbox.next_recipients("0600.1", 10) == [str(SUPERGROUP), "8"]
    assert list(await readers(store, "0512")) == [str(SUPERGROUP)]
    moved = await store.chats.find(Recipient(SUPERGROUP))
    assert moved == replace(chat(GROUP, RN1, KAYES), recipient=Recipient(SUPERGROUP))


async def test_moving_twice_or_from_nowhere_changes_nothing(redis: Redis):
    store = Store.over(redis)
    await entangle(store, GROUP)
    await store.chats.move(GROUP, SUPERGROUP)
    before = await contents(redis)
    await store.chats.move(GROUP, SUPERGROUP)
    await store.chats.move(-999, SUPERGROUP)
    assert await contents(redis) == before


async def test_what_the_new_group_has_chosen_already_holds(redis: Redis):
    store = Store.over(redis)
    await store.chats.save(chat(GROUP, RN1, KAYES))
    await store.chats.save(chat(SUPERGROUP, KAYES, language="en"))
    await store.chats.move(GROUP, SUPERGROUP)
    merged = await store.chats.find(Recipient(SUPERGROUP))
    assert merged is not None
    assert merged.language == "en"
    assert [one.area for one in merged.subscriptions] == [KAYES, RN1]
    assert await store.chats.count() == 1


async def test_who_was_told_before_a_move_is_forgotten_no_later_for_it(redis: Redis):
    store = Store.over(redis)
    await entangle(store, GROUP)
    await redis.expire(keys.sent("0512", str(GROUP)), 100)
    await store.chats.move(GROUP, SUPERGROUP)
    assert 0 < await redis.ttl(keys.sent("0512", str(SUPERGROUP))) <= 100
    assert not await redis.exists(*keys.all_sent("0600"))


async def test_only_long_unused_and_unreachable_chats_are_lost(redis: Redis):
    store = Store.over(redis)
    ages = {1: 181, 2: 179, 3: 0}
    for number, days in ages.items():
        await store.chats.save(chat(number, RN1, active_at=NOW - timedelta(days=days)))
    for number, days in {4: 31, 5: 29}.items():
        await store.chats.save(chat(number, RN1, unreachable_since=NOW - timedelta(days=days)))
    lost = await store.chats.lost(now=NOW, inactive=timedelta(days=180), unreachable=timedelta(days=30))
    assert sorted(one.chat_id for one in lost) == [1, 4]


async def test_more_followers_than_a_page_holds_are_each_told_once(redis: Redis):
    store = Store.over(redis)
    people = [str(number) for number in range(1, 2502)]
    await redis.hset(keys.CHATS, mapping=dict.fromkeys(people, '{"k":"p","l":"fr"}'))
    await redis.sadd(keys.followers(RN1.key), *people)
    await redis.sadd(keys.followers(KAYES.key), *people[:1500])
    pages = [page async for page in store.chats.followers([KAYES, RN1])]
    assert max(map(len, pages)) <= 1000
    assert sorted(one.recipient.chat_id for page in pages for one in page) == list(range(1, 2502))


async def test_a_retracted_incident_still_knows_a_group_that_moved(redis: Redis):
    store = Store.over(redis)
    await entangle(store, GROUP)
    gone = replace(incident(), version=2, status=Status.RETRACTED)
    await store.commit(Batch(changes=(replace(change(), incident=gone, before=incident()),)), now=NOW)
    await store.chats.move(GROUP, SUPERGROUP)
    told = await readers(store, "0512")
    assert told[str(SUPERGROUP)].message_id == 55


async def test_hundreds_at_once_wait_for_each_other_and_none_is_refused(redis: Redis):
    store = Store.over(redis)
    people = range(1001, 1301)
    await asyncio.gather(*(store.chats.save(chat(person, RN1)) for person in people))
    assert await store.chats.count() == 300
    leaving = people[:150]
    await asyncio.gather(
        *(store.chats.forget(Recipient(person)) for person in leaving),
        *(store.chats.move(person, -person) for person in people[150:]),
    )
    assert await followers(store, RN1) == sorted(-person for person in people[150:])

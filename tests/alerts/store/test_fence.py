"""What a service asks of Redis after another one took over is refused, in the step that would have acted."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from redis.asyncio import Redis
from redis.exceptions import ResponseError, WatchError

from alerts.audience.model import Recipient
from alerts.store.commit import Batch
from alerts.store.fence import Fence, OvertakenError
from alerts.store.lease import Lease
from alerts.store.outbox import Answer, Count, Stopped
from alerts.store.store import Store
from tests.support.builders import NOW, RN1, alert, change, chat
from tests.support.contents import contents

ALERT = alert()
NEWS = Batch(changes=(change(),), alerts=(ALERT,))


async def planned(store: Store) -> None:
    await store.chats.save(chat(1, RN1))
    await store.chats.save(chat(2, RN1))
    await store.commit(NEWS, now=NOW)
    await store.outbox.open_plan(ALERT.id)
    await store.outbox.extend_plan(ALERT, ["1", "2"])
    await store.outbox.close_plan(ALERT.id, count=2, now=NOW)


async def overtaken(redis: Redis) -> Store:
    """The store as a service sees it that was paused in mid-delivery, while another one took over."""
    old, new = Lease(redis, "old"), Lease(redis, "new")
    await old.take()
    store = Store.over(redis, old.fence)
    await planned(store)
    await new.seize()
    return store


async def test_who_holds_the_lease_is_not_hindered(redis: Redis):
    lease = Lease(redis, "a")
    await lease.take()
    store = Store.over(redis, lease.fence)
    await planned(store)
    assert not isinstance(await store.outbox.claim(ALERT, ["1", "2"]), Stopped)
    assert not lease.fence.overtaken.is_set()


async def test_who_was_overtaken_claims_no_send(redis: Redis):
    store = await overtaken(redis)
    before = await contents(redis)
    assert await store.outbox.claim(ALERT, ["1", "2"]) is Stopped.OVERTAKEN
    assert await contents(redis) == before


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda store: store.commit(Batch(changes=(change(id="0513"),)), now=NOW)),
        pytest.param(lambda store: store.inbox.accept(5, "{}", now=NOW)),
        pytest.param(lambda store: store.chats.save(chat(3, RN1))),
        pytest.param(lambda store: store.chats.update(Recipient(1), lambda one: one and replace(one, language="en"))),
        pytest.param(lambda store: store.chats.forget(Recipient(1))),
        pytest.param(lambda store: store.chats.move(1, -5)),
        pytest.param(lambda store: store.desk.halt(by=900, now=NOW)),
        pytest.param(lambda store: store.desk.resume(by=900, now=NOW)),
    ],
    ids=["commit", "accept", "save", "update", "forget", "move", "halt", "resume"],
)
async def test_who_was_overtaken_changes_nothing(redis: Redis, act: Callable[[Store], Awaitable[object]]):
    store = await overtaken(redis)
    before = await contents(redis)
    with pytest.raises(OvertakenError):
        await act(store)
    assert await contents(redis) == before


async def test_what_was_delivered_before_is_recorded_all_the_same(redis: Redis):
    store = await overtaken(redis)
    answer = Answer(recipient="1", count=Count.SENT, message_id=7)
    assert await store.outbox.record(ALERT, [answer]) == [True]
    assert await store.outbox.next_recipients(ALERT.id, 10) == ["2"]


async def test_a_takeover_between_the_look_and_the_write_stops_the_write(redis: Redis):
    old = Lease(redis, "old")
    await old.take()
    async with redis.pipeline(transaction=True) as pipe:
        await old.fence.guard(pipe)
        await Lease(redis, "new").seize()
        pipe.multi()
        pipe.set("place", "Mopti")
        with pytest.raises(WatchError):
            await pipe.execute()
    assert await redis.get("place") is None


async def test_a_refusal_is_noted_so_that_the_service_ends(redis: Redis):
    old = Lease(redis, "old")
    await old.take()
    await Lease(redis, "new").seize()
    with pytest.raises(OvertakenError):
        await old.fence.script(redis, "return 1")(keys=[], args=[])
    assert old.fence.overtaken.is_set()


async def test_a_script_finds_its_own_keys_and_values(redis: Redis):
    script = Fence().script(redis, "return {#KEYS, #ARGV, KEYS[1], ARGV[1]}")
    assert await script(keys=["a"], args=["b"]) == [1, 1, "a", "b"]


async def test_another_error_of_a_script_keeps_its_name(redis: Redis):
    with pytest.raises(ResponseError, match="my own"):
        await Fence().script(redis, "return redis.error_reply('MINE my own')")(keys=[])

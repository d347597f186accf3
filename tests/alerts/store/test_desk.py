from datetime import timedelta

from redis.asyncio import Redis

from alerts.store import keys
from alerts.store.desk import Desk, Halt
from alerts.store.fence import Fence
from tests.support.builders import NOW


async def test_the_first_halt_holds_until_someone_resumes(redis: Redis):
    desk = Desk(redis, Fence())
    assert await desk.halted() is None
    await desk.halt(by=900, now=NOW)
    await desk.halt(by=901, now=NOW + timedelta(minutes=5))
    assert await desk.halted() == Halt(by=900, at=NOW)
    await desk.resume(by=901, now=NOW + timedelta(minutes=9))
    assert await desk.halted() is None


async def test_every_halt_and_resumption_stands_in_the_audit_newest_first(redis: Redis):
    desk = Desk(redis, Fence())
    await desk.halt(by=900, now=NOW)
    assert not await desk.halt(by=901, now=NOW)
    assert await desk.resume(by=901, now=NOW)
    assert not await desk.resume(by=900, now=NOW)
    await desk.note(who=900, did="posted", now=NOW, incident="0512")
    assert [(line["did"], line["who"]) for line in await desk.audit()] == [
        ("posted", "900"),
        ("resume", "901"),
        ("halt", "900"),
    ]
    assert (await desk.audit(1))[0] == {"at": NOW.isoformat(), "who": "900", "did": "posted", "incident": "0512"}


async def test_a_draft_is_kept_for_two_days_or_until_it_is_dropped(redis: Redis):
    desk = Desk(redis, Fence())
    await desk.save_draft("d1", {"place": "diema", "types": ["ambush"]})
    assert await Desk(redis, Fence()).draft("d1") == {"place": "diema", "types": ["ambush"]}
    assert timedelta(hours=47) < timedelta(seconds=await redis.ttl(keys.draft("d1"))) <= timedelta(hours=48)
    await desk.drop_draft("d1")
    assert await desk.draft("d1") is None


async def test_the_queue_shows_who_has_waited_long_enough_longest_first(redis: Redis):
    since = {"0003": NOW, "0001": NOW - timedelta(hours=2), "0002": NOW - timedelta(hours=1)}
    await redis.zadd(keys.REVIEW, {one: at.timestamp() for one, at in since.items()})
    waiting = await Desk(redis, Fence()).waiting_review(until=NOW - timedelta(minutes=20))
    assert waiting == [("0001", since["0001"]), ("0002", since["0002"])]

from datetime import timedelta

from redis.asyncio import Redis

from alerts.store.audit import PAGE, Audit
from alerts.store.desk import Desk
from alerts.store.fence import Fence
from tests.support.builders import NOW


async def test_a_line_about_an_incident_stands_in_its_own_log_too(redis: Redis):
    desk, audit = Desk(redis, Fence()), Audit(redis)
    await desk.note(who=900, did="leave", now=NOW, incident="0512")
    await desk.note(who=900, did="fuel", now=NOW, place="kayes")
    [line] = (await audit.page(5, incident="0512")).lines
    assert (line["who"], line["did"]) == ("900", "leave")
    assert len((await audit.page(5)).lines) == 2


async def test_pages_follow_one_another_without_gap_or_overlap(redis: Redis):
    desk, audit = Desk(redis, Fence()), Audit(redis)
    for number in range(7):
        await desk.note(who=900, did="fuel", now=NOW, place=str(number))
    seen, before = [], None
    while True:
        page = await audit.page(3, before=before)
        seen += [line["place"] for line in page.lines]
        if (before := page.before) is None:
            break
    assert seen == ["6", "5", "4", "3", "2", "1", "0"]


async def test_what_was_written_since_a_moment_is_found_however_much_it_is(redis: Redis):
    desk, audit = Desk(redis, Fence()), Audit(redis)
    await desk.note(who=900, did="fuel", now=NOW - timedelta(hours=2))
    for _ in range(PAGE + 20):
        await desk.note(who=900, did="incident", now=NOW)
    assert len(await audit.since(NOW - timedelta(hours=1))) == PAGE + 20
    assert await audit.since(NOW) == []

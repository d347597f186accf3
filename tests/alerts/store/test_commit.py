from dataclasses import replace
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from alerts.delivery.model import Decision, Lane, Reason, Scope
from alerts.incidents.model import Change, ChangeKind, Status
from alerts.sources.model import FeedMarks, KnownEntry
from alerts.store import keys
from alerts.store.commit import TRIES, Batch, ConflictError, until_stored
from alerts.store.store import Store
from tests.support.builders import NOW, alert, change, fuel_report, incident, next_version
from tests.support.contents import contents
from tests.support.outbox import write_down

ENTRY = KnownEntry(source_id="tamani", item_id="1", text="x")
MARKS = FeedMarks(source_id="tamani", etag='"1"', succeeded_at=NOW)
FUEL = fuel_report()


def whole(*changes: Change, **fields: object) -> Batch:
    """A batch that holds something of everything."""
    return Batch(
        changes=changes or (change(),),
        alerts=(alert(),),
        marks=(MARKS,),
        seen={"tamani:1": ENTRY},
        fuel=(FUEL,),
        audit=({"who": "900", "did": "posted"},),
        **fields,  # type: ignore[arg-type] # the tests below know the fields
    )


def told_as(kind: ChangeKind, status: Status) -> Change:
    return Change(kind=kind, incident=next_version(incident(), status=status), before=incident())


async def test_all_of_a_batch_is_there_at_once(redis: Redis):
    store = Store.over(redis)
    await store.desk.save_draft("d1", {"place": "diema"})
    await store.commit(whole(drop_draft="d1"), now=NOW)
    assert await store.incidents.find("0512") == incident()
    assert await store.outbox.waiting() == [alert().id]
    assert await store.outbox.alert(alert().id) == alert()
    assert await store.feeds.marks(["tamani"]) == {"tamani": MARKS}
    assert await store.feeds.known(["tamani:1", "tamani:2"]) == {"tamani:1": ENTRY}
    assert await store.feeds.fuel() == (FUEL,)
    assert [line["did"] for line in await store.desk.audit()] == ["alert", "posted"]
    assert await store.desk.draft("d1") is None


@pytest.mark.parametrize(
    "late",
    [
        pytest.param(change(), id="new-but-there-already"),
        pytest.param(
            Change(kind=ChangeKind.DETAIL, incident=incident(version=4), before=incident(version=3)), id="gap"
        ),
        pytest.param(change(id="0999", version=2, before=incident(id="0999")), id="an-update-of-what-is-not-there"),
    ],
)
async def test_one_conflicting_version_stores_nothing_at_all(redis: Redis, late: Change):
    store = Store.over(redis)
    await store.commit(Batch(changes=(change(),)), now=NOW)
    before = await contents(redis)
    innocent = change(id="0777")
    with pytest.raises(ConflictError):
        await store.commit(whole(innocent, late), now=NOW + timedelta(hours=1))
    assert await contents(redis) == before


async def test_who_writes_between_the_look_and_the_step_wins(redis: Redis, monkeypatch: pytest.MonkeyPatch):
    store = Store.over(redis)
    await store.commit(Batch(changes=(change(),)), now=NOW)
    admin = told_as(ChangeKind.LIFTED, Status.LIFTED)
    look = store.commit._compare_versions

    async def look_and_be_overtaken(*told: object) -> None:
        await look(*told)  # type: ignore[arg-type] # handed through
        monkeypatch.undo()
        await store.commit(Batch(changes=(admin,)), now=NOW)

    monkeypatch.setattr(store.commit, "_compare_versions", look_and_be_overtaken)
    cycle = whole(told_as(ChangeKind.DETAIL, Status.ACTIVE))
    with pytest.raises(ConflictError):
        await store.commit(cycle, now=NOW)
    assert await store.incidents.find("0512") == admin.incident
    assert await store.outbox.waiting() == []
    assert await store.feeds.known(["tamani:1"]) == {}


async def test_the_same_alert_stored_twice_goes_out_once(redis: Redis):
    store = Store.over(redis)
    await store.commit(Batch(alerts=(alert(),)), now=NOW)
    await store.commit(Batch(alerts=(alert(),)), now=NOW)
    assert await store.outbox.waiting() == [alert().id]
    await write_down(store, alert(), "1")
    await store.commit(Batch(alerts=(alert(),)), now=NOW)
    assert await store.outbox.next_recipients(alert().id, 10) == ["1"]


async def test_a_draft_is_posted_once_however_often_it_is_tapped(redis: Redis):
    store = Store.over(redis)
    await store.desk.save_draft("d1", {"place": "diema"})
    await store.commit(Batch(changes=(change(),), drop_draft="d1"), now=NOW)
    with pytest.raises(ConflictError):
        await store.commit(Batch(changes=(change(id="0513"),), drop_draft="d1"), now=NOW)
    assert await store.incidents.find("0513") is None


async def test_critical_goes_before_older_news_of_other_lanes(redis: Redis):
    store = Store.over(redis)
    lanes = [Lane.NORMAL, Lane.HIGH, Lane.CRITICAL]
    alerts = [
        alert(
            incident=incident(id=f"060{lane}"),
            decision=Decision(scope=Scope.CONCERNED, reason=Reason.PROBABLE, lane=lane),
            created_at=NOW + timedelta(days=5 - lane),
        )
        for lane in lanes
    ]
    await store.commit(Batch(alerts=tuple(alerts)), now=NOW)
    assert await store.outbox.waiting() == ["0601.1", "0602.1", "0603.1"]


@pytest.mark.parametrize("status", [Status.LIFTED, Status.RETRACTED])
async def test_who_got_what_is_forgotten_48_hours_after_the_end(redis: Redis, status: Status):
    store = Store.over(redis)
    await store.commit(Batch(changes=(change(),)), now=NOW)
    await redis.hset(keys.sent("0512", "1"), "1", "0512.1|7")
    await redis.sadd(keys.begun("0512"), "0512.1|2")
    await store.commit(Batch(changes=(told_as(ChangeKind.LIFTED, status),)), now=NOW)
    for key in (keys.sent("0512", "1"), keys.begun("0512")):
        assert timedelta(hours=47) < timedelta(seconds=await redis.ttl(key)) <= timedelta(hours=48)


async def test_a_report_on_what_is_over_keeps_nobody_in_memory_for_longer(redis: Redis):
    store = Store.over(redis)
    await store.commit(Batch(changes=(change(),)), now=NOW)
    await redis.hset(keys.sent("0512", "1"), "1", "0512.1|7")
    lifted = told_as(ChangeKind.LIFTED, Status.LIFTED)
    await store.commit(Batch(changes=(lifted,)), now=NOW)
    await redis.expire(keys.sent("0512", "1"), 1000)
    again = Change(kind=ChangeKind.REPEATED, incident=next_version(lifted.incident), before=lifted.incident)
    await store.commit(Batch(changes=(again,)), now=NOW)
    assert 0 < await redis.ttl(keys.sent("0512", "1")) <= 1000


async def test_what_nobody_announced_waits_for_the_desk_until_someone_decides(redis: Redis):
    store = Store.over(redis)
    held = Decision(scope=Scope.DESK, reason=Reason.HELD)
    await store.commit(Batch(changes=(change(),), alerts=(alert(decision=held),)), now=NOW)
    assert await store.desk.waiting_review(until=NOW) == [("0512", NOW)]
    again = replace(alert(decision=held), id="0512.2", created_at=NOW + timedelta(hours=1))
    await store.commit(Batch(alerts=(again,)), now=NOW)
    assert await store.desk.waiting_review(until=NOW) == [("0512", NOW)]
    approved = Change(kind=ChangeKind.NEW, incident=next_version(incident(), approved_by=900), before=incident())
    await store.commit(Batch(changes=(approved,)), now=NOW)
    assert await store.desk.waiting_review(until=NOW + timedelta(days=1)) == []


@pytest.mark.parametrize(("conflicts", "stored"), [(0, True), (TRIES - 1, True), (TRIES, False)])
async def test_an_act_is_done_anew_while_others_are_faster_and_at_last_says_so(conflicts: int, *, stored: bool):
    looks = []

    @until_stored
    async def act(reference: str) -> str:
        looks.append(reference)
        if len(looks) <= conflicts:
            raise ConflictError(f"look {len(looks)}")
        return reference

    if stored:
        assert await act("0512") == "0512"
    else:
        with pytest.raises(ConflictError, match=f"look {TRIES}"):
            await act("0512")
    assert len(looks) == min(conflicts + 1, TRIES)

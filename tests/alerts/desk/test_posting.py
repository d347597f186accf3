"""A post is stored once with its alert and its line of the audit, whatever happens in between."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from redis.asyncio import Redis

from alerts.delivery.model import Decision, MsgType, Reason, Scope
from alerts.delivery.plan import Planner
from alerts.desk import posting
from alerts.desk.correction import Corrected, Refusal, lift_incident, retract_incident
from alerts.desk.line import Post, parse_post
from alerts.desk.posting import Planned, Posted, plan_post, post, posted_from, report_of
from alerts.incidents.model import Change, ChangeKind, Incident, Report, RetractionReason, Status, Trust
from alerts.store.commit import Batch, ConflictError
from alerts.store.store import Store
from tests.support.builders import NOW, alert, incident
from tests.support.conversation import reader
from tests.support.service import BAMAKO, atlas

BY = 900


@pytest.fixture
async def store(redis: Redis) -> Store:
    return Store.over(redis)


def told(text: str = "embuscade RN7 Loulouni hier", draft_id: str = "d1") -> Report:
    found = parse_post(text, atlas=atlas(), reader=reader(), now=NOW, timezone=BAMAKO)
    assert isinstance(found, Post)
    return report_of(found, draft_id=draft_id, by=BY, now=NOW)


async def send(store: Store, report: Report, draft_id: str = "d1") -> Posted:
    return await post(report, reference="0777", draft_id=draft_id, by=BY, store=store, atlas=atlas(), now=NOW)


async def test_a_post_is_probable_and_speaks_to_everyone_concerned(store: Store):
    await store.desk.save_draft("d1", {})
    posted = await send(store, told())
    assert posted.decision is not None
    assert (posted.decision.scope, posted.decision.reason) == (Scope.CONCERNED, Reason.ADMIN)
    assert posted.incident.trust is Trust.PROBABLE
    assert await store.outbox.waiting() == ["0777.1"]
    assert await store.desk.draft("d1") is None
    [alerted, entry] = await store.desk.audit()
    assert (entry["who"], entry["did"], entry["incident"]) == ("900", "incident", "0777")
    assert (alerted["who"], alerted["did"], alerted["alert"], alerted["why"]) == ("900", "alert", "0777.1", "admin")


async def test_two_taps_at_once_post_once(store: Store):
    await store.desk.save_draft("d1", {})
    both = await asyncio.gather(send(store, told()), send(store, told()))
    assert {one.incident.id for one in both} == {"0777"}
    assert await store.outbox.waiting() == ["0777.1"]
    assert [line["did"] for line in await store.desk.audit()] == ["alert", "incident"]


async def test_a_tap_that_is_overtaken_between_two_looks_finds_it_posted(store: Store, monkeypatch: pytest.MonkeyPatch):
    await store.desk.save_draft("d1", {})
    await send(store, told())
    look, looks = posting._standing, []

    async def too_early(report: str, store: Store, now: datetime) -> Incident | None:
        looks.append(report)
        return None if len(looks) == 1 else await look(report, store, now)

    monkeypatch.setattr(posting, "_standing", too_early)
    assert (await send(store, told())).incident.id == "0777"
    assert await store.outbox.waiting() == ["0777.1"]


async def test_a_draft_that_was_cancelled_is_not_posted(store: Store):
    with pytest.raises(ConflictError):
        await send(store, told())
    assert await store.outbox.waiting() == []
    assert await posted_from("d1", store=store, now=NOW) is None


async def test_two_admins_are_one_source(store: Store):
    await store.desk.save_draft("d1", {})
    await store.desk.save_draft("d2", {})
    await send(store, told())
    second = await send(store, replace(told(draft_id="d2"), admin_id=901), draft_id="d2")
    assert second.incident.id == "0777"
    assert second.incident.trust is Trust.PROBABLE


async def test_an_incident_that_changed_meanwhile_is_taken_in_again(store: Store):
    await store.desk.save_draft("d1", {})
    await store.desk.save_draft("d2", {})
    reports = (told(), told("embuscade RN7 Loulouni hier soir, camions", draft_id="d2"))
    await asyncio.gather(*(send(store, report, f"d{n}") for n, report in enumerate(reports, start=1)))
    [one] = await store.incidents.recent(now=NOW)
    assert len(one.reports) == 2


async def test_a_plan_stores_nothing(store: Store, redis: Redis):
    planned = await plan_post(
        told(), reference="0777", store=store, atlas=atlas(), planner=Planner(store, atlas(), admin_ids=[BY]), now=NOW
    )
    assert planned.alert.incident.id == "0777"
    assert await redis.dbsize() == 0


@pytest.mark.parametrize(
    ("chats", "shown"), [(0, None), (4, None), (5, 5), (19, 19), (20, 20), (24, 20), (26, 30), (1234, 1230)]
)
def test_a_count_is_rounded_and_hidden_below_five(chats: int, shown: int | None):
    assert Planned(alert=alert(), chats=chats).rounded_chats == shown


async def announced(store: Store) -> None:
    """An incident that readers know, with its alert still on the way."""
    one = incident(announced=True)
    await store.commit(
        Batch(changes=(Change(kind=ChangeKind.NEW, incident=one),), alerts=(alert(incident=one),)), now=NOW
    )


async def test_a_retraction_stops_what_is_on_its_way_and_tells_those_who_got_it(store: Store):
    await announced(store)
    outcome = await retract_incident("0512", reason="faux", by=BY, store=store, now=NOW)
    assert isinstance(outcome, Corrected)
    assert outcome.incident.retraction_reason is RetractionReason.FALSE
    [waiting] = await store.outbox.waiting()
    correction = await store.outbox.alert(waiting)
    assert correction is not None
    assert (correction.id, correction.msg_type) == ("0512.2", MsgType.CANCEL)
    assert correction.decision.scope is Scope.EARLIER_READERS


async def test_what_nobody_heard_is_taken_back_in_silence(store: Store):
    one = incident()
    await store.commit(Batch(changes=(Change(kind=ChangeKind.NEW, incident=one),)), now=NOW)
    assert isinstance(await retract_incident("0512", reason="faux", by=BY, store=store, now=NOW), Corrected)
    assert await store.outbox.waiting() == []


async def test_a_lifted_incident_can_still_be_retracted_and_not_the_other_way_round(store: Store):
    await announced(store)
    later = NOW + timedelta(minutes=5)
    assert isinstance(await lift_incident("0512", by=BY, store=store, now=NOW), Corrected)
    assert await lift_incident("0512", by=BY, store=store, now=later) is Refusal.ALREADY
    assert isinstance(await retract_incident("0512", reason="faux", by=BY, store=store, now=later), Corrected)
    assert await lift_incident("0512", by=BY, store=store, now=later) is Refusal.ALREADY
    found = await store.incidents.find("0512")
    assert found is not None
    assert found.status is Status.RETRACTED


@pytest.mark.parametrize("reference", ["9999", "0", "512999"])
async def test_a_reference_nobody_gave_is_unknown(store: Store, reference: str):
    assert await retract_incident(reference, reason="faux", by=BY, store=store, now=NOW) is Refusal.UNKNOWN


async def test_the_audit_keeps_the_admins_own_reason(store: Store):
    await announced(store)
    await retract_incident("0512", reason="le chauffeur s'est trompé", by=BY, store=store, now=NOW)
    entry = next(line for line in await store.desk.audit() if line["did"] == "retract")
    assert (entry["did"], entry["why"]) == ("retract", "le chauffeur s'est trompé")


async def test_a_decision_that_is_silent_puts_nothing_into_the_outbox(store: Store):
    await store.desk.save_draft("d1", {})
    posted = await send(store, told("embuscade RN7 Loulouni 2025-09-01"))
    assert isinstance(posted.decision, Decision)
    assert not posted.decision.speaks
    assert not posted.incident.announced
    assert await store.outbox.waiting() == []

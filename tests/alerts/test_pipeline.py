"""From what a source published to what stands in the outbox: real reading, real data, real Redis; no network."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from redis.asyncio import Redis

from alerts.delivery.model import Alert, MsgType, Reason, Scope
from alerts.incidents.life import retract
from alerts.incidents.model import ChangeKind, Credibility, Status
from alerts.pipeline import Pipeline
from alerts.reading.model import Item
from alerts.reading.reader import Reader
from alerts.sources.fetch import Fetcher
from alerts.sources.model import Failed, FeedMarks, Read, Source, Unchanged
from alerts.sources.parse import Parser
from alerts.sources.read import SourceReader
from alerts.store.commit import Batch, ConflictError
from alerts.store.store import Store
from tests.support.builders import NOW
from tests.support.service import atlas

TAMANI = Source(id="tamani", url="https://tamani.example/feed", grade="B")
JOURNAL = Source(id="journal", url="https://journal.example/feed", grade="B")
RUMOUR = Source(id="rumour", url="https://rumour.example/feed", grade="C")
AMBUSH = Item(
    id="1",
    title="Embuscade entre Diangounté Camara et Diéma",
    summary="Des hommes armés ont attaqué des camions ce matin entre Diangounté Camara et Diéma.",
    published=NOW - timedelta(hours=1),
    language="fr",
)
SAME_BY_ANOTHER = replace(
    AMBUSH,
    id="77",
    title="Des camions attaqués près de Diéma, sur la route de Diangounté Camara",
    summary="Plusieurs camions ont été attaqués dimanche 5 octobre entre Diéma et Diangounté Camara.",
)
COMING_CONVOY = Item(
    id="9",
    title="Un convoi de 200 citernes quittera Kayes demain matin pour Bamako",
    summary="Le convoi, escorté par l'armée, partira mercredi à 6 heures et passera par Diéma.",
    published=NOW - timedelta(hours=1),
    language="fr",
)
FOOTBALL = Item(
    id="5",
    title="Football : le Stade malien s'impose à Sikasso",
    summary="Le match a attiré plus de mille spectateurs dimanche.",
    published=NOW - timedelta(hours=1),
    language="fr",
)


class Bench:
    """A pipeline on a real store; nothing is fetched: reads are handed in."""

    def __init__(self, redis: Redis) -> None:
        self.store = Store.over(redis)
        self.woken = 0
        self.pipeline = Pipeline(
            sources=[TAMANI, JOURNAL, RUMOUR],
            source_reader=SourceReader(
                fetcher=Fetcher(contact=None, allow_private=False, version="0"),
                parser=Parser(),
                minimum_interval=timedelta(minutes=5),
            ),
            reader=Reader(atlas()),
            atlas=atlas(),
            store=self.store,
            wake=self._wake,
        )

    def _wake(self) -> None:
        self.woken += 1

    async def publish(
        self, *items: Item, source: Source = TAMANI, now: datetime = NOW, first_read: bool = False
    ) -> None:
        marks = FeedMarks(source_id=source.id, etag="x", succeeded_at=now)
        await self.pipeline.take_in(Read(source=source, marks=marks, items=items), first_read=first_read, now=now)

    async def alerts(self) -> list[Alert]:
        found = [await self.store.outbox.alert(alert_id) for alert_id in await self.store.outbox.waiting()]
        return [alert for alert in found if alert]


@pytest.fixture
async def bench(redis: Redis) -> Bench:
    return Bench(redis)


async def test_news_of_an_ambush_becomes_one_alert(bench: Bench):
    await bench.publish(AMBUSH, FOOTBALL)
    (alert,) = await bench.alerts()
    assert alert.decision.scope is Scope.CONCERNED
    assert alert.decision.reason is Reason.PROBABLE
    assert alert.incident.announced
    assert bench.woken == 1


async def test_the_same_entry_is_told_once(bench: Bench):
    await bench.publish(AMBUSH)
    await bench.publish(AMBUSH)
    assert len(await bench.alerts()) == 1


async def test_a_source_read_for_the_first_time_fills_the_store_and_pushes_nothing(bench: Bench):
    await bench.publish(AMBUSH, first_read=True)
    assert await bench.alerts() == []
    assert len(await bench.store.incidents.recent(now=NOW)) == 1
    await bench.publish(AMBUSH)
    assert await bench.alerts() == []


async def test_a_second_source_confirms_the_incident_and_makes_no_other(bench: Bench):
    await bench.publish(AMBUSH)
    await bench.publish(SAME_BY_ANOTHER, source=JOURNAL, now=NOW + timedelta(minutes=30))
    (incident,) = await bench.store.incidents.recent(now=NOW)
    assert incident.credibility is Credibility.CONFIRMED
    assert [alert.msg_type for alert in await bench.alerts()] == [MsgType.UPDATE]


async def test_a_coming_convoy_is_heard_of_by_the_desk_alone(bench: Bench):
    await bench.publish(COMING_CONVOY)
    assert [alert.decision.scope for alert in await bench.alerts()] in ([], [Scope.DESK])


async def test_what_a_source_says_and_its_validators_are_stored_together_or_not_at_all(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
):
    async def always_too_late(*_: object, **__: object) -> None:
        raise ConflictError("changed")

    monkeypatch.setattr(bench.store.commit, "_compare_versions", always_too_late)
    with pytest.raises(ConflictError):
        await bench.publish(AMBUSH)
    assert await bench.alerts() == []
    assert (await bench.store.feeds.marks(["tamani"]))["tamani"] == FeedMarks(source_id="tamani")
    assert await bench.store.incidents.recent(now=NOW) == ()
    monkeypatch.undo()
    await bench.publish(AMBUSH)
    assert len(await bench.alerts()) == 1


async def test_an_admins_retraction_in_the_same_moment_is_never_overwritten(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
):
    await bench.publish(AMBUSH)
    recent = bench.store.incidents.recent
    retractions = []

    async def recent_then_retracted(*, now: datetime) -> tuple[object, ...]:
        known = await recent(now=now)
        if not retractions:
            retractions.append(retract(known[0], reason="false", now=now))
            await bench.store.commit(Batch(changes=tuple(retractions)), now=now)
        return known

    monkeypatch.setattr(type(bench.store.incidents), "recent", lambda _, *, now: recent_then_retracted(now=now))
    await bench.publish(SAME_BY_ANOTHER, source=JOURNAL, now=NOW + timedelta(minutes=5))
    monkeypatch.undo()
    (incident,) = await bench.store.incidents.recent(now=NOW)
    assert incident.status is Status.RETRACTED
    assert len(incident.reports) == 2
    assert all(alert.decision.scope is not Scope.CONCERNED for alert in (await bench.alerts())[1:])


async def test_a_severe_report_nobody_looked_at_speaks_after_twenty_minutes_without_sound(bench: Bench):
    await bench.publish(AMBUSH, source=RUMOUR)
    asked = {alert.id: alert.decision.scope for alert in await bench.alerts()}
    assert asked == {"0001.1": Scope.ALL_REPORTS, "desk.0001.1": Scope.DESK}
    await bench.pipeline.review(now=NOW + timedelta(minutes=19))
    assert len(await bench.alerts()) == 2
    await bench.pipeline.review(now=NOW + timedelta(minutes=20))
    (spoken,) = [alert for alert in await bench.alerts() if alert.decision.scope is not Scope.DESK]
    assert (spoken.decision.scope, spoken.decision.reason) == (Scope.CONCERNED, Reason.SEVERE_UNTOUCHED)
    assert not spoken.decision.sounds
    await bench.pipeline.review(now=NOW + timedelta(minutes=21))
    assert {alert.id for alert in await bench.alerts()} == {spoken.id, "desk.0001.1"}


async def test_a_coming_convoy_never_speaks_by_rule(bench: Bench):
    await bench.publish(COMING_CONVOY, source=RUMOUR)
    await bench.pipeline.review(now=NOW + timedelta(hours=1))
    assert all(alert.decision.scope is Scope.DESK for alert in await bench.alerts())


@pytest.mark.expects_warnings
async def test_a_failed_read_is_remembered_and_looks_like_no_news(bench: Bench):
    marks = FeedMarks(source_id="tamani", failures=3, last_failure="no answer")
    await bench.pipeline.take_in(Failed(source=TAMANI, marks=marks, reason="no answer"), first_read=False, now=NOW)
    assert (await bench.store.feeds.marks(["tamani"]))["tamani"].failures == 3
    marks = replace(marks, failures=0, last_failure=None, succeeded_at=NOW)
    await bench.pipeline.take_in(Unchanged(source=TAMANI, marks=marks), first_read=False, now=NOW)
    assert await bench.store.feeds.last_read_at() == NOW


async def test_an_update_says_what_has_changed(bench: Bench):
    await bench.publish(AMBUSH)
    await bench.publish(SAME_BY_ANOTHER, source=JOURNAL, now=NOW + timedelta(minutes=30))
    assert [alert.change for alert in await bench.alerts()] == [ChangeKind.SURER]

"""The outbox is looked at now and then, and at once when somebody says that it changed."""

import pytest
from redis.asyncio import Redis

from alerts.delivery.plan import Planner
from alerts.delivery.under_way import UnderWay
from alerts.store.commit import Batch
from alerts.store.store import Store
from tests.support.builders import NOW, alert, incident, retraction
from tests.support.service import Clock, atlas


@pytest.fixture
def store(redis: Redis) -> Store:
    return Store.over(redis)


@pytest.fixture
def under_way(store: Store, monkeypatch: pytest.MonkeyPatch) -> UnderWay:
    monkeypatch.setattr("alerts.delivery.under_way.LOOK_SECONDS", 3600.0)
    return UnderWay(store, Planner(store, atlas(), admin_ids=[900]), clock=Clock())


async def test_nobody_looks_twice_for_nothing(store: Store, under_way: UnderWay):
    assert await under_way.look()
    await store.commit(Batch(alerts=(alert(),)), now=NOW)
    assert not await under_way.look()
    under_way.changed()
    assert await under_way.look()
    assert list(under_way.rounds) == [alert().id]


async def test_what_is_known_of_an_alert_outlives_a_look(store: Store, under_way: UnderWay):
    await store.commit(Batch(alerts=(alert(),)), now=NOW)
    await under_way.look()
    known = under_way.rounds[alert().id]
    under_way.changed()
    await under_way.look()
    assert under_way.rounds[alert().id] is known


async def test_under_a_halt_only_retractions_go(store: Store, under_way: UnderWay):
    await store.desk.halt(by=900, now=NOW)
    other = alert(incident=incident(id="0600"))
    await store.commit(Batch(alerts=(other, retraction(alert()))), now=NOW)
    await under_way.look()
    assert {one.alert.incident.id: under_way.goes(one) for one in under_way.rounds.values()} == {
        "0600": False,
        "0512": True,
    }

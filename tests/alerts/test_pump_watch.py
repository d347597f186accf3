"""From a word on the pump to what stands in the outbox: real reading, real data, real Redis."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from redis.asyncio import Redis

from alerts.audience.model import Level, Subscription
from alerts.delivery.model import Alert, MsgType, Reason, Scope
from alerts.delivery.plan import Planner
from alerts.desk.fuelling import report_fuel
from alerts.fuel.model import Availability, FuelReport, FuelSource, Product
from alerts.geography.model import Area, AreaKind
from alerts.pump_watch import PumpWatch
from alerts.reading.model import Item
from alerts.store.commit import Batch
from tests.alerts.test_pipeline import RUMOUR, TAMANI, Bench
from tests.support.builders import KAYES, NOW, RN1, chat
from tests.support.service import atlas

OUT, AVAILABLE = Availability.OUT, Availability.AVAILABLE
DRY = Item(
    id="31",
    title="Kayes : plus de gasoil dans les stations",
    summary="Les stations de Kayes n'ont plus de gasoil depuis ce matin.",
    published=NOW - timedelta(hours=1),
    language="fr",
)


def said(availability: Availability = OUT, **fields: Any) -> FuelReport:
    defaults: dict[str, Any] = {
        "id": f"{availability}",
        "place": "kayes",
        "product": Product.DIESEL,
        "availability": availability,
        "source": FuelSource.TRUSTED,
        "observed_at": NOW - timedelta(hours=1),
    }
    return FuelReport(**(defaults | fields))


class Town(Bench):
    """The same bench, with a watch on its pumps."""

    def __init__(self, redis: Redis) -> None:
        super().__init__(redis)
        self.watch = self.new_watch()

    def new_watch(self) -> PumpWatch:
        """As after a restart."""
        return PumpWatch(self.store, atlas(), wake=self._wake)

    async def report(self, *reports: FuelReport, now: datetime = NOW) -> list[Alert]:
        await report_fuel(reports, by=900, store=self.store, now=now)
        return await self.looked(now=now)

    async def audience(self, alert: Alert) -> list[str]:
        """Whom the alert goes to."""
        pages = Planner(self.store, atlas(), admin_ids=()).audience(alert, now=NOW)
        return [recipient async for page in pages for recipient in page]

    async def looked(self, *, now: datetime = NOW) -> list[Alert]:
        await self.watch.look(now=now)
        return await self.alerts()


@pytest.fixture
async def town(redis: Redis) -> Town:
    return Town(redis)


async def test_a_change_becomes_one_alert_however_often_one_looks(town: Town):
    [alert] = await town.report(said())
    assert await town.looked() == [alert]
    town.watch = town.new_watch()
    assert await town.looked() == [alert]

    assert (alert.id, alert.msg_type, alert.decision.reason) == ("pump-kayes.1", MsgType.ALERT, Reason.ADMIN)
    assert alert.pump is not None
    assert alert.pump.changed == (Product.DIESEL,)
    assert town.woken == 1


async def test_what_was_stored_before_a_crash_is_told_after_it(town: Town):
    await town.store.commit(Batch(fuel=(said(),)), now=NOW)
    town.watch = town.new_watch()

    [alert] = await town.looked()

    assert alert.decision.scope is Scope.CONCERNED


async def test_the_next_change_updates_the_first_and_overtakes_it(town: Town):
    await town.report(said())
    later = NOW + timedelta(hours=8)

    [alert] = await town.report(said(AVAILABLE, observed_at=later), now=later)

    assert (alert.id, alert.msg_type) == ("pump-kayes.2", MsgType.UPDATE)
    assert alert.pump is not None
    assert alert.pump.back == (Product.DIESEL,)


async def test_a_repeated_word_and_a_price_are_no_news(town: Town):
    first = await town.report(said())

    assert await town.report(said(id="again"), said(Availability.UNKNOWN, id="price", price_xof=900)) == first


async def test_it_reaches_who_follows_the_town_or_its_road_and_wants_fuel(town: Town):
    bamako = Area(kind=AreaKind.PLACE, id="bamako", radius_km=20)
    security = Subscription(area=KAYES, topics=frozenset())
    for one in (chat(1, KAYES), chat(2, RN1), chat(3, bamako), replace(chat(4), subscriptions=(security,))):
        await town.store.chats.update(one.recipient, lambda _, one=one: one)
    [alert] = await town.report(said())

    assert set(await town.audience(alert)) == {"1", "2"}


async def test_an_unconfirmed_word_is_for_who_asked_for_all_reports(town: Town):
    everything = Subscription(area=KAYES, level=Level.ALL)
    for one in (chat(1, KAYES), replace(chat(2), subscriptions=(everything,))):
        await town.store.chats.update(one.recipient, lambda _, one=one: one)
    await town.store.commit(Batch(fuel=(said(source=FuelSource.PRESS),)), now=NOW)
    [alert] = await town.looked()

    assert await town.audience(alert) == ["2"]


async def test_news_of_a_dry_town_is_told_at_the_pump_and_not_twice(town: Town):
    await town.publish(DRY)
    assert await town.alerts() == []

    [alert] = await town.looked()

    assert alert.decision.reason is Reason.PUMP_CHANGED
    [kept] = await town.store.incidents.recent(now=NOW)
    assert not kept.announced


async def test_unconfirmed_news_of_a_dry_town_still_waits_for_the_desk(town: Town):
    await town.publish(DRY, source=RUMOUR)

    [card] = await town.alerts()

    assert (card.decision.scope, card.decision.reason) == (Scope.DESK, Reason.UNCONFIRMED)


async def test_a_first_reading_is_shown_and_pushed_to_nobody(town: Town):
    await town.publish(DRY, first_read=True)

    assert await town.looked() == []
    [state] = await town.store.pumps.states(now=NOW)
    assert state.availability is OUT


async def test_what_the_check_holds_is_told_to_nobody_and_shown_to_nobody(town: Town):
    await town.publish(
        replace(DRY, summary=f"{DRY.summary} Trente citernes arriveront demain de Diéma."), source=TAMANI
    )

    assert [alert for alert in await town.looked() if alert.decision.speaks] == []
    assert await town.store.pumps.states(now=NOW) == ()


async def test_nothing_is_told_of_a_word_grown_stale(town: Town):
    await town.store.commit(Batch(fuel=(said(observed_at=NOW - timedelta(hours=7)),)), now=NOW)
    await town.store.pumps.declare_crisis(by=900, now=NOW)

    assert await town.looked() == []

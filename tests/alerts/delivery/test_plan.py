"""The audience comes page by page, most directly concerned first."""

from dataclasses import replace

import pytest
from redis.asyncio import Redis

from alerts.audience.model import Level, Subscription
from alerts.delivery.model import Alert, Decision, MsgType, Reason, Scope
from alerts.delivery.plan import Planner
from alerts.geography.atlas import Atlas
from alerts.geography.model import Area, AreaKind, Directness, Location
from alerts.store.store import Store
from tests.support.builders import KAYES, NOW, RN1, alert, chat
from tests.support.outbox import answer, begin, write_down
from tests.support.service import atlas

NEARBY = Area(kind=AreaKind.PLACE, id="bema", radius_km=100)
FARTHER = replace(KAYES, radius_km=50)


async def audience(store: Store, told: Alert) -> list[list[str]]:
    planner = Planner(store, atlas(), admin_ids=[900])
    return [page async for page in planner.audience(told, now=NOW)]


async def test_those_on_the_road_come_before_those_near_it(redis: Redis):
    store = Store.over(redis)
    await store.chats.save(chat(1, NEARBY))
    await store.chats.save(chat(2, RN1))
    await store.chats.save(chat(3, FARTHER))
    assert [who for page in await audience(store, alert()) for who in page] == ["2", "1"]


async def test_the_first_page_does_not_wait_for_the_last(redis: Redis):
    store = Store.over(redis)
    for number in range(1, 1301):
        await store.chats.save(chat(number, RN1))
    pages = await audience(store, alert())
    assert len(pages) > 1
    assert sorted(int(who) for page in pages for who in page) == list(range(1, 1301))


async def test_who_wants_the_news_for_a_wider_area_alone_comes_with_those(redis: Redis):
    store = Store.over(redis)
    surest = Subscription(area=RN1, level=Level.CONFIRMED)
    await store.chats.save(replace(chat(1), subscriptions=(surest, Subscription(area=NEARBY))))
    await store.chats.save(chat(2, NEARBY))
    await store.chats.save(chat(3, RN1))
    who = [who for page in await audience(store, alert()) for who in page]
    assert who[0] == "3"
    assert sorted(who[1:]) == ["1", "2"]


async def test_an_update_goes_to_followers_and_then_to_who_knows_of_it(redis: Redis):
    store = Store.over(redis)
    await store.chats.save(chat(1, RN1))
    await write_down(store, alert(), "1", "7", "8")
    await answer(store, alert(), "7", message_id=70)
    await begin(store, alert(), "8")
    update = alert(msg_type=MsgType.UPDATE)
    assert [who for page in await audience(store, update) for who in page] == ["1", "7", "8"]
    everyone = Decision(scope=Scope.EARLIER_READERS, reason=Reason.PROBABLE)
    assert [who for page in await audience(store, replace(update, decision=everyone)) for who in page] == ["7", "8"]


class Damaged(Atlas):
    """An atlas that fails over one town: a mistake in the data that no test knew of."""

    def holds(self, area: Area, location: Location) -> Directness | None:
        if area.id == KAYES.id:
            raise IndexError
        return super().holds(area, location)


@pytest.mark.expects_warnings
async def test_an_area_that_we_stumble_over_keeps_the_news_from_nobody_else(
    redis: Redis, caplog: pytest.LogCaptureFixture
):
    store = Store.over(redis)
    await store.chats.save(chat(1, KAYES))
    await store.chats.save(chat(2, KAYES, RN1))
    await store.chats.save(chat(3, RN1))
    planner = Planner(store, Damaged.load(), admin_ids=[900])
    assert {who async for page in planner.audience(alert(), now=NOW) for who in page} == {"2", "3"}
    assert caplog.text.count("an area can't be laid beside an event") == 1

"""What is kept of the pumps: ceilings, list prices, a declared crisis."""

from datetime import date, timedelta

from redis.asyncio import Redis

from alerts.fuel.model import Availability, FuelReport, FuelSource, MonthPrice, OfficialPrice, Product
from alerts.store.commit import Batch
from alerts.store.store import Store
from tests.support.builders import NOW

DIESEL = OfficialPrice(product=Product.DIESEL, price_xof=750, since=date(2024, 10, 11))


async def test_a_ceiling_takes_the_place_of_the_one_before_and_is_noted_once(redis: Redis):
    store = Store.over(redis)
    dearer = OfficialPrice(product=Product.DIESEL, price_xof=800, since=date(2025, 9, 1))
    for price in (DIESEL, dearer, dearer):
        await store.pumps.set_official([price], by=900, now=NOW)

    assert (await store.pumps.prices()).official == {Product.DIESEL: dearer}
    lines = [(line["did"], line["product"], line["xof"]) for line in await store.desk.audit()]
    assert lines == [("price", "diesel", "800"), ("price", "diesel", "750")]


async def test_a_crisis_makes_words_grow_stale_sooner_until_it_ends(redis: Redis):
    store = Store.over(redis)
    word = FuelReport(
        id="1",
        place="kayes",
        product=Product.DIESEL,
        availability=Availability.OUT,
        source=FuelSource.TRUSTED,
        observed_at=NOW - timedelta(hours=8),
    )
    await store.commit(Batch(fuel=(word,)), now=NOW)

    seen = []
    for switch in (None, store.pumps.declare_crisis, store.pumps.declare_crisis, store.pumps.end_crisis):
        if switch:
            await switch(by=900, now=NOW)
        seen.append([one.availability for one in await store.pumps.states(now=NOW)])

    assert seen == [[Availability.OUT], [Availability.UNKNOWN], [Availability.UNKNOWN], [Availability.OUT]]
    assert [line["did"] for line in await store.desk.audit()] == ["fuel_crisis_over", "fuel_crisis"]


async def test_a_list_price_is_kept_by_town_and_product(redis: Redis):
    store = Store.over(redis)
    august = MonthPrice(place="kayes", product=Product.DIESEL, price_xof=725, month=date(2025, 8, 1))
    september = MonthPrice(place="kayes", product=Product.DIESEL, price_xof=730, month=date(2025, 9, 1))
    for price in (august, september):
        await store.commit(Batch(month_prices=(price,)), now=NOW)

    assert (await store.pumps.prices()).month_price("kayes", Product.DIESEL) == september
    assert (await store.pumps.prices()).month_price("kayes", Product.PETROL) is None

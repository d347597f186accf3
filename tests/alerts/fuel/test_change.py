"""What is new at a town's pumps since readers were told last?"""

from datetime import timedelta
from typing import Any

import pytest

from alerts.fuel.change import pump_news, told_with
from alerts.fuel.model import Availability, FuelReport, FuelSource, FuelState, Product, PumpTold
from tests.support.builders import NOW

OUT, LIMITED, AVAILABLE, UNKNOWN = Availability.OUT, Availability.LIMITED, Availability.AVAILABLE, Availability.UNKNOWN
DIESEL, PETROL = Product.DIESEL, Product.PETROL


def at_the_pump(availability: Availability, product: Product = DIESEL, **word: Any) -> FuelState:
    defaults: dict[str, Any] = {
        "id": f"r-{product}",
        "place": "kayes",
        "product": product,
        "availability": availability,
        "source": FuelSource.TRUSTED,
        "observed_at": NOW - timedelta(hours=1),
    }
    return FuelState(place="kayes", product=product, availability=availability, report=FuelReport(**(defaults | word)))


def told(hours: float = 5, **availability: Availability) -> PumpTold:
    known = {Product(product): one for product, one in availability.items()}
    return PumpTold(place="kayes", version=3, at=NOW - timedelta(hours=hours), availability=known)


@pytest.mark.parametrize(
    ("states", "before", "changed", "back"),
    [
        pytest.param([at_the_pump(OUT)], None, (DIESEL,), (), id="the-first-word"),
        pytest.param([at_the_pump(OUT)], told(diesel=AVAILABLE), (DIESEL,), (), id="run-out"),
        pytest.param([at_the_pump(LIMITED)], told(diesel=OUT), (DIESEL,), (DIESEL,), id="back-limited"),
        pytest.param([at_the_pump(LIMITED)], told(diesel=AVAILABLE), (DIESEL,), (), id="limited-now"),
        pytest.param([at_the_pump(OUT)], told(100, diesel=OUT), (DIESEL,), (), id="the-same-after-days"),
        pytest.param(
            [at_the_pump(OUT, PETROL), at_the_pump(AVAILABLE)],
            told(petrol=OUT, diesel=OUT),
            (DIESEL,),
            (DIESEL,),
            id="one-of-two",
        ),
        pytest.param([at_the_pump(AVAILABLE, resumed=True)], None, (DIESEL,), (DIESEL,), id="said-to-be-back"),
    ],
)
def test_a_change_is_news(
    states: list[FuelState], before: PumpTold | None, changed: tuple[Product, ...], back: tuple[Product, ...]
):
    news = pump_news(states, before, now=NOW)

    assert news is not None
    assert (news.changed, news.back) == (changed, back)


@pytest.mark.parametrize(
    ("states", "before"),
    [
        pytest.param([at_the_pump(OUT)], told(diesel=OUT), id="the-same"),
        pytest.param([at_the_pump(UNKNOWN)], told(diesel=AVAILABLE), id="grown-stale"),
        pytest.param([], None, id="nothing"),
    ],
)
def test_what_is_no_change_is_no_news(states: list[FuelState], before: PumpTold | None):
    assert pump_news(states, before, now=NOW) is None


def test_what_was_told_is_remembered_with_what_was_told_before():
    news = pump_news([at_the_pump(OUT)], told(petrol=LIMITED), now=NOW)
    assert news is not None

    after = told_with(news, told(petrol=LIMITED), now=NOW)

    assert after == PumpTold(place="kayes", version=4, at=NOW, availability={PETROL: LIMITED, DIESEL: OUT})

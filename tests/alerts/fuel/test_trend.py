"""How was fuel day by day?"""

from datetime import timedelta
from typing import Any

from alerts.fuel.model import Availability, FuelReport, FuelSource, Product
from alerts.fuel.trend import DAYS, Trend, trends
from tests.support.builders import NOW

OUT, LIMITED, AVAILABLE, UNKNOWN = Availability.OUT, Availability.LIMITED, Availability.AVAILABLE, Availability.UNKNOWN
BOTH = (Product.DIESEL, Product.PETROL)


def said(days: float, availability: Availability = AVAILABLE, **fields: Any) -> FuelReport:
    defaults: dict[str, Any] = {
        "id": f"{days}{availability}",
        "place": "kayes",
        "product": Product.DIESEL,
        "availability": availability,
        "source": FuelSource.TRUSTED,
        "observed_at": NOW - timedelta(days=days),
    }
    return FuelReport(**(defaults | fields))


def trend(*reports: FuelReport) -> Trend:
    (found,) = trends(reports, now=NOW, products=BOTH)
    return found


def test_each_day_has_its_word_the_oldest_first():
    found = trend(said(0, LIMITED), said(1, OUT), said(27))

    assert len(found.days) == DAYS
    assert found.days[0] is AVAILABLE
    assert found.days[-2:] == (OUT, LIMITED)
    assert set(found.days[1:-2]) == {UNKNOWN}


def test_the_gravest_graded_word_of_a_day_counts():
    press = FuelSource.PRESS
    assert trend(said(0.1, LIMITED), said(0), said(0.2, OUT, source=press)).days[-1] is LIMITED
    assert trend(said(0.2, OUT, source=press), said(0, source=press)).days[-1] is AVAILABLE


def test_what_is_older_or_to_come_or_a_price_alone_is_no_day():
    assert trends([said(28), said(-1), said(0, UNKNOWN, price_xof=800)], now=NOW, products=BOTH) == ()


def test_the_town_most_is_known_of_comes_first_and_gas_is_left_out():
    reports = [
        said(0, place="bamako"),
        said(1),
        said(2),
        said(2, product=Product.PETROL, id="p"),
        said(0, product=Product.LPG, id="g"),
    ]

    assert [(one.place, one.product) for one in trends(reports, now=NOW, products=BOTH)] == [
        ("kayes", Product.DIESEL),
        ("kayes", Product.PETROL),
        ("bamako", Product.DIESEL),
    ]

"""What does a price list say of a litre, and what does it not?"""

from datetime import date
from typing import Any

import pytest

from alerts.fuel.market import month_prices
from alerts.fuel.model import MonthPrice, Product
from alerts.sources.model import MarketPrice
from tests.support.service import atlas


def row(**fields: Any) -> MarketPrice:
    defaults: dict[str, Any] = {
        "date": date(2025, 9, 15),
        "market": "Bamako (Badalabougou)",
        "commodity": "Fuel (diesel)",
        "unit": "L",
        "price": 725.0,
        "currency": "XOF",
    }
    return MarketPrice(**(defaults | fields))


def test_a_row_becomes_a_price_of_its_town_and_month():
    assert month_prices([row()], atlas()) == (
        MonthPrice(place="bamako", product=Product.DIESEL, price_xof=725, month=date(2025, 9, 1)),
    )


def test_the_newest_month_counts_and_of_two_markets_the_dearer():
    rows = [row(date=date(2025, 8, 15), price=900.0), row(), row(market="Bamako (Médine)", price=740.0)]

    assert [one.price_xof for one in month_prices(rows, atlas())] == [740]


@pytest.mark.parametrize("commodity", ["Fuel (petrol-gasoline)", "Fuel (Super Petrol)", "Fuel (petrol)"])
def test_petrol_has_several_names(commodity: str):
    (found,) = month_prices([row(commodity=commodity)], atlas())

    assert found.product is Product.PETROL


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"commodity": "Fuel (diesel, parallel market)"}, id="a-parallel-market"),
        pytest.param({"commodity": "Fuel (kerosene)"}, id="another-fuel"),
        pytest.param({"currency": "USD"}, id="another-currency"),
        pytest.param({"unit": "20 L"}, id="another-unit"),
        pytest.param({"market": "Nulle Part (Marché)"}, id="no-place"),
    ],
)
def test_what_is_no_litre_in_francs_of_a_town_is_left_out(fields: dict[str, Any]):
    assert month_prices([row(**fields)], atlas()) == ()

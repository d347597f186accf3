"""One line of an admin says what a litre may cost."""

from datetime import date

import pytest

from alerts.desk.pricing import PriceFault, parse_prices
from alerts.fuel.model import OfficialPrice, Product

TODAY = date(2025, 10, 5)


def prices(text: str) -> dict[str, int]:
    found = parse_prices(text, today=TODAY)
    assert not isinstance(found, PriceFault), found
    return {str(one.product): one.price_xof for one in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("essence 800 gasoil 750", {"petrol": 800, "diesel": 750}),
        ("petrol 800, diesel 750", {"petrol": 800, "diesel": 750}),
        ("Gasoil : 750 FCFA/l", {"diesel": 750}),
        ("super et gasoil 1 050 F", {"petrol": 1050, "diesel": 1050}),
        ("essence 800 depuis le 2024-10-11", {"petrol": 800}),
    ],
)
def test_each_product_gets_the_figure_after_it(text: str, expected: dict[str, int]):
    assert prices(text) == expected


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("gasoil 750", TODAY),
        ("gasoil 750 2024-10-11", date(2024, 10, 11)),
        ("11/10/2024 gasoil 750", date(2024, 10, 11)),
    ],
)
def test_it_holds_since_the_day_that_is_named(text: str, since: date):
    assert parse_prices(text, today=TODAY) == (OfficialPrice(product=Product.DIESEL, price_xof=750, since=since),)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("", PriceFault.NO_PRICE, id="nothing"),
        pytest.param("gasoil", PriceFault.NO_PRICE, id="no-figure"),
        pytest.param("750", PriceFault.NO_PRICE, id="no-product"),
        pytest.param("gasoil 75", PriceFault.NO_PRICE, id="too-little"),
        pytest.param("gasoil 75000", PriceFault.NO_PRICE, id="too-much"),
        pytest.param("gasoil 750 2024-13-41", PriceFault.NO_PRICE, id="no-day"),
        pytest.param("gasoil 750 2025-10-06", PriceFault.FUTURE, id="to-come"),
        pytest.param("gasoil 750 " * 40, PriceFault.TOO_LONG, id="too-long"),
    ],
)
def test_what_a_line_lacks_is_named(text: str, fault: PriceFault):
    assert parse_prices(text, today=TODAY) is fault

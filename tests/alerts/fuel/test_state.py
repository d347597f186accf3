"""What holds at the pump, and how old may the word be?"""

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from alerts.fuel.model import Availability, FuelReport, FuelSource, FuelState, Product
from alerts.fuel.state import along, state
from alerts.incidents.model import Trust
from tests.support.builders import NOW

TRUSTED, OFFICIAL = FuelSource.TRUSTED, FuelSource.OFFICIAL
OUT, AVAILABLE, UNKNOWN = Availability.OUT, Availability.AVAILABLE, Availability.UNKNOWN


def said(hours: float, availability: Availability = AVAILABLE, **fields: Any) -> FuelReport:
    defaults: dict[str, Any] = {
        "id": f"r{hours}",
        "place": "kayes",
        "product": Product.DIESEL,
        "availability": availability,
        "source": FuelSource.PRESS,
        "observed_at": NOW - timedelta(hours=hours),
    }
    return FuelReport(**(defaults | fields))


def only(*reports: FuelReport, crisis: bool = False) -> FuelState:
    (found,) = state(reports, now=NOW, crisis=crisis)
    return found


@pytest.mark.parametrize(
    ("hours", "crisis", "expected"),
    [
        pytest.param(1, False, AVAILABLE, id="fresh"),
        pytest.param(24, False, AVAILABLE, id="a day old"),
        pytest.param(25, False, UNKNOWN, id="stale"),
        pytest.param(6, True, AVAILABLE, id="fresh in a crisis"),
        pytest.param(7, True, UNKNOWN, id="stale in a crisis"),
    ],
)
def test_a_word_grows_stale(hours: float, crisis: bool, expected: Availability):  # noqa: FBT001 - a table's column
    found = only(said(hours), crisis=crisis)

    assert found.availability is expected
    assert found.report == said(hours)


def test_the_newest_word_counts():
    found = only(said(20, OUT), said(2))

    assert found.availability is AVAILABLE
    assert found.contradicted_by is None


def test_words_of_the_same_hours_stand_side_by_side():
    found = only(said(5, OUT), said(2))

    assert found.availability is AVAILABLE
    assert found.contradicted_by == said(5, OUT)


def test_stale_words_contradict_nobody():
    found = only(said(30, OUT), said(26))

    assert found.availability is UNKNOWN
    assert found.contradicted_by is None


def test_a_price_alone_says_nothing_of_availability():
    price = said(1, UNKNOWN, price_xof=800)

    assert only(said(3), price).availability is AVAILABLE
    assert only(price).availability is UNKNOWN
    assert only(price).report == price


def test_a_word_from_the_future_waits():
    assert state([said(-3)], now=NOW) == ()


def test_the_order_is_stable_whatever_comes_first():
    reports = [said(1), said(1, place="gao"), said(1, OUT, id="z"), said(2, product=Product.PETROL)]

    found = {state(order, now=NOW) for order in permutations(reports)}

    assert len(found) == 1
    assert [(one.place, one.product) for one in found.pop()] == [
        ("gao", Product.DIESEL),
        ("kayes", Product.PETROL),
        ("kayes", Product.DIESEL),
    ]


def test_without_words_there_is_nothing_to_say():
    assert state([], now=NOW) == ()


def test_a_graded_word_stands_against_a_newer_one_of_the_same_hours():
    found = only(said(4, OUT, source=TRUSTED), said(1))

    assert (found.availability, found.contradicted_by) == (OUT, said(1))


def test_a_newer_word_counts_once_the_graded_one_is_of_other_hours():
    assert only(said(10, OUT, source=TRUSTED), said(1)).availability is AVAILABLE


def test_who_speaks_again_corrects_itself():
    found = only(said(3, OUT, source_id="desk:900"), said(1, source_id="desk:900"))

    assert found.availability is AVAILABLE
    assert found.contradicted_by is None


def test_two_admins_who_disagree_stand_side_by_side():
    found = only(said(3, OUT, source_id="desk:900"), said(1, source_id="desk:901"))

    assert found.contradicted_by == said(3, OUT, source_id="desk:900")


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        pytest.param([said(1)], Trust.UNCONFIRMED, id="the-press-alone"),
        pytest.param([said(1, source=TRUSTED)], Trust.PROBABLE, id="one-graded"),
        pytest.param([said(1, source=OFFICIAL)], Trust.PROBABLE, id="an-office"),
        pytest.param(
            [said(1, source=TRUSTED, source_id="tamani"), said(2, source=TRUSTED, source_id="desk:900")],
            Trust.CONFIRMED,
            id="two-graded",
        ),
        pytest.param(
            [said(1, source=TRUSTED, source_id="desk:901"), said(2, source=TRUSTED, source_id="desk:900")],
            Trust.PROBABLE,
            id="two-admins-are-one",
        ),
        pytest.param(
            [said(1, source=TRUSTED, source_id="tamani"), said(2, source=OFFICIAL, source_id="desk:900")],
            Trust.PROBABLE,
            id="a-paper-that-repeats-an-office",
        ),
        pytest.param([said(1, source=TRUSTED), said(2, OUT, source=TRUSTED)], Trust.UNCONFIRMED, id="contradicted"),
        pytest.param([said(1, source=TRUSTED), said(2, OUT)], Trust.PROBABLE, id="contradicted-by-a-rumour"),
        pytest.param(
            [
                said(1, source=TRUSTED, source_id="tamani"),
                said(2, source=TRUSTED, source_id="desk:900"),
                said(3, OUT, source_id="rumour"),
            ],
            Trust.PROBABLE,
            id="two-against-one",
        ),
    ],
)
def test_trust_goes_by_grade_and_number(reports: list[FuelReport], expected: Trust):
    assert only(*reports).trust is expected


def test_a_price_outlives_availability():
    found = only(said(40, price_xof=900), said(200, price_xof=700))

    assert found.availability is UNKNOWN
    assert found.priced == said(40, price_xof=900)


def test_a_price_of_last_week_is_none():
    assert only(said(24 * 8, price_xof=900)).priced is None


def test_both_ends_of_a_way_are_told_even_where_nothing_is_heard():
    known = state([said(1, place="diema"), said(1, place="gao")], now=NOW)

    told = along(["kayes", "sandare", "diema", "bamako"], known)

    assert [(one.place, one.availability) for one in told] == [
        ("kayes", UNKNOWN),
        ("diema", AVAILABLE),
        ("bamako", UNKNOWN),
    ]

"""Everything tapped so far stands behind the next button."""

import pytest

from alerts.desk.pumping import Chosen, Fuels, chosen, reports_of
from alerts.fuel.model import Availability, FuelSource, Product, Queue
from tests.support.builders import NOW

PLACES = frozenset({"kayes"})
WHOLE = Chosen(
    place="kayes",
    fuels=Fuels.BOTH,
    availability=Availability.OUT,
    queue=Queue.OVER_60,
    source=FuelSource.OFFICIAL,
)


@pytest.mark.parametrize(
    "made",
    [
        Chosen(place="kayes"),
        Chosen(place="kayes", fuels=Fuels.LPG),
        Chosen(place="kayes", fuels=Fuels.DIESEL, availability=Availability.LIMITED, queue_unsaid=True),
        WHOLE,
    ],
)
def test_a_choice_reads_back_as_it_was_made(made: Chosen):
    assert chosen(made.data, places=PLACES) == made


@pytest.mark.parametrize(
    "data",
    [
        "",
        "nowhere",
        "kayes|water",
        "kayes|diesel|unknown",
        "kayes|diesel|out|99",
        "kayes|diesel|out|-|me",
        WHOLE.data + "|x",
    ],
)
def test_a_forged_button_is_none(data: str):
    assert chosen(data, places=PLACES) is None


def test_a_whole_choice_makes_a_statement_for_each_product():
    found = reports_of(WHOLE, line_id="1", now=NOW)

    assert [(one.product, one.availability, one.queue, one.source) for one in found] == [
        (product, Availability.OUT, Queue.OVER_60, FuelSource.OFFICIAL) for product in (Product.PETROL, Product.DIESEL)
    ]
    assert reports_of(WHOLE, line_id="1", now=NOW) == found


def test_half_a_choice_makes_none():
    assert reports_of(Chosen(place="kayes", fuels=Fuels.BOTH), line_id="1", now=NOW) == ()

"""To whom does a change at the pump speak?"""

from dataclasses import replace
from typing import Any

import pytest

from alerts.delivery.model import Reason, Scope
from alerts.fuel.model import Availability, FuelSource, Product, PumpNews
from alerts.safety.pump import decide_pump
from tests.alerts.wording.facts import fuel_at

PRESS = FuelSource.PRESS


def news(
    availability: Availability = Availability.OUT,
    back: tuple[Product, ...] = (),
    *,
    contradicted: bool = False,
    **word: Any,
) -> PumpNews:
    state = fuel_at("kayes", Product.DIESEL, availability, hours=1, **word)
    if contradicted:
        state = replace(state, contradicted_by=fuel_at("kayes", hours=2).report)
    return PumpNews(place="kayes", states=(state,), changed=(Product.DIESEL,), back=back)


@pytest.mark.parametrize(
    ("news", "scope", "reason", "sounds"),
    [
        pytest.param(news(), Scope.CONCERNED, Reason.PUMP_CHANGED, True, id="run-out"),
        pytest.param(news(Availability.LIMITED), Scope.CONCERNED, Reason.PUMP_CHANGED, False, id="limited"),
        pytest.param(
            news(Availability.LIMITED, (Product.DIESEL,)), Scope.CONCERNED, Reason.PUMP_CHANGED, True, id="back"
        ),
        pytest.param(news(source_id="desk:900"), Scope.CONCERNED, Reason.ADMIN, True, id="the-desk"),
        pytest.param(
            news(source_id="desk:900", contradicted=True),
            Scope.CONCERNED,
            Reason.ADMIN,
            False,
            id="the-desk-contradicted",
        ),
        pytest.param(news(source=PRESS), Scope.ALL_REPORTS, Reason.PUMP_UNSURE, False, id="the-press-alone"),
        pytest.param(news(contradicted=True), Scope.ALL_REPORTS, Reason.PUMP_UNSURE, False, id="contradicted"),
        pytest.param(news(quiet=True), Scope.NOBODY, Reason.PUMP_QUIET, False, id="a-first-reading"),
    ],
)
def test_who_hears_of_it_and_why(news: PumpNews, scope: Scope, reason: Reason, sounds: bool):  # noqa: FBT001 - a table's column
    decision = decide_pump(news)

    assert (decision.scope, decision.reason, decision.sounds) == (scope, reason, sounds)

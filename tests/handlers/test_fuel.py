"""Where is there fuel, how was it over four weeks, and what stands in the way ahead?"""

from datetime import timedelta
from typing import Any

import pytest

from alerts.fuel.model import Availability, FuelReport, FuelSource, Product
from alerts.store.commit import Batch
from tests.support.builders import NOW
from tests.support.conversation import Conversation

OUT, LIMITED = Availability.OUT, Availability.LIMITED


def said(place: str, availability: Availability = LIMITED, **fields: Any) -> FuelReport:
    defaults: dict[str, Any] = {
        "id": f"{place}{availability}",
        "place": place,
        "product": Product.DIESEL,
        "availability": availability,
        "source": FuelSource.TRUSTED,
        "observed_at": NOW - timedelta(hours=3),
    }
    return FuelReport(**(defaults | fields))


async def know(talk: Conversation, *reports: FuelReport) -> None:
    await talk.store.commit(Batch(fuel=reports), now=NOW)


@pytest.mark.parametrize(
    ("command", "language", "first", "button"),
    [
        pytest.param(
            "/carburant", "fr", "⛽ 3 villes. Gasoil : limité 2, rupture 1.", "Tendance 4 semaines", id="french"
        ),
        pytest.param("/fuel", "en", "⛽ 3 towns. Diesel: limited 2, out 1.", "Trend, 4 weeks", id="english"),
    ],
)
async def test_the_country_is_summed_up_and_then_told_by_town(
    talk: Conversation, command: str, language: str, first: str, button: str
):
    await know(talk, said("kayes"), said("bamako"), said("gao", OUT))
    await talk.say("/court non", language_code=language)

    [message] = await talk.say(command, language_code=language)

    assert message.text.splitlines()[0] == first
    assert all(town in message.text for town in ("KAYES", "BAMAKO", "GAO"))
    assert button in message.button_texts


async def test_the_trend_comes_as_a_picture_with_what_holds_now(talk: Conversation):
    await know(talk, said("kayes"), said("bamako", OUT))
    await talk.say("/court non")
    await talk.say("/carburant Kayes")

    [message] = await talk.tap("Tendance 4 semaines")

    assert message.media
    assert "Kayes : gasoil un peu" in message.text
    assert "Bamako" not in message.text


async def test_short_mode_has_neither_the_button_nor_the_picture(talk: Conversation):
    await know(talk, said("kayes"))

    [message] = await talk.say("/carburant")
    await talk.say("/start")
    [answer] = await talk.forge("q:trend:")

    assert "Tendance 4 semaines" not in message.button_texts
    assert not answer.media


async def test_a_trend_of_nothing_is_said_so(talk: Conversation):
    await know(talk, said("kayes"))
    await talk.say("/court non")
    await talk.say("/carburant Kayes")
    [message] = await talk.forge("q:trend:Gao")
    assert message.text.startswith("Pas assez d'informations")


async def test_fuel_stands_at_the_start_on_the_way_and_at_the_end(talk: Conversation):
    await know(talk, said("diema"), said("bamako", OUT), said("gao"))
    await talk.say("/court non")

    text = await talk.answer("/route Kayes Bamako")

    assert "⛽ Kayes inconnu · Diéma gasoil limité (3 h) · Bamako gasoil rupture (3 h)" in text.splitlines()

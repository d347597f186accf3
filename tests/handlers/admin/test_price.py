"""An admin says what a litre may cost, and everyone sees it beside what it does."""

import pytest

from tests.support.conversation import ADMIN, DRIVER, Conversation


@pytest.mark.parametrize(
    ("line", "language", "shown"),
    [
        pytest.param(
            "/prix essence 800 gasoil 750 2024-10-11",
            "fr",
            "Prix plafonds officiels (FCFA/l) : essence 800, gasoil 750, depuis le 11 oct. 2024",
            id="french",
        ),
        pytest.param(
            "/price petrol 800 diesel 750 2024-10-11",
            "en",
            "Official ceiling prices (FCFA/l): petrol 800, diesel 750, since 11 Oct 2024",
            id="english",
        ),
    ],
)
async def test_ceilings_are_set_on_one_line_and_shown_to_readers(
    talk: Conversation, line: str, language: str, shown: str
):
    assert shown in (await talk.answer(line, chat=ADMIN, language_code=language)).splitlines()
    await talk.say("/dispo Kayes gasoil limité 2500 FCFA", chat=ADMIN)
    await talk.say("/court non", language_code=language)

    text = await talk.answer("/carburant Kayes", language_code=language)

    assert shown in text.splitlines()
    assert (
        "2\u202f500 FCFA/l constatés, plafond officiel 750" in text or "2,500 FCFA/l seen, official ceiling 750" in text
    )


@pytest.mark.parametrize(
    ("line", "begins"),
    [
        ("/prix", "Aucun prix officiel n'est enregistré."),
        ("/prix gasoil", "Je ne vois pas de prix par litre"),
        ("/prix gasoil 750 2030-01-01", "Cette date est à venir."),
    ],
)
async def test_what_will_not_do_is_said(talk: Conversation, line: str, begins: str):
    assert (await talk.answer(line, chat=ADMIN)).startswith(begins)
    assert (await talk.store.pumps.prices()).official == {}


async def test_nobody_else_may_set_a_price(talk: Conversation):
    await talk.say("/prix gasoil 750", chat=DRIVER)
    assert (await talk.store.pumps.prices()).official == {}

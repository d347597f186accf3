"""The fuel desk by buttons, and a declared crisis."""

from datetime import timedelta

import pytest

from alerts.fuel.model import Availability, FuelSource, Product, Queue
from tests.support.conversation import ADMIN, OTHER_ADMIN, Conversation


async def taps(talk: Conversation, *buttons: str) -> str:
    """Tap one button after the other; gives the last answer."""
    answer = ""
    for button in buttons:
        [message] = await talk.tap(button, chat=ADMIN)
        answer = message.text
    return answer


@pytest.mark.parametrize(
    ("command", "language", "buttons", "asks"),
    [
        pytest.param(
            "/dispo", "fr", ("Kayes", "gasoil", "rupture", "60+ min", "officiel"), "Quelle ville ?", id="french"
        ),
        pytest.param(
            "/fuelreport", "en", ("Kayes", "diesel", "out", "60+ min", "official"), "Which town?", id="english"
        ),
    ],
)
async def test_a_word_on_fuel_is_tapped_together(
    talk: Conversation, command: str, language: str, buttons: tuple[str, ...], asks: str
):
    assert (await talk.answer(command, chat=ADMIN, language_code=language)).startswith(asks)

    answer = await taps(talk, *buttons)

    assert "Kayes" in answer
    [report] = await talk.store.feeds.fuel()
    assert (report.place, report.product, report.availability) == ("kayes", Product.DIESEL, Availability.OUT)
    assert (report.queue, report.source, report.source_id) == (Queue.OVER_60, FuelSource.OFFICIAL, f"desk:{ADMIN}")


async def test_a_town_may_be_written_and_both_fuels_tapped_at_once(talk: Conversation):
    await talk.say("/dispo", chat=ADMIN)
    assert await talk.answer("Koutiala", chat=ADMIN) == "Koutiala : quel carburant ?"

    await taps(talk, "essence et gasoil", "limité", "non dit", "terrain")

    reports = await talk.store.feeds.fuel()
    assert {(one.place, one.product, one.queue) for one in reports} == {
        ("koutiala", Product.PETROL, None),
        ("koutiala", Product.DIESEL, None),
    }


async def test_a_whole_line_answers_the_question_for_a_town(talk: Conversation):
    await talk.say("/dispo", chat=ADMIN)
    await talk.say("Bamako gasoil rupture", chat=ADMIN)
    assert [one.place for one in await talk.store.feeds.fuel()] == ["bamako"]


async def test_a_double_tap_records_once(talk: Conversation):
    await talk.say("/dispo", chat=ADMIN)
    await taps(talk, "Kayes", "gasoil", "rupture", "non dit")
    for _ in range(2):
        await talk.tap("terrain", chat=ADMIN)
    assert len(await talk.store.feeds.fuel()) == 1
    assert [line["did"] for line in await talk.store.desk.audit()] == ["fuel"]


@pytest.mark.parametrize("data", ["c:pump:kayes|diesel|out|-", "c:pump:nowhere|diesel|out|-|press", "q:pump:|x|"])
async def test_a_forged_button_records_nothing(talk: Conversation, data: str):
    await talk.say("/dispo", chat=ADMIN)
    assert await talk.forge(data, chat=ADMIN)
    assert await talk.store.feeds.fuel() == ()


@pytest.mark.parametrize("data", ["c:pump:kayes|diesel|out|-|press", "c:crisis:on"])
async def test_a_button_of_the_desk_does_nothing_for_anybody_else(talk: Conversation, data: str):
    await talk.say("/start")
    await talk.forge(data)
    assert await talk.store.feeds.fuel() == ()
    assert await talk.store.pumps.crisis() is None


async def test_two_admins_who_disagree_are_shown_side_by_side(talk: Conversation):
    await talk.say("/dispo Bamako gasoil rupture", chat=ADMIN)
    await talk.say("/court non", chat=OTHER_ADMIN)
    talk.clock.now += timedelta(minutes=5)
    answer = await talk.answer("/dispo Bamako gasoil en vente", chat=OTHER_ADMIN)
    assert "BAMAKO · gasoil en vente" in answer
    assert "Avis différent : gasoil : rupture (terrain, 5 min)." in answer


async def test_an_admin_who_reports_again_corrects_himself(talk: Conversation):
    await talk.say("/court non", chat=ADMIN)
    await talk.say("/dispo Bamako gasoil rupture", chat=ADMIN)
    talk.clock.now += timedelta(minutes=5)
    assert "Avis différent" not in await talk.answer("/dispo Bamako gasoil en vente", chat=ADMIN)


async def test_a_declared_crisis_makes_words_unknown_after_six_hours(talk: Conversation):
    await talk.say("/dispo Bamako gasoil rupture", chat=ADMIN)
    assert (await talk.answer("/dispo crise", chat=ADMIN)).startswith("Crise non déclarée")
    [message] = await talk.tap("Déclarer une crise", chat=ADMIN)
    assert message.text.startswith("Crise déclarée")
    talk.clock.now += timedelta(hours=7)

    assert "gasoil inconnu" in await talk.answer("/carburant Bamako")

    await talk.tap("Fin de la crise", chat=ADMIN)
    assert "gasoil non" in await talk.answer("/carburant Bamako")

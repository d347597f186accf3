"""The brief on my roads, now or at an hour; the fuel summary likewise; and all settings in one place."""

from datetime import UTC, datetime, timedelta

import pytest

from alerts.audience.model import Occasion, Recipient, Timetable
from alerts.incidents.model import Change, ChangeKind
from alerts.sources.model import FeedMarks
from alerts.store.commit import Batch
from tests.support.builders import NOW, incident
from tests.support.conversation import DRIVER, Conversation
from tests.support.occasions import next_of

ME = Recipient(DRIVER)
EVENT = "embuscade d'hommes armés"


async def test_a_brief_is_text_to_copy_with_references_and_the_age_of_the_sources(talk: Conversation):
    read = FeedMarks(source_id="tamani", succeeded_at=NOW - timedelta(minutes=12))
    change = Change(kind=ChangeKind.NEW, incident=incident())
    await talk.store.commit(Batch(changes=(change,), marks=(read,)), now=NOW)
    await talk.say("/suivre RN1")
    await talk.say("/court non")
    [message] = await talk.say("/point")
    assert message.text.splitlines() == [
        "POINT · 5 oct. 2025, 09:00 · RN1",
        "Depuis hier",
        "Nouveau :",
        f"🔴 RN1 Diangounté Camara–Diéma : très grave · {EVENT} ce matin · probable, presse · 1 h · Réf. 0512",
        "Sans signalement ne veut pas dire sans danger.",
        "Sources lues il y a 12 min",
        "Pas un conseil : vérifiez avec vos contacts.",
    ]
    assert not message.protect_content


async def test_to_ask_for_a_brief_stores_nothing(talk: Conversation):
    await talk.say("/suivre RN1")
    await talk.say("/court non")
    before = await talk.stored()
    await talk.say("/brief")
    assert await talk.stored() == before


async def test_a_brief_on_nothing_offers_roads(talk: Conversation):
    [message] = await talk.say("/point")
    assert message.text.startswith("Vous ne suivez rien pour l'instant.")
    assert "RN1" in message.button_texts


@pytest.mark.parametrize(
    ("typed", "timetable", "due"),
    [
        ("/point 6h", Timetable(hour=6), datetime(2025, 10, 6, 6, tzinfo=UTC)),
        ("/brief every Monday at 7", Timetable(hour=7, weekday=0), datetime(2025, 10, 6, 7, tzinfo=UTC)),
        ("/point chaque jour à 18 h", Timetable(hour=18), datetime(2025, 10, 5, 18, tzinfo=UTC)),
    ],
)
async def test_an_hour_makes_it_come_by_itself(talk: Conversation, typed: str, timetable: Timetable, due: datetime):
    assert (await talk.answer(typed)).startswith("Point : chaque ")
    stored = await talk.chat()
    assert stored is not None
    assert stored.brief_at == timetable
    assert await next_of(talk.store, Occasion.BRIEF, ME) == due


async def test_the_fuel_summary_can_be_had_at_an_hour_too(talk: Conversation):
    assert "Carburant : chaque jour à 06:00" in await talk.answer("/carburant 6h")
    assert await next_of(talk.store, Occasion.FUEL, ME) == datetime(2025, 10, 6, 6, tzinfo=UTC)
    assert "Carburant : sur demande" in await talk.answer("/carburant non")
    assert await next_of(talk.store, Occasion.FUEL, ME) is None


async def test_the_buttons_choose_the_hour_and_take_it_back(talk: Conversation):
    await talk.say("/suivre RN1")
    await talk.say("/point")
    await talk.tap("À heure fixe")
    await talk.tap("Point chaque semaine, lundi à 07:00")
    await talk.tap("Carburant chaque jour à 06:00")
    stored = await talk.chat()
    assert stored is not None
    assert (stored.brief_at, stored.fuel_at) == (Timetable(hour=7, weekday=0), Timetable(hour=6))
    await talk.tap("Plus de point")
    await talk.tap("Plus de carburant")
    stored = await talk.chat()
    assert stored is not None
    assert (stored.brief_at, stored.fuel_at) == (None, None)
    assert await talk.store.occasions.due(now=NOW + timedelta(days=9), count=9) == []


@pytest.mark.parametrize("typed", ["/point Kayes", "/point 25h", "/brief 😀", "/point lundi"])
async def test_what_is_no_hour_gets_examples_and_changes_nothing(talk: Conversation, typed: str):
    assert (await talk.answer(typed)).startswith("Exemples : /point 6h")
    assert await talk.chat() is None


async def test_settings_tell_every_choice_with_the_button_that_changes_it(talk: Conversation):
    await talk.say("/suivre RN1")
    await talk.say("/point 6h")
    [message] = await talk.say("/reglages")
    assert message.text.splitlines() == [
        "Langue : Français",
        "1 route ou lieu suivi",
        "Mode court : messages courts et neutres, effacés après 12 h. Vos commandes sont effacées aussitôt.",
        "Sans son de 22:00 à 05:00, sauf danger grave et récent.",
        "Un danger grave et récent passe toujours, avec son.",
        "Le jour, avec son : tout",
        "Point : chaque jour à 06:00",
        "Carburant : sur demande (/carburant)",
        "Heure de Bamako",
    ]
    assert message.button_texts[:5] == ["Mes routes", "Langue", "Mode court", "Pause et calme", "À heure fixe"]


async def test_another_clock_moves_what_is_due_by_it(talk: Conversation):
    await talk.say("/point 6h")
    await talk.say("/settings")
    await talk.tap("Heure de Niamey")
    assert await next_of(talk.store, Occasion.BRIEF, ME) == datetime(2025, 10, 6, 5, tzinfo=UTC)
    assert "Heure de Niamey" in await talk.answer("/reglages")


async def test_to_look_at_the_settings_stores_nothing(talk: Conversation):
    await talk.say("/reglages")
    assert await talk.chat() is None

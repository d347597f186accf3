"""Quiet for a while, quiet each night, and what breaks through."""

from datetime import UTC, datetime, time, timedelta

import pytest

from alerts.audience.model import Chat, Loudness, Occasion, Recipient
from alerts.incidents.model import Change, ChangeKind
from alerts.store.commit import Batch
from tests.support.builders import NOW, incident
from tests.support.conversation import DRIVER, GROUP, Conversation
from tests.support.occasions import next_of

MEMBER = 5


async def the_chat(talk: Conversation) -> Chat:
    stored = await talk.chat()
    assert stored is not None
    return stored


@pytest.mark.parametrize(
    ("typed", "ends"),
    [
        ("/pause 4h", NOW + timedelta(hours=4)),
        ("/MUTE 2 days", NOW + timedelta(days=2)),
        ("/pause jusqu'à mardi", datetime(2025, 10, 7, 23, 59, 59, tzinfo=UTC)),
    ],
)
async def test_a_pause_is_as_long_as_it_is_typed(talk: Conversation, typed: str, ends: datetime):
    text = await talk.answer(typed)
    assert text.startswith("En pause jusqu'au ")
    assert (await the_chat(talk)).muted_until == ends
    assert await next_of(talk.store, Occasion.WAKE, Recipient(DRIVER)) == ends


@pytest.mark.parametrize(
    ("button", "ends"),
    [("4 h", NOW + timedelta(hours=4)), ("Au matin", datetime(2025, 10, 6, 6, tzinfo=UTC))],
)
async def test_a_pause_is_a_tap_away(talk: Conversation, button: str, ends: datetime):
    await talk.say("/pause")
    await talk.tap(button)
    assert (await the_chat(talk)).muted_until == ends


async def test_a_pause_that_is_broken_off_says_what_still_stands(talk: Conversation):
    await talk.say("/suivre RN1")
    await talk.say("/pause 4h")
    await talk.store.commit(Batch(changes=(Change(kind=ChangeKind.NEW, incident=incident()),)), now=NOW)
    await talk.say("/pause")
    [text] = await talk.tap("Reprendre")
    assert text.text.startswith("La pause est finie.\nToujours en cours :\n")
    assert "Réf. 0512" in text.text
    assert (await the_chat(talk)).muted_until is None
    assert await next_of(talk.store, Occasion.WAKE, Recipient(DRIVER)) is None


async def test_to_end_a_pause_that_is_not_on_says_so(talk: Conversation):
    assert await talk.answer("/pause non") == "Il n'y a pas de pause en cours."


@pytest.mark.parametrize("typed", ["/pause 22-5", "/mute from 22:00 to 05:00", "/pause 22h à 5h"])
async def test_quiet_hours_are_typed(talk: Conversation, typed: str):
    await talk.say("/pause 20-6")
    await talk.say(typed)
    stored = await the_chat(talk)
    assert (stored.silent_from, stored.silent_to) == (time(22), time(5))


async def test_the_buttons_set_what_they_say(talk: Conversation):
    await talk.say("/pause")
    await talk.tap("20 h – 6 h")
    await talk.tap("Tout retenir")
    [text] = await talk.tap("le pire")
    stored = await the_chat(talk)
    assert (stored.silent_from, stored.critical_through, stored.loudness) == (time(20), False, Loudness.CRITICAL)
    assert text.text.splitlines()[:3] == [
        "Sans son de 20:00 à 06:00, sauf danger grave et récent.",
        "Même un danger grave attend la fin de la pause, et arrive sans son aux heures calmes.",
        "Le jour, avec son : le pire",
    ]
    await talk.tap("Aucune")
    await talk.tap("Laisser passer le grave")
    again = await the_chat(talk)
    assert (again.silent_from, again.silent_to, again.critical_through) == (time(0), time(0), True)


@pytest.mark.parametrize("typed", ["/pause Kayes", "/pause 99 semaines", "/pause 0h", "/pause 26-5", "/pause lundi"])
async def test_what_is_no_pause_gets_examples_and_changes_nothing(talk: Conversation, typed: str):
    await talk.say("/start")
    before = await the_chat(talk)
    assert (await talk.answer(typed)).startswith("Exemples : /pause 4h")
    assert await the_chat(talk) == before


async def test_to_ask_how_it_stands_stores_nothing(talk: Conversation):
    await talk.say("/pause")
    assert await talk.chat() is None


@pytest.mark.parametrize("data", ["c:pause:99", "c:quiet:1-2", "c:critical:maybe", "c:loud:deafening"])
async def test_a_forged_choice_changes_nothing(talk: Conversation, data: str):
    await talk.say("/start")
    before = await the_chat(talk)
    await talk.say("/pause")
    await talk.telegram.tap(DRIVER, "4 h")
    [real] = await talk.telegram.pending_updates()
    talk.updates.append({"update_id": real["update_id"]})
    forged = {"update_id": 5_000_002, "callback_query": {**real["callback_query"], "data": data}}
    assert len(await talk.receive(forged)) == 1
    assert await the_chat(talk) == before


async def test_a_member_cannot_silence_the_group(talk: Conversation):
    await talk.telegram.join(GROUP, user=DRIVER)
    await talk.telegram.promote(GROUP, DRIVER)
    await talk.telegram.promote(GROUP, MEMBER, status="member")
    await talk.take()
    await talk.say("/suivre RN1", chat=GROUP, user=DRIVER)
    assert "administrateurs" in await talk.answer("/pause 4h", chat=GROUP, user=MEMBER)
    stored = await talk.chat(GROUP)
    assert stored is not None
    assert stored.muted_until is None

"""What the buttons under an alert do, in each kind of chat."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from alerts.audience.model import ChatKind
from alerts.delivery.model import Former, Lane, MsgType
from alerts.incidents.model import Change, ChangeKind, Status
from alerts.store.commit import Batch
from tests.support.broadcast import Broadcast, broadcasting
from tests.support.builders import NOW, RN1, alert, chat, incident, next_version, report, retraction
from tests.support.conversation import DRIVER, GROUP, Conversation
from tests.support.service import atlas

CHANNEL = -200


@pytest.fixture
async def broadcast(talk: Conversation) -> AsyncIterator[Broadcast]:
    async with broadcasting(talk) as broadcast:
        yield broadcast


TOLD = incident(announced=True)
CALM = replace(alert().decision, lane=Lane.NORMAL)  # what a pause holds back
CORRECTION: dict[str, Any] = {"msg_type": MsgType.UPDATE, "change": ChangeKind.CORRECTED, "decision": CALM}


async def test_in_a_private_chat_an_alert_can_be_asked_about_and_hushed(broadcast: Broadcast):
    await broadcast.talk.say("/suivre Kayes Bamako")
    await broadcast.goes_out(TOLD)
    assert (await broadcast.last()).button_texts == [
        "Détails", "Texte à copier", "Mes autres routes", "Plus sur ceci", "Suivre RN1",
    ]  # fmt: skip


async def test_who_follows_the_road_is_not_offered_to_follow_it(broadcast: Broadcast):
    await broadcast.talk.say("/suivre RN1")
    await broadcast.goes_out(TOLD)
    assert "Suivre RN1" not in (await broadcast.last()).button_texts


async def test_in_short_mode_details_are_a_pop_up_that_leaves_no_message(broadcast: Broadcast):
    talk = broadcast.talk
    await talk.say("/suivre RN1")
    await broadcast.goes_out(TOLD)
    tap = await talk.telegram.tap(DRIVER, "Détails")
    before = len(await talk.telegram.messages(DRIVER))
    await talk.take()
    answer = await talk.telegram.answer(tap)
    assert answer.show_alert
    assert answer.text.startswith("RN1 · Diangounté Camara–Diéma\nEmbuscade d'hommes armés ce matin · probable")
    assert len(await talk.telegram.messages(DRIVER)) == before


async def test_in_full_details_are_a_message_that_says_how_it_stands_now(broadcast: Broadcast):
    talk = broadcast.talk
    await talk.say("/suivre RN1")
    await talk.say("/court non")
    await broadcast.goes_out(TOLD)
    later = next_version(TOLD, reports=(report(), report(id="r2", source_id="essor")))
    await talk.store.commit(Batch(changes=(Change(kind=ChangeKind.DETAIL, incident=later, before=TOLD),)), now=NOW)
    [message] = await talk.tap("Détails")
    assert message.text.startswith("🔴 TRÈS GRAVE · RN1 · Diangounté Camara–Diéma\n")
    assert "2 signalements, depuis : ce matin" in message.text


@pytest.mark.parametrize(
    ("full", "expected"),
    [
        pytest.param(
            True,
            "RN1 Diangounté Camara-Diéma: embuscade d'hommes armés, très grave. probable. passage: pas d'info."
            " info du 5 oct. Pas un conseil. Réf. 0512",
            id="in-full",
        ),
        pytest.param(
            False,
            "RN1 Diangounté Camara-Diéma: très perturbé 3/3. probable. info du 5 oct. Pas un conseil. Réf. 0512",
            id="in-neutral-words",
        ),
    ],
)
async def test_the_text_to_copy_fits_an_sms_and_may_be_copied(broadcast: Broadcast, full: bool, expected: str):  # noqa: FBT001
    talk = broadcast.talk
    await talk.say("/suivre RN1")
    await talk.say("/court non" if full else "/court 12")
    await broadcast.goes_out(TOLD)
    [message] = await talk.tap("Texte à copier")
    assert message.text == expected
    assert not message.protect_content


async def test_my_other_roads_are_one_tap_away(broadcast: Broadcast):
    talk = broadcast.talk
    await talk.say("/suivre RN1")
    await broadcast.goes_out(TOLD)
    [message] = await talk.tap("Mes autres routes")
    assert "Réf. 0512" in message.text


async def test_a_hushed_incident_is_heard_of_no_more_but_for_its_end(broadcast: Broadcast):
    talk = broadcast.talk
    await talk.say("/suivre RN1")
    await broadcast.goes_out(TOLD)
    [done] = await talk.tap("Plus sur ceci")
    assert "Réf. 0512" in done.text
    await talk.again()
    stored = await talk.chat()
    assert stored is not None
    assert stored.hushed == ("0512",)
    before = len(await talk.telegram.messages(DRIVER))
    worse = next_version(TOLD)
    await broadcast.goes_out(worse, before=TOLD, msg_type=MsgType.UPDATE, change=ChangeKind.WORSE)
    assert len(await talk.telegram.messages(DRIVER)) == before
    wrong = retraction(alert(incident=worse))
    await broadcast.speaks(wrong, Change(kind=ChangeKind.RETRACTED, incident=wrong.incident, before=worse))
    assert len(await talk.telegram.messages(DRIVER)) == before + 1
    assert (await broadcast.last()).button_texts == ["Mes autres routes"]


@pytest.mark.parametrize("asked", ["hush", "pause"])
async def test_who_asked_for_quiet_is_told_that_the_place_was_wrong(broadcast: Broadcast, asked: str):
    talk = broadcast.talk
    await talk.say("/suivre RN1")
    await broadcast.goes_out(TOLD)
    await (talk.tap("Plus sur ceci") if asked == "hush" else talk.say("/pause 4h"))
    before = len(await talk.telegram.messages(DRIVER))
    moved = replace(next_version(TOLD), location=atlas().locate(places=["loulouni"]))
    former = Former(location=TOLD.location)
    await broadcast.goes_out(moved, before=TOLD, former=former, **CORRECTION)
    assert len(await talk.telegram.messages(DRIVER)) == before + 1
    assert "Loulouni" in (await broadcast.last()).text


async def test_a_correction_of_what_it_never_got_wakes_no_chat(broadcast: Broadcast):
    await broadcast.talk.say("/suivre RN1")
    await broadcast.talk.say("/pause 4h")
    before = len(await broadcast.talk.telegram.messages(DRIVER))
    corrected = next_version(TOLD)
    await broadcast.goes_out(TOLD, decision=CALM)
    await broadcast.goes_out(corrected, before=TOLD, **CORRECTION)
    assert len(await broadcast.talk.telegram.messages(DRIVER)) == before


async def test_in_a_group_anyone_may_ask_and_details_are_a_pop_up(broadcast: Broadcast):
    talk = broadcast.talk
    await talk.telegram.join(GROUP, user=DRIVER)
    await talk.take()
    await talk.store.chats.save(chat(GROUP, RN1))
    await broadcast.goes_out(TOLD)
    message = await broadcast.last(GROUP)
    assert message.button_texts == ["Détails", "Texte à copier", "Ouvrir Siraba"]
    tap = await talk.telegram.tap(GROUP, "Détails", user=5)
    await talk.take()
    assert (await talk.telegram.answer(tap)).show_alert


async def test_under_a_channels_alert_one_button_opens_the_private_chat_on_that_road(broadcast: Broadcast):
    talk = broadcast.talk
    await talk.telegram.join(CHANNEL, kind="channel", status="administrator", user=DRIVER)
    await talk.take()
    await talk.store.chats.save(chat(CHANNEL, RN1, kind=ChatKind.CHANNEL))
    await broadcast.goes_out(TOLD)
    [[button]] = (await broadcast.last(CHANNEL)).buttons
    assert button.url == f"https://t.me/{talk.application.bot.username}?start=RN1"
    [offer] = await talk.say("/start RN1")
    assert offer.button_texts[0] == "Suivre RN1"
    await talk.tap("Suivre RN1")
    assert await talk.follows() == ["road:RN1"]


@pytest.mark.parametrize(
    "secret",
    [
        pytest.param({}, id="not-announced"),
        pytest.param({"announced": True, "reports": (report(held="a convoy"),)}, id="held-by-the-check"),
        pytest.param({"status": Status.RETRACTED}, id="withdrawn-before-anyone-heard"),
    ],
)
@pytest.mark.parametrize("verb", ["q:alert", "q:sms", "c:hush"])
async def test_a_forged_number_leads_to_nothing_that_waits_for_the_desk(
    talk: Conversation, verb: str, secret: dict[str, Any]
):
    hidden = incident(**secret)
    await talk.store.commit(Batch(changes=(Change(kind=ChangeKind.NEW, incident=hidden),)), now=NOW)
    for number in ("0512", "9999", "", "0512:0512"):
        [message] = await talk.receive(await forged(talk, f"{verb}:{number}"))
        assert message.text.startswith("Ce bouton ne sert plus.")


async def forged(talk: Conversation, data: str) -> dict[str, Any]:
    await talk.say("/aide")
    await talk.telegram.tap(DRIVER, "Mes routes")
    [real] = await talk.telegram.pending_updates()
    talk.updates.append({"update_id": real["update_id"]})
    return {"update_id": real["update_id"], "callback_query": {**real["callback_query"], "data": data}}


async def test_a_drill_is_shown_to_who_takes_part_and_to_nobody_else(broadcast: Broadcast):
    talk = broadcast.talk
    await talk.say("/suivre RN1")
    await talk.say("/reglages")
    await talk.tap("Recevoir les exercices")
    await broadcast.goes_out(incident(announced=True, exercise=True))
    tap = await talk.telegram.tap(DRIVER, "Détails")
    await talk.take()
    assert (await talk.telegram.answer(tap)).text.startswith("EXERCICE · RN1")

    await talk.say("/reglages")
    await talk.tap("Plus d'exercices")
    tap = await talk.telegram.tap(DRIVER, "Détails")
    await talk.take()
    assert "RN1" not in (await talk.telegram.answer(tap)).text

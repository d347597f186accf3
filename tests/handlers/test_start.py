"""A chat begins: language, a first road, and nothing lost the second time."""

from datetime import timedelta

import pytest

from alerts.audience.model import ChatKind, Recipient
from alerts.incidents.model import Change, ChangeKind
from alerts.store import keys
from alerts.store.commit import Batch
from alerts.wording.limits import units
from tests.support.builders import NOW, incident
from tests.support.conversation import DRIVER, Conversation


@pytest.mark.parametrize(
    ("language_code", "first_words", "marked"),
    [
        pytest.param("fr", "Bonjour. Je suis Siraba.", "• Français", id="french"),
        pytest.param("fr-CA", "Bonjour. Je suis Siraba.", "• Français", id="french-of-canada"),
        pytest.param("en-GB", "Hello. I am Siraba.", "• English", id="english"),
        pytest.param("bm", "I ni ce. Ne ye Siraba ye.", "• Bamanankan", id="bambara"),
        pytest.param("ru", "Bonjour. Je suis Siraba.", "• Français", id="a-language-we-do-not-speak"),
    ],
)
async def test_start_speaks_the_language_of_the_phone(
    talk: Conversation, language_code: str, first_words: str, marked: str
):
    [welcome] = await talk.say("/start", language_code=language_code)
    assert welcome.text.startswith(first_words)
    assert marked in welcome.button_texts


async def test_start_offers_languages_and_roads(talk: Conversation):
    [welcome] = await talk.say("/start")
    assert welcome.button_texts[:3] == ["• Français", "English", "Bamanankan"]
    assert {"RN1", "RN6", "RN7", "Kayes", "Nioro", "Sikasso"} <= set(welcome.button_texts)


async def test_a_newcomer_of_a_private_chat_is_in_short_mode(talk: Conversation):
    [welcome] = await talk.say("/start")
    chat = await talk.chat()
    assert chat is not None
    assert (chat.kind, chat.short, chat.delete_after_hours) == (ChatKind.PRIVATE, True, 12)
    assert welcome.protect_content


async def test_nothing_but_a_day_tells_when_a_person_was_there(talk: Conversation):
    await talk.say("/start", first_name="Awa")
    chat = await talk.chat()
    assert chat is not None
    assert chat.active_at == talk.clock.now.replace(hour=0)
    assert not any("Awa" in value for value in (await talk.stored()).values())


async def test_a_road_is_two_taps_away(talk: Conversation):
    await talk.say("/start")
    [asks] = await talk.tap("English")
    assert asks.text.startswith("Noted. Which road do you take?")
    [done] = await talk.tap("RN7")
    assert done.text.startswith("Noted. You follow: RN7.")
    assert await talk.follows() == ["road:RN7"]


async def test_a_town_may_be_typed_instead(talk: Conversation):
    await talk.say("/start")
    assert (await talk.answer("kayes")).startswith("C'est noté. Vous suivez : Kayes")
    assert await talk.follows() == ["place:kayes:50"]


async def test_start_twice_is_not_a_reset(talk: Conversation):
    await talk.say("/suivre RN1")
    assert (await talk.answer("/start")).startswith("Vous suivez déjà 1 route ou lieu.")
    assert await talk.follows() == ["road:RN1"]


async def test_who_blocked_the_bot_and_comes_back_finds_their_roads(talk: Conversation):
    await talk.say("/suivre RN1")
    await talk.telegram.remove(DRIVER)
    await talk.take()
    gone = await talk.chat()
    assert gone is not None
    assert gone.unreachable_since == talk.clock.now

    talk.clock.now += timedelta(hours=3)
    await talk.telegram.join(DRIVER)
    await talk.say("/start")
    back = await talk.chat()
    assert back is not None
    assert back.unreachable_since is None
    assert await talk.follows() == ["road:RN1"]


async def test_the_first_block_dates_it(talk: Conversation):
    await talk.say("/suivre RN1")
    await talk.telegram.remove(DRIVER)
    await talk.take()
    first = await talk.chat()
    talk.clock.now += timedelta(hours=3)
    await talk.again()
    assert await talk.chat() == first


async def test_a_block_by_a_stranger_stores_nothing(talk: Conversation):
    await talk.telegram.open_chats(DRIVER)
    await talk.telegram.remove(DRIVER)
    await talk.take()
    assert await talk.chat() is None


@pytest.mark.parametrize("command", ["/start", "/suivre RN1", "/suivre Kayes Bamako 48h", "/court 6", "/stop all"])
async def test_a_change_done_twice_is_done_once(talk: Conversation, command: str):
    await talk.say(command)
    once = await talk.chat()
    await talk.again()
    assert await talk.chat() == once


async def test_the_first_road_comes_with_what_is_active_there_and_how_the_bot_will_write(talk: Conversation):
    change = Change(kind=ChangeKind.NEW, incident=incident())
    await talk.store.commit(Batch(changes=(change,)), now=NOW)
    await talk.say("/start")
    await talk.tap("• Français")
    [done] = await talk.tap("RN1")
    assert done.text.splitlines() == [
        "C'est noté. Vous suivez : RN1.",
        "Vous recevrez ce qui y est signalé.",
        "",
        "EN COURS · RN1",
        "RN1 Diangounté Camara–Diéma : très perturbé 3/3 · probable · 1 h · Réf. 0512",
        "Sans signalement ne veut pas dire sans danger.",
        "Sources pas encore lues",
        "",
        "Je vous écris ce qui est probable ou confirmé.",
        "Mode court : messages courts et neutres, effacés après 12 h. Vos commandes sont effacées aussitôt.",
        "Sans son de 22:00 à 05:00, sauf danger grave et récent.",
        "Pour changer : /reglages",
    ]


async def test_how_the_bot_will_write_is_said_once(talk: Conversation):
    await talk.say("/suivre RN1")
    assert "/reglages" not in await talk.answer("/suivre RN6")


@pytest.mark.parametrize("language", ["fr", "en", "bm"])
async def test_the_first_answer_fits_one_message_however_much_is_active(talk: Conversation, language: str):
    many = [Change(kind=ChangeKind.NEW, incident=incident(id=f"{number:04}")) for number in range(120)]
    await talk.store.commit(Batch(changes=tuple(many)), now=NOW)
    await talk.say("/start", language_code=language)
    [done] = await talk.say("RN1", language_code=language)
    assert "/reglages" in done.text or "/settings" in done.text
    assert units(done.text) <= 4096


async def test_the_corridors_are_buttons_too(talk: Conversation):
    [welcome] = await talk.say("/start")
    assert {"Dakar–Bamako nord", "Abidjan–Bamako via Zégoua"} <= set(welcome.button_texts)
    await talk.tap("Dakar–Bamako nord")
    assert await talk.follows() == ["corridor:dkr-bko-n"]


async def test_who_stopped_halfway_goes_on_a_day_later_where_they_were(talk: Conversation):
    await talk.say("/start")
    await talk.tap("English")
    talk.clock.now += timedelta(days=1)
    assert (await talk.store.redis.ttl(keys.dialog(str(DRIVER)))) > timedelta(days=1).total_seconds()
    assert (await talk.answer("Kayes")).startswith("Noted. You follow: Kayes")


async def test_who_comes_back_too_late_for_the_dialogue_is_still_understood(talk: Conversation):
    await talk.say("/start")
    await talk.store.dialogs.close(Recipient(DRIVER))
    [offer] = await talk.say("Kayes Bamako")
    assert offer.text == "Kayes → Bamako : que voulez-vous ?"
    assert await talk.follows() == []
    await talk.tap("Suivre")
    assert await talk.follows() == ["route:kayes/bamako"]


async def test_an_old_road_button_works_for_ever(talk: Conversation):
    await talk.say("/start")
    await talk.store.dialogs.close(Recipient(DRIVER))
    talk.clock.now += timedelta(days=300)
    await talk.tap("RN6")
    assert await talk.follows() == ["road:RN6"]


@pytest.mark.parametrize(
    ("payload", "offered"),
    [("RN1", "Suivre RN1"), ("kayes", "Suivre Kayes et 50 km autour"), ("kayes_bamako", "Suivre Kayes → Bamako")],
)
async def test_a_link_names_the_road_it_was_made_for(talk: Conversation, payload: str, offered: str):
    [offer] = await talk.say(f"/start {payload}")
    assert offer.button_texts[0] == offered
    await talk.tap(offered)
    assert len(await talk.follows()) == 1


@pytest.mark.parametrize("payload", ["start", "xyzzy", "%%%"])
async def test_a_link_that_names_nothing_is_a_plain_start(talk: Conversation, payload: str):
    assert (await talk.answer(f"/start {payload}")).startswith("Bonjour. Je suis Siraba.\nJe vous préviens")

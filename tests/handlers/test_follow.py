"""What a chat follows, and how it stops."""

from datetime import timedelta

import pytest

from alerts.audience.model import Level
from tests.support.conversation import Conversation
from tests.support.service import atlas


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        pytest.param("/suivre RN1", "road:RN1", id="road"),
        pytest.param("/SUIVRE rn 1", "road:RN1", id="capitals-and-spaces"),
        pytest.param("/subscribe Kayes", "place:kayes:50", id="town"),
        pytest.param("/suivre Kayes Bamako", "route:kayes/bamako", id="route"),
        pytest.param("/suivre de Kayes à Bamako", "route:kayes/bamako", id="route-in-french"),
        pytest.param("/subscribe from Kayes to Bamako", "route:kayes/bamako", id="route-in-english"),
        pytest.param("/suivre Kayes → Bamako", "route:kayes/bamako", id="route-with-an-arrow"),
        pytest.param("/suivre SEGOU", "place:segou:50", id="no-accent"),
        pytest.param("/follow@SirabaDemoBot RN7", "road:RN7", id="another-name"),
    ],
)
async def test_a_road_is_followed_however_it_is_typed(talk: Conversation, typed: str, key: str):
    await talk.say(typed.replace("SirabaDemoBot", talk.application.bot.username))
    assert await talk.follows() == [key]


async def test_a_town_is_followed_once_at_the_radius_typed_last(talk: Conversation):
    await talk.say("/suivre Kayes")
    assert "30 km" in await talk.answer("/suivre Kayes 30 km")
    assert await talk.follows() == ["place:kayes:30"]
    assert "30 km" in await talk.answer("/stop Kayes")
    assert await talk.follows() == []


@pytest.mark.parametrize("typed", ["/suivre Kayes Bamako 48h", "/subscribe Kayes Bamako 2 days"])
async def test_a_trip_ends_by_itself(talk: Conversation, typed: str):
    text = await talk.answer(typed)
    chat = await talk.chat()
    assert chat is not None
    assert chat.subscriptions[0].until == talk.clock.now + timedelta(hours=48)
    assert "Kayes → Bamako" in text
    assert "7 oct" in text

    talk.clock.now += timedelta(hours=49)
    assert (await talk.answer("/mesroutes")).startswith("Vous ne suivez rien")


@pytest.mark.parametrize(
    ("command", "language", "says"),
    [
        pytest.param("/suivre", "fr", "/suivre Kayes Bamako 48h", id="french"),
        pytest.param("/subscribe", "en", "/subscribe Kayes Bamako 48h", id="english"),
    ],
)
async def test_a_command_followed_by_nothing_gives_an_example(
    talk: Conversation, command: str, language: str, says: str
):
    [message] = await talk.say(command, language_code=language)
    assert says in message.text
    assert "RN6" in message.button_texts


async def test_an_unknown_place_is_asked_back_with_roads_to_tap(talk: Conversation):
    [message] = await talk.say("/suivre Xyzzyville")
    assert message.text.startswith("Je ne connais pas « Xyzzyville ».")
    assert "RN1" in message.button_texts
    assert await talk.follows() == []


async def test_a_suggestion_is_one_tap(talk: Conversation):
    [message] = await talk.say("/suivre Diéma Bamab")
    assert message.button_texts == ["Diéma → Bamba"]
    await talk.tap("Diéma → Bamba")
    assert await talk.follows() == ["route:diema/bamba"]


async def test_the_list_stops_what_is_tapped(talk: Conversation):
    await talk.say("/suivre RN1")
    await talk.say("/suivre Kayes")
    [listed] = await talk.say("/mesroutes")
    assert listed.button_texts == [
        "Arrêter : RN1",
        "Régler",
        "Arrêter : Kayes",
        "Régler",
        "Tout arrêter",
    ]
    await talk.tap("Arrêter : RN1")
    assert await talk.follows() == ["place:kayes:50"]


async def test_a_second_tap_on_stop_is_answered_kindly(talk: Conversation):
    await talk.say("/suivre RN1")
    await talk.say("/mesroutes")
    await talk.tap("Arrêter : RN1")
    [message] = await talk.again()
    assert message.text == "C'était déjà arrêté."


@pytest.mark.parametrize("command", ["/stop RN1", "/unsubscribe rn1", "/arrêter RN1", "/ARRETER RN1", "/stop tout"])
async def test_stop_takes_a_name_or_everything(talk: Conversation, command: str):
    await talk.say("/suivre RN1")
    await talk.say(command)
    assert await talk.follows() == []


async def test_stop_without_words_shows_what_there_is(talk: Conversation):
    await talk.say("/suivre RN1")
    [message] = await talk.say("/arrêter")
    assert "Arrêter : RN1" in message.button_texts
    assert await talk.follows() == ["road:RN1"]


async def test_stopping_what_was_never_followed_says_so(talk: Conversation):
    assert await talk.answer("/stop RN6") == "Vous ne suiviez pas : RN6."


async def test_a_chat_cannot_follow_the_whole_map(talk: Conversation):
    for name in sorted(place.name for place in atlas().places.values() if place.stop)[:40]:
        await talk.say(f"/suivre {name}")
    assert "30" in await talk.answer("/suivre RN1")
    assert len(await talk.follows()) == 30


@pytest.mark.parametrize(
    ("button", "level"),
    [
        ("Tout, même non confirmé", Level.ALL),
        ("• Probable et confirmé", Level.PROBABLE),
        ("Confirmé seulement", Level.CONFIRMED),
    ],
)
async def test_each_road_has_its_own_level(talk: Conversation, button: str, level: Level):
    await talk.say("/suivre RN6")
    await talk.say("/suivre RN1")
    await talk.say("/mesroutes")
    await talk.tap("q:tune:road:RN1")
    await talk.tap(button)
    await talk.again()
    chat = await talk.chat()
    assert chat is not None
    assert {one.area.id: one.level for one in chat.subscriptions} == {"RN6": Level.PROBABLE, "RN1": level}


async def test_following_a_road_again_keeps_its_level(talk: Conversation):
    await talk.say("/suivre RN1")
    await talk.say("/mesroutes")
    await talk.tap("Régler")
    await talk.tap("Confirmé seulement")
    await talk.say("/suivre RN1 48h")
    chat = await talk.chat()
    assert chat is not None
    [subscription] = chat.subscriptions
    assert subscription.level is Level.CONFIRMED
    assert subscription.until is not None


async def test_the_level_of_a_road_that_was_stopped_is_not_set(talk: Conversation):
    await talk.say("/suivre RN1")
    await talk.say("/mesroutes")
    await talk.tap("Régler")
    await talk.say("/stop RN1")
    [message] = await talk.tap("Confirmé seulement")
    assert message.text == "C'était déjà arrêté."
    assert await talk.follows() == []

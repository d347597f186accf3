"""A chat begins: language, a first road, and nothing lost the second time."""

from tests.support.conversation import Conversation


async def test_start_offers_languages_and_roads(talk: Conversation):
    [welcome] = await talk.say("/start", language_code="fr")
    assert welcome.button_texts[:3] == ["• Français", "English", "Bamanankan"]
    assert {"RN1", "RN6", "RN7", "Kayes", "Nioro", "Sikasso"} <= set(welcome.button_texts)

"""Each road as its chat wants it: how sure, which kinds, how far around, until when."""

from datetime import timedelta

import pytest

from alerts.audience.model import Subscription, Topic
from tests.support.builders import NOW
from tests.support.conversation import Conversation


async def followed(talk: Conversation) -> Subscription:
    stored = await talk.chat()
    assert stored is not None
    [subscription] = stored.subscriptions
    return subscription


async def test_the_card_of_a_road_says_how_it_is_followed(talk: Conversation):
    await talk.say("/suivre Kayes Bamako 48h")
    await talk.say("/mesroutes")
    [card] = await talk.tap("Régler")
    assert card.text.splitlines() == [
        "Kayes → Bamako",
        "Niveau : Probable et confirmé",
        "Nouvelles : sécurité, route, carburant",
        "Durée : jusqu'au 7 oct.",
    ]


async def test_kinds_of_news_switch_one_by_one_and_the_last_stays_on(talk: Conversation):
    await talk.say("/suivre RN1")
    await talk.say("/mesroutes")
    await talk.tap("Régler")
    await talk.tap("• sécurité")
    await talk.tap("• carburant")
    assert (await followed(talk)).topics == {Topic.ROAD}
    await talk.tap("• route")
    assert (await followed(talk)).topics == {Topic.ROAD}
    await talk.tap("sécurité")
    await talk.again()
    assert (await followed(talk)).topics == {Topic.ROAD, Topic.SECURITY}


async def test_a_town_has_a_radius_to_tap_and_a_road_has_none(talk: Conversation):
    await talk.say("/suivre Kayes")
    await talk.say("/mesroutes")
    [card] = await talk.tap("Régler")
    assert {"10 km", "30 km", "• 50 km", "100 km"} <= set(card.button_texts)
    await talk.tap("100 km")
    assert await talk.follows() == ["place:kayes:100"]
    await talk.again()
    assert await talk.follows() == ["place:kayes:100"]


async def test_a_road_is_followed_for_a_trip_or_for_good(talk: Conversation):
    await talk.say("/suivre RN1")
    await talk.say("/mesroutes")
    [card] = await talk.tap("Régler")
    assert "100 km" not in card.button_texts
    await talk.tap("48 h")
    assert (await followed(talk)).until == NOW + timedelta(hours=48)
    await talk.tap("pour de bon")
    assert (await followed(talk)).until is None


async def test_a_keyboard_of_before_still_finds_a_town_at_its_new_radius(talk: Conversation):
    await talk.say("/suivre Kayes")
    await talk.say("/mesroutes")
    await talk.tap("Régler")
    await talk.say("/suivre Kayes 30 km")
    await talk.tap("Confirmé seulement")
    assert (await followed(talk)).area.radius_km == 30
    assert (await followed(talk)).level == "confirmed"


@pytest.mark.parametrize(
    "data",
    ["c:level:sure:road:RN1", "c:topics:xyz:road:RN1", "c:radius:30:road:RN1", "c:radius:7000:road:RN1",
     "c:until:9999:road:RN1", "q:tune:nonsense", "c:level:all:nonsense:x", "c:topics::", "c:until:48:"],
)  # fmt: skip
async def test_a_forged_choice_changes_nothing(talk: Conversation, data: str):
    await talk.say("/suivre RN1")
    before = await followed(talk)
    await talk.say("/mesroutes")
    await talk.telegram.tap(1, "Régler")
    [real] = await talk.telegram.pending_updates()
    talk.updates.append({"update_id": real["update_id"]})
    forged = {"update_id": 5_000_002, "callback_query": {**real["callback_query"], "data": data}}
    assert len(await talk.receive(forged)) == 1
    assert await followed(talk) == before

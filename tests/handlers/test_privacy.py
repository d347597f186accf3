"""What is kept of a chat, and how it goes."""

from datetime import timedelta

import pytest

from alerts.store import keys
from tests.support.builders import NOW
from tests.support.conversation import DRIVER, Conversation


async def due(talk: Conversation, after: timedelta) -> set[int]:
    """Ids of the driver's messages that must be gone after this time."""
    return {message_id for _, message_id in await talk.store.agenda.deletions_due(now=NOW + after)}


async def test_in_short_mode_a_command_goes_at_once_and_the_answer_later(talk: Conversation):
    [message] = await talk.say("/aide")
    assert await due(talk, timedelta(0)) == {message.message_id - 1}
    assert message.message_id not in await due(talk, timedelta(hours=11, minutes=59))
    assert message.message_id in await due(talk, timedelta(hours=12))


async def test_the_hours_are_the_chats_choice(talk: Conversation):
    await talk.say("/court 6")
    [message] = await talk.say("/aide")
    assert message.message_id in await due(talk, timedelta(hours=6))


@pytest.mark.parametrize("command", ["/court non", "/short off", "/court NON"])
async def test_full_messages_stay(talk: Conversation, command: str):
    await talk.say(command)
    await talk.store.redis.delete(keys.DELETIONS)
    [message] = await talk.say("/aide")
    assert not message.protect_content
    assert await due(talk, timedelta(days=2)) == set()


@pytest.mark.parametrize(
    ("command", "language", "begins"),
    [
        pytest.param("/court", "fr", "Mode court : messages courts et neutres, effacés après 12 h.", id="french"),
        pytest.param("/short", "en", "Short mode: short, neutral messages, deleted after 12 h.", id="english"),
        pytest.param("/court 24", "fr", "Mode court : messages courts et neutres, effacés après 24 h.", id="hours"),
        pytest.param("/court 7", "fr", "Exemples : /court 6", id="no-such-hours"),
        pytest.param("/short maybe", "en", "Examples: /short 6", id="no-such-word"),
    ],
)
async def test_short_mode_says_how_it_stands(talk: Conversation, command: str, language: str, begins: str):
    assert (await talk.answer(command, language_code=language)).startswith(begins)


async def test_the_buttons_of_short_mode_switch_it(talk: Conversation):
    await talk.say("/court")
    await talk.tap("Messages complets")
    off = await talk.chat()
    assert off is not None
    assert not off.short
    await talk.tap("Courts, 24 h")
    on = await talk.chat()
    assert on is not None
    assert (on.short, on.delete_after_hours) == (True, 24)


async def test_wipe_brings_every_deletion_forward_and_offers_to_forget(talk: Conversation):
    [earlier] = await talk.say("/aide")
    [message] = await talk.say("/effacer")
    assert earlier.message_id in await due(talk, timedelta(0))
    assert message.button_texts == ["Tout oublier"]
    [sure] = await talk.tap("Tout oublier")
    assert sure.button_texts == ["Oui, tout oublier", "Annuler"]


async def test_forget_asks_first(talk: Conversation):
    await talk.say("/suivre RN1")
    await talk.say("/oubli")
    assert await talk.follows() == ["road:RN1"]
    await talk.tap("Annuler")
    assert await talk.follows() == ["road:RN1"]


@pytest.mark.parametrize("command", ["/oubli", "/forget", "/effacer"])
async def test_forgetting_leaves_no_trace_in_the_store(talk: Conversation, command: str):
    await talk.say("/suivre RN1")
    await talk.say("/suivre Kayes Bamako")
    await talk.say(command)
    if command == "/effacer":
        await talk.tap("Tout oublier")
    await talk.tap("Oui, tout oublier")
    assert await talk.chat() is None
    assert not any(str(DRIVER) in key.split(":") for key in await talk.stored())
    assert await talk.store.redis.zrange(keys.DELETIONS, 0, -1) == []
    assert await talk.store.chats.count() == 0


async def test_forgetting_takes_the_bots_messages_along(talk: Conversation):
    [help_] = await talk.say("/aide")
    await talk.say("/oubli")
    [left] = await talk.tap("Oui, tout oublier")
    standing = {message.message_id for message in await talk.telegram.messages(DRIVER)}
    assert help_.message_id not in standing
    assert left.text.startswith("Tout est effacé.")


async def test_forgetting_twice_is_forgetting_once(talk: Conversation):
    await talk.say("/suivre RN1")
    await talk.say("/oubli")
    await talk.tap("Oui, tout oublier")
    while (await talk.store.redis.info("persistence"))["aof_rewrite_in_progress"]:
        continue
    [again] = await talk.again()
    assert again.text.startswith("Tout est effacé.")
    assert await talk.chat() is None


@pytest.mark.parametrize(
    ("command", "language", "says"),
    [
        ("/confidentialite", "fr", ["180 jours", "7 jours", "48 h", "chiffrés de bout en bout", "/oubli"]),
        ("/privacy", "en", ["180 days", "7 days", "48 h", "end-to-end encrypted", "/forget"]),
    ],
)
async def test_privacy_says_what_is_kept_and_what_cannot_be_deleted(
    talk: Conversation, command: str, language: str, says: list[str]
):
    text = await talk.answer(command, language_code=language)
    assert [piece for piece in says if piece not in text] == []

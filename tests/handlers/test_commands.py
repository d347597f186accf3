"""Which words reach which handler, what changes something, and what nobody understands."""

import re
from typing import Any

import pytest

from alerts.desk.roles import Role
from alerts.store import keys
from handlers.commands import COMMANDS, TAPS, Command, is_question, menu, plain
from tests.support.conversation import ADMIN, DRIVER, Conversation
from tests.support.service import voices


def typed(text: str) -> dict[str, Any]:
    return {"update_id": 1, "message": {"text": text}}


def tapped(data: str) -> dict[str, Any]:
    return {"update_id": 1, "callback_query": {"data": data}}


@pytest.mark.parametrize(
    ("update", "has_dialog", "expected"),
    [
        pytest.param(typed("/route Kayes Bamako"), False, True, id="route"),
        pytest.param(typed("/AXE rn1"), False, True, id="capitals"),
        pytest.param(typed("/confidentialité"), False, True, id="accents"),
        pytest.param(typed("/carburant@siraba_bot"), True, True, id="with-the-bots-name"),
        pytest.param(typed("/nosuchthing"), True, True, id="unknown-command"),
        pytest.param(typed("bonjour"), False, True, id="free-text"),
        pytest.param(typed("Kayes"), True, False, id="answer-in-a-dialogue"),
        pytest.param(typed("/suivre RN1"), False, False, id="follow"),
        pytest.param(typed("/arrêter RN1"), False, False, id="stop-with-an-accent"),
        pytest.param(typed("/incident ambush"), False, False, id="admin"),
        pytest.param({"message": {"photo": []}}, False, True, id="photo"),
        pytest.param({"message": {"document": {}}}, True, True, id="document-in-a-dialogue"),
        pytest.param({"channel_post": {"text": "/suivre RN1"}}, False, False, id="channel"),
        pytest.param(tapped("q:now"), False, True, id="asking-button"),
        pytest.param(tapped("c:follow:RN1"), False, False, id="changing-button"),
        pytest.param(tapped("whatever"), False, True, id="forged-button"),
        pytest.param({"my_chat_member": {}}, False, False, id="membership"),
    ],
)
def test_what_only_asks_is_told_from_what_changes(update: dict[str, Any], has_dialog: bool, expected: bool):  # noqa: FBT001
    assert is_question(update, has_dialog) is expected


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        pytest.param({"channel_post": {"text": "Route coupée"}}, False, id="post"),
        pytest.param({"channel_post": {"caption": "Route coupée", "photo": []}}, False, id="picture"),
        pytest.param({"channel_post": {"caption": "Route coupée", "document": {}}}, False, id="document"),
        pytest.param({"edited_channel_post": {"text": "Route ouverte"}}, False, id="edited"),
        pytest.param({"channel_post": {"text": "/route Kayes Bamako"}}, True, id="question"),
    ],
)
def test_posts_of_a_channel_that_is_a_source_are_news_and_must_not_be_lost(update: dict[str, Any], expected: bool):  # noqa: FBT001
    assert is_question(update, has_dialog=False, of_source=True) is expected
    assert is_question(update, has_dialog=False)


HELP = {None: "help.text", Role.EDITOR: "help.editor", Role.ADMIN: "help.admin", Role.OWNER: "help.owner"}


def test_every_name_has_one_meaning():
    names = [plain(name) for command in COMMANDS for name in dict.fromkeys(command.names)]
    assert sorted(names) == sorted(set(names))
    assert len({tap.verb for tap in TAPS}) == len(TAPS)


@pytest.mark.parametrize("language", ["fr", "en", "bm"])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.names[1])
def test_every_command_is_in_the_help_of_its_language(command: Command, language: str):
    text = voices()[language].say(HELP[command.needs])
    assert re.search(rf"/{command.name_in(language)}\b", text)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_help_names_no_command_that_is_not_there(language: str):
    voice = voices()[language]
    named = re.findall(r"/([a-z_]+)", "".join(voice.say(key) for key in HELP.values()))
    assert {plain(name) for name in named} <= {plain(name) for command in COMMANDS for name in command.names}


@pytest.mark.parametrize("language", ["fr", "en", "bm"])
def test_the_menu_is_short_enough_for_telegram_and_names_no_admin_command(language: str):
    shown = menu(voices()[language])
    admins = {name for command in COMMANDS if command.needs for name in command.names}
    assert len(shown) == 11
    assert all(re.fullmatch(r"[a-z_]{1,32}", name) and 1 <= len(text) <= 256 for name, text in shown)
    assert not {name for name, _ in shown} & admins


@pytest.mark.parametrize(
    ("command", "begins"),
    [
        pytest.param("/AIDE", "Ce que je sais faire", id="capitals"),
        pytest.param("/help", "Ce que je sais faire", id="english-name-french-answer"),
        pytest.param("/confidentialité", "Ce qui est gardé", id="accent"),
        pytest.param("  /aide  ", "Ce que je sais faire", id="spaces"),
        pytest.param("/aide\n\nmerci", "Ce que je sais faire", id="lines"),
        pytest.param("/nosuchthing", "Je ne connais pas cette commande", id="unknown"),
        pytest.param("/", "Je ne comprends que les commandes", id="a-slash"),
        pytest.param("/😀", "Je ne connais pas cette commande", id="an-emoji"),
        pytest.param("😀" * 4000, "Je ne comprends que les commandes", id="4000-emoji"),
        pytest.param("/route " + "😀" * 2000, "Je ne connais pas", id="emoji-for-a-place"),
        pytest.param("/route " + "a" * 4000, "Je ne connais pas", id="endless-place"),
        pytest.param("/route \x00\u202e\u200b", "Je ne connais pas", id="unseen-signs"),
        pytest.param("J'ai vu un barrage", "Je ne comprends que les commandes", id="free-text"),
    ],
)
async def test_whatever_is_typed_gets_a_clear_sentence(talk: Conversation, command: str, begins: str):
    text = await talk.answer(command)
    assert text.startswith(begins)
    assert len(text) < 4096


async def test_a_command_for_another_bot_is_left_to_it(talk: Conversation):
    assert await talk.say("/aide@another_bot") == []


@pytest.mark.parametrize("what", ["photo", "voice", "location", "sticker"])
async def test_what_is_no_text_gets_a_kind_word(talk: Conversation, what: str):
    media: dict[str, Any] = {
        "photo": [{"file_id": "x", "file_unique_id": "x", "width": 1, "height": 1}],
        "voice": {"file_id": "x", "file_unique_id": "x", "duration": 1},
        "location": {"latitude": 14.0, "longitude": -9.0},
        "sticker": {
            "file_id": "x", "file_unique_id": "x", "type": "regular", "width": 1, "height": 1,
            "is_animated": False, "is_video": False,
        },
    }  # fmt: skip
    await talk.telegram.open_chats(DRIVER)
    [message] = await talk.receive(message_update(**{what: media[what]}))
    assert message.text.startswith("Je ne comprends que les commandes")


def message_update(**content: Any) -> dict[str, Any]:
    """An update that nobody typed."""
    message = {
        "message_id": 1,
        "date": 1_760_000_000,
        "chat": {"id": DRIVER, "type": "private"},
        "from": {"id": DRIVER, "is_bot": False, "first_name": "", "language_code": "fr"},
        **content,
    }
    return {"update_id": 5_000_000, "message": message}


async def test_an_edited_message_is_never_run(talk: Conversation):
    message_id = await talk.telegram.say(DRIVER, "/aide")
    await talk.take()
    await talk.telegram.edit(DRIVER, message_id, "/suivre RN1")
    await talk.take()
    assert await talk.chat() is None
    edited = message_update(text="/suivre RN1")
    assert await talk.receive({"update_id": 5_000_001, "edited_message": edited["message"]}) == []


@pytest.mark.parametrize(
    "data",
    ["q:nosuchverb:x", "c:nosuchverb", "x", "c:post:1", "c:resume:yes", "c:discard:1", "c:type:ambush", "c:when:today"],
)
async def test_an_old_or_forged_button_is_answered_with_fresh_ones(talk: Conversation, data: str):
    [message] = await talk.receive(await tap_update(talk, data))
    assert message.text.startswith("Ce bouton ne sert plus.")
    assert "RN1" in message.button_texts


@pytest.mark.parametrize("data", ["c:stop:road:NONE", "c:language:xx", "c:forget:maybe", "c:short:99", "q:route:"])
async def test_forged_words_behind_a_button_do_no_harm(talk: Conversation, data: str):
    await talk.say("/suivre RN1")
    before = await talk.follows()
    await talk.receive(await tap_update(talk, data))
    assert await talk.follows() == before


async def tap_update(talk: Conversation, data: str) -> dict[str, Any]:
    """A tap on the bot's last message with data that was never under it."""
    await talk.say("/aide")
    await talk.telegram.tap(DRIVER, "Mes routes")
    [real] = await talk.telegram.pending_updates()
    talk.updates.append({"update_id": real["update_id"]})  # the real tap is not run
    return {"update_id": 5_000_002, "callback_query": {**real["callback_query"], "data": data}}


async def test_a_tap_is_answered_so_that_the_button_rests(talk: Conversation):
    await talk.say("/aide")
    tap = await talk.telegram.tap(DRIVER, "Mes routes")
    await talk.take()
    assert await talk.telegram.answer(tap)


async def test_messages_are_plain_text_without_previews(talk: Conversation):
    [message] = await talk.say("/aide")
    assert not message.raw.get("entities")
    assert message.raw["link_preview_options"]["is_disabled"]


async def test_a_command_within_a_dialogue_is_a_command(talk: Conversation):
    await talk.say("/suivre")
    assert (await talk.answer("/aide")).startswith("Ce que je sais faire")
    assert await talk.store.redis.exists(keys.dialog(str(DRIVER)))


async def test_cancel_ends_the_dialogue(talk: Conversation):
    await talk.say("/suivre")
    assert await talk.answer("/annuler") == "C'est annulé."
    assert (await talk.answer("Kayes")).startswith("Kayes et 50 km autour : que voulez-vous ?")
    assert await talk.follows() == []


@pytest.mark.parametrize("command", sorted({f"/{name}" for one in COMMANDS if one.needs for name in one.names}))
async def test_an_admin_command_is_unknown_to_everyone_else(talk: Conversation, command: str):
    assert await talk.answer(f"{command} 0512") == await talk.answer("/nosuchthing")


async def test_only_admins_see_their_commands_in_help(talk: Conversation):
    assert "/dementir" not in await talk.answer("/aide")
    assert "/dementir" in await talk.answer("/aide", chat=ADMIN)

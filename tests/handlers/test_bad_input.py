"""Every command against everything people, programs and phones send: a clear answer, no fault, no trace."""

from typing import Any

import pytest

from alerts.audience.model import Recipient
from handlers.commands import COMMANDS
from tests.support.conversation import ADMIN, DRIVER, GROUP, Conversation

BOT = 77
CHANNEL = -300
ODD = {
    "nothing": "",
    "wrong": "Xyzzyville",
    "4000-signs": "a" * 3900,
    "emoji": "😀🚚⛽",
    "arabic": "باماكو إلى كايس",
    "nko": "ߓߡߊ߬ߞߐ߫",
    "html": "<b>Kayes</b><script>alert(1)</script>",
    "format-strings": "{area} {0} %s %n ${HOME} {{}}",
    "unseen-signs": "\u202e\u200b\u0007",
    "lines": "Kayes\n/suivre RN7\nBamako",
}
NAMES = [command.names[0] for command in COMMANDS]
READERS = [command.names[0] for command in COMMANDS if not command.needs]


@pytest.mark.parametrize("odd", ODD)
async def test_every_command_answers_whatever_follows_it(
    talk: Conversation, odd: str, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level("DEBUG"):
        for name in NAMES:
            [message, *_] = await talk.say(f"/{name} {ODD[odd]}", chat=ADMIN)
            assert 0 < len(message.text) <= 4096, name
            await talk.store.dialogs.close(Recipient(ADMIN))
    ours = [record.getMessage() for record in caplog.records if record.name.startswith(("handlers", "alerts", "bot"))]
    assert not [line for line in ours if ODD[odd][:12] in line and ODD[odd]]


@pytest.mark.parametrize("odd", [odd for odd in ODD if odd not in {"nothing", "lines"}])
async def test_what_was_asked_stays_nowhere_in_the_store(talk: Conversation, odd: str):
    await talk.say("/start")
    for name in READERS:
        await talk.say(f"/{name} {ODD[odd]}")
    assert not [key for key, text in (await contents(talk)).items() if ODD[odd][:12] in text]


async def contents(talk: Conversation) -> dict[str, str]:
    redis, found = talk.store.redis, {}
    async for key in redis.scan_iter():
        match await redis.type(key):
            case "string":
                found[key] = await redis.get(key)
            case "hash":
                found[key] = str(await redis.hgetall(key))
            case "set":
                found[key] = str(await redis.smembers(key))
            case "zset":
                found[key] = str(await redis.zrange(key, 0, -1))
            case "stream":
                found[key] = str(await redis.xrange(key))
            case "list":
                found[key] = str(await redis.lrange(key, 0, -1))
    return found


def update(text: str, *, chat: int = DRIVER, kind: str = "message", **more: Any) -> dict[str, Any]:
    """What no person of the stand-in can send."""
    types = {DRIVER: "private", GROUP: "supergroup", CHANNEL: "channel"}
    message = {
        "message_id": 900,
        "date": 1_760_000_000,
        "chat": {"id": chat, "type": types[chat], "title": ""},
        "from": {"id": DRIVER, "is_bot": False, "first_name": "", "language_code": "fr"},
        "text": text,
        **more,
    }
    return {"update_id": 7_000_000, kind: {name: value for name, value in message.items() if value is not None}}


FORWARDED = {"forward_origin": {"type": "hidden_user", "sender_user_name": "X", "date": 1_760_000_000}}


async def test_a_forwarded_command_is_somebody_elses_and_not_run(talk: Conversation):
    await talk.telegram.open_chats(DRIVER)
    for name in NAMES:
        [message] = await talk.receive(update(f"/{name} RN1", **FORWARDED))
        assert message.text.startswith("Je ne comprends que les commandes")
    assert await talk.chat() is None


async def test_a_forwarded_text_is_no_answer_in_a_dialogue(talk: Conversation):
    await talk.say("/suivre")
    await talk.receive(update("Kayes", **FORWARDED))
    assert await talk.follows() == []


async def test_an_edited_command_is_not_run_again(talk: Conversation):
    await talk.telegram.open_chats(DRIVER)
    for name in NAMES:
        assert await talk.receive(update(f"/{name} RN1", kind="edited_message")) == []
    assert await talk.chat() is None


async def test_another_bot_is_not_answered(talk: Conversation):
    await talk.telegram.join(GROUP, user=DRIVER)
    await talk.take()
    robot = {"id": BOT, "is_bot": True, "first_name": "", "username": "x_bot"}
    for name in NAMES:
        assert await talk.receive(update(f"/{name} RN1", chat=GROUP, **{"from": robot}), chat=GROUP) == []


async def test_an_anonymous_admin_of_the_group_is_answered(talk: Conversation):
    await talk.telegram.join(GROUP, user=DRIVER)
    await talk.take()
    robot = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    group = {"id": GROUP, "type": "supergroup", "title": ""}
    for name in READERS:
        asked = update(f"/{name}", chat=GROUP, sender_chat=group, **{"from": robot})
        [answer] = await talk.receive(asked, chat=GROUP)
        assert "administrateurs" not in answer.text


async def test_a_channel_post_is_a_command_and_its_answer_leads_into_the_private_chat(talk: Conversation):
    await talk.telegram.join(CHANNEL, kind="channel", status="administrator", user=DRIVER)
    await talk.take()
    for name in READERS:
        posted = update(f"/{name}", chat=CHANNEL, kind="channel_post", **{"from": None})
        [message] = await talk.receive(posted, chat=CHANNEL)
        assert message.button_texts == ["Ouvrir Siraba"], name


async def test_a_reader_of_a_channel_changes_nothing_there_with_a_button_of_their_own_making(talk: Conversation):
    await talk.telegram.join(CHANNEL, kind="channel", status="administrator", user=ADMIN)
    await talk.take()
    await talk.telegram.promote(CHANNEL, 5, status="member")
    await talk.say("/suivre RN7", chat=CHANNEL, kind="channel")
    query = {
        "id": "1",
        "from": {"id": 5, "is_bot": False, "first_name": ""},
        "chat_instance": "1",
        "message": {"message_id": 2, "date": 1_760_000_000, "chat": {"id": CHANNEL, "type": "channel", "title": ""}},
    }
    await talk.say("/aide")
    await talk.telegram.tap(DRIVER, "Mes routes")
    [real] = await talk.telegram.pending_updates()
    talk.updates.append({"update_id": real["update_id"]})
    tapped = query | {"id": real["callback_query"]["id"], "data": "c:stop:all"}
    assert await talk.receive({"update_id": 7_000_001, "callback_query": tapped}, chat=CHANNEL) == []
    assert await talk.follows(CHANNEL) == ["road:RN7"]


@pytest.mark.parametrize("data", ["c:follow:RN1", "c:stop:road:RN6", "c:short:24", "c:pause:4", "c:brief:6h"])
async def test_two_taps_at_once_do_what_one_does(talk: Conversation, data: str):
    await talk.say("/suivre RN6")
    await talk.say("/aide")
    await talk.telegram.tap(DRIVER, "Mes routes")
    [real] = await talk.telegram.pending_updates()
    talk.updates.append({"update_id": real["update_id"]})
    twice = [{"update_id": 7_000_000 + n, "callback_query": {**real["callback_query"], "data": data}} for n in (1, 2)]
    await talk.receive(twice[0])
    once = await talk.chat()
    assert len(await talk.receive(twice[1])) == 1
    assert await talk.chat() == once


@pytest.mark.parametrize(
    "data", ["", "x", ":::", "q:", "c:", "q:leg:kayes/bamako/ff", "q:image:nowhere", "c:stop:" + "x" * 50]
)
async def test_data_that_nobody_made_gets_a_fresh_keyboard_or_a_clear_word(talk: Conversation, data: str):
    await talk.say("/aide")
    await talk.telegram.tap(DRIVER, "Mes routes")
    [real] = await talk.telegram.pending_updates()
    talk.updates.append({"update_id": real["update_id"]})
    forged = {"update_id": 7_000_003, "callback_query": {**real["callback_query"], "data": data}}
    [message] = await talk.receive(forged)
    assert message.text

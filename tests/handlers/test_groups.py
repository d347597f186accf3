"""In a group its admins decide; in a channel whoever may post; nobody posts for the desk."""

from typing import Any

import pytest

from alerts.audience.model import ChatKind
from tests.support.conversation import ADMIN, DRIVER, GROUP, Conversation

CHANNEL = -200
MEMBER = 5


@pytest.fixture
async def group(talk: Conversation) -> Conversation:
    await talk.telegram.join(GROUP, user=DRIVER)
    await talk.telegram.promote(GROUP, DRIVER)
    await talk.telegram.promote(GROUP, MEMBER, status="member")
    await talk.take()
    return talk


async def test_a_group_is_greeted_once_and_stored_only_when_it_follows(talk: Conversation):
    await talk.telegram.join(GROUP, user=DRIVER)
    await talk.take()
    [hello] = await talk.telegram.messages(GROUP)
    assert hello.text.startswith("Bonjour. Je préviens ce groupe")
    assert await talk.chat(GROUP) is None


async def test_an_admin_of_the_group_chooses(group: Conversation):
    [message] = await group.say("/suivre RN1", chat=GROUP, user=DRIVER)
    assert message.reply_to == message.message_id - 1
    chat = await group.chat(GROUP)
    assert chat is not None
    assert (chat.kind, chat.short, chat.delete_after_hours) == (ChatKind.GROUP, False, 0)
    assert await group.follows(GROUP) == ["road:RN1"]


@pytest.mark.parametrize(
    "command", ["/start", "/suivre RN1", "/stop tout", "/court oui", "/effacer", "/oubli", "/langue"]
)
async def test_a_member_changes_nothing(group: Conversation, command: str):
    await group.say("/suivre RN6", chat=GROUP, user=DRIVER)
    before = await group.chat(GROUP)
    text = await group.answer(command, chat=GROUP, user=MEMBER)
    assert text == "Dans un groupe, seuls ses administrateurs changent ce qu'il reçoit."
    assert await group.chat(GROUP) == before


@pytest.mark.parametrize("button", ["Arrêter : RN6", "Tout oublier"])
async def test_a_member_cannot_tap_for_the_group(group: Conversation, button: str):
    await group.say("/suivre RN6", chat=GROUP, user=DRIVER)
    await group.say("/mesroutes", chat=GROUP, user=DRIVER)
    await group.say("/confidentialite", chat=GROUP, user=DRIVER)
    [message] = await group.tap(button, chat=GROUP, user=MEMBER)
    assert "administrateurs" in message.text
    assert await group.follows(GROUP) == ["road:RN6"]


async def test_every_member_may_ask(group: Conversation):
    assert (await group.answer("/axe RN1", chat=GROUP, user=MEMBER)).startswith("RN1")


async def test_an_admin_of_the_service_is_nobody_in_a_group(group: Conversation):
    unknown = await group.answer("/nosuchthing", chat=GROUP, user=MEMBER)
    assert await group.answer("/halt", chat=GROUP, user=ADMIN) == unknown
    assert await group.store.desk.halted() is None


async def test_what_members_say_to_each_other_is_not_answered(group: Conversation):
    assert await group.receive(group_update("bonjour à tous"), chat=GROUP) == []


async def test_an_admin_who_hides_behind_the_group_may_choose(group: Conversation):
    update = group_update("/suivre RN1", sender_chat={"id": GROUP, "type": "supergroup"})
    await group.receive(update, chat=GROUP)
    assert await group.follows(GROUP) == ["road:RN1"]


async def test_a_channel_that_writes_into_the_group_may_not(group: Conversation):
    update = group_update("/suivre RN1", sender_chat={"id": CHANNEL, "type": "channel"})
    await group.receive(update, chat=GROUP)
    assert await group.follows(GROUP) == []


async def test_a_topic_keeps_its_own_roads_and_answers(group: Conversation):
    await group.telegram.open_topic(GROUP, 7)
    [message] = await group.say("/suivre RN1", chat=GROUP, user=DRIVER, thread=7)
    assert message.thread == 7
    assert await group.chat(GROUP) is None
    topic = await group.chat(GROUP, thread=7)
    assert topic is not None
    assert [one.area.key for one in topic.subscriptions] == ["road:RN1"]


async def test_a_group_that_becomes_a_supergroup_keeps_its_roads(group: Conversation):
    await group.say("/suivre RN1", chat=GROUP, user=DRIVER)
    await group.telegram.migrate(GROUP, GROUP - 1)
    await group.take()
    assert await group.chat(GROUP) is None
    assert await group.follows(GROUP - 1) == ["road:RN1"]


async def test_a_channel_follows_by_a_post(talk: Conversation):
    await talk.telegram.join(CHANNEL, kind="channel", status="administrator", user=DRIVER)
    await talk.take()
    await talk.say("/suivre RN7", chat=CHANNEL, kind="channel")
    chat = await talk.chat(CHANNEL)
    assert chat is not None
    assert (chat.kind, chat.short) == (ChatKind.CHANNEL, False)
    assert await talk.follows(CHANNEL) == ["road:RN7"]


async def test_a_post_in_a_channel_is_not_answered(talk: Conversation):
    await talk.telegram.join(CHANNEL, kind="channel", status="administrator", user=DRIVER)
    await talk.take()
    assert await talk.say("Bonne route à tous", chat=CHANNEL, kind="channel") == []


def group_update(text: str, **more: Any) -> dict[str, Any]:
    """What a bot sees that is an admin of the group."""
    message = {
        "message_id": 900,
        "date": 1_760_000_000,
        "chat": {"id": GROUP, "type": "supergroup", "title": ""},
        "from": {"id": MEMBER, "is_bot": False, "first_name": ""},
        "text": text,
        **more,
    }
    return {"update_id": 6_000_000, "message": message}

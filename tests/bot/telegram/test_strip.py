"""What is stored of a person's update: nothing that says who they are, or where."""

import inspect
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import ChatMember, ChatMemberAdministrator, ChatMemberBanned, ChatMemberRestricted, Update

from bot.telegram.strip import chat_id_of, strip

SECRET = "secret"

_secret = st.builds(lambda number: f"{SECRET}{number}", st.integers(0, 10**9))
_number = st.floats(-90, 90).map(lambda number: f"{SECRET}{number}")


def users() -> st.SearchStrategy[dict[str, Any]]:
    known = {"id": st.integers(1, 10**10), "is_bot": st.booleans(), "first_name": _secret}
    optional = {"last_name": _secret, "username": _secret, "language_code": st.sampled_from(["fr", "bm"])}
    return st.fixed_dictionaries(known, optional=optional)


def chats() -> st.SearchStrategy[dict[str, Any]]:
    known = {
        "id": st.integers(-(10**13), 10**10),
        "type": st.sampled_from(["private", "group", "supergroup", "channel"]),
    }
    names = dict.fromkeys(
        ("title", "username", "first_name", "last_name", "bio", "description", "invite_link"), _secret
    )
    optional = {**names, "location": st.fixed_dictionaries({"address": _secret}), "is_forum": st.booleans()}
    return st.fixed_dictionaries(known, optional=optional)


def entities() -> st.SearchStrategy[list[dict[str, Any]]]:
    mention = st.fixed_dictionaries(
        {"type": st.just("text_mention"), "offset": st.just(0), "user": users(), "url": _secret}
    )
    return st.lists(mention, min_size=1, max_size=2)


def messages(*, text: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    person = st.fixed_dictionaries({"phone_number": _secret, "first_name": _secret, "vcard": _secret})
    place = st.fixed_dictionaries({"latitude": _number, "longitude": _number, "title": _secret, "address": _secret})
    optional: dict[str, st.SearchStrategy[Any]] = {
        "text": text,
        "from": users(),
        "sender_chat": chats(),
        "contact": person,
        "location": place,
        "venue": place,
        "forward_origin": st.fixed_dictionaries({"type": st.just("user"), "sender_user": users(), "date": st.just(1)}),
        "via_bot": users(),
        "new_chat_members": st.lists(users(), min_size=1),
        "left_chat_member": users(),
        "reply_to_message": st.fixed_dictionaries({"message_id": st.just(1), "text": _secret, "from": users()}),
        "quote": st.fixed_dictionaries({"text": _secret}),
        "entities": entities(),
        "caption_entities": entities(),
        "message_thread_id": st.integers(1, 100),
        "is_topic_message": st.booleans(),
        **dict.fromkeys(("caption", "author_signature", "new_chat_title", "media_group_id", "something_new"), _secret),
        **dict.fromkeys(("photo", "document", "voice", "video"), st.fixed_dictionaries({"file_id": _secret})),
    }
    known = {"message_id": st.integers(1, 10**6), "date": st.just(1759654800), "chat": chats()}
    return st.fixed_dictionaries(known, optional=optional)


def members() -> st.SearchStrategy[dict[str, Any]]:
    known = {"user": users(), "status": st.sampled_from(["member", "left"])}
    return st.fixed_dictionaries(known, optional={"custom_title": _secret, "tag": _secret})


def updates() -> st.SearchStrategy[dict[str, Any]]:
    command = st.just("/suivre RN1")
    taps = {"id": st.just("9"), "from": users(), "chat_instance": st.just("5"), "data": st.just("c:follow:RN1")}
    changes = {
        "chat": chats(),
        "from": users(),
        "date": st.just(1759654800),
        "old_chat_member": members(),
        "new_chat_member": members(),
    }
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "message": messages(text=command),
        "channel_post": messages(text=command),
        "callback_query": st.fixed_dictionaries(
            taps, optional={"message": messages(text=_secret), "inline_message_id": _secret}
        ),
        "my_chat_member": st.fixed_dictionaries(
            changes, optional={"invite_link": st.fixed_dictionaries({"invite_link": _secret, "creator": users()})}
        ),
        "edited_message": messages(text=_secret),
        "something_new": st.fixed_dictionaries({"from": users()}),
    }
    return st.one_of(
        *(st.fixed_dictionaries({"update_id": st.integers(1, 10**9), kind: content}) for kind, content in kinds.items())
    )


@given(updates())
def test_nothing_that_names_or_places_a_person_survives(update: dict[str, Any]):
    kept = json.dumps(strip(update))
    assert SECRET not in kept


@given(updates())
def test_what_the_handlers_need_survives(update: dict[str, Any]):
    kept = strip(update)
    assert chat_id_of(kept) == chat_id_of(update)
    read = Update.de_json(kept, None)
    for kind in ("message", "channel_post"):
        if kind in update:
            assert getattr(read, kind).text == update[kind].get("text")
            assert getattr(read, kind).message_thread_id == update[kind].get("message_thread_id")
    if "callback_query" in update:
        assert read.callback_query is not None
        assert read.callback_query.data == "c:follow:RN1"
    if "my_chat_member" in update:
        assert read.my_chat_member is not None
        assert read.my_chat_member.new_chat_member.status == update["my_chat_member"]["new_chat_member"]["status"]


@given(updates())
def test_stripping_twice_changes_nothing_more(update: dict[str, Any]):
    assert strip(strip(update)) == strip(update)


@pytest.mark.parametrize("kind", [ChatMemberAdministrator, ChatMemberRestricted, ChatMemberBanned])
def test_every_standing_can_still_be_read(kind: type[ChatMember]):
    names = [name for name in inspect.signature(kind).parameters if name.startswith(("can_", "is_"))]
    user, status = {"id": 42, "is_bot": True, "first_name": "x"}, kind.__name__.removeprefix("ChatMember").lower()
    status = "kicked" if status == "banned" else status
    member = {**dict.fromkeys(names, True), "user": user, "status": status, "until_date": 0}
    if kind is ChatMemberAdministrator:
        del member["until_date"]
    change = {
        "chat": {"id": -1, "type": "supergroup", "title": "x"},
        "from": {"id": 7, "is_bot": False, "first_name": "x"},
        "date": 1,
        "old_chat_member": {**member, "custom_title": SECRET},
        "new_chat_member": member,
    }
    kept = strip({"update_id": 1, "my_chat_member": change})
    read = Update.de_json(kept, None)
    assert read.my_chat_member is not None
    assert read.my_chat_member.old_chat_member.status == status
    assert SECRET not in json.dumps(kept)


def test_the_words_of_a_dialogue_are_kept_for_its_handler():
    message = {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "Kayes"}
    assert strip({"update_id": 1, "message": message})["message"]["text"] == "Kayes"


def test_a_tap_under_a_message_telegram_no_longer_shows_belongs_to_its_sender():
    tap = {"id": "1", "from": {"id": 7, "is_bot": False, "first_name": "x"}, "data": "c:x", "chat_instance": "1"}
    assert chat_id_of({"update_id": 1, "callback_query": tap}) == 7
    assert chat_id_of({"update_id": 1, "poll": {}}) == 0


@given(updates())
def test_of_a_channel_that_is_a_source_only_the_words_and_its_public_name_survive(update: dict[str, Any]):
    kept = strip(update, of_source=True)
    post = update.get("channel_post")
    if post is not None:
        allowed = {"caption": post.get("caption"), "username": post["chat"].get("username")}
        told = {**kept["channel_post"], **kept["channel_post"]["chat"]}
        assert {name: told[name] for name in allowed if name in told} == {k: v for k, v in allowed.items() if v}
        for name in allowed:
            kept["channel_post"].pop(name, None)
            kept["channel_post"]["chat"].pop(name, None)
    if "my_chat_member" in kept:
        kept["my_chat_member"]["chat"].pop("username", None)
    assert SECRET not in json.dumps(kept)


def test_of_a_forwarded_post_the_channel_is_kept_and_never_a_person():
    chat = {"id": -5, "type": "channel", "title": "Une radio", "username": "radio"}
    known = {"message_id": 1, "date": 1759654800, "chat": chat, "text": "Route coupée"}
    by_channel = {"type": "channel", "date": 1, "message_id": 2, "chat": chat, "author_signature": SECRET}
    by_person = {"type": "user", "date": 1, "sender_user": {"id": 5, "is_bot": False, "first_name": SECRET}}
    for origin, title in ((by_channel, "Une radio"), (by_person, None)):
        update = {"update_id": 1, "channel_post": {**known, "forward_origin": origin}}
        kept = strip(update, of_source=True)["channel_post"]
        assert kept.get("forward_origin", {}).get("chat", {}).get("title") == title
        assert SECRET not in json.dumps(kept)

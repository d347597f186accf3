"""What of an update is kept while it waits in the inbox? What its handler needs, and nothing of who sent it.

A list of what stays, not of what goes: a field that Telegram adds tomorrow is dropped until someone needs it. A post of
a channel that is a source keeps its words and the channel's public name until it is read.
"""

from collections.abc import Mapping
from typing import Any

USER = ("id", "is_bot", "language_code")
CHAT = ("id", "type", "is_forum")
MESSAGE = (
    "message_id",
    "date",
    "text",
    "message_thread_id",
    "is_topic_message",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
)
POSTED = ("message_id", "date", "edit_date", "text", "caption")
CHANNEL = (*CHAT, "username")
ORIGIN = ("type", "date", "message_id")
CALLBACK = ("id", "data", "chat_instance")
MEMBERSHIP = ("date",)
TAPPED = (
    "message_id",
    "date",
    "message_thread_id",
    "is_topic_message",
)  # the bot's own message: the button's data says what was meant


def strip(update: Mapping[str, Any], *, of_source: bool = False) -> dict[str, Any]:
    """The update without names, usernames, captions, pictures, positions, or what it was a reply to.

    `of_source` is whether it comes from a channel that is read as a source.
    """
    kept: dict[str, Any] = {"update_id": update["update_id"]}
    if of_source:
        return kept | _of_source(update)
    for kind in ("message", "channel_post"):
        if kind in update:
            kept[kind] = _message(update[kind])
    if "callback_query" in update:
        query = update["callback_query"]
        kept["callback_query"] = {**_only(query, CALLBACK), "from": _user(query["from"])}
        if "message" in query:
            message = query["message"]
            kept["callback_query"]["message"] = {**_only(message, TAPPED), "chat": _chat(message["chat"])}
    if "my_chat_member" in update:
        kept["my_chat_member"] = _membership(update["my_chat_member"])
    return kept


def chat_id_of(update: Mapping[str, Any]) -> int:
    """Whose turn an update belongs to: the chat it came from, else its sender."""
    for kind in ("message", "channel_post", "edited_channel_post", "my_chat_member"):
        if kind in update:
            return int(update[kind]["chat"]["id"])
    query = update.get("callback_query", {})
    holder = query.get("message", {}).get("chat") or query.get("from") or {"id": 0}
    return int(holder["id"])


def _of_source(update: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for kind in ("channel_post", "edited_channel_post"):
        if kind in update:
            kept[kind] = _post(update[kind])
    if "my_chat_member" in update:
        change = update["my_chat_member"]
        kept["my_chat_member"] = _membership(change) | {"chat": _only(change["chat"], CHANNEL)}
    return kept


def _post(post: Mapping[str, Any]) -> dict[str, Any]:
    """A post's words, and the channel it was forwarded from; a person it was forwarded from is nobody's business."""
    kept = {**_only(post, POSTED), "chat": _only(post["chat"], CHANNEL)}
    origin = post.get("forward_origin", {})
    if origin.get("type") == "channel":
        kept["forward_origin"] = {**_only(origin, ORIGIN), "chat": _only(origin["chat"], (*CHAT, "title"))}
    return kept


def _message(message: Mapping[str, Any]) -> dict[str, Any]:
    kept = {**_only(message, MESSAGE), "chat": _chat(message["chat"])}
    if "from" in message:
        kept["from"] = _user(message["from"])
    if "sender_chat" in message:
        kept["sender_chat"] = _chat(message["sender_chat"])
    return kept


def _membership(change: Mapping[str, Any]) -> dict[str, Any]:
    kept = {**_only(change, MEMBERSHIP), "chat": _chat(change["chat"]), "from": _user(change["from"])}
    for side in ("old_chat_member", "new_chat_member"):
        member = change[side]
        # Which rights belong to a status is Telegram's to say; a right is a yes, a no or a time, a title is neither.
        rights = {name: value for name, value in member.items() if isinstance(value, bool | int)}
        kept[side] = {**rights, "status": member["status"], "user": _user(member["user"])}
    return kept


def _user(user: Mapping[str, Any]) -> dict[str, Any]:
    return {**_only(user, USER), "first_name": ""}  # python-telegram-bot needs the field


def _chat(chat: Mapping[str, Any]) -> dict[str, Any]:
    return _only(chat, CHAT)


def _only(fields: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: fields[name] for name in names if name in fields}

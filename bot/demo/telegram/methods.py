"""Which Bot API methods does the stand-in speak? A table from name to what it does."""

import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from bot.demo.telegram import asking, editing, profile, sending
from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.parameters import Json, Parameters
from bot.demo.telegram.state import State

Method = Callable[[State, Parameters], Any | Awaitable[Any]]


async def get_updates(state: State, asked: Parameters) -> list[Json]:
    """Long poll; see `updates`."""
    state.updates.allow(asked.json("allowed_updates"))
    return await state.updates.poll(
        offset=asked.integer("offset"), limit=asked.integer("limit", 100), timeout=asked.integer("timeout")
    )


def set_webhook(state: State, asked: Parameters) -> bool:
    """Remember where updates should be pushed to; polls are refused from then on.

    Telegram wants HTTPS; a host on this machine may do without.
    """
    url = asked.text("url")
    address = urlsplit(url)
    if url and address.scheme != "https" and address.hostname != "127.0.0.1":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if asked.text("secret_token") and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", asked.text("secret_token")):
        raise bad_request("secret token contains unallowed characters")
    state.updates.allow(asked.json("allowed_updates"))
    return _move_webhook(state, asked, url)


def delete_webhook(state: State, asked: Parameters) -> bool:
    """Return to polling."""
    return _move_webhook(state, asked, "")


def get_webhook_info(state: State, _: Parameters) -> Json:
    """Return where updates go and how many wait."""
    return {
        "url": state.updates.webhook,
        "has_custom_certificate": False,
        "pending_update_count": len(state.updates),
        "allowed_updates": sorted(state.updates.allowed),
    }


def _move_webhook(state: State, asked: Parameters, url: str) -> bool:
    if asked.flag("drop_pending_updates"):
        state.updates.clear()
    state.updates.point(url, asked.text("secret_token"))
    return True


METHODS: dict[str, Method] = {
    "getMe": asking.get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "close": asking.done,
    "logOut": asking.done,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendChatAction": asking.send_chat_action,
    "editMessageText": editing.edit_text,
    "editMessageCaption": editing.edit_caption,
    "editMessageReplyMarkup": editing.edit_markup,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "answerCallbackQuery": asking.answer_callback_query,
    "getFile": asking.get_file,
    "getChat": asking.get_chat,
    "getChatMember": asking.get_chat_member,
    "getChatAdministrators": asking.get_chat_administrators,
    "setMyCommands": profile.set_commands,
    "getMyCommands": profile.get_commands,
    "deleteMyCommands": profile.delete_commands,
    "setMyName": partial(profile.set_text, name="name"),
    "getMyName": partial(profile.get_text, name="name"),
    "setMyDescription": partial(profile.set_text, name="description"),
    "getMyDescription": partial(profile.get_text, name="description"),
    "setMyShortDescription": partial(profile.set_text, name="short_description"),
    "getMyShortDescription": partial(profile.get_text, name="short_description"),
}
# Telegram does not mind the case of a method's name.
NAMES = {name.lower(): name for name in METHODS}

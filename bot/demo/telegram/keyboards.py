"""Is this a keyboard that Telegram would accept, and what can a person tap on it?"""

from collections.abc import Iterator
from typing import Any

from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.parameters import Json, Parameters

LONGEST_DATA = 64
ACTIONS = ("callback_data", "url", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat")


def read_markup(asked: Parameters) -> Json | None:
    """Return `reply_markup`; an inline keyboard is checked, an empty one is None.

    Raises:
        ApiError: 400, the keyboard is not one.
    """
    markup = asked.json("reply_markup")
    if not markup:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" not in markup:
        return markup
    for button in _buttons_of(markup["inline_keyboard"]):
        _check_button(button)
    return markup if any(markup["inline_keyboard"]) else None


def find_button(markup: Json | None, wanted: str) -> Json | None:
    """Return the button whose text or callback data is `wanted`."""
    if not markup or "inline_keyboard" not in markup:
        return None
    buttons = list(_buttons_of(markup["inline_keyboard"]))
    return next((button for button in buttons if wanted in (button["text"], button.get("callback_data"))), None)


def _buttons_of(rows: Any) -> Iterator[Any]:
    if not isinstance(rows, list):
        raise bad_request(
            'can\'t parse reply keyboard markup JSON object: Field "inline_keyboard" must be of type Array'
        )
    for row in rows:
        if not isinstance(row, list):
            raise bad_request('can\'t parse inline keyboard markup: Field "inline_keyboard" must be an Array of Arrays')
        yield from row


def _check_button(button: Any) -> None:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not str(button.get("text", "")).strip():
        raise bad_request("inline keyboard button text is empty")
    if not any(action in button for action in ACTIONS):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= LONGEST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")

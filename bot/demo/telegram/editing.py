"""Which messages may the bot still change or take back?"""

from bot.demo.telegram.chats import Chat, Kind, Message
from bot.demo.telegram.errors import ApiError, bad_request, refusal
from bot.demo.telegram.keyboards import read_markup
from bot.demo.telegram.parameters import Json, Parameters
from bot.demo.telegram.state import State
from bot.demo.telegram.texts import read_caption, read_text

DELETABLE_FOR = 48 * 3600
MOST_DELETED_AT_ONCE = 100


def edit_text(state: State, asked: Parameters) -> Json:
    """Replace a text and its keyboard."""
    text = read_text(asked)
    return _edit(state, asked, {"text": text.plain, "entities": text.entities})


def edit_caption(state: State, asked: Parameters) -> Json:
    """Replace a caption and its keyboard."""
    caption = read_caption(asked)
    return _edit(state, asked, {"caption": caption.plain, "caption_entities": caption.entities})


def edit_markup(state: State, asked: Parameters) -> Json:
    """Replace a keyboard."""
    return _edit(state, asked, {})


def delete_message(state: State, asked: Parameters) -> bool:
    """Take a message back."""
    chat = state.chats.named(asked.text("chat_id"))
    chat.check_bot_may_post()
    message = chat.find(asked.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if problem := _why_not_deleted(state, chat, message):
        raise problem
    _delete(state, message)
    return True


def delete_messages(state: State, asked: Parameters) -> bool:
    """Take back those of up to 100 messages that can be; the others are passed over."""
    chat = state.chats.named(asked.text("chat_id"))
    chat.check_bot_may_post()
    wanted = asked.json("message_ids")
    if not isinstance(wanted, list) or not 0 < len(wanted) <= MOST_DELETED_AT_ONCE:
        raise bad_request("message identifiers are not specified" if not wanted else "too many messages to delete")
    for message_id in wanted:
        message = chat.find(int(message_id))
        if message is not None and not _why_not_deleted(state, chat, message):
            _delete(state, message)
    return True


def _edit(state: State, asked: Parameters, content: Json) -> Json:
    chat = state.chats.named(asked.text("chat_id"))
    chat.check_bot_may_post()
    message = chat.find(asked.integer("message_id"))
    if message is None:
        raise refusal("edit_not_found")
    if not message.from_bot:
        raise refusal("cannot_edit")
    if "text" in content and "text" not in message.payload:
        raise bad_request("there is no text in the message to edit")
    # A keyboard that is not sent again is taken away.
    content |= {"reply_markup": read_markup(asked)}
    if all((message.payload.get(name) or None) == (value or None) for name, value in content.items()):
        raise refusal("not_modified")
    return _change(state, message, content)


def _change(state: State, message: Message, content: Json) -> Json:
    message.payload |= {"edit_date": state.clock.date()} | content
    for name in [name for name, value in content.items() if not value]:
        del message.payload[name]
    message.edited = True
    state.changes.ring()
    return message.payload


def _why_not_deleted(state: State, chat: Chat, message: Message) -> ApiError | None:
    if not message.from_bot and chat.kind is not Kind.PRIVATE and chat.bot_status == "member":
        return bad_request("message can't be deleted")
    if state.clock.date() - message.payload["date"] >= DELETABLE_FOR:
        return bad_request("message can't be deleted for everyone")
    return None


def _delete(state: State, message: Message) -> None:
    message.deleted = True
    state.changes.ring()

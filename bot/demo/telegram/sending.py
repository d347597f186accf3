"""How does a message of the bot get into a chat?"""

from collections.abc import Callable

from bot.demo.telegram.chats import Chat, Kind, Message
from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.keyboards import read_markup
from bot.demo.telegram.parameters import Json, Parameters, Upload
from bot.demo.telegram.state import State
from bot.demo.telegram.texts import read_caption, read_text


def send_message(state: State, asked: Parameters) -> Json:
    """Send a text."""
    return _send(state, asked, lambda: _text_content(asked))


def send_photo(state: State, asked: Parameters) -> Json:
    """Send a picture, uploaded or by the file_id of an earlier one."""
    return _send(state, asked, lambda: _caption(asked) | {"photo": [_file(state, asked, "photo")]})


def send_document(state: State, asked: Parameters) -> Json:
    """Send a file, uploaded or by the file_id of an earlier one."""
    return _send(state, asked, lambda: _caption(asked) | {"document": _file(state, asked, "document")})


def _send(state: State, asked: Parameters, content: Callable[[], Json]) -> Json:
    chat = state.chats.named(asked.text("chat_id"))
    chat.check_bot_may_post()
    payload = content() | _replied(chat, asked)
    thread = asked.integer("message_thread_id")
    chat.check_thread(thread)
    if thread:
        payload |= {"message_thread_id": thread, "is_topic_message": True}
    if markup := read_markup(asked):
        payload["reply_markup"] = markup
    return _post(state, chat, asked, payload)


def _post(state: State, chat: Chat, asked: Parameters, content: Json) -> Json:
    sender = {"sender_chat": chat.payload()} if chat.kind is Kind.CHANNEL else {"from": state.bot_user()}
    payload = {"message_id": chat.next_message_id(), "date": state.clock.date(), "chat": chat.payload()} | sender
    message = Message(
        payload=payload | content,
        from_bot=True,
        silent=asked.flag("disable_notification"),
        protected=asked.flag("protect_content"),
    )
    if message.protected:
        message.payload["has_protected_content"] = True
    state.keep(chat, message)
    state.ledger.accepted(chat.id, message.text)
    return message.payload


def _text_content(asked: Parameters) -> Json:
    text = read_text(asked)
    content: Json = {"text": text.plain}
    if text.entities:
        content["entities"] = text.entities
    if preview := asked.json("link_preview_options"):
        content["link_preview_options"] = preview
    return content


def _caption(asked: Parameters) -> Json:
    caption = read_caption(asked)
    content: Json = {"caption": caption.plain} if caption.plain else {}
    return content | {"caption_entities": caption.entities} if caption.entities else content


def _replied(chat: Chat, asked: Parameters) -> Json:
    wanted = asked.json("reply_parameters") or {}
    message_id = wanted.get("message_id") or asked.integer("reply_to_message_id")
    if not message_id:
        return {}
    original = chat.find(int(message_id))
    if original is not None:
        return {"reply_to_message": {k: v for k, v in original.payload.items() if k != "reply_to_message"}}
    if wanted.get("allow_sending_without_reply") or asked.flag("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def _file(state: State, asked: Parameters, name: str) -> Json:
    if name not in asked:
        raise bad_request(f"there is no {name} in the request")
    upload = asked.upload(name)
    file_id = asked.text(name) if upload is None else f"file-{len(state.files) + 1}"
    if upload is not None:
        state.files[file_id] = upload
    if file_id not in state.files:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return file_object(name, file_id, state.files[file_id])


def file_object(name: str, file_id: str, file: Upload) -> Json:
    """Return how a message names a file."""
    described: Json = {"file_id": file_id, "file_unique_id": file_id, "file_size": len(file.content)}
    if name == "photo":
        return described | {"width": 800, "height": 600}
    return described | {"file_name": file.name, "mime_type": file.content_type}

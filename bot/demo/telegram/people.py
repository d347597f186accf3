"""What do people do in their chats, and what does the bot hear of it?"""

import base64

from bot.demo.telegram.asking import standing
from bot.demo.telegram.chats import BOT_CAN_POST, Chat, Kind, Message
from bot.demo.telegram.keyboards import find_button
from bot.demo.telegram.parameters import Json, Upload
from bot.demo.telegram.sending import file_object
from bot.demo.telegram.state import BOT_USERNAME, State, Tap
from bot.demo.telegram.texts import COMMAND, commands_in


class NobodyCouldError(Exception):
    """A test or demo asked a person to do what no person could."""


def say(state: State, chat_id: int, text: str, *, kind: str | None = None, thread: int = 0, **who: str | int) -> Json:
    """Let a person write `text`; return its message_id, and the update_id or None if the bot does not get to see it.

    `who` may hold `user` (an id; in a private chat the chat's own), `first_name`, `language_code`, `reply_to`.
    """
    chat = state.chats.open(chat_id, kind)
    if chat.kind is Kind.PRIVATE and chat.bot_status == "kicked":
        change_bot_status(state, chat_id, "member")
    content: Json = {"text": text}
    if commands := commands_in(text):
        content["entities"] = commands
    if thread:
        open_topic(state, chat_id, thread)
        content |= {"message_thread_id": thread, "is_topic_message": True}
    if original := chat.find(int(who.get("reply_to", 0))):
        content["reply_to_message"] = {k: v for k, v in original.payload.items() if k != "reply_to_message"}
    return _tell_bot(state, chat, _stand(state, chat, author(chat, **who), content))


def send_document(state: State, chat_id: int, name: str, content: str, **who: str | int) -> Json:
    """Let a person send a file, its `content` in base64; `who` and the answer are those of `say`."""
    chat = state.chats.open(chat_id)
    file_id = f"file-{len(state.files) + 1}"
    state.files[file_id] = Upload(name, "application/octet-stream", base64.b64decode(content))
    document = file_object("document", file_id, state.files[file_id])
    return _tell_bot(state, chat, _stand(state, chat, author(chat, **who), {"document": document}))


def edit(state: State, chat_id: int, message_id: int, text: str) -> Json:
    """Let a person correct what they wrote."""
    chat = _known(state, chat_id)
    message = chat.find(message_id)
    if message is None or message.from_bot:
        raise NobodyCouldError(f"message {message_id} of chat {chat_id} is not a person's")
    message.payload |= {"text": text, "edit_date": state.clock.date(), "entities": commands_in(text)}
    message.edited = True
    state.changes.ring()
    kind = "edited_channel_post" if chat.kind is Kind.CHANNEL else "edited_message"
    return {"update_id": state.updates.add(kind, message.payload) if _bot_hears(chat, message.payload) else None}


def tap(state: State, chat_id: int, button: str, *, message_id: int | None = None, **who: str | int) -> Json:
    """Let a person tap a button, by its text or data, of that message or else of the newest that has it."""
    chat = _known(state, chat_id)
    message, found = _with_button(chat, button, message_id)
    if "callback_data" not in found:
        raise NobodyCouldError(f"button {button!r} calls nobody back")
    tap_id = str(len(state.taps) + 1)
    state.taps[tap_id] = Tap(chat_id)
    query = {"id": tap_id, "from": author(chat, **who), "message": message.payload, "chat_instance": str(chat_id)}
    update = state.updates.add("callback_query", query | {"data": found["callback_data"]})
    return {"tap": tap_id, "update_id": update}


def change_bot_status(
    state: State, chat_id: int, status: str, *, kind: str | None = None, title: str = "", **who: str | int
) -> Json:
    """Let a person add, promote, remove or block the bot."""
    before = state.chats.known(chat_id)
    old = before.bot_status if before else "left"
    chat = state.chats.open(chat_id, kind)
    chat.bot_status = status
    chat.title = title or chat.title
    user = author(chat, **who)
    change = {"chat": chat.payload(), "from": user, "date": state.clock.date()}
    bot = state.bot_user()
    change |= {"old_chat_member": standing(bot, old), "new_chat_member": standing(bot, status)}
    return {"update_id": state.updates.add("my_chat_member", change)}


def set_member(state: State, chat_id: int, user: int, status: str) -> Json:
    """Give a person a standing in a group or channel, such as "administrator"."""
    chat = state.chats.open(chat_id)
    author(chat, user=user)
    chat.members[user] = status
    return {}


def migrate(state: State, chat_id: int, new_id: int) -> Json:
    """Turn a group into a supergroup: the old number answers with the new one from now on."""
    old = _known(state, chat_id)
    new = state.chats.open(new_id, Kind.SUPERGROUP)
    new.title, new.members, new.users = old.title, dict(old.members), dict(old.users)
    author_of = author(old)
    left = _stand(state, old, author_of, {"migrate_to_chat_id": new_id})
    came = _stand(state, new, author_of, {"migrate_from_chat_id": chat_id})
    old.migrated_to = new_id
    return {"updates": [state.updates.add("message", left), state.updates.add("message", came)]}


def open_topic(state: State, chat_id: int, thread: int) -> Json:
    """Open a topic of a supergroup, which makes it a forum."""
    chat = state.chats.open(chat_id)
    chat.forum = True
    chat.threads.add(thread)
    return {}


def delete_topic(state: State, chat_id: int, thread: int) -> Json:
    """Delete a topic with all in it."""
    chat = _known(state, chat_id)
    chat.threads.discard(thread)
    for message in chat.messages.values():
        message.deleted |= message.payload.get("message_thread_id") == thread
    state.changes.ring()
    return {}


def author(chat: Chat, **who: str | int) -> Json:
    """Return the User who acts, known to the chat from now on."""
    default = chat.id if chat.kind is Kind.PRIVATE else next(iter(chat.users), 1)
    user_id = int(who.get("user") or default)
    user = chat.users.get(user_id, {"id": user_id, "is_bot": False, "first_name": f"Person {user_id}"})
    user |= {name: who[name] for name in ("first_name", "language_code") if who.get(name)}
    chat.users[user_id] = user
    chat.members.setdefault(user_id, "member")
    if chat.kind is Kind.PRIVATE:
        chat.title = user["first_name"]
    return user


def _stand(state: State, chat: Chat, user: Json, content: Json) -> Json:
    sender = {"sender_chat": chat.payload()} if chat.kind is Kind.CHANNEL else {"from": user}
    payload = {"message_id": chat.next_message_id(), "date": state.clock.date(), "chat": chat.payload()} | sender
    message = Message(payload=payload | content, from_bot=False)
    state.keep(chat, message)
    return message.payload


def _tell_bot(state: State, chat: Chat, payload: Json) -> Json:
    heard = _bot_hears(chat, payload)
    update = state.updates.add("channel_post" if chat.kind is Kind.CHANNEL else "message", payload) if heard else None
    return {"message_id": payload["message_id"], "update_id": update}


def _bot_hears(chat: Chat, payload: Json) -> bool:
    """Privacy mode: as a plain member of a group a bot sees commands, mentions and replies to itself only."""
    if chat.bot_status not in BOT_CAN_POST:
        return False
    if chat.kind in {Kind.PRIVATE, Kind.CHANNEL} or chat.bot_status == "administrator":
        return True
    replied = payload.get("reply_to_message", {}).get("from", {})
    text = payload.get("text", "")
    if replied.get("username") == BOT_USERNAME or f"@{BOT_USERNAME}" in text:
        return True
    # A command that names another bot is for that bot alone.
    return any("@" not in command for command in COMMAND.findall(text))


def _known(state: State, chat_id: int) -> Chat:
    chat = state.chats.known(chat_id)
    if chat is None:
        raise NobodyCouldError(f"chat {chat_id} is unknown")
    return chat


def _with_button(chat: Chat, wanted: str, message_id: int | None) -> tuple[Message, Json]:
    for message in reversed(list(chat.visible())):
        if message_id in (None, message.id) and (button := find_button(message.payload.get("reply_markup"), wanted)):
            return message, button
    raise NobodyCouldError(f"no message in chat {chat.id} shows a button {wanted!r}")

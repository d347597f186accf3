"""What may the bot ask about itself, about chats and about those in them?"""

from bot.demo.telegram.chats import Chat, Kind
from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.parameters import Json, Parameters
from bot.demo.telegram.state import State, Tap

LONGEST_ANSWER = 200
LARGEST_DOWNLOAD = 20 * 1024 * 1024
RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
ADMINS = ("creator", "administrator")


def get_me(state: State, _: Parameters) -> Json:
    """Return the bot."""
    return state.bot_user() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


def get_chat(state: State, asked: Parameters) -> Json:
    """Return all about a chat."""
    chat = state.chats.named(asked.text("chat_id"))
    chat.check_bot_may_post()
    return chat.payload() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }


def get_chat_member(state: State, asked: Parameters) -> Json:
    """Return one member's standing."""
    chat = state.chats.named(asked.text("chat_id"))
    chat.check_bot_may_post()
    return member(state, chat, asked.integer("user_id"))


def get_chat_administrators(state: State, asked: Parameters) -> list[Json]:
    """Return those who run a group or channel, without other bots."""
    chat = state.chats.named(asked.text("chat_id"))
    chat.check_bot_may_post()
    if chat.kind is Kind.PRIVATE:
        raise bad_request("there are no administrators in the private chat")
    people = [user_id for user_id, status in chat.members.items() if status in ADMINS]
    bot = [int(state.bot_user()["id"])] if chat.bot_status in ADMINS else []
    return [member(state, chat, user_id) for user_id in people + bot]


def member(state: State, chat: Chat, user_id: int) -> Json:
    """Return a ChatMember object.

    Raises:
        ApiError: 400, there is no such user.
    """
    if user_id == state.bot_user()["id"]:
        return standing(state.bot_user(), "member" if chat.bot_status == "deleted" else chat.bot_status)
    if user_id not in chat.users:
        raise bad_request("user not found")
    return standing(chat.users[user_id], chat.members.get(user_id, "left"))


def standing(user: Json, status: str) -> Json:
    """Return a ChatMember object for `user`."""
    described: Json = {"user": user, "status": status}
    match status:
        case "administrator":
            return described | {"can_be_edited": False, "is_anonymous": False} | dict.fromkeys(RIGHTS, True)
        case "creator":
            return described | {"is_anonymous": False}
        case "kicked":
            return described | {"until_date": 0}
        case _:
            return described


def get_file(state: State, asked: Parameters) -> Json:
    """Return where a file can be fetched."""
    file_id = asked.text("file_id")
    if file_id not in state.files:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    size = len(state.files[file_id].content)
    if size > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return {"file_id": file_id, "file_unique_id": file_id, "file_size": size, "file_path": f"documents/{file_id}"}


def send_chat_action(state: State, asked: Parameters) -> bool:
    """Show that the bot is typing."""
    chat = state.chats.named(asked.text("chat_id"))
    chat.check_bot_may_post()
    return True


def answer_callback_query(state: State, asked: Parameters) -> bool:
    """Stop a tapped button's clock, and perhaps show a pop-up."""
    tap: Tap | None = state.taps.get(asked.text("callback_query_id"))
    if tap is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(asked.text("text")) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    tap.answer = {"text": asked.text("text"), "show_alert": asked.flag("show_alert"), "url": asked.text("url")}
    state.changes.ring()
    return True


def done(_: State, __: Parameters) -> bool:
    """Answer what has no effect here."""
    return True

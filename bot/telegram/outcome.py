"""What became of a call? Telegram's failures, turned into ours: the only reader of `telegram.error`'s tree."""

from datetime import timedelta
from typing import Final

from telegram.error import (  # noqa: TID251 - where foreign errors stop
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from alerts.delivery.model import Ambiguous, Moved, Outcome, Rejected, RetryIn, Unreachable
from bot.telegram.wire import NotSentError

NOT_SENT: Final = timedelta(seconds=2)
TOKEN_UNKNOWN: Final = timedelta(seconds=60)  # nothing can leave until somebody has looked
# What Telegram answers with 400 when the chat itself, not our text, is the reason.
GONE: Final = (
    "chat not found",
    "user not found",
    "user is deactivated",
    "group chat was deactivated",
    "peer_id_invalid",
    "not enough rights",
    "have no rights",
    "have no write access",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
    "chat_admin_required",
    "channel_private",
    "user_banned_in_channel",
    "user_is_blocked",
)
NO_TOPIC: Final = ("message thread not found", "topic_closed", "topic_deleted")
NO_MESSAGE: Final = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message_author_required",
    "there is no text in the message to edit",
)


def outcome_of(error: TelegramError) -> Outcome:
    """The meaning of a refusal or a broken call. BadRequest stands before NetworkError, its parent."""
    match error:
        case RetryAfter():
            delay = error.retry_after
            return RetryIn(delay if isinstance(delay, timedelta) else timedelta(seconds=delay))
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case Forbidden():
            return Unreachable(str(error))
        case InvalidToken():
            return RetryIn(TOKEN_UNKNOWN)
        case NotSentError() | Conflict():
            return RetryIn(NOT_SENT)
        case BadRequest() if _says(error.message, GONE):
            return Unreachable(str(error))
        case BadRequest():
            return Rejected(str(error))
        case NetworkError():
            return Ambiguous(str(error))
        case _:  # nothing says that Telegram did not act
            return Ambiguous(type(error).__name__)


def says_so_already(refusal: Rejected) -> bool:
    """Whether an edit was refused since the message reads just so: no fault."""
    return _says(refusal.detail, ("message is not modified",))


def is_message_gone(refusal: Rejected) -> bool:
    """Whether an edit was refused since there is no message left to edit."""
    return _says(refusal.detail, NO_MESSAGE)


def is_topic_gone(refusal: Rejected) -> bool:
    """Whether a message was refused since its topic is closed or deleted: the group itself may still hear."""
    return _says(refusal.detail, NO_TOPIC)


def _says(text: str, reasons: tuple[str, ...]) -> bool:
    return any(reason in text.lower() for reason in reasons)

"""What became of a call? Telegram's failures, turned into ours: the only reader of `telegram.error`'s tree."""

from datetime import timedelta

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

NOT_SENT = timedelta(seconds=2)
# What Telegram answers with 400 when the chat itself, not our text, is the reason.
GONE = (
    "chat not found",
    "user is deactivated",
    "group chat was deactivated",
    "peer_id_invalid",
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
)
NO_TOPIC = ("message thread not found", "topic_closed", "topic_deleted")
NO_MESSAGE = ("message to edit not found", "message can't be edited", "message_id_invalid")


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
        case NotSentError() | InvalidToken() | Conflict():
            return RetryIn(NOT_SENT)
        case BadRequest() if _says(error.message, GONE):
            return Unreachable(str(error))
        case BadRequest():
            return Rejected(str(error))
        case NetworkError():
            return Ambiguous(str(error))
        case _:  # an answer that is no JSON: Telegram may well have acted
            return Ambiguous(type(error).__name__)


def says_so_already(error: BadRequest) -> bool:
    """Whether an edit was refused since the message reads just so: no fault."""
    return "message is not modified" in str(error).lower()


def is_message_gone(error: BadRequest) -> bool:
    """Whether an edit was refused since there is no message left to edit."""
    return _says(error.message, NO_MESSAGE)


def is_topic_gone(refusal: Rejected) -> bool:
    """Whether a message was refused since its topic is closed or deleted: the group itself still hears."""
    return _says(refusal.detail, NO_TOPIC)


def _says(text: str, reasons: tuple[str, ...]) -> bool:
    return any(reason in text.lower() for reason in reasons)

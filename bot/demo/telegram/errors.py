"""How does Telegram say no? Its refusals by name, in its own words."""

from typing import Any, NamedTuple


class ApiError(Exception):
    """An answer other than 200: `code` is the HTTP status, `description` Telegram's words for it."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """Return the JSON object that goes with the status."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return body | {"parameters": self.parameters} if self.parameters else body


class Words(NamedTuple):
    """A status and its words."""

    code: int
    description: str


REFUSALS = {
    "blocked": Words(403, "Forbidden: bot was blocked by the user"),
    "deactivated": Words(403, "Forbidden: user is deactivated"),
    "not_started": Words(403, "Forbidden: bot can't initiate conversation with a user"),
    "kicked_group": Words(403, "Forbidden: bot was kicked from the group chat"),
    "kicked_supergroup": Words(403, "Forbidden: bot was kicked from the supergroup chat"),
    "kicked_channel": Words(403, "Forbidden: bot was kicked from the channel chat"),
    "left_group": Words(403, "Forbidden: bot is not a member of the group chat"),
    "left_supergroup": Words(403, "Forbidden: bot is not a member of the supergroup chat"),
    "left_channel": Words(403, "Forbidden: bot is not a member of the channel chat"),
    "group_deleted": Words(403, "Forbidden: the group chat was deleted"),
    "chat_not_found": Words(400, "Bad Request: chat not found"),
    "no_rights": Words(400, "Bad Request: not enough rights to send text messages to the chat"),
    "no_rights_at_all": Words(400, "Bad Request: have no rights to send a message"),
    "need_administrator": Words(400, "Bad Request: need administrator rights in the channel chat"),
    "write_forbidden": Words(400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
    "restricted": Words(400, "Bad Request: CHAT_RESTRICTED"),
    "peer_invalid": Words(400, "Bad Request: PEER_ID_INVALID"),
    "channel_private": Words(400, "Bad Request: CHANNEL_PRIVATE"),
    "group_deactivated": Words(400, "Bad Request: group chat was deactivated"),
    "thread_not_found": Words(400, "Bad Request: message thread not found"),
    "topic_closed": Words(400, "Bad Request: TOPIC_CLOSED"),
    "topic_deleted": Words(400, "Bad Request: TOPIC_DELETED"),
    "reply_not_found": Words(400, "Bad Request: message to be replied not found"),
    "cannot_parse": Words(400, "Bad Request: can't parse entities: Unclosed start tag at byte offset 0"),
    "too_long": Words(400, "Bad Request: message is too long"),
    "empty": Words(400, "Bad Request: message text is empty"),
    "button_invalid": Words(400, "Bad Request: BUTTON_DATA_INVALID"),
    "no_stars": Words(400, "Bad Request: BALANCE_TOO_LOW"),
    "not_modified": Words(
        400,
        "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as "
        "a current content and reply markup of the message",
    ),
    "edit_not_found": Words(400, "Bad Request: message to edit not found"),
    "cannot_edit": Words(400, "Bad Request: message can't be edited"),
    "migrated": Words(400, "Bad Request: group chat was upgraded to a supergroup chat"),
    "unauthorized": Words(401, "Unauthorized"),
    "not_found": Words(404, "Not Found"),
    "conflict": Words(
        409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    ),
    "webhook_active": Words(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    ),
    "internal": Words(500, "Internal Server Error"),
}


def refusal(name: str, **parameters: int) -> ApiError:
    """Return the refusal called `name` in `REFUSALS`.

    Raises:
        KeyError: there is no such refusal.
    """
    words = REFUSALS[name]
    return ApiError(words.code, words.description, **parameters)


def bad_request(detail: str) -> ApiError:
    """Return a 400 that says `detail`."""
    return ApiError(400, f"Bad Request: {detail}")


def too_many_requests(retry_after: int) -> ApiError:
    """Return a 429 that asks for `retry_after` seconds of silence."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)

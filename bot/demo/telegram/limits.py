"""May this call pass now, or is it one too many? Sliding windows, each a switch, and what a refusal costs."""

import math
from collections import deque
from dataclasses import dataclass

from bot.demo.telegram.chats import Chat, Kind
from bot.demo.telegram.errors import too_many_requests

SENDS = frozenset({"sendMessage", "sendPhoto", "sendDocument"})
EDITS = frozenset(
    {"editMessageText", "editMessageCaption", "editMessageReplyMarkup", "deleteMessage", "deleteMessages"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is enforced; None switches a limit off.

    `chat_burst` messages may come at once in a chat, and then about one a second (1 is the strict reading).
    `hidden_per_second` is a lower overall limit than the published one. After a 429 every call but getUpdates is
    refused for `lockout` seconds. `edits_count` makes edits and deletions count like messages.
    """

    per_second: int | None = 30
    hidden_per_second: int | None = None
    chat_burst: int | None = 3
    group_per_minute: int | None = 20
    lockout: float = 0.0
    edits_count: bool = False

    @property
    def overall(self) -> int | None:
        """The lower of the two overall limits."""
        return min((limit for limit in (self.per_second, self.hidden_per_second) if limit is not None), default=None)


OFF = Limits(per_second=None, chat_burst=None, group_per_minute=None)


class Window:
    """No more than `limit` in any `seconds`."""

    def __init__(self, limit: int, seconds: float) -> None:
        self._limit = limit
        self._seconds = seconds
        self._taken: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Return the seconds until one more fits; 0 if it fits now."""
        while self._taken and self._taken[0] <= now - self._seconds:
            self._taken.popleft()
        if len(self._taken) < self._limit:
            return 0.0
        return self._taken[-self._limit] + self._seconds - now

    def take(self, now: float) -> None:
        """Count one."""
        self._taken.append(now)


class Flood:
    """The windows of one bot. A refused call takes no place in any."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.longest_lockout = 0.0
        self.refused_in_lockout = 0
        self._locked_until = -math.inf
        self._overall = None if limits.overall is None else Window(limits.overall, 1.0)
        self._chats: dict[int, list[Window]] = {}

    def admit(self, method: str, chat: Chat | None, now: float) -> None:
        """Let a call pass and count it.

        Raises:
            ApiError: 429 with `retry_after` in whole seconds, at least 1.
        """
        self._check_lockout(method, now)
        if method not in SENDS and not (self.limits.edits_count and method in EDITS):
            return
        windows = self._windows(chat)
        wait = max((window.wait(now) for window in windows), default=0.0)
        if wait > 0:
            raise too_many_requests(math.ceil(self._refuse(wait, now)))
        for window in windows:
            window.take(now)

    def _check_lockout(self, method: str, now: float) -> None:
        if now < self._locked_until and method != "getUpdates":
            self.refused_in_lockout += 1
            raise too_many_requests(math.ceil(self._locked_until - now))

    def _refuse(self, wait: float, now: float) -> float:
        if not self.limits.lockout:
            return max(wait, 1.0)
        self._locked_until = now + self.limits.lockout
        self.longest_lockout = max(self.longest_lockout, self.limits.lockout)
        return self.limits.lockout

    def _windows(self, chat: Chat | None) -> list[Window]:
        overall = [self._overall] if self._overall else []
        if chat is None:
            return overall
        if chat.id not in self._chats:
            self._chats[chat.id] = self._new_windows(chat.kind)
        return overall + self._chats[chat.id]

    def _new_windows(self, kind: Kind) -> list[Window]:
        burst, minute = self.limits.chat_burst, self.limits.group_per_minute
        windows = [Window(burst, float(burst))] if burst else []
        return windows + ([Window(minute, 60.0)] if minute and kind in {Kind.GROUP, Kind.SUPERGROUP} else [])

"""Which updates wait for the bot, and who is asking for them?

An update is handed out again and again until a later `getUpdates` carries an offset beyond it. Of two polls at a
time the older is told of the conflict.
"""

# ruff: noqa: ASYNC109 - whoever waits says for how long

import copy
from collections import deque

from bot.demo.telegram.bell import Bell
from bot.demo.telegram.errors import refusal
from bot.demo.telegram.parameters import Json

MOST_AT_ONCE = 100
LONGEST_POLL = 50.0


class UpdateQueue:
    """The unconfirmed updates, oldest first; `bell` rings when one comes or is confirmed, or a poll begins."""

    def __init__(self, first_id: int) -> None:
        self.bell = Bell()
        self.allowed: frozenset[str] = frozenset()
        self.webhook = ""
        self.secret = ""
        self.next_id = first_id
        self._closed = False
        self._waiting: deque[Json] = deque()
        self._poll = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, kind: str, payload: Json) -> int | None:
        """Queue an update as things stand now and return its id; None if the bot did not ask for this kind."""
        if self.allowed and kind not in self.allowed:
            return None
        update_id = self.next_id
        self.next_id += 1
        self._waiting.append({"update_id": update_id, kind: copy.deepcopy(payload)})
        self.bell.ring()
        return update_id

    def allow(self, kinds: list[str] | None) -> None:
        """Remember which kinds the bot wants; None leaves it as it was, an empty list means all."""
        if kinds is not None:
            self.allowed = frozenset(kinds)

    def waiting(self) -> list[Json]:
        """Return every unconfirmed update."""
        return list(self._waiting)

    def confirm(self, offset: int) -> None:
        """Forget the updates before `offset`; a negative one forgets all but the last so many."""
        if offset < 0:
            offset = self._waiting[offset]["update_id"] if -offset <= len(self._waiting) else 0
        before = len(self._waiting)
        while self._waiting and self._waiting[0]["update_id"] < offset:
            self._waiting.popleft()
        if len(self._waiting) != before:
            self.bell.ring()

    def point(self, webhook: str, secret: str) -> None:
        """Push updates to `webhook` from now on; "" returns to polling."""
        self.webhook, self.secret = webhook, secret
        self.bell.ring()

    def close(self) -> None:
        """Forget all of them and let a poll that waits go home with nothing."""
        self._closed = True
        self.clear()

    def clear(self) -> None:
        """Forget all of them."""
        self._waiting.clear()
        self.bell.ring()

    async def poll(self, *, offset: int, limit: int, timeout: float) -> list[Json]:
        """Confirm, then wait up to `timeout` seconds for updates and return up to `limit` of them.

        Raises:
            ApiError: 409, a younger poll came or a webhook is set.
        """
        if self.webhook:
            raise refusal("webhook_active")
        self.confirm(offset)
        self._poll += 1
        mine = self._poll
        self.bell.ring()
        await self.bell.wait_until(
            lambda: bool(self._waiting) or self._closed or mine != self._poll, min(timeout, LONGEST_POLL)
        )
        if mine != self._poll:
            raise refusal("conflict")
        return list(self._waiting)[: limit if 0 < limit <= MOST_AT_ONCE else MOST_AT_ONCE]

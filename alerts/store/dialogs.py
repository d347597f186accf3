"""Where does each chat stand in a dialogue? In Redis, with a lifetime, so that a restart loses nothing."""

import json
from collections.abc import Mapping

from redis.asyncio import Redis

from alerts.audience.model import Recipient
from alerts.store import keys


class Dialogs:
    """At most one open dialogue a chat."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def open(self, recipient: Recipient, state: Mapping[str, str]) -> None:
        """Remember what the next message of this chat answers."""
        await self._redis.set(keys.dialog(recipient.key), json.dumps(dict(state)), ex=keys.DIALOG_LIFETIME)

    async def find(self, recipient: Recipient) -> dict[str, str] | None:
        """The open dialogue, or None."""
        text = await self._redis.get(keys.dialog(recipient.key))
        return dict(json.loads(text)) if text else None

    async def close(self, recipient: Recipient) -> None:
        """The dialogue ended."""
        await self._redis.delete(keys.dialog(recipient.key))

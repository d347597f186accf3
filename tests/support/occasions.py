"""What is due by the clock, as a test looks at it."""

from datetime import UTC, datetime

from alerts.audience.model import Occasion, Recipient
from alerts.store import keys
from alerts.store.store import Store


async def next_of(store: Store, kind: Occasion, recipient: Recipient) -> datetime | None:
    """When this chat is told next; None: not at all."""
    at = await store.redis.zscore(keys.OCCASIONS, keys.occasion_of(kind, recipient.key))
    return None if at is None else datetime.fromtimestamp(float(at), tz=UTC)

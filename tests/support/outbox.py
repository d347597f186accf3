"""The outbox in the states that tests begin with."""

from datetime import datetime

from alerts.audience.model import Recipient
from alerts.delivery.model import Alert
from alerts.store import keys
from alerts.store.chat_rows import dump
from alerts.store.outbox import Answer, Claimed, Count, SentMessage
from alerts.store.store import Store
from tests.support.builders import NOW, chat


async def write_down(store: Store, alert: Alert, *recipients: str, now: datetime = NOW) -> None:
    """The audience of an alert; who is not stored yet becomes a chat that follows nothing."""
    rows = {recipient: dump(chat(Recipient.parse(recipient).chat_id)) for recipient in recipients}
    stored = await store.redis.hmget(keys.CHATS, list(rows)) if rows else []
    if new := {who: row for (who, row), known in zip(rows.items(), stored, strict=True) if not known}:
        await store.redis.hset(keys.CHATS, mapping=new)
    if await store.outbox.open_plan(alert.id):
        await store.outbox.extend_plan(alert, recipients)
        await store.outbox.close_plan(alert.id, count=len(recipients), now=now)


async def begin(store: Store, alert: Alert, recipient: str) -> Claimed:
    """A send begins."""
    claimed = await store.outbox.claim(alert, [recipient])
    assert isinstance(claimed, list)
    return claimed[0]


async def answer(
    store: Store,
    alert: Alert,
    recipient: str,
    count: Count = Count.SENT,
    *,
    message_id: int | None = None,
    delete_at: datetime | None = None,
) -> bool:
    """A send has its answer; whether that was recorded."""
    told = Answer(recipient=recipient, count=count, message_id=message_id, delete_at=delete_at)
    [recorded] = await store.outbox.record(alert, [told])
    return recorded


async def readers(store: Store, incident_id: str) -> dict[str, SentMessage]:
    """Who got an alert of this incident, all pages in one."""
    return {who: message async for page in store.outbox.readers(incident_id) for who, message in page.items()}

"""What happens when all sending is stopped, and when it goes on: who is told, and what becomes of what waits?"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from alerts.delivery.model import MsgType, Scope
from alerts.delivery.notice import Notice
from alerts.desk.roles import Role, members_of
from alerts.store.store import Store

FOLLOWERS_TOLD_AFTER = timedelta(minutes=30)


async def halt_all(*, by: int, first_owners: Iterable[int], store: Store, now: datetime) -> bool:
    """Stop everything but retractions, and tell the owners at once; False where it was stopped already."""
    owners = await members_of(first_owners, store, least=Role.OWNER)
    told = Notice(id=f"halt.{now.timestamp():.0f}", key="notice.halt", facts={"who": str(by)}, of_the_desk=True)
    return await store.desk.halt(by=by, now=now, tell=(told, [str(owner) for owner in owners]))


async def resume_all(*, by: int, drops: bool, store: Store, now: datetime) -> bool:
    """Let sending go on, with or without what waits; followers who were told of the halt are told of its end."""
    halt = await store.desk.halted()
    if halt is None:
        return False
    dropped = await waiting_alerts(store) if drops else []
    told = None
    if halt.told_followers:
        notice = Notice(id=f"resumed.{now.timestamp():.0f}", key="notice.resumed")
        told = (notice, await store.chats.following())
    return await store.desk.resume(by=by, now=now, tell=told, drop=dropped)


async def tell_followers(*, store: Store, now: datetime) -> None:
    """Who follows something learns of a halt that has lasted half an hour: silence is then no good news."""
    halt = await store.desk.halted()
    if halt is None or halt.told_followers or now - halt.at < FOLLOWERS_TOLD_AFTER:
        return
    notice = Notice(id=f"halted.{halt.at.timestamp():.0f}", key="notice.halted")
    await store.desk.followers_told(tell=(notice, await store.chats.following()), now=now)


async def waiting_alerts(store: Store) -> list[str]:
    """The alerts for readers that a halt holds back: no cards, no retractions."""
    held = []
    for alert_id in await store.outbox.waiting():
        alert = await store.outbox.alert(alert_id)
        is_held = alert is not None and alert.msg_type is not MsgType.CANCEL
        if alert is not None and is_held and alert.decision.scope is not Scope.DESK:
            held.append(alert_id)
    return held

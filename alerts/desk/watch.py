"""What does the desk do by the clock: remind of cards, let them expire, tell followers of a halt?"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from alerts.delivery.notice import Notice
from alerts.desk.halting import tell_followers
from alerts.desk.roles import members_of
from alerts.incidents.kinds import rank
from alerts.incidents.model import Severity
from alerts.safety.decide import UNTOUCHED
from alerts.store import keys
from alerts.store.desk import Telling
from alerts.store.store import Store

SEVERE_REMINDED_AFTER = timedelta(minutes=10)  # and before the rule lets it out
REMINDED_AFTER = timedelta(hours=2)


class Watch:
    """The desk's own clockwork."""

    def __init__(self, store: Store, *, first_owners: Iterable[int]) -> None:
        self._store = store
        self._first_owners = frozenset(first_owners)

    async def look(self, *, now: datetime) -> None:
        """Do what is due."""
        await tell_followers(store=self._store, now=now)
        await self._expire(now)
        await self._remind(now)

    async def _expire(self, now: datetime) -> None:
        """News that nobody decided in three days is pushed to nobody any more."""
        late = [one for one, _ in await self._store.desk.waiting_review(until=now - keys.REVIEW_LIFETIME)]
        if late:
            await self._store.desk.expire(late, tell=await self._telling("expired", late, now), now=now)

    async def _remind(self, now: datetime) -> None:
        waiting = await self._store.desk.waiting_review(until=now - SEVERE_REMINDED_AFTER)
        due = [one for one, since in waiting if await self._is_due(one, since, now)]
        if due:
            await self._store.desk.remind(due, tell=await self._telling("reminder", due, now), now=now)

    async def _is_due(self, incident_id: str, since: datetime, now: datetime) -> bool:
        if not await self._store.desk.not_reminded([incident_id]):
            return False
        if await self._store.desk.claimed(incident_id, now=now) is not None:
            return False
        if not SEVERE_REMINDED_AFTER <= now - since < UNTOUCHED:
            return now - since >= REMINDED_AFTER
        incident = await self._store.incidents.find(incident_id)
        return incident is not None and rank(incident.severity) >= rank(Severity.SEVERE)

    async def _telling(self, what: str, incident_ids: list[str], now: datetime) -> Telling:
        notice = Notice(
            id=f"{what}.{incident_ids[0]}.{now.timestamp():.0f}",
            key=f"notice.{what}",
            facts={"refs": ", ".join(incident_ids)},
            of_the_desk=True,
        )
        return notice, [str(admin) for admin in await members_of(self._first_owners, self._store)]

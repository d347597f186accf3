"""Whom does an alert go to, and in which order?"""

from collections.abc import Iterable
from datetime import datetime

from alerts.audience.matching import wants
from alerts.audience.model import Chat, Recipient
from alerts.delivery.model import Alert, MsgType, Scope
from alerts.desk.roles import members_of
from alerts.geography.atlas import Atlas
from alerts.geography.model import Directness
from alerts.store.store import Store

ORDER = tuple(Directness)  # most directly concerned first


class Planner:
    """Finds the audience of an alert at the moment it is planned."""

    def __init__(self, store: Store, atlas: Atlas, *, admin_ids: Iterable[int]) -> None:
        self._store = store
        self._atlas = atlas
        self._first_owners = frozenset(admin_ids)

    async def audience(self, alert: Alert, *, now: datetime) -> list[str]:
        """Recipient keys, each once, in sending order."""
        match alert.decision.scope:
            case Scope.DESK:
                return await self.desk()
            case Scope.NOBODY:
                return []
            case Scope.EARLIER_READERS:
                return await self._earlier(alert)
            case Scope.CONCERNED | Scope.ALL_REPORTS:
                concerned = await self._concerned(alert, now=now)
                if alert.msg_type is MsgType.ALERT:
                    return concerned
                return list(dict.fromkeys([*concerned, *await self._earlier(alert)]))

    async def desk(self) -> list[str]:
        """The private chats of all admins."""
        return [Recipient(admin).key for admin in await members_of(self._first_owners, self._store)]

    async def _earlier(self, alert: Alert) -> list[str]:
        """Who got an earlier alert of this incident, or may have: a crash can hide an answer."""
        outbox, incident_id = self._store.outbox, alert.incident.id
        return list(dict.fromkeys([*await outbox.readers(incident_id), *await outbox.may_have_read(incident_id)]))

    async def _concerned(self, alert: Alert, *, now: datetime) -> list[str]:
        location = alert.incident.location
        areas = [area for area in await self._store.chats.areas() if self._atlas.holds(area, location)]
        ranks: dict[Directness, list[str]] = {directness: [] for directness in ORDER}
        async for page in self._store.chats.followers(areas):
            for chat in page:
                directness = self._reaches(chat, alert, now=now)
                if directness is not None:
                    ranks[directness].append(chat.recipient.key)
        return [recipient for directness in ORDER for recipient in ranks[directness]]

    def _reaches(self, chat: Chat, alert: Alert, *, now: datetime) -> Directness | None:
        if chat.unreachable_since is not None:
            return None
        return wants(chat, alert.incident, alert.decision, atlas=self._atlas, now=now)

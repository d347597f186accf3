"""Whom does an alert go to, and in which order?

The audience comes in pages, those most directly concerned first, so that the first message need not wait for the last
page of a hundred thousand.
"""

import logging
from collections.abc import AsyncIterator, Iterable
from datetime import datetime

from alerts.audience.matching import wants
from alerts.audience.model import Chat, Recipient
from alerts.delivery.model import Alert, MsgType, Scope
from alerts.desk.roles import members_of
from alerts.geography.atlas import Atlas
from alerts.geography.model import Area, Directness, Location
from alerts.store.store import Store

log = logging.getLogger(__name__)

ORDER = tuple(Directness)  # most directly concerned first


class Planner:
    """Finds the audience of an alert at the moment it is planned."""

    def __init__(self, store: Store, atlas: Atlas, *, admin_ids: Iterable[int]) -> None:
        self._store = store
        self._atlas = atlas
        self._first_owners = frozenset(admin_ids)
        self._faulty: set[Area] = set()

    async def audience(self, alert: Alert, *, now: datetime) -> AsyncIterator[list[str]]:
        """Recipient keys, each once, in sending order."""
        told: set[str] = set()
        async for page in self._pages(alert, now=now):
            fresh = [recipient for recipient in dict.fromkeys(page) if recipient not in told]
            told.update(fresh)
            if fresh:
                yield fresh

    async def size(self, alert: Alert, *, now: datetime) -> int:
        """How many it would reach."""
        return sum([len(page) async for page in self.audience(alert, now=now)])

    async def desk(self) -> list[str]:
        """The private chats of all admins."""
        return [Recipient(admin).key for admin in await members_of(self._first_owners, self._store)]

    def concerns(self, chat: Chat, alert: Alert, *, now: datetime) -> bool:
        """Whether `chat` follows an area that holds the event, and wants such news."""
        return self._directness(chat, alert, now=now) is not None

    async def _pages(self, alert: Alert, *, now: datetime) -> AsyncIterator[list[str]]:
        """The same, where one may come again."""
        match alert.decision.scope:
            case Scope.DESK:
                yield await self.desk()
            case Scope.NOBODY:
                pass
            case Scope.EARLIER_READERS:
                async for page in self._earlier(alert):
                    yield page
            case Scope.CONCERNED | Scope.ALL_REPORTS:
                async for page in self._concerned(alert, now=now):
                    yield page
                if alert.msg_type is not MsgType.ALERT:
                    async for page in self._earlier(alert):
                        yield page

    async def _earlier(self, alert: Alert) -> AsyncIterator[list[str]]:
        """Who got an earlier alert of this incident, or may have: a crash can hide an answer."""
        async for page in self._store.outbox.readers(alert.incident.id):
            yield list(page)
        yield await self._store.outbox.may_have_read(alert.incident.id)

    async def _concerned(self, alert: Alert, *, now: datetime) -> AsyncIterator[list[str]]:
        """A chat that follows an area on the spot may want the news for another, wider one alone: it comes later."""
        areas = await self._areas(alert)
        seen: set[str] = set()
        later: dict[Directness, list[str]] = {directness: [] for directness in ORDER}
        for directness in ORDER:
            yield later[directness]
            async for chats in self._store.chats.followers(areas[directness], besides=seen):
                ranked = [(chat.recipient.key, self._directness(chat, alert, now=now)) for chat in chats]
                yield [recipient for recipient, rank in ranked if rank is directness]
                for recipient, rank in ranked:
                    if rank is not None and rank is not directness:
                        later[rank].append(recipient)

    async def _areas(self, alert: Alert) -> dict[Directness, list[Area]]:
        """The followed areas that hold the event, by how directly."""
        areas: dict[Directness, list[Area]] = {directness: [] for directness in ORDER}
        for area in await self._store.chats.areas():
            directness = self._holds(area, alert.incident.location)
            if directness is not None:
                areas[directness].append(area)
        return areas

    def _directness(self, chat: Chat, alert: Alert, *, now: datetime) -> Directness | None:
        if chat.unreachable_since is not None:
            return None
        return wants(chat, alert.incident, alert.decision, holds=self._holds, now=now)

    def _holds(self, area: Area, location: Location) -> Directness | None:
        """What the atlas says; a fault of ours over one area must not keep the news from those who follow another."""
        try:
            return self._atlas.holds(area, location)
        except Exception:
            if area not in self._faulty:
                log.exception("an area can't be laid beside an event", extra={"area": area.key})
            self._faulty.add(area)
            return None

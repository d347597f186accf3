"""All of Redis in one value: what the rest of the project is handed."""

from dataclasses import dataclass

from redis.asyncio import Redis

from alerts.store.agenda import Agenda
from alerts.store.audit import Audit
from alerts.store.chats import Chats
from alerts.store.commit import Commit
from alerts.store.desk import Desk
from alerts.store.dialogs import Dialogs
from alerts.store.feeds import Feeds
from alerts.store.fence import Fence
from alerts.store.inbox import Inbox
from alerts.store.incidents import Incidents
from alerts.store.notices import Notices
from alerts.store.occasions import Occasions
from alerts.store.outbox import Outbox
from alerts.store.pumps import Pumps
from alerts.store.silences import Silences


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """The rooms of the store, over one connection."""

    redis: Redis
    incidents: Incidents
    commit: Commit
    chats: Chats
    outbox: Outbox
    silences: Silences
    inbox: Inbox
    feeds: Feeds
    pumps: Pumps
    desk: Desk
    dialogs: Dialogs
    agenda: Agenda
    occasions: Occasions
    audit: Audit
    notices: Notices

    @classmethod
    def over(cls, redis: Redis, fence: Fence | None = None) -> "Store":
        """The store on this connection; `fence` keeps it from acting once another service took over."""
        fence = fence or Fence()
        return cls(
            redis=redis,
            incidents=Incidents(redis),
            commit=Commit(redis, fence),
            chats=Chats(redis, fence),
            outbox=Outbox(redis, fence),
            silences=Silences(redis),
            inbox=Inbox(redis, fence),
            feeds=Feeds(redis),
            pumps=Pumps(redis, fence),
            desk=Desk(redis, fence),
            dialogs=Dialogs(redis),
            agenda=Agenda(redis),
            occasions=Occasions(redis),
            audit=Audit(redis),
            notices=Notices(redis),
        )

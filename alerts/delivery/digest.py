"""What is a chat told of its roads when no alert speaks: a brief, the fuel on its way, what stands after a pause?

Only facts are gathered here; how they are said is wording's.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from alerts.audience.choices import current
from alerts.audience.model import Chat
from alerts.audience.timetable import zone_of
from alerts.fuel.state import on_my_way
from alerts.geography.atlas import Atlas
from alerts.geography.model import Area
from alerts.incidents.brief import Brief, brief_on
from alerts.incidents.outlook import now_active
from alerts.store.store import Store
from alerts.wording.voice import Voices

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Texts for one chat, from what is known now."""

    store: Store
    atlas: Atlas
    voices: Voices
    timezone: ZoneInfo

    async def brief(self, chat: Chat, *, now: datetime) -> str:
        """Its roads since yesterday; of the week where it has chosen a weekly brief."""
        weekly = chat.brief_at is not None and chat.brief_at.weekday is not None
        return self.voices[chat.language].brief(
            await self._since(chat, now - (WEEK if weekly else DAY), now=now),
            areas=areas_of(chat, now),
            weekly=weekly,
            sources_read_at=await self.store.feeds.last_read_at(),
            short=chat.short,
            now=now.astimezone(zone_of(chat, self.timezone)),
        )

    async def wake(self, chat: Chat, *, now: datetime) -> str:
        """What still stands when its pause ends."""
        return self.voices[chat.language].wake(
            await self._since(chat, chat.muted_from or now - DAY, now=now),
            sources_read_at=await self.store.feeds.last_read_at(),
            short=chat.short,
            now=now,
        )

    async def fuel(self, chat: Chat, *, now: datetime) -> str:
        """The fuel of the towns on its roads; of all towns where it follows nothing."""
        states = on_my_way(await self.store.pumps.states(now=now), areas_of(chat, now), self.atlas)
        prices = await self.store.pumps.prices()
        return self.voices[chat.language].fuel(states, place=None, now=now, short=chat.short, prices=prices)

    async def active(self, chat: Chat, *, now: datetime) -> str:
        """What is active on its roads now."""
        areas = areas_of(chat, now)
        return self.voices[chat.language].active(
            now_active(await self.store.incidents.recent(now=now), areas, atlas=self.atlas, now=now),
            areas=areas,
            sources_read_at=await self.store.feeds.last_read_at(),
            short=chat.short,
            now=now,
        )

    async def _since(self, chat: Chat, since: datetime, *, now: datetime) -> Brief:
        incidents = await self.store.incidents.recent(now=now)
        return brief_on(incidents, areas_of(chat, now), atlas=self.atlas, since=since, now=now)


def areas_of(chat: Chat, now: datetime) -> tuple[Area, ...]:
    """What the chat still follows."""
    return tuple(one.area for one in current(chat, now).subscriptions)

"""How does a chat get what is due by the clock: its brief, its fuel summary, the end of a pause, word of blindness?

A due time stays in Redis until Telegram has answered. A send whose fate is unknown is not repeated: a brief twice is
worse than a brief lost, since `/brief` gives it again.
"""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from alerts.audience.choices import resume
from alerts.audience.matching import is_muted
from alerts.audience.model import Chat, Occasion, Recipient, Timetable
from alerts.audience.timetable import next_time, zone_of
from alerts.delivery.composing import delete_at
from alerts.delivery.deliver import Sends
from alerts.delivery.digest import Digest
from alerts.delivery.model import Button, Delivered, Lane, Moved, Outcome, Outgoing, RetryIn, Unreachable
from alerts.desk.roles import DESK_KEEPS, members_of
from alerts.sources.blindness import blind_since
from alerts.sources.model import Source
from alerts.store.store import Store
from alerts.wording.voice import Voice

log = logging.getLogger(__name__)

AT_ONCE = 60  # twice what Telegram takes in a second: the pacer says when each leaves
LOOK_EVERY = timedelta(minutes=5)
_TOPICS_OF_READING = frozenset({Occasion.BLIND, Occasion.SIGHT})


class Clocked:
    """Tells each chat what is due."""

    def __init__(
        self,
        store: Store,
        digest: Digest,
        sends: Sends,
        *,
        sources: Iterable[Source],
        timezone: ZoneInfo,
        admin_ids: Iterable[int],
    ) -> None:
        self._store = store
        self._digest = digest
        self._sends = sends
        self._sources = tuple(source for source in sources if source.enabled)
        self._timezone = timezone
        self._first_owners = frozenset(admin_ids)

    async def sweep(self, *, now: datetime) -> None:
        """Tell what is due; while all sending is halted, nothing."""
        if await self._store.desk.halted() is not None:
            return
        if await self._store.agenda.is_due("look", now=now):
            await self.look(now=now)
            await self._store.agenda.ran("look", now=now, every=LOOK_EVERY)
        due = await self._store.occasions.due(now=now, count=AT_ONCE)
        await asyncio.gather(*(self._make(kind, recipient, now) for kind, recipient in due))

    async def look(self, *, now: datetime) -> None:
        """Tell every follower once that the sources can't be read, and once that they can."""
        occasions = self._store.occasions
        marks = await self._store.feeds.marks([source.id for source in self._sources])
        since, known = blind_since(marks.values(), now=now), await occasions.blind_since()
        if since is not None and known is None:
            await self._call(Occasion.BLIND, await self._followers(), now)
            await occasions.set_blind(since)
            log.error("no source can be read: the followers are told", extra={"since": since.isoformat()})
        elif since is None and known is not None:
            await occasions.drop_all(Occasion.BLIND)
            await self._call(Occasion.SIGHT, await occasions.all_told_blind(), now)
            await occasions.set_blind(None)
            log.info("sources are read again: the followers are told")

    async def _followers(self) -> list[str]:
        pages = [page async for page in self._store.chats.followers(await self._store.chats.areas())]
        return list(dict.fromkeys(chat.recipient.key for page in pages for chat in page))

    async def _call(self, kind: Occasion, recipients: Iterable[str], now: datetime) -> None:
        await self._store.occasions.set_for_all(kind, recipients, now)

    async def _make(self, kind: Occasion, recipient: Recipient, now: datetime) -> None:
        chat = await self._store.chats.find(recipient)
        if chat is None or chat.unreachable_since is not None or not _is_wanted(kind, chat, now):
            await self._settle(kind, recipient, chat, now)
            return
        text = await self._text(kind, chat, now)
        buttons = _buttons(kind, self._voice(chat))
        message = Outgoing(recipient=recipient, text=text, sounds=False, protected=chat.short, buttons=buttons)

        async def compose() -> Outgoing:
            return message

        outcome = await self._sends.send(recipient, Lane.NORMAL, compose)
        await self._note(kind, chat, outcome, now)

    def _voice(self, chat: Chat) -> Voice:
        return self._digest.voices[chat.language]

    async def _text(self, kind: Occasion, chat: Chat, now: datetime) -> str:
        voice = self._voice(chat)
        match kind:
            case Occasion.WAKE:
                return await self._digest.wake(chat, now=now)
            case Occasion.BRIEF:
                return await self._digest.brief(chat, now=now)
            case Occasion.FUEL:
                return await self._digest.fuel(chat, now=now)
            case Occasion.BLIND:
                since = await self._store.occasions.blind_since() or now
                return voice.say("blind.told", age=voice.age(now - since))
            case Occasion.SIGHT:
                return voice.say("sight.told")

    async def _note(self, kind: Occasion, chat: Chat, outcome: Outcome | None, now: datetime) -> None:
        recipient = chat.recipient
        match outcome:
            case RetryIn(delay):
                await self._store.occasions.set(kind, recipient, now + delay)
                return
            case Moved(chat_id):
                await self._store.chats.move(recipient.chat_id, chat_id)
                return
            case Delivered(message_id):
                if (gone_at := await self._goes_at(chat, now)) is not None:
                    await self._store.agenda.delete_later(recipient.chat_id, message_id, at=gone_at)
                if kind in _TOPICS_OF_READING:
                    await self._store.occasions.told_blind(recipient, knows=kind is Occasion.BLIND)
            case Unreachable():
                await self._store.chats.update(
                    recipient, lambda one: replace(one, unreachable_since=now) if one else None
                )
            case _:
                pass  # its fate is unknown, or Telegram refused its content: not again
        await self._settle(kind, recipient, chat, now)

    async def _goes_at(self, chat: Chat, now: datetime) -> datetime | None:
        """After the hours the chat chose; at the desk within two days, whatever it chose."""
        if (chosen := delete_at(chat, now)) is not None:
            return chosen
        of_the_desk = chat.recipient.chat_id in await members_of(self._first_owners, self._store)
        return now + DESK_KEEPS if of_the_desk else None

    async def _settle(self, kind: Occasion, recipient: Recipient, chat: Chat | None, now: datetime) -> None:
        """What comes next at this chat, by what it has chosen by now."""
        latest = await self._store.chats.find(recipient) if chat is not None else None
        if kind is Occasion.WAKE and latest is not None and not is_muted(latest, now):
            await self._store.chats.update(recipient, lambda one: resume(one) if one else None)
        await self._store.occasions.set(kind, recipient, next_time_of(kind, latest, now=now, timezone=self._timezone))


def next_time_of(kind: Occasion, chat: Chat | None, *, now: datetime, timezone: ZoneInfo) -> datetime | None:
    """When `chat` is told this next, as it has chosen; however many times were missed, there is one next."""
    if chat is None:
        return None
    match kind:
        case Occasion.WAKE:
            return chat.muted_until if is_muted(chat, now) else None
        case Occasion.BRIEF:
            return _next(chat.brief_at, chat, now, timezone)
        case Occasion.FUEL:
            return _next(chat.fuel_at, chat, now, timezone)
        case Occasion.BLIND | Occasion.SIGHT:
            return None


def _next(timetable: Timetable | None, chat: Chat, now: datetime, timezone: ZoneInfo) -> datetime | None:
    return next_time(timetable, after=now, zone=zone_of(chat, timezone)) if timetable else None


def _is_wanted(kind: Occasion, chat: Chat, now: datetime) -> bool:
    """Whether the chat still wants it: a pause holds back what is not about itself."""
    match kind:
        case Occasion.WAKE:
            return chat.muted_until is not None and not is_muted(chat, now)
        case Occasion.BRIEF:
            return chat.brief_at is not None and not is_muted(chat, now)
        case Occasion.FUEL:
            return chat.fuel_at is not None and not is_muted(chat, now)
        case Occasion.BLIND | Occasion.SIGHT:
            return True


def _buttons(kind: Occasion, voice: Voice) -> tuple[tuple[Button, ...], ...]:
    if kind in {Occasion.WAKE, Occasion.SIGHT}:
        return ((Button(label=voice.label("button.now"), data="q:now"),),)
    return ()

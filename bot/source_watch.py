"""Which sources have fallen silent, and has every admin been told?

A source that can't be read looks like peace. Each admin hears once that it is silent, with the reason, and once that
it is back; what could not be said is said a minute later.
"""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from telegram import Bot
from telegram.error import TelegramError  # noqa: TID251 - bot/ turns it into our words

from alerts.audience.model import Recipient
from alerts.delivery.composing import delete_at
from alerts.delivery.model import Ambiguous, Lane, RetryIn
from alerts.desk.roles import DESK_KEEPS, members_of
from alerts.sources.health import is_stale
from alerts.sources.model import FeedMarks, Source
from alerts.wording.voice import Voice
from bot.telegram.outcome import outcome_of
from bot.telegram.wire import lane
from handlers.context import Siraba

log = logging.getLogger(__name__)

LOOK_EVERY = timedelta(minutes=1)


class SourceWatch:
    """Tells the admins of sources that fall silent and come back."""

    def __init__(self, siraba: Siraba, bot: Bot) -> None:
        self._siraba = siraba
        self._bot = bot
        self._sources = {source.id: source for source in siraba.sources if source.enabled}

    async def look(self, *, now: datetime) -> None:
        """Look once a minute."""
        agenda = self._siraba.store.agenda
        if not await agenda.is_due("source watch", now=now):
            return
        marks = await self._siraba.store.feeds.marks(self._sources)
        silent = {known_by for known_by, source in self._sources.items() if self._is_silent(source, marks, now)}
        for admin in await members_of(self._siraba.admin_ids, self._siraba.store):
            await self._tell(admin, silent, marks, now=now)
        await agenda.ran("source watch", now=now, every=LOOK_EVERY)

    def _is_silent(self, source: Source, marks: dict[str, FeedMarks], now: datetime) -> bool:
        """Stale, and not because the service itself was away: it has been asked in vain."""
        remembered = marks[source.id]
        return remembered.failures > 0 and is_stale(source, remembered, least=self._siraba.least_interval, now=now)

    async def _tell(self, admin: int, silent: set[str], marks: dict[str, FeedMarks], *, now: datetime) -> None:
        feeds = self._siraba.store.feeds
        told = await feeds.told_silent(admin)
        fresh, gone = sorted(silent - told), sorted(told - silent)
        if not fresh and not gone:
            return
        back = [known_by for known_by in gone if known_by in self._sources]
        if (fresh or back) and not await self._inform(admin, fresh, back, marks, now=now):
            return
        await feeds.note_told(admin, silent=fresh, back=gone)

    async def _inform(
        self, admin: int, fresh: Sequence[str], back: Sequence[str], marks: dict[str, FeedMarks], *, now: datetime
    ) -> bool:
        """Whether it needs no further try. What an admin is told goes again, as all that shows who one is."""
        chat = await self._siraba.store.chats.find(Recipient(admin))
        voice = self._siraba.voices[chat.language if chat else self._siraba.language]
        return await self._say(
            admin, self._text(voice, fresh, back, marks, now), goes_at=delete_at(chat, now) or now + DESK_KEEPS
        )

    def _text(
        self, voice: Voice, fresh: Sequence[str], back: Iterable[str], marks: dict[str, FeedMarks], now: datetime
    ) -> str:
        lines = [voice.silent_source(self._sources[one], marks[one], now=now) for one in fresh]
        lines += [voice.label("watch.back", name=self._name(voice, self._sources[one])) for one in back]
        if fresh:
            lines.append(voice.say("watch.meaning"))
        return "\n".join(lines)

    def _name(self, voice: Voice, source: Source) -> str:
        return source.name or source.id if source.public_name else voice.label("watch.unnamed")

    async def _say(self, admin: int, text: str, *, goes_at: datetime) -> bool:
        token = lane.set(Lane.NORMAL)
        try:
            sent = await self._bot.send_message(admin, text, protect_content=True)
        except TelegramError as error:
            outcome = outcome_of(error)
            log.info("an admin could not be told of a silent source", extra={"why": type(outcome).__name__})
            return not isinstance(outcome, RetryIn | Ambiguous)
        finally:
            lane.reset(token)
        await self._siraba.store.agenda.delete_later(admin, sent.message_id, at=goes_at)
        return True

"""What does a handler have at hand? A typed context instead of names in a dictionary."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from telegram.ext import Application, CallbackContext, ContextTypes, ExtBot

from alerts.delivery.digest import Digest
from alerts.delivery.figures import DeliveryCounts, Pace
from alerts.geography.atlas import Atlas
from alerts.pipeline import Pipeline
from alerts.reading.reader import Reader
from alerts.sources.model import Source
from alerts.store.store import Store
from alerts.wording.voice import Voices
from handlers.files import Fetch, NoFile

SIRABA = "siraba"


async def no_file(_: str) -> NoFile:
    """Where nothing is fetched."""
    return NoFile.GONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Siraba:
    """The parts of the service that conversations use; built in one place, bot/application.py.

    `clock` gives aware UTC. `admin_ids` are the first owners, of SIRABA_ADMIN_IDS. `sources` are those that are listed,
    each read after `least_interval` at the soonest; `pipeline` takes in what comes by itself from a channel. `fetch`
    gets what people send as a document. `counts` are what came of the sends so far, `pace` is that of all calls to
    Telegram.
    """

    atlas: Atlas
    reader: Reader
    store: Store
    voices: Voices
    clock: Callable[[], datetime]
    timezone: ZoneInfo
    language: str
    admin_ids: frozenset[int]
    contact: str | None
    version: str
    pace: Pace
    sources: tuple[Source, ...] = ()
    least_interval: timedelta = timedelta(minutes=5)
    pipeline: Pipeline | None = None
    fetch: Fetch = no_file
    counts: DeliveryCounts = field(default_factory=DeliveryCounts)

    @property
    def digest(self) -> Digest:
        """What a chat is told of its roads when no alert speaks."""
        return Digest(store=self.store, atlas=self.atlas, voices=self.voices, timezone=self.timezone)


class SirabaContext(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """python-telegram-bot's context, with the service beside it."""

    @property
    def siraba(self) -> Siraba:
        """The service's parts."""
        parts = self.bot_data[SIRABA]
        assert isinstance(parts, Siraba)  # noqa: S101 - placed there by bot/application.py, nowhere else
        return parts


CONTEXT_TYPES = ContextTypes(context=SirabaContext)
SirabaApplication = Application[ExtBot[None], SirabaContext, dict[Any, Any], dict[Any, Any], dict[Any, Any], Any]

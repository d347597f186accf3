"""How does the service speak: facts in, one message in one language out?

Messages are plain text. What is still a draft in a language is followed by the French text, which is reviewed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from alerts.delivery.model import Alert
from alerts.fuel.model import FuelState
from alerts.geography.atlas import Atlas
from alerts.geography.model import Area
from alerts.incidents.model import Incident
from alerts.incidents.outlook import Outlook
from alerts.wording import incident as incidents_told
from alerts.wording import times
from alerts.wording.alert import alert_text
from alerts.wording.catalogue import LOCALES, REFERENCE, load
from alerts.wording.desk import card_text
from alerts.wording.limits import MESSAGE_LIMIT
from alerts.wording.lists import active_text, history_text
from alerts.wording.pump import fuel_text
from alerts.wording.way import area_name, outlook_text
from alerts.wording.words import Words

LANGUAGES = tuple(LOCALES)

_BETWEEN = "\n\n"


class Voice:
    """Says facts in one language; immutable. Every message stays within Telegram's 4,096 units."""

    def __init__(self, language: str, *, atlas: Atlas, timezone: ZoneInfo) -> None:
        """Load what this language says.

        Raises:
            ValueError: `language` is none of `LANGUAGES`.
            DataError: a catalogue is malformed.
        """
        self.language = language
        self._catalogue = load(language)
        self._reference = load(REFERENCE)
        self._atlas = atlas
        self._timezone = timezone

    def say(self, key: str, /, **facts: object) -> str:
        """One sentence from the catalogue.

        Raises:
            KeyError: the key is unknown, or a fact that the sentence names is missing.
        """
        return self._speak(lambda words: words.say(key, **facts), between="\n")

    def count(self, key: str, number: int, /, **facts: object) -> str:
        """The plural form of `key` for `number`.

        Raises:
            KeyError: as `say`.
        """
        return self._speak(lambda words: words.count(key, number, **facts), between="\n")

    def label(self, key: str, /, **facts: object) -> str:
        """A sentence for a button or a menu, where there is no room for a second language.

        Raises:
            KeyError: as `say`.
        """
        return self._words(self._catalogue.language, MESSAGE_LIMIT).say(key, **facts)

    def age(self, delta: timedelta) -> str:
        """As in "12 min", "2 h", "3 j": a piece of a sentence, so in this language alone."""
        return times.age(self._words(self.language, MESSAGE_LIMIT), delta)

    def alert(self, alert: Alert, *, short: bool, now: datetime) -> str:
        """An alert, an update, a lifting or a retraction: complete in itself."""
        return self._speak(lambda words: alert_text(words, alert, short=short, now=now))

    def card(self, alert: Alert, *, now: datetime) -> str:
        """The same for the desk, with why it waits and the titles it rests on: never for a reader."""
        return self._speak(lambda words: card_text(words, alert, now=now))

    def outlook(self, outlook: Outlook, *, fuel: Sequence[FuelState], short: bool, now: datetime) -> str:
        """The answer to `/route` and `/road`; `fuel` is told in the order it is given, by town."""
        return self._speak(lambda words: outlook_text(words, outlook, fuel=fuel, short=short, now=now))

    def active(
        self,
        incidents: Sequence[Incident],
        *,
        areas: Sequence[Area],
        sources_read_at: datetime | None,
        short: bool,
        now: datetime,
    ) -> str:
        """The answer to `/now`; what does not fit is counted."""
        return self._speak(
            lambda words: active_text(
                words, incidents, areas=areas, sources_read_at=sources_read_at, short=short, now=now
            )
        )

    def fuel(self, states: Sequence[FuelState], *, place: str | None, now: datetime, short: bool = False) -> str:
        """The answer to `/fuel`; `place` is the id of the town asked for, named when nothing is known of it."""
        return self._speak(lambda words: fuel_text(words, states, place=place, short=short, now=now))

    def history(self, incidents: Sequence[Incident], *, area: Area, days: int, now: datetime) -> str:
        """The answer to `/history`: a line for each, by date, place and kind. Exercises are left out."""
        return self._speak(lambda words: history_text(words, incidents, area=area, days=days, now=now))

    def incident_line(self, incident: Incident, *, now: datetime) -> str:
        """One incident in one line, for lists."""
        return self._speak(lambda words: incidents_told.line(words, incident, now=now), between="\n")

    def area(self, area: Area) -> str:
        """How to name a followed area: a piece of a sentence, so in this language alone."""
        return area_name(self._words(self.language, MESSAGE_LIMIT), area)

    def _speak(self, write: Callable[[Words], str], *, between: str = _BETWEEN) -> str:
        """What `write` says; twice, each within half the room, when some of it is a draft."""
        room = MESSAGE_LIMIT if not self._catalogue.unreviewed else (MESSAGE_LIMIT - len(between)) // 2
        words = self._words(self.language, room)
        text = write(words)
        if not words.said_a_draft:
            return text
        return f"{text}{between}{write(self._words(REFERENCE, room))}"

    def _words(self, language: str, room: int) -> Words:
        catalogue = self._reference if language == REFERENCE else self._catalogue
        return Words(catalogue, atlas=self._atlas, timezone=self._timezone, limit=room)


class Voices(Mapping[str, Voice]):
    """One voice for each language."""

    def __init__(self, voices: Mapping[str, Voice]) -> None:
        self._voices = dict(voices)

    @classmethod
    def load(cls, atlas: Atlas, timezone: ZoneInfo) -> "Voices":
        """Read all catalogues.

        Raises:
            DataError: a catalogue is malformed.
        """
        return cls({language: Voice(language, atlas=atlas, timezone=timezone) for language in LANGUAGES})

    def __getitem__(self, language: str) -> Voice:
        return self._voices[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._voices)

    def __len__(self) -> int:
        return len(self._voices)

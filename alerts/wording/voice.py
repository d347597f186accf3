"""How does the service speak: facts in, one message in one language out?

Messages are plain text. What is still a draft in a language is followed by the French text, which is reviewed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from alerts.audience.model import Chat
from alerts.delivery.model import Alert
from alerts.fuel.model import FuelState, Prices
from alerts.geography.atlas import Atlas
from alerts.geography.model import Area
from alerts.incidents.brief import Brief
from alerts.incidents.model import Incident
from alerts.incidents.outlook import Outlook
from alerts.sources.health import Health
from alerts.sources.model import FeedMarks, Source
from alerts.wording import incident as incidents_told
from alerts.wording import times
from alerts.wording.alert import Bundle, alert_text, bundle_text
from alerts.wording.brief import brief_text, wake_text
from alerts.wording.buttons import Rows, alert_buttons, bundle_buttons
from alerts.wording.catalogue import LOCALES, REFERENCE, load
from alerts.wording.desk import NOBODY, card_buttons, card_text, copy_buttons, log_line, standing_line
from alerts.wording.leg import leg_popup, leg_text
from alerts.wording.limits import CAPTION_LIMIT, MESSAGE_LIMIT, POPUP_LIMIT, units
from alerts.wording.lists import Page, active_page, history_text
from alerts.wording.pump import NO_PRICES, ceilings_text, fuel_text
from alerts.wording.single import details_popup, details_text
from alerts.wording.sms import sms_text
from alerts.wording.sources import silent_line, source_line
from alerts.wording.way import area_name, caption_text, outlook_text, telling_legs
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

    def moment(self, moment: datetime) -> str:
        """As in "5 oct. 2025, 09:00", by the clock that `moment` comes in: a piece of a sentence."""
        return times.moment_name(self._words(self.language, MESSAGE_LIMIT), moment)

    def alert(self, alert: Alert, *, short: bool, now: datetime) -> str:
        """An alert, an update, a lifting or a retraction: complete in itself."""
        return self._speak(lambda words: alert_text(words, alert, short=short, now=now))

    def bundle(self, bundle: Bundle, *, short: bool, now: datetime) -> str | None:
        """Several alerts in one message, each whole; None where that is too much for one."""
        text = self._speak(lambda words: bundle_text(words, bundle, short=short, now=now))
        return text if units(text) <= MESSAGE_LIMIT else None

    def card(
        self, alert: Alert, *, now: datetime, similar: Sequence[Incident] = (), names: Mapping[str, str] = NOBODY
    ) -> str:
        """The same for the desk, with why it waits and the titles it rests on: never for a reader."""
        return self._speak(lambda words: card_text(words, alert, now=now, similar=similar, names=names))

    def card_buttons(self, incident: Incident) -> list[list[tuple[str, str]]]:
        """What an admin may do with a card: rows of what a button shows and what it sends back."""
        return card_buttons(self._words(self.language, MESSAGE_LIMIT), incident)

    def copy_buttons(self, incident: Incident) -> list[list[tuple[str, str]]]:
        """What stands under an admin's own copy of an alert."""
        return copy_buttons(self._words(self.language, MESSAGE_LIMIT), incident)

    def standing(self, incident: Incident) -> str:
        """The status an incident has, and from what source: for the desk."""
        return self._speak(lambda words: standing_line(words, incident), between="\n")

    def log_line(self, line: Mapping[str, str], *, chats: str = "") -> str:
        """One line of the audit, in this language alone; `chats` says to how many something went."""
        return log_line(self._words(self.language, MESSAGE_LIMIT), line, chats=chats)

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
        return self.active_page(incidents, areas=areas, sources_read_at=sources_read_at, short=short, now=now).text

    def active_page(
        self,
        incidents: Sequence[Incident],
        *,
        areas: Sequence[Area],
        sources_read_at: datetime | None,
        short: bool,
        now: datetime,
        skip: int = 0,
        limit: int = MESSAGE_LIMIT,
    ) -> Page:
        """The same from `skip` on; `next` is where the rest begins, by the language that tells less."""
        nexts: list[int | None] = []

        def write(words: Words) -> str:
            page = active_page(
                words, incidents, areas=areas, sources_read_at=sources_read_at, short=short, skip=skip, now=now
            )
            nexts.append(page.next)
            return page.text

        text = self._speak(write, limit=limit)
        return Page(text=text, next=min((one for one in nexts if one is not None), default=None))

    def brief(
        self,
        brief: Brief,
        *,
        areas: Sequence[Area],
        weekly: bool,
        sources_read_at: datetime | None,
        short: bool,
        now: datetime,
    ) -> str:
        """The brief on a chat's roads, as text to copy or pass on."""
        return self._speak(
            lambda words: brief_text(
                words, brief, areas=areas, weekly=weekly, sources_read_at=sources_read_at, short=short, now=now
            )
        )

    def wake(self, brief: Brief, *, sources_read_at: datetime | None, short: bool, now: datetime) -> str:
        """What a chat is told when its pause ends."""
        return self._speak(lambda words: wake_text(words, brief, sources_read_at=sources_read_at, short=short, now=now))

    def alert_buttons(self, incident: Incident, chat: Chat) -> Rows:
        """What stands under an alert in this chat."""
        return alert_buttons(self._words(self.language, MESSAGE_LIMIT), incident, chat)

    def bundle_buttons(self, chat: Chat) -> Rows:
        """What stands under several alerts in one message."""
        return bundle_buttons(self._words(self.language, MESSAGE_LIMIT), chat)

    def details(self, incident: Incident, *, now: datetime) -> str:
        """How one incident stands now."""
        return self._speak(lambda words: details_text(words, incident, now=now))

    def details_popup(self, incident: Incident, *, now: datetime) -> str:
        """The same for a pop-up: a draft gives way to French."""
        return self._popup(lambda words: details_popup(words, incident, now=now))

    def sms(self, incident: Incident, *, short: bool, now: datetime) -> str:
        """The same as one SMS: a draft gives way to French."""
        return self._popup(lambda words: sms_text(words, incident, short=short, now=now))

    def fuel(
        self,
        states: Sequence[FuelState],
        *,
        place: str | None,
        now: datetime,
        short: bool = False,
        prices: Prices = NO_PRICES,
    ) -> str:
        """The answer to `/fuel`; `place` is the id of the town asked for, named when nothing is known of it."""
        return self._speak(lambda words: fuel_text(words, states, place=place, short=short, prices=prices, now=now))

    def fuel_caption(self, states: Sequence[FuelState], *, prices: Prices, now: datetime) -> str:
        """What stands beneath the picture of the last weeks: what holds now."""
        return self._speak(
            lambda words: fuel_text(words, states, place=None, short=True, prices=prices, now=now),
            limit=CAPTION_LIMIT,
        )

    def ceilings(self, prices: Prices, *, now: datetime) -> str:
        """The answer to `/price`: the official ceilings."""
        return self._speak(lambda words: ceilings_text(words, prices, now=now))

    def history(
        self,
        incidents: Sequence[Incident],
        *,
        area: Area,
        days: int,
        now: datetime,
        asked_more: bool = False,
        short: bool = False,
    ) -> str:
        """The answer to `/history`: a line for each, by date, place and kind. Exercises are left out.

        `asked_more` than `days` were asked for: then it says that no more are kept.
        """
        return self._speak(
            lambda words: history_text(
                words, incidents, area=area, days=days, asked_more=asked_more, short=short, now=now
            )
        )

    def legs(self, outlook: Outlook) -> list[tuple[int, str]]:
        """The legs of the first way that something is told of: number from 0 and name, the gravest first."""
        return telling_legs(self._words(self.language, MESSAGE_LIMIT), outlook)

    def leg(self, outlook: Outlook, number: int, *, now: datetime) -> str:
        """All that is told of one leg of the first way.

        Raises:
            IndexError: the way has fewer legs, or there is none.
        """
        leg = outlook.ways[0].legs[number]
        read_at = outlook.sources_read_at
        return self._speak(lambda words: leg_text(words, leg, sources_read_at=read_at, now=now))

    def leg_popup(self, outlook: Outlook, number: int, *, now: datetime) -> str:
        """The same for a pop-up, which has no room for two languages: a draft gives way to French.

        Raises:
            IndexError: the way has fewer legs, or there is none.
        """
        leg = outlook.ways[0].legs[number]
        return self._popup(lambda words: leg_popup(words, leg, now=now))

    def caption(self, outlook: Outlook, *, others: bool = False, now: datetime) -> str:
        """What stands beneath a picture of the first way: title, status of each leg, the closing lines.

        `others` tells the other ways too, as a map shows them.

        Raises:
            IndexError: there is no way.
        """
        return self._speak(lambda words: caption_text(words, outlook, others=others, now=now), limit=CAPTION_LIMIT)

    def incident_line(self, incident: Incident, *, now: datetime) -> str:
        """One incident in one line, for lists."""
        return self._speak(lambda words: incidents_told.line(words, incident, now=now), between="\n")

    def source(self, source: Source, marks: FeedMarks, how: Health, *, now: datetime) -> str:
        """One source in one line, for `/sources`: in this language alone, as the list has no room for two."""
        return source_line(self._words(self.language, MESSAGE_LIMIT), source, marks, how, now=now)

    def silent_source(self, source: Source, marks: FeedMarks, *, now: datetime) -> str:
        """For an admin: a source that has fallen silent."""
        return silent_line(self._words(self.language, MESSAGE_LIMIT), source, marks, now=now)

    def area(self, area: Area) -> str:
        """How to name a followed area: a piece of a sentence, so in this language alone."""
        return area_name(self._words(self.language, MESSAGE_LIMIT), area)

    def _speak(self, write: Callable[[Words], str], *, between: str = _BETWEEN, limit: int = MESSAGE_LIMIT) -> str:
        """What `write` says; twice, each within half the room, when some of it is a draft."""
        room = limit if not self._catalogue.unreviewed else (limit - len(between)) // 2
        words = self._words(self.language, room)
        text = write(words)
        if not words.said_a_draft:
            return text
        return f"{text}{between}{write(self._words(REFERENCE, room))}"

    def _popup(self, write: Callable[[Words], str]) -> str:
        """What `write` says where there is no room for two languages: a draft gives way to French."""
        words = self._words(self.language, POPUP_LIMIT)
        text = write(words)
        return write(self._words(REFERENCE, POPUP_LIMIT)) if words.said_a_draft else text

    def _words(self, language: str, room: int) -> Words:
        catalogue = self._reference if language == REFERENCE else self._catalogue
        return Words(catalogue, atlas=self._atlas, timezone=self._timezone, limit=room)


class Voices(Mapping[str, Voice]):
    """One voice for each language; a language that it does not speak is answered in French, which it always has."""

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
        return self._voices.get(language) or self._voices[REFERENCE]

    def __contains__(self, language: object) -> bool:
        return language in self._voices

    def __iter__(self) -> Iterator[str]:
        return iter(self._voices)

    def __len__(self) -> int:
        return len(self._voices)

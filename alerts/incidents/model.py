"""What is known of one event on the roads, who says so, and how sure it is.

Words are those of CAP 1.2 (severity, msg_type), the Admiralty scale (grade, credibility) and ACLED (events).
All times are aware UTC.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum

from alerts.geography.model import Location
from alerts.reading.model import EventType


class Severity(StrEnum):
    """CAP severity."""

    EXTREME = "Extreme"
    SEVERE = "Severe"
    MODERATE = "Moderate"
    MINOR = "Minor"
    UNKNOWN = "Unknown"


class Credibility(IntEnum):
    """Admiralty information grade: 1 confirmed by independent sources … 6 cannot be judged."""

    CONFIRMED = 1
    PROBABLE = 2
    POSSIBLE = 3
    DOUBTFUL = 4
    IMPROBABLE = 5
    UNJUDGED = 6


class Trust(StrEnum):
    """The grade as a word for readers."""

    CONFIRMED = "confirmed"
    PROBABLE = "probable"
    UNCONFIRMED = "unconfirmed"


class SourceKind(StrEnum):
    """Where a report comes from, as far as a reader may know: a field source is never named."""

    PRESS = "press"
    OFFICIAL = "official"
    FIELD = "field"


class Status(StrEnum):
    """Where an incident stands. Time never changes it: only a report or an admin does."""

    ACTIVE = "active"
    LIFTED = "lifted"
    RETRACTED = "retracted"


class RetractionReason(StrEnum):
    """Why an incident was taken back, as readers are told it; what an admin wrote stays in the audit."""

    FALSE = "false"
    WRONG_PLACE = "wrong_place"
    WRONG_DATE = "wrong_date"
    DUPLICATE = "duplicate"
    UNVERIFIABLE = "unverifiable"
    OTHER = "other"


OPEN_STATUSES = frozenset({Status.ACTIVE})


class DayPart(StrEnum):
    """Part of the day of an event, the finest time the service ever says."""

    NIGHT = "night"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class Vehicles(StrEnum):
    """Which traffic was hit, told as a class and never as a number."""

    TRUCKS = "trucks"
    TANKERS = "tankers"
    BUSES = "buses"
    CARS = "cars"
    MOTORBIKES = "motorbikes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One telling of one event by one source.

    `id` identifies the entry at its source for ever; `grade` is the source's Admiralty grade A to F; `origin`
    the outlet it reprints or cites (None: its own reporting); `held` why an admin must look before anyone else
    sees it (None: clear), `vouched_by` who of the desk would let it out all the same. `title`, `url` are kept for the
    desk, never the body. `reopens` is whether it says that passage is possible again (an escort never does),
    `ends_blockade` whether a blockade is what it calls over; `days` the days it names without a year ("02-07",
    "friday").
    `numbers` are those of its text that are no day, hour or distance, `people` who it speaks of ("senegalese",
    "miners"), `mentioned` the places it names in passing, `another` whether it calls this a new or second attack,
    `also_that_day` whether it sets it apart from another of the same day, `amid` whether it was done in an attack,
    `recount` whether its toll is a first or a new count, `victims` of which side it counts people as hit: they only
    help to tell whether two reports are of one event. `is_claim` is whether it rests on the word of a
    state, an army or an armed group. `severity` and `until` are an admin's own judgement (None: what its type says).
    """

    id: str
    source_id: str
    source_kind: SourceKind
    grade: str
    fetched_at: datetime
    event_types: tuple[EventType, ...]
    location: Location
    language: str = "fr"
    published_at: datetime | None = None
    event_date: date | None = None
    day_part: DayPart | None = None
    fatalities: int | None = None
    vehicles_destroyed: int | None = None
    vehicles: tuple[Vehicles, ...] = ()
    title: str = ""
    url: str = ""
    origin: str | None = None
    cites: tuple[str, ...] = ()
    held: str | None = None
    vouched_by: int | None = None
    admin_id: int | None = None
    reopens: bool = False
    ends_blockade: bool = False
    days: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    people: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    another: bool = False
    also_that_day: bool = False
    amid: bool = False
    recount: bool = False
    victims: tuple[str, ...] = ()
    is_claim: bool = False
    severity: Severity | None = None
    until: datetime | None = None

    @property
    def event_type(self) -> EventType:
        """The most important type; reports without one are never made."""
        return self.event_types[0]

    @property
    def informed_at(self) -> datetime:
        """When the word is from: its publication, else when it was fetched."""
        return self.published_at or self.fetched_at


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """What an admin set right by hand: it stands whatever reports say, now or later. None is left as reports say."""

    event_type: EventType | None = None
    location: Location | None = None
    onset: date | None = None
    day_part: DayPart | None = None
    severity: Severity | None = None
    vehicles: tuple[Vehicles, ...] | None = None
    until: datetime | None = None


NOTHING_BY_HAND = ByHand()


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One event, from all its reports. `id` is the reference people quote ("0512").

    `version` grows by one with every stored change; a commit compares it. `informed_at` is the age of the
    newest information, `onset` the day of the event. `announced` is whether any alert has gone out, `spoke_by_rule`
    whether one did because nobody at the desk had looked. `exercise`
    marks a drill (CAP status Exercise or Test): told only to chats that asked, and marked in the first line.
    `until` is when its word gets old, where an admin said so. `merged_into` is the incident that has its reports now.
    """

    id: str
    version: int
    event_types: tuple[EventType, ...]
    location: Location
    severity: Severity
    credibility: Credibility
    status: Status
    reports: tuple[Report, ...]
    first_reported_at: datetime
    informed_at: datetime
    updated_at: datetime
    onset: date | None = None
    day_part: DayPart | None = None
    vehicles: tuple[Vehicles, ...] = ()
    until: datetime | None = None
    lifted_by: SourceKind | None = None
    retraction_reason: RetractionReason | None = None
    approved_by: int | None = None
    announced: bool = False
    spoke_by_rule: bool = False
    exercise: bool = False
    by_hand: ByHand = NOTHING_BY_HAND
    merged_into: str | None = None

    @property
    def event_type(self) -> EventType:
        """The most important type."""
        return self.event_types[0]

    @property
    def trust(self) -> Trust:
        """The grade as the word a reader sees: two independent sources, else probable, else unconfirmed."""
        match self.credibility:
            case Credibility.CONFIRMED:
                return Trust.CONFIRMED
            case Credibility.PROBABLE:
                return Trust.PROBABLE
            case _:
                return Trust.UNCONFIRMED

    @property
    def held(self) -> str | None:
        """Why none of this may reach a chat yet: every report is held. None when at least one is clear."""
        reasons = [report.held for report in self.reports]
        return reasons[0] if reasons and all(reasons) else None


class ChangeKind(StrEnum):
    """What a cycle did to an incident. AGAIN: a late word of it that may be of another event."""

    NEW = "new"
    WORSE = "worse"
    AGAIN = "again"
    SURER = "surer"
    LIFTED = "lifted"
    RETRACTED = "retracted"
    CORRECTED = "corrected"
    DETAIL = "detail"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An incident after a report was taken in; `before` is None when it is new. `kind` is the gravest difference."""

    kind: ChangeKind
    incident: Incident
    before: Incident | None = None

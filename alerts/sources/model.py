"""What is a source, how healthy is it, and what came of reading it?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from alerts.incidents.model import SourceKind
from alerts.reading.model import Item


class Kind(StrEnum):
    """How a source is read."""

    FEED = "feed"
    RELIEFWEB = "reliefweb"
    GDACS = "gdacs"
    CAP = "cap"
    CHANNEL = "channel"
    JSON = "json"
    WFP = "wfp"


class Topic(StrEnum):
    """What a source covers, in the words of `/sources`."""

    ROADS = "roads"
    WEATHER = "weather"
    FLOODS = "floods"
    FUEL = "fuel"
    RELIEF = "relief"
    NEWS = "news"


class Fault(StrEnum):
    """Why a source could not be read, as coarse as a reader needs it; the reason beside it is for the operator."""

    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    SLOW = "slow"
    TOO_LARGE = "too_large"
    NOT_A_FEED = "not_a_feed"
    EMPTY = "empty"
    FORBIDDEN_ADDRESS = "forbidden_address"
    NOT_ADMIN = "not_admin"
    OURS = "ours"


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonShape:
    """Where a JSON list keeps what: dotted paths, `entries` to the list ("" is the whole), `fields` in an entry."""

    entries: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One row of `sources.toml`. `grade` is Admiralty A to F; `enabled` is False where terms or law forbid it.

    `interval` is the least time between two reads, where it is longer than the service's own lower bound.
    `public_name` False means that name and link never reach a chat (do-no-harm rule 11).
    `country` is the two-letter code of the one country it writes of unless it names another; None where it has none.
    `appname` is who ReliefWeb's API is asked by, `shape` how a JSON list is read.
    """

    id: str
    url: str
    grade: str
    kind: Kind = Kind.FEED
    name: str = ""
    language: str | None = None
    source_kind: SourceKind = SourceKind.PRESS
    terms: str = "ask"
    legal: str = "ok"
    enabled: bool = True
    title_only: bool = False
    interval: timedelta = timedelta(minutes=15)
    covers: tuple[Topic, ...] = ()
    country: str | None = None
    appname: str | None = None
    shape: JsonShape | None = None

    @property
    def public_name(self) -> bool:
        """Whether readers may be told its name and link."""
        return self.terms != "forbidden" and self.legal == "ok"

    @property
    def is_pushed(self) -> bool:
        """Whether what it says arrives by itself, and is never asked for."""
        return self.kind is Kind.CHANNEL


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """How many new entries a source brought on a day (UTC), and how many of them concerned Mali's roads."""

    day: date
    entries: int = 0
    relevant: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedMarks:
    """What is remembered of a source between reads; stored together with what the read brought, or not at all.

    `succeeded_at` None means it was never read: what its first read brings is stored and pushed to nobody.
    `url` is the configured address these marks belong to (None: unknown); with another one they mean nothing.
    `ttl` is the rest the feed asked for when it was last read: an unchanged feed doesn't say it again.
    `moved_to` is where a permanent redirect led, used instead of `url` for as long as it works.
    `gap` is the time that usually lies between two of its entries, `wait` how long it was last left alone.
    `documents` are the addresses an index led to that were read; `days` counts the entries of the last week.
    """

    source_id: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    next_check_at: datetime | None = None
    checked_at: datetime | None = None
    succeeded_at: datetime | None = None
    unconditional_at: datetime | None = None
    newest_entry_at: datetime | None = None
    failures: int = 0
    last_failure: str | None = None
    fault: Fault | None = None
    moved_to: str | None = None
    url: str | None = None
    ttl: timedelta | None = None
    gap: timedelta | None = None
    wait: timedelta | None = None
    documents: tuple[str, ...] = ()
    days: tuple[DayCount, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEntry:
    """What is remembered of an entry under each of its names; digests stand for its texts ("" is unknown)."""

    source_id: str
    item_id: str
    title: str = ""
    text: str = ""
    published: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketPrice:
    """One row of a price list: what a unit of a commodity cost at a market in a month (its first day, or its date)."""

    date: date
    market: str
    commodity: str
    unit: str
    price: float
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The source was read; `items` are all its usable entries (some may have been seen before).

    `ended` are the ids of entries that the source has cancelled; `prices` what a price list holds.
    """

    source: Source
    marks: FeedMarks
    items: tuple[Item, ...]
    ended: tuple[str, ...] = ()
    prices: tuple[MarketPrice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """The source answered that nothing changed."""

    source: Source
    marks: FeedMarks


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """It could not be read. `reason` is a short English sentence for the operator; silence here is not peace."""

    source: Source
    marks: FeedMarks
    reason: str


ReadOutcome = Read | Unchanged | Failed

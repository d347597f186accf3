"""What is a source, how healthy is it, and what came of reading it?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.incidents.model import SourceKind
from alerts.reading.model import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One row of `sources.toml`. `grade` is Admiralty A to F; `enabled` is False where terms or law forbid it.

    `interval` is the least time between two reads, where it is longer than the service's own lower bound.
    `public_name` False means that name and link never reach a chat (do-no-harm rule 11).
    """

    id: str
    url: str
    grade: str
    kind: str = "feed"
    name: str = ""
    language: str | None = None
    source_kind: SourceKind = SourceKind.PRESS
    terms: str = "ask"
    legal: str = "ok"
    enabled: bool = True
    title_only: bool = False
    interval: timedelta = timedelta(minutes=15)

    @property
    def public_name(self) -> bool:
        """Whether readers may be told its name and link."""
        return self.terms != "forbidden" and self.legal == "ok"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedMarks:
    """What is remembered of a source between reads; stored together with what the read brought, or not at all.

    `succeeded_at` None means it was never read: what its first read brings is stored and pushed to nobody.
    `url` is the configured address these marks belong to (None: unknown); with another one they mean nothing.
    `ttl` is the rest the feed asked for when it was last read: an unchanged feed doesn't say it again.
    `moved_to` is where a permanent redirect led, used instead of `url` for as long as it works.
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
    moved_to: str | None = None
    url: str | None = None
    ttl: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The source was read; `items` are all its usable entries (some may have been seen before)."""

    source: Source
    marks: FeedMarks
    items: tuple[Item, ...]


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

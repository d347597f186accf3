"""What came of reading a source, and what must be remembered for the next time?

Marks in, an outcome with new marks out; nothing is stored here, so that what was read and what hides it next time
can be written together. A read that failed is never mistaken for one that found nothing.
"""

import asyncio
import hashlib
import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from yarl import URL

from alerts.reading.model import Item
from alerts.sources.fetch import Body, Fetched, Fetcher, FetchFailed, FetchLimits, NotModified
from alerts.sources.model import Failed, FeedMarks, Read, ReadOutcome, Source, Unchanged
from alerts.sources.parse import ParsedFeed, ParseFailed, Parser
from alerts.sources.politeness import needs_full_read, wait_after_failure, wait_after_success

_log = logging.getLogger(__name__)

_HOSTS_AT_ONCE = 8
_READING_BY_HAND = "F"  # the grade of what nobody has graded yet

Due = tuple[Source, FeedMarks]


class SourceReader:
    """Reads sources through a fetcher and a parser that the caller opens and closes."""

    def __init__(
        self, *, fetcher: Fetcher, parser: Parser, minimum_interval: timedelta, rng: Random | None = None
    ) -> None:
        self._fetcher = fetcher
        self._parser = parser
        self._minimum_interval = minimum_interval
        self._rng = rng or Random()

    async def read(self, source: Source, marks: FeedMarks, *, now: datetime) -> ReadOutcome:
        """Ask `source` once, conditionally unless a full read is due."""
        marks = _belonging_to(source, marks)
        full = needs_full_read(marks, now=now)
        answer = await self._fetcher.fetch(
            marks.moved_to or source.url,
            etag=None if full else marks.etag,
            last_modified=None if full else marks.last_modified,
        )
        match answer:
            case Body():
                return await self._take(source, marks, answer, now=now)
            case NotModified():
                return Unchanged(source=source, marks=self._unchanged(source, marks, answer, now=now))
            case FetchFailed():
                return self._failed(source, marks, answer, reason=answer.reason, now=now)

    async def read_due(self, due: Sequence[Due], *, now: datetime) -> list[ReadOutcome]:
        """Read all of `due`, in their order: hosts side by side, one request at a time for each."""
        by_host: defaultdict[str | None, list[Due]] = defaultdict(list)
        for source, marks in due:
            by_host[URL(marks.moved_to or source.url).host].append((source, marks))
        outcomes: dict[str, ReadOutcome] = {}
        at_once = asyncio.Semaphore(_HOSTS_AT_ONCE)

        async def one_host(entries: Sequence[Due]) -> None:
            async with at_once:
                for source, marks in entries:
                    outcomes[source.id] = await self._read_whatever_happens(source, marks, now=now)

        async with asyncio.TaskGroup() as hosts:
            for entries in by_host.values():
                hosts.create_task(one_host(entries))
        return [outcomes[source.id] for source, _ in due]

    async def read_path_or_url(self, what: str, *, now: datetime) -> Read | Failed:
        """Read a feed once from a web address or a local file, whatever is known of it."""
        source = Source(id=what, url=what, grade=_READING_BY_HAND)
        marks = FeedMarks(source_id=what)
        if what.lower().startswith(("http://", "https://")):
            answer = await self._fetcher.fetch(what, etag=None, last_modified=None)
        else:
            answer = await asyncio.to_thread(_file, what, FetchLimits().most_bytes)
        match answer:
            case Body():
                outcome = await self._take(source, marks, answer, now=now)
                return outcome if isinstance(outcome, Read) else _as_failed(source, outcome)
            case NotModified():
                return Failed(source=source, marks=marks, reason="an answer without content")
            case FetchFailed():
                return self._failed(source, marks, answer, reason=answer.reason, now=now)

    async def _read_whatever_happens(self, source: Source, marks: FeedMarks, *, now: datetime) -> ReadOutcome:
        try:
            return await self.read(source, marks, now=now)
        except Exception:  # noqa: BLE001 -- logged in full, and counted
            # A fault of ours met in one source must not silence the others; it counts as a failure.
            _log.exception("a source could not be read", extra={"source": source.id})
            answer = FetchFailed(reason="a fault of the reader itself")
            return self._failed(source, marks, answer, reason=answer.reason, now=now)

    async def _take(self, source: Source, marks: FeedMarks, body: Body, *, now: datetime) -> ReadOutcome:
        """Content was sent: nothing new in it, or parse it."""
        body_hash = hashlib.sha256(body.content).hexdigest()
        if body_hash == marks.body_hash:
            same = replace(marks, unconditional_at=now)
            return Unchanged(source=source, marks=self._unchanged(source, same, body, now=now))
        parsed = await self._parser.parse(
            body.content, content_type=body.content_type, title_only=source.title_only, now=now
        )
        if isinstance(parsed, ParseFailed):
            # Its validators are forgotten, or a later 304 would pass for a reading.
            unread = replace(marks, etag=None, last_modified=None, body_hash=None)
            return self._failed(source, unread, body, reason=parsed.reason, now=now)
        read = replace(
            marks, body_hash=body_hash, unconditional_at=now, newest_entry_at=_newest(marks, parsed), ttl=parsed.ttl
        )
        items = tuple(_in_language(item, source.language) for item in parsed.items)
        return Read(source=source, marks=self._succeeded(source, read, body, now=now), items=items)

    def _unchanged(self, source: Source, marks: FeedMarks, answer: Body | NotModified, *, now: datetime) -> FeedMarks:
        if isinstance(answer, NotModified):
            # A 304 may leave out what it does not change.
            answer = replace(
                answer,
                etag=answer.etag or marks.etag,
                last_modified=answer.last_modified or marks.last_modified,
            )
        return self._succeeded(source, marks, answer, now=now)

    def _succeeded(self, source: Source, marks: FeedMarks, answer: Body | NotModified, *, now: datetime) -> FeedMarks:
        wait = wait_after_success(answer.headers, base=self._base(source), ttl=marks.ttl, now=now, rng=self._rng)
        return replace(
            marks,
            url=source.url,
            etag=answer.etag,
            last_modified=answer.last_modified,
            moved_to=answer.moved_to or marks.moved_to,
            checked_at=now,
            succeeded_at=now,
            next_check_at=now + wait,
            failures=0,
            last_failure=None,
        )

    def _failed(
        self, source: Source, marks: FeedMarks, answer: Body | FetchFailed, *, reason: str, now: datetime
    ) -> Failed:
        failures = marks.failures + 1
        wait = wait_after_failure(answer.headers, base=self._base(source), failures=failures, now=now, rng=self._rng)
        if reason != marks.last_failure:
            _log.info("a source failed", extra={"source": source.id, "reason": reason})
        after = replace(
            marks,
            url=source.url,
            # The new address may be the fault: the next attempt goes to the configured one again.
            moved_to=None,
            checked_at=now,
            next_check_at=now + wait,
            failures=failures,
            last_failure=reason,
        )
        return Failed(source=source, marks=after, reason=reason)

    def _base(self, source: Source) -> timedelta:
        return max(source.interval, self._minimum_interval)


def _belonging_to(source: Source, marks: FeedMarks) -> FeedMarks:
    """`marks`, or their clocks alone if the operator has given the source another address since."""
    if marks.url is None or marks.url == source.url:
        return marks
    return FeedMarks(
        source_id=marks.source_id,
        checked_at=marks.checked_at,
        succeeded_at=marks.succeeded_at,
        newest_entry_at=marks.newest_entry_at,
    )


def _newest(marks: FeedMarks, parsed: ParsedFeed) -> datetime | None:
    moments = [item.published for item in parsed.items if item.published is not None]
    return max([*moments, *([marks.newest_entry_at] if marks.newest_entry_at else [])], default=None)


def _in_language(item: Item, configured: str | None) -> Item:
    """The operator's word over the feed's: many French sites still declare their software's "en-US"."""
    return replace(item, language=configured) if configured else item


def _as_failed(source: Source, outcome: ReadOutcome) -> Failed:
    return outcome if isinstance(outcome, Failed) else Failed(source=source, marks=outcome.marks, reason="no entries")


def _file(path: str, most_bytes: int) -> Fetched:
    """A local file as if it had been fetched."""
    try:
        with Path(path).open("rb") as file:
            content = file.read(most_bytes + 1)
    except (OSError, ValueError) as error:
        cause = error.strerror if isinstance(error, OSError) and error.strerror else "not a file name"
        return FetchFailed(reason=f"the file can't be read: {cause}")
    if len(content) > most_bytes:
        return FetchFailed(reason=f"larger than {most_bytes / 1024 / 1024:g} MB")
    return Body(content=content)

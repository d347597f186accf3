"""What came of reading a source, and what must be remembered for the next time?

Marks in, an outcome with new marks out; nothing is stored here, so that what was read and what hides it next time
can be written together. A read that failed is never mistaken for one that found nothing.
"""

import asyncio
import hashlib
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from yarl import URL

from alerts.sources.documents import Documents
from alerts.sources.fetch import Body, Fetched, Fetcher, FetchFailed, FetchLimits, NotModified
from alerts.sources.forms import FORMS, Form, Wanted
from alerts.sources.kinds.reliefweb import address as reliefweb_address
from alerts.sources.model import Failed, Fault, FeedMarks, Kind, Read, ReadOutcome, Source, Unchanged
from alerts.sources.parse import Parser
from alerts.sources.parsed import ParsedFeed, ParseFailed
from alerts.sources.politeness import needs_full_read, wait_after_failure, wait_after_success
from alerts.sources.rhythm import pace

_log = logging.getLogger(__name__)

_HOSTS_AT_ONCE = 8
_READING_BY_HAND = "F"  # the grade of what nobody has graded yet
# Twenty years of prices are larger than any feed; the parser keeps those of fuel alone.
_MOST_BYTES = {Kind.WFP: 32 * 1024 * 1024}

Due = tuple[Source, FeedMarks]
Take = Callable[[ReadOutcome], Awaitable[None]]


class SourceReader:
    """Reads sources through a fetcher and a parser that the caller opens and closes."""

    def __init__(
        self, *, fetcher: Fetcher, parser: Parser, minimum_interval: timedelta, rng: Random | None = None
    ) -> None:
        self._fetcher = fetcher
        self._parser = parser
        self._minimum_interval = minimum_interval
        self._rng = rng or Random()
        self._documents = Documents(fetcher, parser)

    @property
    def minimum_interval(self) -> timedelta:
        """The service's lower bound between two reads of one source."""
        return self._minimum_interval

    async def read(self, source: Source, marks: FeedMarks, *, now: datetime) -> ReadOutcome:
        """Ask `source` once, conditionally unless a full read is due."""
        marks = _belonging_to(source, marks)
        full = needs_full_read(marks, now=now)
        answer = await self._fetcher.fetch(
            _address(source, marks),
            etag=None if full else marks.etag,
            last_modified=None if full else marks.last_modified,
            most_bytes=_MOST_BYTES.get(source.kind),
        )
        match answer:
            case Body():
                return await self._take(source, marks, answer, now=now)
            case NotModified():
                return Unchanged(source=source, marks=self._unchanged(source, marks, answer, now=now))
            case FetchFailed():
                return self._failed(source, marks, answer, now=now)

    async def read_due(self, due: Sequence[Due], take: Take, *, now: datetime) -> None:
        """Read all of `due` and hand each outcome to `take` as it comes, so that no source waits for a slower one.

        Hosts are read side by side, one request at a time for each. What `take` raises ends all of it.
        """
        by_host: defaultdict[str | None, list[Due]] = defaultdict(list)
        for source, marks in due:
            by_host[URL(_address(source, marks)).host].append((source, marks))
        at_once = asyncio.Semaphore(_HOSTS_AT_ONCE)

        async def one_host(entries: Sequence[Due]) -> None:
            for source, marks in entries:
                async with at_once:
                    outcome = await self._read_whatever_happens(source, marks, now=now)
                await take(outcome)

        hosts = [asyncio.create_task(one_host(entries)) for entries in by_host.values()]
        try:
            await asyncio.gather(*hosts)
        finally:
            for host in hosts:
                host.cancel()
            await asyncio.gather(*hosts, return_exceptions=True)

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
                return self._failed(source, marks, answer, now=now)

    def faulty(self, source: Source, marks: FeedMarks, *, now: datetime) -> Failed:
        """The outcome of a read that met a fault of ours: what was read is not taken in, and read again later."""
        unread = replace(marks, etag=None, last_modified=None, body_hash=None)
        answer = FetchFailed(reason="a fault of the reader itself", fault=Fault.OURS)
        return self._failed(source, unread, answer, now=now)

    async def _read_whatever_happens(self, source: Source, marks: FeedMarks, *, now: datetime) -> ReadOutcome:
        try:
            return await self.read(source, marks, now=now)
        except Exception:  # noqa: BLE001 -- logged in full, and counted
            # A fault of ours met in one source must not silence the others; it counts as a failure.
            _log.exception("a source could not be read", extra={"source": source.id})
            return self.faulty(source, marks, now=now)

    async def _take(self, source: Source, marks: FeedMarks, body: Body, *, now: datetime) -> ReadOutcome:
        """Content was sent: nothing new in it, or parse it."""
        body_hash = await _hash(body)
        if body_hash == marks.body_hash:
            same = replace(marks, unconditional_at=now)
            return Unchanged(source=source, marks=self._unchanged(source, same, body, now=now))
        parsed = await self._parser.parse(body.content, _wanted(source, body, now=now))
        if isinstance(parsed, ParseFailed):
            # Its validators are forgotten, or a later 304 would pass for a reading.
            unread = replace(marks, etag=None, last_modified=None, body_hash=None)
            answer = FetchFailed(reason=parsed.reason, fault=parsed.fault, headers=body.headers)
            return self._failed(source, unread, answer, now=now)
        if source.kind is Kind.CAP:
            return await self._take_warnings(source, marks, body, parsed, body_hash=body_hash, now=now)
        read = _marked(marks, parsed, body_hash=body_hash, now=now)
        return Read(
            source=source,
            marks=self._succeeded(source, read, body, now=now),
            items=parsed.items,
            ended=parsed.ended,
            prices=parsed.prices,
        )

    async def _take_warnings(
        self, source: Source, marks: FeedMarks, body: Body, index: ParsedFeed, *, body_hash: str, now: datetime
    ) -> ReadOutcome:
        """An index came: read the documents it leads to. While one is missing, the index is not taken for read."""
        found = await self._documents.read(source, index, known=marks.documents, now=now)
        if found.reason is not None and not found.items and not found.ended:
            unread = replace(marks, etag=None, last_modified=None, body_hash=None, documents=found.read)
            return self._failed(source, unread, FetchFailed(reason=found.reason, fault=found.fault), now=now)
        whole = found.reason is None
        if not whole:
            _log.info("a warning could not be read", extra={"source": source.id, "reason": found.reason})
            body = replace(body, etag=None, last_modified=None)
        read = _marked(marks, index, body_hash=body_hash if whole else None, now=now)
        after = self._succeeded(source, replace(read, documents=found.read), body, now=now)
        return Read(source=source, marks=after, items=found.items, ended=found.ended)

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
        wait = wait_after_success(
            answer.headers,
            base=self._base(source),
            ttl=marks.ttl,
            pace=pace(gap=marks.gap, newest=marks.newest_entry_at, now=now),
            now=now,
            rng=self._rng,
        )
        return replace(
            marks,
            url=source.url,
            etag=answer.etag,
            last_modified=answer.last_modified,
            moved_to=answer.moved_to or marks.moved_to,
            checked_at=now,
            succeeded_at=now,
            next_check_at=now + wait,
            wait=wait,
            failures=0,
            last_failure=None,
            fault=None,
        )

    def _failed(self, source: Source, marks: FeedMarks, answer: FetchFailed, *, now: datetime) -> Failed:
        failures, reason = marks.failures + 1, answer.reason
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
            fault=answer.fault,
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
        days=marks.days,
    )


async def _hash(body: Body) -> str:
    """In a thread, which leaves the loop free: a price list is large."""
    return await asyncio.to_thread(lambda: hashlib.sha256(body.content).hexdigest())


def _marked(marks: FeedMarks, parsed: ParsedFeed, *, body_hash: str | None, now: datetime) -> FeedMarks:
    """`marks` after `parsed` was read."""
    priced = [datetime.combine(price.date, datetime.min.time(), tzinfo=now.tzinfo) for price in parsed.prices]
    newest = [moment for moment in (parsed.newest, marks.newest_entry_at, max(priced, default=None)) if moment]
    return replace(
        marks,
        body_hash=body_hash,
        unconditional_at=now,
        newest_entry_at=max(newest, default=None),
        ttl=parsed.ttl,
        gap=parsed.gap,
    )


def _address(source: Source, marks: FeedMarks) -> str:
    """Where to ask: where a permanent redirect led, else the configured address."""
    if marks.moved_to:
        return marks.moved_to
    if source.kind is Kind.RELIEFWEB and source.appname:
        return reliefweb_address(source.url, appname=source.appname)
    return source.url


def _wanted(source: Source, body: Body, *, now: datetime) -> Wanted:
    return Wanted(
        form=FORMS.get(source.kind, Form.FEED),
        content_type=body.content_type,
        title_only=source.title_only,
        language=source.language,
        shape=source.shape,
        now=now,
    )


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

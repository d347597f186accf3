"""How is a source, in a reader's or an admin's words? Its silence is told as silence, never as calm."""

from datetime import datetime

from alerts.sources.health import Health
from alerts.sources.model import FeedMarks, Source
from alerts.wording.times import age
from alerts.wording.words import Words

_BETWEEN = " · "


def source_line(words: Words, source: Source, marks: FeedMarks, health: Health, *, now: datetime) -> str:
    """Name, grade, what it covers, when it was read and tried, its newest entry, how much it brings."""
    topics = [words.say(f"topic.{topic}") for topic in source.covers]
    parts = [source.name or source.id, source.grade, *topics, _read(words, source, marks, health, now=now)]
    if marks.failures:
        parts.append(_failing(words, marks, now=now))
    if marks.newest_entry_at is not None:
        parts.append(words.say("sources.newest", age=age(words, now - marks.newest_entry_at)))
    if health.entries:
        parts.append(words.say("sources.week", count=health.entries, share=health.share))
    return _BETWEEN.join(parts)


def silent_line(words: Words, source: Source, marks: FeedMarks, *, now: datetime) -> str:
    """For admins: which source has fallen silent, why, and since when."""
    name = source.name or source.id if source.public_name else words.say("watch.unnamed")
    why = _why(words, marks)
    if marks.succeeded_at is None:
        return words.say("watch.never", name=name, grade=source.grade, why=why)
    return words.say("watch.silent", name=name, grade=source.grade, why=why, age=age(words, now - marks.succeeded_at))


def _read(words: Words, source: Source, marks: FeedMarks, health: Health, *, now: datetime) -> str:
    if marks.succeeded_at is None:
        return words.say("sources.never_stale" if health.is_stale else "sources.never_read")
    read_at = age(words, now - marks.succeeded_at)
    if health.is_stale:
        return words.say("sources.stale", age=read_at)
    return words.say("sources.heard" if source.is_pushed else "sources.read_ago", age=read_at)


def _failing(words: Words, marks: FeedMarks, *, now: datetime) -> str:
    if marks.checked_at is None:
        return _why(words, marks)
    return words.say("sources.tried", age=age(words, now - marks.checked_at), why=_why(words, marks))


def _why(words: Words, marks: FeedMarks) -> str:
    return words.say(f"source.fault.{marks.fault}") if marks.fault else words.say("source.fault.unreachable")

"""What does a body hold: which feed, in which language, with which entries?

feedparser reads RSS 0.9x, 1.0, 2.0 and Atom; a small adapter reads JSON Feed. Both only ever see bytes in memory:
a body that is the name of a file or an address is neither opened nor fetched. Runs inside the parser's process.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import BytesIO
from time import struct_time
from typing import Any

import feedparser

from alerts.reading.model import Item
from alerts.sources.dates import published
from alerts.sources.entries import clean_link, digest, entry_id
from alerts.sources.text import LONGEST_TITLE, clean_summary, clean_title, plain, shorten

_FIRST_LOOK = 4096
_REFERENCE = re.compile(rb"&#([xX]?)([0-9a-fA-F]{1,20});?")
# Complaints of feedparser that say nothing about the entries.
_HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
_ENDS = (b"</rss>", b"</feed>", b"</rdf:rdf>", b"</channel>")
_THREE_LETTERS = {"fra": "fr", "fre": "fr", "eng": "en", "bam": "bm", "ara": "ar"}
_DATES = ("published", "created", "updated")
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_].*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed with a usable entry; `ttl` is the rest it asks for, `dropped` how many entries were unusable."""

    title: str
    language: str | None
    items: tuple[Item, ...]
    ttl: timedelta | None = None
    dropped: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseFailed:
    """The body is no usable feed. `reason` is a short English sentence."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _RawEntry:
    """An entry as its format gives it, before any cleaning."""

    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    dates: tuple[tuple[str, struct_time | None], ...] = ()
    language: str = ""
    outlet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _RawFeed:
    title: str = ""
    link: str = ""
    language: str = ""
    ttl: timedelta | None = None
    entries: tuple[_RawEntry, ...] = ()


def parse_feed(body: bytes, *, content_type: str | None, title_only: bool, now: datetime) -> ParsedFeed | ParseFailed:
    """The feed in `body`; with `title_only`, summaries are left out. `now` bounds the dates that are believed."""
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        return ParseFailed(reason="an empty answer")
    raw = _json_feed(body) if start[:1] in {b"{", b"["} else _xml_feed(_mended(body), content_type)
    if isinstance(raw, ParseFailed):
        return raw
    if not raw.entries:
        return ParseFailed(reason="a feed with no entries")
    items = tuple(_distinct(_items(raw, title_only=title_only, now=now)))
    if not items:
        return ParseFailed(reason="a feed with no usable entries")
    return ParsedFeed(
        title=clean_title(raw.title),
        language=language_code(raw.language),
        items=items,
        ttl=raw.ttl,
        dropped=len(raw.entries) - len(items),
    )


def language_code(said: str) -> str | None:
    """A two-letter code from "fr-FR", "fra", "FR"; None for anything else."""
    found = _LANGUAGE.fullmatch(said.strip().lower())
    if found is None:
        return None
    code = found[1]
    return code if len(code) == 2 else _THREE_LETTERS.get(code)  # noqa: PLR2004 -- two letters


# RSS and Atom


def _mended(body: bytes) -> bytes:
    """`body` without what a site's own faults print ahead of it, and without references to no character.

    One of those, in one entry, would make feedparser refuse the whole feed; half an emoji is the usual one.
    """
    start = max(body.find(b"<?xml", 0, _FIRST_LOOK), 0)
    return _REFERENCE.sub(_possible, body[start:])


def _possible(reference: re.Match[bytes]) -> bytes:
    try:
        point = int(reference[2], 16 if reference[1] else 10)
        chr(point).encode("utf-8")
    except (ValueError, OverflowError):
        return b""
    return reference[0]


def _xml_feed(body: bytes, content_type: str | None) -> _RawFeed | ParseFailed:
    headers = {"content-type": _believed_type(body, content_type)}
    try:
        found = feedparser.parse(
            BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 -- any fault of the library on a foreign body means the same here
        return ParseFailed(reason=f"not readable as a feed ({type(error).__name__})")
    if not found.get("version"):
        return ParseFailed(reason=_what_instead(body))
    entries = found.entries
    if _is_cut(body, found) and entries:
        entries = entries[:-1]
        if not entries:
            return ParseFailed(reason="a feed that broke off in its first entry")
    return _RawFeed(
        title=_text(found.feed, "title"),
        link=_text(found.feed, "link"),
        language=_text(found.feed, "language"),
        ttl=_ttl(found.feed),
        entries=tuple(_xml_entry(entry) for entry in entries),
    )


def _believed_type(body: bytes, content_type: str | None) -> str:
    """A content type with the encoding to use: text that is valid UTF-8 is UTF-8, whatever anyone declares."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return content_type if content_type and "charset=" in content_type.lower() else "application/xml"
    return "application/xml" if b"\0" in body else "application/xml; charset=utf-8"


def _is_cut(body: bytes, found: Mapping[str, Any]) -> bool:
    """Whether the feed broke off, so that its last entry may be half an entry."""
    if not found.get("bozo") or isinstance(found.get("bozo_exception"), _HARMLESS):
        return False
    return not any(end in body[-_FIRST_LOOK:].lower() for end in _ENDS)


def _what_instead(body: bytes) -> str:
    head = body[:_FIRST_LOOK].lstrip().lower()
    if b"<html" in head or head.startswith(b"<!doctype html"):
        return "a web page, not a feed"
    if head.startswith(b"\x1f\x8b"):
        return "a packed file, not a feed"
    return "XML, but not a feed" if head.startswith(b"<?xml") else "not a feed"


def _ttl(feed: Mapping[str, Any]) -> timedelta | None:
    minutes = _text(feed, "ttl").strip()
    # More digits than years of minutes need are a mistake, not a wish.
    return timedelta(minutes=int(minutes)) if minutes.isascii() and minutes.isdigit() and len(minutes) < 8 else None  # noqa: PLR2004


def _xml_entry(entry: Mapping[str, Any]) -> _RawEntry:
    content: list[Mapping[str, Any]] = entry.get("content") or [{}]
    source: Mapping[str, Any] = entry.get("source") or {}
    detail: Mapping[str, Any] = entry.get("title_detail") or {}
    return _RawEntry(
        guid=_text(entry, "id"),
        link=_text(entry, "link"),
        title=_text(entry, "title"),
        summary=_text(entry, "summary") or _text(content[0], "value"),
        dates=tuple((_text(entry, name), entry.get(f"{name}_parsed")) for name in _DATES if name in entry),
        language=_text(detail, "language"),
        outlet=_text(source, "title"),
    )


def _text(fields: Mapping[str, Any], name: str) -> str:
    # Asked for first: feedparser stands one date in for another where it is only got.
    value = fields.get(name) if name in fields else None
    return value if isinstance(value, str) else ""


# JSON Feed


def _json_feed(body: bytes) -> _RawFeed | ParseFailed:
    try:
        found = json.loads(body.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        return ParseFailed(reason="broken JSON, not a feed")
    if not isinstance(found, dict) or "jsonfeed.org" not in _text(found, "version"):
        return ParseFailed(reason="JSON, but not a JSON Feed")
    listed = found.get("items")
    entries = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    return _RawFeed(
        title=_text(found, "title"),
        link=_text(found, "home_page_url"),
        language=_text(found, "language"),
        entries=tuple(_json_entry(entry) for entry in entries),
    )


def _json_entry(entry: Mapping[str, Any]) -> _RawEntry:
    known_by = entry.get("id")
    summary = next((text for name in ("summary", "content_text", "content_html") if (text := _text(entry, name))), "")
    return _RawEntry(
        guid=str(known_by) if isinstance(known_by, str | int) else "",
        link=_text(entry, "url") or _text(entry, "external_url"),
        title=_text(entry, "title"),
        summary=summary,
        dates=((_text(entry, "date_published"), None), (_text(entry, "date_modified"), None)),
        language=_text(entry, "language"),
    )


# Entries


def _items(feed: _RawFeed, *, title_only: bool, now: datetime) -> Iterator[Item]:
    outlet = plain(feed.title)
    for raw in feed.entries:
        title = clean_title(clean_title(raw.title, outlet=outlet), outlet=plain(raw.outlet))
        summary = "" if title_only else clean_summary(raw.summary)
        if not title and not summary:
            continue
        link = clean_link(raw.link, base=feed.link)
        moment = published(list(raw.dates), now=now)
        yield Item(
            id=entry_id(guid=raw.guid, link=link, title=title, published=moment),
            # A notice without a headline is still a notice.
            title=title or shorten(summary, LONGEST_TITLE),
            summary=summary,
            url=link,
            published=moment,
            language=language_code(raw.language) or language_code(feed.language),
        )


def _distinct(items: Iterable[Item]) -> Iterator[Item]:
    """Each entry once; where a feed gives one id to different entries, each gets one of its own.

    Otherwise the second entry of such a feed would pass for one that was already read.
    """
    once = list({(item.id, item.title, item.url): item for item in items}.values())
    shared = Counter(item.id for item in once)
    for item in once:
        own = digest(item.title + item.url)
        yield item if shared[item.id] == 1 else replace(item, id=f"{item.id}#{own}")

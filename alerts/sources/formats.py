"""What does a body hold: which feed, in which language, with which entries?

feedparser reads RSS 0.9x, 1.0, 2.0 and Atom; a small adapter reads JSON Feed. Both only ever see bytes in memory:
a body that is the name of a file or an address is neither opened nor fetched. Runs inside the parser's process.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import feedparser

from alerts.sources.model import Fault
from alerts.sources.parsed import ParsedFeed, ParseFailed, RawEntry, RawFeed, finished

_FIRST_LOOK = 4096
_REFERENCE = re.compile(rb"&#([xX]?)([0-9a-fA-F]{1,20});?")
# Complaints of feedparser that say nothing about the entries.
_HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
_ENDS = (b"</rss>", b"</feed>", b"</rdf:rdf>", b"</channel>")
_DATES = ("published", "created", "updated")

EMPTY = ParseFailed(reason="an empty answer", fault=Fault.EMPTY)
Entry = Callable[[Mapping[str, Any]], RawEntry | None]
"""Makes an entry of what feedparser found; None for one that is left out."""


def parse_feed(
    body: bytes, *, content_type: str | None, title_only: bool, now: datetime, language: str | None = None
) -> ParsedFeed | ParseFailed:
    """The feed in `body`; with `title_only`, summaries are left out. `now` bounds the dates that are believed."""
    raw = raw_feed(body, content_type=content_type)
    return raw if isinstance(raw, ParseFailed) else finished(raw, title_only=title_only, language=language, now=now)


def raw_feed(body: bytes, *, content_type: str | None, entry: Entry | None = None) -> RawFeed | ParseFailed:
    """The feed in `body`, uncleaned; `entry` makes the entries of an RSS or Atom feed."""
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        return EMPTY
    if start[:1] in {b"{", b"["}:
        return _json_feed(body)
    return _xml_feed(_mended(body), content_type, entry or xml_entry)


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


def _xml_feed(body: bytes, content_type: str | None, make: Entry) -> RawFeed | ParseFailed:
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
    made = [raw for entry in entries if (raw := make(entry)) is not None]
    return RawFeed(
        title=field_text(found.feed, "title"),
        link=field_text(found.feed, "link"),
        language=field_text(found.feed, "language"),
        ttl=_ttl(found.feed),
        entries=tuple(made),
        left_out=len(entries) - len(made),
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
    minutes = field_text(feed, "ttl").strip()
    # More digits than years of minutes need are a mistake, not a wish.
    return timedelta(minutes=int(minutes)) if minutes.isascii() and minutes.isdigit() and len(minutes) < 8 else None  # noqa: PLR2004


def xml_entry(entry: Mapping[str, Any]) -> RawEntry:
    """An entry of RSS or Atom as feedparser gives it."""
    content: list[Mapping[str, Any]] = entry.get("content") or [{}]
    source: Mapping[str, Any] = entry.get("source") or {}
    detail: Mapping[str, Any] = entry.get("title_detail") or {}
    return RawEntry(
        guid=field_text(entry, "id"),
        link=field_text(entry, "link"),
        title=field_text(entry, "title"),
        summary=field_text(entry, "summary") or field_text(content[0], "value"),
        dates=tuple((field_text(entry, name), entry.get(f"{name}_parsed")) for name in _DATES if name in entry),
        language=field_text(detail, "language"),
        outlet=field_text(source, "title"),
    )


def field_text(fields: Mapping[str, Any], name: str) -> str:
    """The text of a field; "" where it is missing or no text."""
    # Asked for first: feedparser stands one date in for another where it is only got.
    value = fields.get(name) if name in fields else None
    return value if isinstance(value, str) else ""


# JSON Feed


def _json_feed(body: bytes) -> RawFeed | ParseFailed:
    try:
        found = json.loads(body.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        return ParseFailed(reason="broken JSON, not a feed")
    if not isinstance(found, dict) or "jsonfeed.org" not in field_text(found, "version"):
        return ParseFailed(reason="JSON, but not a JSON Feed")
    listed = found.get("items")
    entries = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
    return RawFeed(
        title=field_text(found, "title"),
        link=field_text(found, "home_page_url"),
        language=field_text(found, "language"),
        entries=tuple(_json_entry(entry) for entry in entries),
    )


def _json_entry(entry: Mapping[str, Any]) -> RawEntry:
    known_by = entry.get("id")
    summary = next(
        (text for name in ("summary", "content_text", "content_html") if (text := field_text(entry, name))), ""
    )
    return RawEntry(
        guid=str(known_by) if isinstance(known_by, str | int) else "",
        link=field_text(entry, "url") or field_text(entry, "external_url"),
        title=field_text(entry, "title"),
        summary=summary,
        dates=((field_text(entry, "date_published"), None), (field_text(entry, "date_modified"), None)),
        language=field_text(entry, "language"),
    )

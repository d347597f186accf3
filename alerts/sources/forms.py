"""Which reader understands which body? Runs inside the parser's process."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alerts.sources.formats import parse_feed, raw_feed
from alerts.sources.kinds.cap import parse_cap
from alerts.sources.kinds.gdacs import raw_gdacs
from alerts.sources.kinds.json_list import raw_json_list
from alerts.sources.kinds.reliefweb import raw_reliefweb
from alerts.sources.kinds.wfp import parse_wfp
from alerts.sources.model import JsonShape, Kind
from alerts.sources.parsed import ParsedFeed, ParseFailed, RawFeed, finished


class Form(StrEnum):
    """What a body is expected to be."""

    FEED = "feed"
    INDEX = "index"
    CAP = "cap"
    GDACS = "gdacs"
    RELIEFWEB = "reliefweb"
    JSON = "json"
    WFP = "wfp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to make of a body: its form, what the server called it, and what the operator said of the source."""

    now: datetime
    form: Form = Form.FEED
    content_type: str | None = None
    title_only: bool = False
    language: str | None = None
    shape: JsonShape | None = None


FORMS = {
    Kind.FEED: Form.FEED,
    Kind.RELIEFWEB: Form.RELIEFWEB,
    Kind.GDACS: Form.GDACS,
    Kind.CAP: Form.INDEX,
    Kind.JSON: Form.JSON,
    Kind.WFP: Form.WFP,
}
"""What each kind of source answers with; a channel is never asked."""


def parse_body(body: bytes, wanted: Wanted) -> ParsedFeed | ParseFailed:
    """What `body` holds, read as the wanted form."""
    title_only, language, now = wanted.title_only, wanted.language, wanted.now
    match wanted.form:
        case Form.FEED:
            return parse_feed(body, content_type=wanted.content_type, title_only=title_only, now=now, language=language)
        case Form.INDEX:
            raw = raw_feed(body, content_type=wanted.content_type)
            # An index of warnings is empty when nobody is warned of anything.
            is_quiet = isinstance(raw, RawFeed) and not raw.entries
            return ParsedFeed() if is_quiet else _finished(raw, wanted)
        case Form.CAP:
            return parse_cap(body, title_only=title_only, language=language, now=now)
        case Form.GDACS:
            return _finished(raw_gdacs(body, content_type=wanted.content_type), wanted)
        case Form.RELIEFWEB:
            return _finished(raw_reliefweb(body), wanted)
        case Form.JSON:
            return _finished(raw_json_list(body, shape=wanted.shape or JsonShape()), wanted)
        case Form.WFP:
            return parse_wfp(body, today=now.date())


def _finished(raw: RawFeed | ParseFailed, wanted: Wanted) -> ParsedFeed | ParseFailed:
    if isinstance(raw, ParseFailed):
        return raw
    return finished(raw, title_only=wanted.title_only, language=wanted.language, now=wanted.now)

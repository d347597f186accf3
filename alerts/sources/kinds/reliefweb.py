"""What does an answer of ReliefWeb's API (version 2) hold, and how is it asked?"""

from collections.abc import Mapping
from typing import Any

from yarl import URL

from alerts.sources.kinds.paths import json_of, text_at
from alerts.sources.model import Fault
from alerts.sources.parsed import ParseFailed, RawEntry, RawFeed

_MOST = 50
_FIELDS = ("title", "url", "url_alias", "date.created", "source.name", "language.code", "headline.summary")


def address(url: str, *, appname: str) -> str:
    """`url` asking for the newest reports on Mali, in the name of `appname`, which ReliefWeb has approved."""
    asked = [
        ("appname", appname),
        ("profile", "minimal"),
        ("limit", str(_MOST)),
        ("sort[]", "date.created:desc"),
        ("filter[field]", "primary_country.iso3"),
        ("filter[value]", "mli"),
        *(("fields[include][]", name) for name in _FIELDS),
    ]
    return str(URL(url).extend_query(asked))


def raw_reliefweb(body: bytes) -> RawFeed | ParseFailed:
    """The reports in an answer; its own word where it refuses."""
    found = json_of(body)
    if isinstance(found, ParseFailed):
        return found
    if not isinstance(found, dict) or not isinstance(found.get("data"), list):
        refused = isinstance(found, dict) and "error" in found
        return ParseFailed(
            reason="ReliefWeb refuses to answer" if refused else "JSON, but not ReliefWeb's",
            fault=Fault.REFUSED if refused else Fault.NOT_A_FEED,
        )
    return RawFeed(entries=tuple(_entry(one) for one in found["data"] if isinstance(one, dict)))


def _entry(report: Mapping[str, Any]) -> RawEntry:
    return RawEntry(
        guid=text_at(report, "id"),
        link=text_at(report, "fields.url_alias") or text_at(report, "fields.url"),
        title=text_at(report, "fields.title"),
        summary=text_at(report, "fields.headline.summary"),
        dates=((text_at(report, "fields.date.created"), None),),
        language=text_at(report, "fields.language.0.code"),
        outlet=text_at(report, "fields.source.0.name"),
    )

"""What does any site's JSON list hold, once somebody has said where in it things are?"""

from typing import Any

from alerts.sources.kinds.paths import json_of, text_at, value_at
from alerts.sources.model import JsonShape
from alerts.sources.parsed import ParseFailed, RawEntry, RawFeed

FIELDS = ("id", "title", "summary", "link", "published", "language", "outlet")


def raw_json_list(body: bytes, *, shape: JsonShape) -> RawFeed | ParseFailed:
    """The entries of the list that `shape` leads to."""
    found = json_of(body)
    if isinstance(found, ParseFailed):
        return found
    listed = value_at(found, shape.entries)
    if not isinstance(listed, list):
        return ParseFailed(reason="JSON without the list that was to be in it")
    return RawFeed(entries=tuple(_entry(one, shape) for one in listed if isinstance(one, dict)))


def _entry(found: dict[str, Any], shape: JsonShape) -> RawEntry:
    told = {name: text_at(found, path) for name, path in shape.fields.items()}
    return RawEntry(
        guid=told.get("id", ""),
        link=told.get("link", ""),
        title=told.get("title", ""),
        summary=told.get("summary", ""),
        dates=((told.get("published", ""), None),),
        language=told.get("language", ""),
        outlet=told.get("outlet", ""),
    )

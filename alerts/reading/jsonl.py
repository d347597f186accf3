"""How is an item written as a line of JSON?"""

import calendar
import json
import re
from datetime import UTC, date, datetime, time
from typing import Any

from alerts.reading.model import Item

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TEXTS = ("title", "summary", "lang")


def item_from_json(line: str) -> Item:
    """The item of one line: `{"id", "title", "summary", "published", "lang"?}`.

    `published` is an ISO 8601 instant (UTC unless it says otherwise), a day, a month ("2019-05": its last day, marked
    as a month only) or null. Keys it does not know are ignored.

    Raises:
        ValueError: the line is no JSON object, or a value has the wrong type or form; the message names it.
    """
    try:
        raw = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError(f"not JSON: {error}") from error
    if not isinstance(raw, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - a fault of the line, not of the caller
    if not isinstance(raw.get("id"), str | int) or isinstance(raw.get("id"), bool):
        raise ValueError('"id" must be a string')  # noqa: TRY004
    for key in _TEXTS:
        if not isinstance(raw.get(key), str | None):
            raise ValueError(f'"{key}" must be a string or null')  # noqa: TRY004
    return _item(raw)


def _item(raw: dict[str, Any]) -> Item:
    published, month_only = _published(raw.get("published"))
    return Item(
        id=str(raw["id"]),
        title=raw.get("title") or "",
        summary=raw.get("summary") or "",
        url=raw["url"] if isinstance(raw.get("url"), str) else "",
        published=published,
        language=raw.get("lang") or None,
        published_month_only=month_only,
    )


def _published(written: object) -> tuple[datetime | None, bool]:
    if written is None or written == "":
        return None, False
    if not isinstance(written, str):
        raise ValueError('"published" must be a string or null')  # noqa: TRY004
    try:
        return _instant(written.strip())
    except (ValueError, OverflowError) as error:
        raise ValueError(f'"published" is not an ISO 8601 date: {written!r}') from error


def _instant(written: str) -> tuple[datetime, bool]:
    if month := _MONTH.fullmatch(written):
        year, number = int(month[1]), int(month[2])
        last = calendar.monthrange(year, number)[1] if 1 <= number <= 12 else 0  # noqa: PLR2004 - months of a year
        return datetime.combine(date(year, number, last), time(), UTC), True
    if _DAY.fullmatch(written):
        return datetime.combine(date.fromisoformat(written), time(), UTC), False
    instant = datetime.fromisoformat(written)
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC), False

"""Which sources are there, and what may be done with each?

The bundled list or the operator's own file, checked row by row: a wrong word in it stops the start with one
sentence, because a source that is quietly left out, or quietly read, does harm.
"""

import logging
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from yarl import URL

from alerts.errors import DataError
from alerts.incidents.model import SourceKind
from alerts.sources.channels import is_channel_address
from alerts.sources.entries import normal_link
from alerts.sources.kinds.json_list import FIELDS
from alerts.sources.model import JsonShape, Kind, Source, Topic

_log = logging.getLogger(__name__)

BUNDLED = Path(__file__).parent / "data" / "sources.toml"

_REQUIRED = ("id", "url", "grade")
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "grade": ("A", "B", "C", "D", "E", "F"),
    "kind": tuple(Kind),
    "terms": ("open", "ask", "forbidden"),
    "legal": ("ok", "suspended", "banned"),
    "source_kind": tuple(SourceKind),
}
_TEXTS = ("id", "url", "name", "language", "country", "appname", "entries", *_CHOICES)
_FLAGS = ("enabled", "title_only")
_INTERVAL = "interval_minutes"
_COVERS = "covers"
_FIELDS = "fields"
_KNOWN = frozenset({*_TEXTS, *_FLAGS, _INTERVAL, _COVERS, _FIELDS})
_LONGEST_ID = 64
_LONGEST_INTERVAL = timedelta(days=7)


def load_sources(path: Path | None = None) -> tuple[Source, ...]:
    """The sources of `path`, or the bundled ones.

    A source without an interval is read as often as the service's own lower bound lets it.
    A source whose terms forbid it, or which is suspended or banned in Mali, is off unless its row says
    ``enabled = true``.

    Raises:
        DataError: the file can't be read or a row is not as it must be; the message names both.
    """
    file = path or BUNDLED
    rows = _rows(file)
    sources = tuple(_source(row, where=f"{file}, source {number}") for number, row in enumerate(rows, start=1))
    _check_distinct(sources, file)
    return sources


def _rows(file: Path) -> list[Mapping[str, Any]]:
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DataError(f"{file}: can't be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{file}: not valid TOML ({error})") from error
    rows = table.get("source")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise DataError(f"{file}: holds no [[source]] table")
    return rows


def _source(row: Mapping[str, Any], *, where: str) -> Source:
    if missing := [key for key in _REQUIRED if key not in row]:
        raise DataError(f"{where}: lacks {', '.join(missing)}")
    where = f"{where} ({row['id']})"
    if unknown := sorted(row.keys() - _KNOWN):
        _log.warning("a source has keys that mean nothing here", extra={"source": row["id"], "keys": unknown})
    texts = {key: _text(row, key, where) for key in _TEXTS if key in row}
    _check_id(texts["id"], where)
    _check_url(texts["url"], where)
    flags = {key: _flag(row, key, where) for key in _FLAGS if key in row}
    flags.setdefault("enabled", texts.get("terms") != "forbidden" and texts.get("legal", "ok") == "ok")
    source = _built(texts, flags, row, where=where)
    _check_kind(source, where)
    return source


def _built(texts: Mapping[str, str], flags: Mapping[str, bool], row: Mapping[str, Any], *, where: str) -> Source:
    return Source(
        id=texts["id"],
        url=texts["url"],
        grade=texts["grade"],
        kind=Kind(texts.get("kind", Kind.FEED)),
        name=texts.get("name") or texts["id"],
        language=_language(texts, where),
        source_kind=SourceKind(texts.get("source_kind", SourceKind.PRESS)),
        terms=texts.get("terms", "ask"),
        legal=texts.get("legal", "ok"),
        enabled=flags["enabled"],
        title_only=flags.get("title_only", False),
        interval=_interval(row, where),
        covers=_covers(row, where),
        country=_country(texts, where),
        appname=texts.get("appname"),
        shape=_shape(texts, row, where),
    )


def _text(row: Mapping[str, Any], key: str, where: str) -> str:
    value = row[key]
    if not isinstance(value, str):
        raise DataError(f"{where}: {key} must be a text")
    if key in _CHOICES and value not in _CHOICES[key]:
        raise DataError(f"{where}: {key} must be one of {', '.join(_CHOICES[key])}, not {value!r}")
    return value


def _flag(row: Mapping[str, Any], key: str, where: str) -> bool:
    if not isinstance(row[key], bool):
        raise DataError(f"{where}: {key} must be true or false")
    return bool(row[key])


def _interval(row: Mapping[str, Any], where: str) -> timedelta:
    if _INTERVAL not in row:
        return timedelta(0)
    minutes = row[_INTERVAL]
    if isinstance(minutes, bool) or not isinstance(minutes, int) or minutes < 1:
        raise DataError(f"{where}: {_INTERVAL} must be a whole number of at least 1")
    if minutes > _LONGEST_INTERVAL / timedelta(minutes=1):
        raise DataError(f"{where}: {_INTERVAL} must be a week at most")
    return timedelta(minutes=minutes)


def _covers(row: Mapping[str, Any], where: str) -> tuple[Topic, ...]:
    listed = row.get(_COVERS, [])
    if not isinstance(listed, list) or not all(one in set(Topic) for one in listed):
        raise DataError(f"{where}: {_COVERS} must be a list of {', '.join(Topic)}")
    return tuple(Topic(one) for one in listed)


def _shape(texts: Mapping[str, str], row: Mapping[str, Any], where: str) -> JsonShape | None:
    if _FIELDS not in row:
        return None
    fields = row[_FIELDS]
    usable = isinstance(fields, dict) and all(isinstance(path, str) and path for path in fields.values())
    if not usable or "title" not in fields or not fields.keys() <= set(FIELDS):
        raise DataError(f"{where}: {_FIELDS} must say where title is, and may say where {', '.join(FIELDS)} are")
    return JsonShape(entries=texts.get("entries", ""), fields=fields)


def _check_kind(source: Source, where: str) -> None:
    """What one kind needs to be read at all."""
    match source.kind:
        case Kind.RELIEFWEB if source.enabled and not source.appname:
            raise DataError(f"{where}: ReliefWeb answers only who has an approved appname")
        case Kind.JSON if source.shape is None:
            raise DataError(f"{where}: a JSON list needs {_FIELDS}")
        case Kind.CHANNEL if not is_channel_address(source.url):
            raise DataError(f"{where}: a channel's url must be https://t.me/<name> or https://t.me/c/<number>")
        case _:
            pass


def _language(texts: Mapping[str, str], where: str) -> str | None:
    language = texts.get("language")
    if language is None:
        return None
    if len(language) != 2 or not (language.isascii() and language.isalpha() and language.islower()):  # noqa: PLR2004
        raise DataError(f"{where}: language must be a two-letter code such as fr")
    return language


def _country(texts: Mapping[str, str], where: str) -> str | None:
    country = texts.get("country")
    if country is None:
        return None
    if len(country) != 2 or not (country.isascii() and country.isalpha() and country.isupper()):  # noqa: PLR2004
        raise DataError(f"{where}: country must be a two-letter code such as ML")
    return country


def _check_id(known_by: str, where: str) -> None:
    if not known_by or len(known_by) > _LONGEST_ID or not known_by.isprintable() or " " in known_by:
        raise DataError(f"{where}: id must be one word of at most {_LONGEST_ID} characters")


def _check_url(url: str, where: str) -> None:
    try:
        parts = URL(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.host)
    except ValueError:
        usable = False
    if not usable:
        raise DataError(f"{where}: url must be an http or https address")


def _check_distinct(sources: tuple[Source, ...], file: Path) -> None:
    """One feed under two names would pass for two independent sources, and confirm itself."""
    ids: set[str] = set()
    addresses: dict[str, str] = {}
    for source in sources:
        if source.id in ids:
            raise DataError(f"{file}: two sources have the id {source.id}")
        ids.add(source.id)
        address = normal_link(source.url)
        if address in addresses:
            raise DataError(f"{file}: {source.id} and {addresses[address]} have the same address")
        addresses[address] = source.id

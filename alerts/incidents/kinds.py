"""What does an event type mean: how severe, how long its word holds, what it does to passage?

The answers are data (`data/kinds.toml`); this file reads and checks them.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from alerts.errors import DataError
from alerts.incidents.model import Severity
from alerts.reading.model import EventType

SEVERITIES = (Severity.UNKNOWN, Severity.MINOR, Severity.MODERATE, Severity.SEVERE, Severity.EXTREME)
"""Least to gravest."""


class Passage(StrEnum):
    """What an active event does to the road it is on."""

    CLOSED = "closed"
    RESTRICTED = "restricted"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One row of the table; the file explains each field."""

    severity: Severity
    worst: Severity
    families: frozenset[str]
    taken_for: frozenset[str]
    passage: Passage
    old_after: timedelta
    unknown_after: timedelta
    told_again: timedelta
    endangers_life: bool
    is_state: bool
    may_be_wide: bool


def kind_of(event_type: EventType) -> Kind:
    """What `event_type` means."""
    return kinds()[event_type]


@cache
def kinds() -> Mapping[EventType, Kind]:
    """The whole table.

    Raises:
        DataError: a type is missing, or a row does not hold what it must.
    """
    text = files("alerts.incidents").joinpath("data/kinds.toml").read_text(encoding="utf-8")
    return parse_kinds(tomllib.loads(text))


def parse_kinds(rows: Mapping[str, Mapping[str, Any]]) -> Mapping[EventType, Kind]:
    """Check `rows`: one for each event type, and nothing else.

    Raises:
        DataError: as it says.
    """
    if set(rows) != set(EventType):
        raise DataError(f"kinds.toml and the event types differ: {sorted(set(rows) ^ set(EventType))}")
    return MappingProxyType({EventType(name): _kind(name, row) for name, row in rows.items()})


def rank(severity: Severity) -> int:
    """Its place in `SEVERITIES`: the graver, the higher."""
    return SEVERITIES.index(severity)


def _kind(name: str, row: Mapping[str, Any]) -> Kind:
    try:
        return Kind(
            severity=Severity(row["severity"]),
            worst=Severity(row.get("worst", row["severity"])),
            families=frozenset(row["families"]),
            taken_for=frozenset(row.get("taken_for", ())),
            passage=Passage(row["passage"]),
            old_after=timedelta(hours=row["old"]),
            unknown_after=timedelta(hours=row["unknown"]),
            told_again=timedelta(hours=row.get("again", row["unknown"])),
            endangers_life=row.get("life", False),
            is_state=row.get("state", False),
            may_be_wide=row.get("wide", False),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise DataError(f"kinds.toml, {name}: {error}") from error

"""Which short words do admins use on one line? They are data (`data/words.toml`), read and checked here."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from alerts.errors import DataError
from alerts.fuel.model import Availability, FuelSource, Product, Queue
from alerts.incidents.model import RetractionReason, Severity, SourceKind
from alerts.incidents.words import fold
from alerts.reading.model import EventType

Meaning = TypeVar("Meaning", bound=str)
Spellings = tuple[tuple[str, Meaning], ...]
"""Folded spellings with their meaning, the longest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskWords:
    """The tables of the file."""

    types: Spellings[EventType]
    sources: Spellings[SourceKind]
    reasons: Spellings[RetractionReason]
    products: Spellings[Product]
    availability: Spellings[Availability]
    queues: Spellings[Queue]
    fuel_sources: Spellings[FuelSource]
    gravities: Spellings[Severity]
    claims: Spellings[SourceKind]
    one_witness: tuple[tuple[str, str], ...]
    roles: tuple[tuple[str, str], ...]
    doubts: tuple[tuple[str, str], ...]
    ends: tuple[tuple[str, str], ...]
    negated: re.Pattern[str]
    unread_days: re.Pattern[str]
    counted: re.Pattern[str]


def named(text: str, spellings: Iterable[tuple[str, Meaning]]) -> Meaning | None:
    """What `text` names: of several the longest spelling, of equals the first in the file."""
    padded = f" {_spaced(text)} "
    return next((meaning for spelling, meaning in spellings if f" {spelling} " in padded), None)


def in_order(text: str, spellings: Iterable[tuple[str, Meaning]]) -> list[Meaning]:
    """Everything `text` names, in the order it is named; a longer spelling hides the shorter ones within it."""
    padded = f" {_spaced(text)} "
    found: dict[int, Meaning] = {}
    for spelling, meaning in sorted(spellings, key=lambda pair: -len(pair[0])):
        while (at := padded.find(f" {spelling} ")) >= 0:
            found[at] = meaning
            padded = padded[: at + 1] + "\x00" * len(spelling) + padded[at + 1 + len(spelling) :]
    return [found[at] for at in sorted(found)]


def affirmed(text: str) -> str:
    """`text`, folded, without what it denies: "pas grave" must not be read as "grave"."""
    return desk_words().negated.sub(" ", fold(text))


def unread(text: str, spellings: Iterable[tuple[str, str]]) -> str:
    """What is left of `text` once all that `spellings` hold is taken out."""
    padded = f" {_spaced(text)} "
    for spelling, _ in sorted(spellings, key=lambda pair: -len(pair[0])):
        while f" {spelling} " in padded:
            padded = padded.replace(f" {spelling} ", "  ")
    return " ".join(padded.split())


@cache
def desk_words() -> DeskWords:
    """The words that ship with the project.

    Raises:
        DataError: the file does not hold what it must.
    """
    return parse_words(tomllib.loads(files("alerts.desk").joinpath("data/words.toml").read_text(encoding="utf-8")))


def parse_words(tables: Mapping[str, Any]) -> DeskWords:
    """Check and order the tables.

    Raises:
        DataError: as `desk_words` says.
    """
    try:
        fuel = tables["fuel"]
        types = _spellings(EventType, tables["types"])
        return DeskWords(
            types=(*((str(kind), kind) for kind in EventType), *types),
            sources=_spellings(SourceKind, tables["sources"]),
            reasons=_spellings(RetractionReason, tables["reasons"]),
            products=_spellings(Product, fuel["products"]),
            availability=_spellings(Availability, fuel["availability"]),
            queues=_spellings(Queue, fuel["queues"]),
            fuel_sources=_spellings(FuelSource, fuel["sources"]),
            gravities=_spellings(Severity, tables["gravities"]),
            claims=_spellings(SourceKind, tables["claims"]),
            one_witness=_words(tables["one_witness"]["words"]),
            roles=_longest_first((word, role) for role, words in tables["roles"].items() for word in words),
            doubts=_words(tables["doubts"]["words"]),
            ends=_words(tables["ends"]["words"]),
            negated=_negated(**tables["negations"]),
            unread_days=_any(tables["days"]["unread"]),
            counted=re.compile(rf" ?(?:{'|'.join(tables['days']['counted'])})(?!\w)"),
        )
    except (KeyError, TypeError, ValueError, re.error) as error:
        raise DataError(f"desk words.toml: {error!r}") from error


def _spellings(kind: type[Meaning], rows: Mapping[str, Iterable[str]]) -> Spellings[Meaning]:
    return _longest_first((word, kind(name)) for name, words in rows.items() for word in words)


def _longest_first(pairs: Iterable[tuple[str, Any]]) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted(((fold(word), meaning) for word, meaning in pairs), key=lambda pair: -len(pair[0])))


def _words(words: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return _longest_first((word, word) for word in words)


def _negated(*, words: Iterable[str], between: Iterable[str]) -> re.Pattern[str]:
    no, further = ("|".join(re.escape(fold(word)) for word in some) for some in (words, between))
    return re.compile(rf"(?<![\w'])(?:n'\w+ |ne \w+ )?(?:{no}) (?:(?:{further})(?: |(?<='))){{0,3}}[\w-]+")


def _any(fragments: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(fragments)})(?!\w)")


def _spaced(text: str) -> str:
    """Folded words with the punctuation around them made spaces; what belongs to a word ("60+", "0-10") stays."""
    return " ".join("".join(char if char.isalnum() or char in "+-_'" else " " for char in fold(text)).split())

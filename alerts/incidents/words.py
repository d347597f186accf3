"""Which small facts do the words of a report tell: part of the day, traffic hit, a reopening, a day, an outlet?

The words are data (`data/words.toml`, `data/outlets.toml`); this file reads, checks and applies them.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

from alerts.errors import DataError
from alerts.incidents.model import DayPart, Vehicles

_CITING = (
    r"(?:selon|d'apres|avec|source ?:|rapporte|indique|annonce|confie a|declare a|dit a|cite par|citant|"
    r"according to|told|quoted by|reported by|reports?|citing|via|\()"
)

_STRIKING, _COMPANY = "striking_", "company_"

_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Somebody others cite or copy. `grade` is the Admiralty grade of its own reporting.

    `claims` says that it speaks for a state: what it tells is a claim.
    """

    id: str
    grade: str
    names: tuple[str, ...]
    claims: bool = False


@dataclass(frozen=True, slots=True)
class Reopenings:
    """How a reopening is told, and how one that is still to come; the file says what each list is for."""

    done: re.Pattern[str]
    weak: re.Pattern[str]
    blockade: re.Pattern[str]
    never: re.Pattern[str]
    future: re.Pattern[str]
    modal: re.Pattern[str]
    ahead: re.Pattern[str]
    planned: re.Pattern[str]
    days: re.Pattern[str]
    past: re.Pattern[str]
    undone: re.Pattern[str]
    earlier: re.Pattern[str]
    finite: re.Pattern[str]
    aside: re.Pattern[str]
    partial: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Words:
    """The compiled lexicon."""

    day_parts: Mapping[DayPart, re.Pattern[str]]
    vehicles: Mapping[Vehicles, re.Pattern[str]]
    reopening: "Reopenings"
    months: Mapping[str, int]
    weekdays: Mapping[str, str]
    eve: re.Pattern[str]
    other_day: re.Pattern[str]
    people: Mapping[str, re.Pattern[str]]
    companies: Mapping[str, re.Pattern[str]]
    strikers: Mapping[str, re.Pattern[str]]
    walkout: re.Pattern[str]
    another: re.Pattern[str]
    since: re.Pattern[str]
    also_that_day: re.Pattern[str]
    amid: re.Pattern[str]
    recount: re.Pattern[str]
    victims: Mapping[str, re.Pattern[str]]
    outlets: tuple[Outlet, ...]
    claims: re.Pattern[str]


def fold(text: str) -> str:
    """Lower case, no accents, straight apostrophes and single spaces; signs such as "+" and "-" stay."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).split())


def day_part_of(text: str) -> DayPart | None:
    """The part of the day `text` names first; None if it names none, or two that disagree."""
    folded = fold(text)
    found = {part for part, pattern in words().day_parts.items() if pattern.search(folded)}
    return found.pop() if len(found) == 1 else None


def vehicles_in(text: str) -> tuple[Vehicles, ...]:
    """The classes of traffic `text` names, in the order of `Vehicles`."""
    folded = fold(text)
    return tuple(vehicle for vehicle, pattern in words().vehicles.items() if pattern.search(folded))


def is_claim(text: str) -> bool:
    """Whether `text` tells what a state, an army or an armed group says of itself or of the other side."""
    return words().claims.search(fold(text)) is not None


def people_in(text: str) -> tuple[str, ...]:
    """Whom `text` speaks of, of those that the news seldom does: a nationality, miners, a bus company, strikers."""
    folded = fold(text)
    companies = (f"{_COMPANY}{name}" for name in _named(words().companies, folded))
    return (*_named(words().people, folded), *companies, *_strikers(folded))


def is_of_company(name: str) -> bool:
    """Whether `name`, of `people_in`, is that of a bus company."""
    return name.startswith(_COMPANY)


def is_of_strikers(name: str) -> bool:
    """Whether `name`, of `people_in`, is of a trade on strike all over the country."""
    return name.startswith(_STRIKING)


def says_another(text: str) -> bool:
    """Whether `text` calls what happened a new or a second attack, so that it is not the one before."""
    return words().another.search(fold(text)) is not None


def says_since(text: str) -> bool:
    """Whether `text` tells how long after another event something was, or that there had been another."""
    return words().since.search(fold(text)) is not None


def says_also_that_day(text: str) -> bool:
    """Whether `text` sets what happened apart from another event of the same day: "hours after the blast"."""
    return words().also_that_day.search(fold(text)) is not None


def is_amid(text: str) -> bool:
    """Whether `text` tells of something done in the course of an attack: "taken during the raid"."""
    return words().amid.search(fold(text)) is not None


def recounts(text: str) -> bool:
    """Whether `text` gives its toll as a first or a new count, so that another may differ."""
    return words().recount.search(fold(text)) is not None


def victims_in(text: str) -> tuple[str, ...]:
    """Of which side `text` counts people as hit: "armed" for soldiers and peacekeepers, "civilian" for the rest."""
    folded = fold(text)
    return tuple(side for side, pattern in words().victims.items() if pattern.search(folded))


def days_in(text: str) -> tuple[str, ...]:
    """Days that `text` names without a year: "02-07" for 7 February, "friday" for a weekday; sorted.

    Where it speaks of "the day before", the weekdays before those it names are among them. The day of a dateline is
    that of the telling, and none of them, nor is the weekday of another event.
    """
    months = "|".join(words().months)
    folded = _without_dateline(fold(text), months)
    named = [(day, month) for day, month in re.findall(rf"\b(\d{{1,2}})(?:er)? ({months})\b", folded)]
    named += [(day, month) for month, day in re.findall(rf"\b({months})\.? (\d{{1,2}})(?:st|nd|rd|th)?\b", folded)]
    named += _nights(folded, months)
    dates = {f"{words().months[month]:02d}-{int(day):02d}" for day, month in named}
    folded = words().other_day.sub(" ", folded)
    weekdays = {name for word, name in words().weekdays.items() if re.search(rf"\b{word}\b", folded)}
    if words().eve.search(folded):
        weekdays |= {_WEEK[_WEEK.index(day) - 1] for day in weekdays}
    return tuple(sorted(dates | weekdays))


def _named(table: Mapping[str, re.Pattern[str]], folded: str) -> tuple[str, ...]:
    return tuple(name for name, pattern in table.items() if pattern.search(folded))


def _strikers(folded: str) -> tuple[str, ...]:
    if not words().walkout.search(folded):
        return ()
    return tuple(f"{_STRIKING}{name}" for name in _named(words().strikers, folded))


def _without_dateline(folded: str, months: str) -> str:
    """`folded` without the day in "Dakar, Feb 2 (agency) -": it was sent on it."""
    day = rf"(?:(?:{months})\.? \d{{1,2}}|\d{{1,2}}(?:er)? (?:{months})\.?)"
    return re.sub(rf", {day},?(?: \d{{4}})? ?(?:\([^)]*\) ?)?[-–—]{{1,2}} ", " - ", folded)


def _nights(folded: str, months: str) -> list[tuple[str, str]]:
    """The first days of nights told by both: "du 18 au 19 juin", "13 to 14 February"."""
    spans = re.findall(
        rf"\b(\d{{1,2}})(?:er|st|nd|rd|th)? (?:au|a|et|to|and) (\d{{1,2}})(?:er|st|nd|rd|th)? ({months})\b", folded
    )
    return [(first, month) for first, last, month in spans if int(last) == int(first) + 1]


def cited_in(text: str) -> tuple[Outlet, ...]:
    """Outlets that `text` gives as where it has its word from."""
    folded = fold(text)
    return tuple(outlet for outlet in words().outlets if _is_cited(outlet, folded))


def outlet_named(name: str) -> Outlet | None:
    """The outlet known by `name`, in whatever spelling; None if it is not in the table."""
    key = voice_key(name)
    return next((one for one in words().outlets if key in {one.id, *map(voice_key, one.names)}), None)


def voice_key(name: str) -> str:
    """One key for the spellings of a source's or outlet's name: letters and digits alone."""
    return "".join(char for char in fold(name) if char.isalnum())


@cache
def words() -> Words:
    """The lexicon that ships with the project.

    Raises:
        DataError: a file does not hold what it must.
    """
    folder = files("alerts.incidents").joinpath("data")
    lexicon = tomllib.loads(folder.joinpath("words.toml").read_text(encoding="utf-8"))
    outlets = tomllib.loads(folder.joinpath("outlets.toml").read_text(encoding="utf-8"))
    return parse_words(lexicon, outlets)


def parse_words(lexicon: Mapping[str, Any], outlets: Mapping[str, Any]) -> Words:
    """Compile and check both tables.

    Raises:
        DataError: as `words` says.
    """
    try:
        return Words(
            day_parts={part: whole_words(lexicon["day_part"][part]) for part in DayPart},
            vehicles={vehicle: whole_words(lexicon["vehicles"][vehicle]) for vehicle in Vehicles},
            reopening=_reopenings(lexicon),
            months={name: int(month) for month, names in lexicon["months"].items() for name in names},
            weekdays={name: day for day, names in lexicon["weekdays"].items() for name in names},
            eve=whole_words(lexicon["eve"]["words"]),
            other_day=whole_words(f"{before} [a-z]+" for before in lexicon["other_day"]["before"]),
            people={name: whole_words(fragments) for name, fragments in lexicon["people"].items()},
            companies={name: whole_words(fragments) for name, fragments in lexicon["companies"].items()},
            strikers={name: whole_words(fragments) for name, fragments in lexicon["strikers"].items()},
            walkout=whole_words(lexicon["walkout"]["words"]),
            another=whole_words(lexicon["another"]["says"]),
            since=whole_words(lexicon["since"]["says"]),
            also_that_day=whole_words(lexicon["also_that_day"]["says"]),
            amid=whole_words(lexicon["amid"]["says"]),
            recount=whole_words(lexicon["recount"]["says"]),
            victims={side: _counted(lexicon["counted"], nouns) for side, nouns in lexicon["victims"].items()},
            outlets=tuple(_outlet(row) for row in outlets["outlet"]),
            claims=_claims(lexicon["claims"]),
        )
    except (KeyError, TypeError, ValueError, re.error) as error:
        raise DataError(f"words.toml or outlets.toml: {error!r}") from error


def _outlet(row: Mapping[str, Any]) -> Outlet:
    if row["grade"] not in tuple("ABCDEF"):
        raise ValueError(f"outlet {row['id']}: grade {row['grade']}")
    return Outlet(id=row["id"], grade=row["grade"], names=tuple(row["names"]), claims=row.get("claims", False))


def _reopenings(lexicon: Mapping[str, Any]) -> Reopenings:
    def compiled(name: str) -> re.Pattern[str]:
        fragments = (one.replace("{day}", days).replace("{month}", months) for one in lexicon["reopening"][name])
        return whole_words(fragments)

    days, months = (
        f"(?:{'|'.join(word for names in lexicon[table].values() for word in names)})"
        for table in ("weekdays", "months")
    )
    return Reopenings(**{field.name: compiled(field.name) for field in fields(Reopenings)})


def _claims(rows: Mapping[str, Any]) -> re.Pattern[str]:
    """Who speaks for a side, beside a word of saying: "according to the army", "the army says"."""
    sides, by, says = ("|".join(rows[name]) for name in ("sides", "by", "says"))
    before = rf"(?:{by}) ?(?:l'|la |le |les |une |un |the |a |malian )*(?:{sides})"
    after = rf"(?:{sides})(?: malienn?e?s?| d'etat| armees?)*,? (?:{says})"
    return re.compile(rf"(?<!\w)(?:{before}|{after})(?!\w)")


def _counted(counts: Mapping[str, Any], nouns: Iterable[str]) -> re.Pattern[str]:
    """A number, or a word for several, before one of `nouns`: "four more soldiers", "une dizaine de passagers"."""
    number = rf"(?:\d+|(?:{'|'.join(counts['numbers'])})(?:[ -](?:et )?[a-z]+)?)"
    return re.compile(rf"(?<!\w){number} (?:(?:{'|'.join(counts['between'])}) )*(?:{'|'.join(nouns)})(?!\w)")


def whole_words(fragments: Iterable[str]) -> re.Pattern[str]:
    """What finds any of these patterns where it stands as words of its own."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(fragments)})(?!\w)")


def _is_cited(outlet: Outlet, folded: str) -> bool:
    names = "|".join(re.escape(name) for name in outlet.names)
    asked = rf"{_CITING} ?(?:a |l'|le |la |the |par |de )*(?:{names})\b"
    saying = rf"(?<!\w)(?:{names})(?!\w)(?: a| has)? (?:rapporte|constate|annonce|reported|said|says|reports)"
    return bool(re.search(asked, folded) or re.search(saying, folded))

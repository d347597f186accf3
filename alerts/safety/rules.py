"""Which words does the do-no-harm check look for? They are data (`data/rules.toml`), read and checked here."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from alerts.errors import DataError

_ACCENTED = str.maketrans(
    {"a": "[aàâä]", "e": "[eéèêë]", "i": "[iîï]", "o": "[oôö]", "u": "[uùûü]", "c": "[cç]", "'": "['’]"}
)
_STARTS_PLAIN = re.compile(r"[a-z](?![?*+{])")
_NAMED = re.compile(r"\{([a-z_]+)\}")
_Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The compiled lists; the file says what each is for."""

    movers: re.Pattern[str]
    plain_movers: re.Pattern[str]
    people: re.Pattern[str]
    times_ahead: re.Pattern[str]
    days: re.Pattern[str]
    going: re.Pattern[str]
    weak_going: re.Pattern[str]
    announced: re.Pattern[str]
    plans: re.Pattern[str]
    kept: re.Pattern[str]
    told: re.Pattern[str]
    future: re.Pattern[str]
    moving: re.Pattern[str]
    finite: re.Pattern[str]
    foregone: re.Pattern[str]
    present: re.Pattern[str]
    present_soon: re.Pattern[str]
    strong_breaks: re.Pattern[str]
    breaks: re.Pattern[str]
    back: re.Pattern[str]
    pointing: re.Pattern[str]
    asides: re.Pattern[str]
    events: re.Pattern[str]
    other_plans: re.Pattern[str]
    actors: re.Pattern[str]
    denials: re.Pattern[str]
    vague: re.Pattern[str]
    general: re.Pattern[str]
    over: re.Pattern[str]
    goods: re.Pattern[str]
    lacks: re.Pattern[str]
    shut: re.Pattern[str]
    passes: re.Pattern[str]
    forces: re.Pattern[str]
    position: re.Pattern[str]
    posts: re.Pattern[str]
    checkpoint: re.Pattern[str]
    official_takers: re.Pattern[str]
    takers: re.Pattern[str]
    coordinates: re.Pattern[str]
    names: re.Pattern[str]
    supply: re.Pattern[str]
    counts: re.Pattern[str]


@cache
def rules() -> Rules:
    """The lists that ship with the project.

    Raises:
        DataError: they do not hold what they must.
    """
    return parse_rules(tomllib.loads(files("alerts.safety").joinpath("data/rules.toml").read_text(encoding="utf-8")))


def parse_rules(rows: Mapping[str, _Table]) -> Rules:
    """Compile and check `rows`.

    Raises:
        DataError: as it says.
    """
    try:
        return _compiled({name: _spelt_out(table, rows["words"]) for name, table in rows.items()})
    except (KeyError, TypeError, re.error) as error:
        raise DataError(f"rules.toml: {error!r}") from error


def _compiled(rows: Mapping[str, _Table]) -> Rules:
    return Rules(
        **_movements(rows),
        **_statements(rows["clauses"], rows["excuses"]["events"]),
        **_excuses(rows["excuses"]),
        goods=_any(rows["lacks"]["goods"]),
        lacks=_any(rows["lacks"]["words"]),
        shut=_any(rows["closures"]["shut"]),
        passes=_any(rows["closures"]["passes"]),
        **_positions(rows["position"]),
        coordinates=re.compile(
            rf"{_any(rows['coordinates']['words']).pattern}|{'|'.join(rows['coordinates']['patterns'])}"
        ),
        names=_any(rows["names"]["words"]),
        supply=_any(rows["supply"]["words"]),
        counts=_any(rows["counts"]["words"]),
    )


def _movements(rows: Mapping[str, _Table]) -> dict[str, re.Pattern[str]]:
    movers, ahead, moving = rows["movers"], rows["ahead"], rows["moving"]
    return {
        "movers": _any(movers["sure"]),
        "plain_movers": _any(movers["plain"]),
        "people": _any(movers["people"]),
        "times_ahead": _any(ahead["times"]),
        "days": _any(ahead["days"]),
        "going": _any(ahead["going"]),
        "weak_going": _any(ahead["weak"]),
        "announced": _any(ahead["announced"]),
        "plans": _any(ahead["plans"]),
        "kept": _any(ahead["kept"]),
        "future": _any(ahead["future"]),
        "moving": _any(moving["now"]),
        "finite": _any(moving["finite"]),
        "foregone": _any(moving["foregone"]),
        **_present(rows["strict"], (*ahead["times"], *ahead["days"])),
    }


def _present(strict: _Table, times: Iterable[str]) -> dict[str, re.Pattern[str]]:
    """Verbs of going in the present, not past; and those alone with one of `times` soon after."""
    not_past = r"(?<!\w)" + "".join(rf"(?<!\b{word} )" for word in strict["past"])
    verbs, doubtful = "|".join(strict["going"]), "|".join(strict["doubtful"])
    return {
        "told": re.compile(rf"(?<!\w)(?:{'|'.join(strict['told'])})(?!\w)"),
        "present": re.compile(rf"{not_past}(?:{verbs}|{doubtful})(?!\w)"),
        "present_soon": re.compile(rf"{not_past}(?:{verbs})(?:\W+\w+){{0,6}}?\W+(?:{_source(times)})(?!\w)"),
    }


def _statements(clauses: _Table, events: Iterable[str]) -> dict[str, re.Pattern[str]]:
    recalled = rf"(?:{_source(clauses['asides'])})(?:\W+\w+){{0,3}}?\W+(?:{_source(events)})"
    strong = rf"\s?(?:[;–—/«»()]|:(?!\d))\s?|\s-\s|\s(?:{_source(clauses['strong'])})\s"
    return {
        "strong_breaks": re.compile(strong),
        "breaks": re.compile(rf",\s|{strong}"),
        "back": re.compile(rf"\W*(?:{_source(clauses['back'])})(?!\w)"),
        "pointing": _any(clauses["pointing"]),
        "asides": re.compile(
            rf"(?<!\w){recalled}(?: (?:du|de|des|d'un|d'une|contre|on|of|against)(?: \w+){{1,3}})?(?!\w)"
        ),
    }


def _excuses(excuses: _Table) -> dict[str, re.Pattern[str]]:
    names = {"other_plans": "other"} | {
        name: name for name in ("events", "actors", "denials", "vague", "general", "over")
    }
    return {field: _any(excuses[name]) for field, name in names.items()}


def _positions(position: _Table) -> dict[str, re.Pattern[str]]:
    return {
        "forces": _any(position["forces"]),
        "position": _near(position["forces"], position["stand"], words=6),
        "posts": _any(position["posts"]),
        "checkpoint": _near(position["posts"], position["official"], words=4),
        "official_takers": _taking(position),
        "takers": _any(position["takers"]),
    }


def _taking(position: _Table) -> re.Pattern[str]:
    """As in "soldiers rob travellers", or "travellers robbed by soldiers": before what is done, or after a "by"."""
    own, takes, by = (f"(?:{_source(position[name])})" for name in ("own", "takes", "by"))
    gap, brief = r"(?:\W+\w+){0,8}?\W+", r"(?:\W+\w+){0,3}?\W+"
    return re.compile(rf"(?<!\w)(?:{own}{gap}{takes}|{takes}{gap}{by}(?:{brief}|(?<=')){own})(?!\w)")


def _spelt_out(table: _Table, words: _Table) -> dict[str, list[str]]:
    """The lists of `table`, each `{name}` replaced by the words of that name."""
    return {
        name: [_NAMED.sub(lambda named: f"(?:{'|'.join(words[named[1]])})", fragment) for fragment in fragments]
        for name, fragments in table.items()
    }


def _any(fragments: Iterable[str]) -> re.Pattern[str]:
    """Any of `fragments` on whole words, each plain letter standing for its accented forms too."""
    return re.compile(rf"(?<!\w)(?:{_source(fragments)})(?!\w)")


def _near(these: Iterable[str], those: Iterable[str], *, words: int) -> re.Pattern[str]:
    """One of `these` and one of `those`, in either order, at most `words` words apart."""
    one, other = f"(?:{_source(these)})", f"(?:{_source(those)})"
    gap = rf"(?:\W+\w+){{0,{words}}}?\W+"
    return re.compile(rf"(?<!\w)(?:{one}{gap}{other}|{other}{gap}{one})(?!\w)")


def _source(fragments: Iterable[str]) -> str:
    """The alternatives, those of one first letter together: a word is compared with what begins like it."""
    by_letter: dict[str, list[str]] = {}
    for fragment in fragments:
        first, rest = (fragment[0], fragment[1:]) if _STARTS_PLAIN.match(fragment) else ("", fragment)
        by_letter.setdefault(first.translate(_ACCENTED), []).append(rest.translate(_ACCENTED))
    return "|".join(f"{letter}(?:{'|'.join(rests)})" for letter, rests in by_letter.items())

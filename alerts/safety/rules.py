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


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The compiled lists; the file says what each is for."""

    movers: re.Pattern[str]
    plain_movers: re.Pattern[str]
    times_ahead: re.Pattern[str]
    going: re.Pattern[str]
    moving: re.Pattern[str]
    present: re.Pattern[str]
    present_times: re.Pattern[str]
    events: re.Pattern[str]
    other_plans: re.Pattern[str]
    actors: re.Pattern[str]
    denials: re.Pattern[str]
    over: re.Pattern[str]
    position: re.Pattern[str]
    checkpoint: re.Pattern[str]
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


def parse_rules(rows: Mapping[str, Mapping[str, Any]]) -> Rules:
    """Compile and check `rows`.

    Raises:
        DataError: as it says.
    """
    try:
        return _compiled(rows)
    except (KeyError, TypeError, re.error) as error:
        raise DataError(f"rules.toml: {error!r}") from error


def _compiled(rows: Mapping[str, Mapping[str, Any]]) -> Rules:
    strict, position = rows["strict"], rows["position"]
    not_past = "".join(rf"(?<!\b{word} )" for word in strict["past"])
    return Rules(
        movers=_any(rows["movers"]["sure"]),
        plain_movers=_any(rows["movers"]["plain"]),
        times_ahead=_any(rows["ahead"]["times"]),
        going=_any(rows["ahead"]["going"]),
        moving=_any(rows["moving"]["now"]),
        present=re.compile(rf"{not_past}(?<!\w)(?:{'|'.join(strict['going'])})(?!\w)"),
        present_times=re.compile(rf"(?<!\w)(?:{'|'.join(strict['times'])})(?!\w)"),
        events=_any(rows["events"]["words"]),
        other_plans=_any(rows["events"]["other"]),
        actors=_any(rows["events"]["actors"]),
        denials=_any(rows["events"]["denials"]),
        over=_any(rows["events"]["over"]),
        position=_near(position["forces"], position["stand"], words=6),
        checkpoint=_near(position["posts"], position["official"], words=4),
        coordinates=re.compile(
            rf"{_any(rows['coordinates']['words']).pattern}|{'|'.join(rows['coordinates']['patterns'])}"
        ),
        names=_any(rows["names"]["words"]),
        supply=_any(rows["supply"]["words"]),
        counts=_any(rows["counts"]["words"]),
    )


def _any(fragments: Iterable[str]) -> re.Pattern[str]:
    """Any of `fragments` on whole words, each plain letter standing for its accented forms too."""
    return re.compile(rf"(?<!\w)(?:{_source(fragments)})(?!\w)")


def _near(these: Iterable[str], those: Iterable[str], *, words: int) -> re.Pattern[str]:
    """One of `these` and one of `those`, in either order, at most `words` words apart."""
    one, other = f"(?:{_source(these)})", f"(?:{_source(those)})"
    gap = rf"(?:\W+\w+){{0,{words}}}?\W+"
    return re.compile(rf"(?<!\w)(?:{one}{gap}{other}|{other}{gap}{one})(?!\w)")


def _source(fragments: Iterable[str]) -> str:
    return "|".join(fragment.translate(_ACCENTED) for fragment in fragments)

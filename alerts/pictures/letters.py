"""How wide is a text, and where does it break?

The font ships with the project (`data/`, cut from DejaVu Sans Condensed; its licence lies beside it). Widths come from
`data/letters.csv`, so that a picture can be laid out without drawing it.
"""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from alerts.errors import DataError

FAMILY = "Siraba Sans"
FONTS = ("SirabaSans-Regular.ttf", "SirabaSans-Bold.ttf")
BOUND = "\u00a0"
"""A space where no line breaks."""

_FOLDER = files("alerts.pictures").joinpath("data")
_EM = 1000
_STRANGE = "M"  # a letter the font lacks is taken to be as wide as this one


def font_files() -> list[str]:
    """Where the two fonts lie."""
    return [str(_FOLDER.joinpath(name)) for name in FONTS]


def width(text: str, *, size: float, bold: bool = False) -> float:
    """How far `text` reaches, in the unit of `size`."""
    widths = letters()
    strange = widths[_STRANGE]
    return sum(widths.get(letter, strange)[bold] for letter in text) * size / _EM


def wrap(text: str, *, room: float, size: float, bold: bool = False) -> list[str]:
    """`text` in lines no wider than `room`; a word that is wider than that is cut short."""
    lines: list[str] = []
    for word in text.replace(" :", f"{BOUND}:").split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size=size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(_cut(word, room=room, size=size, bold=bold))
    return lines


@cache
def letters() -> Mapping[str, tuple[int, int]]:
    """Every letter of the font with its advance, regular and bold, in thousandths of the size.

    Raises:
        DataError: `letters.csv` does not hold what it must.
    """
    with _FOLDER.joinpath("letters.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    try:
        found = {chr(int(row["letter"], 0)): (int(row["regular"]), int(row["bold"])) for row in rows}
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"letters.csv: {error}") from error
    if _STRANGE not in found:
        raise DataError(f"letters.csv: no {_STRANGE}")
    return MappingProxyType(found)


def _cut(word: str, *, room: float, size: float, bold: bool) -> str:
    if width(word, size=size, bold=bold) <= room:
        return word
    while word and width(f"{word}…", size=size, bold=bold) > room:
        word = word[:-1]
    return f"{word}…"

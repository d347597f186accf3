"""Which town, or which two ends of a stretch, does a line of loose words name?"""

import re
from collections.abc import Iterator, Sequence

from alerts.geography.atlas import Atlas
from alerts.geography.model import AreaKind, Place
from alerts.geography.spelling import key

MOST_WORDS_OF_A_NAME = 4

_CUTS = frozenset(",;:.")
_JOINING = frozenset({"-", "–", "—", "/"})
_WAY = re.compile(r"\b(?:route|axe|tron[cç]on|voie|road|axis|stretch)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;:|()]+")


def town_in(text: str, *, atlas: Atlas, may_guess: bool = False) -> str | None:
    """The id of the first run of words that is a town's name, the longest runs first.

    `may_guess` lets a misspelt name count: only where the line holds little else that could be taken for one.
    """
    words = [word for word in _BETWEEN.split(text) if word]
    for run in _runs(words):
        area = atlas.resolve(run).area
        if area is None or area.kind is not AreaKind.PLACE:
            continue
        if may_guess or _is_named(atlas.places[area.id], run):
            return area.id
    return None


def stretch_in(text: str, *, atlas: Atlas) -> tuple[str, str] | None:
    """The two towns side by side in a line on a way ("route Sévaré Bandiagara"), where it names no third one."""
    if not _WAY.search(text):
        return None
    words = [word for word in text.split() if word not in _JOINING]
    found = list(_towns_of(words, atlas))
    if len(found) != 2:  # noqa: PLR2004 - as it says
        return None
    (_, between, start), (after, _, end) = found
    beside = between == after and words[between - 1][-1] not in _CUTS
    return (start, end) if beside and start != end else None


def _towns_of(words: Sequence[str], atlas: Atlas) -> Iterator[tuple[int, int, str]]:
    """Where each name of a town begins and ends, and its id, from left to right."""
    at = 0
    while at < len(words):
        lengths = range(min(MOST_WORDS_OF_A_NAME, len(words) - at), 0, -1)
        end = next((at + length for length in lengths if _town(" ".join(words[at : at + length]), atlas)), None)
        if end is not None:
            yield at, end, _town(" ".join(words[at:end]), atlas) or ""
        at = end or at + 1


def _town(run: str, atlas: Atlas) -> str | None:
    """The town of that very name."""
    area = atlas.resolve(run).area
    if area is None or area.kind is not AreaKind.PLACE or not _is_named(atlas.places[area.id], run):
        return None
    return area.id


def _runs(words: Sequence[str]) -> Iterator[str]:
    for length in range(min(MOST_WORDS_OF_A_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])


def _is_named(place: Place, run: str) -> bool:
    return key(run) in {key(name) for name in (place.name, *place.alternate_names)}

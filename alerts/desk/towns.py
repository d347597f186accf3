"""Which town does a line of loose words name?"""

import re
from collections.abc import Iterator, Sequence

from alerts.geography.atlas import Atlas
from alerts.geography.model import AreaKind, Place
from alerts.geography.spelling import key

MOST_WORDS_OF_A_NAME = 4

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


def _runs(words: Sequence[str]) -> Iterator[str]:
    for length in range(min(MOST_WORDS_OF_A_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])


def _is_named(place: Place, run: str) -> bool:
    return key(run) in {key(name) for name in (place.name, *place.alternate_names)}

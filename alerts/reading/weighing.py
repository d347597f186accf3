"""What do the words of a text say taken together, where no single rule decides?

News is told in more wordings than rules can list. Each word, pair of words and idea found speaks a little for or
against road news of Mali, and for or against each type of event; `data/weights.tsv` says how much. The weights were
learned from labelled items (`tests/weigh.py`), not written by hand. They only add to the rules: no rule is silenced by
them, and what rests on them alone is marked so (`Reading.weighed_only`) and goes to the desk alone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from alerts.errors import DataError
from alerts.reading.countries import whole_signs
from alerts.reading.lexicon import Hits
from alerts.reading.model import EventType
from alerts.reading.sites import Site
from alerts.reading.text import Text

RELEVANT = "relevant"
START = "(start)"
"""What is weighed before the first word: how frequent each outcome is."""

_IS_NEWS = 1.0  # so much must speak for news where no rule does
_BY_A_RULE = 2.0  # what a rule found weighs so much ...
_FIRST_BY_RULES = 3.0  # ... and what the rules put first so much more
_IS_ADDED = 0.5  # so much must speak for a type beside those of the rules ...
_IS_KEPT = -1.0  # ... and so much for one of theirs that they do not put first
# What eases must be said in so many words: no road is taken for open on the sum of others.
_EASES = frozenset({EventType.ESCORT_OR_REOPENING, EventType.FUEL_ARRIVAL})
_STEM = 6  # letters
_WORD = re.compile(r"[a-z0-9]+")
_SEVERAL = 2
_QUOTED = 4  # words that are quoted, none of them shorter than that

Weights = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """How much speaks for road news and for each type, and the words that speak most for either."""

    news: float
    types: Mapping[EventType, float]
    words: Mapping[str, tuple[str, ...]]

    @property
    def is_news(self) -> bool:
        """Whether the words suffice without a rule."""
        return self.news > _IS_NEWS

    def with_rules(self, found: Sequence[EventType]) -> tuple[EventType, ...]:
        """The types of an event, the likeliest first: those of the rules (`found`) and of the words together."""
        points = {
            kind: weight + self._by_rules(kind, found)
            for kind, weight in self.types.items()
            if kind in found or not found or kind not in _EASES
        }
        ranked = sorted(points, key=lambda kind: (not (kind in _EASES and kind in found[:1]), -points[kind]))
        return tuple(
            kind
            for at, kind in enumerate(ranked)
            if at == 0 or points[kind] > (_IS_KEPT if kind in found else _IS_ADDED)
        )

    def why(self, kind: EventType | None = None) -> str:
        """The words that speak most for `kind`, or for news at all."""
        return ", ".join(self.words.get(kind or RELEVANT, ())[:_QUOTED])

    @staticmethod
    def _by_rules(kind: EventType, found: Sequence[EventType]) -> float:
        return _BY_A_RULE * (kind in found) + _FIRST_BY_RULES * (kind in found[:1])


def weigh(text: Text, hits: Hits, sites: Sequence[Site]) -> Weighed:
    """Add up what is found in a text."""
    weights = _weights()
    sums = dict(weights[START])
    spoken: dict[str, list[tuple[float, str]]] = {}
    for feature, word in features(text, hits, sites).items():
        for outcome, weight in weights.get(feature, {}).items():
            sums[outcome] = sums.get(outcome, 0.0) + weight
            if len(word) >= _QUOTED and weight > 0:
                spoken.setdefault(outcome, []).append((-weight, word))
    words = {outcome: tuple(dict.fromkeys(word for _, word in sorted(said))) for outcome, said in spoken.items()}
    types = {EventType(outcome): weight for outcome, weight in sums.items() if outcome != RELEVANT}
    return Weighed(news=sums[RELEVANT], types=types, words=words)


def features(text: Text, hits: Hits, sites: Sequence[Site]) -> dict[str, str]:
    """All that is weighed, each with the word to quote for it (ideas and signs have none).

    Names of places are left out: an ambush at Kayes says nothing of the next news from Kayes.
    """
    found = dict.fromkeys(_ideas(text, hits, sites), "")
    before = ""
    for start, end in _words(text, sites):
        word, stem = text.plain[start:end], "0" if text.flat[start:end].isdigit() else text.flat[start:end][:_STEM]
        found.setdefault(f"word {stem}", word)
        if before:
            found.setdefault(f"pair {before} {stem}", word)
        if start < text.summary_at:
            found.setdefault(f"title {stem}", word)
        before = stem
    return found


def _words(text: Text, sites: Sequence[Site]) -> Iterator[tuple[int, int]]:
    """Where the words stand that are no place's name."""
    at = 0
    for start, end in [*sorted((site.start, site.end) for site in sites), (len(text.flat), len(text.flat))]:
        for match in _WORD.finditer(text.flat, at, max(at, start)):
            yield match.span()
        at = max(at, end)


def _ideas(text: Text, hits: Hits, sites: Sequence[Site]) -> Iterator[str]:
    for tag in sorted(hits.tags):
        yield f"idea {tag}"
        if hits.has(tag, 0, text.summary_at):
            yield f"idea-in-title {tag}"
    whole = whole_signs(text, hits, sites)
    yield f"sign mali {min(whole.mali, _SEVERAL)}"
    yield f"sign abroad {min(whole.abroad, _SEVERAL)}"
    yield f"sign malian-places {min(whole.malian_places, _SEVERAL)}"
    yield f"sign foreign-places {min(whole.foreign_places, _SEVERAL)}"
    yield f"sign is-mali {whole.is_mali}"


@cache
def _weights() -> Weights:
    return parse_weights(files("alerts.reading").joinpath("data", "weights.tsv").read_text(encoding="utf-8"))


def parse_weights(text: str) -> Weights:
    """The table: a line holds what is weighed, a tab, and "outcome weight" pairs.

    Raises:
        DataError: a line is not so, an outcome is no type, or the first line does not give all of them.
    """
    outcomes = {RELEVANT, *EventType}
    table: dict[str, dict[str, float]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            feature, pairs = line.split("\t")
            words = pairs.split()
            table[feature] = dict(zip(words[::2], map(float, words[1::2]), strict=True))
        except ValueError as error:
            raise DataError(f"weights.tsv, line {number}: {error}") from error
        if not table[feature].keys() <= outcomes:
            raise DataError(f"weights.tsv, line {number}: {sorted(table[feature].keys() - outcomes)} are no outcomes")
    if RELEVANT not in table.get(START, {}):
        raise DataError(f"weights.tsv: there is no line {START} with the weight of each outcome")
    return MappingProxyType(table)

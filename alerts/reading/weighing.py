"""What do the words of a text say taken together, where no single rule decides?

News is told in more wordings than rules can list. Each word, pair of words and idea found speaks a little for or
against road news of Mali, and for or against each type of event; `data/weights.tsv` says how much. The weights were
learned from labelled items (`tests/weigh.py`), not written by hand. They only add to the rules: no rule is silenced by
them, and what rests on them alone is marked so (`Reading.weighed_only`) and goes to the desk alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
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
_KINDS = tuple(EventType)
_AT = {kind: at for at, kind in enumerate(_KINDS)}
_EASES = frozenset({_AT[EventType.ESCORT_OR_REOPENING], _AT[EventType.FUEL_ARRIVAL]})
_STEM = 6  # letters
_WORD = re.compile(r"[a-z0-9]+")
_SEVERAL = 2
_QUOTED = 4  # words that are quoted, none of them shorter than that


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each thing found speaks for news, and for each type, by its place in `EventType`."""

    news: Mapping[str, float]
    types: Mapping[str, tuple[tuple[int, float], ...]]


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """What was found in a text, each with the word to quote for it, and how much of it speaks for road news."""

    found: Mapping[str, str]
    weights: Weights
    news: float

    @property
    def is_news(self) -> bool:
        """Whether the words suffice without a rule."""
        return self.news > _IS_NEWS

    def with_rules(self, found: Sequence[EventType]) -> tuple[EventType, ...]:
        """The types of an event, the likeliest first: those of the rules (`found`) and of the words together."""
        points = list(self._by_words)
        for at, kind in enumerate(found):
            points[_AT[kind]] += _BY_A_RULE + (0 if at else _FIRST_BY_RULES)
        told = {_AT[kind] for kind in found}
        open_to_words = [at for at in range(len(_KINDS)) if at in told or not found or at not in _EASES]
        ranked = sorted(open_to_words, key=lambda at: -points[at])
        if found and (first := _AT[found[0]]) in _EASES:
            ranked = [first, *(at for at in ranked if at != first)]
        likely = (at for at in ranked[1:] if points[at] > (_IS_KEPT if at in told else _IS_ADDED))
        return tuple(_KINDS[at] for at in (ranked[0], *likely))

    def why_news(self) -> str:
        """The words that speak most for road news."""
        return self._words((-self.weights.news.get(feature, 0.0), word) for feature, word in self.found.items())

    def why(self, kind: EventType) -> str:
        """How much speaks for `kind`, and the words that speak most for it."""
        at = _AT[kind]
        rows = ((self.weights.types.get(feature, ()), word) for feature, word in self.found.items())
        words = self._words((-weight, word) for row, word in rows for one, weight in row if one == at)
        return f"{self._by_words[at]:+.1f} — {words}"

    @cached_property
    def _by_words(self) -> Sequence[float]:
        sums = [0.0] * len(_KINDS)
        for feature in (START, *self.found):
            for at, weight in self.weights.types.get(feature, ()):
                sums[at] += weight
        return sums

    @staticmethod
    def _words(against: Iterable[tuple[float, str]]) -> str:
        said = sorted((weight, word) for weight, word in against if weight < 0 and len(word) >= _QUOTED)
        return ", ".join(list(dict.fromkeys(word for _, word in said))[:_QUOTED])


def weigh(text: Text, hits: Hits, sites: Sequence[Site]) -> Weighed:
    """Add up what is found in a text."""
    return weighed(features(text, hits, sites), _weights())


def weighed(found: Mapping[str, str], weights: Weights) -> Weighed:
    """Add up `found`, by `weights`."""
    news = weights.news[START] + sum(weights.news.get(feature, 0.0) for feature in found)
    return Weighed(found=found, weights=weights, news=news)


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
    if table.get(START, {}).keys() != outcomes:
        raise DataError(f"weights.tsv: there is no line {START} with the weight of each outcome")
    return Weights(
        news=MappingProxyType({feature: row[RELEVANT] for feature, row in table.items() if RELEVANT in row}),
        types=MappingProxyType({feature: _types(row) for feature, row in table.items()}),
    )


def _types(row: Mapping[str, float]) -> tuple[tuple[int, float], ...]:
    return tuple((_AT[EventType(name)], weight) for name, weight in row.items() if name != RELEVANT)

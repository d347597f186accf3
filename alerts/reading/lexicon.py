"""Which words matter? Loads the word lists of `data/` and finds them in a text, all at once.

A list entry is a word or phrase; a final `*` lets the last word go on ("attaqu*"), and a phrase that ends in "de" is
found with "d'" as well. Accents, case, hyphens and apostrophes make no difference.
"""

import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import ahocorasick

from alerts.errors import DataError
from alerts.reading.text import flatten

LANGUAGES = ("fr", "en")


class LexiconError(DataError):
    """A data file of this room can't be used; `where` names the file and the entry."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where = where


@dataclass(frozen=True, slots=True)
class Hit:
    """A word or phrase of list `tag`, as offsets into the flat text."""

    start: int
    end: int
    tag: str


MASK = "mask"
UNMASKED = "sure"


class Hits:
    """What was found in one text, by list, in reading order.

    Nothing within a hit of a list "mask…" is kept, but for what a list "sure…" finds.
    """

    def __init__(self, found: Iterable[Hit]) -> None:
        self._by_tag: dict[str, list[Hit]] = {}
        hits = list(found)
        self._masks = [hit for hit in hits if hit.tag.startswith(MASK)]
        for hit in hits:
            if not self._masks or not self._is_masked(hit) or hit.tag.startswith((MASK, UNMASKED)):
                self._by_tag.setdefault(hit.tag, []).append(hit)
        for hits in self._by_tag.values():
            hits.sort(key=_order)
        self._starts = {tag: [hit.start for hit in hits] for tag, hits in self._by_tag.items()}

    def replaced(self, lists: Mapping[str, Iterable[Hit]]) -> "Hits":
        """The same with these lists, by tag, in the place of those of the same name."""
        if not lists:
            return self
        changed = Hits(())
        changed._masks = self._masks
        changed._by_tag = dict(self._by_tag)
        changed._starts = dict(self._starts)
        for tag, hits in lists.items():
            changed._by_tag[tag] = sorted((hit for hit in hits if not self._is_masked(hit)), key=_order)
            changed._starts[tag] = [hit.start for hit in changed._by_tag[tag]]
        return changed

    def without(self, tag: str, lists: Iterable[str]) -> "Hits":
        """The same without what these lists find within a hit of `tag`."""
        inside = self.of(tag)
        if not inside:
            return self
        rest = {one: [hit for hit in self.of(one) if not any(_holds(other, hit) for other in inside)] for one in lists}
        return self.replaced(rest)

    @cached_property
    def tags(self) -> AbstractSet[str]:
        """The lists of which something was found."""
        return {tag for tag, hits in self._by_tag.items() if hits}

    def _is_masked(self, hit: Hit) -> bool:
        return any(mask.start <= hit.start and hit.end <= mask.end for mask in self._masks)

    def of(self, tag: str, start: int = 0, end: int = 1 << 30) -> list[Hit]:
        """The hits of `tag` that begin within [start, end)."""
        starts = self._starts.get(tag)
        if starts is None:
            return []
        return self._by_tag[tag][bisect_left(starts, start) : bisect_left(starts, end)]

    def has(self, tag: str, start: int = 0, end: int = 1 << 30) -> bool:
        """Whether `tag` begins anywhere within [start, end)."""
        starts = self._starts.get(tag)
        return starts is not None and bisect_left(starts, start) < bisect_left(starts, end)

    def any_at(self, start: int) -> bool:
        """Whether a hit of any list begins at `start`."""
        return any(self.has(tag, start, start + 1) for tag in self._starts)

    def last_before(self, tag: str, start: int, end: int) -> Hit | None:
        """The last hit of `tag` that begins within [start, end]."""
        hits = self.of(tag, start, end)
        return hits[-1] if hits else None


def _holds(other: Hit, hit: Hit) -> bool:
    return other.start <= hit.start < other.end


def _order(hit: Hit) -> tuple[int, int]:
    return hit.start, -hit.end


@cache
def load(name: str) -> Mapping[str, Any]:
    """The content of `data/<name>.toml`.

    Raises:
        LexiconError: the file is not valid TOML.
    """
    text = files("alerts.reading").joinpath("data", f"{name}.toml").read_text(encoding="utf-8")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{name}.toml", str(error)) from error


class Lexicon:
    """The word lists of one file, ready to find their words in a text of a given language."""

    def __init__(self, lists: Mapping[str, Mapping[str, Any]], name: str) -> None:
        self.tags = frozenset(lists)
        self.entries = {code: _entries(lists, (code, "any"), name) for code in LANGUAGES}
        self._automata = {code: _automaton([entries]) for code, entries in self.entries.items()}
        self._both = _automaton(self.entries.values())

    @classmethod
    def united(cls, lexicons: Iterable["Lexicon"]) -> "Lexicon":
        """One lexicon that finds what all of these find, in one pass."""
        parts = list(lexicons)
        whole = cls({}, "")
        whole.tags = frozenset[str]().union(*(part.tags for part in parts))
        whole.entries = {code: _merged([part.entries[code] for part in parts]) for code in LANGUAGES}
        whole._automata = {code: _automaton([entries]) for code, entries in whole.entries.items()}
        whole._both = _automaton(whole.entries.values())
        return whole

    def find(self, flat: str, language: str) -> Iterator[Hit]:
        """Every entry that stands in `flat` on whole words; an unknown language uses all lists."""
        automaton = self._automata.get(language, self._both)
        if not len(automaton):
            return
        size = len(flat)
        for last, entries in automaton.iter(flat):
            for length, tag, goes_on in entries:
                start, end = last - length + 1, last + 1
                if start and flat[start - 1].isalnum() and not _is_unit(flat, start):
                    continue
                if end < size and flat[end].isalnum():
                    if not goes_on:
                        continue
                    end = _word_end(flat, end)
                yield Hit(start, end, tag)


def _is_unit(flat: str, start: int) -> bool:
    """Whether a unit is written close to its number ("25km de Gao")."""
    return flat[start - 1].isdigit() and flat.startswith("km", start)


def _word_end(flat: str, at: int) -> int:
    while at < len(flat) and flat[at].isalnum():
        at += 1
    return at


_Entries = dict[str, set[tuple[int, str, bool]]]
"""By word or phrase: its length, its list, and whether the last word may go on."""


def _entries(lists: Mapping[str, Mapping[str, Any]], keys: tuple[str, ...], name: str) -> _Entries:
    entries: _Entries = {}
    for tag, by_language in lists.items():
        for key in keys:
            for written in by_language.get(key, ()):
                word = _entry(written, f"{name}.toml [{tag}] {key}")
                goes_on = word.endswith("*")
                for form in _forms(word.rstrip("*")):
                    entries.setdefault(form, set()).add((len(form), tag, goes_on))
    return entries


def _merged(parts: Iterable[_Entries]) -> _Entries:
    merged: _Entries = {}
    for entries in parts:
        for word, meanings in entries.items():
            merged.setdefault(word, set()).update(meanings)
    return merged


def _automaton(parts: Iterable[_Entries]) -> Any:
    automaton = ahocorasick.Automaton()
    for word, meanings in _merged(parts).items():
        automaton.add_word(word, tuple(sorted(meanings)))
    automaton.make_automaton()
    return automaton


def _forms(word: str) -> Iterator[str]:
    """A phrase, and as it stands before a vowel ("venant de Gao", "venant d'Ansongo")."""
    yield word
    if word.endswith(" de"):
        yield word[:-1]


def _entry(written: object, where: str) -> str:
    if not isinstance(written, str) or not written.strip(" *"):
        raise LexiconError(where, f"not a word: {written!r}")
    if written != written.strip() or "*" in written[:-1]:
        raise LexiconError(where, f"a stray blank or star: {written!r}")
    return flatten(written)

"""Which part of a text speaks of which town?

"Diesel is on sale in Bamako, forty lorries left Kayes" says nothing of the pumps of Kayes. A statement that names towns
speaks of them; one that names none goes on about the towns named before it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from alerts.fuel.words import words
from alerts.incidents.words import fold

_SENTENCES = re.compile(r"[.;!?\n]+(?!\d)")
_PIECES = re.compile(r"(,(?!\d)| (?:mais|but|tandis que|while|alors que|et|and) )")
_LEFT = re.compile(
    r"(?<!\w)(?:part\w*|repart\w*|quitt\w*|sorti\w*|venue?s?|venant|provenance|depuis|left|leav\w*|from|via|par)"
    r"(?: \w+){0,3}? (?:l'|d')?$"
)
_JOINS = re.compile(r"(?<!\w)(?:a|au|de|du|d'|la|le|les|l'|en|in|at|of|comme|ainsi que|ou|or)(?!\w)|\W")
_AND = frozenset({" et ", " and "})
_SHORTEST = 3  # letters: a first word as short as "San" may be any word


@dataclass(slots=True)
class _Statement:
    """A stretch of a sentence, and the towns it names; `names_last` is whether its last piece named any."""

    text: str
    towns: list[str]
    names_last: bool


def told_of(text: str, towns: Mapping[str, str]) -> Mapping[str, str]:
    """What folded `text` tells of each of `towns` (id to name); of one alone, or one it never spells, all of it."""
    if len(towns) == 1:
        return dict.fromkeys(towns, text)
    said: dict[str, list[str]] = {town: [] for town in towns}
    here: Sequence[str] = ()
    unplaced: list[str] = []
    for statement in _statements(text, towns):
        is_of_fuel = _speaks_of_fuel(statement.text)
        if statement.towns and (is_of_fuel or not here):
            here = statement.towns
        if not is_of_fuel and statement.towns and not unplaced:
            continue
        if not here:
            unplaced.append(statement.text)
        for town in here:
            said[town] += [*unplaced, statement.text]
        unplaced = [] if here else unplaced
    return {town: ". ".join(parts) if _spelt(towns[town]).search(text) else text for town, parts in said.items()}


def _statements(text: str, towns: Mapping[str, str]) -> Iterator[_Statement]:
    for sentence in _SENTENCES.split(text):
        if sentence.strip():
            yield from _of_sentence(sentence, towns)


def _of_sentence(sentence: str, towns: Mapping[str, str]) -> Iterator[_Statement]:
    """A piece that names towns begins a statement, unless it goes on with a list of them or the first is named yet."""
    first, *rest = _PIECES.split(sentence)
    named = _named_in(first, towns)
    current = _Statement(text=first, towns=named, names_last=bool(named))
    for join, piece in zip(rest[::2], rest[1::2], strict=True):
        named = _named_in(piece, towns)
        lists_on = current.names_last and (
            _is_bare(piece, named, towns) or (join in _AND and _meet(current.text, piece, towns))
        )
        if named and current.towns and not lists_on:
            yield current
            current = _Statement(text=piece, towns=named, names_last=True)
        else:
            current.text += join + piece
            current.towns = [*current.towns, *named]
            current.names_last = bool(named)
    yield current


def _is_bare(piece: str, named: Iterable[str], towns: Mapping[str, str]) -> bool:
    """Whether a piece is nothing but towns: "Mopti", "à San"."""
    for town in named:
        piece = _spelt(towns[town]).sub(" ", piece)
    return not _JOINS.sub("", piece)


def _meet(before: str, after: str, towns: Mapping[str, str]) -> bool:
    """Whether two towns stand side by side where two pieces meet: "Kayes et Nioro étouffent"."""
    spelt = [_spelt(name) for name in towns.values()]
    ends = any(match.end() == len(before) for one in spelt for match in one.finditer(before))
    return ends and any(one.match(after) for one in spelt)


def _speaks_of_fuel(piece: str) -> bool:
    lexicon = words()
    patterns = (lexicon.any_product, lexicon.out, lexicon.limited, lexicon.available, lexicon.sale.stations)
    return any(pattern.search(piece) for pattern in (*patterns, *lexicon.products.values()))


def _named_in(piece: str, towns: Mapping[str, str]) -> list[str]:
    """Towns that a piece names, but not those that something only left or passed."""
    return [
        town
        for town, name in towns.items()
        if any(not _LEFT.search(piece[: match.start()]) for match in _spelt(name).finditer(piece))
    ]


@cache
def _spelt(name: str) -> re.Pattern[str]:
    """A name as texts write it: whole, or its first word ("Nioro")."""
    plain = fold(name)
    first = re.split(r"[ -]", plain)[0]
    spellings = {plain, first} if len(first) > _SHORTEST else {plain}
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(spellings, key=len, reverse=True)))})(?!\w)")

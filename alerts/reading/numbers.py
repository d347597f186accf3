"""Which numbers does a text hold, in figures or in words, and how exactly are they meant?"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from alerts.reading.lexicon import load
from alerts.reading.text import flatten

_TOKEN = re.compile(r"(?<![\w.,])\d{1,3}(?:[ .,]\d{3})+(?![\w])|(?<![a-z\d])\d+(?:[.,]\d+)?(?=\b|[a-z])|[a-z]+")
_JOINING = frozenset({"et", "and"})
_ARTICLES = frozenset({"un", "une", "a", "an"})
_COLLECTIVES = frozenset(
    {
        "dizaine",
        "douzaine",
        "quinzaine",
        "vingtaine",
        "trentaine",
        "quarantaine",
        "cinquantaine",
        "soixantaine",
        "centaine",
        "dozen",
    },
)
_DOZENS = ("dozen", "douzaine")
_HALF = re.compile(r"\b(?:half (?:a )?|demi )$")
_FOUR, _TWENTY, _HUNDRED = 4, 20, 100


@dataclass(frozen=True, slots=True)
class Number:
    """`value` is None for a plural that names no number ("dozens"); `is_article` for a mere "un" or "a"."""

    start: int
    end: int
    value: int | None
    is_article: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str
    value: int | None


def _tables() -> dict[str, dict[str, int]]:
    raw = load("numbers")
    return {code: {flatten(word): value for word, value in raw[code].items()} for code in ("fr", "en")}


_WORDS = _tables()
_VAGUE = frozenset(load("numbers")["vague"]["words"])
_EITHER = _WORDS["en"] | _WORDS["fr"]


def numbers(flat: str, start: int, end: int, language: str) -> list[Number]:
    """All numbers within [start, end), in order."""
    words = _WORDS.get(language, _EITHER)
    found: list[Number] = []
    run: list[_Token] = []
    for token in _tokens(flat, start, end, words):
        if token.value is not None and run and _continues(run, token, flat):
            run.append(token)
            continue
        found += _close(run)
        run = [token] if token.value is not None else []
        if token.value is None and token.word in _VAGUE:
            found.append(Number(token.start, token.end, None))
    return [_halved(number, flat) for number in [*found, *_close(run)]]


def _halved(number: Number, flat: str) -> Number:
    """Half of it where "half a dozen" or "une demi-douzaine" is said."""
    half = _HALF.search(flat, max(0, number.start - len("half a ")), number.start)
    if half is None or number.value is None or not flat[: number.end].endswith(_DOZENS):
        return number
    return Number(half.start(), number.end, number.value // 2)


def _tokens(flat: str, start: int, end: int, words: Mapping[str, int]) -> Iterator[_Token]:
    for match in _TOKEN.finditer(flat, start, end):
        word = match.group()
        if not word[0].isdigit():
            yield _Token(match.start(), match.end(), word, words.get(word))
        elif (digits := re.sub(r"[ .,](?=\d{3}(?!\d))", "", word)).isdigit():
            yield _Token(match.start(), match.end(), word, int(digits[:9]))


def _continues(run: list[_Token], token: _Token, flat: str) -> bool:
    """Whether `token` goes on with the number in words that `run` began ("trente et un", "two hundred")."""
    last = run[-1]
    between = flat[last.end : token.start].strip()
    if between not in {"", *_JOINING} or last.word[0].isdigit() or token.word[0].isdigit():
        return False
    if last.word in _ARTICLES:
        return not between and token.word in _COLLECTIVES | {"hundred"}
    if between in _JOINING:
        return last.value is not None and last.value >= _TWENTY and (token.value or 0) < _TWENTY and not _article(token)
    return not (_article(token) and (last.value or 0) < _TWENTY)


def _article(token: _Token) -> bool:
    return token.word in {"a", "an"}


def _close(run: list[_Token]) -> Iterator[Number]:
    if not run:
        return
    total = 0
    for token in run:
        value = token.value or 0
        if token.word in _COLLECTIVES or (total and value == _HUNDRED) or (total == _FOUR and value == _TWENTY):
            total = max(total, 1) * value
        else:
            total += value
    yield Number(run[0].start, run[-1].end, total, len(run) == 1 and run[0].word in _ARTICLES)

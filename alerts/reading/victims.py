"""Which victims does a sentence name one by one, rather than count them?

"The driver was killed" is one; "a patient, her husband and two nurses died" are four.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from alerts.reading.counts import CLAUSE_ENDS, Count, Page, clause_end
from alerts.reading.numbers import Number, numbers
from alerts.reading.text import Sentence

_CLAUSE = 110  # characters in which a list may stand
_TO_VERB = 26  # characters from the last noun to "was killed"
_TWO = 2
_NOUN = 40  # characters in which a single subject stands
_WOUNDED = 16  # characters from the last noun to "wounded", which then is said of it alone
_JOINT = re.compile(r", and |, et |, | and | et ")
_NAMED = frozenset({"le", "la", "l", "son", "sa", "leur", "the", "his", "her", "its", "their", "au", "ses", "leurs"})
_SINGLE = _NAMED | {"un", "une", "a", "an", "one", "another"}
_COUNT = "two|three|four|five|six|seven|eight|nine|ten|deux|trois|quatre|cinq|sept|huit|neuf|dix"
_COMPLEMENT = re.compile(r" (?:du|de|d|of|de la|de l)(?: the| a)? [a-z]+(?= et | and |, )")
_DETERMINER = re.compile(
    rf"(?:(?:a|to|de|d|of) (?=(?:{'|'.join(_SINGLE)}|\d+) ))?(?:(?:his|her|their|ses|leurs|the|les) (?=(?:{_COUNT}) ))?"
    rf"(?P<word>[a-z]+|\d+) (?:(?:of|de) (?:his|her|their|its|ses|leurs) )?(?:[a-z]+ )?(?=[a-z])"
)
_OBJECT = re.compile(r" \w+")
_ENDS_IN_S = frozenset({"fils", "epoux"})
FAMILY = (" family", " famille")
_SUBJECT = re.compile(
    r"(?<![a-z])(?:le|la|l|un|une|son|sa|leur|the|a|an|his|her|its|their|one) [a-z]+"
    r"(?: (?!et |and |qui |that |which |a |ont |ayant |avoir |says |said |dit )[a-z]+){0,4}(?:, [^,.;:]{1,40},)? $",
)


@dataclass(frozen=True, slots=True)
class _Named:
    """One in a list: `is_named` where an article or "his" stands for a number."""

    start: int
    end: int
    value: int
    is_named: bool


def named_victims(page: Page, sentence: Sentence) -> list[Count]:
    """At most one count: of the first list that a word for death goes with, else of a single victim."""
    for listed in (*_before_verbs(page, sentence), *_after_verbs(page, sentence)):
        total = _total([one.value for one in listed])
        words = page.flat[listed[0].start : listed[-1].end]
        return [Count(value=total, exact=True, in_title=sentence.is_title, words=words)]
    return _single(page, sentence)


def _before_verbs(page: Page, sentence: Sentence) -> Iterator[list[_Named]]:
    """Lists of two or more that end right before a word for death."""
    for verb in page.hits.of("dead", sentence.start, sentence.end):
        floor = max(sentence.start, verb.start - _CLAUSE)
        floor = max((page.flat.rfind(stop, floor, verb.start) + 1 for stop in CLAUSE_ENDS), default=floor) or floor
        begins = [floor, *(space.end() for space in re.finditer(r"\s", page.flat[: verb.start]) if space.end() > floor)]
        lists = (_list(page, begin, verb.start) for begin in begins)
        yield from (one for one in lists if len(one) > 1 and _has_named(one) and verb.start - one[-1].end <= _TO_VERB)


def _after_verbs(page: Page, sentence: Sentence) -> Iterator[list[_Named]]:
    """Lists that begin right after "killing" or "cost the lives of"."""
    for verb in page.hits.of("kills_people", sentence.start, sentence.end):
        listed = _list(page, verb.end + 1, min(sentence.end, verb.end + _CLAUSE))
        if listed and _are_wounded(page, listed[-1]):
            listed = listed[:-1]
        if _has_named(listed):
            yield listed


def _are_wounded(page: Page, last: _Named) -> bool:
    return page.hits.has("not_dead", last.end, clause_end(page, last.end, last.end + _WOUNDED))


def _total(values: list[int]) -> int:
    """Their sum; "two passengers, a mother and her baby" counts them once."""
    first, rest = values[0], sum(values[1:])
    return first if first == rest and len(values) > _TWO else first + rest


def _has_named(listed: list[_Named]) -> bool:
    """Plain numbers are counted as such."""
    return any(one.is_named for one in listed)


def _list(page: Page, begin: int, end: int) -> list[_Named]:
    """The people listed from `begin` on."""
    listed: list[_Named] = []
    at = begin
    while one := _one(page, at, end):
        listed.append(one)
        complement = _COMPLEMENT.match(page.flat, one.end, end)
        joint = _JOINT.match(page.flat, complement.end() if complement else one.end, end)
        if not joint:
            break
        at = joint.end()
    return listed


def _one(page: Page, at: int, end: int) -> _Named | None:
    """The person or persons at `at`: a determiner or a number, perhaps an adjective, and a noun."""
    match = _DETERMINER.match(page.flat, at, end)
    if match is None:
        return None
    nouns = page.hits.of("people", match.end("word") + 1, min(end, match.end() + 1))
    if not nouns:
        return None
    is_named = not _NAMED.isdisjoint(match.group().split())
    word, noun = match["word"], page.flat[nouns[0].start : nouns[0].end]
    if word in _SINGLE:
        is_one = not noun.endswith("s") or noun in _ENDS_IN_S
        return _Named(match.start(), nouns[0].end, 1, is_named) if is_one else None
    counted = numbers(page.flat, match.start("word"), match.end("word"), page.language)
    value = counted[0].value if counted else None
    return _Named(match.start(), nouns[0].end, value, is_named) if value else None


def _single(page: Page, sentence: Sentence) -> list[Count]:
    """A single victim ("the driver was killed"); "a mine kills two" has its victims after the verb."""
    for verb in page.hits.of("one_dies", sentence.start, sentence.end):
        subject = _SUBJECT.search(page.flat, max(sentence.start, verb.start - _NOUN), verb.start)
        if subject is None or has_object(page, verb.end) or not _is_victim(page, subject.start(), verb.start):
            continue
        words = page.flat[subject.start() : verb.end].strip()
        return [Count(value=1, exact=True, in_title=sentence.is_title, words=words)]
    return []


def _is_victim(page: Page, start: int, end: int) -> bool:
    """Whether the subject is somebody: no attacker, "no one", family or number of people."""
    if page.flat[:start].rstrip().endswith(("no", "aucun")) or page.hits.has("not_victims", start, end):
        return False
    things = page.hits.of("not_dead", start, end)
    if page.flat[start:end].rstrip().endswith(FAMILY):
        return False
    return not any(thing.end >= end - 1 for thing in things) and not _is_counted(page, start, end)


def _is_counted(page: Page, start: int, end: int) -> bool:
    """Whether the subject holds a number that is no age: then those are counted."""
    found = numbers(page.flat, start, end, page.language)
    return any(
        one.value != 1 and not page.hits.has("not_dead", one.end, one.end + 2) and not is_age(page, one)
        for one in found
    )


def is_age(page: Page, number: Number) -> bool:
    """Whether a bare number between commas follows a person ("the driver, 35, died")."""
    return page.flat.startswith(",", number.end) and page.flat[: number.start].endswith(", ")


def has_object(page: Page, end: int) -> bool:
    """Whether a number follows at `end`: those the verb kills."""
    after = _OBJECT.match(page.flat, end)
    return after is not None and bool(numbers(page.flat, end, after.end(), page.language))

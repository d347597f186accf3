"""What is a count of victims or vehicles, and which of several counts holds?

"More than twenty" is 20, "about thirty" is 30, a range is its lower end, and "dozens" is no number. Where counts
differ, the title's goes first, unless the text gives an exact figure for its "more than". Those who die "also" or
succumb later come on top, unless the title has added them up already.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from alerts.reading.lexicon import Hits, Lexicon, load
from alerts.reading.numbers import Number, numbers
from alerts.reading.text import Sentence

WORDS = Lexicon({tag: words for tag, words in load("counts").items() if tag != "between_verb_and_number"}, "counts")
OF_THEM = (" of them", " of whom", " d entre eux", " d entre elles")
CLAUSE_ENDS = (";", ":", "(", ")", ".", "\n")

_DEAD = r"(?:dead|killed|victims|fatalities|deaths|morts|tues|victimes|defunts|deces|corps)"
# "eleven children are among the dead", "among the dead are eleven children"
_AMONG_AFTER = re.compile(
    r"(?: (?!and |et )[a-z]+){1,5} (?:also |aussi |egalement )?(?:among|parmi|au nombre des?) (?:the |les |ces )?"
    rf"(?:\d+ )?{_DEAD}\b"
)
_AMONG_BEFORE = re.compile(
    rf"\b(?:among|parmi) (?:the |les |ces |those )?(?:[a-z\d]+ )?{_DEAD}"
    r" (?:are|were|is|was|figurent|figuraient|figure|se trouvent|il y a|on compte|on denombre)"
    r" (?:also |aussi |egalement |notamment )?(?:at least |au moins )?$"
)
_AMONG_REACH = 60
_PREPOSITION = re.compile(r" (?:d|de|a|to|of)$")
_JOIN = 34  # characters between two numbers that are added up
_ROUGHLY = 16  # characters from "more than" to its number
_ROUND = 10  # what a "more than" is a multiple of
_PRECISER = 1.5  # an exact figure may exceed the "more than" it makes precise by half
_LEAD = 30  # characters before a count in which "also" may stand
_OWN_BEFORE = re.compile(r"\b(?:his|her|their|ses|leurs) $")
_RANGE = ("entre", "between")
_NOUN = 40  # characters from a number to its word for death
_AFTER = 100  # characters behind that in which those stand who die later
_AND_MORE = re.compile(
    r"(?: (?!and |et )[a-z]+){0,5},? (?:and|et) (?P<more>[a-z\d]+)(?: more| others?| autres?)?(?P<noun> [a-z]+)? "
    r"(?:later|overnight|during|(?:on|along) the way(?: to hospital)?|en route|of (?:his|her|their) (?:wounds"
    r"|injuries)|de (?:ses|leurs) blessures|des suites|(?:at|in) (?:the |a )?(?:[a-z]+ )?(?:hospital|clinic|scene)"
    r"|a l hopital|a l arrivee|au centre|au csref|pendant|durant|en chemin|le lendemain|dans la (?:nuit|soiree))\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number of victims or vehicles that one sentence gives; None is a plural without a number.

    `is_toll` is one that is called the toll, `is_claim` one that a party says of its own deeds.
    `is_further` is said of those who come on top ("also", "two others"); `is_later` of those who do so only where some
    are counted before ("his apprentice succumbed"). `is_early` is said of a first toll, which a newer one replaces.
    """

    value: int | None
    exact: bool
    in_title: bool
    words: str
    is_toll: bool = False
    is_claim: bool = False
    is_further: bool = False
    is_later: bool = False
    is_early: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A flat text with what was found in it, and the text as it was written."""

    flat: str
    plain: str
    hits: Hits
    language: str


def choose(counts: Sequence[Count]) -> Count | None:
    """A toll's, else the title's, made exact by the text where it only says "more than".

    None where a party's claim stands against another count: both may be wrong.
    """
    known = [count for count in counts if count.value is not None]
    if not known or _are_disputed(known):
        return None
    first = min(known, key=lambda count: (not count.is_toll, count.is_early, not count.in_title, count.is_further))
    if not first.exact:
        first = next((count for count in known if makes_exact(count, first)), first)
    return replace(first, value=(first.value or 0) + _on_top(known, first))


def _on_top(known: Sequence[Count], first: Count) -> int:
    """How many come on top of the count that holds: none of a toll, or of a title that has added them up."""
    further = [count for at, count in enumerate(known) if count is not first and _comes_on_top(known, at)]
    if first.is_toll or not further:
        return 0
    told = [count.value or 0 for count in known if count not in further and not count.in_title]
    if first.in_title and told and first.value not in told:
        return 0
    in_title = [count for count in further if count.in_title]
    extra = sum(count.value or 0 for count in in_title or further)
    is_its_sum = sum(told) + extra == 2 * (first.value or 0)
    return 0 if is_its_sum and len(set(told)) > 1 else extra


def _comes_on_top(known: Sequence[Count], at: int) -> bool:
    count = known[at]
    return count.is_further or (count.is_later and any(one.in_title == count.in_title for one in known[:at]))


def _are_disputed(counts: Sequence[Count]) -> bool:
    claimed = {count.value for count in counts if count.is_claim}
    return bool(claimed) and any(not count.is_claim and count.value not in claimed for count in counts)


def makes_exact(count: Count, rough: Count) -> bool:
    """Whether it is exact, or at least no round number ("at least 31" where another says "more than 30")."""
    low, value = rough.value or 0, count.value or 0
    is_finer = count.exact or (low % _ROUND == 0 and value % _ROUND != 0)
    return is_finer and low <= value <= low * _PRECISER


def summed(page: Page, chain: Sequence[Number], sentence: Sentence) -> Count:
    """The count of numbers that belong together: added up, or the lower end of a range."""
    parts = chain[:1] if is_range(page, chain) else chain
    return Count(
        value=None if any(part.value is None for part in parts) else sum(part.value or 0 for part in parts),
        exact=not _is_rough(page, parts[0]),
        in_title=sentence.is_title,
        words=page.flat[max(sentence.start, parts[0].start - _ROUGHLY) : parts[-1].end + 25].strip(),
    )


def are_added(page: Page, left: Number, right: Number, ends: str, *, listed: bool = False) -> bool:
    """Whether two numbers are added up: joined by "and" or a comma, with no hit of list `ends` between them.

    With `listed`, a comma joins an article too ("a grader, a lorry and a van"), as it does where things are counted.
    """
    between = _PREPOSITION.sub("", page.flat[left.end : right.start].rstrip())
    joints = (" et", " and") if left.is_article and not listed else (" et", " and", ",")
    if len(between) > _JOIN or not between.rstrip().endswith(joints):
        return False
    return not any(end in between for end in CLAUSE_ENDS) and not page.hits.has(ends, left.end, right.start)


def on_top(page: Page, count: Count, start: int, end: int) -> Count:
    """The count, marked where its words from `start` to `end` say that it comes on top of others."""
    begin = max(page.flat.rfind(stop, max(0, start - _LEAD), start) for stop in (*CLAUSE_ENDS, ","))
    also = page.hits.has("also", max(begin + 1, start - _LEAD), end)
    further = page.hits.of("further", start, end)
    if any(words in page.flat[start:end] for words in OF_THEM):
        return count
    owner = page.hits.has("own", start, start + 1) or bool(_OWN_BEFORE.search(page.flat, max(0, start - _LEAD), start))
    is_later = page.hits.has("people", start, end) and (owner or page.hits.has("succumbs", start, end))
    is_further = also or any(not page.flat.startswith(" than", word.end) for word in further)
    return replace(count, is_further=is_further, is_later=is_later)


def clause_end(page: Page, start: int, end: int) -> int:
    """Where the clause that goes on at `start` ends, at the latest at `end`."""
    return min((cut for stop in CLAUSE_ENDS if (cut := page.flat.find(stop, start, end)) >= 0), default=end)


def is_part(page: Page, number: Number) -> bool:
    """Whether "including" stands before a number, or "of them" after it."""
    if page.flat.startswith(OF_THEM, number.end) or is_among_dead(page, number):
        return True
    part = page.hits.last_before("subset", max(0, number.start - 20), number.start)
    return part is not None and page.flat[part.end : number.start].strip() in {"", "les", "the", "au moins", "at least"}


def is_among_dead(page: Page, number: Number) -> bool:
    """Whether it says who some of the dead were ("eleven children are among the dead")."""
    if _AMONG_AFTER.match(page.flat, number.end):
        return True
    return _AMONG_BEFORE.search(page.flat, max(0, number.start - _AMONG_REACH), number.start) is not None


def is_range(page: Page, chain: Sequence[Number]) -> bool:
    """Whether it is a range ("between ten and fifteen", "ten to fifteen")."""
    if page.flat[: chain[0].start].rstrip().endswith(_RANGE):
        return True
    return len(chain) > 1 and spans(page, chain[0], chain[1])


def spans(page: Page, left: Number, right: Number) -> bool:
    """Whether two numbers are the ends of a range ("ten to fifteen", "de 12 à 15", "2 ou 3")."""
    rises = (left.value or 0) < (right.value or 0) and not (left.is_article or right.is_article)
    return rises and page.flat[left.end : right.start] in {" a ", " to ", " ou ", " or ", " voire "}


def gapped(page: Page, number: Number, sentence: Sentence) -> int:
    """How many more die elsewhere or later, without a verb of their own ("six died there and two in hospital")."""
    end = clause_end(page, number.end, min(sentence.end, number.end + _NOUN))
    near = page.hits.of("dead", number.end, end)
    return and_more(page, near[0].end, sentence) if near else 0


def and_more(page: Page, at: int, sentence: Sentence) -> int:
    """How many more follow the word for death that ends at `at` ("and two in hospital")."""
    more = _AND_MORE.match(page.flat, at, min(sentence.end, at + _AFTER))
    if more is None or (more["noun"] and not page.hits.has("people", more.start("noun") + 1, more.start("noun") + 2)):
        return 0
    found = numbers(page.flat, more.start("more"), more.end("more"), page.language)
    return (found[0].value or 0) if len(found) == 1 else 0


def _is_rough(page: Page, number: Number) -> bool:
    near = page.hits.of("at_least", max(0, number.start - _ROUGHLY), number.start)
    words = page.flat[number.start : number.end]
    return bool(near) or "aine" in words or words == "a hundred"

"""Whom or what does a number count: the dead, or a year, a part, wounded, hostages, people in passing?"""

import re

from alerts.reading.counts import (
    OF_THEM,
    Page,
    clause_end,
    is_part,
)
from alerts.reading.numbers import Number, numbers
from alerts.reading.victims import FAMILY, is_age

AFTER = 100  # characters from a number to its "killed"
BEFORE = 46  # characters from "killed" to its number
NOUN = 40  # characters in which the counted noun must stand
TOLL = 90  # characters from "toll" to its number
_FIRST_YEAR = 1900
_SAID_OF_THEM = re.compile(r"(?: (?:were|was|have|had|been|later|since|also|ont|sont|ete|avaient|etaient|en))* ")
_ADJECTIVES = 2  # words between a number and its noun
RIDERS = (" passenger", " driver", " traveller")
_SMALL_WORDS = (" autres", " other", " more", " d", " de", " of")
_FROM_TO = re.compile(r"(?: [a-z]+)? (?:a|to) (?:\d|[a-z]+(?: (?:dead|morts|tues)\b|[\n,.;:]))")
_INSTEAD = re.compile(
    r"\b(?:(?:et |and )?(?:not|non|non pas|and not|pas)|instead of|rather than|au lieu des?|plutot que|down from"
    r"|up from"
    r"|et non pas)(?: the| les| des)? $|\b(?:since|depuis)(?: que)?(?: la mort de| the deaths? of| the killing of)? $"
)
_AT_FIRST = re.compile(
    r"\b(?:jusqu ici|until now|so far|up to now|d abord|initialement|dans un premier temps|au depart"
    r"|precedemment|jusque la|provisoirement|initially"
    r"|at first"
    r"|first|previously|originally|earlier|until then)(?: [a-z]+){0,4} $"
)
_AS_FIRST_SAID = re.compile(
    r"(?: [a-z]+){0,2} (?:annonces?|signales?|donnes?|evoques?|reported|announced|given|counted)? ?"
    r"(?:initialement|precedemment|d abord|auparavant|jusque la|initially|previously|at first|earlier)\b"
)
_OF_WOUNDED = re.compile(
    r"(?: autres?| others?| more)?(?: (?:des|parmi les|of the|of those|de ces|among the|d entre les|of its|of their)"
    r"(?: [a-z\d]+){0,2}?)? (?:grands? |seriously |badly |critically )?(?:blesses?|blessees?|wounded|injured)"
)
_AGED = (" aged ", " age de ", " agee de ")
_NO_COUNT_AFTER = (" no ", "\nno ", *_AGED)
_CAPTIVES = re.compile(
    r"(?: autres| other)?(?: (?:des|of the|of those|parmi les))?"
    r" (?:otages?|hostages?|captives?|captifs|personnes enlevees|passagers enleves|abducted \w+)"
    r"(?: (?!et |and )[a-z]+){0,3}?(?: (?:ont|ete|sont|were|have|been|was|a|retrouvee?s?|found|tous|all|deja"
    r"|already))* "
)
_BODIES_OF = re.compile(r"\b(?:corps|mort|execution|assassinat|bodies|deaths?|killing|murder) (?:des?|of)(?: the)? $")
_DIED_OF_IT = re.compile(
    r"(?: (?:\w+ ))?(?: ?(?:graves?|people|soldiers?|passengers?|men|man|woman|civilians?|ont|a|est|sont|have|has"
    r"|had|was"
    r"|were|later|since|also|aussi|egalement|n|y|depuis|finalement|eux|lui|elle|malheureusement|then|subsequently|since"
    r"|hier|overnight|mardi|lundi|mercredi|jeudi|vendredi|samedi|dimanche|ensuite|en sont|en est))* "
)
_NOT_THEMSELVES = (" et ", " and ", ", ")
_CASUALTIES = re.compile(
    r"\b(?:victimes?|victims|casualties|personnes touchees|pertes),? (?:dont|including|among them) $"
)
_WHOLE = re.compile(r"(?:(?:^|[\n\"] ?|\. )(?:of|out of|sur) (?:the |les )?|[a-z\d] (?:out of|sur les|sur) )$")
_OF_MANY = re.compile(r"(?P<part>[a-z\d]+) (?:of the|of an?|of|des|d une|de ces|of these) $")
_SHARES = frozenset({"moitie", "plupart", "majorite", "totalite", "part", "half", "most", "all", "some", "many"})
OF_NUMBER = re.compile(r"\b(?:none of (?:the|its|their)|no survivors? among (?:the )?|aucun des|aucune des) ?$")
_PLURALS = frozenset({"des", "les"})
PREPOSITIONS = frozenset(
    {
        "sur",
        "de",
        "du",
        "des",
        "d",
        "dans",
        "par",
        "pour",
        "on",
        "of",
        "in",
        "at",
        "for",
        "by",
        "from",
        "les",
        "the",
        "et",
        "and",
        "en",
        "ou",
        "or",
    }
)


def is_something_else(page: Page, number: Number) -> bool:
    """A year, an hour, a wounded person, a distance, a part of another count, a mere article."""
    if _is_no_count(page, number) or _is_corrected(page, number):
        return True
    if is_whole(page, number):
        return True
    if is_of_wounded(page, number):
        return False
    if is_part(page, number) and not _die_themselves(page, number):
        return True
    if are_captives(page, number):
        return False
    nouns = page.hits.of("not_dead", number.end, _noun_at(page.flat, number.end) + 1)
    return bool(nouns) and not page.flat.startswith(RIDERS, nouns[0].end)


def _is_no_count(page: Page, number: Number) -> bool:
    """Whether it is a plural article, an hour, a share, a year, an age, a day, or counts no one or families."""
    flat, start, end = page.flat, number.start, number.end
    if flat[start:end] in _PLURALS and not _are_some(page, number):
        return True
    if number.value is not None and number.value >= _FIRST_YEAR and flat[start].isdigit():
        return True
    if flat[end : end + 1] in {"h", "%"} or flat.startswith((*FAMILY, " meme famille", *_AGED), end):
        return True
    return flat[:start].endswith(_NO_COUNT_AFTER) or is_age(page, number) or is_day(page, number)


def _is_corrected(page: Page, number: Number) -> bool:
    """Whether another number holds instead ("from 8 to 12", "nine, not eleven", "first put at 12")."""
    before = page.flat[max(0, number.start - BEFORE) : number.start]
    if _FROM_TO.match(page.flat, number.end) and before.endswith((" de ", " from ")):
        return page.hits.has("toll_moves", max(0, number.start - TOLL), number.start)
    if _INSTEAD.search(before):
        return True
    was_first = _AT_FIRST.search(before) or _AS_FIRST_SAID.match(page.flat, number.end)
    return was_first is not None and page.hits.has("toll", max(0, number.start - TOLL), number.end + TOLL)


def is_of_wounded(page: Page, number: Number) -> bool:
    """Whether it counts those who die of the wounded ("two of the injured died", "deux blessés ont succombé")."""
    wounded = _OF_WOUNDED.match(page.flat, number.end)
    if wounded is None or page.flat[: number.start].endswith(_NOT_THEMSELVES):
        return False
    end = clause_end(page, wounded.end(), wounded.end() + NOUN)
    dead = page.hits.of("dead", wounded.end(), end)
    return bool(dead) and _DIED_OF_IT.fullmatch(page.flat, wounded.end(), dead[0].start) is not None


def are_captives(page: Page, number: Number) -> bool:
    """Whether it counts hostages who were killed, which the word "hostages" alone does not say."""
    if _BODIES_OF.search(page.flat[: number.start]):
        return True
    dead = page.hits.of("dead", number.end, clause_end(page, number.end, number.end + AFTER))
    return bool(dead) and _CAPTIVES.fullmatch(page.flat, number.end, dead[0].start) is not None


def _are_some(page: Page, plural: Number) -> bool:
    """Whether "des" counts people ("des civils"); in "aucun des occupants" it does not."""
    return are_people(page, plural) and not page.flat[: plural.start].endswith(("aucun ", "aucune "))


def is_day(page: Page, number: Number) -> bool:
    """Whether a month stands behind it, or before a figure ("on April 20")."""
    if page.hits.has("month", number.end, number.end + 2):
        return True
    month = page.hits.last_before("month", max(0, number.start - NOUN), number.start)
    return month is not None and page.flat[month.end : number.end].strip().isdigit()


def _die_themselves(page: Page, number: Number) -> bool:
    """Whether the word for death is said of the part itself ("seven of them died"); "seven of them soldiers" is not.

    Of victims or casualties, "including four dead" counts the dead.
    """
    if page.hits.has("dead", number.end, number.end + 2) and _CASUALTIES.search(page.flat[: number.start]):
        return True
    of_them = next((words for words in OF_THEM if page.flat.startswith(words, number.end)), None)
    if of_them is None:
        return False
    said = _SAID_OF_THEM.match(page.flat, number.end + len(of_them))
    return said is not None and page.hits.has("dead", said.end(), said.end() + 1)


def is_whole(page: Page, number: Number) -> bool:
    """Whether it is that of which another number is a part ("two of the seven"); "the burial of the seven" is not."""
    start = max(0, number.start - NOUN)
    if _WHOLE.search(page.flat, start, number.start):
        return True
    many = _OF_MANY.search(page.flat, start, number.start)
    if many is None or OF_NUMBER.search(page.flat, start, number.start):
        return False
    return many["part"] in _SHARES or bool(numbers(page.flat, many.start("part"), many.end("part"), page.language))


def _noun_at(flat: str, end: int) -> int:
    """Where the counted noun may begin."""
    for word in _SMALL_WORDS:
        if flat.startswith(word + " ", end):
            end += len(word)
    return end + 1


def are_people(page: Page, number: Number) -> bool:
    """Whether the counted noun, perhaps behind an adjective, is one of people."""
    nouns = page.hits.of("people", number.end, number.end + NOUN)
    between = page.flat[number.end : nouns[0].start].split() if nouns else []
    return bool(nouns) and len(between) <= _ADJECTIVES and PREPOSITIONS.isdisjoint(between)

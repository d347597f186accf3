"""Is a number the toll as it stands, an earlier one, or what a party says of its own deeds?"""

import re

from alerts.reading.counted import (
    NOUN,
    TOLL,
)
from alerts.reading.counts import (
    Page,
)
from alerts.reading.numbers import Number
from alerts.reading.text import Sentence

_RISES_TO = re.compile(
    r"(?:\b(?:to|at|of|a|de|d|est de|atteint|reaches|reached|is|now|est|passes|hits|at least|au moins)|[:=]) ?$"
)
_BRINGS = re.compile(
    r"\b(?:port(?:e|ent|ant|er)|passer|bring(?:s|ing)?|brought|tak(?:es|ing)|push(?:es|ing)|rais(?:es|ing)) (?:a|to) $"
)
_EARLY = re.compile(
    r"\b(?:(?:premier|precedent|ancien|tout premier) (?:bilan|decompte|chiffre)"
    r"|(?:bilan|decompte) (?:precedent|initial|anterieur|de la veille)"
    r"|(?:first|earlier|previous|initial|preliminary) (?:death |official |provisional )?(?:toll|count|report|tally"
    r"|figure|estimate))[^.;:\d]{0,60}$"
)
_THEIR_WORD = re.compile(
    r"(?:, [^,.;]{1,60},)? (?:has |have |a |ont |had )?(?:puts?|gave|gives?|speaks? of|spoke of|counts?|counted"
    r"|evoquent?"
    r"|evoque|parlent? de|parle de|avance|avancent|fait etat|font etat|annoncent?|revendiquent?|revendique|claim\w*"
    r"|boast\w*|reports?|reported)\b[^.;]{0,40}"
)


def is_claimed(page: Page, number: Number, sentence: Sentence) -> bool:
    """Whether it is a party that says it of its own deeds ("says it killed", "JNIM put the toll at 100")."""
    if page.hits.has("claims", sentence.start, number.start):
        return True
    group = page.hits.last_before("not_victims", sentence.start, number.start)
    return group is not None and _THEIR_WORD.fullmatch(page.flat, group.end, number.start) is not None


def is_toll(page: Page, number: Number, sentence: Sentence) -> bool:
    """Whether it is where a toll stands or has got to ("bringing the number of dead to 17")."""
    if _is_brought_to(page, number, sentence):
        return True
    toll = page.hits.last_before("toll", max(sentence.start, number.start - TOLL), number.start)
    if toll is None or number.is_article or any(end in page.flat[toll.end : number.start] for end in ";()."):
        return False
    before = page.flat[toll.end : number.start]
    rough = page.hits.last_before("at_least", max(toll.end, number.start - NOUN), number.start)
    if rough and not page.flat[rough.end : number.start].strip():
        before = page.flat[toll.end : rough.start]
    return bool(_RISES_TO.search(before.rstrip() + " ")) or not before.strip()


def _is_brought_to(page: Page, number: Number, sentence: Sentence) -> bool:
    """Whether the toll is named behind its number ("portant à deux le nombre de morts")."""
    if not _BRINGS.search(page.flat, max(sentence.start, number.start - NOUN), number.start):
        return False
    tolls = page.hits.of("toll", number.end, min(sentence.end, number.end + NOUN))
    return bool(tolls) and page.flat[number.end : tolls[0].start].strip() in {"le", "the", "son", "leur", "its"}


def is_early(page: Page, number: Number) -> bool:
    """Whether a first or an earlier toll is told ("the first toll was nine")."""
    return _EARLY.search(page.flat, max(0, number.start - TOLL), number.start) is not None

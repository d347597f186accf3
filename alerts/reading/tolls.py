"""Is a number the toll as it stands, an earlier one, or what a party says of its own deeds?"""

import re

from alerts.reading.counted import (
    NOUN,
    PREPOSITIONS,
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
# "in all, 17 men died", "17 have now died": whatever was counted before is part of it.
_IN_ALL_BEFORE = re.compile(
    r"\b(?:au total|en tout|in all|in total|all told|altogether),? (?:ce sont |soit )?(?:at least |au moins )?$"
)
_IN_ALL = re.compile(
    r"(?: (?!et |and |autres? |others? |more )[a-z]+){1,3}? (?:donc|desormais|therefore|thus|now|au total|en tout"
    r"|in all|in total|altogether)\b"
)
# "the dead number five", "the victims, nine in total", "les morts, au nombre de cinq".
_NUMBERED = re.compile(
    r"\b(?:dead|victims|killed|fatalities|morts|victimes|tues|defunts)(?:,? (?:now |already )?number(?:ed|ing)?"
    r"|,? (?:(?:sont|etaient|etant|seraient) )?au nombre de) (?:at least |au moins )?$"
)
_NOUN_BEHIND = re.compile(r" (?P<noun>[a-z]+)")
_COUNTED_OUT = re.compile(r"\b(?:dead|victims|killed|fatalities|morts|victimes|tues|defunts), $")
_ALL_OF_THEM = re.compile(r" (?:in all|in total|of them|altogether|au total|en tout)\b")
_OFFICIAL = re.compile(
    r"\b(?:government|authorities|official|officials|army|ministry|governor|gouvernement|autorites|officiel|armee"
    r"|ministere|gouverneur|protection civile|civil protection)(?: s)?(?: [a-z]+){0,3}? (?:count|figure|tally|chiffre"
    r"|decompte|compte)(?: [a-z]+){0,2}? (?:at|is|to|of|de|a) (?:at least |au moins )?$"
    r"|, (?:le gouvernement|les autorites|l armee|le gouverneur|le ministere|la protection civile) (?:de|d) $"
)
# A title's last word on them: "un blesse meurt, 32 victimes".
_TITLE_ENDS = re.compile(r"(?: (?:victimes|morts|tues|deces|dead|deaths|victims))? ?$")
_THEIR_WORD = re.compile(
    r"(?:, [^,.;]{1,60},)? (?:has |have |a |ont |had )?(?:puts?|gave|gives?|speaks? of|spoke of|counts?|counted"
    r"|evoquent?"
    r"|evoque|parlent? de|parle de|avance|avancent|fait etat|font etat|annoncent?|revendiquent?|revendique|claim\w*"
    r"|boast\w*|reports?|reported)\b[^.;]{0,40}"
)
_DISPLACED = ("displaced", "deplace")


def is_claimed(page: Page, number: Number, sentence: Sentence) -> bool:
    """Whether it is a party that says it of its own deeds ("says it killed", "JNIM put the toll at 100")."""
    if page.hits.has("claims", sentence.start, number.start):
        return True
    group = page.hits.last_before("not_victims", sentence.start, number.start)
    return group is not None and _THEIR_WORD.fullmatch(page.flat, group.end, number.start) is not None


def is_toll(page: Page, number: Number, sentence: Sentence) -> bool:
    """Whether it is where a toll stands or has got to ("bringing the number of dead to 17")."""
    if not _may_be_the_dead(page, number):
        return False
    if _is_brought_to(page, number, sentence) or _is_official(page, number, sentence):
        return True
    if _are_numbered(page, number, sentence) or _sums_up_title(page, number, sentence):
        return True
    toll = page.hits.last_before("toll", max(sentence.start, number.start - TOLL), number.start)
    if toll is None or number.is_article or any(end in page.flat[toll.end : number.start] for end in ";()."):
        return False
    before = page.flat[toll.end : number.start]
    if _RISES_TO.search(before.rstrip() + " ") or not before.strip():
        return True
    rough = page.hits.last_before("at_least", max(toll.end, number.start - NOUN), number.start)
    if rough is None or page.flat[rough.end : number.start].strip():
        return False
    before = page.flat[toll.end : rough.start]
    return bool(_RISES_TO.search(before.rstrip() + " ")) or not before.strip()


def _may_be_the_dead(page: Page, number: Number) -> bool:
    """Whether nothing follows that is neither people nor a word for death ("the station now counts two lanes")."""
    noun = _NOUN_BEHIND.match(page.flat, number.end)
    if noun is None or noun["noun"] in PREPOSITIONS or page.hits.has("no_noun", noun.start("noun"), noun.end()):
        return True
    if noun["noun"].startswith(_DISPLACED):
        return False
    end = number.end + NOUN
    return any(page.hits.has(tag, number.end, end) for tag in ("people", "dead", "victims", "kills"))


def is_in_all(page: Page, number: Number, sentence: Sentence) -> bool:
    """Whether it sums up those counted before ("in all, 17 men died", "dix-sept hommes ont donc péri")."""
    if _IN_ALL_BEFORE.search(page.flat, sentence.start, number.start):
        return True
    return _IN_ALL.match(page.flat, number.end, sentence.end) is not None


def _is_official(page: Page, number: Number, sentence: Sentence) -> bool:
    """Whether it is the authorities' figure, whatever others say ("the government's count is 132")."""
    start = max(sentence.start, number.start - TOLL)
    return not number.is_article and _OFFICIAL.search(page.flat, start, number.start) is not None


def _are_numbered(page: Page, number: Number, sentence: Sentence) -> bool:
    """Whether the dead are named first and then counted ("the dead, five in all")."""
    start = max(sentence.start, number.start - NOUN)
    if _NUMBERED.search(page.flat, start, number.start):
        return True
    out = _COUNTED_OUT.search(page.flat, start, number.start)
    return out is not None and _ALL_OF_THEM.match(page.flat, number.end) is not None


def _sums_up_title(page: Page, number: Number, sentence: Sentence) -> bool:
    """Whether it ends a title in which one more dies ("un blessé meurt à Kayes, 32 victimes")."""
    if not sentence.is_title or number.is_article or not page.flat.startswith(", ", number.start - len(", ")):
        return False
    ends = _TITLE_ENDS.match(page.flat[: sentence.end].rstrip(), number.end)
    return ends is not None and page.hits.has("one_dies", sentence.start, number.start)


def _is_brought_to(page: Page, number: Number, sentence: Sentence) -> bool:
    """Whether the toll is named behind its number ("portant à deux le nombre de morts")."""
    if not _BRINGS.search(page.flat, max(sentence.start, number.start - NOUN), number.start):
        return False
    tolls = page.hits.of("toll", number.end, min(sentence.end, number.end + NOUN))
    return bool(tolls) and page.flat[number.end : tolls[0].start].strip() in {"le", "the", "son", "leur", "its"}


def is_early(page: Page, number: Number) -> bool:
    """Whether a first or an earlier toll is told ("the first toll was nine")."""
    return _EARLY.search(page.flat, max(0, number.start - TOLL), number.start) is not None

"""Which of the counted dead are the attackers' own?"""

import re
from collections.abc import Sequence
from dataclasses import replace

from alerts.reading.counts import Count, Page, clause_end, is_part
from alerts.reading.lexicon import Hit
from alerts.reading.numbers import Number, numbers
from alerts.reading.text import Sentence

_SIDE = re.compile(
    r"\b(?:chez|parmi|cote|du cote|dans les rangs|au sein|dans le camp|bilan|pertes|among|on the side|in the ranks"
    r"|losses"
    r"|toll|own side|le camp|les rangs)(?: (?:des?|du|d|of|l|les|the|a|among|in|chez|parmi|ranks))* $"
)
_OTHER_SIDE = re.compile(r"\b(?:contre|against|et|and|mais|but|cote|tandis|while|alors|chez|pour|for)\b")
_PART_OF = re.compile(r"\b(?:of the|of|des|de ces|sur|sur les|of those|out of) $")
_LOSE = re.compile(
    r"\b(?:perdu|perdent|perd|perdraient|perdant|lost|lose|losing|laisse|laissent|laissant|laisserent|left behind"
    r"|abandonne"
    r"|suffered|essuye|enregistre) (?:au moins |at least |about |environ |some |quelque |plus de |more than "
    r"|pas moins de )?$"
)
# "puts enemy losses at 24", "thirty bodies behind"; who only says so or did it: ", rebels say", "seized when rebels …".
_LOSSES = re.compile(r" (?:losses|casualties|deaths|dead|fatalities|toll|side|ranks)\b")
_LEFT = re.compile(r"\b(?:left|leaving|leaves|leave) (?:at least |about |around |some |more than )?$")
_BEHIND = re.compile(r" (?:of (?:its|their) )?[a-z]+ (?:behind|on the (?:field|ground|battlefield))\b")
_SAYS = re.compile(r"(?: [a-z]+)? (?:say|says|said|claim|claims|claimed|disent|affirment|assurent|indiquent)\b")
_BY = re.compile(
    r"\b(?:according to|selon|d apres|accused by|by|par|when|quand|lorsque|alors que|says?|said|that|que|qu)"
    r"(?: the| les| des| l)? $"
)
_SIDE_REACH = 60
_NOUN = 40  # characters in which the counted noun must stand


def without_attackers(page: Page, counts: Sequence[Count], sentences: Sequence[Sentence]) -> list[Count]:
    """Take "six of them assailants" off the total that they are part of."""
    parts = [part for sentence in sentences if (part := _attackers_among(page, sentence))]
    for total, among in parts:
        counts = [
            replace(count, value=total - among, exact=True) if count.value == total else count for count in counts
        ]
    return list(counts)


def _attackers_among(page: Page, sentence: Sentence) -> tuple[int, int] | None:
    """A total of a sentence, and how many of them are its attackers."""
    found = [number for number in numbers(page.flat, sentence.start, sentence.end, page.language) if number.value]
    for at, part in enumerate(found):
        if is_part(page, part) and page.hits.has("not_victims", part.end, part.end + _NOUN):
            totals = [number.value or 0 for number in found[:at] if (number.value or 0) > (part.value or 0)]
            return (totals[-1], part.value or 0) if totals else None
    return None


def _others(page: Page, number: Number, end: int) -> list[Number]:
    """Further counts behind a number, but for those it is a part of ("six of the 30 assailants")."""
    found = numbers(page.flat, number.end, end, page.language)
    return [one for one in found if one.value and not one.is_article and not _PART_OF.search(page.flat[: one.start])]


def _are_of_their_side(page: Page, number: Number) -> bool:
    """Whether the losses of their side are counted ("chez les assaillants, on compte dix tués")."""
    start = max((page.flat.rfind(stop, 0, number.start) + 1 for stop in ";.()\n"), default=0)
    start = max(start, number.start - _SIDE_REACH)
    sides = page.hits.of("not_victims", start, number.start)
    if not sides:
        return False
    is_side = _SIDE.search(page.flat, max(0, sides[-1].start - _NOUN), sides[-1].start)
    if not is_side and not _LOSSES.match(page.flat, sides[-1].end):
        return False
    return not _OTHER_SIDE.search(page.flat, sides[-1].end, number.start)


def lose_their_own(page: Page, number: Number) -> bool:
    """Whether it is the attackers who lose so many ("the attackers lost a dozen men")."""
    verb = _LOSE.search(page.flat, max(0, number.start - _NOUN), number.start)
    if verb is None and _BEHIND.match(page.flat, number.end):
        verb = _LEFT.search(page.flat, max(0, number.start - _NOUN), number.start)
    if verb is None:
        return False
    start = max((page.flat.rfind(stop, 0, verb.start()) + 1 for stop in ";.()\n,"), default=0)
    subjects = [hit for tag in ("not_victims", "people") for hit in page.hits.of(tag, start, verb.start())]
    last = max(subjects, key=lambda hit: (hit.start, hit.tag != "people"), default=None)
    return last is not None and last.tag == "not_victims"


def are_attackers(page: Page, number: Number, chain: Sequence[Number]) -> bool:
    """Whether the counted are the attackers: named before the word for death, or right after it, or their side is."""
    if _are_of_their_side(page, number) or lose_their_own(page, number):
        return True
    if page.flat.startswith(", ", number.end):  # "killing nine, the gunmen moved on"
        return False
    end = clause_end(page, number.end, number.end + _NOUN)
    end = min([end, *(part.start for part in chain if part.start > number.start)])
    end = min([end, *(other.start for other in _others(page, number, end))])
    dead = page.hits.of("dead", number.end, end)
    if dead:
        of = page.flat.startswith((" d ", " of "), dead[0].end)
        end = dead[0].end + len(" of x") if of else dead[0].start
    return any(not _is_source(page, hit) for hit in page.hits.of("not_victims", number.end, end))


def _is_source(page: Page, hit: Hit) -> bool:
    """Whether the attackers are only those who say it or did it (", rebels say", "captured by the rebels")."""
    if _BY.search(page.flat, max(0, hit.start - _NOUN), hit.start):
        return True
    return page.flat.startswith(", ", max(0, hit.start - 2)) and _SAYS.match(page.flat, hit.end) is not None

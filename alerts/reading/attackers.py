"""Which of the counted dead are the attackers' own?"""

from collections.abc import Sequence
from dataclasses import replace

from alerts.reading.counts import Count, Page, clause_end, is_part
from alerts.reading.numbers import Number, numbers
from alerts.reading.text import Sentence

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


def are_attackers(page: Page, number: Number, chain: Sequence[Number]) -> bool:
    """Whether the counted are the attackers: named before the word for death, or right after it."""
    end = clause_end(page, number.end, number.end + _NOUN)
    end = min([end, *(part.start for part in chain if part.start > number.start)])
    dead = page.hits.of("dead", number.end, end)
    if dead:
        of = page.flat.startswith((" d ", " of "), dead[0].end)
        end = dead[0].end + len(" of x") if of else dead[0].start
    return page.hits.has("not_victims", number.end, end)

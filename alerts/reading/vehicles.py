"""How many vehicles were destroyed?"""

import re
from collections.abc import Sequence

from alerts.reading.counts import Count, Page, are_added, choose, summed
from alerts.reading.lexicon import Hit, Hits
from alerts.reading.numbers import Number, numbers
from alerts.reading.text import Sentence, Text

_AFTER = 75  # characters from a vehicle to the verb of its loss
_BEFORE = 30  # characters from the verb to the vehicle
_NOUN = 22  # characters in which the counted noun must begin
_WORDS_BETWEEN = 3
_PREPOSITION = re.compile(r" (?:a|en|de|sur|dans|par|on|in|from|with|hommes|men) ")
_THE = (" le ", " la ", "the ", "his ", "son ")


def vehicles(text: Text, hits: Hits, language: str, sentences: Sequence[Sentence]) -> tuple[int | None, str]:
    """Vehicles destroyed by the given sentences, with the words that say so."""
    page = Page(text.flat, hits, language)
    chosen = choose([count for sentence in sentences for count in _in(page, sentence)])
    return (chosen.value, chosen.words) if chosen else (None, "")


def _in(page: Page, sentence: Sentence) -> list[Count]:
    if not page.hits.has("vehicle_lost", sentence.start, sentence.end):
        return []
    found = numbers(page.flat, sentence.start, sentence.end, page.language)
    left = [number for number in found if _counts_vehicles(page, number)]
    if not left:
        return _the_vehicle(page, sentence)
    counts = []
    while left:
        chain = _chain(page, left)
        left = left[len(chain) :]
        if _are_lost(page, chain, sentence):
            counts.append(summed(page, chain, sentence))
    return counts


def _counts_vehicles(page: Page, number: Number) -> bool:
    """Whether the noun is a word or two away ("trois gros camions", "20 fuel tankers")."""
    nouns = page.hits.of("vehicle_noun", number.end, number.end + _NOUN)
    if not nouns:
        return False
    between = page.flat[number.end : nouns[0].start]
    return between.count(" ") <= _WORDS_BETWEEN and "," not in between and not _PREPOSITION.search(between)


def _chain(page: Page, left: Sequence[Number]) -> list[Number]:
    chain = [left[0]]
    for number in left[1:]:
        if not are_added(page, chain[-1], number, "vehicle_lost"):
            break
        chain.append(number)
    return chain


def _are_lost(page: Page, chain: Sequence[Number], sentence: Sentence) -> bool:
    """A verb of loss after the vehicles, or right before them, and no other vehicles between."""
    first, last = chain[0], chain[-1]
    after = page.hits.of("vehicle_lost", last.end, min(sentence.end, last.end + _AFTER))
    if after and not page.hits.has("not_lost", last.end, after[0].start):
        others = numbers(page.flat, last.end, after[0].start, page.language)
        return not any(_counts_vehicles(page, number) for number in others)
    before = page.hits.last_before("vehicle_lost", max(sentence.start, first.start - _BEFORE), first.start)
    return before is not None and "," not in page.flat[before.end : first.start]


def _the_vehicle(page: Page, sentence: Sentence) -> list[Count]:
    """A single one, named without a number ("the lorry was found burnt out")."""
    for noun in page.hits.of("vehicle_noun", sentence.start, sentence.end):
        if _is_one(page, noun) and page.hits.has("vehicle_lost", noun.end, min(sentence.end, noun.end + 40)):
            words = page.flat[noun.start : noun.end + _BEFORE]
            return [Count(value=1, exact=True, in_title=sentence.is_title, words=words)]
    return []


def _is_one(page: Page, noun: Hit) -> bool:
    article = page.flat[max(0, noun.start - 4) : noun.start]
    return article.endswith(_THE) and page.flat[noun.end - 1] != "s"

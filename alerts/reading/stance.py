"""Is an event told as a fact, or denied, feared, announced, over, or long past?"""

import re
from enum import StrEnum

from alerts.reading.lexicon import Hits
from alerts.reading.text import Sentence, Text


class Stance(StrEnum):
    """How a text stands to an event it names; only facts make an item relevant.

    Aftermath is an event that only explains another one ("a strike after the attack").
    """

    FACT = "fact"
    DENIED = "denied"
    MAYBE = "maybe"
    BACKGROUND = "background"
    AFTERMATH = "aftermath"
    OVER = "over"


_CLAUSE_END = re.compile(r"[,;:()\"]| (?:et|and|mais|but|alors que|while|apres que|qui) ")
_NO_REACH = 22
_AFTER_REACH = 25
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


def stance(text: Text, hits: Hits, sentence: Sentence, at: int, this_year: int | None) -> tuple[Stance, str]:
    """The stance of `sentence` to the event whose word begins at `at`, and the words that show it."""
    for check in (_denied, _over, _aftermath, _background, _maybe):
        if found := check(text, hits, sentence, at, this_year):
            return found
    return Stance.FACT, ""


def _denied(text: Text, hits: Hits, sentence: Sentence, at: int, _year: int | None) -> tuple[Stance, str] | None:
    denial = hits.of("denied", sentence.start, sentence.end)
    if denial:
        return Stance.DENIED, text.plain[denial[0].start : denial[0].end]
    for hit in hits.of("no", max(sentence.start, at - _NO_REACH), at):
        between = text.flat[hit.end : at]
        if between.count(" ") <= 2 and "," not in between:
            return Stance.DENIED, text.plain[hit.start : hit.end]
    return None


def _over(text: Text, hits: Hits, sentence: Sentence, at: int, _year: int | None) -> tuple[Stance, str] | None:
    """ "The end of the blockade": the blockade is named, but it is over."""
    over = hits.of("lifted", sentence.start, sentence.end)
    if over and hits.has("blockade", at, at + 1) and not hits.has("not_lifted", sentence.start, sentence.end):
        return Stance.OVER, text.plain[over[0].start : over[0].end]
    for hit in hits.of("reopened", sentence.start, at + 1):
        if hit.start < at < hit.end:
            return Stance.OVER, text.plain[hit.start : hit.end]
    return None


def _aftermath(text: Text, hits: Hits, sentence: Sentence, at: int, _year: int | None) -> tuple[Stance, str] | None:
    for hit in hits.of("after", sentence.start, sentence.end):
        if hit.start <= at <= hit.end + _AFTER_REACH:
            return Stance.AFTERMATH, text.plain[hit.start : hit.end]
    return None


def _background(text: Text, hits: Hits, sentence: Sentence, _at: int, year: int | None) -> tuple[Stance, str] | None:
    if past := hits.of("background", sentence.start, sentence.end):
        return Stance.BACKGROUND, text.plain[past[0].start : past[0].end]
    if year is not None:
        for match in _YEAR.finditer(text.flat, sentence.start, sentence.end):
            if int(match.group()) < year and not _same_winter(text, int(match.group()), year):
                return Stance.BACKGROUND, match.group()
    return None


def _same_winter(text: Text, named: int, year: int) -> bool:
    """Late December told in January is not the past."""
    return named == year - 1 and ("decembre" in text.flat or "december" in text.flat)


def _maybe(text: Text, hits: Hits, sentence: Sentence, at: int, _year: int | None) -> tuple[Stance, str] | None:
    start, end = clause(text.flat, sentence, at)
    found = hits.of("maybe", start, end) or hits.of("exercise", sentence.start, sentence.end)
    return (Stance.MAYBE, text.plain[found[0].start : found[0].end]) if found else None


def clause(flat: str, sentence: Sentence, at: int) -> tuple[int, int]:
    """The part of a sentence around `at`, between commas and conjunctions."""
    start, end = sentence.start, sentence.end
    for stop in _CLAUSE_END.finditer(flat, sentence.start, sentence.end):
        if stop.end() <= at:
            start = stop.end()
        elif stop.start() > at:
            end = stop.start()
            break
    return start, end

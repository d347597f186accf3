"""Is an event told as a fact, or denied, feared, announced, over, or long past?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from alerts.reading.lexicon import Hit, Hits
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event as one sentence tells it: `words` are what a rule found, the first of them the event itself.

    `year` is the year the text is written in, if that is known.
    """

    text: Text
    hits: Hits
    sentence: Sentence
    words: Sequence[Hit]
    year: int | None

    @property
    def at(self) -> int:
        """Where the event's own word begins."""
        return self.words[0].start

    def within(self, tag: str) -> list[Hit]:
        """The hits of a word list in the sentence."""
        return self.hits.of(tag, self.sentence.start, self.sentence.end)

    def quote(self, hit: Hit) -> str:
        """The words of a hit as they are written."""
        return self.text.plain[hit.start : hit.end]


_CLAUSE_END = re.compile(r"[,:](?!\d)|[;()\"]| (?:et|and|mais|but|alors que|while|apres que|qui) ")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_NO_REACH = 22
_OBSTACLES = frozenset({"blockade", "closed", "strike"})
_LASTING = frozenset(
    {"blockade", "closed", "extorter", "extortion", "fuel_embargo", "line_suspended", "shortage", "shut"}
)
# A convoy that arrived "without incident" did arrive.
_ARRIVALS = frozenset({"entered", "trucks_arrive", "first_trucks", "sets_off", "reopened"})
_ENDINGS = frozenset({"lifted", "reopened", "ending", "grip_eased", "entered", "first_trucks"})
_HOW_LONG = re.compile(r"depuis |for |since ")
_UNHARMED = re.compile(r"(?:sans|without) ")
_PRICES = frozenset({"price", "price_moves", "franc"})
_COMPARED = re.compile(r"\b(?:contre|au lieu de|from|against|compared (?:to|with)|instead of) [^,;]{0,30}$")
_NO_WORDS_BETWEEN = 2
_AFTER_REACH = 25
_TOLL_REACH = 12
_SINCE_REACH = 60
_NAMED_REACH = 40
_AFTER_NAMED = re.compile(r"\b(?:after|following|since) (?:\S+ ){0,3}$")
# "Two days after the attack that killed five": where nothing else is told, the attack is news still.
_FRESH = re.compile(r"\b(?:(?:hours?|days?) after|(?:heures?|jours?) apres|lendemain d[eu']?) (?:[a-z']+ ){0,3}$")
_THAT_KILLED = re.compile(
    r"[^.;\n]{0,70}\b(?:qui (?:a|ont|avait|avaient) (?:fait|cout|tue|emporte|endeuill)"
    r"|(?:that|which) (?:has |had )?(?:killed|left|claimed)|in which)"
)
_NAMED = re.compile(r"(?:attack|ambush|raid|assault|kidnapping|abduction|clash|killing)")

# What stands behind these is not what is feared but why, or what comes of it ("fear of a shortage causes queues").
_FEAR_ENDS = re.compile(
    r"\b(?:apres|after|depuis|since|pour leurs?|for their|provoqu\w+|entrain\w+|pouss\w+|caus\w+|paralys\w+|vid\w+"
    r"|oblig\w+|conduit|forc\w+|drives?|drove|spark\w*|trigger\w*|prompt\w*|leads?|led|leaves?|empt\w+|when|lorsqu)\b"
)


def stance(told: Told) -> tuple[Stance, str]:
    """The stance of the sentence to the event, and the words that show it."""
    checks = (
        (Stance.DENIED, _denied),
        (Stance.OVER, _over),
        (Stance.AFTERMATH, _aftermath),
        (Stance.BACKGROUND, _background),
        (Stance.MAYBE, _maybe),
    )
    for found, check in checks:
        if words := check(told):
            return found, words
    return Stance.FACT, ""


def _denied(told: Told) -> str | None:
    for denial in told.within("denied"):
        if not (_is_arrival(told) and _UNHARMED.match(told.text.flat, denial.start)):
            return told.quote(denial)
    start = told.sentence.start
    for hit in told.hits.of("no", max(start, told.at - _NO_REACH), told.at):
        if hit.end <= told.at and _is_right_before(told, hit, told.at) and not _is_part_of(told.words, hit):
            return told.quote(hit)
    for hit in told.within("none_at_all"):
        if any(hit.end == word.start - 1 for word in told.words) and not _is_part_of(told.words, hit):
            return told.quote(hit)
    return None


def _is_part_of(words: Sequence[Hit], hit: Hit) -> bool:
    """Whether "no" belongs to the event itself ("no fuel")."""
    return any(word.start <= hit.start and hit.end <= word.end for word in words)


def _is_right_before(told: Told, hit: Hit, at: int) -> bool:
    between = told.text.flat[hit.end : at]
    return between.count(" ") <= _NO_WORDS_BETWEEN and "," not in between


def _over(told: Told) -> str | None:
    """The end of a blockade names the blockade, but it is over."""
    lifted = told.within("lifted")
    if lifted and told.hits.has("blockade", told.at, told.at + 1) and not told.within("not_lifted"):
        return told.quote(lifted[0])
    ending = told.hits.last_before("ending", max(told.sentence.start, told.at - _NO_REACH), told.at)
    if ending and told.at - ending.end <= 1 and _OBSTACLES & {hit.tag for hit in told.words}:
        return told.quote(ending)
    for hit in told.within("reopened"):
        if hit.start < told.at < hit.end:
            return told.quote(hit)
    return None


def _is_arrival(told: Told) -> bool:
    return not _ARRIVALS.isdisjoint(hit.tag for hit in told.words)


def _aftermath(told: Told) -> str | None:
    before = max(told.sentence.start, told.at - _NAMED_REACH)
    if _AFTER_NAMED.search(told.text.flat, before, told.at) and _NAMED.match(told.text.flat, told.at):
        return told.quote(told.words[0])
    after = (hit for hit in told.within("after") if hit.start <= told.at <= hit.end + _AFTER_REACH)
    return next((told.quote(hit) for hit in after if not _ends_a_toll(told, hit)), None)


def is_fresh(flat: str, sentence: Sentence, at: int) -> bool:
    """Whether what something else came of happened hours or days before, and its dead are told."""
    before = max(sentence.start, at - _NAMED_REACH)
    return _FRESH.search(flat, before, at) is not None and _THAT_KILLED.match(flat, at) is not None


def _ends_a_toll(told: Told, after: Hit) -> bool:
    """Whether the dead of the event are counted before ("quatre tués après l'assaut", "four buried after the raid")."""
    return any(0 < after.start - hit.end <= _TOLL_REACH for hit in told.within("dead"))


def _background(told: Told) -> str | None:
    past = [hit for hit in told.within("background") if not _is_compared(told, hit) and not _is_how_long(told, hit)]
    if past and not _lasts(told):
        return told.quote(past[0])
    start, end = clause(told.text.flat, told.sentence, told.at)
    if earlier := told.hits.of("earlier", start, end):
        return told.quote(earlier[0])
    if told.year is None:
        return None
    for match in _YEAR.finditer(told.text.flat, told.sentence.start, told.sentence.end):
        if int(match.group()) < told.year and not _is_same_winter(told, int(match.group())):
            return match.group()
    return None


def _is_compared(told: Told, past: Hit) -> bool:
    """Whether a price is only compared with that of then ("1 800 F contre 775 il y a un mois")."""
    of_a_price = any(word.tag in _PRICES for word in told.words)
    return of_a_price and _COMPARED.search(told.text.flat, told.sentence.start, past.start) is not None


def _is_how_long(told: Told, past: Hit) -> bool:
    """Whether it is only told how long what ends has lasted ("they lift the siege, in place for months")."""
    return told.words[0].tag in _ENDINGS and _HOW_LONG.match(told.text.flat, past.start) is not None


def _lasts(told: Told) -> bool:
    """Whether it is told since when a place is cut off ("since the group declared a blockade last week")."""
    begin = max(told.sentence.start, told.at - _SINCE_REACH)
    return told.words[0].tag in _LASTING and told.hits.has("since", begin, told.sentence.end)


def _is_same_winter(told: Told, named: int) -> bool:
    """Late December told in January is not the past."""
    return (
        told.year is not None and named == told.year - 1 and re.search("decembre|december", told.text.flat) is not None
    )


def _maybe(told: Told) -> str | None:
    start, end = clause(told.text.flat, told.sentence, told.at)
    unsure = (hit for hit in told.hits.of("maybe", start, end) if told.quote(hit) != "May")  # the month
    found = [hit for hit in unsure if not any(_is_more(word, hit) for word in told.words)]
    found = found or _feared(told, start, end) or told.within("exercise")
    return told.quote(found[0]) if found else None


def _is_more(word: Hit, unsure: Hit) -> bool:
    """Whether a longer phrase of the event itself has the word in it ("passage is possible again")."""
    return word.start <= unsure.start and unsure.end <= word.end and word.end - word.start > unsure.end - unsure.start


def _feared(told: Told, start: int, end: int) -> list[Hit]:
    """What fears the event: words before it, with no cause or effect between, or those right behind its own word."""
    event = told.words[0]
    if event.tag == "shortage" and told.within("queueing"):
        return []  # queues for fear of a shortage are one
    return [
        hit
        for hit in told.hits.of("feared", start, end)
        if 0 <= hit.start - event.end <= 1
        or (hit.start < event.start and not _FEAR_ENDS.search(told.text.flat, hit.end, event.start))
    ]


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

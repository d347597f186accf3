"""How many people died, the attackers' own dead left out?"""

import re
from collections.abc import Sequence

from alerts.reading.counts import CLAUSE_ENDS, Count, Page, are_added, choose, summed
from alerts.reading.lexicon import Hits, load
from alerts.reading.numbers import Number, numbers
from alerts.reading.text import Sentence, Text, flatten

_AFTER = 75  # characters from a number to its "killed"
_BEFORE = 46  # characters from "killed" to its number
_NOUN = 40  # characters in which the counted noun must stand
_FIRST_YEAR = 1900
_OF_THEM = (" of them", " of whom", " d entre eux", " d entre elles")
_RIDERS = (" passenger", " driver", " traveller")
_SMALL_WORDS = (" autres", " other", " more", " d", " de", " of")
_SUBJECT = re.compile(
    r"(?:^|[\s\"])(?:le|la|l|un|une|son|sa|the|a|an|his|its|one) [a-z]+"
    r"(?: (?!et |and |qui |that |which |a |ont |ayant |avoir )[a-z]+){0,2} $",
)
_RULES = load("counts")["between_verb_and_number"]
_BETWEEN = frozenset(flatten(words) for code in ("fr", "en") for words in _RULES[code])


def deaths(text: Text, hits: Hits, language: str, sentences: Sequence[Sentence]) -> tuple[int | None, str]:
    """Deaths by the given sentences (those about the event itself), with the words that say so; 0 only if said."""
    page = Page(text.flat, hits, language)
    chosen = choose([count for sentence in sentences for count in _in(page, sentence)])
    if chosen:
        return chosen.value, chosen.words
    for sentence in sentences:
        if zero := hits.of("zero", sentence.start, sentence.end):
            return 0, text.plain[zero[0].start : zero[0].end]
    return None, ""


def _in(page: Page, sentence: Sentence) -> list[Count]:
    if not any(page.hits.has(tag, sentence.start, sentence.end) for tag in ("dead", "kills", "one_dies")):
        return []
    counts = _one_victim(page, sentence)
    left = numbers(page.flat, sentence.start, sentence.end, page.language)
    while left:
        chain = _chain(page, left)
        if not chain:
            left = left[1:]
            continue
        left = left[len(chain) :]
        victims = [part for part in chain if not _are_attackers(page, part, chain)]
        if victims and (_die_after(page, chain, sentence) or _killed_before(page, chain, sentence)):
            counts.append(summed(page, victims, sentence))
    return counts


def _one_victim(page: Page, sentence: Sentence) -> list[Count]:
    """A single victim, named without a number ("the driver was killed")."""
    for verb in page.hits.of("one_dies", sentence.start, sentence.end):
        subject = _SUBJECT.search(page.flat, max(sentence.start, verb.start - _NOUN), verb.start)
        if subject and not page.hits.has("not_victims", subject.start(), verb.start):
            words = page.flat[subject.start() : verb.end].strip()
            return [Count(value=1, exact=True, in_title=sentence.is_title, words=words)]
    return []


def _chain(page: Page, left: Sequence[Number]) -> list[Number]:
    """The first number and what is added to it ("two drivers and an apprentice"); empty if it counts no people."""
    if _is_something_else(page, left[0]):
        return []
    chain = [left[0]]
    for number in left[1:]:
        if _is_something_else(page, number) or not are_added(page, chain[-1], number, "dead"):
            break
        chain.append(number)
    return chain


def _is_something_else(page: Page, number: Number) -> bool:
    """A year, an hour, a wounded person, a distance, a part of another count."""
    if page.flat[number.end : number.end + 1] in {"h", "%"} or page.flat.startswith(_OF_THEM, number.end):
        return True
    if number.value is not None and number.value >= _FIRST_YEAR and page.flat[number.start].isdigit():
        return True
    part = page.hits.last_before("subset", max(0, number.start - 14), number.start)
    if part and page.flat[part.end : number.start].strip() in {"", "les", "the", "au moins", "at least"}:
        return True
    nouns = page.hits.of("not_dead", number.end, _noun_at(page.flat, number.end) + 1)
    return bool(nouns) and not page.flat.startswith(_RIDERS, nouns[0].end)


def _noun_at(flat: str, end: int) -> int:
    """Where the counted noun may begin."""
    for word in _SMALL_WORDS:
        if flat.startswith(word + " ", end):
            end += len(word)
    return end + 1


def _die_after(page: Page, chain: Sequence[Number], sentence: Sentence) -> bool:
    last = chain[-1]
    end = min(sentence.end, last.end + _AFTER)
    end = min((cut for stop in CLAUSE_ENDS if (cut := page.flat.find(stop, last.end, end)) >= 0), default=end)
    dead = page.hits.of("dead", last.end, end)
    if not dead:
        return False
    if len(chain) == 1 and last.is_article and not page.flat[last.end : dead[0].start].strip():
        return page.flat[dead[0].start : dead[0].end] in {"mort", "morte", "tue"}
    return _in_one_breath(page, last.end, dead[0].start)


def _in_one_breath(page: Page, start: int, end: int) -> bool:
    """Whether nothing else is counted between a number and its word for death."""
    found = numbers(page.flat, start, end, page.language)
    others = [number for number in found if number.value is not None and not number.is_article]
    parts = [number for number in others if _is_something_else(page, number)]
    if len(others) != len(parts) or page.flat.count(",", start, end) > 1 + len(parts):
        return False
    return all(page.flat.startswith(_RIDERS, hit.end) for hit in page.hits.of("not_dead", start, end))


def _killed_before(page: Page, chain: Sequence[Number], sentence: Sentence) -> bool:
    start = chain[0].start
    verb = page.hits.last_before("kills", max(sentence.start, start - _BEFORE), start)
    if verb is None or page.flat[verb.end : start].strip() not in _BETWEEN:
        return False
    sure = page.hits.has("kills_people", verb.start, verb.start + 1)
    return sure or page.hits.has("dead", chain[0].end, min(sentence.end, chain[0].end + _NOUN))


def _are_attackers(page: Page, number: Number, chain: Sequence[Number]) -> bool:
    """Whether the counted are the attackers: named before the word for death, or right after it."""
    end = min([number.end + _NOUN, *(part.start for part in chain if part.start > number.start)])
    dead = page.hits.of("dead", number.end, end)
    if dead:
        of = page.flat.startswith((" d ", " of "), dead[0].end)
        end = dead[0].end + len(" of x") if of else dead[0].start
    return page.hits.has("not_victims", number.end, end)

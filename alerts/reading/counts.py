"""How many people died, and how many vehicles were destroyed?

"More than twenty" is 20, "about thirty" is 30, a range is its lower end, and "dozens" is no number. Attackers are not
counted. Where counts differ, the title's goes first, unless the text gives an exact figure for its "more than".
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from alerts.reading.lexicon import Hits, Lexicon, load
from alerts.reading.numbers import Number, numbers
from alerts.reading.text import Sentence, Text

WORDS = Lexicon(load("counts"), "counts")

_AFTER = 75
_WORDS_TO_NOUN = 3
_PREPOSITION = re.compile(r" (?:a|en|de|sur|dans|par|on|in|from|with|hommes|men) ")
_BEFORE = 46
_JOIN = 34
_SUBJECT = re.compile(
    r"(?:^|[\s\"])(?:le|la|l|un|une|son|sa|the|a|an|his|its|one) [a-z]+(?: (?!et |and |qui |that |which |a |ont |ayant |avoir )[a-z]+){0,2} $"
)
_CLAUSE_ENDS = (";", ":", "(", ")")


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number of victims or vehicles that one sentence gives."""

    value: int | None
    exact: bool
    in_title: bool
    words: str


@dataclass(frozen=True, slots=True)
class _Page:
    """What the functions here all look at."""

    flat: str
    hits: Hits
    language: str


def deaths(text: Text, hits: Hits, language: str, sentences: Iterable[Sentence]) -> tuple[int | None, str | None]:
    """Deaths by the given sentences (those about the event itself), with the words that say so."""
    page = _Page(text.flat, hits, language)
    told = list(sentences)
    counts = [count for sentence in told for count in _deaths_in(page, sentence)]
    chosen = _choose(counts)
    if chosen:
        return chosen.value, chosen.words
    for sentence in told:
        if zero := hits.of("zero", sentence.start, sentence.end):
            return 0, text.plain[zero[0].start : zero[0].end]
    return None, None


def vehicles(text: Text, hits: Hits, language: str, sentences: Iterable[Sentence]) -> tuple[int | None, str | None]:
    """Vehicles destroyed by the given sentences, with the words that say so."""
    page = _Page(text.flat, hits, language)
    counts = [count for sentence in sentences for count in _vehicles_in(page, sentence)]
    chosen = _choose(counts)
    return (chosen.value, chosen.words) if chosen else (None, None)


def _choose(counts: list[Count]) -> Count | None:
    """The title's, made exact by the text where it only says "more than"."""
    known = [count for count in counts if count.value is not None]
    if not known:
        return None
    first = next((count for count in known if count.in_title), known[0])
    if first.exact or first.value is None:
        return first
    better = [
        count for count in known if count.exact and count.value and first.value <= count.value <= first.value * 1.5
    ]
    return better[0] if better else first


def _deaths_in(page: _Page, sentence: Sentence) -> list[Count]:
    found = numbers(page.flat, sentence.start, sentence.end, page.language)
    counts: list[Count] = _one_victim(page, sentence)
    used = -1
    for at, number in enumerate(found):
        if at <= used or _is_something_else(page, number):
            continue
        chain = _chain(page, found, at, sentence)
        if _dies_after(page, chain, sentence) or _killed_before(page, chain, sentence):
            used = at + len(chain) - 1
            counts.append(_count(page, [part for part in chain if not _attackers(page, part, chain)], sentence))
    return [count for count in counts if count.value != 0]


def _one_victim(page: _Page, sentence: Sentence) -> list[Count]:
    """A single victim, named without a number: "the driver was killed"."""
    for verb in page.hits.of("one_dies", sentence.start, sentence.end):
        subject = _SUBJECT.search(page.flat, max(sentence.start, verb.start - 40), verb.start)
        if subject and not page.hits.has("not_victims", subject.start(), verb.start):
            return [Count(value=1, exact=True, in_title=sentence.is_title, words=page.flat[subject.start() : verb.end])]
    return []


def _count(page: _Page, chain: list[Number], sentence: Sentence) -> Count:
    if chain and _range(page, chain[0]):
        chain = chain[:1]
    value = None if any(part.value is None for part in chain) else sum(part.value or 0 for part in chain)
    if not chain:
        return Count(value=0, exact=True, in_title=sentence.is_title, words="")
    start = max(sentence.start, chain[0].start - 12)
    return Count(
        value=value,
        exact=not _rough(page, chain[0]),
        in_title=sentence.is_title,
        words=page.flat[start : chain[-1].end + 25].strip(),
    )


def _rough(page: _Page, number: Number) -> bool:
    before = page.hits.of("at_least", max(0, number.start - 12), number.start)
    said = [page.flat[hit.start : hit.end] for hit in before]
    return (
        any(len(words) > len("leurs") or words == "over" for words in said)
        or "aine" in page.flat[number.start : number.end]
    )


def _chain(page: _Page, found: list[Number], at: int, sentence: Sentence) -> list[Number]:
    """`found[at]` and what is added to it: "two drivers and an apprentice"."""
    chain = [found[at]]
    for number in found[at + 1 :]:
        between = page.flat[chain[-1].end : number.start]
        joined = between.rstrip().endswith((" et", " and", ","))
        if not joined or len(between) > _JOIN or any(end in between for end in (*_CLAUSE_ENDS, ".")):
            break
        if _is_something_else(page, number) or page.hits.has("dead", chain[-1].end, number.start):
            break
        chain.append(number)
    return chain


def _range(page: _Page, first: Number) -> bool:
    """ "Between ten and fifteen": the lower end counts."""
    return page.flat[: first.start].rstrip().endswith(("entre", "between"))


def _is_something_else(page: _Page, number: Number) -> bool:
    """A year, a wounded person, a part of another count, a distance."""
    after = page.flat[number.end : number.end + 1]
    if after in {"h", "%"} or (number.value is not None and number.value >= 1900 and page.flat[number.start].isdigit()):
        return True
    before = page.hits.of("subset", max(0, number.start - 14), number.start)
    if before and page.flat[before[-1].end : number.start].strip() in {"", "les", "the", "au moins", "at least"}:
        return True
    if page.flat.startswith((" of them", " of whom", " d entre eux", " d entre elles"), number.end):
        return True
    nouns = page.hits.of("not_dead", number.end, _noun_at(page.flat, number.end) + 1)
    return bool(nouns) and not page.flat.startswith((" passenger", " driver", " traveller"), nouns[0].end)


def _noun_at(flat: str, end: int) -> int:
    """Where the counted noun may begin: after "autres", "de", "d"."""
    at = end
    for word in (" autres", " other", " more", " d", " de", " of"):
        if flat.startswith(word + " ", at):
            at += len(word)
    return at + 1


def _dies_after(page: _Page, chain: list[Number], sentence: Sentence) -> bool:
    last = chain[-1]
    end = min(sentence.end, last.end + _AFTER)
    for stop in _CLAUSE_ENDS:
        cut = page.flat.find(stop, last.end, end)
        end = cut if cut >= 0 else end
    dead = page.hits.of("dead", last.end, end)
    if not dead:
        return False
    between = page.flat[last.end : dead[0].start]
    if chain[0].is_article and not between.strip() and len(chain) == 1:
        return page.flat[dead[0].start : dead[0].end] in {"mort", "morte", "tue"}
    return _same_clause(page, last, dead[0].start, between)


def _same_clause(page: _Page, last: Number, until: int, between: str) -> bool:
    found = numbers(page.flat, last.end, until, page.language)
    others = [number for number in found if number.value is not None and not number.is_article]
    parts = [number for number in others if _is_something_else(page, number)]
    busy = any(not page.flat.startswith(" passenger", hit.end) for hit in page.hits.of("not_dead", last.end, until))
    return len(others) == len(parts) and not busy and between.count(",") <= 1 + len(parts)


def _killed_before(page: _Page, chain: list[Number], sentence: Sentence) -> bool:
    first = chain[0]
    before = page.hits.of("kills", max(sentence.start, first.start - _BEFORE), first.start)
    if not before:
        return False
    between = page.flat[before[-1].end : first.start].strip()
    verb = page.flat[before[-1].start : before[-1].end]
    if not _is_roughly(page, between):
        return False
    return verb.startswith(_SURE) or page.hits.has("dead", first.end, min(sentence.end, first.end + 40))


# Verbs that can only take victims as their object; the others need a word for death after the number.
_SURE = (
    "tu",
    "kill",
    "claimed the lives",
    "cout",
    "mort de",
    "deces de",
    "death",
    "deaths",
    "murder",
    "shot dead",
    "assassin",
)


def _is_roughly(page: _Page, between: str) -> bool:
    """Nothing but "at least" and the like stands between verb and number."""
    return not between or between in {"a", "de", "d", "par", "the", "of"} or between in _ROUGH


_ROUGH = frozenset(
    {
        "au moins", "plus de", "plus d", "environ", "pres de", "quelque", "jusqu a", "a au moins", "d au moins", "de plus de",
        "at least", "more than", "over", "about", "around", "nearly", "some", "almost", "up to", "as many as", "of at least", "as",
        "to at least", "of more than",
    },
)  # fmt: skip


def _attackers(page: _Page, number: Number, chain: list[Number]) -> bool:
    """Whether the counted are the attackers: named before the word for death, or right after it."""
    end = min([number.end + 40, *(part.start for part in chain if part.start > number.start)])
    dead = page.hits.of("dead", number.end, end)
    if dead:
        end = dead[0].start + (len(" d ") if page.flat.startswith((" d ", " of "), dead[0].end) else 0)
        end = dead[0].end + 4 if end != dead[0].start else end
    return page.hits.has("not_victims", number.end, end)


def _vehicles_in(page: _Page, sentence: Sentence) -> list[Count]:
    found = numbers(page.flat, sentence.start, sentence.end, page.language)
    counted = [number for number in found if _counts_vehicle(page, number)]
    if not counted:
        return _the_vehicle(page, sentence)
    counts: list[Count] = []
    used = -1
    for at, number in enumerate(counted):
        if at <= used:
            continue
        chain = _vehicle_chain(page, counted, at)
        used = at + len(chain) - 1
        if _lost(page, chain, sentence):
            counts.append(_count(page, chain, sentence))
    return counts


def _counts_vehicle(page: _Page, number: Number) -> bool:
    """The noun is at most two words away ("trois gros camions", "20 fuel tankers")."""
    nouns = page.hits.of("vehicle_noun", number.end, number.end + 22)
    if not nouns:
        return False
    between = page.flat[number.end : nouns[0].start]
    return between.count(" ") <= _WORDS_TO_NOUN and "," not in between and not _PREPOSITION.search(between)


def _vehicle_chain(page: _Page, counted: list[Number], at: int) -> list[Number]:
    chain = [counted[at]]
    for number in counted[at + 1 :]:
        between = page.flat[chain[-1].end : number.start].rstrip()
        if (
            len(between) > _JOIN
            or not between.endswith((" et", " and", ","))
            or page.hits.has("vehicle_lost", chain[-1].end, number.start)
        ):
            break
        chain.append(number)
    return chain


def _lost(page: _Page, chain: list[Number], sentence: Sentence) -> bool:
    """A verb of loss after the vehicles, or right before them, with no other vehicles between."""
    first, last = chain[0], chain[-1]
    after = page.hits.of("vehicle_lost", last.end, min(sentence.end, last.end + _AFTER))
    if after and not page.hits.has("not_lost", last.end, after[0].start):
        return not any(_counts_vehicle(page, n) for n in numbers(page.flat, last.end, after[0].start, page.language))
    before = page.hits.of("vehicle_lost", max(sentence.start, first.start - 30), first.start)
    return bool(before) and "," not in page.flat[before[-1].end : first.start]


def _the_vehicle(page: _Page, sentence: Sentence) -> list[Count]:
    """A single one, named without a number: "the lorry was found burnt out"."""
    for noun in page.hits.of("vehicle_noun", sentence.start, sentence.end):
        article = page.flat[max(0, noun.start - 4) : noun.start]
        single = article.endswith((" le ", " la ", "the ", "his ", "son ")) and not page.flat[
            noun.start : noun.end
        ].endswith("s")
        if single and page.hits.has("vehicle_lost", noun.end, min(sentence.end, noun.end + 40)):
            return [Count(value=1, exact=True, in_title=sentence.is_title, words=page.flat[noun.start : noun.end + 30])]
    return []

"""Which victims does a sentence name one by one, rather than count them?

"The driver was killed" is one; "a patient, her husband and two nurses died" are four.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from alerts.reading.counts import CLAUSE_ENDS, Count, Page, and_more, clause_end, on_top
from alerts.reading.lexicon import Hit, load
from alerts.reading.numbers import Number, numbers
from alerts.reading.text import Sentence, flatten

_CLAUSE = 110  # characters in which a list may stand
_TO_VERB = 26  # characters from the last noun to "was killed"
_REMARK = re.compile(r",? (?:qu|que|qui|who|whom|that|dont|aged|age de|ages de) [^,.;:]{1,45}[ ,]$")
_TO_ALSO = 14  # characters from the last noun to "also"
_LEAD = 20  # characters before a subject in which "including" may stand
_TWO = 2
_WORDS = 4  # words that a counted noun may have
_VERBS = frozenset(
    {"ont", "sont", "a", "est", "were", "was", "had", "have", "died", "killed", "tues", "morts", "blesses"}
)
_TO_UNIT = 4  # characters from a number to "years" ("une quarantaine d'années")
_NOUN = 40  # characters in which a single subject stands
_WOUNDED = 16  # characters from the last noun to "wounded", which then is said of it alone
_JOINT = re.compile(r", and |, et |, | and | et ")
_NAMED = frozenset({"le", "la", "l", "son", "sa", "leur", "the", "his", "her", "its", "their", "au", "ses", "leurs"})
_SINGLE = _NAMED | {"un", "une", "a", "an", "one", "another"}
_COUNT = "two|three|four|five|six|seven|eight|nine|ten|deux|trois|quatre|cinq|sept|huit|neuf|dix"
_AGED = r" (?:de|d|age de|agee de) [a-z\d]+(?: [a-z]+)?(?: d)? (?:ans|annees|mois)"
_COMPLEMENT = re.compile(
    rf"{_AGED}|"
    r" (?:du|des|de|d|of|de la|de l|from)(?: the| a| une?)? [a-z]+(?: (?!et |and )[a-z]+){0,4}(?= et | and |, )"
)
_DETERMINER = re.compile(
    rf"(?:(?:a|to|de|d|of) (?=(?:{'|'.join(_SINGLE)}|\d+) ))?(?:(?:his|her|their|ses|leurs|the|les) (?=(?:{_COUNT}) ))?"
    rf"(?P<word>[a-z]+|\d+) (?:[a-z\d]+ (?:year|month) old )?(?:(?:of|de) (?:his|her|their|its|ses"
    rf"|leurs) )?(?:[a-z]+ )?(?=[a-z])"
)
_AUXILIARY = re.compile(
    r" (?:(?:a|ont|avaient|ete|sont|etaient|was|were|have|had|has|been|tous|both|all|deux|les|n) )+$"
)
_OBJECT = re.compile(r" \w+")
_ENDS_IN_S = frozenset({"fils", "epoux"})
FAMILY = (" family", " famille")
_MANY = frozenset({"men", "women", "people", "children", "troops", "servicemen", "policemen", "fishermen", "others"})
_WERE = (" were", " have been", " had been", " ont ete", " sont", " were all", " were also")  # said of several
_PLACES = {flatten(word): place for words in load("numbers")["ordinal"].values() for word, place in words.items()}
_ORDINAL = re.compile(rf"\b(?:{'|'.join(_PLACES)})\b")
_LONG_SUBJECT = re.compile(
    r"(?<![a-z])(?:le|la|l|un|une|the|a|an|one) (?P<who>(?:[a-z]+ ){1,2})(?:shot|wounded|injured|hit|hurt|seized|blesse"
    r"|blessee|touche|touchee|atteint|atteinte|evacue|evacuee|brule|brulee|dont|de|du|d|from|of)"
    r" (?P<how>[^.;:]{0,90})$"
)
_FULL_NAME = re.compile(
    r"\s*(?!(?:Les?|La|Des|Une?|Cette|The|An?|No|This)\b)"
    r"(?P<name>[A-ZÀ-Ý][\w’'-]+(?: (?:[Aa]g|[Oo]uld|dit|[A-ZÀ-Ý][\w’'-]+)){1,3})"
    r"(?:, [^,.;:]{1,50},)? (?:[a-zé]+ )?"
)
_WITH = re.compile(
    r"(?: [a-z]+){0,3}?,? (?:(?:along with|together with|with|avec) (?=(?:his|her|its|son|sa|ses|deux) )"
    r"|(?:ainsi que|as well as|along with|de meme que) )"
)
_SAID = re.compile(r"\b(?:said|says|told|dit|affirme|indique|precise|selon|que|that)\b")
_OPENS = re.compile(r"(?:^|[\n:,] ?)(?P<which>(?:[a-z]+ ){0,2})$")
_OPENING = 40  # characters from there to the noun
_BARE_DIES = re.compile(r"(?: (?!and |et |who |qui )[a-z]{4,})??(?: (?:is|was|has|been|et|a|ete|later))* ")
_DOES = re.compile(
    r"\b(?:say|says|said|kills?|killed|hit|hits|leaves?|left|sees?|after|as|when|and|or|of|in|on|to|for|with|by|no|two"
    r"|three|four|five|six|seven|eight|nine|ten|des|les|le|la|un|une|du|de|et|ou|apres|tue|tuent|blesse|aucun|[a-z]+ing"
    r"|the|an?|his|her|their|its|son|sa|leur|one|deux|trois|quatre|cinq|sept|huit|neuf|dix|wanted|rebel|armed|enemy)\b"
)
_PLACED = re.compile(r"\b(?:from|across|in|at|near|into|inside|behind|dans|vers|depuis|sur|pres de|par|chez) $")
_BODY_OF = re.compile(r"\b(?:corps|depouille|cadavre|body|remains) (?:d une?|de la|du|of an?|of the) $")
_DEATH = re.compile(r" (?:mort|morte|deces|victime|death|victim|fatality|body|corps)\b")
_ELSEWHERE = re.compile(
    r"(?: [a-z]+)? (?:a l hopital|au csref|au chu|in hospital|at the hospital|at hospital|on the way|en chemin"
    r"|a l arrivee)\b"
)
_SUBJECT = re.compile(
    r"(?<![a-z])(?:le|la|l|un|une|son|sa|leur|the|a|an|his|her|its|their|one) (?!ete )[a-z\d]+"
    r"(?: (?!et |and |qui |that |which |a |ont |ayant |avoir |says |said |dit )[a-z]+){0,4}"
    rf"(?:{_AGED})?(?:, [^,.;:]{{1,40}},)? $",
)


@dataclass(frozen=True, slots=True)
class _Named:
    """One in a list: `is_named` where an article, "his", or in a title nothing, stands for a number."""

    start: int
    end: int
    value: int
    is_named: bool


def named_victims(page: Page, sentence: Sentence) -> list[Count]:
    """The first list that a word for death goes with, else a single victim; and who dies after those."""
    if later := _later_victim(page, sentence):
        return [later]
    for listed in (*_before_verbs(page, sentence), *_after_verbs(page, sentence)):
        if _is_one_of_many(page, listed[0].start):
            continue
        total = _total([one.value for one in listed])
        words = page.flat[listed[0].start : listed[-1].end]
        count = Count(value=total, exact=True, in_title=sentence.is_title, words=words)
        end = min(sentence.end, listed[0].end + _TO_ALSO)
        return [on_top(page, count, listed[0].start, end), *_singles(page, sentence, listed[-1].end)]
    return _singles(page, sentence, sentence.start)


def _before_verbs(page: Page, sentence: Sentence) -> Iterator[list[_Named]]:
    """Lists of two or more that end right before a word for death."""
    for verb in _words_for_death(page, sentence):
        floor = max(sentence.start, verb.start - _CLAUSE)
        floor = max((page.flat.rfind(stop, floor, verb.start) + 1 for stop in CLAUSE_ENDS), default=floor) or floor
        begins = [floor, *(space.end() for space in re.finditer(r"\s", page.flat[: verb.start]) if space.end() > floor)]
        lists = (_list(page, begin, verb.start, bare=sentence.is_title) for begin in begins)
        yield from (one for one in lists if _names_people(one) and _reaches(page, one[-1], verb))


def _words_for_death(page: Page, sentence: Sentence) -> list[Hit]:
    """Whoever is listed one by one is a person, so that words such as "abattus" go with them too."""
    said = (page.hits.of(tag, sentence.start, sentence.end) for tag in ("dead", "dead_of_people"))
    return sorted((hit for hits in said for hit in hits), key=lambda hit: hit.start)


def _reaches(page: Page, last: _Named, verb: Hit) -> bool:
    """Whether a list ends right before the word for death, or with a remark on its last ("whom he escorted")."""
    if verb.start - last.end <= _TO_VERB:
        return True
    auxiliary = _AUXILIARY.search(page.flat, last.end, verb.start)
    return auxiliary is not None and bool(_REMARK.fullmatch(page.flat, last.end, auxiliary.start() + 1))


def _after_verbs(page: Page, sentence: Sentence) -> Iterator[list[_Named]]:
    """Lists that begin right after "killing" or "cost the lives of"."""
    for verb in page.hits.of("kills_people", sentence.start, sentence.end):
        listed = _list(page, verb.end + 1, min(sentence.end, verb.end + _CLAUSE), bare=sentence.is_title)
        if listed and _are_wounded(page, listed[-1]):
            listed = listed[:-1]
        if _has_named(listed) or _is_one_life(page, listed, verb):
            yield listed


def _is_one_life(page: Page, listed: list[_Named], verb: Hit) -> bool:
    """Whether "the life of a nurse" is said."""
    return bool(listed) and "life of" in page.flat[verb.start : verb.end]


def _are_wounded(page: Page, last: _Named) -> bool:
    return page.hits.has("not_dead", last.end, clause_end(page, last.end, last.end + _WOUNDED))


def _total(values: list[int]) -> int:
    """Their sum; "two passengers, a mother and her baby" counts them once."""
    first, rest = values[0], sum(values[1:])
    return first if first == rest and len(values) > _TWO else first + rest


def _has_named(listed: list[_Named]) -> bool:
    """Plain numbers are counted as such."""
    return any(one.is_named for one in listed)


def _names_people(listed: list[_Named]) -> bool:
    """Two or more that are not all counted; or three, which "a guard, two gendarmes and a rider" begins with one."""
    if len(listed) <= 1:
        return False
    return _has_named(listed) or (len(listed) > _TWO and listed[0].value == 1)


def _list(page: Page, begin: int, end: int, *, bare: bool) -> list[_Named]:
    """The people listed from `begin` on; `bare` where a title may leave articles out ("Driver and nurse die")."""
    listed: list[_Named] = []
    at = begin
    while one := _one(page, at, end) or (_bare_one(page, at, end) if bare else None):
        listed.append(one)
        complement = _COMPLEMENT.match(page.flat, one.end, end)
        joint = _JOINT.match(page.flat, complement.end() if complement else one.end, end)
        if not joint:
            break
        at = joint.end()
    return listed


def _one(page: Page, at: int, end: int) -> _Named | None:
    """The person or persons at `at`: a determiner or a number, perhaps an adjective, and a noun."""
    match = _DETERMINER.match(page.flat, at, end)
    if match is None:
        return None
    nouns = page.hits.of("people", match.end("word") + 1, min(end, match.end() + 1))
    if not nouns:
        return None
    is_named = not _NAMED.isdisjoint(match.group().split())
    word, noun = match["word"], page.flat[nouns[0].start : nouns[0].end]
    if word in _SINGLE:
        is_many = _is_plural(noun) and _heads(page, nouns[0]) == 1
        return None if is_many else _Named(match.start(), nouns[0].end, _heads(page, nouns[0]), is_named)
    counted = numbers(page.flat, match.start("word"), match.end("word"), page.language)
    value = counted[0].value if counted else None
    return _Named(match.start(), nouns[0].end, value, is_named) if value else None


def _bare_one(page: Page, at: int, end: int) -> _Named | None:
    """The person whose noun begins at `at`, without an article."""
    nouns = page.hits.of("people", at, min(end, at + 1))
    if not nouns or _is_plural(page.flat[nouns[0].start : nouns[0].end]):
        return None
    return _Named(nouns[0].start, nouns[0].end, _heads(page, nouns[0]), is_named=True)


def _is_plural(noun: str) -> bool:
    return noun in _MANY or (noun.endswith("s") and noun not in _ENDS_IN_S)


def _heads(page: Page, noun: Hit) -> int:
    """How many people one word stands for."""
    return 2 if page.hits.has("couple", noun.start, noun.start + 1) else 1


def _later_victim(page: Page, sentence: Sentence) -> Count | None:
    """The count that "a second passenger died" makes; where a toll is given as well, that holds."""
    if page.hits.has("toll", sentence.start, sentence.end):
        return None
    for order in _ORDINAL.finditer(page.flat, sentence.start, sentence.end):
        if _dies_later(page, order.end(), sentence):
            words = page.flat[order.start() : min(sentence.end, order.end() + _NOUN)].strip()
            value = _PLACES[order.group()]
            return Count(value=value, exact=True, in_title=sentence.is_title, words=words, is_toll=True)
    return None


def _dies_later(page: Page, at: int, sentence: Sentence) -> bool:
    """Whether a person right behind the ordinal died; or it is "a second death", or "the body of a sixth"."""
    order = page.flat.rfind(" ", 0, at) + 1
    if (
        _BODY_OF.search(page.flat, max(0, order - _LEAD), order)
        or _DEATH.match(page.flat, at)
        or page.hits.has("one_dies", at + 1, at + 2)
    ):
        return True
    if _ELSEWHERE.match(page.flat, at) and page.hits.has("dead", sentence.start, at):
        return True
    nouns = page.hits.of("people", at + 1, at + 2)
    if not nouns or _is_plural(page.flat[nouns[0].start : nouns[0].end]):
        return False
    end = clause_end(page, nouns[0].end, min(sentence.end, nouns[0].end + _NOUN))
    return page.hits.has("one_dies", nouns[0].end, end) and not numbers(page.flat, nouns[0].end, end, page.language)


def _singles(page: Page, sentence: Sentence, start: int) -> list[Count]:
    """The first single victim, and those behind `start` who die after others ("and his wife dies of her wounds")."""
    found: list[Count] = []
    for count in _single(page, replace(sentence, start=start)):
        if (start == sentence.start and not found) or count.is_later or count.is_further:
            found.append(count)
    return found


def _single(page: Page, sentence: Sentence) -> Iterator[Count]:
    """Single victims ("the driver was killed"); "a mine kills two" has its victims after the verb."""
    start = sentence.start
    for verb in page.hits.of("one_dies", sentence.start, sentence.end):
        if has_object(page, verb.end):
            continue
        if verb.start >= start and (subject := _subject(page, replace(sentence, start=start), verb)):
            start = verb.end
            words = page.flat[subject.start : verb.end].strip()
            value = _heads(page, subject) + company(page, verb.end, sentence) + and_more(page, verb.end, sentence)
            count = Count(value=value, exact=True, in_title=sentence.is_title, words=words)
            yield on_top(page, count, subject.start, verb.end)


def company(page: Page, at: int, sentence: Sentence) -> int:
    """How many die with those whose verb ends at `at` ("was killed on Thursday with his wife and two children")."""
    together = _WITH.match(page.flat, at, sentence.end)
    listed = _list(page, together.end(), min(sentence.end, together.end() + _CLAUSE), bare=False) if together else []
    return sum(one.value for one in listed) if listed and not _are_wounded(page, listed[-1]) else 0


def _subject(page: Page, sentence: Sentence, verb: Hit) -> Hit | None:
    """Who died: the noun behind an article, near or far, or the one that opens a title."""
    near = _SUBJECT.search(page.flat, max(sentence.start, verb.start - _NOUN), verb.start)
    if (
        near
        and not (_is_one_of_many(page, near.start()) or _joins_a_count(page, near.start()))
        and _is_victim(page, near.start(), verb.start)
    ):
        nouns = page.hits.of("people", near.start(), near.end())
        if not nouns:
            placed = _PLACED.search(page.flat, sentence.start, near.start())
            return None if placed else Hit(near.start(), near.end(), "")
        return None if _is_plural(page.flat[nouns[0].start : nouns[0].end]) else nouns[0]
    others = (_far_subject, _bare_subject, _proper_subject)
    return next((found for of in others if (found := of(page, sentence, verb))), None)


def _joins_a_count(page: Page, start: int) -> bool:
    """Whether the subject is the last of those counted before ("two soldiers and a civilian died")."""
    if not page.flat[:start].endswith((" and ", " et ", ", ")):
        return False
    found = numbers(page.flat, max(0, start - _NOUN), start, page.language)
    counted = found[-1] if found and found[-1].value else None
    if counted is None:
        return False
    between = page.flat[counted.end : start].split()
    return page.hits.has("people", counted.end, start) and _VERBS.isdisjoint(between) and len(between) <= _WORDS


def _is_one_of_many(page: Page, start: int) -> bool:
    """Whether those who died are counted before ("eleven people, including a trader, died")."""
    part = page.hits.last_before("subset", max(0, start - _LEAD), start)
    return part is not None and not page.flat[part.end : start].strip()


def _far_subject(page: Page, sentence: Sentence, verb: Hit) -> Hit | None:
    """One whom a remark keeps apart from the verb ("a trader shot by gunmen on Sunday succumbed")."""
    far = _LONG_SUBJECT.search(page.flat, max(sentence.start, verb.start - _CLAUSE), verb.start)
    if (
        far is None
        or _is_one_of_many(page, far.start())
        or _SAID.search(far["how"])
        or _is_counted(page, far.start("how"), far.end("how"))
    ):
        return None
    nouns = page.hits.of("people", far.start("who"), far.end("who"))
    return nouns[0] if nouns and not _is_plural(page.flat[nouns[0].start : nouns[0].end]) else None


def _bare_subject(page: Page, sentence: Sentence, verb: Hit) -> Hit | None:
    """The noun that opens a title, or its part behind a colon, right before the verb ("Nurse killed by mine")."""
    if not sentence.is_title:
        return None
    for noun in page.hits.of("people", max(sentence.start, verb.start - _NOUN), verb.start):
        opens = _OPENS.search(page.flat, max(0, sentence.start, noun.start - _OPENING), noun.start)
        if not opens or _DOES.search(opens["which"]) or page.hits.has("not_victims", opens.start(), verb.start):
            continue
        if _BARE_DIES.fullmatch(page.flat, noun.end, verb.start):
            return None if _is_plural(page.flat[noun.start : noun.end]) else noun
    return None


def _proper_subject(page: Page, sentence: Sentence, verb: Hit) -> Hit | None:
    """The one whose full name opens the sentence, perhaps with a remark ("Amadou Traoré, 41, was killed")."""
    if sentence.is_title or " " not in page.flat[verb.start : verb.end]:
        return None
    name = _FULL_NAME.fullmatch(page.plain[sentence.start : verb.start])
    if name is None or page.hits.has("not_victims", sentence.start, verb.start):
        return None
    found = Hit(sentence.start + name.start("name"), sentence.start + name.end("name"), "")
    return None if page.hits.has("people", found.start, found.end) else found


def _is_victim(page: Page, start: int, end: int) -> bool:
    """Whether the subject is somebody: no attacker, "no one", family or number of people."""
    if page.flat[:start].endswith((" no ", "\nno ", " aucun ", "\naucun ", " of ", " des ")) or page.hits.has(
        "not_victims", start, end
    ):
        return False
    things = page.hits.of("not_dead", start, end)
    if page.flat[start:end].rstrip().endswith((*FAMILY, *_WERE)):
        return False
    return not any(thing.end >= end - 1 for thing in things) and not _is_counted(page, start, end)


def _is_counted(page: Page, start: int, end: int) -> bool:
    """Whether the subject holds a number that is no age: then those are counted."""
    found = numbers(page.flat, start, end, page.language)
    return any(
        one.value != 1 and not page.hits.has("not_dead", one.end, one.end + _TO_UNIT) and not is_age(page, one)
        for one in found
    )


def is_age(page: Page, number: Number) -> bool:
    """Whether a bare number between commas follows a person ("the driver, 35, died")."""
    return page.flat.startswith(",", number.end) and page.flat[: number.start].endswith(", ")


def has_object(page: Page, end: int) -> bool:
    """Whether a number follows at `end`: those the verb kills."""
    after = _OBJECT.match(page.flat, end)
    return after is not None and bool(numbers(page.flat, end, after.end(), page.language))

"""How many vehicles were destroyed?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from alerts.reading.attackers import lose_their_own
from alerts.reading.counts import Count, Page, are_added, choose, clause_end, is_part, spans, summed
from alerts.reading.lexicon import Hit, Hits
from alerts.reading.numbers import Number, numbers
from alerts.reading.text import Sentence, Text

_AFTER = 75  # characters from a vehicle to the verb of its loss
_BEFORE = 30  # characters from the verb to the vehicle
_BARE = 24  # characters from a number without a noun to the verb
_NOUN = 26  # characters in which the counted noun must begin
_WORDS_BETWEEN = 3
_SPOKEN = 260  # characters before a bare number in which vehicles are named
_PREPOSITION = re.compile(
    r" (?:a|en|sur|dans|par|on|in|from|with|hommes|men|personnes|people|soldats|soldiers) | de la | de l "
)
_WHOLE = re.compile(
    r" (?:out )?(?:of|sur|des) (?:(?:the|its|their|les|ses|some) )?(?:\d+|[a-z]+) "
)  # "40 of the 100 tankers"
_OF_THE = re.compile(
    r"(?:[a-z\d] (?:out )?(?:of the|sur les)|\d (?:out )?(?:of|sur)|(?:totalite|majorite|moitie|plupart) des) $"
)
_OF_THEM = re.compile(r" (?:of (?:the|these|those|their|its)|des|de ces|de leurs) ")
_SAME_FATE = re.compile(
    r"\b(?:(?:a|ont|avait|avaient) (?:subi|connu|eu)|subit|subissent|connait|suffered|suffers?|met|meets?|shares?)"
    r" (?:le meme sort|the same fate|a similar fate|a like fate)\b"
)
_TOLL = 70  # characters from "the number of lorries" to its number
_RISES_TO = re.compile(
    r" (?:to|at|is|now|a|est de|est desormais de|atteint|reaches|reached|stands at|:)(?: at least| au moins)? $"
)
_BRINGS = re.compile(r"\b(?:port(?:e|ent|ant|er)|bring(?:s|ing)?|brought|tak(?:es|ing)|rais(?:es|ing)) (?:a|to) $")
_ALL_OF = re.compile(r"(?:^|[\n:] ?|[.,;] )(?:sur|of|out of|des)(?: the| les| ses| leurs)? $")
_PART_OF = re.compile(r"\b(?P<part>[a-z]+|\d+) (?:of|of the|des|sur) $")
_COMMA_PART = re.compile(r"(?: [a-z]+){1,4}, ")
_NEW_CLAUSE = re.compile(r",| et | and ")
_ARTICLES = {
    "fr": "le|la|l|un|une|son|sa|leur|notre|cette|ce|au",
    "en": "the|a|an|his|her|its|their|this|one",
}
_ONE = {code: re.compile(rf"(?<![a-z])(?:{words})(?: [a-z]+)? $") for code, words in _ARTICLES.items()}
_ORDINAL = re.compile(
    r"\b(?:an?|un|une|le|la|the) (?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|deuxieme|troisieme"
    r"|quatrieme|cinquieme|sixieme|septieme|huitieme|neuvieme|dixieme|autre)\b|\banother\b"
)
_AUXILIARIES = re.compile(
    r"(?: of them| of these| d entre eux| d entre elles| others| autres)?"
    r"(?: (?:were|have|had|been|are|was|ont|ete|sont|etaient|auraient|completely|entierement|a))* ?"
)
_TO_THE = re.compile(r" (?:to |a )?(?:the|his|her|their|its|au|la|le|l|leur|son|sa)(?: [a-z]+)? ")
_IT = re.compile(
    r"\b(?:sett?(?:ing)? it (?:on fire|ablaze|alight)|(?:burned|burnt|torched|burning|torching) it"
    r"|(?:y|lui) (?:ont|a) mis le feu|y mettre le feu|y mettant le feu|l (?:ont|a) (?:incendie|brule))"
)
_OF_THEM_LOST = re.compile(
    r"\ben (?:ont|a|avaient|avait) (?:[a-z]+ )?(?:brule|incendie|detruit|calcine) (?P<number>[a-z]+"
    r"|\d+)\b(?! (?:[a-z]))"
)
_IT_OPENS = re.compile(
    r"\s*(?:it|il|elle|celui ci|celle ci) [^.;:\n]{0,80}?\b(?:was|been|a ete|ete|and|et)"
    r" (?:(?:then|later|ensuite|entierement|completely|totally|partly) )?"
    r"(?=(?:burne?[dt]|torched|set (?:on|a)|destroyed|gutted|incendiee?|brulee?|calcinee?|detruite?|reduite?)\b)"
)
_BURNS_TOO = re.compile(
    r"\b(?:villages?|marches?|market|camps?|post|poste|maisons?|houses?|ecole|school|mairie|hangar|depot)\b"
)
_OTHERS_LOST = re.compile(
    r"\b(?:brule|incendie|detruit|calcine|burned|burnt|burning|torched|torching|destroyed|destroying|set fire to"
    r"|setting fire to) (?P<number>[a-z]+|\d+) (?:autres|others|more)\b(?! [a-z]+s\b)"
)
# Vehicles counted before: "and put them to the flames", "avant d'y mettre le feu", "les ont incendiés".
_THEM = re.compile(
    r"\b(?:(?:set|sets|setting|put|puts|putting) them (?:on fire|ablaze|alight|to the (?:flames|torch))"
    r"|(?:set|setting) fire to them|(?:burned|burnt|burning|torched|torching|destroyed|destroying) them"
    r"|(?:y|leur) (?:ont|a) mis le feu|y mett(?:re|ant) le feu|avant de mettre le feu(?! (?:a|au|aux)\b)"
    r"|les (?:ont (?:tous |ensuite )?(?:incendie|brule|detruit)|incendier|bruler|livrer aux flammes))"
)
_OF = frozenset({"", "de", "d", "des"})
_A_FIRE = re.compile(r"\b(?:l|un|cet|d|d un) incendie$")
_CONVOY_OF = re.compile(
    r"\b(?:convoi|colonne|file|flotte|convoy|column|fleet|queue) (?:de|d|of) (?:some |quelque |environ )?$"
)
_SAID_OF_THEM = re.compile(
    r"\b(?:ont|sont|etaient|avaient|were|was|are|have|had|(?:emporte|vole|saisi|enleve|vide|pille)e?s?|stolen|taken|seized"
    r"|captured|looted)\b"
)
_AND_THE = re.compile(r" (?:et|and) (?:le|la|l|leur|son|the|their|his|its) ")
_THE_AND = re.compile(
    r"(?<![a-z])(?:le|la|l|leur|son|the|their|his|its) (?P<noun>[a-z\d]+(?: [a-z]+)?) (?:et|and|ainsi que|as well as) "
    r"(?:(?:le|la|l|leur|son|the|their|his|its) )?$"
)
_OWNED = re.compile(
    r" (?:des|d|du|de|of(?: the)?|belonging to(?: the)?|appartenant aux?|utilise[es]+ par (?:les|des)|used by(?: the)?"
    r"|remplis de|full of|transportant des|carrying) "
)
_OF_PEOPLE = (" to death", " alive", " vif", " vive", " a mort")
_MACHINE = "engin"  # an explosive device too


def vehicles(text: Text, hits: Hits, language: str, tellings: Sequence[Sequence[Sentence]]) -> tuple[int | None, str]:
    """Vehicles destroyed by the first of `tellings` (sentences, nearest to the event first) that counts any.

    With the words that say so. A number with its noun goes before a bare one, and before a single vehicle, which may
    be one of many.
    """
    page = Page(text.flat, text.plain, hits, language)
    like = sum(_with_same_fate(page, sentence) for sentences in tellings for sentence in sentences)
    for sentences in tellings:
        found: list[Count] = []
        for find in (_toll, _counted, _bare, _one_more):
            found += (count for sentence in sentences for count in find(page, sentence))
            if chosen := choose(found):
                return (chosen.value or 0) + (0 if chosen.is_toll else like), chosen.words
        if not found and (chosen := choose([one for sentence in sentences for one in _the_vehicle(page, sentence)])):
            return (chosen.value or 0) + like, chosen.words
    return None, ""


def _toll(page: Page, sentence: Sentence) -> Iterator[Count]:
    """The number to which that of the vehicles destroyed is put ("bringing the number of lorries burned to nine")."""
    for toll in page.hits.of("vehicle_toll", sentence.start, sentence.end):
        if not page.hits.has("vehicle_lost", sentence.start, sentence.end):
            return
        for number in numbers(page.flat, sentence.start, sentence.end, page.language):
            before = page.flat[toll.end : number.start]
            follows = toll.end <= number.start <= toll.end + _TOLL and bool(_RISES_TO.search(before))
            brought = number.end < toll.start and bool(_BRINGS.search(page.flat, sentence.start, number.start))
            if (follows or brought) and not number.is_article:
                yield replace(summed(page, [number], sentence), is_toll=True)


def _counted(page: Page, sentence: Sentence) -> Iterator[Count]:
    """Numbers with a vehicle for their noun ("seven tankers were torched")."""
    if not page.hits.has("vehicle_lost", sentence.start, sentence.end):
        return
    found = numbers(page.flat, sentence.start, sentence.end, page.language)
    left = [number for number in found if _counts_vehicles(page, number)]
    while left:
        chain = _chain(page, left)
        left = left[len(chain) :]
        if _are_the_attackers(page, chain[-1]):
            continue
        if _are_lost(page, chain, sentence) or (not left and _are_taken_up(page, chain, sentence)):
            count = summed(page, [*_lower_end(page, found, chain[0]), *chain], sentence)
            yield replace(count, value=count.value and count.value + _named_before(page, chain[0].start, sentence))


def _are_taken_up(page: Page, chain: Sequence[Number], sentence: Sentence) -> bool:
    """Whether the last ones counted are burned further on ("stopped three lorries … and put them to the flames")."""
    return _THEM.search(page.flat, chain[-1].end, sentence.end) is not None


def _lower_end(page: Page, found: Sequence[Number], number: Number) -> list[Number]:
    """The lower end of the range that a number is the upper end of ("ten to fifteen lorries")."""
    return [one for one in found if one.end < number.start and spans(page, one, number)]


def _named_before(page: Page, at: int, sentence: Sentence) -> int:
    """One more, where it is named before those that stand at `at` ("the coach and two lorries")."""
    named = _THE_AND.search(page.flat, max(sentence.start, at - _BEFORE), at)
    return int(named is not None and page.hits.has("vehicle_noun", named.start("noun"), named.start("noun") + 1))


def _named_behind(page: Page, noun: Hit) -> int:
    """One more, where it is named behind a single one ("burned the coach and the lorry")."""
    named = _AND_THE.match(page.flat, noun.end)
    return int(named is not None and page.hits.has("vehicle_noun", named.end(), named.end() + 1))


def _counts_vehicles(page: Page, number: Number) -> bool:
    """Whether the noun is a word or two away ("trois gros camions", "20 fuel tankers")."""
    if is_part(page, number) or _is_whole(page, number):
        return False
    whole = _WHOLE.match(page.flat, number.end)
    start = whole.end() - 1 if whole else number.end
    nouns = page.hits.of("vehicle_noun", start, start + _NOUN)
    if not nouns and _OF_THEM.match(page.flat, number.end):  # "two of the vehicles"
        start = number.end
        nouns = page.hits.of("vehicle_noun", start, start + _NOUN)
    if not nouns:
        return False
    between = page.flat[start : nouns[0].start]
    return between.count(" ") <= _WORDS_BETWEEN and "," not in between and not _PREPOSITION.search(between)


def _is_whole(page: Page, number: Number) -> bool:
    """Whether it is all there were, of which another number burned ("two of ten", "sur vingt camions, quatre")."""
    start = max(0, number.start - _NOUN)
    if _OF_THE.search(page.flat, start, number.start):
        return True
    part = _PART_OF.search(page.flat, start, number.start)
    if part and numbers(page.flat, part.start("part"), part.end("part"), page.language):
        return True
    opens = _ALL_OF.search(page.flat, max(0, number.start - len(", sur leurs ")), number.start)
    after = _COMMA_PART.match(page.flat, number.end) if opens else None
    return after is not None and bool(numbers(page.flat, after.end(), after.end() + _NOUN, page.language))


def _are_the_attackers(page: Page, number: Number) -> bool:
    """Whether the vehicles are those of the attackers ("two pickups of the assailants")."""
    if lose_their_own(page, number):
        return True
    nouns = page.hits.of("vehicle_noun", number.end, number.end + _NOUN)
    if nouns and page.hits.has("not_victims", number.end, nouns[0].end + len(" x")):  # "six terrorist motorbikes"
        return True
    owned = _OWNED.match(page.flat, nouns[0].end) if nouns else None
    return owned is not None and page.hits.has("not_victims", owned.end(), owned.end() + 1)


def _chain(page: Page, left: Sequence[Number]) -> list[Number]:
    chain = [left[0]]
    for number in left[1:]:
        if not are_added(page, chain[-1], number, "vehicle_lost", listed=True):
            break
        if _SAID_OF_THEM.search(page.flat, chain[-1].end, number.start):
            break
        chain.append(number)
    return chain


def _are_lost(page: Page, chain: Sequence[Number], sentence: Sentence) -> bool:
    """A verb of loss after the vehicles, or right before them, and no other vehicles between."""
    first, last = chain[0], chain[-1]
    after = page.hits.of("vehicle_lost", last.end, min(sentence.end, last.end + _AFTER))
    after = [hit for hit in after if not _A_FIRE.search(page.flat, sentence.start, hit.end)]
    if after and not page.hits.has("not_lost", last.end, after[0].start):
        return not _are_others(page, last.end, after[0])
    before = page.hits.last_before("vehicle_lost", max(sentence.start, first.start - _BEFORE), first.start)
    if before is None or (
        _A_FIRE.search(page.flat, 0, before.end) and page.flat[before.end : first.start].strip() not in _OF
    ):
        return False
    return not _NEW_CLAUSE.search(page.flat, before.end, first.start) or bool(
        _THE_AND.fullmatch(page.flat, before.end + 1, first.start)
    )


def _are_others(page: Page, start: int, lost: Hit) -> bool:
    """Whether the verb goes with another count, nearer to it ("four were emptied and a fifth was burned")."""
    others = [
        one
        for one in numbers(page.flat, start, lost.start, page.language)
        if one.start > start + 1 or page.flat[one.start : one.end] != "des"  # "twelve of the forty"
    ]
    if any(_counts_vehicles(page, one) or (one.value and _is_bare(page, one, lost)) for one in others):
        return True
    if _OTHERS_LOST.match(page.flat, lost.start) or _has_one_object(page, lost):
        return True
    its_own = numbers(page.flat, lost.end, clause_end(page, lost.end, lost.end + _NOUN), page.language)
    if any(_counts_vehicles(page, one) and not page.flat[lost.end : one.start].strip() for one in its_own):
        return True
    return _are_people(page, start, lost) or _ORDINAL.search(page.flat, start, lost.start) is not None


def _has_one_object(page: Page, lost: Hit) -> bool:
    """Whether the verb has a single vehicle for its object ("took eleven motorbikes and burned the lorry")."""
    its_own = _TO_THE.match(page.flat, lost.end)
    nouns = page.hits.of("vehicle_noun", its_own.end(), its_own.end() + 1) if its_own else []
    return bool(nouns) and not page.flat[nouns[0].start : nouns[0].end].endswith("s")


def _bare(page: Page, sentence: Sentence) -> Iterator[Count]:
    """Numbers that count vehicles named before ("he counted fourteen burned out")."""
    for number in numbers(page.flat, sentence.start, sentence.end, page.language):
        lost = page.hits.of("vehicle_lost", number.end, min(sentence.end, number.end + _BARE))
        if lost and not number.is_article and _is_bare(page, number, lost[0]) and _are_spoken_of(page, number.start):
            yield summed(page, [number], sentence)
    for taken_up in (
        *_OF_THEM_LOST.finditer(page.flat, sentence.start, sentence.end),
        *_OTHERS_LOST.finditer(page.flat, sentence.start, sentence.end),
    ):
        found = numbers(page.flat, taken_up.start("number"), taken_up.end(), page.language)
        if found and _are_spoken_of(page, taken_up.start()):
            yield summed(page, found, sentence)


def _is_bare(page: Page, number: Number, lost: Hit) -> bool:
    """Whether nothing but "of them" and "were" stands between a number and the verb, which is not said of people."""
    if page.flat.startswith(_OF_PEOPLE, lost.end) or _CONVOY_OF.search(page.flat, 0, number.start):
        return False
    return bool(_AUXILIARIES.fullmatch(page.flat, number.end, lost.start))


def _are_spoken_of(page: Page, end: int) -> bool:
    """Whether the last thing named before is vehicles."""
    start = max(0, end - _SPOKEN)
    return page.hits.has("vehicle_noun", start, end) or page.hits.has("vehicles_spoken_of", start, end)


def _one_more(page: Page, sentence: Sentence) -> Iterator[Count]:
    """One more of those named before ("a fifth was burned")."""
    for match in _ORDINAL.finditer(page.flat, sentence.start, sentence.end):
        lost = page.hits.of("vehicle_lost", match.end(), min(sentence.end, match.end() + _BARE))
        if (
            lost
            and _AUXILIARIES.fullmatch(page.flat, match.end(), lost[0].start)
            and _are_spoken_of(page, match.start())
        ):
            yield Count(value=1, exact=True, in_title=sentence.is_title, words=page.flat[match.start() : lost[0].end])


def _with_same_fate(page: Page, sentence: Sentence) -> int:
    """How many more "met the same fate" ("a lorry stuck behind it met the same fate")."""
    fate = _SAME_FATE.search(page.flat, sentence.start, sentence.end)
    noun = page.hits.of("vehicle_noun", sentence.start, fate.start()) if fate else []
    if not noun:
        return 0
    counted = [
        one
        for one in numbers(page.flat, sentence.start, noun[0].start, page.language)
        if _counts_vehicles(page, one) and one.value
    ]
    return (counted[-1].value or 0) if counted else int(_is_one(page, noun[0], sentence))


def _the_vehicle(page: Page, sentence: Sentence) -> Iterator[Count]:
    """A single one, named without a number ("the lorry was found burnt out", "Ambulance destroyed")."""
    if count := _it(page, sentence):
        yield count
    for noun in page.hits.of("vehicle_noun", sentence.start, sentence.end):
        if _is_one(page, noun, sentence) and (_is_lost(page, noun, sentence) or _is_set_on_fire(page, noun, sentence)):
            words = page.flat[max(sentence.start, noun.start - _BEFORE) : noun.end + _BEFORE].strip()
            value = 1 + _named_before(page, noun.start, sentence) + _named_behind(page, noun)
            yield Count(value=value, exact=True, in_title=sentence.is_title, words=words)


def _it(page: Page, sentence: Sentence) -> Count | None:
    """The single one that the text spoke of last ("a coach … It was shot at and burned")."""
    it = _IT_OPENS.match(page.flat, sentence.start, sentence.end)
    before = max(page.flat.rfind(stop, 0, max(0, sentence.start - 1)) + 1 for stop in ".;\n")
    spoken = page.hits.of("vehicle_noun", before, sentence.start) if it else []
    if (
        it is None
        or not spoken
        or _BURNS_TOO.search(page.flat, before, sentence.start)
        or page.hits.has("vehicle_noun", sentence.start, it.end())
    ):
        return None
    last = spoken[-1]
    title = Sentence(number=0, start=before, end=sentence.start, is_title=before == 0)
    if not page.hits.has("vehicle_lost", it.end(), it.end() + 1) or not _is_one(page, last, title):
        return None
    words = page.flat[sentence.start : it.end() + _NOUN].strip()
    return Count(value=1, exact=True, in_title=False, words=words)


def _is_lost(page: Page, noun: Hit, sentence: Sentence) -> bool:
    end = clause_end(page, noun.end, min(sentence.end, noun.end + _AFTER))
    lost = page.hits.of("vehicle_lost", noun.end, end)
    return bool(lost) and not _comes_between(page, noun, lost[0])


def _is_set_on_fire(page: Page, noun: Hit, sentence: Sentence) -> bool:
    """Whether the verb stands right before it ("set fire to the lorry"), or takes it up again ("set it on fire")."""
    before = page.hits.last_before("vehicle_lost", max(sentence.start, noun.start - _BEFORE), noun.start)
    if before and _TO_THE.fullmatch(page.flat, before.end, noun.start):
        return True
    again = _IT.search(page.flat, noun.end, sentence.end)
    return again is not None and not page.hits.has("vehicle_noun", noun.end, again.start())


def _comes_between(page: Page, noun: Hit, lost: Hit) -> bool:
    if _are_people(page, noun.end, lost):
        return True
    return any(page.hits.has(tag, noun.end, lost.start) for tag in ("vehicle_noun", "not_lost"))


def _are_people(page: Page, start: int, lost: Hit) -> bool:
    """Whether it is people that burned: said so, or counted right before the verb."""
    counted = numbers(page.flat, start, lost.start, page.language)
    return page.flat.startswith(_OF_PEOPLE, lost.end) or any(
        page.hits.has("people", one.end, one.end + 2) for one in counted
    )


def _is_one(page: Page, noun: Hit, sentence: Sentence) -> bool:
    """A singular with an article, or one that opens a title."""
    word = page.flat[noun.start : noun.end]
    if word == _MACHINE or (word.endswith("s") and not word.endswith("bus")):
        return False
    before = page.flat[sentence.start : noun.start].split()
    opens = sentence.is_title and len(before) <= 1 and not numbers(page.flat, sentence.start, noun.start, page.language)
    article = _ONE.get(page.language, _ONE["fr"]).search(
        page.flat, max(sentence.start, noun.start - _BEFORE), noun.start
    )
    return opens or article is not None

"""How many people died, the attackers' own dead left out?"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from alerts.reading.attackers import are_attackers, without_attackers
from alerts.reading.counted import (
    AFTER,
    BEFORE,
    NOUN,
    OF_NUMBER,
    PREPOSITIONS,
    RIDERS,
    are_captives,
    are_people,
    is_day,
    is_of_wounded,
    is_something_else,
    is_whole,
)
from alerts.reading.counts import (
    Count,
    Page,
    are_added,
    choose,
    clause_end,
    gapped,
    makes_exact,
    on_top,
    spans,
    summed,
)
from alerts.reading.lexicon import Hit, Hits, load
from alerts.reading.numbers import Number, numbers
from alerts.reading.text import Sentence, Text, flatten
from alerts.reading.tolls import is_claimed, is_early, is_in_all, is_toll
from alerts.reading.victims import company, has_object, named_victims

_FURTHER = 8  # characters from a number to "others"
_COMMAS = 2  # as many enclose a remark between the counted and "died"
_FEW = 4  # words between "a" and "was killed" where the noun is not known
_OF_ITS_OWN = (
    " des siens",
    " des leurs",
    " of theirs",
    " de nos",
    " of our",
    " de ses",
    " de leurs",
    " of its",
    " of its own",
    " of his",
    " of her",
    " of their",
)
_FALLS_INTO = re.compile(
    r" (?:dans|into|in) (?:un|une|le|la|les|a|an|the) (?:[a-z]+ )?(?:embuscade|piege|guet apens|ravin|fosse|eau|mains"
    r"|ambush|trap|ravine|ditch|water|hands|river)"
    r"|(?: a l eau| aux mains| en panne| malades?| ill| sick| victims? to)\b"
)
# What the counted drive or carry: "driving goods lorries", "qui convoyaient des camions".
_WITH_LOAD = re.compile(
    r"\b(?:driving|riding|travelling in|escorting|guarding|loading|unloading|conduisant|conduisaient|convoyant"
    r"|escortant|convoyaient|escortaient|pilotant|gardant|au volant d)(?: (?!and |et |when |quand )[a-z]+){0,3} $"
)
_MURDER = r"\b(?:meurtre|assassinat|mort|execution|murder|killing|death)s?, [^,.;:\n]{1,60}, (?:de|d|of) "
_MURDER_OF, _MURDER_OF_SOME = re.compile(_MURDER + "(?:the )?$"), re.compile(_MURDER)
_AGE = re.compile(r"\b(?:de|d|ages? de|agees? de|aged|a|an|moins de|of) [a-z\d]+(?: [a-z]+)? $")
_THINGS_AND = re.compile(
    r"(?! (?:la vie|[a-z]+ lives)\b) [a-z\d]+ [a-z]+(?: [a-z]+)? (?:et|and) "
)  # "lost a lorry and two men"
_YEARS = ("an", "year", "mois", "month", "semaine", "week", "jour", "day")
_NOBODY = re.compile(
    r"\b(?:no|aucune?) [a-z]+(?: [a-z]+)? (?:was |were |has |have |n a |ne |n est )*(?:been |ete )?"
    r"(?:killed|died|tuee?|peri|morte?|decedee?|perdu la vie)\b"
)
# Those whom attackers took away first ("twelve drivers captured when … were later executed").
_LED_AWAY = re.compile(
    r"(?:(?: (?!et |and )[a-z]+){1,3}(?: (?:et|and) [a-z]+)?)?,? (?:(?:who|qui) (?:had |avaient |were |have )?"
    r"(?:been |ete )?)?(?:captured|abducted|kidnapped|seized|snatched|taken|held|detained|missing|capture|enleve"
    r"|kidnappe|pris|emmene|retenu|porte disparu|disparu)e?s?\b[^.;:()\n]{0,120}"
    r"\b(?:were|was|been|ete|retrouves?|retrouvees?|later|ensuite|depuis)"
    r" (?:(?:later|since|then|all|ensuite|depuis|tous"
    r"|finalement|found) )*"
)
_TAKEN_AWAY = re.compile(r" (?:enleve|kidnappe|capture|disparu|abducte|kidnapped|missing|seize)[des]*,? ")
_LED_AWAY_REACH = 190
_OF_WHOM_DEAD = re.compile(r" [a-z]+,? (?:dont|including|among them) [a-z\d]+ (?:morts?|tues?|dead|killed|deces)\b")
_COSTS = ("cout", "cost")
_OWNERS = (
    " du",
    " de la",
    " de l",
    " d un",
    " d une",
    " of the",
    " of a",
    " of an",
    " of their",
    " of his",
    " de leur",
)
_ABOARD = (
    *(f" {where} {article}" for where in ("in", "on", "aboard", "inside") for article in ("the", "a", "an", "their")),
    *(f" {where} {article}" for where in ("dans", "sur") for article in ("le", "la", "l", "un", "une", "leur")),
    " a bord du",
    " a bord de la",
    " a bord de l",
    " a bord d un",
    " a bord d une",
    " a bord de leur",
)
_WHEN = (" last", " this", " that", " same")
_FAMILY_OF = re.compile(r"(?:family|families|famille) (?:of|de) $")
_OF_ALL = re.compile(r" (?:des|of the|of|sur les|sur|d entre les) [a-z\d]+")
_ONLY = re.compile(r"\b(?:only|just|seule?s?|seulement) $")
_AND_THEIR = re.compile(r"\b(?:and|et) (?:his|her|their|ses|leurs) $")
_VERBS = frozenset({"ont", "sont", "a", "avaient", "etaient", "were", "was", "had", "have", "fled", "fui"})
_TELLING = ("dead", "dead_of_people", "kills", "one_dies", "toll", "loses", "all_but")
_RULES = load("counts")["between_verb_and_number"]
_BETWEEN = frozenset(flatten(words) for code in ("fr", "en") for words in _RULES[code])


def deaths(text: Text, hits: Hits, language: str, tellings: Sequence[Sequence[Sentence]]) -> tuple[int | None, str]:
    """Deaths by the first of `tellings` (sentences, nearest to the event first) that counts any, with its words.

    0 only if the text says so.
    """
    # A "corps" may be a unit, and fighters may be of the army's side.
    hits = hits.without("unit", ("dead", "kills", "kills_people")).without("not_attackers", ("not_victims",))
    page = Page(text.flat, text.plain, hits, language)
    for sentences in tellings:
        counts = [count for sentence in sentences for count in _in(page, sentence)]
        if any(count.value is not None for count in counts):
            counts += _newer(counts, [one for rest in tellings for told in rest for one in _in(page, told)])
            chosen = choose(without_attackers(page, counts, sentences))
            return (chosen.value, chosen.words) if chosen else (None, "")
    for sentence in (sentence for sentences in tellings for sentence in sentences):
        if zero := hits.of("zero", sentence.start, sentence.end):
            return 0, text.plain[zero[0].start : zero[0].end]
        if none := _NOBODY.search(text.flat, sentence.start, sentence.end):
            return 0, text.plain[none.start() : none.end()]
    return None, ""


def _newer(counts: Sequence[Count], others: Sequence[Count]) -> list[Count]:
    """The tolls among `others` that replace early counts or make rough ones exact: they may stand anywhere."""
    tolls = [one for one in others if one.is_toll and one not in counts]
    if all(count.is_early for count in counts):
        return tolls
    known = [count for count in counts if count.value is not None]
    if any(count.exact for count in known):
        return []
    return [one for one in tolls if all(makes_exact(one, count) for count in known)]


def _in(page: Page, sentence: Sentence) -> list[Count]:
    told = any(page.hits.has(tag, sentence.start, sentence.end) for tag in (*_TELLING, "a_body", "victims", "figure"))
    if not told and _MURDER_OF_SOME.search(page.flat, sentence.start, sentence.end) is None:
        return []
    counts = named_victims(page, sentence)
    left = numbers(page.flat, sentence.start, sentence.end, page.language)
    while left:
        chain = _chain(page, left)
        if not chain:
            left = left[1:]
            continue
        left = left[len(chain) :]
        counts += _all_but(page, chain[0], sentence)
        if not _is_named_already(page, chain[0], counts):
            counts += _count(page, chain, sentence)
    return counts


def _is_named_already(page: Page, number: Number, counts: Sequence[Count]) -> bool:
    """Whether it belongs to the victims just named ("a guard succumbed", "two women and their four children")."""
    if not counts:
        return False
    if number.value == 1 and any(count.is_further or count.is_later for count in counts):
        return True
    return _AND_THEIR.search(page.flat, max(0, number.start - NOUN), number.start) is not None


def _count(page: Page, chain: Sequence[Number], sentence: Sentence) -> Iterator[Count]:
    """The count of a chain, if those it counts died and are no attackers."""
    victims = [part for part in chain if not are_attackers(page, part, chain)]
    if not victims:
        return
    stands = is_toll(page, chain[0], sentence)
    if (
        stands
        or _die_after(page, chain, sentence)
        or _killed_before(page, chain, sentence)
        or _lost(page, chain[0], sentence)
        or _none_is_left(page, chain[0], sentence)
    ):
        count = on_top(page, summed(page, victims, sentence), chain[0].start, _said_of(page, chain, sentence))
        if not stands and is_of_wounded(page, chain[0]):
            count = replace(count, is_further=False, is_later=True)
        if not stands and _are_spared(page, chain, sentence):
            count = replace(count, value=0)
        if more := gapped(page, chain[-1], sentence) or _as_well(page, chain[-1], sentence):
            count = replace(count, value=(count.value or 0) + more)
        yield replace(
            count,
            is_toll=stands or is_in_all(page, chain[0], sentence),
            is_early=is_early(page, chain[0]),
            is_claim=is_claimed(page, chain[0], sentence),
        )


def _as_well(page: Page, number: Number, sentence: Sentence) -> int:
    """How many die "as well" ("nine civilians were killed, along with five soldiers")."""
    end = clause_end(page, number.end, min(sentence.end, number.end + AFTER))
    dead = page.hits.of("dead", number.end, end)
    return company(page, dead[0].end, sentence) if dead else 0


def _said_of(page: Page, chain: Sequence[Number], sentence: Sentence) -> int:
    """Where that ends which is said of a chain: at the word for death, if it is of one number."""
    near = min(sentence.end, chain[0].end + _FURTHER)
    end = clause_end(page, chain[0].end, min(sentence.end, chain[0].end + AFTER))
    dead = page.hits.of("dead", chain[0].end, end) if len(chain) == 1 else []
    return max(near, dead[0].end) if dead else near


def _chain(page: Page, left: Sequence[Number]) -> list[Number]:
    """The first number and what is added to it ("two drivers and an apprentice"); empty if it counts no people."""
    if is_something_else(page, left[0]):
        return []
    chain = [left[0]]
    for number in left[1:]:
        if len(chain) == 1 and spans(page, chain[0], number):
            chain.append(number)
            break
        if is_something_else(page, number) or not are_added(page, chain[-1], number, "dead"):
            break
        if _does_something(page, chain[-1], number):
            break
        chain.append(number)
    return chain


def _does_something(page: Page, left: Number, right: Number) -> bool:
    """Whether a verb stands between two numbers ("1,200 people fled and four died"), which then are two counts."""
    words = page.flat[left.end : right.start].split()[:-1]
    if not _VERBS.isdisjoint(words) or _TAKEN_AWAY.search(page.flat, left.end, right.start):
        return True
    people = page.hits.last_before("people", left.end, right.start)
    behind = page.flat[people.end : right.start].split()[:-1] if people else []
    return bool(behind) and page.language == "en" and behind[0] not in {"of", "from", "in"}


def _die_after(page: Page, chain: Sequence[Number], sentence: Sentence) -> bool:
    last = chain[-1]
    end = clause_end(page, last.end, min(sentence.end, last.end + AFTER))
    dead = page.hits.of("dead", last.end, end) or _dead_people(page, last, end)
    if _are_led_away(page, last, sentence):
        return True
    if not dead or (page.flat[dead[0].start : dead[0].end] == "tue" and has_object(page, dead[0].end)):
        return False
    if len(chain) == 1 and last.is_article and not (is_of_wounded(page, last) or _is_one_victim(page, last, dead[0])):
        return False
    return is_of_wounded(page, last) or are_captives(page, last) or _in_one_breath(page, last.end, dead[0].start)


def _are_led_away(page: Page, number: Number, sentence: Sentence) -> bool:
    """Whether it counts people who were taken away and then killed, however much is said of that between."""
    if not are_people(page, number):
        return False
    end = min(sentence.end, number.end + _LED_AWAY_REACH)
    killed = page.hits.of("dead", number.end, end)
    return any(
        _LED_AWAY.fullmatch(page.flat, number.end, hit.start) and not _count_of_its_own(page, number, hit)
        for hit in killed
    )


def _count_of_its_own(page: Page, number: Number, dead: Hit) -> bool:
    """Whether another number is nearer to the word for death ("four abducted, two found dead")."""
    found = numbers(page.flat, max(number.end, dead.start - NOUN), dead.start, page.language)
    return any(one.value is not None and not one.is_article and not is_day(page, one) for one in found)


def _dead_people(page: Page, number: Number, end: int) -> list[Hit]:
    """Words such as "fell" or "swept away", where it is people that are counted."""
    counts_people = are_people(page, number) or _FAMILY_OF.search(page.flat, max(0, number.start - NOUN), number.start)
    dead = page.hits.of("dead_of_people", number.end, end) if counts_people else []
    return [hit for hit in dead if not _FALLS_INTO.match(page.flat, hit.end)]


def _is_one_victim(page: Page, article: Number, dead: Hit) -> bool:
    """Whether "a" counts somebody: a person, or whoever died right behind it; "an inquiry into the dead" does not."""
    between = page.flat[article.end : dead.start].split()
    if not between:
        return page.flat[dead.start : dead.end] in {"mort", "morte", "tue"}
    return are_people(page, article) or (len(between) <= _FEW and not PREPOSITIONS & set(between))


def _in_one_breath(page: Page, start: int, end: int) -> bool:
    """Whether nothing else is counted between a number and its word for death."""
    found = numbers(page.flat, start, end, page.language)
    others = [number for number in found if number.value is not None and not number.is_article]
    parts = [number for number in others if is_something_else(page, number)]
    if len(others) != len(parts) or page.flat.count(",", start, end) > _COMMAS + len(parts):
        return False
    return all(_is_by_the_way(page.flat, hit) for hit in page.hits.of("not_dead", start, end))


def _is_by_the_way(flat: str, thing: Hit) -> bool:
    """Whether the thing only says an age, or whose passengers or drivers are counted ("occupants of the vehicle")."""
    before = flat[max(0, thing.start - NOUN) : thing.start].rstrip()
    if before.endswith(_ABOARD) or _WITH_LOAD.search(before + " "):
        return True
    if _AGE.search(flat, max(0, thing.start - NOUN), thing.start) and flat.startswith(_YEARS, thing.start):
        return True
    return flat.startswith(RIDERS, thing.end) or before.endswith((*_OWNERS, *_WHEN))


def _killed_before(page: Page, chain: Sequence[Number], sentence: Sentence) -> bool:
    start = chain[0].start
    if _MURDER_OF.search(page.flat, sentence.start, start) and are_people(page, chain[-1]):
        return True
    verb = page.hits.last_before("kills", max(sentence.start, start - BEFORE), start)
    if verb is None or page.flat[verb.end : start].strip() not in _BETWEEN:
        return False
    if page.hits.has("kills_people", verb.start, verb.start + 1):
        return True
    if page.hits.has("fells_people", verb.start, verb.start + 1):
        return are_people(page, chain[0])
    start, end = chain[0].end, clause_end(page, chain[-1].end, min(sentence.end, chain[-1].end + NOUN))
    if page.flat.startswith(_COSTS, verb.start):
        return page.hits.has("their_lives", start, end)
    dead = page.hits.of("dead", start, end)
    if dead and not _are_counted_apart(page, chain[-1], dead[0].start):
        return True
    return _makes_victims(page, chain[-1], sentence)


def _are_counted_apart(page: Page, number: Number, dead: int) -> bool:
    """Whether another number is that of the dead ("made seven victims, of whom four died")."""
    found = numbers(page.flat, number.end, dead, page.language)
    return any(one.value is not None and not one.is_article for one in found)


def _makes_victims(page: Page, number: Number, sentence: Sentence) -> bool:
    """Whether it is victims that are counted, and nothing is said of wounded, who are victims too."""
    if _OF_WHOM_DEAD.match(page.flat, number.end):
        return False
    counted = page.hits.of("victims", number.end, number.end + len(" x"))
    return bool(counted) and not page.hits.has("wounded", sentence.start, sentence.end)


def _all_but(page: Page, survivors: Number, sentence: Sentence) -> Iterator[Count]:
    """Those who are not among the only survivors ("of the 19 passengers, only four made it out alive")."""
    end = clause_end(page, survivors.end, min(sentence.end, survivors.end + AFTER))
    only = _ONLY.search(page.flat, max(sentence.start, survivors.start - NOUN), survivors.start)
    if only is None or not page.hits.has("all_but", survivors.end, end):
        return
    among = _OF_ALL.match(page.flat, survivors.end)
    until = among.end() if among else survivors.start
    for whole in numbers(page.flat, sentence.start, until, page.language):
        dead = (whole.value or 0) - (survivors.value or 0)
        if dead > 0 and is_whole(page, whole) and are_people(page, whole):
            words = page.flat[whole.start : end].strip()
            yield Count(value=dead, exact=True, in_title=sentence.is_title, words=words)


def _are_spared(page: Page, chain: Sequence[Number], sentence: Sentence) -> bool:
    """Whether none of so many died; where none of them survived, they all did."""
    start = max(sentence.start, chain[0].start - NOUN)
    none = OF_NUMBER.search(page.flat, start, chain[0].start)
    return none is not None and not _none_is_left(page, chain[0], sentence)


def _none_is_left(page: Page, number: Number, sentence: Sentence) -> bool:
    """Whether none of so many survived."""
    none = OF_NUMBER.search(page.flat, max(sentence.start, number.start - NOUN), number.start)
    end = clause_end(page, number.end, min(sentence.end, number.end + AFTER))
    if none is None:
        return False
    return "survivor" in none.group() or page.hits.has("all_but", number.end, end)


def _lost(page: Page, number: Number, sentence: Sentence) -> bool:
    """Whether somebody loses, mourns or buries so many people."""
    verb = page.hits.last_before("loses", max(sentence.start, number.start - BEFORE), number.start)
    if verb is None:
        return False
    between = page.flat[verb.end : number.start]
    if between.strip() not in _BETWEEN and not _THINGS_AND.fullmatch(between):
        return False
    return are_people(page, number) or (not number.is_article and page.flat.startswith(_OF_ITS_OWN, number.end))

"""Which places does a text name that no atlas lists, and where does it mean the capital?"""

import re
from collections.abc import Container, Iterable, Sequence
from itertools import pairwise

from alerts.geography.atlas import Atlas
from alerts.reading.bearings import point_of, points_given
from alerts.reading.index import is_tamasheq
from alerts.reading.lexicon import Hits, load
from alerts.reading.sites import UNLISTED, Site, Sites, at_place, unlisted
from alerts.reading.text import Text, flatten

_CAPITAL = "bamako"
_SHORTEST = 4
_NAMED = r"(?:(?:T?I|Ti|A)-n-|N['’](?=[A-Z]))?[A-ZÀ-ÖØ-Þ]{1,2}[a-zà-öø-ÿ'’]+(?:[- ](?:[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’]+))?"
_AFTER_CUE = re.compile(
    rf"(?:(?<![\w'’])(?:[Àà]|[Pp]rès d[e'’]|[Nn]on loin d[e'’]|[Ee]ntre|virage d[e'’]|village d[e'’]|[Ll]ocalité d[e'’]"
    rf"|hameau d[e'’]|site aurifère d[e'’]|attaque d[e'’]|embuscade d[e'’]|[Bb]loqués à|pont d[e'’]"
    rf"|[Aa]t|[Nn]ear|[Bb]etween|[Aa]round|[Tt]owards?|on|in|village of|town of|hamlet of"
    rf"|area(?: of)?|commune of|locality of|outside|outskirts of"
    rf"|secteur d[e'’]|zone d[e'’]|environs d[e'’]|abords d[e'’]|alentours d[e'’]|hauteur d[e'’]|commune d[e'’]"
    rf"|(?:north|south|east|west)(?:east|west)? of|km (?:from|of)|km d[e'’]"
    rf"|(?:nord|sud|est|ouest)(?:[- ](?:est|ouest))? d[e'’]|coded as)(?:[  ]|(?<=['’]))['‘’\"]?)(?P<name>{_NAMED})",
)
_CALLED_AREA = re.compile(rf"\b(?:[Tt]he|[Ll]a|[Ll]e) (?P<name>{_NAMED}) (?:area|village|locality|hamlet|sector)\b")
_BRACKETED = re.compile(rf"(?P<name>{_NAMED}) [(\[](?=[A-ZÀ-Þ])")
_BRACKET = re.compile(r" \([^()]*\)")
_CERCLE_AND_REGION = 2
_SECOND = re.compile(rf" (?:et|and) (?P<name>{_NAMED})")
_SEVERAL = re.compile(
    r"\b(?:villages|localites|hameaux|campements|communes|bourgades|hamlets|towns|settlements|localities|positions"
    r"|postes|camps|posts|garnisons|garrisons|outposts)\b"
)
_NEXT = re.compile(rf"(?:, | et | and | ainsi que | puis )(?:[àa] |de |d['’]|in |at )?(?P<name>{_NAMED})")
_LIST_GOES_ON = re.compile(r" ?(?:, ?| et | and | ou | or )(?:à |a |in |at )?[A-ZÀ-Þ]")
_BEFORE = re.compile(rf"(?<= )(?P<name>{_NAMED}), $")
_REACH = 30  # characters before a place in which the one before it in a list stands
_HEADING = re.compile(rf"^(?P<name>{_NAMED}) ?: ")
_COMMON = frozenset(
    flatten(word) for group in ("months", "weekdays") for words in load("calendar")[group].values() for word in words
)
_RULES = load("names")
_PEOPLE = frozenset(
    flatten(word) for key in ("titles", "first_names", "surnames") for word in _RULES["person"][key]
) | frozenset(flatten(word) for key in ("before", "after") for word in _RULES["company"][key])
_ABROAD = frozenset(
    flatten(word.rstrip("*")) for lists in load("countries").values() for words in lists.values() for word in words
)
_OUTLETS = frozenset(flatten(word) for words in load("outlets").values() for word in words)
_ANOTHER = frozenset(flatten(word) for word in _RULES["another_village"]["words"])
_GOES_ON = re.compile(r"[ -](?P<name>[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’]{1,})(?![\w'’])")
_GOES_BEFORE = re.compile(r"(?<![\w'’-])(?P<name>[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’]{1,})[ -]$")
_WORD = re.compile(r"[^\W\d_]{4,}")
_NO_VILLAGE = frozenset(
    flatten(word) for section in ("no_village", "no_village_in_notes") for word in _RULES[section]["words"]
)


def find_villages(text: Text, hits: Hits, sites: Sequence[Site], atlas: Sites, *, speaks_of_mali: bool) -> list[Site]:
    """`sites` and the capitalised names that stand where only a place can stand.

    A name that sounds like a place not far from the others is that place ("Boulikessi", "Boulkessi"). Where nothing
    but the words of its wars speaks of Mali, others than such are none of its villages.
    """
    is_named = hits.has("mali") or bool(sites)
    if not is_named and not speaks_of_mali:
        return list(sites)
    known = [site for site in sites if not _is_part(text, hits, site, sites, atlas)]
    taken = [(site.start, site.end) for site in known]
    given = points_given(text, known)
    found: list[Site] = []
    for start, end in (*_spans(text, taken), *_listed(text, known)):
        is_word = hits.any_at(start) and not is_tamasheq(text, start)
        if _is_village(text, start, end) and not _overlaps(start, end, taken) and not is_word:
            taken.append((start, end))
            point = point_of(text, start, end, given)
            heard = atlas.heard(text, start, end, known, point=point, speaks_of_mali=is_named)
            found += [heard] if heard else [unlisted(text, start, end, point)] if is_named else []
    return sorted([*known, *found], key=lambda site: site.start)


def _is_part(text: Text, hits: Hits, site: Site, sites: Sequence[Site], atlas: Sites) -> bool:
    """Whether a name that only an operator's gazetteer has is a part of another village's ("Koira Beri").

    Villages that share the first name lie together: by what else is named it is as good as the whole.
    """
    if not atlas.is_further(site):
        return False
    before = _GOES_BEFORE.search(text.plain, max(0, site.start - _REACH), site.start)
    if before and _is_of_a_name(text, hits, before.start("name"), flatten(before["name"]), site.end):
        return True
    after = _GOES_ON.match(text.plain, site.end)
    if after is None or not _is_of_a_name(text, hits, after.start("name"), flatten(after["name"]), site.start):
        return False
    end = after.end()
    return atlas.heard(text, site.start, end, sites) is not None or not atlas.lies_by(site, sites, text, end)


def _is_of_a_name(text: Text, hits: Hits, at: int, word: str, other: int) -> bool:
    """Whether a capitalised word beside a village's name is a part of the name."""
    if word in _ANOTHER:
        return True
    if len(word) < _SHORTEST or hits.any_at(at) or not _may_be_a_name(word) or text.sentence_at(at).start == at:
        return False
    return not _is_title_case(text, min(at, other), max(at + len(word), other))


def _may_be_a_name(word: str) -> bool:
    return word not in _COMMON | _PEOPLE | _ABROAD | _OUTLETS | _NO_VILLAGE


def named_further(text: Text, hits: Hits, sites: Sequence[Site], here: Container[str], language: str) -> str | None:
    """The first place of `here` that is never named without a further word, as it is written ("Sandaré Koura").

    It is another village, or may be: no atlas knows it, and the place whose name it begins with may lie elsewhere.
    """
    found: dict[str, str | None] = {}
    for site in sites:
        if site.id not in here or site.kind == UNLISTED or site.is_region:
            continue
        further = _further(text, hits, sites, site, language)
        found[site.id] = further if further is None or site.id not in found else found[site.id]
    return next(filter(None, found.values()), None)


def _further(text: Text, hits: Hits, sites: Sequence[Site], site: Site, language: str) -> str | None:
    """The name that goes on after `site`; a word that English capitalises, or that means something, is none."""
    after = _GOES_ON.match(text.plain, site.end)
    if after is None or any(other.start == after.start("name") for other in sites):
        return None
    word = flatten(after["name"])
    is_known = word in _ANOTHER
    may_be = language == "fr" and after[0][0] == " " and len(word) >= _SHORTEST and not hits.any_at(after.start("name"))
    if not is_known and (not may_be or not _may_be_a_name(word)):
        return None
    if not is_known and _is_title_case(text, site.start, after.end()):
        return None
    return text.plain[site.start : after.end()]


def _is_title_case(text: Text, start: int, end: int) -> bool:
    """Whether the other words of the sentence around [start, end), after the first, mostly have capitals too."""
    sentence = text.sentence_at(start)
    words = list(_WORD.finditer(text.plain, sentence.start, sentence.end))
    others = [word for word in words[1:] if word.end() <= start or word.start() >= end]
    return sum(word[0][0].isupper() for word in others) * 2 > len(others)


def cercles_around(text: Text, sites: Sequence[Site], atlas: Sites) -> list[Site]:
    """`sites`; in the brackets after a village no atlas knows, a cercle ("Sanando (Barouéli, Ségou)") is not its town.

    Two names in brackets are a cercle and a region, or a commune and a cercle; one alone is a cercle.
    """
    found = list(sites)
    for at, site in enumerate(sites):
        bracket = _BRACKET.match(text.plain, site.end) if site.kind == UNLISTED else None
        inside = [other for other in sites[at + 1 :] if bracket and other.start < bracket.end()]
        if inside and len(inside) <= _CERCLE_AND_REGION and (len(inside) == 1 or atlas.names_a_region(inside[-1])):
            found[at + 1] = atlas.as_cercle(inside[0])
    return found


def regions_after(text: Text, sites: Sequence[Site], atlas: Sites) -> list[Site]:
    """`sites`; a region's seat right after a place of the region ("in Youwarou, Mopti") is the region."""
    found = list(sites)
    for at, (before, site) in enumerate(pairwise(sites), start=1):
        is_alone = text.plain[before.end : site.start] == ", " and not _LIST_GOES_ON.match(text.plain, site.end)
        if is_alone and not before.is_region and text.plain[before.start - 1] not in "([":
            found[at] = atlas.as_region(site, before)
    return found


def find_capital(text: Text, hits: Hits, sites: Sequence[Site], atlas: Atlas, *, speaks_of_mali: bool) -> list[Site]:
    """`sites` and "the capital", which is Bamako where a text speaks of Mali and of no other country's capital."""
    place = atlas.places.get(_CAPITAL)
    named = [site for site in sites if site.country == "ML"]
    if place is None or not (speaks_of_mali or named):
        return list(sites)
    found = [
        at_place(start, end, place)
        for start, end in _capitals(text, hits)
        if not _overlaps(start, end, [(s.start, s.end) for s in sites])
    ]
    return sorted([*sites, *found], key=lambda site: site.start)


def _capitals(text: Text, hits: Hits) -> Iterable[tuple[int, int]]:
    last = -1
    for hit in hits.of("capital"):
        rest = text.flat[hit.end : hit.end + 20].strip(" ,")
        if hit.start >= last and not rest.startswith(_NOT_AFTER):
            last = hit.end
            yield hit.start, hit.end


_NOT_AFTER = tuple(flatten(word) for word in _RULES["capital"]["not_after"])


def _spans(text: Text, taken: list[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    for match in _HEADING.finditer(text.plain[: text.summary_at]):
        yield match.span("name")
    for match in _BRACKETED.finditer(text.plain):
        if any(start == match.end() for start, _ in taken):
            yield match.span("name")
    for match in _CALLED_AREA.finditer(text.plain):
        yield match.span("name")
    for match in _AFTER_CUE.finditer(text.plain):
        yield match.span("name")
        second = _SECOND.match(text.plain, match.end())
        if second and match.group().lower().startswith(("entre", "between")):
            yield second.span("name")
    for start, end in list(taken):
        second = _SECOND.match(text.plain, end)
        if second and text.flat[:start].rstrip().endswith(("entre", "between")):
            yield second.span("name")


def _listed(text: Text, sites: Sequence[Site]) -> Iterable[tuple[int, int]]:
    """The names that a list of villages goes on with ("three villages, Kobé, Tigui and Sembi")."""
    several = _SEVERAL.search(text.flat) is not None
    starts = {site.start for site in sites}
    for site in sites:
        before = _BEFORE.search(text.plain, max(0, site.start - _REACH), site.start)
        if before and (after := _NEXT.match(text.plain, site.end)) and after.start("name") in starts:
            yield before.span("name")
        if site.is_region or not (several or _is_between(text, site.end, starts)):
            continue
        at = site.end
        while following := _NEXT.match(text.plain, at):
            yield following.span("name")
            at = following.end()


def _is_between(text: Text, at: int, starts: Container[int]) -> bool:
    """Whether a list goes on behind one unknown name with a known place ("Kayes, Sembi, Nioro")."""
    unknown = _NEXT.match(text.plain, at)
    following = _NEXT.match(text.plain, unknown.end()) if unknown else None
    return following is not None and following.start("name") in starts


def _is_village(text: Text, start: int, end: int) -> bool:
    name = text.flat[start:end]
    parts = name.replace("'", " ").split()
    if name in _ABROAD or name in _OUTLETS or name in _NO_VILLAGE or len(name) < _SHORTEST:
        return False
    return not any(part in _COMMON or part in _PEOPLE or part in _ABROAD or part in _NO_VILLAGE for part in parts)


def _overlaps(start: int, end: int, taken: Iterable[tuple[int, int]]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in taken)

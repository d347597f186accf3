"""Which names of places are borrowed: by a boat, a band of fighters, a river, a quarter of another town?

They are left out: nothing happened in Timbuktu when the « Tombouctou » is fired on between two other towns.
"""

import re
from collections.abc import Iterable, Sequence

from alerts.reading.index import HOME
from alerts.reading.lexicon import load
from alerts.reading.namesakes import apart
from alerts.reading.sites import Site
from alerts.reading.text import Text, flatten

_RULES = load("names")["namesake"]
_QUOTES = "«»“”„\"'‘’"
_BACK = 32
_QUARTER_KM = 60.0
_TOWNS = frozenset({"city", "town"})
# A village in quotation marks is one where a place is told right before it ("à « Kobé »").
_PLACED = re.compile(r"\b(?:a|de|d|vers|entre|et|dans|pres de|in|at|near|of|from|to|between|and|outside) *[\" ]*$")
_GOES_ON = re.compile(r" ?[-–—] ?[A-ZÀ-Þ]")
_ARTICLE = re.compile(r"\b(?:le|du|au|the) [\" ]*$")
_NAMED = r"(?: (?:baptise|nomme|denomme|appele|named|called|dubbed)e?)?(?: (?:le|la|the))? *[\" ]*$"
_OPENS = r"(?:^|[\n.;:!?] ?)(?:le|la|l|the) "


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(flatten(word)) for word in words)


_BOAT = re.compile(rf"\b(?:{_any_of(_RULES['boats'])}){_NAMED}")
_BOAT_AFTER = re.compile(
    rf"[\" ]*, (?:an?|the|une?|le|la|l) (?:[a-z]+ ){{0,2}}(?:{_any_of(_RULES['boats'])})\b(?! (?:port|crossing"
    rf"|landing|stop))"
)
_BAND = re.compile(rf"\b(?:{_any_of(_RULES['bands'])}) (?:(?:du|de|d|of) )?$")
_RIVER = re.compile(rf"{_OPENS}$|\b(?:{_any_of(_RULES['of_a_river'])}) (?:(?:de|du|d|of) )?(?:(?:la|le|l|the) )?$")
_QUARTER = re.compile(rf"\b(?:{_any_of(_RULES['of_a_quarter'])})(?: [a-z]+)? (?:(?:de|d|du|of|in) )?$")
_RIVERS = frozenset(flatten(name) for name in _RULES["rivers"])
_QUARTERS = frozenset(flatten(name) for name in _RULES["quarters"])


def without_borrowed(text: Text, sites: Sequence[Site]) -> list[Site]:
    """`sites` without the names that something else bears."""
    boats = {site.id for site in sites if _is_a_boat(text, site)}
    return [site for site in sites if not _is_something_else(text, site, sites, boats)]


def _is_something_else(text: Text, site: Site, sites: Sequence[Site], boats: set[str]) -> bool:
    before = text.flat[max(0, site.start - _BACK) : site.start]
    name = text.flat[site.start : site.end]
    if site.id in boats and (_is_a_boat(text, site) or _ARTICLE.search(before)):
        return True
    if name in _RIVERS and _RIVER.search(before):
        return True
    if name in _QUARTERS and _QUARTER.search(before):
        return _is_far(site, sites)
    return _BAND.search(before) is not None


def _is_a_boat(text: Text, site: Site) -> bool:
    """Whether a boat is named so, in quotation marks or by the word before; a line of boats has two ends."""
    if site.is_region or _GOES_ON.match(text.plain, site.end):
        return False
    before = text.flat[max(0, site.start - _BACK) : site.start]
    if _BOAT.search(before) or (_ARTICLE.search(before) and _BOAT_AFTER.match(text.flat, site.end)):
        return True
    return _is_quoted(text, site) and not _PLACED.search(before)


def _is_quoted(text: Text, site: Site) -> bool:
    """Whether the name stands alone in quotation marks; an elision ("d'Ansongo") is none."""
    before, after = text.plain[: site.start].rstrip(), text.plain[site.end :].lstrip()
    opened = before[-1:] in set(_QUOTES) and not before[-2:-1].isalnum()
    return opened and after[:1] in set(_QUOTES) and bool(after[:1])


def _is_far(site: Site, sites: Sequence[Site]) -> bool:
    """Whether a town is named, and none near the place."""
    towns = [one for one in sites if one.country == HOME and one.kind in _TOWNS and one.id != site.id]
    return bool(towns) and all(apart(site, one) > _QUARTER_KM for one in towns)

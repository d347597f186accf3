"""Did it happen at a named place, near it, on the road to it, or is the place only named?

A cue is read from the words right before a name; a name in a list takes the cue of the one before it.
"""

import re
from collections.abc import Callable, Container, Sequence

from alerts.reading.lexicon import Hit, Hits
from alerts.reading.mentions import (
    at_a_ceremony,
    befell_about,
    bound_for,
    dateline,
    dates_it,
    goes_to,
    holds_a_post,
    in_care,
    lies_near,
    lives_there,
    sends_help,
    speaks,
    tells_there,
    waits_there,
)
from alerts.reading.sites import Site
from alerts.reading.spots import MENTIONS, WINDOW, Cue, Cued, Spot, cue_before
from alerts.reading.text import Text
from alerts.reading.tied import around_it, bracketed, closed_pairs, joined, journeys, listed, one_end, towards

_SPOT_AFTER = re.compile(
    r" (?:crossing|bridge|ferry|ford|checkpoint|border post|toll(?: booth| gate| station)?|junction|crossroads|dam"
    r"|barracks"
    r"|garrison|army camp|military camp|airport|airstrip|bus station|mine|gold mine)\b"
)
_ROAD_AFTER = re.compile(r" (?:road|highway|axis|route|corridor)\b")
# A camp that is left, not the wounded who are brought there ("two camps taken, then evacuated, at Kobé").
_ABANDONED = re.compile(
    r"\b(?:camps?|bases?|postes?|positions?|casernes?|garnisons?|villages?|sites?)\b[^.;:,\n]{0,40}$"
)
# The dead that are found somewhere, not a vehicle that was taken ("bodies were recovered near Kobé").
_FOUND = re.compile(r"\b(?:bodies|body|corpses?|remains|corps|depouilles|cadavres?|victims)\b[^.;:\n]{0,25}$")
# Whom attackers strike with what he guards ("fired on vehicles guarded by police in Kobé").
_GUARDS = re.compile(
    r"\b(?:(?:guarded|escorted|protected|manned|accompanied|driven) by|(?:garde|escorte|protege|tenu|accompagne"
    r"|conduit)e?s? par) (?:(?:the|a|an|la|le|les|des|un|une) )?(?:[a-z]+ ){0,2}$"
)
# Where a statement was read, be it on an attack.
_ISSUED = ("lu ", "lue ", "diffuse", "publie", "rendu", "read ", "issued", "released", "published")
# What is done to people, before the words that say who they are.
_HARM = ("attack", "clash", "dead", "kidnap", "loots", "harm")
_IDEAS = {
    Cue.AT: "place_at",
    Cue.NEAR: "place_at",
    Cue.BETWEEN: "place_on_road",
    Cue.AXIS: "place_on_road",
    Cue.DISTANCE: "place_on_way",
    Cue.ROAD_TO: "place_on_way",
    Cue.BARE: "place_bare",
}


def read_cues(text: Text, hits: Hits, sites: Sequence[Site]) -> list[Cued]:
    """The cue of every site, in reading order."""
    cued: list[Cued] = []
    for number, site in enumerate(sites):
        previous = cued[-1] if cued else None
        following = sites[number + 1] if number + 1 < len(sites) else None
        spot = Spot(text=text, hits=hits, site=site, previous=previous, following=following)
        cued.append(next(found for check in _CHECKS if (found := check(spot)) is not None))
    return journeys(text, hits, closed_pairs(text, cued))


def place_hits(cued: Sequence[Cued], border_towns: Container[str]) -> dict[str, list[Hit]]:
    """Places where something can happen, and towns at a border, as lists of words of their own."""
    lists: dict[str, list[Hit]] = {idea: [] for idea in ("border_town", *_IDEAS.values())}
    for one in cued:
        start, end = one.site.start, one.site.end
        if idea := _IDEAS.get(one.cue):
            lists[idea].append(Hit(start, end, idea))
        if one.site.id in border_towns:
            lists["border_town"].append(Hit(start, end, "border_town"))
    return lists


def without_doubtful(text: Text, cued: Sequence[Cued]) -> list[Cued]:
    """`cued` without the names that may be another word and that nothing shows to be a place."""
    return [one for one in cued if not one.site.doubtful or one.cue is not Cue.BARE or _heads(text, one.site)]


def _heads(text: Text, site: Site) -> bool:
    """Whether a name opens the title as its subject ("Fafa : deux soldats tués")."""
    return site.start == 0 and text.flat.startswith((":", " :"), site.end)


def _a_region(spot: Spot) -> Cued | None:
    return spot.cued(Cue.REGION, spot.site.start - 12, spot.site.end) if spot.site.is_region else None


def _names_a_road(spot: Spot) -> Cued | None:
    if not _ROAD_AFTER.match(spot.text.flat, spot.site.end):
        return None
    return spot.cued(Cue.ROAD_TO, spot.site.start, spot.site.end + 8)


def _names_a_spot(spot: Spot) -> Cued | None:
    """What bears a place's name stands there ("the Kobé bridge"), unless one sets out from it."""
    after = _SPOT_AFTER.match(spot.text.flat, spot.site.end)
    hit = cue_before(spot.text.flat, spot.hits, spot.site) if after else None
    if after is None or (hit is not None and hit.tag not in {"at", "near"}):
        return None
    return spot.cued(Cue.AT, spot.site.start, after.end())


def _by_words(spot: Spot) -> Cued:
    """By the words right before the name; without any it stands bare."""
    hit = cue_before(spot.text.flat, spot.hits, spot.site)
    if hit is None:
        return spot.cued(Cue.BARE, spot.site.start, spot.site.end)
    outer = cue_before(spot.text.flat, spot.hits, hit) if hit.tag in {"at", "near"} else None
    if outer and outer.tag in MENTIONS and hit.end - hit.start > len("dans"):
        hit = outer
    if (hit.tag == "mention_speaker" and _suffers(spot, hit)) or _is_abandoned(spot, hit):
        return spot.cued(Cue.AT, hit.start, spot.site.end)
    return spot.cued(Cue.MENTION if hit.tag in MENTIONS else Cue(hit.tag), hit.start, spot.site.end)


def _is_abandoned(spot: Spot, hit: Hit) -> bool:
    """Whether it is a camp that was evacuated there, not people, or bodies that were found, not a stolen vehicle."""
    if spot.text.flat.startswith(("recovered", "found", "retrouve"), hit.start):
        return _FOUND.search(spot.text.flat, max(0, hit.start - WINDOW), hit.start) is not None
    evacuated = hit.tag == "mention_care" and spot.text.flat.startswith("evacue", hit.start)
    return evacuated and _ABANDONED.search(spot.text.flat, max(0, hit.start - WINDOW), hit.start) is not None


def _suffers(spot: Spot, speaker: Hit) -> bool:
    """Whether who could be speaking was attacked instead ("killed a leader in Kobé"), in the words right before."""
    sentence = spot.text.sentence_at(speaker.start)
    guards = _GUARDS.search(spot.text.flat, max(sentence.start, speaker.start - WINDOW), speaker.start)
    if guards and any(spot.hits.has(tag, sentence.start, guards.start()) for tag in _HARM):
        return True
    comes_from = spot.text.flat.endswith(" from", speaker.start, speaker.end)
    if (
        comes_from
        or spot.text.flat.startswith(_ISSUED, speaker.start)
        or spot.hits.has("speaking", sentence.start, sentence.end)
    ):
        return False
    harmed = [
        hit for tag in _HARM for hit in spot.hits.of(tag, max(sentence.start, speaker.start - WINDOW), speaker.start)
    ]
    return any("," not in spot.text.flat[hit.end : speaker.start] for hit in harmed)


# The first that answers decides; the last one always does.
_CHECKS: tuple[Callable[[Spot], Cued | None], ...] = (
    _a_region,
    bracketed,
    around_it,
    towards,
    dateline,
    joined,
    listed,
    dates_it,
    tells_there,
    waits_there,
    lives_there,
    holds_a_post,
    befell_about,
    goes_to,
    one_end,
    lies_near,
    at_a_ceremony,
    in_care,
    sends_help,
    speaks,
    bound_for,
    _names_a_road,
    _names_a_spot,
    _by_words,
)

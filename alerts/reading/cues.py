"""Did it happen at a named place, near it, on the road to it, or is the place only named?

A cue is read from the words right before a name; a name in a list takes the cue of the one before it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from alerts.reading.lexicon import Hit, Hits
from alerts.reading.sites import Site
from alerts.reading.text import Text


class Cue(StrEnum):
    """How a place name stands in its sentence, the most exact first."""

    AT = "at"
    NEAR = "near"
    BETWEEN = "between"
    BARE = "bare"
    AXIS = "axis"
    ROAD_TO = "road_to"
    DISTANCE = "distance"
    REGION = "region"
    MENTION = "mention"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cued:
    """A place name with its cue; `why` are the words the cue comes from."""

    site: Site
    cue: Cue
    why: str
    pair: int | None = None


_MENTIONS = ("mention_origin", "mention_destination", "mention_care", "mention_speaker", "mention_person")
_TAGS = ("at", "near", "between", "axis", "road_to", "distance", "region", *_MENTIONS)
_FILLER = re.compile(
    r"(?: |\"|l|la|le|les|the|de|d|du|des|a|au|ville|city|town|village|localite|commune|hameau|hamlet|cite|of|route|"
    r"malienne?|malian|nearby|besieged|northern|southern|central|eastern|western|capital|capitale|region|regional)*$",
)
_LIST = re.compile(
    r"(?: ville| town| city)?[ ,]*"
    r"(?:,|\bet|\band|\bou|\bor|\bpuis|\bthen|\bainsi que)? ?(?:a|de|d|vers|la|le|l|to|in)?,? ?$"
)
_LIST_GOES_ON = re.compile(r" ?(?:, ?| et | and | ou | or )(?:à |a |in |at )?[A-ZÀ-Þ]")
_PAIR = re.compile(r"(?: ville| town)?,? (?:et|and|a|to|de|vers) (?:la |le |l |the |ville de |the town of )?$")
_AGENCY = re.compile(
    r",? ?[\w ]{0,14}\((?:afp|ap|reuters|amap|apa|xinhua|aa|aps|pana|efe|dpa|ap news|studio tamani)\)|,? ?mali ? |\s*$"
)
_ROAD_AFTER = re.compile(r" (?:road|highway|axis|route|corridor)\b")
_BRACKET = re.compile(r"[(\[](?:(?:[A-ZÀ-Þ][\w'’.-]*|region|région|cercle|commune|de|du|of|et|and)[ ,]*)*$")
# A hospital with a name of its own; a capital that stands for its government.
_CARE = re.compile(r"\b(?:hopital|chu|csref|clinique|hospital|clinic)(?: [a-z]+){1,4},? (?:de|d|a|of|in|at) $")
_SPEAKS = re.compile(
    r" (?:n a |n avait |dit |affirme|assure |annonce |accuse|denonce|dement|reconnait|garde le silence|se tait|durcit"
    r"|said|says|denie[sd]|accuse|announce|insist|confirm|blame|has not|did not|remained silent)"
)
_JOINERS = frozenset("-–—‑/→")
_WINDOW = 56


def read_cues(text: Text, hits: Hits, sites: Sequence[Site]) -> list[Cued]:
    """The cue of every site, in reading order."""
    cued: list[Cued] = []
    for number, site in enumerate(sites):
        previous = cued[-1] if cued else None
        following = sites[number + 1] if number + 1 < len(sites) else None
        cued.append(_read(text, hits, site, previous, following))
    return _closed_pairs(text, cued)


def place_hits(cued: Sequence[Cued]) -> list[Hit]:
    """Places where something can happen, as words of the ideas `place_at` and `place_on_road`."""
    ideas = {Cue.AT: "place_at", Cue.NEAR: "place_at", Cue.BETWEEN: "place_on_road", Cue.AXIS: "place_on_road"}
    return [Hit(one.site.start, one.site.end, ideas[one.cue]) for one in cued if one.cue in ideas]


def without_doubtful(text: Text, cued: Sequence[Cued]) -> list[Cued]:
    """`cued` without the names that may be another word and that nothing shows to be a place."""
    return [one for one in cued if not one.site.doubtful or one.cue is not Cue.BARE or _heads(text, one.site)]


def _heads(text: Text, site: Site) -> bool:
    """Whether a name opens the title as its subject ("Fafa : deux soldats tués")."""
    return site.start == 0 and text.flat.startswith((":", " :"), site.end)


def _read(text: Text, hits: Hits, site: Site, previous: Cued | None, following: Site | None) -> Cued:
    if site.is_region:
        return Cued(site=site, cue=Cue.REGION, why=_quote(text, site.start - 12, site.end))
    if bracket := _bracketed(text, site, previous):
        return bracket
    if dateline := _dateline(text, site):
        return Cued(site=site, cue=Cue.MENTION, why=f"dateline {dateline}")
    if joined := _joined(text, hits, site, previous, following):
        return joined
    if listed := _listed(text, site, previous):
        return listed
    if care := _CARE.search(text.flat, max(0, site.start - _WINDOW), site.start):
        return Cued(site=site, cue=Cue.MENTION, why=_quote(text, care.start(), site.end))
    if _SPEAKS.match(text.flat, site.end) and not _cue_before(text.flat, hits, site):
        return Cued(site=site, cue=Cue.MENTION, why=_quote(text, site.start, site.end + 10))
    hit = _cue_before(text.flat, hits, site)
    if text.flat.startswith(" bound ", site.end):
        return Cued(site=site, cue=Cue.MENTION, why=_quote(text, site.start, site.end + len("-bound")))
    if _ROAD_AFTER.match(text.flat, site.end):
        return Cued(site=site, cue=Cue.ROAD_TO, why=_quote(text, site.start, site.end + 8))
    if hit is None:
        return Cued(site=site, cue=Cue.BARE, why=text.plain[site.start : site.end])
    outer = _cue_before(text.flat, hits, hit) if hit.tag in {"at", "near"} else None
    if outer and outer.tag in _MENTIONS and hit.end - hit.start > len("dans"):
        hit = outer
    why = _quote(text, hit.start, site.end)
    return Cued(site=site, cue=Cue.MENTION if hit.tag in _MENTIONS else Cue(hit.tag), why=why)


def _quote(text: Text, start: int, end: int) -> str:
    return text.plain[max(0, start) : end].strip()


def _cue_before(flat: str, hits: Hits, site: Site | Hit) -> Hit | None:
    """The cue that ends last before the name, the longest of those; nothing but small words may stand between."""
    best: Hit | None = None
    for tag in _TAGS:
        for hit in hits.of(tag, max(0, site.start - _WINDOW), site.start):
            if hit.end > site.start or not _FILLER.fullmatch(flat[hit.end : site.start]):
                continue
            if best is None or (hit.end, -hit.start) > (best.end, -best.start):
                best = hit
    return best


def _bracketed(text: Text, site: Site, previous: Cued | None) -> Cued | None:
    """In brackets after a name stands the area it lies in ("Birga (Koro, Mopti)"), or another spelling ("[...]")."""
    opens = _BRACKET.search(text.plain, max(0, site.start - _WINDOW), site.start)
    if opens is None or previous is None or previous.site.is_region:
        return None
    why = _quote(text, opens.start(), site.end)
    if opens.group().startswith("["):
        return Cued(site=site, cue=previous.cue, why=why) if previous.site.end == opens.start() - 1 else None
    return Cued(site=site, cue=Cue.REGION, why=why)


def _dateline(text: Text, site: Site) -> str | None:
    """Where it was written, not where it happened ("BAMAKO (AFP) -", "GAO, Mali —")."""
    if site.start not in {0, text.summary_at}:
        return None
    rest = text.plain[site.end : site.end + 40]
    dash = re.match(r"[^.:;!?]{0,34}?(?: [-–—]{1,2} | ?[—–] )", rest)
    agency = _AGENCY.match(text.flat, site.end)
    if dash and (text.plain[site.start : site.end].isupper() or (agency and agency.group().strip())):
        return text.plain[site.start : site.end + dash.end()].strip()
    if agency and "(" in agency.group():
        return text.plain[site.start : site.end + len(agency.group())]
    return None


def _joined(text: Text, hits: Hits, site: Site, previous: Cued | None, following: Site | None) -> Cued | None:
    """Two names joined by a dash are the ends of a road: "Bougouni-Sikasso"."""
    if previous and not previous.site.is_region and _dash(text, previous.site, site):
        return Cued(site=site, cue=Cue.AXIS, why=_quote(text, previous.site.start, site.end))
    if following and not following.is_region and _dash(text, site, following):
        hit = _cue_before(text.flat, hits, site)
        start = hit.start if hit else site.start
        return Cued(site=site, cue=Cue.AXIS, why=_quote(text, start, following.end), pair=site.start)
    return None


def _dash(text: Text, left: Site, right: Site) -> bool:
    between = text.plain[left.end : right.start]
    return 0 < len(between) <= len(" - ") and between.strip() in _JOINERS and bool(between.strip())


def _listed(text: Text, site: Site, previous: Cued | None) -> Cued | None:
    """A further name of a list: "vers Sikasso, Kadiolo ou Zégoua", "à Kayes et à Kati"."""
    if previous is None or previous.cue in {Cue.BARE, Cue.DISTANCE}:
        return None
    between = text.flat[previous.site.end : site.start]
    if previous.cue in {Cue.BETWEEN, Cue.AXIS, Cue.ROAD_TO} and _PAIR.fullmatch(between):
        return Cued(
            site=site,
            cue=Cue.BETWEEN if previous.cue is Cue.BETWEEN else Cue.AXIS,
            why=_quote(text, previous.site.start, site.end),
        )
    if previous.cue is Cue.REGION or not between.strip() or not _LIST.fullmatch(between):
        return None
    if between.strip() == "," and previous.cue in {Cue.AT, Cue.NEAR} and not _LIST_GOES_ON.match(text.plain, site.end):
        return Cued(site=site, cue=Cue.BARE, why=_quote(text, previous.site.start, site.end))
    return Cued(site=site, cue=previous.cue, why=_quote(text, previous.site.start, site.end))


def _closed_pairs(text: Text, cued: list[Cued]) -> list[Cued]:
    """Give both ends of each road or stretch the same pair number."""
    paired = list(cued)
    for at in range(1, len(paired)):
        left, right = paired[at - 1], paired[at]
        if left.cue not in {Cue.BETWEEN, Cue.AXIS, Cue.ROAD_TO} or right.cue not in {Cue.BETWEEN, Cue.AXIS}:
            continue
        between = text.flat[left.site.end : right.site.start]
        if _dash(text, left.site, right.site) or _PAIR.fullmatch(between):
            paired[at - 1] = _with(left, right.cue, left.site.start)
            paired[at] = _with(right, right.cue, left.site.start)
    return paired


def _with(cued: Cued, cue: Cue, pair: int) -> Cued:
    return Cued(site=cued.site, cue=cue, why=cued.why, pair=pair)

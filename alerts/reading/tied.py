"""How does a place name hang together with the one before it: a list, a stretch, a journey, the area around it?"""

import re

from alerts.reading.lexicon import Hits
from alerts.reading.sites import Site
from alerts.reading.spots import WINDOW, Cue, Cued, Spot, cue_before
from alerts.reading.text import Text

_LIST = re.compile(
    r"(?: ville| town| city)?[ ,]*"
    r"(?:,|\bet|\band|\bou|\bor|\bpuis|\bthen|\bainsi que|\bde meme que|\bcomme|\bmais aussi|\bas well as|\balong with"
    r"|\bbut also|\band also)? ?(?:a|de|d|vers|la|le|l|to|in|at)?,? ?$"
)
# Of several camps or attacks the next one ("the base at Kobé and the one at Gao").
_ANOTHER_ONE = re.compile(
    r"(?: ville| town)?,? (?:et|ainsi que|de meme que|and|as well as) (?:(?:celle|celui|celles|ceux) (?:de |d |du )"
    r"|(?:the one|that|those) (?:at|in|of|near) )$"
)
_LIST_GOES_ON = re.compile(r" ?(?:, ?| et | and | ou | or )(?:à |a |in |at )?[A-ZÀ-Þ]")
_PAIR = re.compile(
    r"(?: ville| town)?,? (?:et|and|a|to|de|vers|with|avec) (?:la |le |l |the |ville de |the town of )?$"
)
_BRACKET = re.compile(r"[(\[](?:(?:[A-ZÀ-Þ][\w'’.-]*|region|région|cercle|commune|de|du|of|et|and)[ ,]*)*$")
_MEASURED = frozenset({Cue.AT, Cue.NEAR, Cue.DISTANCE})
_WAY = re.compile(
    r"(?<!route)(?<!piste)(?<!axe)(?<!road)(?<!track)[ ,(]+(?P<on>"
    r"(?:du )?cote(?: de| d)?|(?:en |in the |in )?direction(?: de| d| of)?|vers|towards?|sens"
    r") (?:la |le |l )?$"
)
_WAY_OUT = re.compile(
    r"\b(?:sortie|entree|exit|entrance|outskirts|edge)(?: (?:nord|sud|est|ouest))?(?: (?:de|of) (?:la |the )?"
    r"(?:ville|commune|localite|town|city|village)| du (?:village|bourg))?,? (?P<on>(?:du )?cote(?: de| d)?|vers"
    r"|direction"
    r"|en direction d[eu]?|towards?|on the side of) (?:la |le |l )?$"
)
_ON_THE = re.compile(r"\bon (?:the|its) $")
_SIDE = re.compile(r" side\b")
_LIES_IN = frozenset({Cue.AT, Cue.NEAR, Cue.BARE, Cue.REGION})
_AREA = re.compile(
    r", ?(?:dans |in )?(?:la |le |l |the )?(?:commune|arrondissement|sous prefecture|municipality)"
    r" (?:rurale |urbaine )?(?:de |d |du |of )$"
)
_AREA_AFTER = re.compile(r" (?:commune|arrondissement|municipality|area|sector)\b")
_IN_THE = re.compile(r", (?:in (?:the )?)?")
# Of a stretch only one end is a town ("between the border and Kobé", "between Kobé and the Senegalese border").
_FROM_BORDER = re.compile(
    r"\b(?:entre|between|liant|reliant|relie|linking|links|connecting|connects|from|de) (?:la|the) (?:[a-z]+ )?"
    r"(?:frontiere|border)(?: (?!et |and |a |to )[a-z]+){0,3} (?:et|and|a|to|with) (?:la ville de |the town of )?$"
)
# "between this town and Kobé", of a town that was named before.
_FROM_THERE = re.compile(
    r"\b(?:entre|between) (?:cette|ce|this|that|the) (?:derniere |dernier )?(?:localite|ville|village|commune|town"
    r"|bourgade)"
    r" (?:et|and) (?:celle de |celui de |that of )?$"
)
_TO_BORDER = re.compile(r" (?:et|and) (?:la|the) (?:[a-z]+ )?(?:frontiere|border)\b")
_BACK = re.compile(
    r",? (?:depuis|en provenance de|en provenance d|venant de|venant d|from|coming from) (?:la |le |the )?$"
)
_ONWARD = re.compile(r",? (?:a|vers|pour|jusqu a|to|towards?|for) (?:la |le |l |the )?$")
_FROM = re.compile(r"\b(?:de|d|from) $")
_JOINERS = frozenset("-–—‑/→")


def one_end(spot: Spot) -> Cued | None:
    """The one town by which a stretch is named that ends at a border, as coarse as a road, or at a town told before."""
    start = max(0, spot.site.start - WINDOW)
    if stretch := _FROM_BORDER.search(spot.text.flat[start : spot.site.start]):
        return spot.cued(Cue.AXIS, start + stretch.start(), spot.site.end)
    if stretch := _FROM_THERE.search(spot.text.flat[start : spot.site.start]):
        return spot.cued(Cue.BETWEEN, start + stretch.start(), spot.site.end)
    hit = cue_before(spot.text.flat, spot.hits, spot.site)
    if hit is None or hit.tag != "between" or not _TO_BORDER.match(spot.text.flat, spot.site.end):
        return None
    return spot.cued(Cue.AXIS, hit.start, spot.site.end)


def bracketed(spot: Spot) -> Cued | None:
    """In brackets after a name stands the area it lies in ("Birga (Koro, Mopti)"), or another spelling ("[...]")."""
    opens = _BRACKET.search(spot.text.plain, max(0, spot.site.start - WINDOW), spot.site.start)
    previous = spot.previous
    if opens is None or previous is None or (previous.site.is_region and previous.site.start < opens.start()):
        return None
    if opens.group().startswith("["):
        again = previous.site.end == opens.start() - 1
        return spot.cued(previous.cue, opens.start(), spot.site.end) if again else None
    return spot.cued(Cue.REGION, opens.start(), spot.site.end)


def around_it(spot: Spot) -> Cued | None:
    """After a comma stands the area the place before it lies in ("à Kobé, commune de Gossi", "Kobé, Gossi commune")."""
    previous = spot.previous
    if previous is None or previous.site.is_region or previous.cue not in _LIES_IN:
        return None
    between = spot.text.flat[previous.site.end : spot.site.start]
    if not _AREA.fullmatch(between) and not (
        _IN_THE.fullmatch(between) and _AREA_AFTER.match(spot.text.flat, spot.site.end)
    ):
        return None
    return spot.cued(Cue.REGION, previous.site.end, spot.site.end)


def towards(spot: Spot) -> Cued | None:
    """After a place, the way on from it ("à 8 km de Gao, côté Bourem", "at the exit of the town towards Bourem")."""
    previous, sentence = spot.previous, spot.text.sentence_at(spot.site.start)
    start = max(sentence.start, spot.site.start - WINDOW)
    if out := _WAY_OUT.search(spot.text.flat[start : spot.site.start]):
        return spot.cued(Cue.MENTION, start + out.start("on"), spot.site.end)
    if _ON_THE.search(spot.text.flat, start, spot.site.start) and _SIDE.match(spot.text.flat, spot.site.end):
        return spot.cued(Cue.MENTION, spot.site.start, spot.site.end + len(" side"))
    if previous is None or previous.cue not in _MEASURED or previous.site.start < sentence.start:
        return None
    way = _WAY.search(spot.text.flat, previous.site.end, spot.site.start)
    return spot.cued(Cue.MENTION, way.start("on"), spot.site.end) if way else None


def joined(spot: Spot) -> Cued | None:
    """Two names joined by a dash are the ends of a road: "Bougouni-Sikasso"."""
    previous, site, following = spot.previous, spot.site, spot.following
    if previous and not previous.site.is_region and _dash(spot.text, previous.site, site):
        return spot.cued(Cue.AXIS, previous.site.start, site.end)
    if following and not following.is_region and _dash(spot.text, site, following):
        hit = cue_before(spot.text.flat, spot.hits, site)
        return spot.cued(Cue.AXIS, hit.start if hit else site.start, following.end, pair=site.start)
    return None


def _dash(text: Text, left: Site, right: Site) -> bool:
    between = text.plain[left.end : right.start]
    return 0 < len(between) <= len(" - ") and between.strip() in _JOINERS and bool(between.strip())


def listed(spot: Spot) -> Cued | None:
    """A further name of a list: "vers Sikasso, Kadiolo ou Zégoua", "à Kayes et à Kati"."""
    previous, site = spot.previous, spot.site
    if previous is None or previous.cue in {Cue.BARE, Cue.DISTANCE}:
        return None
    between = spot.text.flat[previous.site.end : site.start]
    if previous.cue in {Cue.BETWEEN, Cue.AXIS, Cue.ROAD_TO} and _PAIR.fullmatch(between):
        return spot.cued(Cue.BETWEEN if previous.cue is Cue.BETWEEN else Cue.AXIS, previous.site.start, site.end)
    if previous.cue in {Cue.AT, Cue.NEAR} and _ANOTHER_ONE.fullmatch(between):
        return spot.cued(previous.cue, previous.site.start, site.end)
    if previous.cue is Cue.REGION or not between.strip() or not _LIST.fullmatch(between):
        return None
    lies_in = between.strip() == "," and previous.cue in {Cue.AT, Cue.NEAR}
    if lies_in and not _LIST_GOES_ON.match(spot.text.plain, site.end):
        return spot.cued(Cue.BARE, previous.site.start, site.end)
    return spot.cued(previous.cue, previous.site.start, site.end)


def closed_pairs(text: Text, cued: list[Cued]) -> list[Cued]:
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


def journeys(text: Text, hits: Hits, cued: list[Cued]) -> list[Cued]:
    """Give both ends of a journey the same pair number ("as they drove from Kobé to Gao")."""
    paired = list(cued)
    for at in range(1, len(paired)):
        left, right = paired[at - 1], paired[at]
        if left.pair is None and _is_journey(text, hits, left, right):
            paired[at - 1] = _with(left, Cue.MENTION, left.site.start)
            paired[at] = _with(right, Cue.MENTION, left.site.start)
    return paired


def _is_journey(text: Text, hits: Hits, left: Cued, right: Cued) -> bool:
    """Whether two names are the ends of one: "from Kobé to Gao", "returning to Gao from Kobé"."""
    start, end = left.site.end, right.site.start
    if _ONWARD.fullmatch(text.flat, start, end):
        return _sets_out(text, hits, left)
    goal = cue_before(text.flat, hits, left.site) if _BACK.fullmatch(text.flat, start, end) else None
    return goal is not None and goal.tag == "mention_destination"


def _sets_out(text: Text, hits: Hits, one: Cued) -> bool:
    """Whether a journey begins at the place: by its words, or by a mere "from"."""
    if one.site.is_region or not _FROM.search(text.flat, max(0, one.site.start - len(" from ")), one.site.start):
        return False
    hit = cue_before(text.flat, hits, one.site)
    return hit is None or hit.tag == "mention_origin"


def _with(cued: Cued, cue: Cue, pair: int) -> Cued:
    return Cued(site=cued.site, cue=cue, why=cued.why, pair=pair)

"""Did it happen at a named place, near it, on the road to it, or is the place only named?

A cue is read from the words right before a name; a name in a list takes the cue of the one before it.
"""

import re
from collections.abc import Callable, Container, Sequence
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


_MENTIONS = (
    "mention_origin",
    "mention_destination",
    "mention_care",
    "mention_speaker",
    "mention_person",
    "mention_other_event",
)
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
_PAIR = re.compile(
    r"(?: ville| town)?,? (?:et|and|a|to|de|vers|with|avec) (?:la |le |l |the |ville de |the town of )?$"
)
_AGENCY = re.compile(
    r",? ?[\w ]{0,14}\((?:afp|ap|reuters|amap|apa|xinhua|aa|aps|pana|efe|dpa|ap news|studio tamani)\)|,? ?mali ? |\s*$"
)
_ROAD_AFTER = re.compile(r" (?:road|highway|axis|route|corridor)\b")
_BRACKET = re.compile(r"[(\[](?:(?:[A-ZÀ-Þ][\w'’.-]*|region|région|cercle|commune|de|du|of|et|and)[ ,]*)*$")
_MEASURED = frozenset({Cue.AT, Cue.NEAR, Cue.DISTANCE})
_WAY = re.compile(
    r"(?<!route)(?<!piste)(?<!axe)(?<!road)(?<!track)[ ,(]+(?P<on>"
    r"(?:du )?cote(?: de| d)?|(?:en |in the |in )?direction(?: de| d| of)?|vers|towards?|sens"
    r") (?:la |le |l )?$"
)
_LIES_IN = frozenset({Cue.AT, Cue.NEAR, Cue.BARE, Cue.REGION})
_AREA = re.compile(
    r", ?(?:dans |in )?(?:la |le |l |the )?(?:commune|arrondissement|sous prefecture|municipality)"
    r" (?:rurale |urbaine )?(?:de |d |du |of )$"
)
_AREA_AFTER = re.compile(r" (?:commune|arrondissement|municipality|area|sector)\b")
_IN_THE = re.compile(r", (?:in (?:the )?)?")
# A hospital with a name of its own; a capital that stands for its government.
_CARE = re.compile(r"\b(?:hopital|chu|csref|clinique|hospital|clinic)(?: [a-z]+){1,4},? (?:de|d|a|of|in|at) $")
_SPEAKS = re.compile(
    r" (?:n a |n avait |dit |affirme|assure |annonce |accuse|denonce|dement|reconnait|garde le silence|se tait|durcit"
    r"|said|says|denie[sd]|accuse|announce|insist|confirm|blame|has not|did not|remained silent)"
)
_SPEAKER_AFTER = re.compile(
    r", (?:le|la|l|un|une|the|a|an) (?:[a-z]+ ){0,2}(?:direct(?:eur|rice|or)|gouverneur|governor|prefet|prefect|maire"
    r"|mayor|ministre|minister|porte parole|spokes(?:man|woman|person)|procureur|prosecutor|president|gouvernement"
    r"|government|etat major|general staff|responsable|official|junte|junta|deput[ey]|syndicat|union)\b"
)
# A name that only dates or compares: "After Kobé, …", "three days after Kobé", "As in Kobé, …".
_ANOTHER = re.compile(
    r"(?:(?:^|[\n.:;,] ?)(?:(?:just|juste|peu|shortly|moins|less) )?|\b(?:jours?|heures|semaines?|mois|ans?"
    r"|lendemain|days?"
    r"|hours|weeks?|months?|years?|son tour|leur tour),? )(?:apres|after|following|depuis la chute de"
    r"|since the fall of) $"
    r"|\b(?:jours?|semaines?|mois|ans?|days?|weeks?|months?|years?) (?:apres|after) [^,.;:\n]{1,45} $"
    r"|\b(?:heures?|minutes|hours?) (?:apres|after) (?:[^,.;:\n]{1,25} )?(?:explosion|attaque|attack|embuscade|ambush"
    r"|assaut|assault|raid|blast|bombing|accident|crash|drame|tuerie|killings?)\b[^,.;:\n]{0,30} $"
    r"|\blendemain (?:de |du |d )(?:l |la |le )?(?:entree|arrivee|depart|reprise|reouverture|livraison|visite|passage)"
    r" [^,.;:\n]{0,30}$"
    r"|\b(?:ni|not|neither|nor|non pas|et non|and not)(?: a| in| at)? $"
    r"|(?:^|[\n.] ?)(?:comme (?:a|hier a)|tout comme a|as in|like in|just as in) $"
)
_DATES = (
    "apres ",
    "after ",
    "lendemain ",
    "following ",
    "chute de ",
    "fall of ",
    "comme ",
    "as in ",
    "like in ",
    "ni ",
    "not ",
    "nor ",
    "neither ",
    "non ",
)
# Where somebody tells it or was met ("confirme à Gao le syndicat", "drivers met in Gao said").
_TELL = (
    r"(?:confirme|indique|raconte|affirme|assure|precise|explique|temoigne|rapporte|dit|declare|annonce|deplore|denonce"
    r"|confie|lance|detaille|resume|relate|estime|soutient|nuance)"
)
_TELLS = re.compile(
    rf"\b(?:{_TELL}(?:nt)?|(?:a|ont|avait) {_TELL}|(?:rencontre|croise|interviewe|approche)e?s?)"
    r"(?: (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche))? (?:a|au|depuis) (?:la ville de )?$"
    r"|\b(?:union|officials?|sources?|spokes(?:man|woman|person)|drivers?|residents?|survivors?|colleagues|witness(?:es)?"
    r"|traders?|hauliers|leaders?|minister|ministry|governor|relatives|passengers) (?:have |has |had |who were )?"
    r"(?:met|interviewed|confirmed|said|say|says|recalled|recounted|explained|contacted|questioned|spoken to)"
    r" (?:on (?:mon|tues|wednes|thurs|fri|satur|sun)day )?(?:by (?:tele)?phone )?in $"
    rf"|\b(?:{_TELL}(?:nt)?|disent|says?|said|tells?|explains?|complains?) (?:(?:un|une|des|les|plusieurs|deux|a|the"
    r"|some|several|two) )?(?:[a-z]+ )?(?:transporteurs?|chauffeurs?|routiers|camionneurs?|commercants?|conducteurs?"
    r"|voyageurs?|syndicalistes?|hauliers?|truckers?|drivers?|traders?|merchants?) (?:de|d|a|from|in|of|at) $"
)
# Whose word it is ("according to gendarmes in Gao"), unless they are witnesses of the attack there.
_SOURCE = re.compile(
    r"\b(?:selon|d apres|according to)(?: (?!(?:attaque|attack|embuscade|ambush|explosion|accident|crash|drame|raid"
    r"|que|qui|who|that|when|quand)\b)[a-z]+){1,8} (?:de|d|a|in|at|of|from) (?:la |le |l )?$"
)
# Where those who are blamed are at home ("militants operating around Gao often plant mines there").
_ROAMS = re.compile(
    r"\b(?:operating|active|present|hiding|roaming|holed up|operate|actifs?|operant|operent|operaient|presents?"
    r"|implantes?|retranches?|sevissent|sevissant|embusques) (?:(?:dans|in|autour|around|near|pres|au|la|le|les|the"
    r"|secteur|zone|environs|forets?|area|areas|of|de|d|du|a) )+$"
)
# Where people flee to, or whence they came ("families are reaching Kobé", "fishermen from Kobé who came to fill up").
_REFUGE = re.compile(
    r"\b(?:familles?|deplacee?s?|refugiee?s?|rescapee?s?|civils|families|villagers|displaced|refugees|survivors|civilians)"
    r"\b[^.;:\n]{0,30}\b(?:arrivent|affluent|(?:sont|etaient) arrivee?s|(?:ont|avaient) (?:afflue|gagne|rejoint"
    r"|atteint)|gagnent|rejoignent|atteignent|(?:are |were )?(?:arriving|streaming|pouring|sheltering)"
    r"|(?:have |had )?(?:arrived|streamed|poured|sheltered|reached)|are reaching)(?: en masse| massivement)?"
    r"(?: (?:a|dans|vers|sur|in|into|at))? (?:la ville de |the town of )?$"
)
_HOME_OF = re.compile(r"\b(?:de|d|from|of) $")
_CAME = re.compile(
    r",? (?:venue?s |accourue?s |descendue?s |who (?:had |have )?(?:come|came|travelled|driven|turned up) )"
)
# A dam whose water floods another town.
_DAM = re.compile(
    r"\b(?:lachers?(?: d eau)?|vannes|ouverture|deversements?|releases?(?: of water)?|water (?:released|let out)"
    r"|(?:flood)?gates|spillway)"
    r"[^.;:\n]{0,30}\b(?:(?:barrage|dam|retenue)(?: hydroelectrique)? (?:de|d|du|of|at)|(?:from|at|by|of) the) $"
)
# A camp that is left, not the wounded who are brought there ("two camps taken, then evacuated, at Kobé").
_ABANDONED = re.compile(
    r"\b(?:camps?|bases?|postes?|positions?|casernes?|garnisons?|villages?|sites?)\b[^.;:,\n]{0,40}$"
)
# Whom attackers strike with what he guards ("fired on vehicles guarded by police in Kobé").
_GUARDS = re.compile(
    r"\b(?:(?:guarded|escorted|protected|manned|accompanied|driven) by|(?:garde|escorte|protege|tenu|accompagne"
    r"|conduit)e?s? par) (?:(?:the|a|an|la|le|les|des|un|une) )?(?:[a-z]+ ){0,2}$"
)
# Of a stretch only one end is a town ("between the border and Kobé", "between Kobé and the Senegalese border").
_FROM_BORDER = re.compile(
    r"\b(?:entre|between) (?:la|the) (?:[a-z]+ )?(?:frontiere|border)(?: (?!et |and )[a-z]+){0,3} (?:et|and)"
    r" (?:la ville de |the town of )?$"
)
_TO_BORDER = re.compile(r" (?:et|and) (?:la|the) (?:[a-z]+ )?(?:frontiere|border)\b")
_WAITS = re.compile(
    r"\b(?:stuck|stranded|blocked|held up|waiting|bloque|immobilise|coince)e?s?[^.;:\n]{0,30}"
    r" (?:at|in|near|a|au|pres de)"
    r" (?:la frontiere de |the border at )?$"
)
_ARRIVES = re.compile(
    r"\b(?:(?<!not )(?:arrived|reached|entered|got to|pulled into)|(?:a|ont|sont|est) (?:enfin |finalement )?(?:arrive"
    r"|entre|parvenu|rallie|atteint|gagne|rejoint)e?s?)\b"
)
_STRUCK = re.compile(
    r"\b(?:struck|strikes?|hit|bombed|targeted|targets|killed|kills|pounded|shelled|attacked|raided|vise|frappe|bombarde"
    r"|pilonne|neutralise|tue|attaque)(?:e?s?|nt)? (?!par |by )[^,.;:\n]*$"
)
_SENDS = re.compile(
    r" (?:a|ont|avait|avaient|has|have|had|was|were)? ?(?:envoye|depeche|deploye|achemine|sent|dispatched|sending) "
)
# Between a place and "near" another one that only says where it lies ("Kobé, a village near Gao").
_APPOSED = re.compile(
    r",? ?\(?(?:(?:une?|le|la|l|an?|the|ce|cette|petite?|small|village|localite|hameau|commune|ville|bourgade|bourg"
    r"|town"
    r"|garrison|garnison|chef lieu|cite|frontaliere?|frontier|border|riveraine?|rurale?|market|marche|mining|miniere?"
    r"|hamlet|locality|settlement|city|site|campement|which|that|is|qui|se|situee?|est|sise?|trouve|lies|lying|located"
    r"|situated|just|juste|tout|toute|in|dans|central|northern|southern|peule?|dogon|bambara) )*"
)
# Where a speaker's town stands: further on in a sentence it is what happened there that somebody tells.
_SENTENCE_OPENS = re.compile(
    r"(?:^|[\n.;:!?\"] ?)(?:[a-z]+ )?(?:(?:a|au|in|at|from|depuis|de|d|du) )?(?:(?:la|le|l|the) )?(?:ville de "
    r"|city of )?$"
)
_OUTSIDE = re.compile(r"(?:just )?outside(?: of)?")
# "Kobé … this village of the commune of Gao": the commune only says where the village lies.
_COMMUNE = re.compile(
    r"\b(?:village|hameau|localite|bourgade|hamlet|town)(?: [a-z]+)? (?:situee? )?(?:de|dans|of|in) (?:la |the )?"
    r"(?:commune|arrondissement)(?: rurale)? (?:de|d|of) $"
)
_GOES_TO = re.compile(
    r"\b(?:allai(?:t|ent)|allant|se rend(?:ait|aient|ant)|ralliai(?:t|ent)|ralliant|faisai(?:t|ent) la navette"
    r"|travelling|traveling|driving|heading|moving|going) [^,.;:\n]{1,40} (?:a|vers|pour|to|for) (?:la |le |l |the )?"
    r"(?:(?:foire|marche|ville|village|fair|market|town)(?: hebdomadaire)? (?:de la |de |d |du |of |in ))?$"
)
_BACK = re.compile(
    r",? (?:depuis|en provenance de|en provenance d|venant de|venant d|from|coming from) (?:la |le |the )?$"
)
_ONWARD = re.compile(r",? (?:a|vers|pour|jusqu a|to|towards?|for) (?:la |le |l |the )?$")
_FROM = re.compile(r"\b(?:de|d|from) $")
_JOINERS = frozenset("-–—‑/→")
_VIOLENCE = ("attack", "strike_from_air", "blast")
_WINDOW = 56
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """A place name in its text, with the one before it, already read, and the one after."""

    text: Text
    hits: Hits
    site: Site
    previous: Cued | None
    following: Site | None

    def cued(self, cue: Cue, start: int, end: int, pair: int | None = None) -> Cued:
        """The name with `cue`, which stands at [start, end)."""
        return Cued(site=self.site, cue=cue, why=_quote(self.text, start, end), pair=pair)


def read_cues(text: Text, hits: Hits, sites: Sequence[Site]) -> list[Cued]:
    """The cue of every site, in reading order."""
    cued: list[Cued] = []
    for number, site in enumerate(sites):
        previous = cued[-1] if cued else None
        following = sites[number + 1] if number + 1 < len(sites) else None
        spot = _Spot(text=text, hits=hits, site=site, previous=previous, following=following)
        cued.append(next(found for check in _CHECKS if (found := check(spot)) is not None))
    return _journeys(text, hits, _closed_pairs(text, cued))


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


def _a_region(spot: _Spot) -> Cued | None:
    return spot.cued(Cue.REGION, spot.site.start - 12, spot.site.end) if spot.site.is_region else None


def _in_care(spot: _Spot) -> Cued | None:
    """A hospital with a name of its own ("l'hôpital Nianankoro Fomba de Ségou")."""
    care = _CARE.search(spot.text.flat, max(0, spot.site.start - _WINDOW), spot.site.start)
    return spot.cued(Cue.MENTION, care.start(), spot.site.end) if care else None


def _speaks(spot: _Spot) -> Cued | None:
    """A capital that stands for its government ("Bamako dément"), or where an official speaks ("À Gao, le maire …")."""
    opens = _SENTENCE_OPENS.search(spot.text.flat, max(0, spot.site.start - _WINDOW), spot.site.start)
    if opens and (speaker := _SPEAKER_AFTER.match(spot.text.flat, spot.site.end)):
        return spot.cued(Cue.MENTION, spot.site.start, speaker.end())
    if not _SPEAKS.match(spot.text.flat, spot.site.end) or _cue_before(spot.text.flat, spot.hits, spot.site):
        return None
    return spot.cued(Cue.MENTION, spot.site.start, spot.site.end + 10)


def _dates_it(spot: _Spot) -> Cued | None:
    """The place of another event, which only dates this one or is like it ("After Kobé, rebels attack …")."""
    start = max(0, spot.site.start - _WINDOW)
    before = spot.text.flat[start : spot.site.start]
    other = _ANOTHER.search(before) if any(word in before for word in _DATES) else None
    return spot.cued(Cue.MENTION, start + other.start(), spot.site.end) if other else None


def _waits_there(spot: _Spot) -> Cued | None:
    """Where those who have arrived elsewhere were held up ("stuck at Kobé since May, the lorries reached Gao")."""
    start = max(0, spot.site.start - _WINDOW)
    sentence = spot.text.sentence_at(spot.site.start)
    waits = _WAITS.search(spot.text.flat, max(start, sentence.start), spot.site.start)
    if waits is None or not _ARRIVES.search(spot.text.flat, spot.site.end, sentence.end):
        return None
    return spot.cued(Cue.MENTION, waits.start(), spot.site.end)


def _tells_there(spot: _Spot) -> Cued | None:
    """Where somebody tells what happened elsewhere, or where those are at home who are blamed for it, not struck."""
    start = max(0, spot.site.start - _WINDOW)
    before = spot.text.flat[start : spot.site.start]
    words = _TELLS.search(before) or _SOURCE.search(before) or _ROAMS.search(before)
    if words and words.re is _ROAMS and _STRUCK.search(spot.text.flat, max(0, start - _WINDOW), start + words.start()):
        return None
    return spot.cued(Cue.MENTION, start + words.start(), spot.site.end) if words else None


def _lives_there(spot: _Spot) -> Cued | None:
    """Where those who flee arrive, or are at home who came elsewhere, or the dam whose water floods the towns below."""
    start = max(0, spot.site.start - _WINDOW)
    before = spot.text.flat[start : spot.site.start]
    words = _REFUGE.search(before) or _DAM.search(before)
    if words is None and _CAME.match(spot.text.flat, spot.site.end):
        words = _HOME_OF.search(before)
    return spot.cued(Cue.MENTION, start + words.start(), spot.site.end) if words else None


def _one_end(spot: _Spot) -> Cued | None:
    """The one town by which a stretch is named that ends at a border: as coarse as a road."""
    start = max(0, spot.site.start - _WINDOW)
    if stretch := _FROM_BORDER.search(spot.text.flat[start : spot.site.start]):
        return spot.cued(Cue.AXIS, start + stretch.start(), spot.site.end)
    hit = _cue_before(spot.text.flat, spot.hits, spot.site)
    if hit is None or hit.tag != "between" or not _TO_BORDER.match(spot.text.flat, spot.site.end):
        return None
    return spot.cued(Cue.AXIS, hit.start, spot.site.end)


def _goes_to(spot: _Spot) -> Cued | None:
    """Where a journey ends that is told at length ("who were travelling in two lorries to Kobé")."""
    start = max(0, spot.site.start - _WINDOW)
    journey = _GOES_TO.search(spot.text.flat[start : spot.site.start])
    return spot.cued(Cue.MENTION, start + journey.start(), spot.site.end) if journey else None


def _sends_help(spot: _Spot) -> Cued | None:
    """Where help comes from ("the garrison of Kobé sent reinforcements")."""
    if not _SENDS.match(spot.text.flat, spot.site.end):
        return None
    return spot.cued(Cue.MENTION, spot.site.start, spot.site.end + len(" sent"))


def _at_a_ceremony(spot: _Spot) -> Cued | None:
    """Where the dead are buried or a court sits, unless that is what was attacked, or where the wounded die."""
    sentence = spot.text.sentence_at(spot.site.start)
    if sentence.is_title:
        return None
    start = max(sentence.start, spot.text.flat.rfind(",", sentence.start, spot.site.start))
    held = spot.hits.of("ceremony", start, spot.site.start)
    done = [hit for tag in ("afterwards", "succumbs") for hit in spot.hits.of(tag, start, spot.site.start)]
    since = start if held else done[-1].start if done else spot.site.end
    if not (held or done) or any(spot.hits.has(tag, since, spot.site.end) for tag in _VIOLENCE):
        return None
    return spot.cued(Cue.MENTION, (held or done)[0].start, spot.site.end)


def _lies_near(spot: _Spot) -> Cued | None:
    """A place by which the one before it lies ("Kobé, a village near Gao")."""
    previous = spot.previous
    if previous is None or previous.cue not in {Cue.AT, Cue.BARE, Cue.NEAR}:
        return None
    hit = _cue_before(spot.text.flat, spot.hits, spot.site)
    if hit is None or hit.start <= previous.site.end:
        return None
    if hit.tag == "at" and _COMMUNE.search(spot.text.flat, max(0, hit.start - _WINDOW), spot.site.start):
        return spot.cued(Cue.MENTION, hit.start, spot.site.end)
    if hit.tag != "near" and not _OUTSIDE.match(spot.text.flat, hit.start, hit.end):
        return None
    if not _APPOSED.fullmatch(spot.text.flat, previous.site.end, hit.start):
        return None
    return spot.cued(Cue.MENTION, hit.start, spot.site.end)


def _bound_for(spot: _Spot) -> Cued | None:
    if not spot.text.flat.startswith(" bound ", spot.site.end):
        return None
    return spot.cued(Cue.MENTION, spot.site.start, spot.site.end + len("-bound"))


def _names_a_road(spot: _Spot) -> Cued | None:
    if not _ROAD_AFTER.match(spot.text.flat, spot.site.end):
        return None
    return spot.cued(Cue.ROAD_TO, spot.site.start, spot.site.end + 8)


def _by_words(spot: _Spot) -> Cued:
    """By the words right before the name; without any it stands bare."""
    hit = _cue_before(spot.text.flat, spot.hits, spot.site)
    if hit is None:
        return spot.cued(Cue.BARE, spot.site.start, spot.site.end)
    outer = _cue_before(spot.text.flat, spot.hits, hit) if hit.tag in {"at", "near"} else None
    if outer and outer.tag in _MENTIONS and hit.end - hit.start > len("dans"):
        hit = outer
    if (hit.tag == "mention_speaker" and _suffers(spot, hit)) or _is_abandoned(spot, hit):
        return spot.cued(Cue.AT, hit.start, spot.site.end)
    return spot.cued(Cue.MENTION if hit.tag in _MENTIONS else Cue(hit.tag), hit.start, spot.site.end)


def _is_abandoned(spot: _Spot, hit: Hit) -> bool:
    """Whether it is a camp that was evacuated there, not people."""
    evacuated = hit.tag == "mention_care" and spot.text.flat.startswith("evacue", hit.start)
    return evacuated and _ABANDONED.search(spot.text.flat, max(0, hit.start - _WINDOW), hit.start) is not None


def _suffers(spot: _Spot, speaker: Hit) -> bool:
    """Whether who could be speaking was attacked instead ("killed a leader in Kobé"), in the words right before."""
    sentence = spot.text.sentence_at(speaker.start)
    guards = _GUARDS.search(spot.text.flat, max(sentence.start, speaker.start - _WINDOW), speaker.start)
    if guards and any(spot.hits.has(tag, sentence.start, guards.start()) for tag in _HARM):
        return True
    comes_from = spot.text.flat.endswith(" from", speaker.start, speaker.end)
    if comes_from or spot.hits.has("speaking", sentence.start, sentence.end):
        return False
    harmed = [
        hit for tag in _HARM for hit in spot.hits.of(tag, max(sentence.start, speaker.start - _WINDOW), speaker.start)
    ]
    return any("," not in spot.text.flat[hit.end : speaker.start] for hit in harmed)


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


def _bracketed(spot: _Spot) -> Cued | None:
    """In brackets after a name stands the area it lies in ("Birga (Koro, Mopti)"), or another spelling ("[...]")."""
    opens = _BRACKET.search(spot.text.plain, max(0, spot.site.start - _WINDOW), spot.site.start)
    previous = spot.previous
    if opens is None or previous is None or (previous.site.is_region and previous.site.start < opens.start()):
        return None
    if opens.group().startswith("["):
        again = previous.site.end == opens.start() - 1
        return spot.cued(previous.cue, opens.start(), spot.site.end) if again else None
    return spot.cued(Cue.REGION, opens.start(), spot.site.end)


def _around_it(spot: _Spot) -> Cued | None:
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


def _towards(spot: _Spot) -> Cued | None:
    """After a place, the way on from it ("à 8 km de Gao, côté Bourem", "at the exit of Gao towards Bourem")."""
    previous, sentence = spot.previous, spot.text.sentence_at(spot.site.start)
    if previous is None or previous.cue not in _MEASURED or previous.site.start < sentence.start:
        return None
    way = _WAY.search(spot.text.flat, previous.site.end, spot.site.start)
    return spot.cued(Cue.MENTION, way.start("on"), spot.site.end) if way else None


def _dateline(spot: _Spot) -> Cued | None:
    """Where it was written, not where it happened ("BAMAKO (AFP) -", "GAO, Mali —")."""
    text, site = spot.text, spot.site
    if site.start not in {0, text.summary_at}:
        return None
    rest = text.plain[site.end : site.end + 40]
    dash = re.match(r"[^.:;!?]{0,34}?(?: [-–—]{1,2} | ?[—–] )", rest)
    agency = _AGENCY.match(text.flat, site.end)
    if dash and (text.plain[site.start : site.end].isupper() or (agency and agency.group().strip())):
        return spot.cued(Cue.MENTION, site.start, site.end + dash.end())
    if agency and "(" in agency.group():
        return spot.cued(Cue.MENTION, site.start, site.end + len(agency.group()))
    return None


def _joined(spot: _Spot) -> Cued | None:
    """Two names joined by a dash are the ends of a road: "Bougouni-Sikasso"."""
    previous, site, following = spot.previous, spot.site, spot.following
    if previous and not previous.site.is_region and _dash(spot.text, previous.site, site):
        return spot.cued(Cue.AXIS, previous.site.start, site.end)
    if following and not following.is_region and _dash(spot.text, site, following):
        hit = _cue_before(spot.text.flat, spot.hits, site)
        return spot.cued(Cue.AXIS, hit.start if hit else site.start, following.end, pair=site.start)
    return None


def _dash(text: Text, left: Site, right: Site) -> bool:
    between = text.plain[left.end : right.start]
    return 0 < len(between) <= len(" - ") and between.strip() in _JOINERS and bool(between.strip())


def _listed(spot: _Spot) -> Cued | None:
    """A further name of a list: "vers Sikasso, Kadiolo ou Zégoua", "à Kayes et à Kati"."""
    previous, site = spot.previous, spot.site
    if previous is None or previous.cue in {Cue.BARE, Cue.DISTANCE}:
        return None
    between = spot.text.flat[previous.site.end : site.start]
    if previous.cue in {Cue.BETWEEN, Cue.AXIS, Cue.ROAD_TO} and _PAIR.fullmatch(between):
        return spot.cued(Cue.BETWEEN if previous.cue is Cue.BETWEEN else Cue.AXIS, previous.site.start, site.end)
    if previous.cue is Cue.REGION or not between.strip() or not _LIST.fullmatch(between):
        return None
    lies_in = between.strip() == "," and previous.cue in {Cue.AT, Cue.NEAR}
    if lies_in and not _LIST_GOES_ON.match(spot.text.plain, site.end):
        return spot.cued(Cue.BARE, previous.site.start, site.end)
    return spot.cued(previous.cue, previous.site.start, site.end)


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


def _journeys(text: Text, hits: Hits, cued: list[Cued]) -> list[Cued]:
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
    goal = _cue_before(text.flat, hits, left.site) if _BACK.fullmatch(text.flat, start, end) else None
    return goal is not None and goal.tag == "mention_destination"


def _sets_out(text: Text, hits: Hits, one: Cued) -> bool:
    """Whether a journey begins at the place: by its words, or by a mere "from"."""
    if one.site.is_region or not _FROM.search(text.flat, max(0, one.site.start - len(" from ")), one.site.start):
        return False
    hit = _cue_before(text.flat, hits, one.site)
    return hit is None or hit.tag == "mention_origin"


def _with(cued: Cued, cue: Cue, pair: int) -> Cued:
    return Cued(site=cued.site, cue=cue, why=cued.why, pair=pair)


# The first that answers decides; the last one always does.
_CHECKS: tuple[Callable[[_Spot], Cued | None], ...] = (
    _a_region,
    _bracketed,
    _around_it,
    _towards,
    _dateline,
    _joined,
    _listed,
    _dates_it,
    _tells_there,
    _waits_there,
    _lives_there,
    _goes_to,
    _one_end,
    _lies_near,
    _at_a_ceremony,
    _in_care,
    _sends_help,
    _speaks,
    _bound_for,
    _names_a_road,
    _by_words,
)

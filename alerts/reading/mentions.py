"""Which words around a place name say that it is only named: where somebody speaks, goes, is cared for or at home?"""

import re

from alerts.reading.spots import WINDOW, Cue, Cued, Spot, cue_before

_AGENCY = re.compile(
    r",? ?[\w ]{0,14}\((?:afp|ap|reuters|amap|apa|xinhua|aa|aps|pana|efe|dpa|ap news|studio tamani)\)|,? ?mali ? |\s*$"
)
# A hospital with a name of its own; a capital that stands for its government.
_CARE = re.compile(r"\b(?:hopital|chu|csref|clinique|hospital|clinic)(?: [a-z]+){1,4},? (?:de|d|a|of|in|at) $")
_SPEAKS = re.compile(
    r" (?:n a |n avait |dit |affirme|assure |annonce |accuse|denonce|dement|reconnait|garde le silence|se tait|durcit"
    r"|evoque |parle de |ouvre une (?:enquete|information)|a (?:annonce|reagi|evoque|ouvert|condamne|dementi|promis"
    r"|salue)"
    r"|condamne |promet |reagit|salue |minimise |rejette |exige |appelle |rappelle |convoque |invoque |impute "
    r"|reste muet"
    r"|(?:has |have |had )?(?:said|says|denie[sd]|accuse|announce|insist|confirm|blame|condemn|vow|promise|reject|urge"
    r"|demand|summon|warn|admit|acknowledge|react|advise)|has not|did not|remained silent|opens? an? (?:inquiry"
    r"|investigation|probe)|opens inquiry|(?:has )?opened an? (?:inquiry|investigation|probe)|speaks of|spoke of"
    r"|call(?:s|ed) (?:for|on)|play(?:s|ed) down|wants|is in (?:touch|contact))"
)
# A government that others deal with ("in touch with Bamako", "en contact avec Bamako").
_DEALT_WITH = re.compile(
    r"\b(?:(?:in (?:close |constant )?(?:touch|contact|talks)|relations|ties|negotiations|talks) with"
    r"|(?:contact[^,.;:\n]{0,12}"
    r"|relations|discussions|negociations|pourparlers|echanges|liens?) avec|aupres de|pressure on|pression sur) $"
)
# Whose office it is that tells it ("the Kobé governor's office", "a Kobé councillor said").
_OFFICE_AFTER = re.compile(
    r" (?:(?:governor|mayor|prefect|prosecutor|councillor|official|authorities|union|union leader|prefecture"
    r"|governorate"
    r"|town hall|resident|trader|haulier|driver|elder|lawmaker|mp)s?(?: s office|s office)?) (?:has |have |had "
    r"|also |later |now )*"
    r"(?:said|says|told|counted|confirmed|put|puts|announced|reported|explained|recalled|added|estimates?|admitted"
    r"|blame[sd]?)\b"
    r"|(?: s)? (?:governor|mayor|prefect|prosecutor) s office\b"
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
    r"|\b(?:union|officials?|sources?|spokes(?:man|woman|person)|drivers?|residents?|survivors?|colleagues"
    r"|witness(?:es)?"
    r"|traders?|hauliers|leaders?|minister|ministry|governor|relatives|passengers) (?:have |has |had |who were )?"
    r"(?:met|interviewed|confirmed|said|say|says|recalled|recounted|explained|contacted|questioned|spoken to)"
    r" (?:on (?:mon|tues|wednes|thurs|fri|satur|sun)day )?(?:by (?:tele)?phone )?in $"
    rf"|\b(?:{_TELL}(?:nt)?|disent|says?|said|tells?|explains?|complains?) (?:(?:un|une|des|les|plusieurs|deux|a|the"
    r"|some|several|two) )?(?:[a-z]+ )?(?:transporteurs?|chauffeurs?|routiers|camionneurs?|commercants?|conducteurs?"
    r"|voyageurs?|syndicalistes?|hauliers?|truckers?|drivers?|traders?|merchants?) (?:de|d|a|from|in|of|at) $"
)
# Where those meet who speak of it ("Réunis dans un hôtel, à Gao, les transporteurs …").
_MEETS = re.compile(
    r"(?:^|[\n.;:] ?)(?:reuni|rassemble|rencontre|joint|contacte|interroge|attroupe|gathered|meeting|interviewed"
    r"|reached"
    r"|contacted)(?:e?s)?\b[^.;:\n]{0,30}\b(?:a|au|dans|in|at) $"
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
    r"\b(?:familles?|deplacee?s?|refugiee?s?|rescapee?s?|civils|families|villagers|displaced|refugees|survivors"
    r"|civilians)"
    r"\b[^.;:\n]{0,30}\b(?:arrivent|affluent|(?:sont|etaient) arrivee?s|(?:ont|avaient) (?:afflue|gagne|rejoint"
    r"|atteint)|gagnent|rejoignent|atteignent|(?:are |were )?(?:arriving|streaming|pouring|sheltering)"
    r"|(?:have |had )?(?:arrived|streamed|poured|sheltered|reached)|are reaching)(?: en masse| massivement)?"
    r"(?: (?:a|dans|vers|sur|in|into|at))? (?:la ville de |the town of )?$"
)
_HOME_OF = re.compile(r"\b(?:de|d|from|of) $")
_CAME = re.compile(
    r",? (?:venue?s |accourue?s |descendue?s |who (?:had |have )?(?:come|came|travelled|driven|turned up) )"
)
# Where one of the wounded dies later ("Un blessé de Kobé meurt à Gao").
_DIES = re.compile(
    r"\b(?:blessee?|rescapee?|survivante?|grievement brule|injured|wounded|survivor)s?\b[^.;:\n]{0,45}\b(?:meurt"
    r"|meurent|decede"
    r"|decedent|succombe|succombent|mort|est decede|dies|die|died|succumbs?|succumbed)e?s? (?:a|au|in|at) $"
)
# Where people are moved to afterwards ("a rapatrié le reste de l'équipe à Gao").
_MOVED = re.compile(
    r"\b(?:a|ont|avait|avaient|va|vont) (?:rapatri|evacu|ramen|transfer|conduit|transport|repli|redeploy)\w* (?:le "
    r"|la |les |l "
    r"|son |ses |sa |leurs? |des |un |une |\d+ )[^,.;:\n]{1,40} (?:a|sur|dans) $"
)
# Whence somebody comes back ("revenaient à vide de Kobé", "rentrant dimanche de la foire de Kobé").
_BACK_FROM = re.compile(
    r"\b(?:reven(?:ait|aient|ant|u|ue|us|ues)|rentr(?:ait|aient|ant|e|es)|retourn(?:ait|aient|ant)|de retour"
    r"|repart(?:ait|aient|ant|i|is)|(?:driving|coming|drove|came|riding|travelling|traveling|returned|on (?:the"
    r"|their|its) way)"
    r" (?:back |home )?)(?: (?!dans|vers|pour|a la|quand|lorsqu|when|to)[a-z]+){0,4} (?:de|d|du|from)"
    r"(?: (?:la |le |l |the )?(?:weekly |grande? )?(?:foire|marche|fair|market|ville|village|town)(?: hebdomadaire"
    r"| a betail)?"
    r"(?: (?:de la|de|d|du|of|in|at))?)? $"
)
# A dam whose water floods another town.
_DAM = re.compile(
    r"\b(?:(?:lachers?(?: d eau)?|deversements?|releases?(?: of water)?|water (?:released|let out)) (?:de|du|d|at"
    r"|from) "
    r"(?:(?:la|le|the) )?|(?:lachers?(?: d eau)?|vannes|ouverture|deversements?|releases?(?: of water)?"
    r"|water (?:released|let out)|(?:flood)?gates|spillway)[^.;:\n]{0,30}\b(?:(?:barrage|dam"
    r"|retenue)(?: hydroelectrique)?"
    r" (?:de|d|du|of|at)|(?:from|at|by|of) the) )$"
)
_COMES_OR_GOES = (_REFUGE, _DAM, _DIES, _MOVED, _BACK_FROM)
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
    r"\b(?:struck|strikes?|hit|bombed|targeted|targets|killed|kills|pounded|shelled|attacked|raided|vise|frappe"
    r"|bombarde"
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
# "Vers Kobé" right after what befell somebody is where it did ("interceptés samedi vers Kobé").
_BEFELL = re.compile(
    r"\b(?:attaque|intercepte|arrete|stoppe|cible|enleve|tue|surpris|mitraille|braque|depouille|saute|accroche|incendie"
    r"|brule|renverse|explose|bloque|immobilise|abattu|attacked|intercepted|stopped|ambushed|abducted|seized|killed"
    r"|hit)e?s?"
    r"(?: (?:ce |dans la nuit |de |la |le |du |hier |tot |en |on |early |late )*(?:lundi|mardi|mercredi|jeudi|vendredi"
    r"|samedi|dimanche|matin|soir|nuit|matinee|soiree|midi|hier|(?:mon|tues|wednes|thurs|fri|satur|sun)day|night"
    r"|morning))*"
    r" (?P<by>vers|towards?) (?:le village de |la localite de )?$"
)
# Whom something befell elsewhere ("le chef de la radio de Kobé, enlevé près de Gao").
_POST = re.compile(
    r"\b(?:chef|directeur|directrice|responsable|patron|agent|employe|employee|correspondant|medecin|infirmier"
    r"|enseignant"
    r"|head|chief|director|manager|correspondent|staff|nurse|doctor|teacher|worker)s? (?:(?:d[eu]?|des|of|for|from"
    r"|at|in) )"
    r"(?:[^,.;:\n]{1,40} (?:a|au|in|at|de|d) )?(?:la |le |l )?$"
)
_ELSEWHERE = re.compile(
    r"\b(?:entre|pres d[eu]?|a hauteur d[eu]?|non loin d[eu]?|between|near|close to|sur (?:la route|l axe|le troncon)"
    r"|on the (?:road|highway|way|stretch)|a [a-z\d]+ (?:km|kilometres)) "
)
_HARMED = ("attack", "dead", "kidnap", "intercept", "taken", "wounded")
_VIOLENCE = ("attack", "strike_from_air", "blast")


def in_care(spot: Spot) -> Cued | None:
    """A hospital with a name of its own ("l'hôpital Nianankoro Fomba de Ségou")."""
    care = _CARE.search(spot.text.flat, max(0, spot.site.start - WINDOW), spot.site.start)
    return spot.cued(Cue.MENTION, care.start(), spot.site.end) if care else None


def speaks(spot: Spot) -> Cued | None:
    """A capital that stands for its government ("Bamako dément"), or where an official speaks ("À Gao, le maire …")."""
    opens = _SENTENCE_OPENS.search(spot.text.flat, max(0, spot.site.start - WINDOW), spot.site.start)
    if opens and (speaker := _SPEAKER_AFTER.match(spot.text.flat, spot.site.end)):
        return spot.cued(Cue.MENTION, spot.site.start, speaker.end())
    if office := _OFFICE_AFTER.match(spot.text.flat, spot.site.end):
        return spot.cued(Cue.MENTION, spot.site.start, office.end())
    start = max(0, spot.site.start - WINDOW)
    if dealt := _DEALT_WITH.search(spot.text.flat[start : spot.site.start]):
        return spot.cued(Cue.MENTION, start + dealt.start(), spot.site.end)
    if not _SPEAKS.match(spot.text.flat, spot.site.end) or cue_before(spot.text.flat, spot.hits, spot.site):
        return None
    return spot.cued(Cue.MENTION, spot.site.start, spot.site.end + 10)


def dates_it(spot: Spot) -> Cued | None:
    """The place of another event, which only dates this one or is like it ("After Kobé, rebels attack …")."""
    start = max(0, spot.site.start - WINDOW)
    before = spot.text.flat[start : spot.site.start]
    other = _ANOTHER.search(before) if any(word in before for word in _DATES) else None
    return spot.cued(Cue.MENTION, start + other.start(), spot.site.end) if other else None


def waits_there(spot: Spot) -> Cued | None:
    """Where those who have arrived elsewhere were held up ("stuck at Kobé since May, the lorries reached Gao")."""
    start = max(0, spot.site.start - WINDOW)
    sentence = spot.text.sentence_at(spot.site.start)
    waits = _WAITS.search(spot.text.flat, max(start, sentence.start), spot.site.start)
    if waits is None or not _ARRIVES.search(spot.text.flat, spot.site.end, sentence.end):
        return None
    return spot.cued(Cue.MENTION, waits.start(), spot.site.end)


def tells_there(spot: Spot) -> Cued | None:
    """Where somebody tells what happened elsewhere, or where those are at home who are blamed for it, not struck."""
    start = max(0, spot.site.start - WINDOW)
    before = spot.text.flat[start : spot.site.start]
    words = _TELLS.search(before) or _SOURCE.search(before) or _MEETS.search(before) or _ROAMS.search(before)
    if words and words.re is _ROAMS and _STRUCK.search(spot.text.flat, max(0, start - WINDOW), start + words.start()):
        return None
    return spot.cued(Cue.MENTION, start + words.start(), spot.site.end) if words else None


def lives_there(spot: Spot) -> Cued | None:
    """Where those who flee arrive, the wounded die, or those are at home who came elsewhere; a dam above the floods."""
    start = max(0, spot.site.start - WINDOW)
    before = spot.text.flat[start : spot.site.start]
    words = next((found for one in _COMES_OR_GOES if (found := one.search(before))), None)
    if words is None and _CAME.match(spot.text.flat, spot.site.end):
        words = _HOME_OF.search(before)
    return spot.cued(Cue.MENTION, start + words.start(), spot.site.end) if words else None


def goes_to(spot: Spot) -> Cued | None:
    """Where a journey ends that is told at length ("who were travelling in two lorries to Kobé")."""
    start = max(0, spot.site.start - WINDOW)
    journey = _GOES_TO.search(spot.text.flat[start : spot.site.start])
    return spot.cued(Cue.MENTION, start + journey.start(), spot.site.end) if journey else None


def holds_a_post(spot: Spot) -> Cued | None:
    """Where somebody works to whom something happened elsewhere, as his sentence goes on to say."""
    start = max(0, spot.site.start - WINDOW)
    post = _POST.search(spot.text.flat[start : spot.site.start])
    if post is None or any(spot.hits.has(tag, start + post.start(), spot.site.start) for tag in _HARMED):
        return None
    if not _ELSEWHERE.search(spot.text.flat, spot.site.end, spot.text.sentence_at(spot.site.start).end):
        return None
    return spot.cued(Cue.MENTION, start + post.start(), spot.site.end)


def befell_about(spot: Spot) -> Cued | None:
    """Where something happened, more or less ("interceptés samedi vers Kobé")."""
    start = max(0, spot.site.start - WINDOW)
    befell = _BEFELL.search(spot.text.flat[start : spot.site.start])
    return spot.cued(Cue.NEAR, start + befell.start("by"), spot.site.end) if befell else None


def sends_help(spot: Spot) -> Cued | None:
    """Where help comes from ("the garrison of Kobé sent reinforcements")."""
    if not _SENDS.match(spot.text.flat, spot.site.end):
        return None
    return spot.cued(Cue.MENTION, spot.site.start, spot.site.end + len(" sent"))


def at_a_ceremony(spot: Spot) -> Cued | None:
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


def lies_near(spot: Spot) -> Cued | None:
    """A place by which the one before it lies ("Kobé, a village near Gao")."""
    previous = spot.previous
    if previous is None or previous.cue not in {Cue.AT, Cue.BARE, Cue.NEAR}:
        return None
    hit = cue_before(spot.text.flat, spot.hits, spot.site)
    if hit is None or hit.start <= previous.site.end:
        return None
    if hit.tag == "at" and _COMMUNE.search(spot.text.flat, max(0, hit.start - WINDOW), spot.site.start):
        return spot.cued(Cue.MENTION, hit.start, spot.site.end)
    if hit.tag != "near" and not _OUTSIDE.match(spot.text.flat, hit.start, hit.end):
        return None
    if not _APPOSED.fullmatch(spot.text.flat, previous.site.end, hit.start):
        return None
    return spot.cued(Cue.MENTION, hit.start, spot.site.end)


def bound_for(spot: Spot) -> Cued | None:
    """Where something is bound for ("a Kobé-bound lorry")."""
    if not spot.text.flat.startswith(" bound ", spot.site.end):
        return None
    return spot.cued(Cue.MENTION, spot.site.start, spot.site.end + len("-bound"))


def dateline(spot: Spot) -> Cued | None:
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

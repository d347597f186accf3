"""Which words of the past are only said of how a journey began, or of what came before it?

"The convoy that left Kidal last week hit a mine", "blocked since last month, the lorries have arrived": what such a
sentence tells is new all the same.
"""

import re
from collections.abc import Sequence

from alerts.reading.lexicon import Hit, Hits
from alerts.reading.text import Text

_TRAVELLERS = (
    r"(?:convo[iy]s?|colonnes?|columns?|cars?|bus|buses|coach|coaches|camions?|lorr(?:y|ies)|trucks?|citernes?|tankers?"
    r"|vehicules?|vehicles?|pinasses?|bateaux?|boats?|patrouilles?|patrols?|troupes|troops|peacekeepers|casques bleus"
    r"|soldats|soldiers|passagers|passengers)"
)
_ASIDE = re.compile(
    rf"\b{_TRAVELLERS}(?: [a-z]+){{0,2}},? (?:(?:that|which|who|qui) (?:had |have |has |avaient |avait |ont |etaient "
    r"|etait |a )?(?:just |already |deja |been |ete )?)?(?:left|departed|set out|set off|sailed|stuck|stranded|quitte"
    r"|parti|sorti|bloque|immobilise)e?s?\b[^,.;:()\n]{0,45}"
    r"|\b(?:after (?!the |an? )[a-z]+ing|apres (?:avoir|etre|s etre))\b[^,.;:()\n]{0,50}"
    r"|(?:^|[\n.;] ?)(?:annonce|prevu|bloque|parti|ferme|coupe|suspendu|interrompu|enleve|capture|announced|planned"
    r"|called|closed|blocked|stuck|stranded|delayed|postponed|cut|abducted|kidnapped|captured)e?s?\b[^,.;:()\n]{0,50},"
)
# "said on Monday that four soldiers had been killed": the verb only follows the one of saying.
_REPORTED = re.compile(
    r"\b(?:(?:a|ont) (?:annonce|indique|declare|affirme|confirme|precise|reconnu|admis|fait savoir|rapporte|assure)"
    r"[^.;:()\n]{0,45} (?:que|qu)|(?:said|announced|confirmed|acknowledged|admitted|reported|stated)"
    r"[^.;:()\n]{0,40}? that)\b[^.;:()\n]{0,70}"
)
_PLUPERFECT = re.compile(r"(?:avait|avaient) (?!deja)|had (?!already|earlier)")
# "where it was attacked the day before", of a sentence that has named the day
_EVE = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b[^.;:()\n]{0,110}(?<!,) (?P<eve>the day before)(?=[.,;:)\n]|$)"
)
_PAST = ("background", "earlier")


def without_asides(text: Text, hits: Hits) -> Hits:
    """`hits`, words of the past left out where they only say when a journey or a wait began."""
    past = {tag: found for tag in _PAST if (found := hits.of(tag))}
    if not past:
        return hits
    asides = [match.span() for match in _ASIDE.finditer(text.flat)]
    asides += [match.span("eve") for match in _EVE.finditer(text.flat)]
    said = [match.span() for match in _REPORTED.finditer(text.flat)]
    if not asides and not said:
        return hits
    return hits.replaced(
        {
            tag: [hit for hit in found if not _is_within(hit, asides) and not _is_reported(text, hit, said)]
            for tag, found in past.items()
        }
    )


def _is_within(hit: Hit, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= hit.start < end for start, end in spans)


def _is_reported(text: Text, hit: Hit, said: Sequence[tuple[int, int]]) -> bool:
    return _is_within(hit, said) and _PLUPERFECT.match(text.flat, hit.start) is not None

"""Which words of the past are only said of how a journey began, or of what came before it?

"The convoy that left Kidal last week hit a mine", "blocked since last month, the lorries have arrived": what such a
sentence tells is new all the same.
"""

import re

from alerts.reading.lexicon import Hits
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
_PAST = ("background", "earlier")


def without_asides(text: Text, hits: Hits) -> Hits:
    """`hits`, words of the past left out where they only say when a journey or a wait began."""
    past = {tag: found for tag in _PAST if (found := hits.of(tag))}
    if not past:
        return hits
    asides = [match.span() for match in _ASIDE.finditer(text.flat)]
    kept = {
        tag: [hit for hit in found if not any(start <= hit.start < end for start, end in asides)]
        for tag, found in past.items()
    }
    return hits.replaced(kept) if asides else hits

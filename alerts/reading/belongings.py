"""Was it people who were taken away, or a vehicle or a herd? French has one word, "enlevé", for both."""

import re

from alerts.reading.lexicon import Hits
from alerts.reading.text import Text

_THING = (
    r"(?:vehicules?|voitures?|motos?|camions?|camionnettes?|pick ups?|4x4|ambulances?|tricycles?|tracteurs?|citernes?"
    r"|betail|b(?:o|oe)ufs?|vaches?|moutons?|chevres?|animaux|troupeaux?|chameaux|dromadaires?|tetes de betail)\b"
)
# "un véhicule d'une ONG a été enlevé", but not "les passagers d'un véhicule ont été enlevés".
_BEFORE = re.compile(
    rf"(?P<of>\b(?:d|de|du|des|a|en|par) (?:un |une |deux |trois |la |le |l |leur )?)?{_THING}(?P<rest>[^,;:.]*)$"
)
_AFTER = re.compile(
    rf"(?:ement?s?(?: d| de| du| des)?)?(?: (?:un|une|le|la|l|les|leurs?|son|deux|trois|plusieurs|\d+))* {_THING}"
)
_PEOPLE = re.compile(
    r"\b(?:passagers?|chauffeurs?|conducteurs?|occupants?|hommes?|femmes?|personnes?|agents?|voyageurs?|civils?|eleveurs?|bergers?)\b"
)
_REACH = 70


def without_belongings(text: Text, hits: Hits) -> Hits:
    """`hits`, those for a kidnapping left out where what is "enlevé" is a vehicle or a herd."""
    words = hits.of("kidnap")
    taken = [hit for hit in words if text.flat.startswith("enl", hit.start)]
    things = [hit for hit in taken if _is_of_a_thing(text.flat, hit.start, hit.end)]
    return hits.replaced({"kidnap": [hit for hit in words if hit not in things]}) if things else hits


def _is_of_a_thing(flat: str, start: int, end: int) -> bool:
    if _AFTER.match(flat, start + len("enlev")) or _AFTER.match(flat, end):
        return True
    before = _BEFORE.search(flat[max(0, start - _REACH) : start])
    return before is not None and before.group("of") is None and not _PEOPLE.search(before.group("rest"))

"""Was it people who were taken away, or a vehicle or a herd? "Enlevé", "seized" and "snatched" are said of both."""

import re

from alerts.reading.lexicon import Hits
from alerts.reading.text import Text

_TAKEN = ("enl", "seized", "taken", "snatch", "took away", "carried off")
_THING = (
    r"(?:vehicules?|voitures?|motos?|camions?|camionnettes?|pick ups?|4x4s?|ambulances?|tricycles?|tracteurs?|citernes?"
    r"|betail|b(?:o|oe)ufs?|vaches?|moutons?|chevres?|animaux|troupeaux?|chameaux|dromadaires?|tetes de betail"
    r"|vehicles?|cars?|trucks?|lorr(?:y|ies)|motorbikes?|motorcycles?|pickups?|tractors?|tankers?|land cruisers?"
    r"|cattle|livestock|cows|sheep|goats|herds?|camels?|oxen|animals)\b"
)
_ARTICLE = r"(?:une?|l[ea]?|les|leurs?|son|deux|trois|plusieurs|an?|the|their|two|three|several|\d+)"
# "un véhicule d'une ONG a été enlevé", but not "les passagers d'un véhicule ont été enlevés".
_BEFORE = re.compile(rf"(?P<of>\b(?:d|de|du|des|en|par|of|from|in|with) (?:{_ARTICLE} )?)?{_THING}(?P<rest>[^,;:.]*)$")
_AFTER = re.compile(rf"(?:ement?s?(?: d| de| du| des)?)?(?: {_ARTICLE})* {_THING}")
_PEOPLE = re.compile(
    r"\b(?:passagers?|chauffeurs?|conducteurs?|occupants?|hommes?|femmes?|personnes?|agents?|voyageurs?|civils?|eleveurs?|bergers?"
    r"|passengers?|drivers?|people|men|women|traders?|civilians?|herders?|staff|workers?)\b"
)
_REACH = 70
_STEM = len("enlev")


def without_belongings(text: Text, hits: Hits) -> Hits:
    """`hits`, those for a kidnapping left out where what is taken is a vehicle or a herd."""
    words = hits.of("kidnap")
    taken = [hit for hit in words if text.flat.startswith(_TAKEN, hit.start)]
    things = [hit for hit in taken if _is_of_a_thing(text.flat, hit.start, hit.end)]
    return hits.replaced({"kidnap": [hit for hit in words if hit not in things]}) if things else hits


def _is_of_a_thing(flat: str, start: int, end: int) -> bool:
    if _AFTER.match(flat, start + _STEM) or _AFTER.match(flat, end):
        return True
    before = _BEFORE.search(flat[max(0, start - _REACH) : start])
    return before is not None and before.group("of") is None and not _PEOPLE.search(before.group("rest"))

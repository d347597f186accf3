"""Was it people who were taken away, or a vehicle or a herd? "Enlevé", "seized" and "snatched" are said of both."""

import re

from alerts.reading.lexicon import Hit, Hits
from alerts.reading.text import Text

_TAKEN = ("enl", "emmen", "retenu", "seized", "taken", "snatch", "took away", "carried off")
_THING = (
    r"(?:vehicules?|voitures?|motos?|camions?|camionnettes?|pick ups?|4x4s?|ambulances?|tricycles?|tracteurs?|citernes?"
    r"|cars?|bus|minibus"
    r"|betail|b(?:o|oe)ufs?|vaches?|moutons?|chevres?|animaux|troupeaux?|chameaux|dromadaires?|tetes de betail"
    r"|vehicles?|trucks?|lorr(?:y|ies)|motorbikes?|motorcycles?|pickups?|tractors?|tankers?|land cruisers?"
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
    """`hits`, those for people led away left out where what is taken is a vehicle or a herd."""
    left = {tag: [hit for hit in hits.of(tag) if not _takes_a_thing(text.flat, hit)] for tag in ("kidnap", "led_away")}
    return hits.replaced({tag: kept for tag, kept in left.items() if len(kept) < len(hits.of(tag))})


def _takes_a_thing(flat: str, hit: Hit) -> bool:
    return flat.startswith(_TAKEN, hit.start) and _is_of_a_thing(flat, hit.start, hit.end)


def _is_of_a_thing(flat: str, start: int, end: int) -> bool:
    if _AFTER.match(flat, start + _STEM) or _AFTER.match(flat, end):
        return True
    before = _BEFORE.search(flat[max(0, start - _REACH) : start])
    return before is not None and before.group("of") is None and not _PEOPLE.search(before.group("rest"))

"""Is every other name of a place another name of that place, and not of the commune around it or of a neighbour?

Gazetteers list a commune's name under its seat. Text that names the commune would then be told as news of the seat.
"""

import re
import unicodedata
from difflib import SequenceMatcher

import pytest

from alerts.geography.atlas import Atlas
from alerts.geography.model import AreaKind

# Names unlike the place's own that are its own all the same: bynames, old names, another tongue's spelling.
KNOWN = {
    "bentia": {"Koukiya", "Kukiya", "Kukyia"},
    "bossofala": {"Négébobougou"},
    "bourra": {"Tassiga C Boura"},
    "gao": {"Cité des Askia"},
    "gourma-rharous": {"Ararusi"},
    "kignan": {"Quiniam"},
    "mopti": {"Venise malienne"},
    "pogo-niono": {"Npogo"},
    "same-ouolof": {"Goui Samié"},
    "segou": {"Cité des Balanzans"},
    "tombouctou": {"la Cité des 333 saints"},
}
_MANDE = str.maketrans({"ɛ": "e", "ɔ": "o", "ɲ": "n", "ŋ": "n", "c": "k"})


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).translate(_MANDE)


def _words(name: str) -> set[str]:
    return {word for word in re.findall(r"\w+", _plain(name)) if len(word) > 2}


def _alike(one: str, other: str) -> bool:
    one_plain, other_plain = _plain(one), _plain(other)
    likeness = SequenceMatcher(None, one_plain, other_plain).ratio()
    if _words(one) & _words(other) or likeness >= 0.5:
        return True
    return one_plain[0] == other_plain[0] and likeness >= 0.25


def _strange(name: str, others: tuple[str, ...]) -> set[str]:
    """Of `others`, those that are like neither `name` nor a longer form of it."""
    like = [other for other in others if _alike(other, name)]
    return {other for other in others if other not in like and not any(_words(other) & _words(one) for one in like)}


def test_another_name_is_like_the_name_or_known_to_be_the_places_own(atlas: Atlas):
    strange = {place.id: _strange(place.name, place.alternate_names) for place in atlas.places.values()}
    assert {place_id: names for place_id, names in strange.items() if names} == KNOWN


@pytest.mark.parametrize(
    ("commune", "seat"),
    [
        pytest.param("Koulou", "balia", id="a short name that towns begin with"),
        pytest.param("Salam", "agouni", id="a commune as large as a country"),
        pytest.param("Lowol Gueou", "kargue", id="two words"),
        pytest.param("Tedie", "tongo-tongo", id="a seat told by its own name only"),
    ],
)
def test_a_communes_name_is_not_its_seat(atlas: Atlas, commune: str, seat: str):
    resolved = atlas.resolve(commune)
    assert resolved.kind is not AreaKind.PLACE
    assert resolved.area is None
    assert seat in atlas.places

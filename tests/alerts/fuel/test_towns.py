"""Does each town get what is said of its own pumps, and of no other's?"""

from collections.abc import Mapping

import pytest

from alerts.fuel.model import Availability, Product
from alerts.fuel.reading import availabilities
from alerts.fuel.towns import told_of
from alerts.incidents.words import fold

OUT, LIMITED, AVAILABLE = Availability.OUT, Availability.LIMITED, Availability.AVAILABLE
PETROL, DIESEL = Product.PETROL, Product.DIESEL
BOTH_OUT = {PETROL: OUT, DIESEL: OUT}
NAMES = {
    "bamako": "Bamako",
    "kayes": "Kayes",
    "mopti": "Mopti",
    "nioro-du-sahel": "Nioro du Sahel",
    "san": "San",
    "segou": "Ségou",
    "tombouctou": "Tombouctou",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Bamako : le gasoil est disponible ce matin, un convoi est parti de Kayes",
            {"bamako": {DIESEL: AVAILABLE}, "kayes": {}},
        ),
        (
            "Le gasoil est disponible à Bamako, 40 citernes sont bloquées à Kayes",
            {"bamako": {DIESEL: AVAILABLE}, "kayes": {}},
        ),
        (
            "L'essence est disponible à Bamako mais le gasoil manque à Kayes",
            {"bamako": {PETROL: AVAILABLE}, "kayes": {DIESEL: OUT}},
        ),
        (
            "À Bamako, l'essence est disponible, à Kayes, l'essence manque",
            {"bamako": {PETROL: AVAILABLE}, "kayes": {PETROL: OUT}},
        ),
        (
            "Fuel is back on sale in Bamako after lorries left Kayes",
            {"bamako": dict.fromkeys(BOTH_OUT, AVAILABLE), "kayes": {}},
        ),
        (
            "Diesel available in Bamako while Kayes is out of petrol",
            {"bamako": {DIESEL: AVAILABLE}, "kayes": {PETROL: OUT}},
        ),
        ("Pénurie à Ségou, Mopti et San. Les stations sont à sec", dict.fromkeys(("segou", "mopti", "san"), BOTH_OUT)),
        ("Kayes et Nioro étouffent. Les stations sont à sec.", dict.fromkeys(("kayes", "nioro-du-sahel"), BOTH_OUT)),
        ("Les stations sont à sec, a-t-on constaté à Ségou et à Mopti", dict.fromkeys(("segou", "mopti"), BOTH_OUT)),
        ("Les stations sont à sec. Partout, à Ségou et Mopti", dict.fromkeys(("segou", "mopti"), BOTH_OUT)),
        ("Stations dry in Timbuktu and Mopti", dict.fromkeys(("tombouctou", "mopti"), BOTH_OUT)),
    ],
)
def test_a_town_gets_its_own_words(text: str, expected: Mapping[str, Mapping[Product, Availability]]):
    told = told_of(fold(text), {town: NAMES[town] for town in expected})

    assert {town: availabilities(words) for town, words in told.items()} == expected


def test_one_town_alone_gets_the_whole_text():
    assert told_of("plus de gasoil", {"kayes": "Kayes"}) == {"kayes": "plus de gasoil"}

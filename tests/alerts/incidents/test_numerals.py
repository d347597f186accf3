"""Are the numbers kept that may tell one event from another, and no others?"""

import pytest

from alerts.incidents.numerals import numbers_in


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Six camionneurs enlevés avec quinze citernes", "fr", (6, 15)),
        ("Six drivers were taken with 15 tankers", "en", (6, 15)),
        ("Le gasoil à 940 FCFA, le super à 875", "fr", (875, 940)),
        ("Le 7 février 2025, à 30 km de Gao, vers 14 h 30", "fr", ()),
        ("On February 7, 2025, some thirty kilometres from Gao, at 2 p.m.", "en", ()),
        ("Une trentaine de kilomètres plus loin, une vingtaine de camions", "fr", (20,)),
        ("Sur la RN15 et la nationale 24, depuis 45 jours", "fr", ()),
        ("Deux morts, trois blessés", "fr", ()),
    ],
)
def test_numbers_count_something(text: str, language: str, expected: tuple[int, ...]):
    assert numbers_in(text, language) == expected

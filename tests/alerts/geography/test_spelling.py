"""Which spellings are one name."""

import pytest

from alerts.geography.distances import between, to_stretch
from alerts.geography.spelling import fold, key, sound, visible


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nioro du Sahel", "NIORO-DU-SAHEL"),
        ("Nioro du Sahel", "nioro sahel"),
        ("Ségou", "Se\u0301gou"),
        ("N'Débougou", "N’Debougou"),
        ("Kulikɔrɔ", "Kulikoro"),
        ("Ɲafunke", "Nyafunke"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str):
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), [("Niono", "Nioro"), ("Kita", "Kati"), ("Diéma", "Diéna")])
def test_names_that_look_alike_do_not(one: str, other: str):
    assert key(one) != key(other)
    assert sound(key(one)) != sound(key(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Koutiala", "Kutiala"),
        ("Sikasso", "Sikaso"),
        ("Djenné", "Jene"),
        ("Conakry", "Konakri"),
        ("Wabaria", "Ouabaria"),
    ],
)
def test_names_that_sound_alike_share_a_sound(one: str, other: str):
    assert sound(key(one)) == sound(key(other))


def test_what_cannot_be_seen_is_not_there():
    assert visible("Ka\u200byes\u202e \x00Ba\tma\u2066ko") == "Kayes Ba mako"


def test_a_name_of_small_words_alone_keeps_them():
    assert key("de la") == "dela"


def test_only_letters_and_digits_are_compared():
    assert fold("  L'Œuvre—n°1 🚚 ") == "l œuvre n 1"


def test_distances_are_those_of_the_globe():
    assert between((14.45, -11.43), (12.65, -8.0)) == pytest.approx(421, abs=3)


@pytest.mark.parametrize(
    ("point", "km"),
    [
        pytest.param((14.1, -9.5), 11.1, id="beside"),
        pytest.param((14.0, -9.5), 0, id="on-it"),
        pytest.param((14.0, -10.1), 10.8, id="beyond-an-end"),
    ],
)
def test_a_stretch_is_near_where_it_is_nearest(point: tuple[float, float], km: float):
    assert to_stretch(point, ((14.0, -10.0), (14.0, -9.0))) == pytest.approx(km, abs=0.2)


def test_a_stretch_may_be_one_point():
    assert to_stretch((14.0, -10.0), ((14.1, -10.0), (14.1, -10.0))) == pytest.approx(11.1, abs=0.1)

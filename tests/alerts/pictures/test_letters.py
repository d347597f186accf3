"""Does the font hold what is written, and do lines stay within their room?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.pictures.letters import BOUND, font_files, letters, width, wrap
from alerts.wording.catalogue import FOLDER, LOCALES
from tests.alerts.wording.facts import atlas

DRAWN = ("messages.po", "pictures.po")
SIGNS = set("⛽🔴🟠⚪🔵«»\n")  # of messages only


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("domain", DRAWN)
def test_every_letter_a_language_writes_is_in_the_font(language: str, domain: str):
    text = (FOLDER / language / domain).read_text(encoding="utf-8")
    assert set(text) - SIGNS - set(letters()) == set()


def test_every_name_of_a_place_can_be_written():
    assert set("".join(place.name for place in atlas().places.values())) - set(letters()) == set()


@pytest.mark.parametrize("letter", "ɛɔɲŋƐƆƝŊéèàçœÉ–·→…’")
def test_letters_of_french_and_bambara(letter: str):
    assert letter in letters()


def test_the_fonts_and_their_licence_are_there():
    for path in font_files():
        with open(path, "rb") as file:  # noqa: PTH123 - as the renderer opens it
            assert file.read(4) == b"\x00\x01\x00\x00"


def test_bold_is_wider_and_size_scales():
    assert width("Bamako", size=10, bold=True) > width("Bamako", size=10)
    assert width("Bamako", size=20) == pytest.approx(2 * width("Bamako", size=10))


@given(st.text(max_size=120), st.floats(min_value=20, max_value=300))
def test_no_line_is_wider_than_its_room(text: str, room: float):
    for line in wrap(text, room=room, size=13):
        assert width(line, size=13) <= room


@given(st.lists(st.sampled_from(["route", "coupée", "pas", "d'info"]), min_size=1, max_size=12))
def test_no_word_is_lost(words: list[str]):
    assert " ".join(wrap(" ".join(words), room=80, size=13)) == " ".join(words)


def test_a_colon_stays_with_its_word():
    assert wrap("passage : coupé", room=width("passage :", size=13), size=13) == [f"passage{BOUND}:", "coupé"]


def test_a_word_that_is_wider_than_its_room_is_cut():
    assert wrap("Diangounté-Camara", room=60, size=13)[0].endswith("…")

"""Does every status read without colour, and is nothing green?"""

from itertools import combinations

import pytest

from alerts.incidents.outlook import RoadStatus
from alerts.pictures import svg
from alerts.pictures.patterns import ALARM, GRAVEST_FIRST, LOOKS, WORD, mark, middle, stretch

COLOURS = sorted({*(look.colour for look in LOOKS.values()), ALARM, WORD, svg.INK, svg.FAINT, svg.PAPER})


def channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def contrast(colour: str, other: str) -> float:
    """WCAG's contrast of two colours."""

    def light(shade: str) -> float:
        linear = [
            (part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4) for part in channels(shade)
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((light(colour), light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_every_status_has_a_look():
    assert set(LOOKS) == set(RoadStatus) == set(GRAVEST_FIRST)


@pytest.mark.parametrize(("one", "other"), list(combinations(RoadStatus, 2)))
def test_two_statuses_differ_in_black_and_white(one: RoadStatus, other: RoadStatus):
    line = ((0.0, 0.0), (0.0, 100.0))
    first, second = (
        [shape.replace(LOOKS[status].colour, "#000") for shape in stretch(line, status, width=10)]
        for status in (one, other)
    )
    assert first != second
    assert (LOOKS[one].dashes, LOOKS[one].crosses > 0) != (LOOKS[other].dashes, LOOKS[other].crosses > 0)


@pytest.mark.parametrize("colour", COLOURS)
def test_no_colour_is_green(colour: str):
    red, green, blue = channels(colour)
    assert green <= max(red, blue) + 2


@pytest.mark.parametrize("colour", [colour for colour in COLOURS if colour != svg.PAPER])
def test_words_in_every_colour_stand_out_from_the_paper(colour: str):
    assert contrast(colour, svg.PAPER) >= 4.5


@pytest.mark.parametrize("length", [12, 40, 400])
def test_a_closed_stretch_is_crossed_however_short(length: int):
    shapes = stretch(((0, 0), (0, length)), RoadStatus.CLOSED, width=10)

    assert len(shapes) >= 1 + 2 * 2


def test_the_middle_is_halfway_along():
    assert middle(((0, 0), (10, 0), (10, 30))) == (10, 10)
    assert middle(((5, 5),)) == (5, 5)


def test_a_mark_says_what_it_is_without_colour():
    assert ">!<" in "".join(mark((0, 0), alarms=True))
    assert ">i<" in "".join(mark((0, 0), alarms=False))
    assert ">3<" in "".join(mark((0, 0), alarms=True, label="3"))

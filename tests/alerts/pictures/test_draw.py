"""Is a picture light, wide enough for a phone, and free of green?"""

import pytest

from alerts.incidents.outlook import Outlook
from alerts.pictures.draw import HEAVIEST, PIXELS, PictureKind, draw, draw_svg, png
from alerts.pictures.sheet import WIDTH
from tests.alerts.pictures import pixels
from tests.alerts.pictures.scenes import long_way, route, troubled
from tests.alerts.wording.facts import NOW, atlas, voices

OUTLOOKS = [
    pytest.param(troubled(), id="every-status"),
    pytest.param(long_way(), id="a-long-way"),
    pytest.param(route("bamako", "kati"), id="a-short-way"),
]


@pytest.mark.parametrize("kind", PictureKind)
@pytest.mark.parametrize("language", ["fr", "bm"])
@pytest.mark.parametrize("outlook", OUTLOOKS)
def test_a_picture_is_light_and_sharp(outlook: Outlook, language: str, kind: PictureKind):
    drawn = draw(outlook, atlas=atlas(), voice=voices()[language], now=NOW, kind=kind)

    assert len(drawn) <= HEAVIEST
    assert pixels.size(drawn)[0] in PIXELS
    assert pixels.size(drawn)[0] >= 480


@pytest.mark.parametrize("kind", PictureKind)
@pytest.mark.parametrize("outlook", OUTLOOKS)
def test_nothing_green_is_shown_and_nothing_runs_off_the_paper(outlook: Outlook, kind: PictureKind):
    picture = draw_svg(outlook, atlas=atlas(), voice=voices()["fr"], now=NOW, kind=kind)
    rows = pixels.rows(png(picture, pixels=WIDTH // 2))
    colours = {colour for row in rows for colour in row}
    margins = {row[x] for row in rows[2:-2] for x in (2, 3, -4, -3)}

    assert not [(red, green, blue) for red, green, blue in colours if green > max(red, blue) + 4]
    assert len(margins) == 1, "only paper in the margins"


def test_letters_are_drawn():
    """The font is found: without it, all but the shapes would be missing."""
    one, other = (
        png(draw_svg(route(*ends), atlas=atlas(), voice=voices()["fr"], now=NOW, kind=PictureKind.STRIP))
        for ends in (("bamako", "kati"), ("kati", "bamako"))
    )
    assert one != other


def test_the_same_question_at_the_same_time_gives_the_same_picture():
    one, other = (
        draw(troubled(), atlas=atlas(), voice=voices()["fr"], now=NOW, kind=PictureKind.STRIP) for _ in range(2)
    )
    assert one == other

"""Does a strip map show each stop, each stretch and its status, in order?"""

import re
from html import unescape

import pytest

from alerts.pictures.letters import BOUND
from alerts.pictures.patterns import LOOKS
from alerts.pictures.sheet import SMALL, WIDTH
from tests.alerts.pictures.scenes import long_way, route, svg, told, troubled
from tests.alerts.wording.facts import NOW, atlas

SPOKEN = re.compile(r'<text x="([\d.]+)" y="([\d.]+)" [^>]*font-size="([\d.]+)"[^>]*>([^<]*)</text>')


def said(picture: str) -> list[str]:
    """What is written, from top to bottom."""
    lines = sorted(SPOKEN.findall(picture), key=lambda line: (float(line[1]), float(line[0])))
    return [unescape(text).replace(BOUND, " ") for *_, text in lines]


def test_stops_run_from_top_to_bottom():
    outlook = long_way()
    heights = {text: float(y) for _, y, _, text in SPOKEN.findall(svg(outlook))}
    stops = [atlas().place_name(stop) for stop in outlook.ways[0].way.stops]

    assert stops == sorted(stops, key=lambda stop: heights[stop])


def test_each_status_is_said_and_drawn():
    picture = svg(troubled())

    for status in {leg.status for leg in troubled().ways[0].legs}:
        assert f'stroke="{LOOKS[status].colour}"' in picture
    words = " ".join(said(picture))
    for word in ("route coupée", "difficile", "pas d'info récente", "passage signalé"):
        assert word in words


def test_it_opens_with_its_date_and_ends_with_what_must_be_said():
    spoken = said(svg(troubled()))
    tail = " ".join(spoken[-4:])

    assert f"Image du {NOW:%d/%m/%Y %H:%M}" in spoken
    assert "Sources lues il y a 12 min" in spoken
    assert tail.endswith("Sans signalement ne veut pas dire sans danger. Pas un conseil : vérifiez avec vos contacts.")


@pytest.mark.parametrize("language", ["fr", "en", "bm"])
def test_no_word_is_too_small_or_outside_the_paper(language: str):
    for x, y, size, text in SPOKEN.findall(svg(long_way(), language=language)):
        assert float(size) >= min(SMALL, 13)
        assert 0 < float(x) < WIDTH, text
        assert float(y) > 0, text


def test_no_coordinate_of_any_place_is_written():
    picture = svg(troubled())
    for place in troubled().ways[0].way.stops:
        known = atlas().places[place]
        assert f"{known.latitude}" not in picture
        assert f"{known.longitude}" not in picture


def test_a_way_unknown_here_still_says_what_must_be_said():
    picture = svg(route("kayes", "intahaka"))
    spoken = " ".join(said(picture))

    assert told(route("kayes", "intahaka")).ways == ()
    assert "trajet inconnu ici" in spoken
    assert "Sans signalement ne veut pas dire sans danger." in spoken

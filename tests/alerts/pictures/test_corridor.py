"""Does the map show every way alike, its stops by name, and its marks by number?"""

import re

import pytest

from alerts.pictures.corridor import MARKS_TOLD
from alerts.pictures.draw import PictureKind
from alerts.pictures.ground import sketch
from alerts.reading.model import EventType
from tests.alerts.pictures.scenes import happened, leg, long_way, route, svg, town, troubled
from tests.alerts.pictures.test_strip import said
from tests.alerts.wording.facts import atlas


def names(picture: str) -> set[str]:
    return set(said(picture))


@pytest.mark.parametrize(
    ("start", "end"), [("kayes", "bamako"), ("kidal", "bamako"), ("bamako", "kati"), ("gao", "sikasso")]
)
def test_every_stop_of_the_first_way_has_its_name(start: str, end: str):
    outlook = route(start, end)

    assert {atlas().place_name(stop) for stop in outlook.ways[0].way.stops} <= names(svg(outlook, PictureKind.MAP))


def test_the_legend_names_each_status_that_is_drawn():
    spoken = names(svg(troubled(), PictureKind.MAP))

    assert {"route coupée", "difficile", "pas d'info récente", "passage signalé"} <= spoken
    assert "route coupée" not in names(svg(route("kayes", "bamako"), PictureKind.MAP))


def test_each_mark_has_a_number_that_is_told_below():
    incidents = [happened(2, EventType.IED, leg("kayes", "sandare")), happened(3, EventType.TOWN_ATTACK, town("diema"))]
    picture = svg(route("kayes", "bamako", *incidents), PictureKind.MAP)
    spoken = said(picture)

    assert spoken.count("1") == spoken.count("2") == 2
    assert spoken.index("Kayes–Sandaré") < spoken.index("Engin explosif · probable, presse · 2 h")


def test_what_two_ways_share_has_one_number():
    picture = svg(long_way(), PictureKind.MAP)

    assert len(re.findall(r"Engin explosif", picture)) == 1


def test_what_lies_on_two_stretches_is_told_once_for_both():
    spoken = said(svg(route("kidal", "bamako", happened(2, EventType.IED, leg("sevare", "gao"))), PictureKind.MAP))

    assert [line for line in spoken if line.startswith("Gao–Douentza, Douentza–Sévaré")]
    assert len([line for line in spoken if line.startswith("Engin explosif")]) == 1


def test_more_marks_than_fit_are_counted_and_have_no_number():
    towns = long_way().ways[0].way.stops
    incidents = [happened(2, EventType.TOWN_ATTACK, town(stop), id=stop) for stop in towns]
    spoken = names(svg(route("kidal", "bamako", *incidents), PictureKind.MAP))

    assert f"et {len(towns) - MARKS_TOLD} autres" in spoken
    assert {one for one in spoken if one.isdecimal()} == {f"{number}" for number in range(1, MARKS_TOLD + 1)}
    assert "!" in spoken


def test_it_says_that_it_is_a_sketch_and_no_advice():
    spoken = " ".join(said(svg(troubled(), PictureKind.MAP)))

    assert "Schéma simplifié, sans échelle." in spoken
    assert spoken.endswith("Pas un conseil : vérifiez avec vos contacts.")


def test_north_is_up_and_east_is_right():
    places = [atlas().places[stop] for stop in ("kidal", "kayes", "sikasso")]
    ground = sketch(places, left=0, top=0, width=300, tallest=400, lowest=50)
    kidal, kayes, sikasso = (ground.points[place.id] for place in places)

    assert kidal[1] < kayes[1] < sikasso[1]
    assert kayes[0] < sikasso[0] < kidal[0]
    assert all(0 <= x <= 300 and 0 <= y <= ground.height + 1 for x, y in ground.points.values())


def test_a_place_without_a_point_is_left_out():
    unknown = atlas().places["intahaka"]

    assert unknown.latitude is None
    assert sketch([unknown], left=0, top=0, width=300, tallest=400, lowest=50).points == {}
    assert svg(route("kayes", "intahaka"), PictureKind.MAP).endswith("</svg>")

"""Where a report's place is, and what it is called."""

import pytest

from alerts.geography.atlas import Atlas
from alerts.geography.model import Area, AreaKind, Heading, Location, Precision


def test_a_leg_brings_its_road_and_both_divisions(atlas: Atlas):
    location = atlas.locate(leg=("sandare", "diema"))
    assert location.roads == ("RN1",)
    assert {"region-nioro", "cercle-diema", "former-kayes"} <= set(location.regions)
    assert location.precision is Precision.NEAR


def test_a_leg_of_two_numbers_has_the_official_one_first(atlas: Atlas):
    assert atlas.locate(leg=("didieni", "diema")).roads == ("RN3", "RN1")


def test_the_number_a_report_uses_comes_first(atlas: Atlas):
    assert atlas.locate(leg=("didieni", "diema"), roads=["RN1"]).roads == ("RN1", "RN3")


def test_a_town_lies_on_every_road_through_it(atlas: Atlas):
    location = atlas.locate(places=["kayes"])
    assert set(location.roads) == {"RN1", "RN21", "RN22"}
    assert location.precision is Precision.TOWN


def test_two_towns_lie_on_the_roads_they_share(atlas: Atlas):
    assert atlas.locate(places=["bandiagara", "bankass"]).roads == ("RN15",)
    assert atlas.locate(places=["kayes", "gao"]).roads == ()


def test_a_leg_is_given_no_road_that_only_one_of_its_ends_lies_on(atlas: Atlas):
    location = atlas.locate(places=["gao"], leg=("gao", "ansongo"))
    assert location.roads == ()
    assert atlas.heading(location).name == "Gao–Ansongo"
    assert atlas.locate(places=["kayes", "bamako"], leg=("kayes", "bamako")).roads == ("RN1", "RN3")


def test_a_leg_keeps_the_road_that_a_report_names_and_the_one_all_its_towns_lie_on(atlas: Atlas):
    assert atlas.locate(places=["gao"], leg=("gao", "ansongo"), roads=["RN16"]).roads == ("RN16",)
    assert atlas.locate(places=["bandiagara"], leg=("bandiagara", "sevare")).roads == ("RN15",)


def test_a_road_or_a_region_alone_is_no_finer_than_a_region(atlas: Atlas):
    assert atlas.locate(roads=["RN6"]).precision is Precision.REGION
    assert atlas.locate(regions=["region-kayes"]).precision is Precision.REGION


def test_a_report_without_any_place_is_nowhere(atlas: Atlas):
    assert atlas.locate() == Location(precision=Precision.UNKNOWN)


def test_what_the_atlas_does_not_know_is_left_out(atlas: Atlas):
    location = atlas.locate(places=["atlantis"], leg=("kayes", "atlantis"), roads=["RN17"], regions=["region-mars"])
    assert location == Location(precision=Precision.UNKNOWN)


@pytest.mark.parametrize(
    ("location", "heading"),
    [
        pytest.param(
            {"leg": ("sandare", "diema")},
            Heading(road="RN1", start="Sandaré", end="Diéma", name="RN1 · Sandaré–Diéma"),
            id="leg",
        ),
        pytest.param(
            {"leg": ("diangounte-camara", "diema")},
            Heading(road="RN1", start="Diangounté Camara", end="Diéma", name="RN1 · Diangounté Camara–Diéma"),
            id="the-ends-the-report-names",
        ),
        pytest.param(
            {"leg": ("gao", "ansongo")},
            Heading(road=None, start="Gao", end="Ansongo", name="Gao–Ansongo"),
            id="leg-of-a-road-without-number",
        ),
        pytest.param(
            {"places": ["zambougou"]},
            Heading(road="RN6", start="Zambougou", end=None, name="RN6 · Zambougou"),
            id="village-on-one-road",
        ),
        pytest.param(
            {"places": ["kayes"]}, Heading(road=None, start="Kayes", end=None, name="Kayes"), id="town-on-many-roads"
        ),
        pytest.param({"roads": ["RN24"]}, Heading(road="RN24", start=None, end=None, name="RN24"), id="road-alone"),
        pytest.param(
            {"regions": ["region-kayes"]}, Heading(road=None, start=None, end=None, name="Kayes"), id="region-alone"
        ),
        pytest.param({}, Heading(road=None, start=None, end=None, name=""), id="nothing"),
    ],
)
def test_a_location_opens_a_message_as_drivers_say_it(atlas: Atlas, location: dict[str, list[str]], heading: Heading):
    assert atlas.heading(atlas.locate(**location)) == heading


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("road:RN1", "RN1"),
        ("place:kayes:50", "Kayes"),
        ("corridor:dkr-bko-n", "Corridor Dakar–Bamako nord"),
        ("region:region-nioro", "Nioro"),
        ("route:kayes/bamako", "Kayes → Bamako"),
        ("road:u-gao-menaka", "Gao – Djebock – Talataye – Ménaka"),
        ("place:gone:50", "gone"),
        ("corridor:gone", "gone"),
        ("region:gone", "gone"),
    ],
)
def test_an_area_is_said_by_name_even_if_it_is_gone(atlas: Atlas, key: str, name: str):
    assert atlas.name(Area.parse(key)) == name


def test_legs_of_a_stretch_are_the_graph_legs_between_its_ends(atlas: Atlas):
    assert atlas.legs_of(atlas.locate(leg=("diangounte-camara", "diema"))) == {
        ("debo-massassi", "diangounte-camara"),
        ("debo-massassi", "diema"),
    }


def test_legs_of_a_stretch_follow_the_road_the_report_names(atlas: Atlas):
    by_road = atlas.legs_of(atlas.locate(leg=("kayes", "bamako"), roads=["RN1"]))
    assert ("debo-massassi", "diema") in by_road


def test_legs_of_a_town_meet_in_it(atlas: Atlas):
    legs = atlas.legs_of(atlas.locate(places=["diema"]))
    assert legs
    assert all("diema" in leg for leg in legs)


def test_legs_of_a_village_off_the_graph_run_past_it(atlas: Atlas):
    legs = atlas.legs_of(atlas.locate(places=["kalaban-koro"]))
    assert legs


def test_legs_of_a_road_within_a_region_stay_there(atlas: Atlas):
    legs = atlas.legs_of(atlas.locate(roads=["RN6"], regions=["region-segou"]))
    within = set(atlas.regions["region-segou"].places)
    assert legs
    assert all(set(leg) <= within for leg in legs)


def test_a_location_without_place_covers_no_leg(atlas: Atlas):
    assert atlas.legs_of(atlas.locate()) == frozenset()


def test_a_region_has_its_own_legs(atlas: Atlas):
    assert ("ambidedi", "diboli") in atlas.legs_of(atlas.locate(regions=["region-kayes"]))


def test_an_area_of_a_road_is_named_by_its_kind(atlas: Atlas):
    assert atlas.name(Area(kind=AreaKind.ROAD, id="RR9")) == "RR9"

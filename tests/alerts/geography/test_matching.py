"""Which followers an event concerns, and how directly."""

from typing import Any

import pytest

from alerts.geography.atlas import Atlas
from alerts.geography.model import Area, Directness

ON, NEAR, WIDE = Directness.ON_IT, Directness.NEAR, Directness.WIDE

SANDARE_DIEMA = {"leg": ("sandare", "diema")}
DIDIENI_DIEMA = {"leg": ("didieni", "diema")}
WHOLE_AXIS = {"leg": ("kayes", "bamako")}
KAYES_REGION = {"regions": ["region-kayes"]}


def held(area: str, event: dict[str, Any], directness: Directness | None, *, id: str) -> Any:  # noqa: A002
    return pytest.param(area, event, directness, id=id)


@pytest.mark.parametrize(
    ("area", "event", "directness"),
    [
        held("road:RN1", SANDARE_DIEMA, ON, id="leg-on-official-rn1"),
        held("road:RN1", DIDIENI_DIEMA, ON, id="leg-on-rn1-of-the-press"),
        held("road:RN1", {"leg": ("diboli", "kayes")}, ON, id="leg-beyond-kayes"),
        held("road:RN3", DIDIENI_DIEMA, ON, id="same-leg-by-the-official-number"),
        held("road:RN3", SANDARE_DIEMA, None, id="leg-of-another-road"),
        held("road:RN1", {"places": ["zambougou"]}, None, id="village-on-another-road"),
        held("road:RN6", {"places": ["zambougou"]}, ON, id="village-on-the-road"),
        held("road:RN6", {"places": ["mopti"]}, ON, id="town-at-the-end"),
        held("road:RN7", {"places": ["kalaban-koro"]}, NEAR, id="place-off-the-graph-beside-the-road"),
        held("road:RN15", {"places": ["mopti"]}, NEAR, id="town-a-few-kilometres-off-the-road"),
        held("road:RN6", {"leg": ("carrefour-de-djenne", "djenne")}, None, id="side-road-that-leads-away"),
        held("road:RN7", {"leg": ("bamako", "segou")}, None, id="legs-that-only-meet-in-bamako"),
        held("road:RN1", {"roads": ["RN1"]}, ON, id="road-alone"),
        held("road:RN6", {"roads": ["RN1"]}, None, id="another-road-alone"),
        held("road:RN1", {"roads": ["RN3"]}, ON, id="road-alone-that-is-mostly-the-same"),
        held("road:RN3", {"roads": ["RN1"]}, WIDE, id="road-alone-that-shares-legs"),
        held("road:RN1", KAYES_REGION, WIDE, id="region-the-road-crosses"),
        held("road:RN7", KAYES_REGION, None, id="region-the-road-does-not-cross"),
        held("road:RN1", WHOLE_AXIS, ON, id="whole-axis"),
        held("road:RN24", WHOLE_AXIS, WIDE, id="axis-that-shares-its-last-leg"),
        held("road:RN24", {"places": ["kati"]}, ON, id="town-where-two-roads-part"),
        held("road:RN1", {}, None, id="nowhere"),
    ],
)
def test_a_followed_road_holds(atlas: Atlas, area: str, event: dict[str, Any], directness: Directness | None):
    assert atlas.holds(Area.parse(area), atlas.locate(**event)) is directness


@pytest.mark.parametrize(
    ("area", "event", "directness"),
    [
        held("place:diema:50", SANDARE_DIEMA, ON, id="end-of-the-leg"),
        held("place:lakamane:50", SANDARE_DIEMA, ON, id="village-on-the-leg"),
        held("place:nioro-du-sahel:50", SANDARE_DIEMA, None, id="town-further-than-its-radius"),
        held("place:nioro-du-sahel:150", SANDARE_DIEMA, NEAR, id="town-with-a-wider-radius"),
        held("place:sevare:50", {"places": ["mopti"]}, NEAR, id="next-town"),
        held("place:mopti:50", {"places": ["mopti"]}, ON, id="itself"),
        held("place:bamako:50", {"places": ["kati"]}, NEAR, id="suburb"),
        held("place:bamako:5", {"places": ["kati"]}, None, id="suburb-outside-a-small-radius"),
        held("place:kalaban-koro:50", {"places": ["bamako"]}, ON, id="outskirts"),
        held("place:kayes:50", KAYES_REGION, WIDE, id="region-of-the-same-name"),
        held("place:diema:50", KAYES_REGION, WIDE, id="town-in-the-former-one-that-may-be-meant"),
        held("place:kayes:50", {"regions": ["region-nioro"]}, None, id="another-region"),
        held("place:diema:50", WHOLE_AXIS, WIDE, id="somewhere-on-600-km"),
        held("place:kayes:50", {"places": ["diema"], "leg": ("diema", "kayes")}, None, id="town-named-on-a-long-leg"),
        held("place:segou:50", {"roads": ["RN6"]}, WIDE, id="somewhere-on-its-road"),
        held("place:segou:50", {"roads": ["RN6"], "regions": ["region-san"]}, None, id="on-its-road-elsewhere"),
        held("place:gao:50", {"roads": ["RN6"]}, None, id="somewhere-on-another-road"),
        held("place:intahaka:50", {"places": ["intahaka"]}, ON, id="itself-without-coordinates"),
        held("place:intahaka:50", {"places": ["gao"]}, None, id="no-coordinates-no-distance"),
        held("place:gone:50", {"places": ["gao"]}, None, id="no-such-place"),
    ],
)
def test_a_followed_town_holds(atlas: Atlas, area: str, event: dict[str, Any], directness: Directness | None):
    assert atlas.holds(Area.parse(area), atlas.locate(**event)) is directness


@pytest.mark.parametrize(
    ("area", "event", "directness"),
    [
        held("region:region-nioro", SANDARE_DIEMA, ON, id="leg-within"),
        held("region:former-kayes", SANDARE_DIEMA, ON, id="leg-within-the-former-region"),
        held("region:region-kayes", SANDARE_DIEMA, NEAR, id="leg-no-longer-in-it"),
        held("region:region-kayes", {"leg": ("kayes", "sandare")}, ON, id="leg-across-the-border"),
        held("region:cercle-diema", {"places": ["diema"]}, ON, id="town-in-a-cercle"),
        held("region:region-kayes", {"places": ["diema"]}, NEAR, id="town-no-longer-in-it"),
        held("region:region-nioro", {"places": ["kayes"]}, None, id="town-elsewhere"),
        held("region:cercle-kayes", {"places": ["diema"]}, None, id="cercle-of-the-same-name"),
        held("region:region-kayes", KAYES_REGION, WIDE, id="itself"),
        held("region:former-kayes", {"regions": ["region-nioro"]}, WIDE, id="part-of-it"),
        held("region:cercle-kayes", KAYES_REGION, WIDE, id="whole-of-it"),
        held("region:region-gao", KAYES_REGION, None, id="another"),
        held("region:region-nioro", KAYES_REGION, WIDE, id="part-of-the-former-one-that-may-be-meant"),
        held("region:region-kita", {"regions": ["region-nioro"]}, None, id="sister-of-the-same-former-region"),
        held("region:region-san", {"roads": ["RN6"]}, WIDE, id="somewhere-on-a-road-through-it"),
        held("region:region-nioro", WHOLE_AXIS, WIDE, id="somewhere-on-an-axis-through-it"),
        held("region:gone", SANDARE_DIEMA, None, id="no-such-region"),
    ],
)
def test_a_followed_region_holds(atlas: Atlas, area: str, event: dict[str, Any], directness: Directness | None):
    assert atlas.holds(Area.parse(area), atlas.locate(**event)) is directness


@pytest.mark.parametrize(
    ("kept", "split_off"),
    [
        ("kayes", ["nioro", "kita"]),
        ("koulikoro", ["dioila", "nara"]),
        ("sikasso", ["bougouni", "koutiala"]),
        ("segou", ["san"]),
        ("mopti", ["bandiagara", "douentza"]),
        ("tombouctou", ["taoudenit"]),
        ("gao", ["menaka"]),
    ],
)
def test_who_follows_a_region_is_told_of_those_that_were_part_of_it(atlas: Atlas, kept: str, split_off: list[str]):
    followed = Area.parse(f"region:region-{kept}")
    regions = [atlas.regions[f"region-{name}"] for name in split_off]
    towns = [atlas.locate(places=[region.capital]) for region in regions if region.capital]

    assert atlas.holds(followed, atlas.locate(places=[kept])) is ON
    assert {atlas.holds(followed, town) for town in towns} == {NEAR}
    assert {atlas.holds(followed, atlas.locate(regions=[region.id])) for region in regions} == {WIDE}
    assert atlas.holds(followed, atlas.locate(regions=[f"former-{kept}"])) is WIDE


@pytest.mark.parametrize(
    ("area", "event", "directness"),
    [
        held("route:kayes/bamako", SANDARE_DIEMA, ON, id="leg-on-the-way"),
        held("route:bamako/kayes", SANDARE_DIEMA, ON, id="the-other-direction"),
        held("route:kayes/bamako", {"leg": ("kita", "kenieba")}, NEAR, id="leg-on-another-way"),
        held("route:kayes/bamako", {"leg": ("kita", "bamako")}, NEAR, id="leg-that-meets-the-way-at-its-end"),
        held("route:kati/bamako", {"leg": ("kita", "bamako")}, ON, id="short-route-within-the-leg"),
        held("route:kayes/bamako", {"leg": ("diema", "nioro-du-sahel")}, None, id="leg-that-turns-off"),
        held("route:kayes/bamako", {"places": ["kolokani"]}, ON, id="town-on-the-way"),
        held("route:kayes/bamako", {"places": ["sikasso"]}, None, id="town-elsewhere"),
        held("route:kayes/bamako", {"roads": ["RN1"]}, ON, id="its-road-alone"),
        held("route:kayes/bamako", {"roads": ["RN24"]}, WIDE, id="road-alone-that-shares-a-leg"),
        held("route:kayes/bamako", {"roads": ["RN6"]}, None, id="another-road-alone"),
        held("route:kayes/bamako", {"regions": ["region-nioro"]}, WIDE, id="region-on-the-way"),
        held("route:nioro-du-sahel/diema", KAYES_REGION, WIDE, id="route-in-the-former-one-that-may-be-meant"),
        held("route:kati/kolokani", WHOLE_AXIS, WIDE, id="short-route-on-a-long-axis"),
        held("route:kayes/nowhere", SANDARE_DIEMA, None, id="no-such-route"),
        held("corridor:dkr-bko-n", SANDARE_DIEMA, ON, id="leg-on-the-corridor"),
        held("corridor:abj-bko", SANDARE_DIEMA, None, id="another-corridor"),
        held("corridor:gone", SANDARE_DIEMA, None, id="no-such-corridor"),
    ],
)
def test_a_followed_route_or_corridor_holds(
    atlas: Atlas, area: str, event: dict[str, Any], directness: Directness | None
):
    assert atlas.holds(Area.parse(area), atlas.locate(**event)) is directness


def test_a_leg_that_no_way_joins_is_matched_by_its_ends(atlas: Atlas):
    event = atlas.locate(leg=("dinangourou", "mondoro"))
    assert atlas.holds(Area.parse("place:dinangourou:50"), event) is ON
    assert atlas.legs_of(event) == frozenset()


OFF_THE_GRAPH = "road:u-tombouctou-lere"


@pytest.mark.parametrize(
    ("area", "event", "directness"),
    [
        held(OFF_THE_GRAPH, {"places": ["raz-el-ma"]}, ON, id="its-waypoint"),
        held(OFF_THE_GRAPH, {"leg": ("raz-el-ma", "lere")}, NEAR, id="between-two-of-its-waypoints"),
        held(OFF_THE_GRAPH, {"places": ["kayes"]}, None, id="far-away"),
        held(OFF_THE_GRAPH, DIDIENI_DIEMA, None, id="leg-of-another-road"),
    ],
)
def test_a_road_without_legs_is_matched_by_its_waypoints(
    atlas: Atlas, area: str, event: dict[str, Any], directness: Directness | None
):
    assert atlas.holds(Area.parse(area), atlas.locate(**event)) is directness


def test_no_road_raises_whatever_it_is_asked(atlas: Atlas):
    events = [
        atlas.locate(**event) for event in (SANDARE_DIEMA, {"places": ["lere"]}, KAYES_REGION, {"roads": ["RN1"]})
    ]
    for name in {name for road in atlas.roads.values() for name in (road.ref, road.id) if name}:
        road = Area.parse(f"road:{name}")
        atlas.road_way(road)
        for event in (*events, atlas.locate(roads=[name])):
            assert atlas.holds(road, event) in {*Directness, None}


@pytest.mark.parametrize("road", sorted({road.ref for road in Atlas.load().roads.values() if road.ref}))
def test_a_town_that_a_road_holds_lies_on_or_beside_one_of_its_legs(atlas: Atlas, road: str):
    area = Area.parse(f"road:{road}")
    way = frozenset(leg.key for one in atlas.road_way(area) for leg in one.legs)
    towns = [atlas.locate(places=[place.id]) for place in atlas.places.values() if place.country == "ML"]

    held_there = [town for town in towns if way and atlas.holds(area, town)]

    assert [town for town in held_there if not atlas.legs_of(town) & way | atlas.legs_beside(town, way)] == []


def test_a_leg_beside_a_way_has_both_its_ends_there(atlas: Atlas):
    way = frozenset(leg.key for one in atlas.road_way(Area.parse("road:RN6")) for leg in one.legs)

    assert not atlas.legs_beside(atlas.locate(leg=("carrefour-de-djenne", "djenne")), way)
    assert not atlas.legs_beside(atlas.locate(places=["kayes"]), way)
    assert not atlas.legs_beside(atlas.locate(places=["intahaka"]), way)

"""What the shipped places, roads and regions promise to everything built on them."""

import networkx as nx
import pytest

from alerts.geography import tables
from alerts.geography.atlas import Atlas
from alerts.geography.distances import between
from alerts.geography.names import Names
from alerts.geography.network import point_of

UNNUMBERED = {"RN8", "RN9", "RN17", "RN18", "RN19", "RN20", "RN23", "RN25", "RN29", "RN31", "RN40"}
COST = {"paved": 1.0, "unpaved": 1.4, "track": 2.0}


def test_every_waypoint_of_a_road_exists(atlas: Atlas):
    for road in atlas.roads.values():
        assert atlas.places.keys() >= set(road.waypoints), road.id


def test_every_corridor_counts_stops_that_lie_on_it(atlas: Atlas):
    for corridor in atlas.corridors.values():
        assert set(corridor.stops) <= set(corridor.waypoints) <= atlas.places.keys(), corridor.id


def test_every_leg_joins_two_places_that_are_somewhere(atlas: Atlas):
    for leg in atlas.legs:
        assert point_of(atlas.places[leg.start])
        assert point_of(atlas.places[leg.end])


def test_no_leg_is_shorter_than_the_straight_line_or_absurdly_longer(atlas: Atlas):
    for leg in atlas.legs:
        start, end = point_of(atlas.places[leg.start]), point_of(atlas.places[leg.end])
        assert start
        assert end
        straight = between(start, end)
        assert straight <= 3 or 0.95 <= leg.km / straight <= 1.6, leg.key


def test_a_worse_surface_never_costs_less(atlas: Atlas):
    for leg in atlas.legs:
        assert leg.cost_km >= leg.km, leg.key


@pytest.mark.parametrize("core_only", [pytest.param(False, id="all-legs"), pytest.param(True, id="core-legs")])
def test_the_graph_is_one_piece(atlas: Atlas, *, core_only: bool):
    graph = nx.Graph(leg.key for leg in atlas.legs if leg.core or not core_only)
    assert nx.is_connected(graph)


def test_every_malian_place_lies_in_mali(atlas: Atlas):
    for place in atlas.places.values():
        if place.country == "ML" and (point := point_of(place)):
            assert 10 < point[0] < 25.1, place.id
            assert -12.3 < point[1] < 4.3, place.id


def test_every_malian_place_lies_in_a_region_and_a_cercle_of_2023(atlas: Atlas):
    regions = {(region.level, region.name) for region in atlas.regions.values() if not region.former}
    for place in atlas.places.values():
        if place.country == "ML":
            assert ("region", place.region) in regions or place.region == "Bamako", place.id
            assert ("cercle", place.cercle) in regions or place.region == "Bamako", place.id


def test_every_malian_place_lies_in_one_of_the_eight_former_regions_or_bamako(atlas: Atlas):
    former = {region.name for region in atlas.regions.values() if region.former}
    assert len(former) == 8
    assert {place.former_region for place in atlas.places.values() if place.country == "ML"} == former | {"Bamako"}


def test_every_cercle_lies_in_a_region(atlas: Atlas):
    cercles = [region for region in atlas.regions.values() if region.level == "cercle"]
    assert len(cercles) == 159
    assert all(cercle.parent in atlas.regions for cercle in cercles)


def test_the_declared_homonyms_are_the_only_ones(atlas: Atlas):
    homonyms = tables.load_homonyms(atlas.places)
    shared = Names(tuple(atlas.places.values()), homonyms).shared
    assert {name: set(places) for name, places in shared.items()} == {
        name: set(homonym.places) for name, homonym in homonyms.items()
    }


def test_numbers_no_source_confirms_are_not_there(atlas: Atlas):
    assert not UNNUMBERED & {road.ref for road in atlas.roads.values()}
    assert not UNNUMBERED & {leg.road_ref for leg in atlas.legs}


def test_the_road_whose_number_is_unknown_is_still_there(atlas: Atlas):
    assert "gao" in atlas.roads["u-gao-ayorou"].waypoints


def test_a_numbered_leg_lies_on_the_road_of_that_number(atlas: Atlas):
    for leg in atlas.legs:
        if leg.road_ref:
            rows = [road.waypoints for road in atlas.roads.values() if road.ref == leg.road_ref]
            assert any({leg.start, leg.end} <= set(waypoints) for waypoints in rows), leg.key


def test_a_leg_costs_more_the_worse_its_surface(atlas: Atlas):
    for leg in atlas.legs:
        assert leg.cost_km == pytest.approx(leg.km * COST[leg.surface], abs=0.15), leg.key  # both were rounded


def test_names_come_with_the_spellings_of_three_languages(atlas: Atlas):
    spelt = dict(atlas.names())
    assert [spelt[name] for name in ("Timbuktu", "Mɔputi", "Ségou", "Kita")] == ["tombouctou", "mopti", "segou", "kita"]

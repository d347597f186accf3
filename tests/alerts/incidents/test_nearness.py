"""How close are two locations?"""

from typing import Any

import pytest

from alerts.geography.atlas import Atlas
from alerts.incidents.nearness import (
    Nearness,
    is_named_beside,
    is_one_of_many,
    km_between,
    nearness,
    share_a_region,
)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param({"places": ["diema"]}, {"places": ["diema"]}, Nearness.SAME, id="one town"),
        pytest.param({"places": ["mopti"]}, {"places": ["sevare"]}, Nearness.NEAR, id="neighbouring towns"),
        pytest.param({"places": ["gao"]}, {"places": ["kobe"]}, Nearness.VAGUE, id="the village thirty km off"),
        pytest.param({"places": ["diema"]}, {"places": ["sandare"]}, Nearness.APART, id="towns far apart"),
        pytest.param({"leg": ("sandare", "diema")}, {"leg": ("diema", "sandare")}, Nearness.SAME, id="leg turned"),
        pytest.param({"leg": ("sandare", "diema")}, {"leg": ("lakamane", "diema")}, Nearness.NEAR, id="legs overlap"),
        pytest.param({"leg": ("kayes", "sandare")}, {"leg": ("sandare", "diema")}, Nearness.VAGUE, id="legs adjoin"),
        pytest.param({"leg": ("sandare", "diema")}, {"places": ["lakamane"]}, Nearness.NEAR, id="town on a leg"),
        pytest.param({"leg": ("bougouni", "bamako")}, {"leg": ("segou", "bamako")}, Nearness.APART, id="two ways out"),
        pytest.param({"leg": ("kayes", "bamako")}, {"places": ["diema"]}, Nearness.VAGUE, id="a whole road is no spot"),
        pytest.param({"leg": ("kayes", "diema")}, {"leg": ("diema", "kayes")}, Nearness.STRETCH, id="long leg turned"),
        pytest.param({"leg": ("kayes", "diema")}, {"leg": ("kayes", "bamako")}, Nearness.VAGUE, id="long legs overlap"),
        pytest.param({"roads": ["RN1"]}, {"places": ["diema"]}, Nearness.VAGUE, id="the road of a town"),
        pytest.param({"roads": ["RN1"]}, {"places": ["gao"]}, Nearness.APART, id="another road"),
        pytest.param({"regions": ["region-gao"]}, {"places": ["gao"]}, Nearness.VAGUE, id="the region of a town"),
        pytest.param({"regions": ["region-gao"]}, {"places": ["kayes"]}, Nearness.APART, id="another region"),
        pytest.param(
            {"leg": ("hombori", "gossi"), "places": ["gossi"]},
            {"places": ["hombori"]},
            Nearness.NEAR,
            id="the other end",
        ),
        pytest.param(
            {"leg": ("gourma-rharous", "bamba"), "places": ["gourma-rharous", "bamba", "tombouctou"]},
            {"places": ["gourma-rharous", "bamba"]},
            Nearness.SAME,
            id="two towns alike",
        ),
        pytest.param({}, {}, Nearness.VAGUE, id="nowhere"),
        pytest.param({}, {"places": ["kayes"]}, Nearness.APART, id="nowhere and a town"),
    ],
)
def test_nearness(atlas: Atlas, one: dict[str, Any], other: dict[str, Any], expected: Nearness):
    first, second = atlas.locate(**one), atlas.locate(**other)

    assert nearness(first, second, atlas) is expected
    assert nearness(second, first, atlas) is expected


def test_both_ends_name_a_stretch_and_one_end_a_spot_on_it(atlas: Atlas):
    stretch = atlas.locate(places=["bougouni", "bamako"], leg=("bougouni", "bamako"))
    spot = atlas.locate(places=["bougouni"], leg=("bougouni", "bamako"))
    elsewhere = atlas.locate(places=["kati", "bamako"], leg=("kati", "bamako"))

    assert nearness(spot, atlas.locate(places=["bougouni"]), atlas) is Nearness.SAME
    assert nearness(stretch, elsewhere, atlas) is Nearness.APART


def test_a_place_without_a_point_is_at_no_distance(atlas: Atlas):
    assert km_between(atlas.places["kayes"], None) is None
    assert 380 < (km_between(atlas.places["kayes"], atlas.places["bamako"]) or 0) < 440


@pytest.mark.parametrize(
    ("one", "other", "listed"),
    [
        pytest.param(["lere"], ["lere", "bourem", "bamba"], True, id="one of three far apart"),
        pytest.param(["lere"], ["lere", "bamba"], False, id="one of two"),
        pytest.param(["lere", "bamba"], ["lere", "bourem", "bamba"], False, id="two of three"),
        pytest.param(["bamako"], ["bamako", "faladie-bamako", "senou-airport-bamako"], False, id="quarters of a city"),
        pytest.param(["sikasso"], ["sikasso", "kouoro", "koutiala"], False, id="three on the road that both name"),
    ],
)
def test_one_of_many_towns_may_be_a_list(atlas: Atlas, one: list[str], other: list[str], listed: bool):  # noqa: FBT001 - a table's column
    first, second = atlas.locate(places=one), atlas.locate(places=other)

    assert is_one_of_many(first, second, atlas) is listed
    assert is_one_of_many(second, first, atlas) is listed


@pytest.mark.parametrize(
    ("one", "other", "beside"),
    [
        pytest.param({"places": ["kayes"]}, {"places": ["bafoulabe", "kayes"]}, True, id="second of two far apart"),
        pytest.param({"places": ["bafoulabe"]}, {"places": ["bafoulabe", "kayes"]}, False, id="first of two"),
        pytest.param({"places": ["sevare"]}, {"places": ["mopti", "sevare"]}, False, id="two that lie side by side"),
        pytest.param(
            {"places": ["kayes", "bafoulabe"]}, {"places": ["bafoulabe", "kayes"]}, False, id="both, in another order"
        ),
        pytest.param({"leg": ("san", "tominian")}, {"places": ["djenne", "san"]}, True, id="an end of a stretch"),
    ],
)
def test_the_second_of_two_towns_may_only_be_compared(
    atlas: Atlas,
    one: dict[str, Any],
    other: dict[str, Any],
    beside: bool,  # noqa: FBT001 - a table's column
):
    first, second = atlas.locate(**one), atlas.locate(**other)

    assert is_named_beside(first, second, atlas) is beside
    assert is_named_beside(second, first, atlas) is beside


def test_a_region_that_is_no_more_is_none_in_common(atlas: Atlas):
    gao, ansongo, menaka = (atlas.locate(places=[place]) for place in ("gao", "ansongo", "menaka"))

    assert share_a_region(gao, ansongo)
    assert not share_a_region(gao, menaka)


def test_a_town_far_from_the_stretch_is_not_where_it_was(atlas: Atlas):
    stretch = atlas.locate(places=["sebabougou", "kwala", "bamako"], leg=("sebabougou", "kwala"))

    assert nearness(stretch, atlas.locate(places=["bamako"]), atlas) is not Nearness.SAME
    assert nearness(stretch, atlas.locate(places=["kwala"]), atlas) >= Nearness.NEAR

"""Does the scale hold each sign with its reason, and stand to the reasons it gives?"""

import pytest

from alerts.errors import DataError
from alerts.incidents.signs import Sign, parse_scale, scale


def rows() -> dict[str, dict[str, object]]:
    return {sign: {"points": 1, "because": "so"} for sign in Sign}


def test_the_heaviest_of_several_counts():
    assert scale().heaviest((Sign.NEAR_DAY, Sign.WEEKDAY, Sign.RECENT)) == (Sign.WEEKDAY,)
    assert scale().heaviest(()) == ()


@pytest.mark.parametrize(
    ("found", "is_enough"),
    [
        pytest.param((Sign.SPOT, Sign.SAME_DAY, Sign.FAMILY), True, id="spot, day and family"),
        pytest.param((Sign.SPOT, Sign.SAME_DAY), True, id="spot and day of an abduction in an ambush"),
        pytest.param((Sign.SPOT, Sign.SAME_DAY, Sign.VIOLENCE), False, id="two kinds of violence"),
        pytest.param((Sign.SPOT, Sign.SAME_DAY, Sign.OTHER_TYPE), False, id="a flood and an ambush"),
        pytest.param((Sign.SPOT, Sign.NEXT_DAY, Sign.MISTAKEN), False, id="an air strike the day after"),
        pytest.param((Sign.SPOT, Sign.NEAR_DAY, Sign.SAME_TYPE), True, id="a paper two days off"),
        pytest.param((Sign.SPOT, Sign.NEAR_DAY, Sign.SAME_TYPE, Sign.OTHER_TOLL), False, id="two days, another toll"),
        pytest.param((Sign.SPOT, Sign.NEXT_DAY, Sign.SAME_TYPE, Sign.ANOTHER), False, id="a new attack the day after"),
        pytest.param((Sign.SPOT, Sign.WITHIN_THE_WEEK, Sign.SAME_TYPE, Sign.FEW_DEAD), False, id="two dead, later"),
        pytest.param((Sign.SPOT, Sign.WITHIN_THE_WEEK, Sign.SAME_TYPE, Sign.TOLL), True, id="nine dead, later"),
        pytest.param((Sign.STRETCH, Sign.NEAR_DAY, Sign.SAME_TYPE), False, id="two on a long road"),
        pytest.param((Sign.NEAR_SPOT, Sign.SAME_DAY, Sign.FAMILY), True, id="the town and the stretch"),
        pytest.param((Sign.NEXT_TOWN, Sign.SAME_DAY, Sign.FAMILY), False, id="another kind in the next town"),
        pytest.param((Sign.ROAD, Sign.SAME_DAY, Sign.SAME_TYPE), True, id="just the road, that day"),
        pytest.param((Sign.ROAD, Sign.NEXT_DAY, Sign.SAME_TYPE), False, id="just the road, the next day"),
        pytest.param((Sign.NEIGHBOURHOOD, Sign.SAME_DAY, Sign.SAME_TYPE), False, id="thirty km away"),
        pytest.param((Sign.LISTED, Sign.WEEKDAY, Sign.SAME_TYPE), False, id="a town in a list, and a weekday"),
        pytest.param((Sign.NOWHERE, Sign.SAME_DAY, Sign.SAME_TYPE), False, id="no place"),
        pytest.param((Sign.NOWHERE, Sign.SAME_DAY, Sign.SAME_TYPE, Sign.TOLL), True, id="no place, nine dead"),
    ],
)
def test_what_is_enough(found: tuple[Sign, ...], is_enough: bool):  # noqa: FBT001 - a table's column
    assert (scale().weight(found) >= scale().enough) is is_enough


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param({}, id="empty"),
        pytest.param({"enough": 1, "signs": {"spot": {"points": 1}}}, id="without a reason"),
        pytest.param({"enough": 1, "signs": {"spot": 3}}, id="a bare figure"),
        pytest.param({"enough": 1, "signs": {"spot": {"points": 1, "because": "so"}}}, id="a sign missing"),
        pytest.param({"enough": 1, "signs": rows() | {"spot": {"points": 1, "because": ""}}}, id="an empty reason"),
        pytest.param({"enough": 0.5, "signs": rows()}, id="no whole number"),
    ],
)
def test_a_broken_scale_is_refused(broken: dict[str, object]):
    with pytest.raises(DataError, match=r"evidence\.toml"):
        parse_scale(broken)

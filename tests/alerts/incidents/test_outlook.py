"""Does a way look as it was reported, and is silence never a good sign?"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from alerts.geography.atlas import Atlas
from alerts.geography.model import Area, AreaKind, Location
from alerts.incidents.model import ByHand, Credibility, Incident, Status
from alerts.incidents.outlook import LegOutlook, Outlook, RoadStatus, look_ahead, now_active
from alerts.reading.model import EventType
from tests.support.builders import NOW, RN1, incident, report

ATLAS = Atlas.load()
ROUTE = Area(kind=AreaKind.ROUTE, id="kayes/bamako")
LEG = ATLAS.locate(leg=("sandare", "diema"))
REOPENED = (EventType.ESCORT_OR_REOPENING,)


def aged(hours: float, *types: EventType, where: Location = LEG, **fields: Any) -> Incident:
    """Something that happened, and was told, `hours` ago."""
    at = NOW - timedelta(hours=hours)
    defaults: dict[str, Any] = {
        "id": f"{hours}",
        "event_types": types or (EventType.AMBUSH,),
        "location": where,
        "onset": None,
        "day_part": None,
        "first_reported_at": at,
        "informed_at": at,
    }
    return incident(**(defaults | fields))


def reopened(hours: float, **fields: Any) -> Incident:
    at = NOW - timedelta(hours=hours)
    said = report(event_types=REOPENED, reopens=True, published_at=at, location=LEG)
    return aged(hours, *REOPENED, **({"reports": (said,)} | fields))


def ahead(*incidents: Incident) -> Outlook:
    return look_ahead(
        ATLAS.ways("kayes", "bamako"), area=ROUTE, incidents=incidents, atlas=ATLAS, now=NOW, sources_read_at=NOW
    )


def stretch(*incidents: Incident, start: str = "sandare") -> LegOutlook:
    return next(leg for leg in ahead(*incidents).ways[0].legs if leg.start == start)


def test_stretches_run_from_stop_to_stop_and_add_up():
    way = ahead().ways[0]

    assert way.legs[0].start == "kayes"
    assert way.legs[-1].end == "bamako"
    assert [leg.end for leg in way.legs[:-1]] == [leg.start for leg in way.legs[1:]]
    assert sum(leg.km for leg in way.legs) == pytest.approx(way.way.km)


def test_ways_keep_their_order_and_none_is_preferred():
    outlook = ahead(aged(1))

    assert [one.way for one in outlook.ways] == list(ATLAS.ways("kayes", "bamako"))


def test_silence_is_unknown():
    legs = ahead().ways[0].legs

    assert {leg.status for leg in legs} == {RoadStatus.UNKNOWN}
    assert {leg.age for leg in legs} == {None}
    assert not any(leg.is_old for leg in legs)


@pytest.mark.parametrize(
    ("told", "status", "is_old"),
    [
        pytest.param(aged(2), RoadStatus.RESTRICTED, False, id="an ambush just now"),
        pytest.param(aged(30), RoadStatus.RESTRICTED, True, id="an ambush yesterday is old"),
        pytest.param(aged(72), RoadStatus.RESTRICTED, True, id="an ambush three days ago still restricts"),
        pytest.param(aged(80), RoadStatus.UNKNOWN, True, id="then it says nothing of passage"),
        pytest.param(aged(2, EventType.BLOCKADE), RoadStatus.CLOSED, False, id="a blockade"),
        pytest.param(aged(24 * 10, EventType.BLOCKADE), RoadStatus.CLOSED, True, id="a blockade last week"),
        pytest.param(aged(24 * 30, EventType.BLOCKADE), RoadStatus.UNKNOWN, True, id="a blockade last month"),
        pytest.param(aged(2, EventType.BRIDGE_OUT), RoadStatus.CLOSED, False, id="a bridge"),
        pytest.param(aged(2, EventType.ROAD_CLOSED), RoadStatus.CLOSED, False, id="a closure"),
        pytest.param(
            aged(2, EventType.TOWN_ATTACK, EventType.ROAD_CLOSED),
            RoadStatus.CLOSED,
            False,
            id="a closure for an attack",
        ),
        pytest.param(
            aged(2, EventType.FLOOD, EventType.ROAD_CLOSED), RoadStatus.CLOSED, False, id="a closure for a flood"
        ),
        pytest.param(aged(2, EventType.FLOOD), RoadStatus.RESTRICTED, False, id="a flood"),
        pytest.param(aged(2, EventType.ACCIDENT), RoadStatus.RESTRICTED, False, id="an accident"),
        pytest.param(aged(13, EventType.ACCIDENT), RoadStatus.UNKNOWN, True, id="an accident last night"),
        pytest.param(aged(2, EventType.FUEL_SHORTAGE), RoadStatus.UNKNOWN, False, id="fuel says nothing of passage"),
        pytest.param(
            aged(2, EventType.BLOCKADE, status=Status.LIFTED),
            RoadStatus.UNKNOWN,
            False,
            id="lifted is unknown, not open",
        ),
        pytest.param(
            aged(2, EventType.BLOCKADE, where=ATLAS.locate(roads=["RN1"])),
            RoadStatus.RESTRICTED,
            False,
            id="a blockade somewhere on the road",
        ),
        pytest.param(
            aged(2, EventType.BLOCKADE, credibility=Credibility.POSSIBLE),
            RoadStatus.CLOSED,
            False,
            id="an unconfirmed blockade, marked so",
        ),
        pytest.param(reopened(2), RoadStatus.OPEN, False, id="reopened"),
        pytest.param(reopened(12), RoadStatus.OPEN, False, id="for twelve hours"),
        pytest.param(reopened(12.5), RoadStatus.UNKNOWN, True, id="and no longer"),
        pytest.param(
            reopened(2, credibility=Credibility.POSSIBLE), RoadStatus.UNKNOWN, False, id="an unsure reopening"
        ),
        pytest.param(
            reopened(2, reports=(report(event_types=REOPENED, reopens=True, published_at=None),)),
            RoadStatus.UNKNOWN,
            False,
            id="a reopening without a date",
        ),
        pytest.param(
            reopened(
                2, reports=(report(event_types=REOPENED, admin_id=7, published_at=None, fetched_at=NOW, location=LEG),)
            ),
            RoadStatus.OPEN,
            False,
            id="an admin's word of passage",
        ),
    ],
)
def test_how_a_stretch_looks(told: Incident, status: RoadStatus, is_old: bool):  # noqa: FBT001 - a table's column
    leg = stretch(told)

    assert (leg.status, leg.is_old) == (status, is_old)
    assert leg.incidents == (told,)
    assert leg.age is not None


@pytest.mark.parametrize(
    "hidden",
    [
        pytest.param({"reports": (report(held="a convoy"),)}, id="held"),
        pytest.param({"status": Status.RETRACTED}, id="retracted"),
        pytest.param({"credibility": Credibility.DOUBTFUL}, id="doubtful"),
        pytest.param({"exercise": True}, id="a drill"),
        pytest.param({"event_types": REOPENED}, id="an escort"),
    ],
)
def test_what_is_not_public_is_not_seen(hidden: dict[str, Any]):
    leg = stretch(replace(aged(2), **hidden))

    assert leg.status is RoadStatus.UNKNOWN
    assert leg.incidents == ()
    assert now_active([replace(aged(2), **hidden)], [RN1], atlas=ATLAS, now=NOW) == ()


@pytest.mark.parametrize(
    "where",
    [
        pytest.param(ATLAS.locate(places=["sandare"]), id="at the town where it begins"),
        pytest.param(ATLAS.locate(places=["sandare", "diema"]), id="at both its towns"),
        pytest.param(ATLAS.locate(leg=("kayes", "sandare")), id="on the next stretch"),
    ],
)
def test_a_reopening_elsewhere_opens_no_stretch_and_is_listed_where_it_touches_one(where: Location):
    said = report(event_types=REOPENED, reopens=True, published_at=NOW, location=where)
    told = aged(1, *REOPENED, where=where, reports=(said,))

    assert stretch(told).status is RoadStatus.UNKNOWN
    assert stretch(told).incidents == (() if where.leg else (told,))


def test_a_fresh_word_of_the_town_keeps_no_stretch_open():
    old = report(event_types=REOPENED, reopens=True, published_at=NOW - timedelta(hours=13), location=LEG)
    fresh = replace(old, id="2", published_at=NOW, location=ATLAS.locate(places=["diema"]))

    assert stretch(reopened(1, reports=(old, fresh))).status is RoadStatus.UNKNOWN


def test_the_stretch_that_an_admin_set_is_open():
    said = report(event_types=REOPENED, reopens=True, published_at=NOW, location=ATLAS.locate(places=["diema"]))

    assert stretch(reopened(1, reports=(said,), by_hand=ByHand(location=LEG))).status is RoadStatus.OPEN


def test_a_reopened_way_is_open_on_every_stretch():
    way = ATLAS.locate(leg=("kayes", "diema"))
    said = report(event_types=REOPENED, reopens=True, published_at=NOW, location=way)
    told = aged(1, *REOPENED, where=way, reports=(said,))

    assert [stretch(told, start=start).status for start in ("kayes", "sandare")] == [RoadStatus.OPEN] * 2


def test_a_part_that_is_open_opens_no_whole_stretch():
    part = ATLAS.locate(leg=("diema", "dioumara"))
    said = report(event_types=REOPENED, reopens=True, published_at=NOW, location=part)
    told = aged(1, *REOPENED, where=part, reports=(said,))

    assert stretch(told, start="diema").status is RoadStatus.UNKNOWN


def test_a_reopening_does_not_outshine_an_attack():
    assert stretch(reopened(1), aged(40)).status is RoadStatus.RESTRICTED


def test_a_reopening_does_not_outshine_what_was_lifted():
    assert stretch(reopened(1), aged(3, EventType.BLOCKADE, status=Status.LIFTED)).status is RoadStatus.UNKNOWN


def test_incidents_come_newest_first_and_the_gravest_counts():
    leg = stretch(aged(30), aged(1, EventType.ACCIDENT), aged(20, EventType.BLOCKADE))

    assert [one.id for one in leg.incidents] == ["1", "20", "30"]
    assert leg.status is RoadStatus.CLOSED
    assert leg.age == timedelta(hours=20)


def test_an_incident_is_told_on_its_own_stretch():
    assert stretch(aged(2), start="diema").incidents == ()
    assert stretch(aged(2), start="sandare").incidents


def test_a_town_weighs_on_both_sides():
    told = aged(2, where=ATLAS.locate(places=["diema"]))

    assert stretch(told, start="sandare").incidents == (told,)
    assert stretch(told, start="diema").incidents == (told,)


def test_what_is_long_past_is_left_out():
    assert stretch(aged(24 * 60)).incidents == ()


@pytest.mark.parametrize("hours", [0, 5, 11, 12, 13, 24, 71, 73, 24 * 8, 24 * 27, 24 * 29])
@pytest.mark.parametrize("event_type", list(EventType))
def test_time_alone_never_opens_a_road(event_type: EventType, hours: int):
    if event_type in REOPENED:
        return
    assert stretch(aged(hours, event_type)).status is not RoadStatus.OPEN


@pytest.mark.parametrize(
    ("told_ago", "until", "status", "is_old"),
    [
        pytest.param(20 * 24, 1, RoadStatus.CLOSED, False, id="extended"),
        pytest.param(2, -1, RoadStatus.CLOSED, True, id="shortened"),
        pytest.param(20 * 24, -15 * 24, RoadStatus.UNKNOWN, True, id="long-over"),
    ],
)
def test_the_desk_says_when_a_word_gets_old_and_that_opens_nothing(
    told_ago: int,
    until: int,
    status: RoadStatus,
    is_old: bool,  # noqa: FBT001 - a table's column
):
    leg = stretch(aged(told_ago, EventType.ROAD_CLOSED, until=NOW + timedelta(hours=until)))

    assert (leg.status, leg.is_old) == (status, is_old)


def test_now_active_lists_what_concerns_newest_first():
    near, far = aged(30), aged(2, where=ATLAS.locate(places=["gao"]))
    newer, gone = aged(3, EventType.BLOCKADE), aged(90)
    lifted = aged(1, EventType.BLOCKADE, status=Status.LIFTED)

    assert now_active([near, far, newer, gone, lifted], [RN1], atlas=ATLAS, now=NOW) == (newer, near)
    assert now_active([near], [], atlas=ATLAS, now=NOW) == ()


def on_the_road(road: str, *incidents: Incident) -> list[LegOutlook]:
    area = ATLAS.resolve(road).area
    assert area is not None
    outlook = look_ahead(
        ATLAS.road_way(area), area=area, incidents=incidents, atlas=ATLAS, now=NOW, sources_read_at=NOW
    )
    return [leg for way in outlook.ways for leg in way.legs if leg.incidents]


def test_a_village_off_the_graph_is_told_on_the_stretch_that_runs_past_it():
    blown_up = aged(2, EventType.BRIDGE_OUT, where=ATLAS.locate(places=["tassiga"]))

    assert [(leg.start, leg.status) for leg in on_the_road("Ansongo Labbezanga", blown_up)] == [
        ("ansongo", RoadStatus.CLOSED)
    ]


def test_what_lies_on_another_road_nearby_weighs_on_this_one_and_neither_closes_nor_opens_it():
    mopti = ATLAS.locate(places=["mopti"])  # a few kilometres off the RN15
    closed = aged(2, EventType.ROAD_CLOSED, where=mopti)
    word = report(event_types=REOPENED, reopens=True, published_at=NOW, location=mopti)
    opened = aged(1, *REOPENED, where=mopti, reports=(word,))

    (leg,) = on_the_road("RN15", closed, opened)

    assert leg.status is RoadStatus.RESTRICTED
    assert leg.incidents == (closed,)

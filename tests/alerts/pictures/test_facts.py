"""Does a picture tell what the message tells, and nothing more?"""

import re

import pytest

from alerts.incidents.model import Incident, Severity, Status
from alerts.incidents.outlook import RoadStatus
from alerts.pictures.letters import BOUND
from alerts.reading.model import EventType
from tests.alerts.pictures.scenes import happened, leg, long_way, reopened, route, told, town, troubled
from tests.alerts.wording.facts import KAYES_REGION, NOW, french

LEG = leg("sandare", "diema")


@pytest.mark.parametrize(
    "incidents",
    [
        pytest.param((), id="silence"),
        pytest.param((happened(2, EventType.AMBUSH, LEG),), id="an ambush"),
        pytest.param((happened(30, EventType.AMBUSH, LEG),), id="an old ambush"),
        pytest.param((happened(80, EventType.AMBUSH, LEG),), id="an ambush that says nothing of passage any more"),
        pytest.param((happened(2, EventType.BLOCKADE, LEG),), id="a blockade"),
        pytest.param((happened(2, EventType.FLOOD, LEG, severity=Severity.MODERATE),), id="a flood"),
        pytest.param((happened(2, EventType.ACCIDENT, LEG, severity=Severity.MINOR),), id="an accident"),
        pytest.param((happened(20, EventType.ACCIDENT, LEG, severity=Severity.MINOR),), id="an accident long ago"),
        pytest.param((happened(2, EventType.BLOCKADE, LEG, status=Status.LIFTED),), id="a lifted blockade"),
        pytest.param((reopened(2, LEG),), id="a reopening"),
        pytest.param((reopened(2, LEG), happened(3, EventType.ARMED_CLASH, LEG)), id="a reopening and a clash"),
    ],
)
def test_the_picture_and_the_message_give_a_stretch_the_same_state(incidents: tuple[Incident, ...]):
    outlook = route("kayes", "bamako", *incidents)
    message = french().outlook(outlook, fuel=[], short=False, now=NOW)
    stretch = told(outlook).ways[0][1]

    assert re.search(rf"^\S+ {stretch.name} : {re.escape(stretch.state[0])}(?![\w,])", message, re.MULTILINE)


def test_stretches_run_through_every_place_from_stop_to_stop():
    outlook = route("kayes", "bamako")
    for ahead, stretches in zip(outlook.ways, told(outlook).ways, strict=True):
        assert [one.through[0] for one in stretches] == list(ahead.way.stops[:-1])
        assert [one.through[-1] for one in stretches] == list(ahead.way.stops[1:])
        assert sum(len(one.through) - 1 for one in stretches) == len(ahead.way.legs)


def test_an_incident_is_told_by_its_word_its_trust_and_its_age():
    [_, stretch, *_] = told(route("kayes", "bamako", happened(2, EventType.AMBUSH, LEG))).ways[0]

    assert stretch.mark is not None
    [[line]] = stretch.mark.lines
    assert line.replace(BOUND, " ") == "Embuscade d'hommes armés · probable, presse · 2 h"
    assert stretch.old == ()


def test_an_old_word_is_marked_on_its_stretch_and_on_its_line():
    [_, stretch, *_] = told(route("kayes", "bamako", happened(30, EventType.AMBUSH, LEG))).ways[0]

    assert stretch.mark is not None
    assert [line.replace(BOUND, " ") for line in stretch.old] == ["info ancienne : 30 h"]
    assert stretch.mark.lines[0][0].replace(BOUND, " ").endswith("info ancienne : 30 h")


def test_what_happened_in_a_stop_is_told_there_once_and_on_no_stretch():
    facts = told(route("kayes", "bamako", happened(2, EventType.TOWN_ATTACK, town("diema"))))

    assert list(facts.towns) == ["diema"]
    assert [one.mark for one in facts.ways[0]] == [None] * len(facts.ways[0])
    assert {one.name: one.status for one in facts.ways[0]}["Sandaré–Diéma"] is RoadStatus.RESTRICTED


def test_the_gravest_comes_first_and_the_rest_is_counted():
    many = [happened(hours, EventType.AMBUSH, LEG) for hours in (1, 2)]
    ended = happened(1, EventType.ROAD_CLOSED, LEG, severity=Severity.EXTREME, status=Status.LIFTED)
    worst = happened(20, EventType.IED, LEG, severity=Severity.EXTREME)
    mark = told(route("kayes", "bamako", ended, *many, worst)).ways[0][1].mark

    assert mark is not None
    assert [line[0].split(" ·")[0] for line in mark.lines] == [
        "Engin explosif",
        "Embuscade d'hommes armés",
        "et 2 autres",
    ]


def test_only_the_end_of_something_does_not_alarm():
    lifted = happened(2, EventType.BLOCKADE, LEG, status=Status.LIFTED)
    calm, alarming = (
        told(route("kayes", "bamako", *told_of)).ways[0][1].mark
        for told_of in ((lifted,), (lifted, happened(1, EventType.IED, LEG)))
    )

    assert calm is not None
    assert alarming is not None
    assert (calm.alarms, alarming.alarms) == (False, True)


def test_what_is_known_of_a_region_only_is_told_once_and_at_no_spot():
    wide = happened(2, EventType.BLOCKADE, KAYES_REGION)
    facts = told(route("kayes", "bamako", wide))

    assert facts.wide is not None
    [[line]] = facts.wide.lines
    assert line.replace(BOUND, " ") == "Blocage · Kayes (région) · probable, presse · 2 h"
    assert {one.mark for one in facts.ways[0]} == {None}
    assert facts.ways[0][0].status is RoadStatus.RESTRICTED
    assert facts.towns == {}


def test_a_draft_has_the_french_beneath_it():
    facts = told(troubled(), "bm")
    reference = told(troubled())

    assert [line[-1] for line in facts.closing] == [line[0] for line in reference.closing]
    assert [one.state[-1] for one in facts.ways[0]] == [one.state[0] for one in reference.ways[0]]
    assert all(len(line) == 2 for line in facts.closing)


def test_every_way_has_its_length_in_the_order_given():
    outlook = long_way()

    assert [line[0].split(" km")[0] for line in told(outlook).lengths] == [
        f"{ahead.way.km:,.0f}".replace(",", "\u202f") for ahead in outlook.ways
    ]

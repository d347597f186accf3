"""Does the index find every incident that a report may tell of, and leave the far ones out?"""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from alerts.geography.atlas import Atlas
from alerts.geography.model import Location
from alerts.incidents.known import Known
from alerts.incidents.model import Incident
from alerts.incidents.nearness import Nearness, is_nowhere, nearness
from alerts.incidents.picture import first_picture
from tests.support.builders import NOW, report

ATLAS = Atlas.load()
WHERE: list[dict[str, Any]] = [
    {"places": ["diema"]},
    {"places": ["lakamane"]},
    {"places": ["kayes"]},
    {"places": ["gao"]},
    {"places": ["kobe"]},
    {"places": ["mopti"]},
    {"places": ["sevare"]},
    {"places": ["bamako"]},
    {"places": ["kati", "bamako"]},
    {"leg": ("sandare", "diema")},
    {"leg": ("diema", "sandare")},
    {"leg": ("kayes", "sandare")},
    {"leg": ("kayes", "bamako")},
    {"leg": ("bougouni", "bamako"), "places": ["bougouni"]},
    {"leg": ("douentza", "boni")},
    {"roads": ["RN1"]},
    {"roads": ["RN16"]},
    {"regions": ["region-gao"]},
    {"regions": ["region-kayes"]},
    {"regions": ["region-mopti"], "roads": ["RN6"]},
    {},
]
LOCATIONS = [ATLAS.locate(**where) for where in WHERE]


def at(location: Location, name: str = "r") -> Incident:
    return first_picture(report(id=name, source_id=name, location=location), incident_id=name, now=NOW)


@pytest.mark.parametrize(("here", "there"), list(product(LOCATIONS, LOCATIONS)))
def test_whatever_is_near_is_found(here: Location, there: Location):
    found = Known.of([at(there)], ATLAS).in_reach_of(report(id="new", location=here))

    if nearness(here, there, ATLAS) is not Nearness.APART or is_nowhere(here) or is_nowhere(there):
        assert found


def test_every_town_is_found_from_any_town_near_enough_to_be_the_same():
    towns = [ATLAS.locate(places=[place]) for place in sorted(ATLAS.places)[::7]]
    known = Known.of([at(town, str(number)) for number, town in enumerate(towns)], ATLAS)

    for here in towns:
        found = {int(incident.id) for incident in known.in_reach_of(report(id="new", location=here))}
        assert {n for n, there in enumerate(towns) if nearness(here, there, ATLAS) is not Nearness.APART} <= found


def test_what_is_far_is_not_looked_at():
    far = Known.of([at(ATLAS.locate(places=["gao"])), at(ATLAS.locate(places=["kidal"]), "k")], ATLAS)

    assert far.in_reach_of(report(id="new", location=ATLAS.locate(places=["kayes"]))) == []


def test_what_is_found_comes_in_the_order_it_was_given():
    diema = ATLAS.locate(places=["diema"])
    known = Known.of([at(diema, name) for name in "cab"], ATLAS)

    assert [one.id for one in known.in_reach_of(report(id="new", location=diema))] == ["c", "a", "b"]


def test_it_follows_what_is_stored():
    diema, gao = ATLAS.locate(places=["diema"]), ATLAS.locate(places=["gao"])
    stays, goes = at(diema, "stays"), at(diema, "goes")
    known = Known.of([stays, goes], ATLAS)
    moved = replace(stays, location=gao, reports=(replace(stays.reports[0], location=gao),))

    known.follow([at(gao, "new"), moved])

    assert known.in_reach_of(report(id="x", location=diema)) == []
    assert [one.id for one in known.in_reach_of(report(id="x", location=gao))] == ["new", "stays"]
    assert known.holder_of("new") is not None
    assert known.holder_of("goes") is None


def test_an_incident_is_found_by_each_place_its_reports_name():
    diema, gao = ATLAS.locate(places=["diema"]), ATLAS.locate(places=["gao"])
    incident = at(diema)
    told_twice = replace(incident, reports=(*incident.reports, report(id="two", location=gao)))

    known = Known.of([told_twice], ATLAS)

    assert known.in_reach_of(report(id="x", location=gao)) == [told_twice]


def test_a_word_from_nowhere_is_compared_with_all():
    known = Known.of([at(ATLAS.locate(places=["gao"])), at(ATLAS.locate(places=["kayes"]), "k")], ATLAS)

    assert len(known.in_reach_of(report(id="x", location=Location()))) == 2


def test_a_later_version_takes_the_place_of_the_older():
    diema = at(ATLAS.locate(places=["diema"]))
    known = Known.of([diema], ATLAS)
    later = replace(diema, version=2, updated_at=NOW + timedelta(hours=1))

    known.put(later)

    assert known.get("r") == later
    assert known.in_reach_of(report(id="x", location=later.location)) == [later]


def test_the_very_toll_is_found_wherever_it_is_told():
    gao = at(ATLAS.locate(places=["gao"]))
    known = Known.of([replace(gao, reports=(replace(gao.reports[0], fatalities=12),))], ATLAS)
    kidal = ATLAS.locate(places=["kidal"])

    assert known.in_reach_of(report(id="x", location=kidal, fatalities=12))
    assert not known.in_reach_of(report(id="x", location=kidal, fatalities=13))
    assert not known.in_reach_of(report(id="x", location=kidal, fatalities=2))

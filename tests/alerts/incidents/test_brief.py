"""A brief tells each incident once, and what was never told stays unsaid."""

from datetime import timedelta
from typing import Any

import pytest

from alerts.incidents.brief import Brief, brief_on
from alerts.incidents.model import Incident, Status
from tests.support.builders import KAYES, NOW, RN1, incident
from tests.support.service import atlas

YESTERDAY = NOW - timedelta(days=1)
OLD = NOW - timedelta(days=1, hours=3)


def on_rn1(*incidents: Incident) -> Brief:
    return brief_on(incidents, [RN1], atlas=atlas(), since=YESTERDAY, now=NOW)


@pytest.mark.parametrize(
    ("fields", "section"),
    [
        pytest.param({}, "new", id="first-told-today"),
        pytest.param({"first_reported_at": OLD}, "changed", id="told-anew-today"),
        pytest.param({"first_reported_at": OLD, "informed_at": OLD, "onset": OLD.date()}, "standing", id="no-new-word"),
        pytest.param({"status": Status.LIFTED}, "ended", id="lifted"),
        pytest.param({"status": Status.RETRACTED, "announced": True}, "ended", id="withdrawn-after-it-was-told"),
    ],
)
def test_each_incident_stands_in_one_section(fields: dict[str, Any], section: str):
    told = incident(**fields)
    brief = on_rn1(told)
    assert {name: getattr(brief, name) for name in Brief.__slots__} == {
        name: (told,) if name == section else () for name in Brief.__slots__
    }


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"status": Status.RETRACTED}, id="withdrawn-before-anyone-heard"),
        pytest.param({"status": Status.LIFTED, "updated_at": OLD}, id="lifted-before"),
        pytest.param({"exercise": True}, id="an-exercise"),
        pytest.param({"exercise": True, "status": Status.RETRACTED, "announced": True}, id="an-exercise-withdrawn"),
    ],
)
def test_what_is_not_of_this_brief_is_left_out(fields: dict[str, Any]):
    assert on_rn1(incident(**fields)) == Brief()


def test_other_roads_are_left_out():
    assert brief_on([incident()], [KAYES], atlas=atlas(), since=YESTERDAY, now=NOW) == Brief()

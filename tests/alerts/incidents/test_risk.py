"""Does a stretch's risk explain itself, grow with bad news, and never shrink with time alone?"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from alerts.geography.model import Location, Precision
from alerts.incidents.kinds import SEVERITIES, kind_of
from alerts.incidents.model import Credibility, Incident, Severity, Status
from alerts.incidents.outlook import LegOutlook, RoadStatus
from alerts.incidents.risk import Freshness, Nearness, RiskLevel, risk_of
from alerts.reading.model import EventType
from tests.support.builders import DIEMA_LEG, NOW, incident, report

SUREST_FIRST = (Credibility.CONFIRMED, Credibility.PROBABLE, Credibility.POSSIBLE)
LOCATIONS = (
    DIEMA_LEG,
    Location(places=("diema",), precision=Precision.TOWN),
    Location(regions=("region-kayes",), precision=Precision.REGION),
)
KINDS = [kind for kind in EventType if kind is not EventType.ESCORT_OR_REOPENING]


def told(hours: float = 1, kind: EventType = EventType.AMBUSH, **fields: Any) -> Incident:
    at = NOW - timedelta(hours=hours)
    defaults: dict[str, Any] = {
        "event_types": (kind,),
        "first_reported_at": at,
        "informed_at": at,
        "onset": None,
        "day_part": None,
    }
    return incident(**(defaults | fields))


@st.composite
def incidents(draw: st.DrawFn) -> Incident:
    return told(
        draw(st.integers(0, 24 * 70)),
        draw(st.sampled_from(KINDS)),
        id=f"{draw(st.integers(1, 9999)):04d}",
        severity=draw(st.sampled_from(SEVERITIES)),
        credibility=draw(st.sampled_from(SUREST_FIRST)),
        location=draw(st.sampled_from(LOCATIONS)),
        status=draw(st.sampled_from([Status.ACTIVE, Status.ACTIVE, Status.LIFTED])),
    )


def test_silence_is_unknown_and_never_low():
    leg = LegOutlook(start="kayes", end="diema", km=10, status=RoadStatus.UNKNOWN)

    assert risk_of(leg, now=NOW).level is RiskLevel.UNKNOWN
    assert risk_of((), now=NOW).factors == ()
    assert not {level.name for level in RiskLevel} & {"SAFE", "LOW", "NONE"}


@pytest.mark.parametrize(
    ("one", "level", "is_old"),
    [
        pytest.param(told(severity=Severity.EXTREME), RiskLevel.EXTREME, False, id="many dead"),
        pytest.param(told(), RiskLevel.VERY_SERIOUS, False, id="an ambush"),
        pytest.param(told(credibility=Credibility.POSSIBLE), RiskLevel.SERIOUS, False, id="an unconfirmed ambush"),
        pytest.param(told(location=LOCATIONS[2]), RiskLevel.SERIOUS, False, id="an ambush somewhere in the region"),
        pytest.param(told(severity=Severity.MINOR), RiskLevel.WATCH, False, id="something small"),
        pytest.param(told(severity=Severity.UNKNOWN), RiskLevel.WATCH, False, id="nobody knows how grave"),
        pytest.param(told(30), RiskLevel.VERY_SERIOUS, True, id="an old ambush keeps its level"),
        pytest.param(told(73), RiskLevel.UNKNOWN, True, id="a spent one is unknown"),
        pytest.param(told(status=Status.LIFTED), RiskLevel.UNKNOWN, False, id="an announced end is unknown"),
        pytest.param(told(kind=EventType.ESCORT_OR_REOPENING), RiskLevel.UNKNOWN, False, id="an escort is not told"),
    ],
)
def test_what_one_incident_makes_of_a_stretch(one: Incident, level: RiskLevel, is_old: bool):  # noqa: FBT001 - a column
    risk = risk_of([one], now=NOW)

    assert (risk.level, risk.is_old) == (level, is_old)


def test_each_factor_says_what_how_near_how_old_and_how_sure():
    [factor] = risk_of([told(30, location=LOCATIONS[1], credibility=Credibility.CONFIRMED)], now=NOW).factors

    assert factor.event_type is EventType.AMBUSH
    assert factor.nearness is Nearness.AT_A_STOP
    assert factor.freshness is Freshness.OLD
    assert factor.trust == "confirmed"
    assert not factor.is_over


def test_the_weightiest_factor_comes_first():
    grave, small = told(1, id="0002"), told(1, id="0001", severity=Severity.MINOR)

    assert [factor.incident_id for factor in risk_of([small, grave], now=NOW).factors] == ["0002", "0001"]


@pytest.mark.parametrize(
    "hidden",
    [
        pytest.param({"reports": (report(held="a convoy"),)}, id="held"),
        pytest.param({"status": Status.RETRACTED}, id="retracted"),
        pytest.param({"exercise": True}, id="a drill"),
    ],
)
def test_what_is_not_public_adds_nothing(hidden: dict[str, Any]):
    assert risk_of([told(**hidden)], now=NOW).factors == ()


@given(st.lists(incidents(), max_size=5), incidents())
def test_more_incidents_never_lower_the_level(some: list[Incident], one: Incident):
    assert risk_of([*some, one], now=NOW).level >= risk_of(some, now=NOW).level


@given(st.lists(incidents(), max_size=3), incidents(), st.sampled_from(SEVERITIES))
def test_a_graver_incident_never_lowers_the_level(some: list[Incident], one: Incident, severity: Severity):
    assume(SEVERITIES.index(severity) >= SEVERITIES.index(one.severity))
    graver = replace(one, severity=severity)

    assert risk_of([*some, graver], now=NOW).level >= risk_of([*some, one], now=NOW).level


@given(st.lists(incidents(), max_size=3), incidents(), st.sampled_from(SUREST_FIRST))
def test_a_surer_incident_never_lowers_the_level(some: list[Incident], one: Incident, credibility: Credibility):
    assume(credibility <= one.credibility)
    surer = replace(one, credibility=credibility)

    assert risk_of([*some, surer], now=NOW).level >= risk_of([*some, one], now=NOW).level


@given(st.lists(incidents(), max_size=5), st.integers(0, 24 * 70))
def test_the_order_of_the_incidents_does_not_matter(some: list[Incident], hours: int):
    now = NOW + timedelta(hours=hours)

    assert risk_of(some, now=now).level is risk_of(some[::-1], now=now).level
    assert risk_of(some, now=now).is_old is risk_of(some[::-1], now=now).is_old


@given(st.lists(incidents(), max_size=5), st.integers(0, 24 * 70))
def test_time_alone_makes_a_level_old_and_then_unknown_but_never_lower(some: list[Incident], hours: int):
    before, after = risk_of(some, now=NOW), risk_of(some, now=NOW + timedelta(hours=hours))

    assert after.level in {before.level, RiskLevel.UNKNOWN}
    assert after.is_old or not before.is_old


def test_a_grave_word_grown_old_does_not_give_way_to_a_milder_one():
    grave = told(100, severity=Severity.EXTREME, id="0001")
    mild = told(1, EventType.FLOOD, severity=Severity.MINOR, id="0002")
    risk = risk_of([grave, mild], now=NOW)

    assert (risk.level, risk.is_old) == (RiskLevel.EXTREME, True)
    assert [factor.freshness for factor in risk.factors] == [Freshness.SPENT, Freshness.RECENT]


@given(incidents(), st.integers(0, 24 * 70))
def test_a_level_ends_only_when_its_kind_says_nothing_any_more(one: Incident, hours: int):
    first, later = risk_of([one], now=NOW), risk_of([one], now=NOW + timedelta(hours=hours))
    if first.level is not RiskLevel.UNKNOWN and later.level is RiskLevel.UNKNOWN:
        assert later.is_old
        assert NOW + timedelta(hours=hours) - one.informed_at > kind_of(one.event_type).unknown_after

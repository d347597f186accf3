"""Is everything told to whom it should be, and to nobody else?"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.delivery.model import Decision, Lane, Reason, Scope
from alerts.geography.model import Location, Precision
from alerts.incidents.model import Change, ChangeKind, Credibility, Incident, Severity, Status
from alerts.reading.model import EventType
from alerts.safety.decide import decide, is_critical
from tests.support.builders import NOW, incident, report

REGION = Location(regions=("region-kayes",), precision=Precision.REGION)
NOWHERE = Location()
POSSIBLE, PROBABLE = Credibility.POSSIBLE, Credibility.PROBABLE
CONFIRMED, DOUBTFUL = Credibility.CONFIRMED, Credibility.DOUBTFUL


def decided(told: Incident, kind: ChangeKind = ChangeKind.NEW, before: Incident | None = None, **how: Any) -> Decision:
    asked: dict[str, Any] = {"now": NOW, "first_read": False}
    return decide(Change(kind=kind, incident=told, before=before), **(asked | how))


def aged(age: timedelta, **fields: Any) -> Incident:
    """An ambush `age` ago, known since then."""
    at = NOW - age
    times: dict[str, Any] = {"onset": None, "day_part": None, "first_reported_at": at, "informed_at": at}
    return incident(**(times | fields))


@pytest.mark.parametrize(
    ("fields", "scope", "reason"),
    [
        pytest.param({"credibility": CONFIRMED}, Scope.CONCERNED, Reason.CONFIRMED, id="confirmed"),
        pytest.param({"credibility": PROBABLE}, Scope.CONCERNED, Reason.PROBABLE, id="probable"),
        pytest.param({"reports": (report(admin_id=7),)}, Scope.CONCERNED, Reason.ADMIN, id="an admin's post"),
        pytest.param({"approved_by": 7}, Scope.CONCERNED, Reason.ADMIN, id="approved"),
        pytest.param({"approved_by": 7, "credibility": POSSIBLE}, Scope.CONCERNED, Reason.ADMIN, id="approved, unsure"),
        pytest.param({"credibility": POSSIBLE}, Scope.ALL_REPORTS, Reason.UNCONFIRMED, id="one source graded C"),
        pytest.param(
            {"credibility": Credibility.UNJUDGED}, Scope.ALL_REPORTS, Reason.UNCONFIRMED, id="a source nobody judged"
        ),
        pytest.param({"credibility": DOUBTFUL}, Scope.DESK, Reason.DOUBTFUL, id="doubtful"),
        pytest.param({"credibility": Credibility.IMPROBABLE}, Scope.DESK, Reason.DOUBTFUL, id="improbable"),
        pytest.param({"reports": (report(held="a convoy"),)}, Scope.DESK, Reason.HELD, id="held"),
        pytest.param(
            {"event_types": (EventType.ESCORT_OR_REOPENING,)}, Scope.DESK, Reason.HELD, id="an escort is never public"
        ),
        pytest.param({"location": NOWHERE}, Scope.DESK, Reason.NO_PLACE, id="no place"),
        pytest.param({"location": REGION}, Scope.DESK, Reason.NO_PLACE, id="an ambush somewhere in a region"),
        pytest.param({"event_types": (EventType.OTHER,)}, Scope.DESK, Reason.NO_PLACE, id="no type"),
        pytest.param(
            {"event_types": (EventType.FUEL_SHORTAGE,), "location": REGION},
            Scope.CONCERNED,
            Reason.WIDE_AREA,
            id="a shortage in a region",
        ),
        pytest.param(
            {"event_types": (EventType.BLOCKADE,), "location": REGION, "credibility": POSSIBLE},
            Scope.ALL_REPORTS,
            Reason.UNCONFIRMED,
            id="an unconfirmed blockade of a region",
        ),
        pytest.param(
            {"event_types": (EventType.BLOCKADE,), "location": NOWHERE}, Scope.DESK, Reason.NO_PLACE, id="of no"
        ),
    ],
)
def test_to_whom_a_new_incident_is_told(fields: dict[str, Any], scope: Scope, reason: Reason):
    decision = decided(incident(**fields))

    assert (decision.scope, decision.reason) == (scope, reason)


def test_a_reopening_is_told():
    told = incident(
        event_types=(EventType.ESCORT_OR_REOPENING,),
        reports=(report(reopens=True, event_types=(EventType.ESCORT_OR_REOPENING,)),),
    )

    assert decided(told).scope is Scope.CONCERNED


def test_a_state_of_a_whole_area_says_so():
    wide = decided(incident(event_types=(EventType.BLOCKADE,), location=REGION))

    assert wide.wide_area
    assert not decided(incident(event_types=(EventType.BLOCKADE,))).wide_area


@pytest.mark.parametrize(
    ("fields", "age", "lane", "sounds"),
    [
        pytest.param({}, 2, Lane.CRITICAL, True, id="an ambush two hours ago wakes"),
        pytest.param({}, 24, Lane.CRITICAL, True, id="at twenty-four hours still"),
        pytest.param({}, 25, Lane.HIGH, False, id="older, silently"),
        pytest.param({}, 72, Lane.HIGH, False, id="at seventy-two hours still"),
        pytest.param({"severity": Severity.EXTREME}, 2, Lane.CRITICAL, True, id="extreme"),
        pytest.param({"severity": Severity.MODERATE}, 2, Lane.NORMAL, True, id="moderate sounds by day only"),
        pytest.param({"severity": Severity.MINOR}, 2, Lane.NORMAL, False, id="minor is silent"),
        pytest.param({"event_types": (EventType.BRIDGE_OUT,)}, 2, Lane.HIGH, True, id="severe, but nobody shoots"),
        pytest.param({"credibility": POSSIBLE, "approved_by": 7}, 2, Lane.HIGH, True, id="approved as unconfirmed"),
    ],
)
def test_how_loudly(fields: dict[str, Any], age: int, lane: Lane, sounds: bool):  # noqa: FBT001 - a table's column
    decision = decided(aged(timedelta(hours=age), **fields))

    assert (decision.lane, decision.sounds) == (lane, sounds)


def test_after_three_days_nobody_is_told():
    decision = decided(aged(timedelta(hours=73)))

    assert (decision.scope, decision.reason) == (Scope.NOBODY, Reason.TOO_OLD)


def test_an_old_event_is_not_new_because_it_is_told_today():
    told = incident(onset=date(2025, 9, 28), day_part=None, first_reported_at=NOW, informed_at=NOW)

    assert decided(told).reason is Reason.TOO_OLD


def test_an_undated_event_is_as_old_as_its_first_word():
    told = aged(timedelta(hours=80), informed_at=NOW)

    assert decided(told).reason is Reason.TOO_OLD


def test_a_blockade_is_as_fresh_as_its_last_word():
    told = aged(timedelta(days=20), event_types=(EventType.BLOCKADE,), informed_at=NOW)

    assert decided(told).scope is Scope.CONCERNED


def test_a_first_read_is_told_to_nobody():
    assert decided(incident(), first_read=True).reason is Reason.FIRST_READ
    assert not decided(incident(), first_read=True).speaks


@pytest.mark.parametrize(
    ("minutes", "fields", "scope"),
    [
        pytest.param(20, {}, Scope.CONCERNED, id="twenty minutes"),
        pytest.param(19, {}, Scope.ALL_REPORTS, id="not yet"),
        pytest.param(60, {"severity": Severity.MODERATE}, Scope.ALL_REPORTS, id="not severe"),
        pytest.param(60, {"credibility": DOUBTFUL}, Scope.DESK, id="doubtful"),
        pytest.param(60, {"credibility": Credibility.UNJUDGED}, Scope.ALL_REPORTS, id="not judged"),
        pytest.param(60, {"location": NOWHERE}, Scope.DESK, id="no place"),
        pytest.param(60, {"reports": (report(held="a convoy"),)}, Scope.DESK, id="held"),
    ],
)
def test_what_is_severe_does_not_wait_for_ever(minutes: int, fields: dict[str, Any], scope: Scope):
    told = incident(**({"credibility": POSSIBLE} | fields))

    decision = decided(told, untouched_for=timedelta(minutes=minutes))

    assert decision.scope is scope
    assert not decision.sounds


def test_what_waited_is_told_even_if_some_chats_had_it():
    told = incident(credibility=POSSIBLE, announced=True)

    decision = decided(told, ChangeKind.REPEATED, before=told, untouched_for=timedelta(minutes=20))

    assert (decision.scope, decision.reason) == (Scope.CONCERNED, Reason.SEVERE_UNTOUCHED)


@pytest.mark.parametrize(
    ("kind", "scope"),
    [
        (ChangeKind.WORSE, Scope.CONCERNED),
        (ChangeKind.AGAIN, Scope.CONCERNED),
        (ChangeKind.SURER, Scope.CONCERNED),
        (ChangeKind.DETAIL, Scope.EARLIER_READERS),
        (ChangeKind.REPEATED, Scope.NOBODY),
    ],
)
def test_what_a_change_to_a_known_incident_is_worth(kind: ChangeKind, scope: Scope):
    before = incident(announced=True)

    assert decided(replace(before, version=2), kind, before).scope is scope


@pytest.mark.parametrize(
    ("fields", "scope"),
    [
        pytest.param({"location": Location(places=("gao",), precision=Precision.TOWN)}, Scope.CONCERNED, id="place"),
        pytest.param({"event_types": (EventType.BRIDGE_OUT,)}, Scope.CONCERNED, id="type"),
        pytest.param({"onset": date(2025, 10, 4)}, Scope.EARLIER_READERS, id="day"),
    ],
)
def test_followers_of_the_right_place_hear_of_a_correction_too(fields: dict[str, Any], scope: Scope):
    before = incident(announced=True)

    assert decided(replace(before, version=2, **fields), ChangeKind.DETAIL, before).scope is scope


def test_what_nobody_heard_yet_is_told_whatever_the_change():
    before = incident(credibility=DOUBTFUL)

    assert decided(incident(version=2), ChangeKind.DETAIL, before).scope is Scope.CONCERNED


def test_marking_it_announced_does_not_change_the_decision():
    before = incident()

    assert decided(incident(announced=True, version=2), ChangeKind.DETAIL, before).scope is Scope.CONCERNED


def test_approval_speaks_to_those_who_had_not_heard():
    before = incident(credibility=POSSIBLE, announced=True)
    after = replace(before, version=2, approved_by=7)

    assert decided(after, ChangeKind.REPEATED, before).scope is Scope.CONCERNED


@pytest.mark.parametrize("announced", [True, False])
def test_a_lifting_is_news_for_those_who_knew(announced: bool):  # noqa: FBT001 - a table's column
    before = incident(event_types=(EventType.BLOCKADE,), announced=announced)
    after = replace(before, status=Status.LIFTED, version=2)

    decision = decided(after, ChangeKind.LIFTED, before)

    assert decision.reason is Reason.LIFTED
    assert decision.scope is (Scope.CONCERNED if announced else Scope.NOBODY)
    assert decision.lane is not Lane.CRITICAL


def test_a_lifting_told_again_is_nothing_new():
    before = incident(event_types=(EventType.BLOCKADE,), announced=True, status=Status.LIFTED)

    assert decided(before, ChangeKind.REPEATED, before).reason is Reason.NOTHING_NEW


def test_a_doubtful_lifting_is_for_the_desk():
    before = incident(event_types=(EventType.BLOCKADE,), announced=True)
    after = replace(before, status=Status.LIFTED, credibility=DOUBTFUL)

    assert decided(after, ChangeKind.LIFTED, before).scope is Scope.DESK


@pytest.mark.parametrize(
    ("announced", "kind", "scope"),
    [
        pytest.param(True, ChangeKind.RETRACTED, Scope.EARLIER_READERS, id="everyone who got it"),
        pytest.param(False, ChangeKind.RETRACTED, Scope.NOBODY, id="nobody had it"),
        pytest.param(True, ChangeKind.REPEATED, Scope.NOBODY, id="one more reprint"),
        pytest.param(True, ChangeKind.DETAIL, Scope.DESK, id="an independent source insists"),
    ],
)
def test_a_correction_travels(announced: bool, kind: ChangeKind, scope: Scope):  # noqa: FBT001 - a table's column
    before = incident(announced=announced, status=Status.RETRACTED)

    decision = decided(before, kind, before)

    assert (decision.scope, decision.reason) == (scope, Reason.RETRACTED)


def test_a_correction_travels_however_old():
    before = aged(timedelta(days=9), announced=True)

    assert decided(replace(before, status=Status.RETRACTED), ChangeKind.RETRACTED, before).speaks


anything = st.fixed_dictionaries(
    {
        "event_types": st.sampled_from(EventType).map(lambda kind: (kind,)),
        "location": st.sampled_from((REGION, NOWHERE, incident().location)),
        "severity": st.sampled_from(Severity),
        "credibility": st.sampled_from(Credibility),
        "approved_by": st.sampled_from((None, 7)),
        "announced": st.booleans(),
        "onset": st.sampled_from((None, date(2025, 10, 5), date(2025, 10, 3), date(2025, 9, 1))),
    }
)
changes = st.sampled_from([kind for kind in ChangeKind if kind is not ChangeKind.RETRACTED])
waits = st.sampled_from((None, timedelta(0), timedelta(hours=1)))


@given(anything, st.sampled_from((Status.ACTIVE, Status.LIFTED)), changes, waits)
@settings(max_examples=300, deadline=None)
def test_what_is_held_never_speaks_to_readers(
    fields: dict[str, Any], status: Status, kind: ChangeKind, waited: timedelta | None
):
    told = incident(**fields, status=status, reports=(report(held="a convoy"), report(id="r2", held="a point")))

    assert not decided(told, kind, incident(**fields), untouched_for=waited).speaks


@given(anything, changes, waits)
@settings(max_examples=300, deadline=None)
def test_only_critical_news_takes_the_critical_lane(fields: dict[str, Any], kind: ChangeKind, waited: timedelta | None):
    told = incident(**fields)
    decision = decided(told, kind, told, untouched_for=waited)

    if decision.lane is Lane.CRITICAL:
        assert is_critical(told, NOW) or kind is ChangeKind.AGAIN  # as old as its word
        assert decision.sounds
    if not decision.speaks:
        assert not decision.sounds

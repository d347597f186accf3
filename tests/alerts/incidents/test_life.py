"""How does an incident's life go on?"""

from dataclasses import replace
from datetime import date

import pytest

from alerts.incidents.holding import BY_EDITOR
from alerts.incidents.life import amend, announce, approve, change_of, lift, merge, retract
from alerts.incidents.model import (
    ByHand,
    ChangeKind,
    Credibility,
    RetractionReason,
    Severity,
    SourceKind,
    Status,
    Trust,
    Vehicles,
)
from alerts.incidents.picture import redrawn
from alerts.reading.model import EventType
from tests.support.builders import NOW, incident, report


def test_a_retraction_is_a_change_of_its_own():
    known = incident(version=3)

    change = retract(known, reason=RetractionReason.WRONG_DATE, now=NOW)

    assert change.kind is ChangeKind.RETRACTED
    assert change.before == known
    assert change.incident.version == 4
    assert change.incident.retraction_reason is RetractionReason.WRONG_DATE


def test_an_admins_lifting_is_probable_and_dated_now():
    change = lift(incident(credibility=Credibility.CONFIRMED), by=SourceKind.FIELD, now=NOW)

    assert change.kind is ChangeKind.LIFTED
    assert change.incident.trust is Trust.PROBABLE
    assert change.incident.lifted_by is SourceKind.FIELD
    assert change.incident.informed_at == NOW


@pytest.mark.parametrize(
    ("known", "trust", "expected"),
    [
        pytest.param(Credibility.POSSIBLE, None, Trust.PROBABLE, id="approved is probable"),
        pytest.param(Credibility.DOUBTFUL, None, Trust.PROBABLE, id="even from a doubtful source"),
        pytest.param(Credibility.POSSIBLE, Trust.CONFIRMED, Trust.PROBABLE, id="no admin grants confirmed"),
        pytest.param(Credibility.CONFIRMED, Trust.CONFIRMED, Trust.CONFIRMED, id="two sources stay two"),
        pytest.param(Credibility.CONFIRMED, None, Trust.CONFIRMED, id="approval takes nothing away"),
        pytest.param(Credibility.PROBABLE, Trust.UNCONFIRMED, Trust.UNCONFIRMED, id="marked unconfirmed"),
    ],
)
def test_what_approval_grants(known: Credibility, trust: Trust | None, expected: Trust):
    change = approve(incident(credibility=known), admin_id=7, trust=trust, now=NOW)

    assert change.incident.trust is expected
    assert change.incident.approved_by == 7


def test_what_is_held_takes_two_admins():
    held = incident(reports=(report(held="a coming convoy"),))

    first = approve(held, admin_id=7, now=NOW).incident
    same = approve(first, admin_id=7, now=NOW).incident
    second = approve(same, admin_id=8, now=NOW).incident

    assert first.held is not None
    assert same.held is not None
    assert second.held is None


def test_the_admin_who_posted_counts_as_the_first():
    held = incident(reports=(report(held="a coming convoy", admin_id=7),))

    assert approve(held, admin_id=7, now=NOW).incident.held is not None
    assert approve(held, admin_id=8, now=NOW).incident.held is None


def test_a_held_report_beside_a_clear_one_takes_two_admins_too():
    held = report(id="r2", held="future_movement: convoi", fatalities=15)
    known = incident(reports=(report(), held), approved_by=6)

    first = approve(known, admin_id=7, now=NOW).incident
    same = approve(first, admin_id=7, now=NOW).incident
    second = approve(same, admin_id=8, now=NOW).incident

    assert [one.held for one in first.reports] == [one.held for one in same.reports] == [None, held.held]
    assert [one.held for one in second.reports] == [None, None]


def test_who_agreed_to_one_held_report_has_not_agreed_to_the_next():
    first = approve(incident(reports=(report(held="a coming convoy"),)), admin_id=7, now=NOW).incident
    later = replace(first, reports=(*first.reports, report(id="r2", held="another")))
    second = approve(later, admin_id=8, now=NOW).incident
    assert [one.held for one in second.reports] == [None, "another"]


def test_being_announced_is_no_new_version():
    known = incident(version=2)

    assert announce(known) == replace(known, announced=True)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        pytest.param({"status": Status.RETRACTED, "severity": Severity.EXTREME}, ChangeKind.RETRACTED, id="retracted"),
        pytest.param({"status": Status.LIFTED, "severity": Severity.EXTREME}, ChangeKind.LIFTED, id="lifted"),
        pytest.param(
            {"severity": Severity.EXTREME, "credibility": Credibility.CONFIRMED}, ChangeKind.WORSE, id="worse"
        ),
        pytest.param(
            {"credibility": Credibility.CONFIRMED, "vehicles": (Vehicles.BUSES,)}, ChangeKind.SURER, id="surer"
        ),
        pytest.param({"vehicles": (Vehicles.BUSES,)}, ChangeKind.DETAIL, id="vehicles"),
        pytest.param({"event_types": (EventType.IED,)}, ChangeKind.DETAIL, id="type"),
        pytest.param({"onset": None}, ChangeKind.DETAIL, id="day"),
        pytest.param({"severity": Severity.MODERATE}, ChangeKind.REPEATED, id="less grave"),
        pytest.param({"reports": (report(), report(id="r2"))}, ChangeKind.REPEATED, id="one more report"),
    ],
)
def test_a_change_is_named_after_its_gravest_difference(fields: dict[str, object], kind: ChangeKind):
    assert change_of(incident(**fields), incident()).kind is kind


def test_what_nobody_knew_is_new():
    assert change_of(incident(), None).kind is ChangeKind.NEW


def test_sent_as_probable_is_probable_at_most():
    change = approve(incident(credibility=Credibility.CONFIRMED), admin_id=7, trust=Trust.PROBABLE, now=NOW)
    assert change.incident.trust is Trust.PROBABLE


def test_the_desks_own_holds_fall_with_another_admins_word():
    known = incident(reports=(report(), report(id="r2", held=BY_EDITOR, admin_id=9, vehicles=(Vehicles.BUSES,))))
    assert approve(known, admin_id=9, now=NOW).incident.vehicles == ()
    assert approve(known, admin_id=7, now=NOW).incident.vehicles == (Vehicles.BUSES,)


@pytest.mark.parametrize(
    ("hand", "kind"),
    [
        pytest.param(ByHand(onset=date(2025, 10, 1)), ChangeKind.CORRECTED, id="day"),
        pytest.param(ByHand(event_type=EventType.IED), ChangeKind.CORRECTED, id="type"),
        pytest.param(ByHand(severity=Severity.MODERATE), ChangeKind.CORRECTED, id="milder"),
        pytest.param(ByHand(severity=Severity.EXTREME), ChangeKind.WORSE, id="graver"),
        pytest.param(ByHand(vehicles=(Vehicles.BUSES,)), ChangeKind.DETAIL, id="traffic"),
        pytest.param(ByHand(until=NOW), ChangeKind.REPEATED, id="how-long-it-holds"),
        pytest.param(ByHand(), ChangeKind.REPEATED, id="nothing"),
    ],
)
def test_what_an_admin_sets_right_is_named_after_what_readers_were_told_wrongly(hand: ByHand, kind: ChangeKind):
    assert amend(incident(), hand, now=NOW).kind is kind


def test_what_was_set_by_hand_outlasts_further_reports_and_further_changes():
    first = amend(incident(), ByHand(onset=date(2025, 10, 1), vehicles=()), now=NOW).incident
    second = amend(first, ByHand(severity=Severity.MODERATE), now=NOW).incident
    told = redrawn(second, (*second.reports, report(id="r2", vehicles=(Vehicles.BUSES,), fatalities=40)), now=NOW)
    assert (told.onset, told.vehicles, told.severity) == (date(2025, 10, 1), (), Severity.MODERATE)


def test_two_tellings_of_one_event_become_one_and_the_other_is_taken_back():
    one, other = incident(id="0001"), incident(id="0002", reports=(report(id="r2", source_id="afp", title="Autre"),))
    kept, gone = merge(other, one, now=NOW)
    assert [told.id for told in kept.incident.reports] == ["r1", "r2"]
    assert (kept.kind, kept.incident.trust) == (ChangeKind.SURER, Trust.CONFIRMED)
    assert (gone.kind, gone.incident.merged_into, gone.incident.retraction_reason) == (
        ChangeKind.RETRACTED,
        "0001",
        RetractionReason.DUPLICATE,
    )

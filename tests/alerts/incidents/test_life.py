"""How does an incident's life go on?"""

from dataclasses import replace

import pytest

from alerts.incidents.life import announce, approve, change_of, lift, retract
from alerts.incidents.model import ChangeKind, Credibility, Severity, SourceKind, Status, Trust, Vehicles
from alerts.reading.model import EventType
from tests.support.builders import NOW, incident, report


def test_a_retraction_is_a_change_of_its_own():
    known = incident(version=3)

    change = retract(known, reason="old footage", now=NOW)

    assert change.kind is ChangeKind.RETRACTED
    assert change.before == known
    assert change.incident.version == 4
    assert change.incident.retraction_reason == "old footage"


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

"""What keeps a report from readers, and what frees it?"""

import pytest

from alerts.incidents.absorb import absorb
from alerts.incidents.holding import BY_EDITOR, ONE_WITNESS, heard_twice, holds_of, of_one_witness, rule_of
from alerts.incidents.known import Known
from alerts.incidents.life import approve
from alerts.incidents.model import Report, Trust
from tests.support.builders import NOW, incident, report
from tests.support.service import atlas


def witness(by: int | None, name: str = "r1", held: str | None = ONE_WITNESS) -> Report:
    return report(id=name, admin_id=by, source_id="desk", held=held)


@pytest.mark.parametrize(
    ("other", "free"),
    [
        pytest.param(witness(901, "r2"), True, id="another-witness-of-another-admin"),
        pytest.param(witness(900, "r2"), False, id="the-same-admin-again"),
        pytest.param(witness(900, "r2", None), False, id="the-same-admin-without-the-mark"),
        pytest.param(report(id="r2"), True, id="the-press"),
        pytest.param(report(id="r2", held="under_way: convoi"), False, id="a-text-the-check-holds"),
        pytest.param(witness(902, "r2", BY_EDITOR), False, id="an-editor"),
    ],
)
def test_one_witness_waits_for_somebody_else(other: Report, free: bool):  # noqa: FBT001
    first, _ = heard_twice([witness(900), other])
    assert (first.held is None) is free


def test_two_who_cannot_be_told_apart_make_it_public():
    [first] = absorb([witness(900)], into=Known(atlas()), new_id=lambda: "0001", now=NOW)
    assert first.incident.held == ONE_WITNESS
    [second] = absorb([witness(901, "r2")], into=Known.of([first.incident], atlas()), new_id=lambda: "0002", now=NOW)
    assert second.incident.held is None
    assert second.incident.trust is Trust.PROBABLE


def test_the_rule_is_what_stands_before_the_words():
    assert [rule_of(held) for held in (BY_EDITOR, ONE_WITNESS, "names: x")] == ["editor", "witness", "names"]


@pytest.mark.parametrize("held", [BY_EDITOR, "names: x"])
def test_a_second_report_frees_what_one_witness_knows_and_nothing_else(held: str):
    first, _ = heard_twice([witness(900, held=of_one_witness(held)), report(id="r2")])
    assert first.held == held


@pytest.mark.parametrize("held", [None, BY_EDITOR, "names: x"])
def test_no_agreement_stands_for_a_second_report(held: str | None):
    known = incident(reports=(witness(900, held=of_one_witness(held)),))
    for admin in (901, 902):
        known = approve(known, admin_id=admin, now=NOW).incident
    assert known.held == ONE_WITNESS


def test_two_editors_with_a_witness_each_need_an_admin_and_no_more():
    both = [witness(by, f"r{by}", of_one_witness(BY_EDITOR)) for by in (900, 901)]
    known = incident(reports=tuple(heard_twice(both)))
    assert known.held is not None
    assert approve(known, admin_id=902, now=NOW).incident.held is None


def test_each_hold_stands_by_itself():
    assert holds_of(of_one_witness("names: x")) == (ONE_WITNESS, "names: x")
    assert [holds_of(one) for one in (ONE_WITNESS, BY_EDITOR)] == [(ONE_WITNESS,), (BY_EDITOR,)]

"""What keeps a report from readers, and what frees it?"""

import pytest

from alerts.incidents.absorb import absorb
from alerts.incidents.holding import BY_EDITOR, ONE_WITNESS, heard_twice, rule_of
from alerts.incidents.known import Known
from alerts.incidents.model import Report, Trust
from tests.support.builders import NOW, report
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

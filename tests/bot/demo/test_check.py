"""A missing, repeated, misled or unexpected message never passes for a good one."""

from typing import Any

import pytest

from bot.demo.check import compare
from bot.demo.ear import Heard
from bot.demo.story import Expected

ALERT = "RN1 Diéma : très perturbé"


def heard(who: str = "driver", text: str = ALERT, **fields: Any) -> Heard:
    return Heard(**({"who": who, "at": 1.0, "text": text, "message_id": 1} | fields))


def expected(who: str = "driver", *says: str, **fields: Any) -> Expected:
    return Expected(who=who, says=says or ("Diéma",), **fields)


@pytest.mark.parametrize(
    ("wanted", "came", "fault"),
    [
        pytest.param([expected()], [], "missing", id="missing"),
        pytest.param([expected("driver", "Loulouni")], [heard()], "missing", id="other-words"),
        pytest.param([expected(never=("très",))], [heard()], "missing", id="forbidden-words"),
        pytest.param([expected(silent=True)], [heard()], "missing", id="it-sounded"),
        pytest.param([expected()], [heard(), heard(message_id=2)], "repeated", id="twice"),
        pytest.param([expected()], [heard(), heard("admin")], "wrong chat", id="in-another-chat-too"),
        pytest.param([], [heard()], "unexpected", id="nobody-asked"),
        pytest.param([expected()], [heard(), heard(text="Bonjour")], "unexpected", id="one-more"),
    ],
)
def test_what_went_wrong_is_named(wanted: list[Expected], came: list[Heard], fault: str):
    verdict = compare(wanted, came)
    assert any(told.startswith(fault) for told in verdict.faults)


def test_each_expectation_takes_a_message_of_its_own():
    verdict = compare([expected(), expected("admin")], [heard("admin"), heard()])
    assert not verdict.faults
    assert [(one.who, message.who) for one, message in verdict.met] == [("driver", "driver"), ("admin", "admin")]


def test_two_of_the_same_must_come_twice():
    verdict = compare([expected(), expected()], [heard()])
    assert [fault.partition(":")[0] for fault in verdict.faults] == ["missing"]
    assert not verdict.is_whole


def test_a_message_too_many_is_a_fault_but_nothing_to_wait_for():
    verdict = compare([], [heard()])
    assert verdict.faults
    assert verdict.is_whole

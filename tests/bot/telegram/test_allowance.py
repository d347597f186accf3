import pytest

from bot.telegram.allowance import FIRST_TRY, LONGEST_TRY, MINUTE, Allowance


def minutes(allowance: Allowance, count: int) -> None:
    """So many minutes in which others always waited."""
    for _ in range(count):
        for _ in range(allowance.level * MINUTE):
            allowance.passed()


@pytest.mark.parametrize(
    ("passed", "level"),
    [
        pytest.param(20, 20, id="twenty-passed"),
        pytest.param(29, 27, id="less-at-least-by-a-tenth"),
        pytest.param(15, 15, id="half-of-what-is-allowed-tells-something"),
        pytest.param(14, 27, id="less-may-be-about-one-chat"),
        pytest.param(0, 27, id="nothing-passed-at-all"),
    ],
)
def test_a_refusal_shows_how_many_pass(passed: int, level: int):
    allowance = Allowance(30)
    allowance.refused(passed=passed)
    assert allowance.level == level


def test_one_call_always_passes():
    allowance = Allowance(3)
    for _ in range(20):
        allowance.refused(passed=0)
    assert allowance.level == 1


def test_it_grows_back_by_one_a_minute_up_to_what_was_refused():
    allowance = Allowance(30)
    allowance.refused(passed=0)
    minutes(allowance, 1)
    assert allowance.level == 28
    minutes(allowance, 1)
    assert allowance.level == 29
    minutes(allowance, FIRST_TRY - 1)
    assert allowance.level == 29
    minutes(allowance, 1)
    assert allowance.level == 30


def test_a_limit_that_stays_is_tried_ever_more_rarely():
    allowance, tries = Allowance(30), []
    allowance.refused(passed=20)
    for _ in range(4):
        waited = 0
        while allowance.level <= 20:
            minutes(allowance, 1)
            waited += 1
        tries.append(waited)
        allowance.refused(passed=20)
        minutes(allowance, 20 - allowance.level)
    assert tries == [10, 20, 40, 80]


def test_a_limit_is_tried_once_a_day_at_least():
    allowance = Allowance(2)
    allowance.refused(passed=1)
    for _ in range(12):
        minutes(allowance, LONGEST_TRY)
        assert allowance.level == 2
        allowance.refused(passed=1)


def test_a_limit_that_was_lifted_is_forgotten():
    allowance = Allowance(30)
    allowance.refused(passed=20)
    minutes(allowance, FIRST_TRY + 9)
    assert allowance.level == 30
    allowance.refused(passed=20)
    minutes(allowance, FIRST_TRY)
    assert allowance.level == 21


def test_it_never_exceeds_what_the_operator_says():
    allowance = Allowance(30)
    minutes(allowance, 100)
    assert allowance.level == 30

"""What this process remembers of one alert under way."""

from datetime import timedelta

from alerts.delivery.rounds import ASIDE, PAUSES, Round
from tests.support.builders import alert


def a_round(*recipients: str) -> Round:
    one = Round(alert())
    one.ask(10)
    one.take(recipients)
    return one


def test_each_is_handed_out_once_in_order():
    one = a_round("1", "2")
    assert [one.next(0), one.next(0), one.next(0)] == ["1", "2", None]


def test_who_is_under_way_or_was_answered_meanwhile_is_not_handed_out_again():
    one = a_round("1", "2", "3")
    assert [one.next(0), one.next(0)] == ["1", "2"]
    one.ask(10)
    one.done("2")
    one.take(["1", "2", "3"])
    assert [one.next(0), one.next(0)] == ["3", None]


def test_the_next_page_reaches_beyond_those_under_way_and_at_rest():
    one = a_round("1", "2")
    one.next(0)
    one.rest("2", 0)
    assert one.ask(10) == 12


def test_further_tries_come_later_and_later():
    one = a_round("1")
    ends = []
    for _ in range(4):
        one.rest("1", 0)
        ends.append(one.wakes_at())
    assert ends == [*PAUSES, PAUSES[-1]]
    one.settled("1")
    assert one.wakes_at() is None


def test_a_wait_that_telegram_asks_for_is_no_further_try():
    one = a_round("1")
    one.rest("1", 0, timedelta(seconds=30))
    one.rest("1", 0)
    assert one.wakes_at() == PAUSES[0]


def test_who_steps_aside_rests_and_may_be_taken_along():
    one = a_round("1", "2")
    one.step_aside("1", 0)
    one.rest("2", 0)
    assert [one.next(0), one.wakes_at()] == [None, ASIDE]
    assert [one.may_join("1", 0), one.may_join("2", 0), one.may_join("3", 0)] == [True, False, True]

"""However a call and its answer travel, no stretch of time at the server holds more calls than are allowed."""

from bisect import bisect_right
from heapq import heappop, heappush
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.places import Limit, Places

TRIPS = st.lists(st.tuples(st.floats(0, 5), st.floats(0, 5)), min_size=1, max_size=60)


def arrivals(limit: Limit, trips: list[tuple[float, float]]) -> list[float]:
    """When calls arrive that each leave as soon as there is a place, and travel as long as `trips` say, each way."""
    places, now, under_way, arrived = Places(memory=limit.calls), 0.0, list[float](), list[float]()
    for there, back in trips:
        while (free_at := places.free_at(limit)) > now:
            now = min(free_at, under_way[0]) if under_way else free_at
            while under_way and under_way[0] <= now:
                places.answer(heappop(under_way))
        places.take()
        arrived.append(now + there)
        heappush(under_way, now + there + back)
    return sorted(arrived)


@given(TRIPS, st.integers(1, 5), st.sampled_from([1.0, 3.0, 60.0]))
def test_no_stretch_holds_more_than_the_limit_whatever_the_way_does(
    trips: list[tuple[float, float]], calls: int, seconds: float
):
    at = arrivals(Limit(calls, seconds), trips)
    almost = seconds * (1 - 1e-9)  # what is added up in another order differs in the last digit
    assert all(bisect_right(at, first + almost) - number <= calls for number, first in enumerate(at))


@given(TRIPS)
def test_a_place_that_gave_nothing_away_comes_back_at_once(trips: list[tuple[float, float]]):
    limit, places = Limit(2, 1.0), Places(memory=2)
    for _ in trips:
        assert places.free_at(limit) == -inf
        places.take()
        places.give_back()


def test_as_long_as_all_places_lack_an_answer_there_is_no_telling_when():
    places = Places(memory=2)
    places.take()
    assert places.free_at(Limit(1, 1.0)) == inf
    assert places.free_at(Limit(2, 1.0)) == -inf


def test_an_allowance_that_shrank_holds_for_what_was_answered_before():
    places = Places(memory=3)
    for now in (10.0, 10.2, 10.4):
        places.take()
        places.answer(now)
    assert places.free_at(Limit(3, 1.0)) == pytest.approx(11.0)
    assert places.free_at(Limit(1, 1.0)) == pytest.approx(11.4)

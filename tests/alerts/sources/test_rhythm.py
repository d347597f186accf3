from datetime import timedelta

import pytest

from alerts.sources.rhythm import LOOKS_PER_GAP, pace, usual_gap
from tests.alerts.sources.samples import HOUR, NOW

DAY = 24 * HOUR


def test_the_usual_gap_is_that_of_the_last_four_weeks():
    assert usual_gap([NOW, NOW - 2 * DAY, NOW - 8 * DAY, NOW - 100 * DAY, None], now=NOW) == 4 * DAY


@pytest.mark.parametrize("published", [[], [None] * 9, [NOW, NOW - DAY], [NOW - 99 * DAY] * 5])
def test_of_too_few_dated_entries_no_rhythm_is_told(published: list[None]):
    assert usual_gap(published, now=NOW) is None


@pytest.mark.parametrize(
    ("gap", "silent_for", "allowed"),
    [
        pytest.param(8 * HOUR, timedelta(0), timedelta(0), id="has-just-published"),
        pytest.param(8 * HOUR, 4 * HOUR, HOUR / 2, id="silent-for-a-while"),
        pytest.param(8 * HOUR, 8 * HOUR, HOUR, id="as-long-as-usual"),
        pytest.param(8 * HOUR, 80 * HOUR, HOUR, id="much-longer"),
        pytest.param(8 * HOUR, -HOUR, timedelta(0), id="dated-ahead"),
        pytest.param(None, HOUR, timedelta(0), id="no-rhythm"),
    ],
)
def test_a_source_is_left_alone_as_its_rhythm_allows(gap: timedelta | None, silent_for: timedelta, allowed: timedelta):
    assert pace(gap=gap, newest=NOW - silent_for, now=NOW) == allowed
    assert LOOKS_PER_GAP == 8


def test_a_source_without_dates_has_no_pace():
    assert pace(gap=HOUR, newest=None, now=NOW) == timedelta(0)

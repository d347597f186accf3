from dataclasses import replace
from datetime import timedelta

import pytest

from alerts.sources.health import counted, health, is_stale
from alerts.sources.model import DayCount, Kind
from tests.alerts.sources.samples import HOUR, MINUTE, NOW, marks, source

FIL = source("https://a.example/feed", interval=15 * MINUTE)
CHANNEL = source("https://t.me/fil_info", kind=Kind.CHANNEL)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("since", "wait", "stale"),
    [
        pytest.param(45 * MINUTE, None, False, id="three-intervals"),
        pytest.param(46 * MINUTE, None, True, id="more-than-three"),
        pytest.param(2 * HOUR, HOUR, False, id="it-was-to-be-left-alone-for-longer"),
        pytest.param(3 * HOUR + MINUTE, HOUR, True, id="three-of-those"),
        pytest.param(-HOUR, None, False, id="clock-set-back"),
    ],
)
def test_a_source_is_stale_after_three_silent_intervals(since: timedelta, wait: timedelta | None, *, stale: bool):
    remembered = marks(succeeded_at=NOW - since, wait=wait)
    assert is_stale(FIL, remembered, least=5 * MINUTE, now=NOW) is stale


def test_the_services_own_bound_makes_intervals_longer():
    remembered = marks(succeeded_at=NOW - 80 * MINUTE)
    assert not is_stale(FIL, remembered, least=30 * MINUTE, now=NOW)


@pytest.mark.parametrize(("failures", "stale"), [(0, False), (2, False), (3, True)])
def test_a_source_never_read_is_stale_after_three_tries(failures: int, *, stale: bool):
    assert is_stale(FIL, marks(failures=failures), least=MINUTE, now=NOW) is stale


def test_a_channel_may_be_silent_as_long_as_it_is_open_to_us():
    silent = marks(succeeded_at=NOW - 90 * DAY)
    assert not is_stale(CHANNEL, silent, least=MINUTE, now=NOW)
    assert is_stale(CHANNEL, replace(silent, failures=1), least=MINUTE, now=NOW)


def test_what_a_source_brings_is_counted_by_day_and_told_for_a_week():
    remembered = marks()
    for days, entries, relevant in ((8, 90, 90), (6, 5, 1), (0, 3, 1), (0, 2, 2)):
        remembered = counted(remembered, entries=entries, relevant=relevant, now=NOW - days * DAY)

    told = health(FIL, remembered, least=MINUTE, now=NOW)

    assert (told.entries, told.relevant, told.share) == (10, 4, 40)
    assert remembered.days == (
        DayCount(day=(NOW - 6 * DAY).date(), entries=5, relevant=1),
        DayCount(day=NOW.date(), entries=5, relevant=3),
    )


def test_of_no_entries_no_share_is_told():
    assert health(FIL, counted(marks(), entries=0, relevant=0, now=NOW), least=MINUTE, now=NOW).share is None
    assert counted(marks(), entries=0, relevant=0, now=NOW).days == ()

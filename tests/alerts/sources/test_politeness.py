from collections.abc import Mapping
from datetime import timedelta
from random import Random

import pytest

from alerts.sources.politeness import (
    FULL_READ_EVERY,
    LONGEST_WAIT,
    freshness,
    is_due,
    needs_full_read,
    retry_after,
    wait_after_failure,
    wait_after_success,
)
from tests.alerts.sources.samples import HOUR, MINUTE, NOW, marks, source

BASE = 15 * MINUTE
FIL = source("https://a.example/feed")


def wait(headers: Mapping[str, str], *, ttl: timedelta | None = None, base: timedelta = BASE) -> timedelta:
    return wait_after_success(headers, base=base, ttl=ttl, pace=timedelta(0), now=NOW, rng=Random(7))


@pytest.mark.parametrize(
    ("headers", "fresh"),
    [
        pytest.param({"Cache-Control": "public, max-age=1200"}, 20 * MINUTE, id="max-age"),
        pytest.param({"Cache-Control": "max-age=1200", "Age": "600"}, 10 * MINUTE, id="less-its-age"),
        pytest.param({"Cache-Control": "max-age=60", "Age": "600"}, timedelta(0), id="already-old"),
        pytest.param({"Cache-Control": "no-cache, max-age=1200"}, None, id="no-cache"),
        pytest.param({"Cache-Control": 'MAX-AGE="1200"'}, 20 * MINUTE, id="odd-spelling"),
        pytest.param({"Cache-Control": "max-age=-5"}, None, id="negative"),
        pytest.param({"Cache-Control": "max-age=99999999999999"}, timedelta(days=365), id="absurd"),
        pytest.param({"Expires": "Mon, 06 Oct 2025 15:30:00 GMT"}, 30 * MINUTE, id="expires"),
        pytest.param(
            {"Expires": "Mon, 06 Oct 2025 15:30:00 GMT", "Date": "Mon, 06 Oct 2025 15:20:00 GMT"},
            10 * MINUTE,
            id="expires-by-the-server's-clock",
        ),
        pytest.param({"Expires": "0"}, None, id="expires-zero"),
        pytest.param({"Expires": "bientôt"}, None, id="expires-nonsense"),
        pytest.param({}, None, id="unsaid"),
    ],
)
def test_an_answers_freshness_is_read_from_its_headers(headers: Mapping[str, str], fresh: timedelta | None) -> None:
    assert freshness(headers, now=NOW) == fresh


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        pytest.param("120", 2 * MINUTE, id="seconds"),
        pytest.param("Mon, 06 Oct 2025 15:10:00 GMT", 10 * MINUTE, id="date"),
        pytest.param("Mon, 06 Oct 2025 15:10:00 -0000", 10 * MINUTE, id="date-without-zone"),
        pytest.param("later", None, id="nonsense"),
    ],
)
def test_retry_after_is_seconds_or_a_date(said: str, asked: timedelta | None) -> None:
    assert retry_after({"Retry-After": said}, now=NOW) == asked


@pytest.mark.parametrize(
    ("headers", "ttl", "least"),
    [
        pytest.param({}, None, BASE, id="our-own-interval"),
        pytest.param({"Cache-Control": "max-age=60"}, None, BASE, id="never-sooner-than-ours"),
        pytest.param({"Cache-Control": "max-age=1800"}, None, 30 * MINUTE, id="max-age"),
        pytest.param({}, 40 * MINUTE, 40 * MINUTE, id="ttl"),
        pytest.param({"Retry-After": "1500"}, None, 25 * MINUTE, id="retry-after"),
        pytest.param({"Cache-Control": "max-age=86400"}, timedelta(days=2), LONGEST_WAIT, id="an-hour-at-most"),
    ],
)
def test_a_servers_wish_is_honoured_within_bounds(
    headers: Mapping[str, str], ttl: timedelta | None, least: timedelta
) -> None:
    assert least <= wait(headers, ttl=ttl) <= min(least * 1.1, LONGEST_WAIT)


def test_an_interval_longer_than_an_hour_is_the_operators_to_set() -> None:
    assert wait({}, base=6 * HOUR) >= 6 * HOUR


def test_jitter_spreads_sources_and_is_never_early() -> None:
    rng = Random(1)
    waits = {wait_after_success({}, base=BASE, ttl=None, pace=timedelta(0), now=NOW, rng=rng) for _ in range(20)}

    assert len(waits) == 20
    assert min(waits) >= BASE


def test_failures_are_retried_less_and_less_often_but_always_within_the_hour() -> None:
    waits = [wait_after_failure({}, base=BASE, failures=n, now=NOW, rng=Random(n)) for n in range(1, 200)]

    assert BASE <= waits[0] <= BASE * 1.1
    assert waits[1] >= 2 * BASE
    assert waits[2:] == [LONGEST_WAIT] * len(waits[2:])


def test_a_failing_server_that_asks_for_patience_gets_it() -> None:
    assert wait_after_failure({"Retry-After": "2700"}, base=BASE, failures=1, now=NOW, rng=Random(1)) >= 45 * MINUTE


@pytest.mark.parametrize(
    ("next_check", "due"),
    [
        pytest.param(None, True, id="never-read"),
        pytest.param(-MINUTE, True, id="late"),
        pytest.param(timedelta(0), True, id="right-now"),
        pytest.param(MINUTE, False, id="early"),
        pytest.param(timedelta(days=30), True, id="clock-set-back"),
    ],
)
def test_a_source_is_asked_when_its_time_has_come(next_check: timedelta | None, *, due: bool) -> None:
    remembered = marks(next_check_at=None if next_check is None else NOW + next_check)

    assert is_due(FIL, remembered, now=NOW) is due


def test_now_and_then_the_whole_feed_is_asked_for() -> None:
    assert needs_full_read(marks(), now=NOW)
    assert not needs_full_read(marks(unconditional_at=NOW - FULL_READ_EVERY + MINUTE), now=NOW)
    assert needs_full_read(marks(unconditional_at=NOW - FULL_READ_EVERY), now=NOW)

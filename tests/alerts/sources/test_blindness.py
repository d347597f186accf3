"""No news is normal; no reading is not."""

from datetime import datetime, timedelta

import pytest

from alerts.sources.blindness import BLIND_AFTER, blind_since
from alerts.sources.model import FeedMarks
from tests.support.builders import NOW

LONG_AGO = NOW - BLIND_AFTER


def marks(read_at: datetime | None, failures: int = 3) -> FeedMarks:
    return FeedMarks(source_id="s", checked_at=NOW, succeeded_at=read_at, failures=failures)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param([marks(LONG_AGO)], LONG_AGO, id="all-fail-for-hours"),
        pytest.param([marks(LONG_AGO), marks(LONG_AGO - timedelta(days=1))], LONG_AGO, id="since-the-last-of-them"),
        pytest.param([marks(LONG_AGO), marks(None)], LONG_AGO, id="one-was-never-read"),
        pytest.param([marks(LONG_AGO + timedelta(minutes=1))], None, id="not-long-enough"),
        pytest.param([marks(LONG_AGO), marks(NOW, 0)], None, id="one-answers"),
        pytest.param([marks(LONG_AGO, 0)], None, id="nothing-new-is-an-answer"),
        pytest.param([marks(None)], None, id="never-read-at-all"),
        pytest.param([FeedMarks(source_id="s")], None, id="never-tried"),
        pytest.param([], None, id="no-sources"),
    ],
)
def test_the_silence_is_ours_only_when_every_source_has_failed_for_hours(
    known: list[FeedMarks], expected: datetime | None
):
    assert blind_since(known, now=NOW) == expected

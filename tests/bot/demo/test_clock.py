"""The story's clock stands within a scene, jumps between two, and runs once the story is told."""

from datetime import UTC, datetime, timedelta

from bot.demo.clock import StoryClock

NOON = datetime(2025, 10, 5, 12, 0, tzinfo=UTC)


def test_it_stands_until_it_is_told():
    clock = StoryClock(NOON)
    assert clock() == clock() == NOON
    clock.jump(NOON + timedelta(days=1))
    assert clock() == NOON + timedelta(days=1)


def test_it_runs_on_from_where_it_stood_and_can_be_stopped_again():
    seconds = iter([100.0, 101.0, 107.0])
    clock = StoryClock(NOON, seconds=lambda: next(seconds))
    clock.run()
    assert [clock(), clock()] == [NOON + timedelta(seconds=1), NOON + timedelta(seconds=7)]
    clock.jump(NOON)
    assert clock() == NOON

"""What every test stands on: quiet failures are loud, and time is handed in."""

import logging
import os
from collections.abc import Iterator

os.environ["PTB_TIMEDELTA"] = "1"  # read when python-telegram-bot builds a RetryAfter; without it, it warns

import pytest

pytest_plugins = ["tests.support.redis", "tests.support.replicated"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--trials", type=int, default=2, help="how many crash trials of each kind to run")
    parser.addoption("--rewrite", action="store_true", help="write docs/conversations.md anew from what is said")
    parser.addoption("--seed", type=int, default=None, help="seed of the crash trials; printed when not given")


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("SIRABA_")]:
        monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _no_unexpected_warning(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A WARNING in the log fails the test, unless it is marked `expects_warnings`."""
    yield
    if request.node.get_closest_marker("expects_warnings"):
        return
    loud = [record for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    assert not loud, f"unexpected in the log: {[record.getMessage() for record in loud]}"

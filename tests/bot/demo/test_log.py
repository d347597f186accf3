"""No log line clutters the transcript, and none holds the token."""

import logging
from pathlib import Path

import pytest

from bot.demo.log import logs_to, tail

SECRET = "4242:stand-in"


def test_logs_go_to_the_file_without_the_token_and_nowhere_else(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    before = logging.getLogger().handlers[:]
    with logs_to(tmp_path / "log", secret=SECRET):
        logging.getLogger("bot").info("started with %s", SECRET)
    assert tail(tmp_path / "log")[0].endswith("started with [secret]")
    assert logging.getLogger().handlers == before
    assert capfd.readouterr() == ("", "")


def test_why_an_alert_went_out_is_told_once(tmp_path: Path):
    with logs_to(tmp_path / "log", secret=SECRET) as reasons:
        logging.getLogger("alerts").info("an alert goes out", extra={"alert": "0001.1", "reason": "PROBABLE"})
        assert reasons.take() == [("0001.1", "PROBABLE")]
        assert reasons.take() == []


def test_a_log_that_never_began_has_no_end(tmp_path: Path):
    assert tail(tmp_path / "none") == []

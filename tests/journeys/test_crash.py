"""kill -9 at any moment: what was accepted is never lost, and only what was in flight is repeated.

What a trial is stands in tests/chaos/trials.py. `make chaos` runs hundreds; the suite a few of each kind.
"""

import random

import pytest

from bot.demo.telegram.client import Telegram
from tests.chaos.trials import HARMS, Ground, alert, commands

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(900)]  # a bot takes its time to start on a busy machine

KILLS = [kind for kind in HARMS if kind.startswith("kill")]


@pytest.fixture
async def ground(telegram: Telegram, tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """Prepared once for all trials."""
    folder = tmp_path_factory.getbasetemp() / "chaos"
    ground = Ground(telegram=telegram, folder=folder)
    if not folder.exists():
        folder.mkdir()
        await ground.prepare()
    return ground


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        first = metafunc.config.getoption("--seed")
        first = random.SystemRandom().randrange(10**6) if first is None else first
        metafunc.parametrize("seed", range(first, first + metafunc.config.getoption("--trials")))


@pytest.mark.parametrize("kind", KILLS)
async def test_a_kill_loses_no_alert_and_repeats_only_what_was_in_flight(ground: Ground, kind: str, seed: int):
    trial = await alert(ground, kind, seed)
    assert trial.lost == 0
    assert trial.repeated <= trial.in_flight
    assert not trial.fault


async def test_a_stop_by_an_operator_loses_and_repeats_nothing(ground: Ground, seed: int):
    trial = await alert(ground, "SIGTERM", seed)
    assert (trial.lost, trial.repeated, trial.fault) == (0, 0, "")


async def test_of_300_queued_commands_two_kills_lose_none(ground: Ground, seed: int):
    trial = await commands(ground, seed)
    assert (trial.lost, trial.fault) == (0, "")

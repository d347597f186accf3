from pathlib import Path

import pytest

from alerts.store.binaries import ServerBinary, find_server
from tests.support.telegram import telegram, telegram_process

__all__ = ["telegram", "telegram_process"]


@pytest.fixture(scope="session")
def redis_binary() -> ServerBinary:
    """One server is enough here: what servers differ in is the store's business."""
    return find_server()


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands run in a folder that holds no `.env` of whoever runs the tests, and keep their data there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SIRABA_DATA_DIR", str(tmp_path / "data"))

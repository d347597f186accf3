import pytest

from alerts.store.binaries import ServerBinary, find_server
from tests.support.telegram import telegram, telegram_process

__all__ = ["telegram", "telegram_process"]


@pytest.fixture(scope="session")
def redis_binary() -> ServerBinary:
    """One server is enough here: what servers differ in is the store's business."""
    return find_server()

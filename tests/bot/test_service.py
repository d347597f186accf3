from pathlib import Path

import pytest
from pydantic import SecretStr
from redis.asyncio import Redis

from alerts.store.lease import Lease
from bot.application import assembled
from bot.settings import load_settings


@pytest.mark.expects_warnings
async def test_a_halt_shows_in_the_health_and_makes_nobody_restart(redis: Redis, tmp_path: Path):
    settings = load_settings(bot_token=SecretStr("123456:made-up"), data_dir=tmp_path)
    lease = Lease(redis, "test")
    await lease.seize()
    async with assembled(settings, redis, lease) as service:
        before = await service.health()
        service.pacer.halt(3600)
        assert await service.health() == before | {"halted": 3600}
        assert before["halted"] == 0

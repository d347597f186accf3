import asyncio
import os
import signal
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path

import pytest

from alerts.store import server as under_test
from alerts.store.data_folder import running_socket, try_lock
from alerts.store.leash import leashed
from alerts.store.server import EmbeddedRedis, RedisWontStart
from tests.support.embedded import acknowledged_until_killed, read, running, service_process, write
from tests.support.redis import await_gone, kill


async def test_a_killed_service_leaves_no_orphan(data_dir: Path):
    async with service_process(data_dir) as service:
        server_pid, _ = await acknowledged_until_killed(service, lambda _: kill(service.pid))

    await_gone(server_pid)
    assert running_socket(data_dir) is None


async def test_after_a_killed_service_the_next_start_has_everything(data_dir: Path):
    async with service_process(data_dir) as service:
        _, last = await acknowledged_until_killed(service, lambda _: kill(service.pid))

    async with running(data_dir) as server:
        assert int(await read(server, "acknowledged") or 0) >= last


async def test_after_both_were_killed_the_next_start_has_everything(data_dir: Path):
    async with service_process(data_dir) as service:

        def kill_both(server_pid: int) -> None:
            os.kill(service.pid, signal.SIGSTOP)
            kill(server_pid)
            kill(service.pid)

        _, last = await acknowledged_until_killed(service, kill_both)

    async with running(data_dir) as server:
        assert int(await read(server, "acknowledged") or 0) >= last


async def test_a_server_that_outlived_its_service_is_asked_to_leave_first(data_dir: Path):
    async with running(data_dir) as server:
        command = server._command()
    lock = try_lock(data_dir / "redis" / "server.lock")
    assert lock is not None
    orphan = await asyncio.create_subprocess_exec(*leashed(command, lock=lock), pass_fds=(lock,), stdout=DEVNULL)
    os.close(lock)
    await write(server, "road", "RN6")

    async with running(data_dir) as server:
        assert await orphan.wait() == 0
        assert await read(server, "road") == "RN6"


async def test_no_second_server_starts_beside_one_that_does_not_leave(data_dir: Path, monkeypatch: pytest.MonkeyPatch):
    async with running(data_dir):
        pass
    monkeypatch.setattr(under_test, "_LEAVES_WITHIN", 0.05)
    lock = try_lock(data_dir / "redis" / "server.lock")
    assert lock is not None

    with pytest.raises(RedisWontStart, match=r"an earlier one, process \d+, does not leave"):
        await EmbeddedRedis.start(data_dir)
    os.close(lock)


async def test_a_child_whose_parent_is_already_dead_does_not_start(tmp_path: Path):
    command = leashed(["/bin/echo", "started"], lock=2)
    command[command.index(str(os.getpid()))] = "1"  # as if it had been handed to init meanwhile

    child = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=PIPE)

    assert await child.communicate() == (b"", b"The parent died before the leash was on.\n")

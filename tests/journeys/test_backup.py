"""A machine dies with its disk; what the last backup holds goes on elsewhere."""

import asyncio
import json
import shutil
import sys
from pathlib import Path

from tests.support.crowd import SUMMARY, TITLE
from tests.support.stack import Stack

READER = 101


async def siraba(around: Stack, *arguments: str) -> tuple[int, str, str]:
    """A command beside the service: its status, what it told and what it complained of."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        env=around.environment,
        cwd=Path(__file__).parents[2],
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


async def test_a_backup_of_the_running_service_goes_on_in_an_empty_store(around: Stack):
    backups = str(around.folder / "backups")
    await around.start()
    await around.telegram.say(READER, "/suivre RN1")
    await around.telegram.wait_for(READER, 1, timeout=20)
    await around.polled(2)
    status, out, _ = await siraba(around, "backup", backups)
    assert status == 0
    assert json.loads(out)["keys"] > 0

    await around.kill()
    shutil.rmtree(around.folder / "data")
    status, _, err = await siraba(around, "restore", backups)
    assert (status, err) == (0, "")
    await around.start()
    around.publish(TITLE, SUMMARY)
    told = await around.telegram.wait_for(READER, 2, timeout=30)
    assert "Diéma" in told[-1].text


async def test_a_store_in_use_is_not_restored_into(around: Stack):
    backups = str(around.folder / "backups")
    await around.start()
    await around.telegram.say(READER, "/suivre RN1")
    await around.telegram.wait_for(READER, 1, timeout=20)
    assert (await siraba(around, "backup", backups))[0] == 0
    status, _, err = await siraba(around, "restore", backups)
    assert status == 1
    assert "only one service can run on it" in err
    await around.terminate()
    status, _, err = await siraba(around, "restore", backups)
    assert status == 1
    assert "into an empty one only" in err


async def test_a_folder_without_a_backup_is_unusable_and_leaves_no_store(around: Stack):
    status, out, err = await siraba(around, "restore", str(around.folder / "nothing"))
    assert (status, out) == (3, "")
    assert err.startswith("siraba restore: There is no backup in ")
    assert not (around.folder / "data").exists()


async def test_there_is_nothing_to_back_up_before_the_first_start(around: Stack):
    status, _, err = await siraba(around, "backup", str(around.folder / "backups"))
    assert status == 1
    assert "nothing to back up" in err

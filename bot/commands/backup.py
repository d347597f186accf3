"""`siraba backup DIR`: a copy of the whole store, while the service runs or without it."""

import argparse
import asyncio
import sys

from alerts.store import backup_file
from alerts.store.snapshot import Snapshot, snapshot_of
from bot.cli import FAULT
from bot.clock import utc_now
from bot.commands.lines import print_lines
from bot.commands.stores import any_redis
from bot.settings import Settings, load_settings


def run(options: argparse.Namespace) -> int:
    """Write a backup into the folder, and delete those there that readers were promised would be gone by now."""
    copy = asyncio.run(_copy(load_settings()))
    folder = options.folder
    now = utc_now()
    try:
        file = backup_file.write(folder, copy, now=now)
        old = backup_file.drop_old(folder, now=now)
    except OSError as error:
        print(f"siraba backup: {error.filename or folder}: {error.strerror}", file=sys.stderr)  # noqa: T201
        return FAULT
    print_lines([{"file": str(file), "keys": len(copy.entries), "bytes": file.stat().st_size, "deleted": len(old)}])
    return 0


async def _copy(settings: Settings) -> Snapshot:
    async with any_redis(settings) as redis:
        return await snapshot_of(redis)

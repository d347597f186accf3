"""`siraba restore DIR`: put the newest backup of a folder into an empty store, before the service starts."""

import argparse
import asyncio
import sys

from alerts.store import backup_file
from alerts.store.backup_file import Backup, NoBackupError
from alerts.store.schema import SchemaNotOurs
from alerts.store.snapshot import put_back
from bot.application import own_redis
from bot.cli import UNUSABLE
from bot.commands.lines import print_lines
from bot.settings import Settings, load_settings


def run(options: argparse.Namespace) -> int:
    """Read the backup to its end, then put all of it back; 3 if it can't be used, and nothing changes."""
    settings = load_settings()
    try:
        file = backup_file.newest(options.folder)
        backup = backup_file.read(file)
    except (NoBackupError, SchemaNotOurs) as error:
        print(f"siraba restore: {error}", file=sys.stderr)  # noqa: T201 - a word to the terminal
        return UNUSABLE
    asyncio.run(_put_back(settings, backup))
    print_lines([{"file": str(file), "keys": len(backup.entries), "taken_at": backup.taken_at.isoformat()}])
    return 0


async def _put_back(settings: Settings, backup: Backup) -> None:
    """On a start of our own: where a service runs on the embedded store, it is refused."""
    async with own_redis(settings) as redis:
        await put_back(redis, backup.entries)

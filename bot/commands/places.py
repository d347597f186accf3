"""`siraba places import FILE`: let the reading know a further gazetteer's names."""

import argparse
import shutil
import sys
from pathlib import Path

from alerts.errors import DataError
from alerts.geography.atlas import Atlas
from bot.cli import UNUSABLE
from bot.commands.lines import print_lines
from bot.settings import load_settings


def run(options: argparse.Namespace) -> int:
    """Check the file as a whole, then keep a copy under the data folder; 3 if it can't be used, and nothing changes."""
    settings = load_settings()
    curated = Atlas.load()
    try:
        widened = Atlas.load(options.file)
    except DataError as error:
        print(f"siraba places import: {error}", file=sys.stderr)  # noqa: T201 - a word to the terminal
        return UNUSABLE
    _keep(options.file, settings.imported_places)
    spelt, before = len(dict(widened.names())), len(dict(curated.names()))
    print_lines([{"names": spelt, "added": spelt - before, "kept_as": str(settings.imported_places)}])
    if settings.places is not None:
        print("siraba places import: SIRABA_PLACES names another file, which is read instead", file=sys.stderr)  # noqa: T201
    return 0


def _keep(file: Path, target: Path) -> None:
    """Replace the last import in one step: the service may start at any moment."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = target.with_suffix(".new")
    shutil.copyfile(file, fresh)
    fresh.replace(target)

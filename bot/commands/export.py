"""`siraba export`: what readers were told, by day, region, place and kind, as a file."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from alerts.geography.atlas import Atlas
from alerts.incidents.model import Incident
from alerts.outputs import cap
from alerts.outputs.record import Record, chronology
from alerts.outputs.table import as_csv, as_geojson, as_jsonl
from alerts.store.store import Store
from alerts.wording.voice import Voices
from bot.cli import FAULT
from bot.clock import utc_now
from bot.commands.stores import any_redis
from bot.settings import Settings, load_settings


def run(options: argparse.Namespace) -> int:
    """Print the chronology, or write it into a file as a whole."""
    settings = load_settings()
    atlas = Atlas.load(settings.gazetteer)
    records = chronology(asyncio.run(_incidents(settings)), atlas=atlas)
    text = _written_as(options.format, records, voices=Voices.load(atlas, settings.zone), now=utc_now())
    if options.out is None:
        sys.stdout.write(text)
        return 0
    try:
        _write(options.out, text)
    except OSError as error:
        print(f"siraba export: {options.out}: {error.strerror}", file=sys.stderr)  # noqa: T201
        return FAULT
    return 0


def _written_as(form: str, records: Sequence[Record], *, voices: Voices, now: datetime) -> str:
    match form:
        case "csv":
            return as_csv(records)
        case "jsonl":
            return as_jsonl(records)
        case "geojson":
            return as_geojson(records)
        case _:
            return cap.as_feed(records, voices=voices, now=now)


async def _incidents(settings: Settings) -> tuple[Incident, ...]:
    async with any_redis(settings) as redis:
        return await Store.over(redis).incidents.all()


def _write(target: Path, text: str) -> None:
    """Whoever reads the file meanwhile has the last one, whole."""
    part = target.with_name(f"{target.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(target)

"""`siraba import FILE`: verified incidents from a spreadsheet or a map, looked at before they are stored."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from typing import Any

from alerts.desk.fields import Desk
from alerts.desk.importing import Becomes, Import, Outcome, plan_import, take_in
from alerts.desk.sheet import NoSheetError, Row, rows_in
from alerts.geography.atlas import Atlas
from alerts.reading.reader import Reader
from alerts.store.schema import ensure_schema
from alerts.store.store import Store
from alerts.wording.voice import Voice, Voices
from bot.cli import UNUSABLE
from bot.clock import utc_now
from bot.commands.lines import print_lines
from bot.commands.stores import any_redis
from bot.settings import Settings, load_settings


def run(options: argparse.Namespace) -> int:
    """Print a line for each row and one for the whole; 3 if the file or a row can't be used: then nothing is stored."""
    settings = load_settings()
    try:
        rows = rows_in(options.file.read_bytes())
    except OSError as error:
        print(f"siraba import: {options.file}: {error.strerror}", file=sys.stderr)  # noqa: T201
        return UNUSABLE
    except NoSheetError as error:
        print(f"siraba import: {options.file}: {error}", file=sys.stderr)  # noqa: T201
        return UNUSABLE
    atlas = Atlas.load(settings.gazetteer)
    voice = Voices.load(atlas, settings.zone)[settings.language]
    desk = Desk(atlas=atlas, reader=Reader(atlas), now=utc_now(), timezone=settings.zone)
    done = asyncio.run(_import(rows, desk, settings, store_it=options.yes))
    print_lines([_as_line(one, desk.atlas, voice) for one in done.outcomes])
    print_lines([_sum(done, stored=options.yes and done.is_good)])
    _say_what_next(done, stored=options.yes)
    return 0 if done.is_good else UNUSABLE


async def _import(rows: Sequence[Row], desk: Desk, settings: Settings, *, store_it: bool) -> Import:
    async with any_redis(settings) as redis:
        await ensure_schema(redis)
        return await (take_in if store_it else plan_import)(rows, desk, by=None, store=Store.over(redis))


def _as_line(outcome: Outcome, atlas: Atlas, voice: Voice) -> dict[str, Any]:
    line: dict[str, Any] = {"row": outcome.row.number, "becomes": outcome.becomes}
    if outcome.fault is not None:
        why = voice.label(f"post.fault.{outcome.fault.kind}", words=outcome.fault.words)
        near = [one.name for one in outcome.fault.suggestions]
        return line | {"fault": outcome.fault.kind, "why": why, "words": outcome.fault.words, "suggestions": near}
    if outcome.incident is None:
        return line
    incident = outcome.incident
    return line | {
        "ref": None if incident.id.startswith("?") else incident.id,
        "type": incident.event_type,
        "place": atlas.heading(incident.location).name,
        "date": incident.onset.isoformat() if incident.onset else None,
    }


def _sum(done: Import, *, stored: bool) -> dict[str, Any]:
    counts = {str(what): done.count(what) for what in Becomes}
    return {"rows": len(done.outcomes), **counts, "stored": stored}


def _say_what_next(done: Import, *, stored: bool) -> None:
    if not done.is_good:
        print("siraba import: nothing was stored; mend the bad rows first", file=sys.stderr)  # noqa: T201
    elif not stored:
        print("siraba import: nothing was stored yet; --yes takes them in", file=sys.stderr)  # noqa: T201

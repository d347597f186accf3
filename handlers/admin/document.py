"""What does a sheet of verified incidents come to that an admin sends as a document? Looked at first, then all of it.

The document itself only asks, and is stored nowhere. What was looked at waits as a draft for the tap that stores it,
so that nothing else is stored than what was shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from telegram import Document

from alerts.desk.importing import Becomes, Import, Outcome, plan_import, take_in
from alerts.desk.line import Fault
from alerts.desk.sheet import NoSheetError, Row, SheetFault, rows_in
from alerts.wording.limits import MESSAGE_LIMIT, fit
from handlers.admin.drafts import desk_at
from handlers.asked import Asked
from handlers.files import LARGEST_FILE, NoFile
from handlers.reply import reply

MOST_ROWS = 500  # read while others wait for their answers; `siraba import` takes more
MOST_NAMES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The rows of a document between the look at them and the tap, and when they were looked at."""

    by: int
    at: datetime
    rows: tuple[Row, ...]


async def look_at(asked: Asked, document: Document) -> None:
    """Say what each row would come to, or why the file can't be used; nothing of it is taken in."""
    rows = await _rows_of(asked, document)
    if isinstance(rows, NoFile | SheetFault):
        await reply(asked, asked.say(f"sheet.fault.{rows}", most=MOST_ROWS))
        return
    plan = await plan_import(rows, desk_at(asked, asked.now), by=asked.member, store=asked.siraba.store)
    if not plan.is_good or not plan.changes:
        await reply(asked, _looked_at(asked, plan))
        return
    draft_id = str(asked.update.update_id)
    await _keep(asked, draft_id, rows)
    button = (asked.voice.label("button.take_in"), f"c:import:{draft_id}")
    await reply(asked, _looked_at(asked, plan), [[button]])


async def tap_take_in(asked: Asked) -> None:
    """Store the rows behind the button; a second tap finds them stored."""
    sheet = await _find(asked)
    if sheet is None:
        await reply(asked, asked.say("sheet.gone"))
        return
    store = asked.siraba.store
    done = await take_in(sheet.rows, desk_at(asked, sheet.at), by=sheet.by, store=store, now=asked.now)
    await store.desk.drop_draft(asked.words)
    await reply(asked, asked.say("sheet.stored", **_counts(done)) if done.is_good else _looked_at(asked, done))


async def _rows_of(asked: Asked, document: Document) -> tuple[Row, ...] | NoFile | SheetFault:
    if (document.file_size or 0) > LARGEST_FILE:
        return NoFile.TOO_LARGE
    body = await asked.siraba.fetch(document.file_id)
    if isinstance(body, NoFile):
        return body
    try:
        return rows_in(body, most=MOST_ROWS)
    except NoSheetError as error:
        return error.fault


def _looked_at(asked: Asked, plan: Import) -> str:
    """How many rows are good, and of each of the others the reason."""
    if plan.is_good:
        return asked.say("sheet.good" if plan.changes else "sheet.known", **_counts(plan))
    bad = [one for one in plan.outcomes if one.fault is not None]
    return fit(
        [_why(asked, one, one.fault) for one in bad if one.fault is not None],
        head=[asked.say("sheet.bad", good=len(plan.outcomes) - len(bad), bad=len(bad))],
        more=lambda left: asked.voice.count("list.more", left),
        limit=MESSAGE_LIMIT,
    )


def _why(asked: Asked, outcome: Outcome, fault: Fault) -> str:
    why = asked.voice.label(f"post.fault.{fault.kind}", words=fault.words)
    if fault.suggestions:
        names = ", ".join(one.name for one in fault.suggestions[:MOST_NAMES])
        why += " " + asked.voice.label("post.meant", names=names)
    return asked.voice.label("sheet.row", number=outcome.row.number, why=why)


def _counts(plan: Import) -> dict[str, int]:
    return {"rows": len(plan.outcomes)} | {
        str(what): plan.count(what) for what in (Becomes.NEW, Becomes.JOINS, Becomes.KNOWN)
    }


async def _keep(asked: Asked, draft_id: str, rows: Sequence[Row]) -> None:
    fields = {"by": asked.member, "at": asked.now.isoformat(), "rows": [asdict(row) for row in rows]}
    await asked.siraba.store.desk.save_draft(draft_id, fields)


async def _find(asked: Asked) -> Sheet | None:
    """The sheet behind the button; None when it was taken in, is too old, or another one's."""
    fields: Mapping[str, Any] = await asked.siraba.store.desk.draft(asked.words) or {}
    if "rows" not in fields or fields["by"] != asked.person:
        return None
    rows = tuple(Row(number=row["number"], cells=row["cells"]) for row in fields["rows"])
    return Sheet(by=fields["by"], at=datetime.fromisoformat(fields["at"]), rows=rows)

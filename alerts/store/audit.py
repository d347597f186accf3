"""Who of the desk did what, and what went out because of it? Written in the step that does it, never afterwards.

A line that is about an incident stands in that incident's own log as well.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline

from alerts.store import keys

PAGE = 100

Line = dict[str, str]
"""`at`, `who` (an admin's id, a source's, or a rule's name), `did`, and further facts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """Lines newest first; `before` is what asks for the older ones, None where there are none."""

    lines: tuple[Line, ...]
    before: str | None


def note(pipe: Pipeline, line: Mapping[str, str], *, now: datetime) -> None:
    """Let `pipe` write a line, together with what it tells of."""
    entry = {"at": now.isoformat(), **line}
    pipe.xadd(keys.AUDIT, entry, maxlen=keys.AUDIT_KEPT)
    if "incident" in line:
        pipe.xadd(keys.incident_log(line["incident"]), entry)


class Audit:
    """Reading side."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def page(self, count: int, *, before: str | None = None, incident: str | None = None) -> AuditPage:
        """The newest lines, or those before an earlier page; of one incident, if it is named."""
        stream = keys.AUDIT if incident is None else keys.incident_log(incident)
        newest = f"({before}" if before else "+"
        entries = await self._redis.xrevrange(stream, max=newest, count=count + 1)
        more = len(entries) > count
        return AuditPage(
            lines=tuple(dict(fields) for _, fields in entries[:count]),
            before=str(entries[count - 1][0]) if more else None,
        )

    async def since(self, moment: datetime) -> Sequence[Line]:
        """All lines written after `moment`, newest first; the clock of the lines counts, not that of Redis."""
        found: list[Line] = []
        page = await self.page(PAGE)
        while True:
            # Lines of one moment may stand in another order: a second of grace costs nothing.
            fresh = [line for line in page.lines if datetime.fromisoformat(line["at"]) > moment - timedelta(seconds=1)]
            found += fresh
            if len(fresh) < len(page.lines) or page.before is None:
                return [line for line in found if datetime.fromisoformat(line["at"]) > moment]
            page = await self.page(PAGE, before=page.before)

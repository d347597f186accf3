"""Who of the admins did what, most recently?"""

from collections.abc import Mapping
from datetime import datetime

from alerts.wording.limits import MESSAGE_LIMIT, fit
from handlers.asked import Asked
from handlers.reply import reply

LINES = 20
TOLD_FIRST = ("at", "who", "did")


async def audit(asked: Asked) -> None:
    """The newest lines of the audit, newest first."""
    entries = await asked.siraba.store.desk.audit(LINES)
    if not entries:
        await reply(asked, asked.say("audit.none"))
        return
    lines = [_line(asked, entry) for entry in entries]
    head = [asked.voice.label("audit.head")]
    more = asked.voice
    await reply(asked, fit(lines, head=head, more=lambda left: more.count("list.more", left), limit=MESSAGE_LIMIT))


def _line(asked: Asked, entry: Mapping[str, str]) -> str:
    at = datetime.fromisoformat(entry["at"]).astimezone(asked.siraba.timezone)
    facts = [value for name, value in entry.items() if name not in TOLD_FIRST]
    return " · ".join([f"{at:%Y-%m-%d %H:%M}", entry.get("who", "?"), entry.get("did", "?"), *facts])

"""Who of the desk did what, what went out because of it, and what happened to one incident?"""

from alerts.delivery.figures import rounded
from alerts.store.audit import AuditPage, Line
from alerts.wording.limits import MESSAGE_LIMIT, fit
from handlers.admin.grades import name_of
from handlers.asked import Asked
from handlers.reply import reply

LINES = 20
BY_RULE = "rule"
STOPPED = frozenset({"overtaken", "dropped"})


async def audit(asked: Asked) -> None:
    """The newest lines of the audit, newest first; with a reference, all that was done about one incident."""
    if asked.words:
        await log(asked)
    else:
        await _show(asked, await asked.siraba.store.audit.page(LINES))


async def older(asked: Asked) -> None:
    """The page before: the button says where it begins."""
    await _show(asked, await asked.siraba.store.audit.page(LINES, before=_place(asked.words)))


async def log(asked: Asked) -> None:
    """The history of one incident."""
    reference = asked.words.strip().zfill(4)
    page = await asked.siraba.store.audit.page(LINES, incident=reference)
    if not page.lines:
        await reply(asked, asked.say("ref.unknown", ref=reference[:9]))
        return
    await reply(asked, await _text(asked, page, asked.voice.label("audit.of", ref=reference)))


async def _show(asked: Asked, page: AuditPage) -> None:
    if not page.lines:
        await reply(asked, asked.say("audit.none"))
        return
    buttons = [[(asked.voice.label("audit.older"), f"q:audit:{page.before}")]] if page.before else []
    await reply(asked, await _text(asked, page, asked.voice.label("audit.head")), buttons)


async def _text(asked: Asked, page: AuditPage, head: str) -> str:
    voice = asked.voice
    lines = [voice.log_line(_named(asked, line), chats=await _chats(asked, line)) for line in page.lines]
    return fit(lines, head=[head], more=lambda left: voice.count("list.more", left), limit=MESSAGE_LIMIT)


def _named(asked: Asked, line: Line) -> Line:
    """The line with its sources as the desk's chat may name them; the audit itself has their ids."""
    told = dict(line)
    if not told["who"].isdecimal() and told["who"] != BY_RULE:
        told["who"] = name_of(asked, told["who"])
    if "source" in told:
        told["source"] = name_of(asked, told["source"])
    return told


async def _chats(asked: Asked, line: Line) -> str:
    """To about how many chats an alert went, once it ended or was stopped; never a count that is about people."""
    alert_id = line.get("alert", "")
    if not alert_id or alert_id.startswith("desk."):
        return ""
    if line["did"] in STOPPED:
        sent = (await asked.siraba.store.outbox.counts(alert_id)).get("sent", "0")
    elif line["did"] == "delivered":
        sent = line.get("sent", "0").removeprefix("sent ")
    else:
        return ""
    count = rounded(int(sent)) if sent.isdecimal() else None
    return asked.voice.label("audit.few") if count is None else asked.voice.label("audit.chats", count=count)


def _place(words: str) -> str | None:
    """The place in the audit behind a button; a forged one is none."""
    time, _, number = words.partition("-")
    return words if time.isdecimal() and number.isdecimal() and words.isascii() else None

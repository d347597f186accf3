"""How does a post wait between an admin's words and the tap that sends it? In the store, so an outage keeps it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.delivery.plan import Planner
from alerts.desk.line import Fault, FaultKind, Post
from alerts.desk.posting import Planned, parse_post, plan_post, post, posted_from, posts_of, report_of
from alerts.store.commit import ConflictError
from handlers.asked import Asked
from handlers.reply import Button, reply

MOST_PER_HOUR = 20  # posts of one admin: more is a stolen phone, or a mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An admin's line before it is sent. `reference` is the one it will have if it is a new incident."""

    id: str
    by: int
    text: str
    at: datetime
    reference: str


async def offer(asked: Asked, text: str) -> bool:
    """Read an admin's line, keep it as a draft, and show what readers would get; False when it asked back."""
    found = read_line(asked, text, at=asked.now)
    if isinstance(found, Fault):
        if found.kind is FaultKind.HELD:
            await _kept(asked, text)
        await ask_back(asked, found)
        return False
    draft = await _kept(asked, text)
    planned = await _planned(asked, draft, found)
    if planned is None:
        await _say_what_became(asked.with_words(draft.id))
        return True
    preview = _preview(asked, planned, draft.reference)
    if found.unsaid:
        preview += "\n" + asked.say("post.unsaid", words=found.unsaid)
    await reply(asked, preview, _choices(asked, draft))
    return True


async def send(asked: Asked) -> None:
    """Post the draft behind the button; a second tap finds it posted."""
    draft = await _find(asked)
    found = read_line(asked, draft.text, at=draft.at) if draft else None
    if draft is None or found is None or isinstance(found, Fault):
        await _say_what_became(asked)
        return
    if await posts_of(draft.by, store=asked.siraba.store, since=asked.now - timedelta(hours=1)) >= MOST_PER_HOUR:
        await reply(asked, asked.voice.count("post.too_many", MOST_PER_HOUR))
        return
    report = report_of(found, draft_id=draft.id, by=draft.by, now=draft.at)
    store, atlas = asked.siraba.store, asked.siraba.atlas
    try:
        posted = await post(
            report, reference=draft.reference, draft_id=draft.id, by=draft.by, store=store, atlas=atlas, now=asked.now
        )
    except ConflictError:
        await _say_what_became(asked)
        return
    key = "post.sent" if posted.decision is None or posted.decision.speaks else "post.recorded"
    await reply(asked, asked.say(key, ref=posted.incident.id))


async def discard(asked: Asked) -> None:
    """Forget the draft behind the button; what was sent stays sent, and is said to be."""
    if await _find(asked) is None:
        await _say_what_became(asked)
        return
    await asked.siraba.store.desk.drop_draft(asked.words)
    await reply(asked, asked.say("post.discarded"))


async def _kept(asked: Asked, text: str) -> Draft:
    """The same update keeps the same draft, with the reference it was given first."""
    assert asked.person is not None  # noqa: S101 - the router has seen an admin
    desk, draft_id = asked.siraba.store.desk, str(asked.update.update_id)
    known = await desk.draft(draft_id)
    reference = str(known["reference"]) if known else (await asked.siraba.store.incidents.next_ids(1))[0]
    draft = Draft(id=draft_id, by=asked.person, text=text, at=asked.now, reference=reference)
    fields = {"by": draft.by, "text": draft.text, "at": draft.at.isoformat(), "reference": reference}
    await desk.save_draft(draft_id, fields)
    return draft


async def _find(asked: Asked) -> Draft | None:
    """The draft behind the button; None when it was used, cancelled, or is another admin's."""
    fields = await asked.siraba.store.desk.draft(asked.words)
    if fields is None or "text" not in fields or fields.get("by") != asked.person:
        return None
    return Draft(
        id=asked.words,
        by=int(str(fields["by"])),
        text=str(fields["text"]),
        at=datetime.fromisoformat(str(fields["at"])),
        reference=str(fields["reference"]),
    )


def read_line(asked: Asked, text: str, *, at: datetime) -> Post | Fault:
    """Read the line as of the moment it was typed, so that "yesterday" stays the same day."""
    siraba = asked.siraba
    return parse_post(text, atlas=siraba.atlas, reader=siraba.reader, now=at, timezone=siraba.timezone)


async def _say_what_became(asked: Asked) -> None:
    """A draft that is gone was sent, or it was cancelled or forgotten."""
    standing = await posted_from(asked.words, store=asked.siraba.store, now=asked.now)
    await reply(asked, asked.say("post.sent", ref=standing.id) if standing else asked.say("post.gone"))


async def _planned(asked: Asked, draft: Draft, found: Post) -> Planned | None:
    store, atlas = asked.siraba.store, asked.siraba.atlas
    return await plan_post(
        report_of(found, draft_id=draft.id, by=draft.by, now=draft.at),
        reference=draft.reference,
        store=store,
        atlas=atlas,
        planner=Planner(store, atlas, admin_ids=asked.siraba.admin_ids),
        now=asked.now,
    )


def _preview(asked: Asked, planned: Planned, reference: str) -> str:
    """What readers would get, in full and short, and about how many."""
    voice, alert = asked.voice, planned.alert
    full = voice.alert(alert, short=False, now=asked.now)
    short = voice.alert(alert, short=True, now=asked.now)
    parts = [asked.say("post.preview"), full, short]
    if alert.incident.id != reference:
        parts.append(asked.say("post.joins", ref=alert.incident.id))
    return "\n\n".join([*parts, _reach(asked, planned)])


def _reach(asked: Asked, planned: Planned) -> str:
    if not planned.alert.decision.speaks:
        return asked.say("post.nobody")
    count = planned.rounded_chats
    return asked.say("post.few") if count is None else asked.say("post.reach", count=count)


def _choices(asked: Asked, draft: Draft) -> list[list[Button]]:
    label = asked.voice.label
    return [[(label("button.send"), f"c:post:{draft.id}"), (label("button.cancel"), f"c:discard:{draft.id}")]]


async def ask_back(asked: Asked, fault: Fault) -> None:
    """Say what the line lacks, or which of its words hold it back."""
    if fault.kind is FaultKind.HELD:
        await reply(asked, asked.say("post.held", words=fault.words))
        return
    text = asked.say(f"post.fault.{fault.kind}")
    if fault.suggestions:
        names = ", ".join(suggestion.name for suggestion in fault.suggestions[:6])
        text += "\n" + asked.say("post.meant", names=names)
    await reply(asked, text)

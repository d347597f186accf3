"""How does a post wait between an admin's words and the tap that sends it? In the store, so an outage keeps it."""

from dataclasses import dataclass
from datetime import datetime

from alerts.delivery.plan import Planner
from alerts.desk.line import Fault, FaultKind, Post
from alerts.desk.posting import Planned, parse_post, plan_post, post, report_of
from alerts.store.commit import ConflictError
from handlers.asked import Asked
from handlers.reply import Button, reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An admin's line before it is sent. `reference` is the one it will have if it is a new incident."""

    id: str
    by: int
    text: str
    at: datetime
    reference: str


async def offer(asked: Asked, text: str) -> None:
    """Read an admin's line, keep it as a draft, and show what readers would get."""
    found = parse_post(
        text, atlas=asked.siraba.atlas, reader=asked.siraba.reader, now=asked.now, timezone=asked.siraba.timezone
    )
    if isinstance(found, Fault):
        await _ask_back(asked, found)
        return
    draft = await _kept(asked, text)
    if found.held is not None:
        await reply(asked, asked.say("post.held", words=found.held_words))
        return
    planned = await _planned(asked, draft, found)
    await reply(asked, _preview(asked, planned, draft.reference), _choices(asked, draft))


async def send(asked: Asked) -> None:
    """Post the draft behind the button; a second tap finds it posted."""
    draft = await _find(asked)
    if draft is None:
        await reply(asked, asked.say("post.gone"))
        return
    found = _read_again(asked, draft)
    if isinstance(found, Fault) or found.held is not None:
        await reply(asked, asked.say("post.gone"))
        return
    store, atlas = asked.siraba.store, asked.siraba.atlas
    report = report_of(found, draft_id=draft.id, by=draft.by, now=draft.at)
    try:
        posted = await post(
            report, reference=draft.reference, draft_id=draft.id, by=draft.by, store=store, atlas=atlas, now=asked.now
        )
    except ConflictError:
        await reply(asked, asked.say("post.gone"))
        return
    key = "post.sent" if posted.decision is None or posted.decision.speaks else "post.recorded"
    await reply(asked, asked.say(key, ref=posted.incident.id))


async def discard(asked: Asked) -> None:
    """Forget the draft behind the button."""
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


def _read_again(asked: Asked, draft: Draft) -> Post | Fault:
    """As it was read when it was typed, so that "yesterday" stays the same day."""
    siraba = asked.siraba
    return parse_post(draft.text, atlas=siraba.atlas, reader=siraba.reader, now=draft.at, timezone=siraba.timezone)


async def _planned(asked: Asked, draft: Draft, found: Post) -> Planned:
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


async def _ask_back(asked: Asked, fault: Fault) -> None:
    text = asked.say(f"post.fault.{fault.kind}")
    if fault.kind is FaultKind.NO_PLACE and fault.suggestions:
        names = ", ".join(suggestion.name for suggestion in fault.suggestions[:6])
        text += "\n" + asked.say("post.meant", names=names)
    await reply(asked, text)

"""How does a post wait between an admin's words and the tap that sends it? In the store, so an outage keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from alerts.delivery.model import Decision, Scope
from alerts.delivery.plan import Planner
from alerts.desk.fields import NEEDED, Desk, Field, answered
from alerts.desk.line import NEVER_SENT, Fault, FaultKind, Post, parse_post
from alerts.desk.posting import Planned, Posted, plan_post, post, posted_from, posts_of, report_of
from alerts.desk.roles import Role
from alerts.incidents.model import Report
from alerts.incidents.similar import similar_to
from alerts.safety.reword import reworded
from alerts.safety.screen import Origin
from alerts.store.commit import ConflictError
from alerts.wording.limits import MESSAGE_LIMIT, fit
from handlers.asked import Asked
from handlers.lookup import did_you_mean
from handlers.reply import Button, reply

MOST_PER_HOUR = 20  # posts of one admin: more is a stolen phone, or a mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A post before it is sent: a line, or the answers of the guided way, or a line with answers that correct it.

    `reference` is the one it will have if it is a new incident; `is_shown` whether a preview was asked for already,
    `asks_second` whether a second admin shall overrule the do-no-harm check, `is_exercise` whether it goes to
    those alone who take part in exercises.
    """

    id: str
    by: int
    text: str
    at: datetime
    reference: str
    answers: Mapping[str, str] = field(default_factory=dict)
    is_shown: bool = False
    asks_second: bool = False
    is_exercise: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether it says all that a post needs."""
        return bool(self.text) or set(NEEDED) <= set(self.answers)


async def begin(asked: Asked, text: str, *, is_exercise: bool = False) -> Draft:
    """A new draft; the same update keeps the same one, with the reference it was given first."""
    known = await _stored(asked, str(asked.update.update_id))
    reference = known.reference if known else (await asked.siraba.store.incidents.next_ids(1))[0]
    draft = Draft(
        id=str(asked.update.update_id),
        by=asked.member,
        text=text,
        at=asked.now,
        reference=reference,
        is_exercise=is_exercise,
    )
    await keep(asked, draft)
    return draft


async def keep(asked: Asked, draft: Draft) -> None:
    """Store the draft as it is now."""
    fields = {
        "by": draft.by,
        "text": draft.text,
        "at": draft.at.isoformat(),
        "reference": draft.reference,
        "answers": dict(draft.answers),
        "is_shown": draft.is_shown,
        "asks_second": draft.asks_second,
        "is_exercise": draft.is_exercise,
    }
    await asked.siraba.store.desk.save_draft(draft.id, fields)


async def find(asked: Asked, draft_id: str) -> Draft | None:
    """The draft with this id; None when it was used, cancelled, or is another one's."""
    draft = await _stored(asked, draft_id)
    return draft if draft is not None and draft.by == asked.person else None


async def offer(asked: Asked, text: str, *, is_exercise: bool = False) -> None:
    """Read a line, keep it as a draft, and show what readers would get, or ask back."""
    if await posted_from(str(asked.update.update_id), store=asked.siraba.store, now=asked.now) is not None:
        await say_what_became(asked.with_words(str(asked.update.update_id)))
        return
    found = parse_post(text, **_reading(asked, asked.now))
    if isinstance(found, Fault):
        if found.kind is FaultKind.HELD:
            await _say_held(asked, await begin(asked, text, is_exercise=is_exercise), found)
        else:
            await ask_back(asked, found)
        return
    await show(asked, await begin(asked, text, is_exercise=is_exercise))


async def reword(asked: Asked) -> None:
    """Take the neutral wording that was offered for the draft behind the button, and show it."""
    draft = await find(asked, asked.words)
    if draft is None:
        await say_what_became(asked)
        return
    neutral = _neutral(asked, draft)
    await show(asked, replace(draft, text=neutral) if neutral else draft)


async def ask_second(asked: Asked) -> None:
    """Show what a second admin would be asked to let out, in spite of what the check says of the words."""
    draft = await find(asked, asked.words)
    if draft is None:
        await say_what_became(asked)
        return
    await show(asked, replace(draft, asks_second=True))


async def show(asked: Asked, draft: Draft) -> None:
    """What readers would get in each language, in full and short; what becomes of it; and the three ways on."""
    found = read(asked, draft)
    if isinstance(found, Fault):
        await ask_back(asked, found)
        return
    await keep(asked, replace(draft, is_shown=True))
    planned = await _planned(asked, draft, found)
    if planned is None:
        await say_what_became(asked.with_words(draft.id))
        return
    await reply(asked, await _preview(asked, draft, found, planned), _choices(asked, draft))


async def send(asked: Asked) -> None:
    """Post the draft behind the button; a second tap finds it posted."""
    draft = await find(asked, asked.words)
    found = read(asked, draft) if draft is not None and draft.is_whole else None
    if draft is None or found is None or isinstance(found, Fault):
        await say_what_became(asked)
        return
    if await posts_of(draft.by, store=asked.siraba.store, since=asked.now - timedelta(hours=1)) >= MOST_PER_HOUR:
        await reply(asked, asked.voice.count("post.too_many", MOST_PER_HOUR))
        return
    store, atlas = asked.siraba.store, asked.siraba.atlas
    try:
        posted = await post(
            _report(asked, draft, found),
            reference=draft.reference,
            draft_id=draft.id,
            by=draft.by,
            store=store,
            atlas=atlas,
            now=asked.now,
            is_exercise=draft.is_exercise,
        )
    except ConflictError:
        await say_what_became(asked)
        return
    await store.dialogs.close(asked.chat.recipient)
    await reply(asked, await _became(asked, posted))


async def discard(asked: Asked) -> None:
    """Forget the draft behind the button; what was sent stays sent, and is said to be."""
    if await find(asked, asked.words) is None:
        await say_what_became(asked)
        return
    await asked.siraba.store.desk.drop_draft(asked.words)
    await asked.siraba.store.dialogs.close(asked.chat.recipient)
    await reply(asked, asked.say("post.discarded"))


async def say_what_became(asked: Asked) -> None:
    """A draft that is gone was sent, or it was cancelled or forgotten."""
    standing = await posted_from(asked.words, store=asked.siraba.store, now=asked.now)
    if standing is None:
        await reply(asked, asked.say("post.gone"))
        return
    await reply(asked, await _became(asked, Posted(incident=standing, decision=None)))


async def _say_held(asked: Asked, draft: Draft, fault: Fault) -> None:
    """Which words hold it back, and the ways on that are open: other words, or another admin."""
    text, buttons = asked.say("post.held", words=fault.words), []
    if neutral := _neutral(asked, draft):
        text += "\n" + asked.say("post.reworded", text=neutral)
        buttons.append([(asked.voice.label("button.reword"), f"c:reword:{draft.id}")])
    if asked.may(Role.ADMIN) and not isinstance(read(asked, replace(draft, asks_second=True)), Fault):
        buttons.append([(asked.voice.label("button.second"), f"c:second:{draft.id}")])
    await reply(asked, text, buttons)


def _neutral(asked: Asked, draft: Draft) -> str | None:
    """The draft's line without what the check objects to, where that still is a post."""
    neutral = reworded(draft.text, origin=Origin.ADMIN, tolerated=NEVER_SENT)
    if neutral is None or isinstance(read(asked, replace(draft, text=neutral)), Fault):
        return None
    return neutral


async def ask_back(asked: Asked, fault: Fault) -> None:
    """Say what the line lacks, or which of its words hold it back."""
    if fault.kind is FaultKind.HELD:
        await reply(asked, asked.say("post.held", words=fault.words))
        return
    text = asked.say(f"post.fault.{fault.kind}")
    if fault.suggestions:
        text += "\n" + did_you_mean(asked, fault.suggestions)
    await reply(asked, text)


def read(asked: Asked, draft: Draft) -> Post | Fault:
    """The post that a draft makes, as of the moment it was begun, so that "yesterday" stays the same day."""
    line = draft.text or " | ".join(draft.answers.get(name, "") for name in NEEDED)
    found = parse_post(line, **_reading(asked, draft.at), asks_second=draft.asks_second)
    for name, words in draft.answers.items():
        if isinstance(found, Fault):
            return found
        if (draft.text or name not in NEEDED) and words:
            found = answered(found, Field(name), words, desk_at(asked, draft.at))
    return found


def desk_at(asked: Asked, at: datetime) -> Desk:
    """What reading an answer takes, as of the moment it was given."""
    siraba = asked.siraba
    return Desk(atlas=siraba.atlas, reader=siraba.reader, now=at, timezone=siraba.timezone)


def planner_of(asked: Asked) -> Planner:
    """Who would get an alert."""
    siraba = asked.siraba
    return Planner(siraba.store, siraba.atlas, admin_ids=siraba.admin_ids)


def reach(asked: Asked, planned: Planned | None) -> str:
    """To about how many chats it goes: never a count that is about people."""
    if planned is None or not planned.alert.decision.speaks:
        return asked.say("post.nobody")
    count = planned.rounded_chats
    return asked.say("post.few") if count is None else asked.say("post.reach", count=count)


def in_each_language(asked: Asked, planned: Planned) -> list[str]:
    """What readers get, in full and short, in every language of the service."""
    return [
        "\n\n".join(
            [
                f"— {voice.label('language.name')} —",
                voice.alert(planned.alert, short=False, now=asked.now),
                voice.alert(planned.alert, short=True, now=asked.now),
            ]
        )
        for voice in asked.siraba.voices.values()
    ]


async def _stored(asked: Asked, draft_id: str) -> Draft | None:
    fields = await asked.siraba.store.desk.draft(draft_id)
    if fields is None or "text" not in fields:
        return None
    answers = fields.get("answers")
    return Draft(
        id=draft_id,
        by=int(str(fields["by"])),
        text=str(fields["text"]),
        at=datetime.fromisoformat(str(fields["at"])),
        reference=str(fields["reference"]),
        answers=dict(answers) if isinstance(answers, dict) else {},
        is_shown=bool(fields.get("is_shown")),
        asks_second=bool(fields.get("asks_second")),
        is_exercise=bool(fields.get("is_exercise")),
    )


def _report(asked: Asked, draft: Draft, found: Post) -> Report:
    return report_of(found, draft_id=draft.id, by=draft.by, now=draft.at, is_editor=not asked.may(Role.ADMIN))


async def _planned(asked: Asked, draft: Draft, found: Post) -> Planned | None:
    store, atlas = asked.siraba.store, asked.siraba.atlas
    return await plan_post(
        _report(asked, draft, found),
        reference=draft.reference,
        store=store,
        atlas=atlas,
        planner=planner_of(asked),
        now=asked.now,
        is_exercise=draft.is_exercise,
    )


async def _preview(asked: Asked, draft: Draft, found: Post, planned: Planned) -> str:
    incident = planned.alert.incident
    notes = [asked.voice.standing(incident), _audience(asked, planned, draft)]
    if incident.id != draft.reference:
        notes.append(asked.say("post.joins", ref=incident.id))
    if found.unsaid:
        notes.append(asked.say("post.unsaid", words=found.unsaid))
    return fit(
        in_each_language(asked, planned),
        head=[asked.say("post.preview")],
        tail=["\n".join([*notes, *await _look_alikes(asked, planned)])],
        more=lambda left: asked.voice.count("list.more", left),
        limit=MESSAGE_LIMIT,
        separator="\n\n",
    )


def _audience(asked: Asked, planned: Planned, draft: Draft) -> str:
    """Whom it goes to once it is sent; an editor's post, and what one witness knows, go to an admin first."""
    if not asked.may(Role.ADMIN):
        return asked.say("post.needs_admin")
    if draft.asks_second:
        return asked.say("post.needs_second")
    held = any(report.held and report.fetched_at == draft.at for report in planned.alert.incident.reports)
    return asked.say("post.one_witness") if held else reach(asked, planned)


async def _look_alikes(asked: Asked, planned: Planned) -> list[str]:
    """What in the store may be the same event, though it is not joined with it."""
    known = await asked.siraba.store.incidents.recent(now=asked.now)
    alike = similar_to(planned.alert.incident, known, atlas=asked.siraba.atlas)
    lines = [asked.voice.incident_line(one, now=asked.now) for one in alike]
    return [asked.say("post.alike"), *lines] if lines else []


async def _became(asked: Asked, posted: Posted) -> str:
    """What a post came to; one that was sent before is looked up."""
    decision, incident = posted.decision, posted.incident
    if _waits(decision) or (decision is None and await asked.siraba.store.desk.in_review(incident.id)):
        return asked.say("post.waits", ref=incident.id)
    sent = incident.announced if decision is None else decision.speaks
    return asked.say("post.sent" if sent else "post.recorded", ref=incident.id)


def _waits(decision: Decision | None) -> bool:
    return decision is not None and decision.scope is Scope.DESK


def _choices(asked: Asked, draft: Draft) -> list[list[Button]]:
    label = asked.voice.label
    goes_out = asked.may(Role.ADMIN) and not draft.asks_second
    send = label("button.send") if goes_out else label("button.submit")
    return [
        [(send, f"c:post:{draft.id}"), (label("button.edit"), f"c:edit:{draft.id}")],
        [(label("button.cancel"), f"c:discard:{draft.id}")],
    ]


def _reading(asked: Asked, at: datetime) -> dict[str, Any]:
    siraba = asked.siraba
    return {"atlas": siraba.atlas, "reader": siraba.reader, "now": at, "timezone": siraba.timezone}

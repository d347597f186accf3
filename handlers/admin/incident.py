"""How does somebody of the desk post an incident: on one line, or guided from one question to the next?"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from alerts.desk.fields import NEEDED, Field, answered
from alerts.desk.line import Fault, FaultKind, day_in, event_types_in, located
from alerts.incidents.kinds import SEVERITIES
from alerts.incidents.model import Severity, Vehicles
from alerts.reading.model import EventType
from alerts.wording.words import sentence
from handlers.admin import drafts
from handlers.admin.drafts import Draft
from handlers.asked import Asked
from handlers.reply import Button, in_rows, reply

OFFERED = (
    EventType.AMBUSH,
    EventType.IED,
    EventType.ATTACK_ON_CONVOY,
    EventType.VEHICLE_BURNING,
    EventType.KIDNAPPING,
    EventType.TOWN_ATTACK,
    EventType.ARMED_CLASH,
    EventType.BLOCKADE,
    EventType.CHECKPOINT_EXTORTION,
    EventType.ROAD_CLOSED,
    EventType.BRIDGE_OUT,
    EventType.FLOOD,
    EventType.ACCIDENT,
    EventType.BORDER_CLOSED,
)
DAYS = ("today", "yesterday")
SOURCES = ("field", "press", "official")
GRADES = "ABC"
HOURS = (24, 48, 72)
SKIP, PREVIEW = "-", "="  # what the buttons for "skip" and "show it now" answer


async def incident(asked: Asked) -> None:
    """Offer the post that the line makes; without one, ask for its parts one by one."""
    if asked.words:
        await drafts.offer(asked, asked.words)
        return
    await ask(asked, await drafts.begin(asked, ""), Field.TYPE)


async def exercise(asked: Asked) -> None:
    """Offer the post that the line makes as an exercise: the whole way, to the chats that take part in them."""
    if asked.words:
        await drafts.offer(asked, asked.words, is_exercise=True)
    else:
        await reply(asked, asked.say("exercise.example"))


async def take_answer(asked: Asked, state: Mapping[str, str]) -> None:
    """An answer was written."""
    draft = await drafts.find(asked, state["draft"])
    if draft is None:
        await drafts.say_what_became(asked.with_words(state["draft"]))
        return
    await _take(asked, draft, Field(state["field"]))


async def tap_answer(asked: Asked) -> None:
    """An answer was tapped: "draft:field:answer"."""
    draft_id, _, rest = asked.words.partition(":")
    name, _, words = rest.partition(":")
    draft = await drafts.find(asked, draft_id)
    if draft is None or name not in tuple(Field) or not words:
        await drafts.say_what_became(asked.with_words(draft_id))
        return
    await _take(asked.with_words(words), draft, Field(name))


async def edit(asked: Asked) -> None:
    """Which part of a draft shall be another one? Then ask for it: "draft", or "draft:field"."""
    draft_id, _, name = asked.words.partition(":")
    draft = await drafts.find(asked, draft_id)
    if draft is None:
        await drafts.say_what_became(asked.with_words(draft_id))
    elif name in tuple(Field):
        await ask(asked, draft, Field(name))
    else:
        label = asked.voice.label
        buttons = [(label(f"field.{one}"), f"c:edit:{draft.id}:{one}") for one in Field]
        await reply(asked, asked.say("post.which_field"), in_rows(buttons, 2))


async def ask(asked: Asked, draft: Draft, field: Field) -> None:
    """Ask one question; the next message of the chat answers it, or a tap does."""
    state = {"expects": "post", "draft": draft.id, "field": str(field)}
    await asked.siraba.store.dialogs.open(asked.chat.recipient, state)
    buttons = answer_buttons(asked, field, f"c:answer:{draft.id}:{field}")
    if field not in NEEDED:
        label = asked.voice.label
        buttons.append(
            [
                (label("button.skip"), f"c:answer:{draft.id}:{field}:{SKIP}"),
                (label("button.preview"), f"c:answer:{draft.id}:{field}:{PREVIEW}"),
            ]
        )
    await reply(asked, asked.say(f"ask.{field}"), buttons)


def answer_buttons(asked: Asked, field: Field, data: str) -> list[list[Button]]:
    """The answers most often given to a question, in the words readers get."""
    label = asked.voice.label
    match field:
        case Field.TYPE:
            return in_rows([(label(f"event.{kind}"), f"{data}:{kind}") for kind in OFFERED], 2)
        case Field.WHEN:
            return [[(label(f"button.{day}"), f"{data}:{day}") for day in DAYS]]
        case Field.SEVERITY:
            known = [one for one in reversed(SEVERITIES) if one is not Severity.UNKNOWN]
            return in_rows([(label(f"gravity.{one.lower()}"), f"{data}:{one}") for one in known], 2)
        case Field.VEHICLES:
            return in_rows([(label(f"traffic.{one}"), f"{data}:{one}") for one in Vehicles], 3)
        case Field.SOURCE:
            graded = [
                [(f"{sentence(label(f'where.{one}'))} {grade}", f"{data}:{one} {grade}") for grade in GRADES]
                for one in SOURCES
            ]
            return [
                *graded,
                [(label("source.claim"), f"{data}:army C"), (label("source.witness"), f"{data}:one witness")],
            ]
        case Field.UNTIL:
            return [[(label("button.for_hours", hours=hours), f"{data}:{hours}h") for hours in HOURS]]
        case Field.WHERE | Field.TEXT:
            return []


def as_date(asked: Asked, words: str) -> str:
    """A tapped day as a date, so that it stays that day; written words as they are."""
    if words not in DAYS:
        return words
    today = asked.now.astimezone(asked.siraba.timezone).date()
    return (today - timedelta(days=DAYS.index(words))).isoformat()


async def _take(asked: Asked, draft: Draft, field: Field) -> None:
    """Keep an answer that can be read, and go on: to the next question, or to the preview."""
    words = as_date(asked, asked.words) if field is Field.WHEN else asked.words
    skipped = words in {SKIP, PREVIEW} and field not in NEEDED
    if not skipped and (fault := _fault(asked, draft, field, words)) is not None:
        await drafts.ask_back(asked, fault)
        return
    answers = {**draft.answers, field: draft.answers.get(field, "") if skipped else words}
    kept = replace(draft, answers=answers)
    await drafts.keep(asked, kept)
    further = None if draft.is_shown or draft.text or words == PREVIEW else _next(kept)
    if further is not None:
        await ask(asked, kept, further)
        return
    await asked.siraba.store.dialogs.close(asked.chat.recipient)
    await drafts.show(asked, kept)


def _next(draft: Draft) -> Field | None:
    return next((one for one in Field if one not in draft.answers), None)


def _fault(asked: Asked, draft: Draft, field: Field, words: str) -> Fault | None:
    """Why an answer will not do: looked at alone while the post is not whole yet."""
    desk = drafts.desk_at(asked, asked.now)
    if draft.is_whole:
        found = drafts.read(asked, draft)
        return _if_fault(found if isinstance(found, Fault) else answered(found, field, words, desk))
    match field:
        case Field.TYPE:
            return None if event_types_in(words) else Fault(kind=FaultKind.NO_TYPE)
        case Field.WHERE:
            types = event_types_in(draft.answers.get(Field.TYPE, ""))
            kind = types[0] if types else EventType.OTHER
            return _if_fault(located(words, kind, atlas=desk.atlas, reader=desk.reader, now=desk.now))
        case _:
            return _if_fault(day_in(words, reader=desk.reader, now=desk.now, timezone=desk.timezone))


def _if_fault(read: object) -> Fault | None:
    return read if isinstance(read, Fault) else None

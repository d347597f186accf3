"""How does an admin change an incident that stands: its facts, how long it holds, or that it is wrong or over?"""

from collections.abc import Mapping

from alerts.desk.correction import Corrected, Refusal, amend_incident, plan_amendment
from alerts.desk.fields import OF_AN_INCIDENT, Field, set_by, set_in
from alerts.desk.line import Fault
from alerts.desk.posting import Planned
from alerts.desk.review import NotDecided, Refused, take_card
from alerts.incidents.model import ByHand, Incident, RetractionReason, SourceKind, Status
from alerts.store.codec import Codec
from alerts.wording.limits import MESSAGE_LIMIT, fit
from handlers.admin import cards, drafts
from handlers.admin.incident import answer_buttons, as_date
from handlers.asked import Asked
from handlers.reply import Button, in_rows, reply

BY_HAND = Codec(ByHand)
REASONS = tuple(one for one in RetractionReason if one is not RetractionReason.OTHER)


async def update(asked: Asked) -> None:
    """`REF`: what may be done with it. `REF grave, buses, jusqu'à vendredi`: that, once it was looked at."""
    reference, _, words = asked.words.partition(" ")
    incident = await _found(asked, reference)
    if incident is None:
        return
    if not words.strip():
        await _panel(asked, incident)
        return
    hand = set_in(words, incident, drafts.desk_at(asked, asked.now))
    if isinstance(hand, Fault):
        await drafts.ask_back(asked, hand)
        return
    await _offer(asked, incident, hand)


async def panel(asked: Asked) -> None:
    """Wrong or over? The button under every admin's copy of an alert."""
    incident = await _found(asked, asked.words)
    if incident is not None:
        await _panel(asked, incident)


async def tap_change(asked: Asked) -> None:
    """Another value for one fact: "ref:field" asks for it, "ref:field:answer" is it."""
    reference, _, rest = asked.words.partition(":")
    name, _, words = rest.partition(":")
    incident = await _found(asked, reference)
    if incident is None:
        return
    if name not in OF_AN_INCIDENT:
        await reply(asked, asked.say("post.gone"))
    elif words:
        await _take(asked.with_words(words), incident, Field(name))
    else:
        await ask(asked, incident, Field(name))


async def take_answer(asked: Asked, state: Mapping[str, str]) -> None:
    """The other value was written."""
    incident = await _found(asked, state["ref"])
    if incident is not None:
        await _take(asked, incident, Field(state["field"]))


async def ask(asked: Asked, incident: Incident, field: Field) -> None:
    """Ask for one fact of an incident."""
    state = {"expects": "change", "ref": incident.id, "field": str(field)}
    await asked.siraba.store.dialogs.open(asked.chat.recipient, state)
    await reply(asked, asked.say(f"ask.{field}"), answer_buttons(asked, field, f"c:change:{incident.id}:{field}"))


async def tap_send(asked: Asked) -> None:
    """The change was looked at, and goes out; a second tap finds nothing left to change."""
    kept = await asked.siraba.store.desk.draft(asked.words)
    if kept is None or kept.get("by") != asked.member or "hand" not in kept:
        await reply(asked, asked.say("post.gone"))
        return
    await _store(asked, str(kept["ref"]), BY_HAND.load(str(kept["hand"])))
    await asked.siraba.store.desk.drop_draft(asked.words)


async def _take(asked: Asked, incident: Incident, field: Field) -> None:
    words = as_date(asked, asked.words) if field is Field.WHEN else asked.words
    hand = set_by(field, words, incident, drafts.desk_at(asked, asked.now))
    if isinstance(hand, Fault):
        await drafts.ask_back(asked, hand)
        return
    await asked.siraba.store.dialogs.close(asked.chat.recipient)
    await _offer(asked, incident, hand)


async def _offer(asked: Asked, incident: Incident, hand: ByHand) -> None:
    """What readers would get, to be confirmed; what nobody would hear of is stored at once."""
    store = asked.siraba.store
    if not await _has_card(asked, incident):
        return
    planned = await plan_amendment(incident, hand, store=store, planner=drafts.planner_of(asked), now=asked.now)
    if planned is None:
        await _store(asked, incident.id, hand)
        return
    draft_id = f"a{asked.update.update_id}"
    await store.desk.save_draft(draft_id, {"by": asked.member, "ref": incident.id, "hand": BY_HAND.dump(hand)})
    await reply(asked, _preview(asked, planned), _confirm(asked, draft_id))


async def _has_card(asked: Asked, incident: Incident) -> bool:
    """Whether no other admin is at its card, where it has one; says so if not."""
    taken = await take_card(incident.id, by=asked.member, store=asked.siraba.store, now=asked.now)
    if isinstance(taken, NotDecided) and taken.why is Refused.TAKEN:
        await reply(asked, asked.say("review.taken", ref=incident.id, who=taken.by))
        return False
    return True


async def _store(asked: Asked, reference: str, hand: ByHand) -> None:
    store = asked.siraba.store
    outcome = await amend_incident(reference, hand, by=asked.member, store=store, now=asked.now)
    match outcome:
        case Corrected(incident=incident) if await store.desk.in_review(incident.id):
            await cards.card(asked.with_words(incident.id))
        case Corrected(incident=incident):
            await reply(asked, asked.say("update.done", ref=incident.id), _history(asked, incident.id))
        case Refusal.SAME:
            await reply(asked, asked.say("update.same", ref=reference))
        case Refusal.UNKNOWN:
            await reply(asked, asked.say("ref.unknown", ref=reference))
        case Refusal.ALREADY:
            await reply(asked, asked.say("ref.already", ref=reference))


def _preview(asked: Asked, planned: Planned) -> str:
    return fit(
        drafts.in_each_language(asked, planned),
        head=[asked.say("post.preview")],
        tail=["\n".join([asked.voice.standing(planned.alert.incident), drafts.reach(asked, planned)])],
        more=lambda left: asked.voice.count("list.more", left),
        limit=MESSAGE_LIMIT,
        separator="\n\n",
    )


def _confirm(asked: Asked, draft_id: str) -> list[list[Button]]:
    label = asked.voice.label
    return [[(label("button.send"), f"c:amend:{draft_id}"), (label("button.cancel"), f"c:discard:{draft_id}")]]


async def _found(asked: Asked, reference: str) -> Incident | None:
    """The incident, or a word that there is none."""
    if not reference:
        await reply(asked, asked.say("update.example"))
        return None
    incident = await asked.siraba.store.incidents.find(reference) if is_reference(reference) else None
    if incident is None:
        await reply(asked, asked.say("ref.unknown", ref=reference[:9]))
    return incident


def is_reference(text: str) -> bool:
    """Whether it may be a reference: four digits, or a few more."""
    return text.isascii() and text.isdecimal() and len(text) <= 9  # noqa: PLR2004 - as it says


async def _panel(asked: Asked, incident: Incident) -> None:
    head = [asked.voice.incident_line(incident, now=asked.now), asked.voice.standing(incident)]
    if incident.status is Status.RETRACTED:
        await reply(asked, "\n".join([*head, asked.say("ref.already", ref=incident.id)]), _history(asked, incident.id))
        return
    await reply(asked, "\n".join([*head, asked.say("panel.how")]), _panel_buttons(asked, incident))


def _panel_buttons(asked: Asked, incident: Incident) -> list[list[Button]]:
    label, ref = asked.voice.label, incident.id
    over = [
        (label("panel.over", where=label(f"where.{kind}")), f"c:lift:{ref}:{kind}")
        for kind in (SourceKind.FIELD, SourceKind.OFFICIAL, SourceKind.PRESS)
    ]
    wrong = [(label("panel.wrong", reason=label(f"retraction.{why}")), f"c:retract:{ref}:{why}") for why in REASONS]
    facts = [(label(f"field.{one}"), f"c:change:{ref}:{one}") for one in OF_AN_INCIDENT]
    return [
        *([over] if incident.status is Status.ACTIVE else []),
        *in_rows(wrong, 2),
        *in_rows(facts, 3),
        *_history(asked, ref),
    ]


def _history(asked: Asked, reference: str) -> list[list[Button]]:
    return [[(asked.voice.label("card.history"), f"q:log:{reference}")]]

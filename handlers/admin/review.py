"""How does an admin go through what waits, card by card, and decide it?"""

from collections.abc import Sequence

from alerts.desk.fields import OF_AN_INCIDENT, Field
from alerts.desk.review import (
    Decided,
    NotDecided,
    Outcome,
    Refused,
    Rejection,
    approve_card,
    leave_card,
    merge_card,
    queue,
    reject_card,
    take_card,
)
from alerts.incidents.model import Trust
from alerts.incidents.similar import similar_to
from handlers.admin import cards, update
from handlers.asked import Asked
from handlers.reply import Button, reply


async def review(asked: Asked) -> None:
    """The gravest and newest card, or the one after that whose reference follows the button."""
    waiting = await queue(asked.siraba.store, now=asked.now)
    if not waiting:
        await reply(asked, asked.say("review.none"))
        return
    after = next((number for number, one in enumerate(waiting, start=1) if one.id == asked.words), 0)
    incident = waiting[after % len(waiting)]
    await cards.show(asked, incident, len(waiting))


async def tap_approve(asked: Asked) -> None:
    """Let it out by its own grade."""
    await _approve(asked, None)


async def tap_probable(asked: Asked) -> None:
    """Let it out as probable, whatever its reports would make of it."""
    await _approve(asked, Trust.PROBABLE)


async def tap_fix(asked: Asked) -> None:
    """Place, type or day is wrong: take the card, and ask for the right one."""
    reference, _, name = asked.words.partition(":")
    if name not in OF_AN_INCIDENT:
        await reply(asked, asked.say("post.gone"))
        return
    taken = await take_card(reference, by=asked.member, store=asked.siraba.store, now=asked.now)
    if isinstance(taken, NotDecided):
        await _answer(asked, reference, taken)
        return
    await update.ask(asked, taken, Field(name))


async def tap_merge(asked: Asked) -> None:
    """It tells of a known event: of which one? Then give it the reports."""
    reference, _, into = asked.words.partition(":")
    store = asked.siraba.store
    if into:
        outcome = await merge_card(reference, into, by=asked.member, store=store, now=asked.now)
        await _answer(asked, reference, outcome)
        return
    taken = await take_card(reference, by=asked.member, store=store, now=asked.now)
    if isinstance(taken, NotDecided):
        await _answer(asked, reference, taken)
        return
    known = await store.incidents.recent(now=asked.now)
    alike = similar_to(taken, known, atlas=asked.siraba.atlas)
    await store.dialogs.open(asked.chat.recipient, {"expects": "merge", "ref": taken.id})
    lines = [asked.voice.incident_line(one, now=asked.now) for one in alike]
    buttons = [[(asked.voice.label("card.into", ref=one.id), f"c:merge:{taken.id}:{one.id}")] for one in alike]
    await reply(asked, "\n".join([asked.say("review.merge_into"), *lines]), buttons)


async def take_reference(asked: Asked, reference: str) -> None:
    """The reference to merge into was written."""
    await asked.siraba.store.dialogs.close(asked.chat.recipient)
    await tap_merge(asked.with_words(f"{reference}:{asked.words}"))


async def tap_reject(asked: Asked) -> None:
    """It is no incident: why not? The reason stays in the audit."""
    reference, _, why = asked.words.partition(":")
    if why in tuple(Rejection):
        outcome = await reject_card(
            reference, why=Rejection(why), by=asked.member, store=asked.siraba.store, now=asked.now
        )
        await _answer(asked, reference, outcome)
        return
    taken = await take_card(reference, by=asked.member, store=asked.siraba.store, now=asked.now)
    if isinstance(taken, NotDecided):
        await _answer(asked, reference, taken)
        return
    label = asked.voice.label
    buttons = [[(label(f"rejection.{one}"), f"c:reject:{taken.id}:{one}")] for one in Rejection]
    await reply(asked, asked.say("review.why_not"), buttons)


async def tap_leave(asked: Asked) -> None:
    """Leave it for later, or for somebody else."""
    outcome = await leave_card(asked.words, by=asked.member, store=asked.siraba.store, now=asked.now)
    text = asked.say("review.left") if isinstance(outcome, Decided) else _refused(asked, asked.words, outcome)
    await reply(asked, text, await _next(asked, asked.words))


async def _approve(asked: Asked, trust: Trust | None) -> None:
    outcome = await approve_card(asked.words, trust=trust, by=asked.member, store=asked.siraba.store, now=asked.now)
    await _answer(asked, asked.words, outcome)


async def _answer(asked: Asked, reference: str, outcome: Outcome) -> None:
    """What came of a decision, and the way to the next card."""
    match outcome:
        case Decided():
            text = _decided(asked, reference, outcome)
        case NotDecided():
            text = _refused(asked, reference, outcome)
    await reply(asked, text, await _next(asked, reference))


def _decided(asked: Asked, reference: str, outcome: Decided) -> str:
    incident = outcome.incident
    if outcome.needs_report:
        return asked.say("review.needs_report", ref=incident.id)
    if outcome.needs_second and incident.held is not None:
        return asked.say("review.needs_second", ref=incident.id)
    if incident.id != reference:
        return asked.say("review.merged", ref=incident.id)
    if incident.retraction_reason is not None:
        return asked.say("review.rejected", ref=incident.id)
    key = "review.approved" if outcome.speaks else "post.recorded"
    done = asked.say(key, ref=incident.id, trust=asked.voice.label(f"trust.{incident.trust}"))
    return f"{done}\n{asked.say('review.still_held')}" if outcome.needs_second else done


def _refused(asked: Asked, reference: str, outcome: NotDecided) -> str:
    match outcome.why:
        case Refused.UNKNOWN:
            return asked.say("ref.unknown", ref=reference)
        case Refused.DECIDED:
            return asked.say("review.decided", ref=reference, who=outcome.by)
        case Refused.TAKEN:
            return asked.say("review.taken", ref=reference, who=outcome.by)
        case Refused.NO_PLACE:
            return asked.say("review.no_place", ref=reference)


async def _next(asked: Asked, reference: str) -> Sequence[Sequence[Button]]:
    """The button to the next card, if one waits."""
    waiting = [one for one in await queue(asked.siraba.store, now=asked.now) if one.id != reference]
    return [[(asked.voice.label("card.next", count=len(waiting)), f"q:review:{reference}")]] if waiting else []

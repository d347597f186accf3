"""How does an admin take an incident back, or announce its end?"""

from alerts.desk.correction import Corrected, Refusal, lift_incident, retract_incident
from alerts.wording.limits import clip
from handlers.asked import Asked
from handlers.reply import reply

LONGEST_REASON = 200  # of what the audit keeps


async def retract(asked: Asked) -> None:
    """`REF reason`: whoever got the alert is told that it is withdrawn."""
    reference, _, reason = asked.words.partition(" ")
    if not _is_reference(reference) or not reason.strip():
        await reply(asked, asked.say("retract.example"))
        return
    assert asked.person is not None  # noqa: S101 - the router has seen an admin
    outcome = await retract_incident(
        reference,
        reason=clip(reason.strip(), LONGEST_REASON),
        by=asked.person,
        store=asked.siraba.store,
        now=asked.now,
    )
    await reply(asked, _said(asked, outcome, reference, "retract.done"))


async def lifted(asked: Asked) -> None:
    """`REF`: readers are told that its end was announced, and that a danger may remain."""
    reference = asked.words.split(" ")[0]
    if not _is_reference(reference):
        await reply(asked, asked.say("ending.example"))
        return
    assert asked.person is not None  # noqa: S101 - the router has seen an admin
    outcome = await lift_incident(reference, by=asked.person, store=asked.siraba.store, now=asked.now)
    await reply(asked, _said(asked, outcome, reference, "ending.done"))


def _said(asked: Asked, outcome: Corrected | Refusal, reference: str, done: str) -> str:
    match outcome:
        case Corrected(incident=incident):
            return asked.say(done, ref=incident.id)
        case Refusal.UNKNOWN:
            return asked.say("ref.unknown", ref=reference)
        case Refusal.ALREADY:
            return asked.say("ref.already", ref=reference)


def _is_reference(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 9  # noqa: PLR2004 - references are four digits or a few more

"""How does an admin take an incident back, or announce its end?"""

from alerts.desk.correction import Corrected, Refusal, lift_incident, retract_incident
from alerts.desk.words import desk_words, named
from alerts.incidents.model import SourceKind
from alerts.wording.limits import clip
from handlers.admin.update import is_reference
from handlers.asked import Asked
from handlers.reply import reply

LONGEST_REASON = 200  # of what the audit keeps


async def retract(asked: Asked) -> None:
    """`REF reason`: whoever got the alert is told that it is withdrawn."""
    reference, reason = _parts(asked)
    if not is_reference(reference) or not reason:
        await reply(asked, asked.say("retract.example"))
        return
    outcome = await retract_incident(
        reference,
        reason=clip(reason, LONGEST_REASON),
        by=asked.member,
        store=asked.siraba.store,
        now=asked.now,
    )
    await reply(asked, _said(asked, outcome, reference, "retract.done"))


async def lifted(asked: Asked) -> None:
    """`REF`, and by whose word: readers are told that its end was announced, and that a danger may remain."""
    reference, words = _parts(asked)
    if not is_reference(reference):
        await reply(asked, asked.say("ending.example"))
        return
    said_by = named(words, desk_words().sources) or SourceKind.FIELD
    outcome = await lift_incident(reference, said_by=said_by, by=asked.member, store=asked.siraba.store, now=asked.now)
    await reply(asked, _said(asked, outcome, reference, "ending.done"))


def _parts(asked: Asked) -> tuple[str, str]:
    """The reference, and what follows it: typed after a space, or behind a button after a colon."""
    reference, _, rest = asked.words.replace(":", " ", 1 if asked.is_tap else 0).partition(" ")
    return reference, rest.strip().replace("_", " ") if asked.is_tap else rest.strip()


def _said(asked: Asked, outcome: Corrected | Refusal, reference: str, done: str) -> str:
    match outcome:
        case Corrected(incident=incident):
            return asked.say(done, ref=incident.id)
        case Refusal.UNKNOWN:
            return asked.say("ref.unknown", ref=reference)
        case Refusal.ALREADY | Refusal.SAME:
            return asked.say("ref.already", ref=reference)

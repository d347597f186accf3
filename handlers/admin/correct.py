"""How does an admin take an incident back, or announce its end?"""

from alerts.desk.correction import Corrected, Refusal, lift_incident, retract_incident
from alerts.desk.words import affirmed, desk_words, named, unread
from alerts.incidents.model import RetractionReason, SourceKind
from alerts.wording.limits import clip
from handlers.admin.update import is_reference
from handlers.asked import Asked
from handlers.reply import reply

SHORTEST_REFERENCE = 3  # figures
LONGEST_REASON = 200  # of what the audit keeps


async def retract(asked: Asked) -> None:
    """`REF reason`: whoever got the alert is told that it is withdrawn."""
    reference, reason = _parts(asked)
    if not _is_written_out(reference) or not _is_sure_reason(reason):
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
    said_by = _source_of(words)
    if not _is_written_out(reference) or said_by is None:
        await reply(asked, asked.say("ending.example"))
        return
    outcome = await lift_incident(reference, said_by=said_by, by=asked.member, store=asked.siraba.store, now=asked.now)
    await reply(asked, _said(asked, outcome, reference, "ending.done"))


def _is_written_out(reference: str) -> bool:
    """Whether it is typed nearly whole: what goes out at once must not hang on one slip of a figure."""
    return is_reference(reference) and len(reference) >= SHORTEST_REFERENCE


def _is_sure_reason(words: str) -> bool:
    """Whether one of the known reasons is named, and no doubt of it."""
    tables = desk_words()
    doubtful = "?" in words or named(words, tables.doubts) is not None
    denied = named(words, tables.reasons) != named(affirmed(words), tables.reasons)
    return not doubtful and named(words, tables.reasons) is not None and (not denied or _is_unverifiable(words))


def _is_unverifiable(words: str) -> bool:
    return named(words, desk_words().reasons) is RetractionReason.UNVERIFIABLE


def _source_of(words: str) -> SourceKind | None:
    """By whose word it ended, the field's where none is named; None where anything else is written."""
    tables, plain = desk_words(), words.replace("'", " ").replace("’", " ")
    if "?" in words or unread(plain, (*tables.sources, *tables.claims, *tables.ends)):
        return None
    return named(plain, tables.sources) or named(plain, tables.claims) or SourceKind.FIELD


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

"""How does one incident fit into an SMS, to pass on to whoever has no Telegram, or to read out?

Without icons, and in the letters that a phone sends 160 of. It is read later and elsewhere: so it names days, no ages.
"""

import unicodedata
from datetime import datetime

from alerts.incidents.model import Incident, Status
from alerts.wording import incident as told
from alerts.wording.limits import clip
from alerts.wording.times import day_name, local_day
from alerts.wording.words import Words, inside

SMS_LIMIT = 160
_SHORTEST_PLACE = 30  # a road and a town, as in "RN16 Sévaré-Douentza"

# What GSM 03.38 has of the letters that French writes; any other letter would halve the room of the whole message.
_GSM_LETTERS = frozenset("àèéìòùÇÉÄÖÑÜäöñüÅåÆæØøß")
_SIGNS = str.maketrans("–—→·’«»…\u202f\u00a0", '-->-\'"".  ')
_BAMBARA = str.maketrans({"ɛ": "e", "ɔ": "o", "ɲ": "ny", "ŋ": "ng", "Ɛ": "E", "Ɔ": "O", "Ɲ": "Ny", "Ŋ": "Ng"})
_ASCII = 128


def sms_text(words: Words, incident: Incident, *, short: bool, now: datetime) -> str:
    """Where, how grave, what, how sure, of which day, and the reference; that and the mark of a drill are never cut."""
    tail = f" {plain(words.say('sms.advice'))} {plain(told.reference(words, incident))}"
    room = SMS_LIMIT - len(tail)
    where = plain(told.place(words, incident.location, separator=" "))
    text = _told(words, incident, where, short=short, now=now)
    if len(text) > room:  # many towns give way first: what happened, how sure and of which day says more than the last
        where = clip_plain(where, max(_SHORTEST_PLACE, len(where) - (len(text) - room)))
        text = _told(words, incident, where, short=short, now=now)
    return clip_plain(text, room) + tail


def clip_plain(text: str, limit: int) -> str:
    """`text` in SMS letters, within `limit`; "…" is none of them."""
    text = plain(text)
    return text if len(text) <= limit else clip(text, limit - 1).removesuffix("…").rstrip() + ".."


def plain(text: str) -> str:
    """`text` in letters that an SMS counts once."""
    return "".join(_letter(char) for char in text.translate(_SIGNS).translate(_BAMBARA))


def _told(words: Words, incident: Incident, where: str, *, short: bool, now: datetime) -> str:
    facts = _facts(words, incident, where, short=short, now=now)
    return plain(" ".join(f"{fact.removesuffix('.')}." for fact in facts))


def _facts(words: Words, incident: Incident, where: str, *, short: bool, now: datetime) -> list[str]:
    today = local_day(words, now)
    where = told.exercise_mark(words, incident) + where
    sure = words.say(f"trust.{incident.trust}")
    told_on = words.say("sms.info", date=day_name(words, local_day(words, incident.informed_at), today=today))
    if incident.status is Status.RETRACTED:
        return [f"{where}: {words.say('history.retracted')}", told_on]
    if short:
        return [f"{where}: {told.short_state(words, incident)}", sure, told_on]
    standing = [] if told.is_lifted(incident) else [words.say(f"gravity.{incident.severity.lower()}")]
    passage = [] if incident.event_type in told.FUEL else [_passage(words, incident, now=now)]
    return [", ".join([f"{where}: {_what(words, incident)}", *standing]), sure, *passage, told_on]


def _passage(words: Words, incident: Incident, *, now: datetime) -> str:
    return inside(words.say("passage.line", passage=told.passage(words, incident, now=now))).replace(" :", ":")


def _what(words: Words, incident: Incident) -> str:
    if told.is_lifted(incident):
        return inside(words.say(f"lifted.{told.ended_type(incident)}"))
    return inside(words.say(f"event.{incident.event_type}"))


def _letter(char: str) -> str:
    if ord(char) < _ASCII or char in _GSM_LETTERS:
        return char
    folded = unicodedata.normalize("NFD", char)[0]
    return folded if ord(folded) < _ASCII else ""

"""How does the chronology look in the Common Alerting Protocol (CAP 1.2)?

CAP has one document for one message, so several stand in an Atom feed. What is not known as exactly as CAP would have
it (hours, shapes) is left out rather than made up; the facts readers get stand in parameters.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from alerts.incidents.kinds import kind_of
from alerts.incidents.model import Status, Trust
from alerts.outputs.record import Record
from alerts.wording.voice import Voice
from alerts.wording.words import sentence

CAP = "urn:oasis:names:tc:emergency:cap:1.2"
ATOM = "http://www.w3.org/2005/Atom"
SENDER = "siraba"
LANGUAGES = {"fr": "fr-ML", "en": "en"}
"""Which voices speak in it, and how CAP names their language."""

_CATEGORIES = {
    "armed": "Security",
    "abduction": "Security",
    "air": "Security",
    "fuel": "Infra",
    "fuel_back": "Infra",
    "price": "Infra",
    "other": "Other",
}
"""By the family of an event; everything else is traffic."""

_TRAFFIC = "Transport"
_CERTAINTIES = {Trust.CONFIRMED: "Observed", Trust.PROBABLE: "Likely", Trust.UNCONFIRMED: "Possible"}
_MSG_TYPES = {Status.ACTIVE: "Alert", Status.LIFTED: "Update", Status.RETRACTED: "Cancel"}
_NEW = timedelta(hours=24)

register_namespace("", ATOM)
register_namespace("cap", CAP)


def as_feed(records: Iterable[Record], *, voices: Mapping[str, Voice], now: datetime) -> str:
    """An Atom feed with a CAP message for each record."""
    feed = Element(f"{{{ATOM}}}feed")
    _atom(feed, "id", "urn:siraba:chronology")
    _atom(feed, "title", "Siraba")
    _atom(feed, "updated", _time(now))
    _atom(SubElement(feed, f"{{{ATOM}}}author"), "name", "Siraba")
    for record in records:
        entry = SubElement(feed, f"{{{ATOM}}}entry")
        _atom(entry, "id", f"urn:siraba:{identifier(record.reference, record.version)}")
        _atom(entry, "title", headline(record, voices["fr"]))
        _atom(entry, "updated", _time(record.told))
        content = SubElement(entry, f"{{{ATOM}}}content", type="application/cap+xml")
        content.append(message(record, voices=voices, now=now))
    indent(feed)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(feed, encoding="unicode")}\n'


def message(record: Record, *, voices: Mapping[str, Voice], now: datetime) -> Element:
    """One CAP message; a word that came after another one on the same incident refers to the first."""
    alert = Element(_name("alert"))
    _put(alert, "identifier", identifier(record.reference, record.version))
    _put(alert, "sender", SENDER)
    _put(alert, "sent", _time(record.told))
    _put(alert, "status", "Exercise" if record.is_exercise else "Actual")
    _put(alert, "msgType", _msg_type(record))
    _put(alert, "scope", "Public")
    if record.version > 1:
        _put(alert, "references", f"{SENDER},{identifier(record.reference, 1)},{_time(record.first_told)}")
    for language, tag in LANGUAGES.items():
        alert.append(_info(record, voices[language], tag, now))
    return alert


def identifier(reference: str, version: int) -> str:
    """The same one for the same word, for ever."""
    return f"siraba.{reference}.{version}"


def headline(record: Record, voice: Voice) -> str:
    """What, where and how sure, in words that stay true whenever they are read."""
    return " · ".join(filter(None, [sentence(_event(record, voice)), _area(record), voice.label(_trust(record))]))


def _msg_type(record: Record) -> str:
    """An announced end is an update and no all-clear."""
    if record.status is Status.ACTIVE and record.version > 1:
        return "Update"
    return _MSG_TYPES[record.status]


def _info(record: Record, voice: Voice, tag: str, now: datetime) -> Element:
    info = Element(_name("info"))
    _put(info, "language", tag)
    for category in _categories(record):
        _put(info, "category", category)
    _put(info, "event", sentence(_event(record, voice)))
    _put(info, "urgency", _urgency(record, now))
    _put(info, "severity", record.severity)
    _put(info, "certainty", _CERTAINTIES[record.trust])
    _put(info, "headline", headline(record, voice))
    _put(info, "instruction", f"{voice.label('alert.silence')} {voice.label('alert.advice')}")
    for name, value in _parameters(record).items():
        parameter = SubElement(info, _name("parameter"))
        _put(parameter, "valueName", name)
        _put(parameter, "value", value)
    _put(SubElement(info, _name("area")), "areaDesc", _area(record))
    return info


def _event(record: Record, voice: Voice) -> str:
    return voice.label(f"{'lifted' if record.status is Status.LIFTED else 'event'}.{record.event_type}")


def _trust(record: Record) -> str:
    return "history.retracted" if record.status is Status.RETRACTED else f"trust.{record.trust}"


def _categories(record: Record) -> list[str]:
    return sorted({_CATEGORIES.get(family, _TRAFFIC) for family in kind_of(record.event_type).families})


def _urgency(record: Record, now: datetime) -> str:
    """What is new asks for action now; what is old is not over, and nobody knows."""
    is_new = record.status is Status.ACTIVE and now.date() - record.day <= _NEW
    return "Immediate" if is_new else "Unknown"


def _parameters(record: Record) -> dict[str, str]:
    facts = {
        "siraba:type": record.event_type,
        "siraba:status": record.status,
        "siraba:day": record.day.isoformat(),
        "siraba:day_part": record.day_part or "",
        "siraba:trust": record.trust,
        "siraba:source": " ".join(record.source_kinds),
        "siraba:vehicles": " ".join(record.vehicles),
    }
    return {name: str(value) for name, value in facts.items() if value}


def _area(record: Record) -> str:
    return " · ".join(filter(None, [", ".join(record.roads), record.place or ", ".join(record.regions)]))


def _time(moment: datetime) -> str:
    """CAP wants an offset in figures, and no "Z"."""
    return moment.astimezone(UTC).replace(microsecond=0).isoformat()


def _name(tag: str) -> str:
    return f"{{{CAP}}}{tag}"


def _put(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, _name(tag)).text = text


def _atom(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, f"{{{ATOM}}}{tag}").text = text

"""The messages have the structure that CAP 1.2 demands."""

import re
from datetime import timedelta
from xml.etree.ElementTree import Element, tostring

import pytest
from defusedxml.ElementTree import fromstring

from alerts.incidents.model import Credibility, Incident, Status
from alerts.outputs.cap import ATOM, CAP, as_feed, message
from alerts.outputs.record import record_of
from alerts.reading.model import EventType
from alerts.sources.kinds.cap import parse_cap
from alerts.sources.parsed import ParsedFeed
from tests.alerts.wording.facts import atlas, voices
from tests.support.builders import NOW, incident

ALERT = (
    "identifier", "sender", "sent", "status", "msgType", "source", "scope", "restriction", "addresses", "code", "note",
    "references", "incidents", "info",
)  # fmt: skip
INFO = (
    "language", "category", "event", "responseType", "urgency", "severity", "certainty", "audience", "eventCode",
    "effective", "onset", "expires", "senderName", "headline", "description", "instruction", "web", "contact",
    "parameter", "resource", "area",
)  # fmt: skip
NEEDED = {
    "alert": ("identifier", "sender", "sent", "status", "msgType", "scope"),
    "info": ("category", "event", "urgency", "severity", "certainty"),
}
VALUES = {
    "status": {"Actual", "Exercise", "System", "Test", "Draft"},
    "msgType": {"Alert", "Update", "Cancel", "Ack", "Error"},
    "scope": {"Public", "Restricted", "Private"},
    "category": {
        *("Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra"),
        *("CBRNE", "Other"),
    },
    "urgency": {"Immediate", "Expected", "Future", "Past", "Unknown"},
    "severity": {"Extreme", "Severe", "Moderate", "Minor", "Unknown"},
    "certainty": {"Observed", "Likely", "Possible", "Unlikely", "Unknown"},
}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d")
REFERENCES = re.compile(r"[^\s,<&]+,[^\s,<&]+," + TIME.pattern)


def names(element: Element) -> list[str]:
    return [child.tag.removeprefix(f"{{{CAP}}}") for child in element]


def faults(alert: Element) -> list[str]:
    """What CAP 1.2 would object to."""
    found = _structure("alert", alert, ALERT)
    for info in alert.iter(f"{{{CAP}}}info"):
        found += _structure("info", info, INFO)
        found += [f"area {names(area)}" for area in info.iter(f"{{{CAP}}}area") if names(area)[:1] != ["areaDesc"]]
    for child in alert.iter():
        tag = child.tag.removeprefix(f"{{{CAP}}}")
        if tag in VALUES and child.text not in VALUES[tag]:
            found.append(f"{tag} {child.text}")
        if tag == "sent" and not TIME.fullmatch(child.text or ""):
            found.append(f"sent {child.text}")
        if tag in {"identifier", "sender"} and re.search(r"[\s,<&]", child.text or " "):
            found.append(f"{tag} {child.text}")
        if tag == "references" and not REFERENCES.fullmatch(child.text or ""):
            found.append(f"references {child.text}")
    if alert.findtext(f"{{{CAP}}}msgType") in {"Update", "Cancel"} and "references" not in names(alert):
        found.append("no references")
    return found


def _structure(what: str, element: Element, order: tuple[str, ...]) -> list[str]:
    found = names(element)
    places = [order.index(name) for name in found]
    return [
        *(f"{what} out of order" for _ in [0] if places != sorted(places)),
        *(f"{what} lacks {name}" for name in NEEDED[what] if name not in found),
    ]


def alert_of(one: Incident) -> Element:
    return message(record_of(one, atlas=atlas()), voices=voices(), now=NOW)


SAMPLES = [
    *(pytest.param(incident(event_types=(kind,)), id=kind) for kind in EventType),
    *(pytest.param(incident(credibility=one), id=one.name) for one in Credibility),
    pytest.param(incident(version=3), id="told again"),
    pytest.param(incident(version=2, status=Status.LIFTED), id="ended"),
    pytest.param(incident(version=2, status=Status.RETRACTED, announced=True), id="withdrawn"),
    pytest.param(incident(exercise=True), id="a drill"),
    pytest.param(incident(location=atlas().locate(regions=["region-kayes"])), id="a region"),
]


@pytest.mark.parametrize("one", SAMPLES)
def test_a_message_has_the_structure_of_cap(one: Incident):
    assert faults(fromstring(tostring(alert_of(one)))) == []


def test_a_drill_is_marked_as_one():
    assert alert_of(incident(exercise=True)).findtext(f"{{{CAP}}}status") == "Exercise"


def test_an_end_is_an_update_and_never_an_all_clear():
    ended = alert_of(incident(version=2, status=Status.LIFTED))
    assert ended.findtext(f"{{{CAP}}}msgType") == "Update"
    assert "responseType" not in {name for info in ended.iter(f"{{{CAP}}}info") for name in names(info)}


def test_what_is_old_is_not_called_past():
    record = record_of(incident(), atlas=atlas())
    later = message(record, voices=voices(), now=NOW + timedelta(days=9))
    assert {one.text for one in later.iter(f"{{{CAP}}}urgency")} == {"Unknown"}


def test_no_message_has_a_shape():
    tags = {element.tag for element in alert_of(incident()).iter()}
    assert not {f"{{{CAP}}}{shape}" for shape in ("polygon", "circle", "geocode")} & tags


def test_the_feed_holds_a_message_for_each_and_is_atom():
    records = [record_of(incident(id=one), atlas=atlas()) for one in ("0512", "0513")]
    feed = fromstring(as_feed(records, voices=voices(), now=NOW))
    assert feed.tag == f"{{{ATOM}}}feed"
    entries = feed.findall(f"{{{ATOM}}}entry")
    assert [entry.findtext(f"{{{ATOM}}}id") for entry in entries] == [
        "urn:siraba:siraba.0512.1",
        "urn:siraba:siraba.0513.1",
    ]
    assert all(faults(alert) == [] for entry in entries for alert in entry.iter(f"{{{CAP}}}alert"))


def test_another_siraba_can_read_it():
    read = parse_cap(tostring(alert_of(incident())), title_only=False, language="fr", now=NOW)
    assert isinstance(read, ParsedFeed)
    assert "Diéma" in read.items[0].title

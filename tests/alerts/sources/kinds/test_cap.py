from datetime import UTC, datetime

import pytest

from alerts.sources.kinds.cap import parse_cap
from alerts.sources.model import Fault
from alerts.sources.parsed import ParsedFeed, ParseFailed
from tests.alerts.sources.samples import NOW

INFO = (
    "<info><language>{language}</language><event>{event}</event><expires>2025-10-08T00:00:00-00:00</expires>"
    "<headline>{event}</headline><description>{text}</description><area><areaDesc>Région de Mopti</areaDesc></area>"
    "<area><areaDesc>Région de Gao</areaDesc></area></info>"
)
FRENCH = INFO.format(language="fr-FR", event="Inondations", text="Fortes pluies.")
ENGLISH = INFO.format(language="en-GB", event="Floods", text="Heavy rain.")


def cap(
    info: str = FRENCH,
    *,
    msg_type: str = "Alert",
    status: str = "Actual",
    scope: str = "<scope>Public</scope>",
    references: str = "",
    namespace: str = ' xmlns="urn:oasis:names:tc:emergency:cap:1.2"',
) -> bytes:
    told = f"<references>{references}</references>" if references else ""
    return (
        f"<alert{namespace}><identifier>w2</identifier><sender>meteo@example.org</sender>"
        f"<sent>2025-10-06T09:30:00+00:00</sent><status>{status}</status><msgType>{msg_type}</msgType>{scope}{told}"
        f"{info}</alert>"
    ).encode()


def parse(body: bytes, *, language: str | None = "fr", now: datetime = NOW) -> ParsedFeed | ParseFailed:
    return parse_cap(body, title_only=False, language=language, now=now)


def test_a_warning_is_one_entry_that_says_what_and_where():
    found = parse(cap())

    assert isinstance(found, ParsedFeed)
    (item,) = found.items
    assert item.id == "w2"
    assert item.title == "Inondations : Région de Mopti; Région de Gao"
    assert item.summary == "Fortes pluies."
    assert item.published == datetime(2025, 10, 6, 9, 30, tzinfo=UTC)
    assert item.replaces == ()


@pytest.mark.parametrize(
    "namespace",
    [
        pytest.param("", id="none"),
        pytest.param(' xmlns="urn:oasis:names:tc:emergency:cap:1.1"', id="version-1.1"),
        pytest.param(' xmlns="urn:oasis:names:tc:emergency:cap:1.2"', id="version-1.2"),
    ],
)
def test_a_warning_is_read_in_any_version_of_the_standard(namespace: str):
    found = parse(cap(namespace=namespace))
    assert isinstance(found, ParsedFeed)
    assert len(found.items) == 1


@pytest.mark.parametrize(("language", "title"), [("fr", "Inondations"), ("en", "Floods"), (None, "Floods")])
def test_a_warning_in_two_languages_is_read_in_the_sources_own(language: str | None, title: str):
    found = parse(cap(ENGLISH + FRENCH), language=language)
    assert isinstance(found, ParsedFeed)
    assert found.items[0].title.startswith(title)


def test_an_update_names_what_it_replaces():
    found = parse(cap(msg_type="Update", references="meteo,w0,2025-10-05T09:00:00+00:00 meteo,w1,2025-10-06T09:00:00Z"))
    assert isinstance(found, ParsedFeed)
    assert found.items[0].replaces == ("w0", "w1")


def test_a_cancel_ends_what_it_names_and_warns_of_nothing():
    found = parse(cap(msg_type="Cancel", references="meteo,w1,2025-10-06T09:00:00Z"))
    assert found == ParsedFeed(ended=("w1",))


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(cap(status="Test"), id="test"),
        pytest.param(cap(status="Exercise"), id="exercise"),
        pytest.param(cap(status="Draft"), id="draft"),
        pytest.param(cap(msg_type="Ack"), id="acknowledgement"),
        pytest.param(cap(msg_type="Error"), id="error"),
        pytest.param(cap(scope="<scope>Private</scope>"), id="private"),
        pytest.param(cap(FRENCH.replace("10-08", "10-05")), id="expired"),
    ],
)
def test_what_warns_nobody_now_is_no_entry(body: bytes):
    assert parse(body) == ParsedFeed()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param(b"", "not readable as a CAP document", id="empty"),
        pytest.param(b"<alert", "not readable as a CAP document", id="cut"),
        pytest.param(b"<html></html>", "XML, but not a CAP document", id="a-page"),
        pytest.param(b"<alert/>", "XML, but not a CAP document", id="without-identifier"),
        pytest.param(cap(""), "a CAP document that says nothing", id="without-info"),
        pytest.param(
            cap(FRENCH.replace("<event>", "<responseType>AllClear</responseType><event>")),
            "a CAP document that says nothing",
            id="all-clear",
        ),
        pytest.param(
            b'<!DOCTYPE alert [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + cap("&x;"),
            "not readable as a CAP document",
            id="entity",
        ),
    ],
)
def test_what_is_no_warning_fails_with_a_reason(body: bytes, reason: str):
    assert parse(body) == ParseFailed(reason=reason)


def test_a_document_that_says_nothing_is_told_as_empty():
    found = parse(cap(""))
    assert isinstance(found, ParseFailed)
    assert found.fault is Fault.EMPTY

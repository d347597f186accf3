"""The transcript says why an item of a feed went out, waited, or came to nothing."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest

from alerts.incidents.model import Incident
from alerts.reading.reader import Reader
from bot.demo.fate import fate_of
from bot.demo.story import Entry
from tests.support.builders import incident, report
from tests.support.service import atlas

TITLE = "Embuscade entre Diangounté et Diéma"
ENTRY = Entry(
    outlet="tamani", title=TITLE, summary="", published=datetime(2025, 10, 5, 8, tzinfo=UTC), source="invented"
)
OTHER = report(id="r2", source_id="djoliba", title="Attaque armée sur la route de Kayes ce dimanche")
COPY = report(id="r3", source_id="revue", origin="tamani")


@cache
def reader() -> Reader:
    return Reader(atlas())


@pytest.mark.parametrize(
    ("entry", "known", "said"),
    [
        pytest.param(ENTRY, incident(), "incident 0512, probable, 1 independent source in 1 report", id="alone"),
        pytest.param(ENTRY, incident(reports=(OTHER, report())), "a further independent voice", id="second"),
        pytest.param(replace(ENTRY, outlet="revue"), incident(reports=(report(), COPY)), "a reprint", id="reprint"),
        pytest.param(
            ENTRY, incident(reports=(report(held="It may announce."),)), "held for the desk: It may", id="held"
        ),
        pytest.param(replace(ENTRY, title="Football à Kayes"), incident(), "ignored: ", id="no-event"),
    ],
)
def test_the_fate_of_an_entry_is_a_sentence(entry: Entry, known: Incident, said: str):
    assert fate_of(entry, [known], reader()).startswith(said)


def test_an_ignored_announcement_says_what_it_would_have_been_held_for():
    entry = replace(ENTRY, title="Un convoi de citernes quittera Kayes demain à l'aube")
    assert "coming movement" in fate_of(entry, [], reader())

"""The same entry again, in whatever clothes; and a different one that only looks alike."""

from dataclasses import replace
from datetime import timedelta

import pytest

from alerts.reading.model import Item
from alerts.sources.door import Arrival, Door, Judged
from alerts.sources.model import KnownEntry, Source
from tests.alerts.sources.samples import HOUR, NOW, source

TAMANI = source("https://tamani.example/feed", "tamani", name="Studio Tamani", grade="B")
SEARCH = source("https://search.example/feed", "search", name="A search", grade="F")
WIRE = source("https://wire.example/feed", "wire", name="A wire", grade="A")
DOOR = Door([TAMANI, SEARCH, WIRE])
TITLE = "Des camions attaqués près de Diéma, sur la route de Kayes"
ITEM = Item(
    id="g-1",
    title=TITLE,
    summary="Des hommes armés ont attaqué des camions.",
    url="https://tamani.example/camions",
    published=NOW,
)


def judge(item: Item, by: Source, *before: tuple[Item, Source]) -> Judged:
    """`item`, after those `before` it have come in."""
    known: dict[str, KnownEntry] = {}
    for earlier, its_source in before:
        judged = DOOR.judge(DOOR.tidied(earlier), its_source, known)
        known |= dict.fromkeys(judged.names, judged.after)
    return DOOR.judge(DOOR.tidied(item), by, known)


@pytest.mark.parametrize(
    ("again", "by"),
    [
        pytest.param(ITEM, TAMANI, id="as-it-was"),
        pytest.param(replace(ITEM, id="g-2"), TAMANI, id="another-id"),
        pytest.param(replace(ITEM, id="g-2", url="", published=None), TAMANI, id="another-id-and-no-link"),
        pytest.param(
            replace(ITEM, id="g-2", url="http://www.tamani.example/camions/?utm_source=x#xtor=1"), TAMANI, id="tracking"
        ),
        pytest.param(replace(ITEM, title=f"  {TITLE.upper()} "), TAMANI, id="other-capitals"),
        pytest.param(replace(ITEM, title=f"{TITLE} - Studio Tamani"), TAMANI, id="its-own-name-behind-the-title"),
        pytest.param(replace(ITEM, id="x"), SEARCH, id="through-another-feed"),
        pytest.param(
            Item(id="x", title=f"{TITLE} - Studio Tamani", url="https://search.example/1", published=NOW + HOUR),
            SEARCH,
            id="a-search-hit-with-the-outlet-behind-the-title",
        ),
        pytest.param(
            Item(id="x", title=f"{TITLE} | STUDIO TAMANI", url="https://search.example/1"), SEARCH, id="a-bar-no-date"
        ),
        pytest.param(
            Item(id="x", title=TITLE, url="https://search.example/1", outlet="Studio Tamani"),
            SEARCH,
            id="a-search-hit-that-names-its-outlet",
        ),
    ],
)
def test_the_same_entry_is_known_again(again: Item, by: Source):
    assert judge(again, by, (ITEM, TAMANI)).arrival is Arrival.SAME


@pytest.mark.parametrize(
    ("other", "by"),
    [
        pytest.param(replace(ITEM, id="g-2", title="Autre chose", url="https://tamani.example/x"), TAMANI, id="other"),
        pytest.param(
            replace(ITEM, id="g-2", title="Un pont coupé", summary="", published=NOW + HOUR),
            TAMANI,
            id="a-page-that-many-entries-lead-to",
        ),
        pytest.param(
            replace(ITEM, id="g-2", url="", summary="Une autre attaque.", published=NOW + HOUR),
            TAMANI,
            id="a-title-used-again",
        ),
        pytest.param(
            replace(ITEM, id="g-2", url="https://tamani.example/2", published=NOW + timedelta(days=7)),
            TAMANI,
            id="the-same-words-a-week-later",
        ),
        pytest.param(
            replace(ITEM, id="x", url="https://wire.example/1"), WIRE, id="the-same-title-by-an-outlet-of-its-own"
        ),
        pytest.param(replace(ITEM, id="x", title="Autre titre"), SEARCH, id="the-same-page-under-another-title"),
    ],
)
def test_another_entry_is_never_taken_for_a_known_one(other: Item, by: Source):
    assert judge(other, by, (ITEM, TAMANI)).arrival is Arrival.NEW


@pytest.mark.parametrize(
    "edited",
    [
        pytest.param(replace(ITEM, summary="Deux camions ont brûlé."), id="another-summary"),
        pytest.param(replace(ITEM, title="Trois camions attaqués près de Diéma"), id="another-title"),
        pytest.param(replace(ITEM, id="g-2", summary="Deux camions ont brûlé."), id="under-another-id"),
        pytest.param(
            replace(ITEM, id="w-2", summary="Deux camions ont brûlé.", url="", published=NOW + HOUR, replaces=("g-1",)),
            id="an-update-that-names-it",
        ),
    ],
)
def test_an_edited_entry_keeps_the_id_it_was_first_known_by(edited: Item):
    judged = judge(edited, TAMANI, (ITEM, TAMANI))
    assert judged.arrival is Arrival.EDITED
    assert judged.item.id == "g-1"
    assert judged.item.summary == edited.summary


def test_an_edit_of_an_edit_leads_back_to_the_first():
    second = replace(ITEM, id="w-2", summary="Deux.", url="", published=NOW + HOUR, replaces=("g-1",))
    third = replace(ITEM, id="w-3", summary="Trois.", url="", published=NOW + 2 * HOUR, replaces=("w-2",))
    judged = judge(third, TAMANI, (ITEM, TAMANI), (second, TAMANI))
    assert (judged.arrival, judged.item.id) == (Arrival.EDITED, "g-1")


def test_an_edit_that_is_taken_back_is_an_edit_too():
    edited = replace(ITEM, summary="Deux camions ont brûlé.")
    assert judge(ITEM, TAMANI, (ITEM, TAMANI), (edited, TAMANI)).arrival is Arrival.EDITED


def test_a_better_source_of_a_known_entry_is_heard():
    hit = Item(id="x", title=f"{TITLE} - Studio Tamani", url="https://search.example/1", published=NOW)
    judged = judge(ITEM, TAMANI, (hit, SEARCH))
    assert judged.arrival is Arrival.BETTER
    assert judged.before is not None
    assert judged.before.source_id == "search"
    assert judge(hit, SEARCH, (hit, SEARCH), (ITEM, TAMANI)).arrival is Arrival.SAME


def test_a_short_title_is_no_name():
    short = Item(id="1", title="Attaque à Diéma", published=NOW)
    assert judge(replace(short, id="2"), TAMANI, (short, TAMANI)).arrival is Arrival.NEW


def test_only_an_outlet_is_taken_off_a_title():
    item = Item(id="1", title="Attaque sur la route - deux camions brûlés")
    assert DOOR.tidied(item) == item


def test_a_front_page_is_no_name():
    front = replace(ITEM, title="Une nouvelle", url="https://tamani.example/")
    assert len(DOOR.names(front, TAMANI)) == 1


def test_what_an_earlier_version_stored_is_not_news():
    known = {"tamani:g-1": KnownEntry(source_id="tamani", item_id="g-1")}
    assert DOOR.judge(ITEM, TAMANI, known).arrival is Arrival.SAME

"""Messages fit into Telegram, whole items are cut, and nothing that a reader must see is cut with them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.geography.model import Area, AreaKind, Location, Precision
from alerts.wording.limits import MESSAGE_LIMIT, clip, fit, units
from alerts.wording.voice import LANGUAGES
from tests.alerts.wording.facts import (
    NOW,
    RN1,
    a_leg,
    a_report,
    ago,
    an_alert,
    an_outlook,
    atlas,
    french,
    fuel_at,
    the_attack,
    voices,
)


def more(number: int) -> str:
    return f"et {number} autres"


@pytest.mark.parametrize(("text", "length"), [("", 0), ("été", 3), ("🔴", 2), ("⛽", 1), ("ɛɔ", 2)])
def test_length_is_counted_as_telegram_counts_it(text: str, length: int):
    assert units(text) == length


def test_what_fits_is_left_as_it_is():
    assert fit(["a", "b"], head=["H"], tail=["T"], more=more, limit=7) == "H\na\nb\nT"


def test_whole_items_are_cut_and_counted():
    assert fit(["aaaaa", "bbbbb", "ccccc", "ddddd"], head=["H"], tail=["T"], more=more, limit=23) == (
        "H\naaaaa\net 3 autres\nT"
    )


@given(
    items=st.lists(st.text(alphabet="aé🔴\n", max_size=80), max_size=40),
    limit=st.integers(min_value=40, max_value=400),
)
def test_nothing_is_longer_than_its_limit_and_head_and_tail_stay(items: list[str], limit: int):
    text = fit(items, head=["Head 🔴"], tail=["Tail"], more=more, limit=limit)
    assert units(text) <= limit
    assert text.startswith("Head 🔴\n")
    assert text.endswith("\nTail")


@given(text=st.text(alphabet="aé🔴 ", max_size=60), limit=st.integers(min_value=2, max_value=50))
def test_a_name_is_clipped_between_letters(text: str, limit: int):
    clipped = clip(text, limit)
    assert units(clipped) <= limit
    assert clipped == text or clipped.endswith("…")
    assert "\ufffd" not in clipped


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("short", [False, True])
def test_very_long_answers_fit_and_say_what_they_leave_out(language: str, short: bool):  # noqa: FBT001
    voice = voices()[language]
    many = [the_attack(id=f"{number:04}") for number in range(800)]
    areas = [Area(kind=AreaKind.ROUTE, id="kayes/bamako")] * 100
    legs = [a_leg("sandare", "diema", *many[:9]) for _ in range(60)]
    towns = [fuel_at(f"town-{number}", hours=1) for number in range(300)]
    answers = [
        voice.active(many, areas=areas, sources_read_at=ago(hours=1), short=short, now=NOW),
        voice.history(many, area=RN1, days=365, now=NOW),
        voice.outlook(an_outlook(*legs), fuel=towns, short=short, now=NOW),
        voice.fuel(towns, place=None, short=short, now=NOW),
    ]
    for text in answers:
        assert MESSAGE_LIMIT // 3 < units(text) <= MESSAGE_LIMIT
        assert re.search(r"et \d+ autres|and \d+ more|ani \d+ wɛrɛw", text.partition("\n\n")[0] + text)


def test_what_a_reader_must_see_is_never_cut():
    many = [the_attack(id=f"{number:04}") for number in range(800)]
    text = french().active(many, areas=[RN1], sources_read_at=None, short=False, now=NOW)
    assert text.startswith("EN COURS · RN1\n")
    assert text.endswith("\nSans signalement ne veut pas dire sans danger.\nSources pas encore lues")
    shown = text.count("Réf. ")
    assert f"\net {800 - shown} autres\n" in text


def test_a_location_of_endless_names_leaves_room_for_the_rest():
    regions = tuple(atlas().regions)
    nowhere = the_attack(location=Location(regions=regions, precision=Precision.REGION))
    text = french().alert(an_alert(nowhere), short=False, now=NOW)
    assert units(text.splitlines()[0]) < 300
    assert text.endswith("Pas un conseil : vérifiez avec vos contacts.")


def test_a_card_for_the_desk_fits_however_many_reports_there_are():
    reports = tuple(a_report(f"source-{number}", title="Attaque " * 60) for number in range(60))
    text = french().card(an_alert(the_attack(reports=reports)), now=NOW)
    assert units(text) <= MESSAGE_LIMIT
    assert "À VÉRIFIER" in text.splitlines()[0]
    assert re.search(r"et \d+ autres$", text)

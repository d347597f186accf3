"""Does the picture of four weeks of fuel show each town, day and word, light and without green?"""

import re
from datetime import date, timedelta
from html import unescape

import pytest

from alerts.fuel.model import Availability, Product
from alerts.fuel.trend import DAYS, Trend
from alerts.pictures.draw import HEAVIEST, png
from alerts.pictures.fuel import COLOURS, MOST_TOWNS, draw_trend, trend_svg
from alerts.pictures.letters import BOUND
from alerts.pictures.sheet import MARGIN, WIDTH
from alerts.pictures.tongues import Tongues
from tests.alerts.pictures import pixels
from tests.alerts.wording.facts import NOW, atlas

SPOKEN = re.compile(r'<text x="([\d.]+)" y="([\d.]+)" [^>]*font-size="([\d.]+)"[^>]*>([^<]*)</text>')
OUT, LIMITED, AVAILABLE, UNKNOWN = Availability.OUT, Availability.LIMITED, Availability.AVAILABLE, Availability.UNKNOWN
TOWNS = ("bamako", "sikasso", "kayes", "mopti", "segou", "koutiala", "gao", "kita")


def trend(place: str = "kayes", product: Product = Product.DIESEL, *last: Availability) -> Trend:
    """Every word in turn, then `last`."""
    days = [list(Availability)[number % 4] for number in range(DAYS - len(last))]
    return Trend(place=place, product=product, days=(*days, *last))


def everywhere() -> list[Trend]:
    return [trend(place, product) for place in TOWNS for product in (Product.DIESEL, Product.PETROL)]


def drawn(*found: Trend, language: str = "fr") -> str:
    return trend_svg(found, tongues=Tongues(language, atlas=atlas()), atlas=atlas(), now=NOW)


def said(picture: str) -> list[str]:
    return [unescape(text).replace(BOUND, " ") for *_, text in SPOKEN.findall(picture)]


@pytest.mark.parametrize("language", ["fr", "en", "bm"])
def test_a_picture_is_light_wide_enough_and_free_of_green(language: str):
    picture = draw_trend(everywhere(), language=language, atlas=atlas(), now=NOW)
    colours = {
        colour for row in pixels.rows(png(drawn(*everywhere(), language=language), pixels=180)) for colour in row
    }

    assert len(picture) <= HEAVIEST
    assert pixels.size(picture)[0] >= 480
    assert not [(red, green, blue) for red, green, blue in colours if green > max(red, blue) + 4]


@pytest.mark.parametrize(
    ("last", "line"),
    [
        (AVAILABLE, "Gasoil · aujourd'hui : en vente"),
        (LIMITED, "Gasoil · aujourd'hui : limité"),
        (OUT, "Gasoil · aujourd'hui : rupture"),
        (UNKNOWN, "Gasoil · aujourd'hui : pas d'info"),
    ],
)
def test_each_town_says_its_word_of_today(last: Availability, line: str):
    assert said(drawn(trend("kayes", Product.DIESEL, last)))[-6:-4] == ["Kayes", line]


def test_it_names_the_first_day_and_the_last():
    first, last = date(2025, 10, 5) - timedelta(days=DAYS - 1), date(2025, 10, 5)

    assert {f"{first.day} sept.", f"{last.day} oct."} <= set(said(drawn(trend())))


def test_days_stand_within_the_paper_one_mark_each():
    only = Trend(place="kayes", product=Product.DIESEL, days=(AVAILABLE,) * DAYS)
    bars = re.findall(rf'points="([\d.]+),[^"]*" fill="none" stroke="{COLOURS[AVAILABLE]}"', drawn(only))

    places = sorted({float(x) for x in bars[1:]})  # the first one explains the mark
    assert len(places) == DAYS
    assert MARGIN < places[0] < places[-1] < WIDTH - MARGIN


def test_words_tell_what_colours_do():
    looks = {drawn(Trend(place="kayes", product=Product.DIESEL, days=(one,) * DAYS)) for one in Availability}
    plain = {re.sub(r"#[0-9a-f]{6}", "", picture) for picture in looks}

    assert len(plain) == len(Availability)


def test_towns_without_room_are_counted():
    lines = said(drawn(*everywhere()))

    assert f"Et {len(TOWNS) - MOST_TOWNS} autres villes." in lines
    assert "Kita" not in lines


def test_it_says_when_it_was_made_and_that_nothing_is_foretold():
    lines = " ".join(said(drawn(trend())))

    assert f"Image du {NOW:%d/%m/%Y %H:%M}" in lines
    assert lines.endswith("Ce qui vient n'est pas dit.")

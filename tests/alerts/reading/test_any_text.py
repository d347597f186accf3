"""Whatever a feed sends, there is a reading with a reason."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.geography.atlas import Atlas
from alerts.reading.model import Item, Reading
from alerts.reading.reader import Reader

READER = Reader(Atlas.load())

PIECES = st.sampled_from(
    [
        "Bamako",
        "Gao",
        "entre Kayes et",
        "Diéma",
        "RN1",
        "attaque",
        "convoi",
        "citernes brûlées",
        "à",
        "de",
        "12 morts",
        "le 31 février",
        "il y a 999999 jours\n    ",
        "plus de",
        "vingt et",
        "cent mille",
        "the capital",
        "near",
        "between",
        "ambush",
        "no attack",
        "(AFP)",
        "Sept. 14",
        "29 February",
        "(",
        ")",
        "«",
        ". ",
        ";",
        "-",
        "–",
        "\n    ",
        "<b>",
        "&#0;",
        "La capitale",
        "une dizaine de",
        "dont",
        "Moussala",
        "km de",
        "sur la route de",
        "Selon",
        "hier",
        "dimanche",
    ],
)
NEWSLIKE = st.lists(PIECES, max_size=40).map(" ".join)
ANY_TEXT = st.one_of(st.text(max_size=400), NEWSLIKE)
DAYS = st.none() | st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
LANGUAGES = st.sampled_from([None, "", "fr", "en", "de", "français", "12"])


def check(reading: Reading) -> None:
    assert reading.reason
    assert reading.because
    assert reading.relevant or not reading.event_types
    assert not reading.relevant or reading.event_types
    assert len({place.id for place in reading.places}) == len(reading.places)
    assert all(count is None or count >= 0 for count in (reading.fatalities, reading.vehicles_destroyed))


@settings(max_examples=150, deadline=None)
@given(title=ANY_TEXT, summary=ANY_TEXT, published=DAYS, language=LANGUAGES, month_only=st.booleans())
def test_any_text_gives_a_reading_with_a_reason(
    title: str, summary: str, published: datetime | None, language: str | None, *, month_only: bool
):
    item = Item(
        id="x", title=title, summary=summary, published=published, language=language, published_month_only=month_only
    )
    check(READER.read(item))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("x" * 1_000_000, id="one-word-of-a-megabyte"),
        pytest.param("Attaque à Gao. " * 70_000, id="a-megabyte-of-news"),
        pytest.param("<p><b>" * 100_000, id="markup-never-closed"),
        pytest.param("<" * 200_000, id="only-angle-brackets"),
        pytest.param("\x00\x07\ud800\u202e", id="control-and-half-characters"),
        pytest.param("Нападение на конвой в Мали 攻撃 هجوم", id="mixed-scripts"),
        pytest.param("9" * 5_000 + " morts à Gao", id="an-endless-number"),
        pytest.param("deux " * 5_000 + "morts", id="number-words-without-end"),
        pytest.param("Gao-" * 3_000, id="a-road-without-end"),
    ],
)
def test_a_hostile_text_is_read_like_any_other(text: str):
    check(READER.read(Item(id="x", title=text, summary=text)))

"""A data file with a fault is refused by file, line and fault."""

from collections.abc import Callable
from pathlib import Path

import pytest

from alerts.errors import DataError
from alerts.geography import tables

PLACES_HEAD = (
    "id,name,kind,country,latitude,longitude,region,cercle,former_region,border_town,priority,stop,alternate_names"
)
PLACE = "kayes,Kayes,city,ML,14.4,-11.4,Kayes,Kayes,Kayes,no,1,yes,"
KNOWN = {"kayes", "bamako"}


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    def write(*lines: str) -> Path:
        path = tmp_path / "table.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        pytest.param(PLACE.replace("14.4", "north"), "line 2: latitude is 'north', not a number", id="no-number"),
        pytest.param(
            PLACE.replace("14.4", "144"), "line 2: latitude is 144, not between -90 and 90", id="off-the-globe"
        ),
        pytest.param(PLACE.replace("city", "metropolis"), "line 2: kind is 'metropolis', not one of", id="kind"),
        pytest.param(
            PLACE.replace(",no,", ",maybe,"), "line 2: border_town is 'maybe', not one of no, yes", id="yes-no"
        ),
        pytest.param(PLACE.replace("kayes,Kayes", ",Kayes"), "line 2: id is empty", id="no-id"),
        pytest.param(PLACE + "\n" + PLACE, "line 3: 'kayes' is there twice", id="twice"),
        pytest.param(PLACE + ",more", "line 2: has more cells than columns", id="cells"),
    ],
)
def test_a_place_that_cannot_be_is_refused(table: Callable[..., Path], row: str, fault: str):
    with pytest.raises(DataError, match=r"table\.csv") as refused:
        tables.load_places(table(PLACES_HEAD, row))
    assert fault in str(refused.value)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        pytest.param("kayes,atlantis,,10,10,paved,1", "end names 'atlantis', which is no place", id="no-such-place"),
        pytest.param("kayes,kayes,,10,10,paved,1", "a leg joins two places", id="to-itself"),
        pytest.param("kayes,bamako,RN99,10,10,paved,1", "'RN99' is no road number", id="no-such-road"),
        pytest.param("kayes,bamako,,0,10,paved,1", "km is 0, not between", id="no-length"),
        pytest.param("kayes,bamako,,10,10,gold,1", "surface is 'gold', not one of", id="surface"),
        pytest.param("kayes,bamako,,10,10,paved,1\nbamako,kayes,,9,9,paved,1", "is there twice", id="both-directions"),
    ],
)
def test_a_leg_that_cannot_be_is_refused(table: Callable[..., Path], row: str, fault: str):
    with pytest.raises(DataError) as refused:
        tables.load_legs(KNOWN, {"RN1"}, table("start,end,road,km,cost_km,surface,core", row))
    assert fault in str(refused.value)


def test_a_road_needs_two_places(table: Callable[..., Path]):
    with pytest.raises(DataError, match="waypoints need at least two places"):
        tables.load_roads(KNOWN, table("id,ref,name,surface,waypoints,alternate_names", "rn1,RN1,Road,paved,kayes,"))


def test_a_corridor_counts_only_places_on_it(table: Callable[..., Path]):
    with pytest.raises(DataError, match="stops must be among the waypoints"):
        tables.load_corridors(KNOWN, table("id,name,stops,waypoints,alternate_names", "c,C,kayes,bamako,"))


def test_a_region_lies_in_a_region_there_is(table: Callable[..., Path]):
    columns = "id,level,name,former,capital,parent,alternate_names"
    with pytest.raises(DataError, match="cercle-x lies in 'region-y', which is no region"):
        tables.load_regions({}, table(columns, "cercle-x,cercle,X,no,,region-y,"))


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        pytest.param("Kayes,kayes,", "a shared spelling needs two places", id="not-shared"),
        pytest.param("Kayes,kayes|bamako,gao", "'gao' is not among its places", id="another-meaning"),
    ],
)
def test_a_homonym_that_is_none_is_refused(table: Callable[..., Path], row: str, fault: str):
    with pytest.raises(DataError, match=fault):
        tables.load_homonyms(KNOWN, table("spelling,places,default", row))


def test_a_word_plays_a_part_there_is(table: Callable[..., Path]):
    with pytest.raises(DataError, match="role is 'verb', not one of"):
        tables.load_words(table("word,role", "go,verb"))


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        pytest.param(["word"], "the columns must be word, role", id="columns"),
        pytest.param(["word,role"], "holds no row", id="empty"),
    ],
)
def test_a_table_of_another_shape_is_refused(table: Callable[..., Path], lines: list[str], fault: str):
    with pytest.raises(DataError, match=fault):
        tables.load_words(table(*lines))


def test_a_missing_table_is_named(tmp_path: Path):
    with pytest.raises(DataError, match=r"words\.csv: cannot be read"):
        tables.load_words(tmp_path / "words.csv")


def test_a_table_that_is_no_text_is_refused(tmp_path: Path):
    path = tmp_path / "words.csv"
    path.write_bytes(b"word,role\n\xff\xfe,skip\n")
    with pytest.raises(DataError, match=r"words\.csv: cannot be read"):
        tables.load_words(path)

"""An operator's own gazetteer adds places to read of, and never moves a known one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from alerts.errors import DataError
from alerts.geography.atlas import Atlas
from alerts.geography.model import Directness
from alerts.reading.model import Item
from alerts.reading.reader import Reader

Read = Callable[[str], list[str]]


def geonames(number: int, name: str, latitude: str = "13.5", longitude: str = "-7.5", *, feature: str = "P") -> str:
    kind = "PPL" if feature == "P" else "STM"
    cells = [str(number), name, name, "", latitude, longitude, feature, kind, "ML", *[""] * 10]
    return "\t".join(cells)


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "ML.txt"
    rows = [
        geonames(1, "Niaouléni"),
        geonames(2, "Kayes", "10.0", "-5.0"),
        geonames(3, "Timbuktu", "10.0", "-5.0"),
        geonames(4, "Dougouba"),
        geonames(5, "Dougouba", "14.0", "-4.0"),
        geonames(8, "Dougouba", "14.05", "-4.0"),
        geonames(6, "Marigot Blanc", feature="H"),
        geonames(7, "Oo"),
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def namesakes(tmp_path: Path) -> Path:
    """Villages with the names of a Malian town, and of a town abroad."""
    path = tmp_path / "ML.txt"
    rows = [geonames(1, "Kati", "16.11", "-3.73"), geonames(2, "Dori", "14.79", "-5.04"), geonames(3, "Kéniéba")]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_a_town_is_meant_before_a_village_of_its_name_that_lies_near_another_town(namesakes: Path):
    title = "Mali : la pluie coupe la route à Goundam, des manifestants bloquent celle de Kati"
    reading = Reader(Atlas.load(namesakes)).read(Item(id="it", title=title))
    assert {place.id for place in reading.places} == {"goundam", "kati"}


def test_a_town_tells_namesakes_apart_though_villages_have_its_name_too(namesakes: Path):
    title = "Dakar-Bamako : le préfet de Kéniéba fait repartir les camions bloqués à Moussala"
    reading = Reader(Atlas.load(namesakes)).read(Item(id="it", title=title))
    assert "pont-de-la-faleme-moussala" in {place.id for place in reading.places}


def test_a_village_with_the_name_of_a_town_abroad_makes_no_news_malian(namesakes: Path):
    title = "Embuscade sur l'axe Téra-Dori, sept douaniers tués"
    assert not Reader(Atlas.load(namesakes)).read(Item(id="it", title=title)).relevant


def test_a_new_name_can_be_read_and_located(dump: Path):
    atlas = Atlas.load(dump)
    assert ("Niaouléni", "geonames-1") in set(atlas.names())
    assert atlas.place_name("geonames-1") == "Niaouléni"
    assert atlas.locate(places=["geonames-1"]).places == ("geonames-1",)


def test_a_curated_name_is_never_moved(dump: Path):
    atlas = Atlas.load(dump)
    read = Reader(atlas).read
    for title in ("Un bus attaqué à Kayes", "Un bus attaqué à Tombouctou", "Un bus attaqué à Kayes, près de Diamou"):
        assert not [place.id for place in read(Item(id="it", title=title)).places if place.id.startswith("geonames")]


@pytest.mark.parametrize("name", ["Marigot Blanc", "Oo"], ids=["river", "too-short"])
def test_a_name_that_could_mislead_is_left_out(dump: Path, name: str):
    assert name not in dict(Atlas.load(dump).names())


def test_of_a_villages_other_names_the_long_ones_are_read_that_no_place_is_called(tmp_path: Path):
    path = tmp_path / "ML.txt"
    others = "Niawouleni,Nioni,Tombouctou,Soribala,نياوليني"
    row = geonames(1, "Niaouléni").replace("\t\t", f"\t{others}\t", 1)
    path.write_text(row + "\n" + geonames(2, "Soribala") + "\n", encoding="utf-8")
    assert Atlas.load(path).places["geonames-1"].alternate_names == ("Niawouleni",)


def test_a_second_point_of_one_village_is_left_out(dump: Path):
    assert [place for name, place in Atlas.load(dump).names() if name == "Dougouba"] == ["geonames-4", "geonames-5"]


@pytest.mark.parametrize(
    ("where", "meant"),
    [
        pytest.param("près du village de Dougouba, non loin de Mopti", "geonames-5", id="beside-mopti"),
        pytest.param("près du village de Dougouba, cercle de Kolokani", "geonames-4", id="in-a-cercle"),
    ],
)
def test_of_namesakes_the_one_near_the_other_names_is_meant(dump: Path, where: str, meant: str):
    reading = Reader(Atlas.load(dump)).read(Item(id="it", title=f"Mali : un bus attaqué {where}"))
    assert meant in {place.id for place in reading.places}


@pytest.fixture
def villages(tmp_path: Path) -> Read:
    """Reads a note with a gazetteer of a few villages; what comes back are the event places with a point."""
    path = tmp_path / "ML.txt"
    rows = [
        geonames(1, "Zourgandara", "14.2", "-3.1"),  # by Koro
        geonames(2, "Zourgandara", "13.4", "-6.3"),  # by Ségou
        geonames(3, "Sembélou", "11.4", "-5.5"),  # by Sikasso
        geonames(4, "Kobakoïra", "14.15", "-3.2"),  # by Koro
        geonames(5, "Tiguira", "14.0", "-3.0"),  # by Koro
        geonames(6, "I-n-Zaguéren", "16.5", "-0.2"),  # by Gao
        geonames(7, "Bado Gourma", "16.2", "-0.3"),  # by Gao
        geonames(8, "Zorho", "14.1", "-3.1"),  # by Koro
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    reader = Reader(Atlas.load(path))

    def read(text: str) -> list[str]:
        places = reader.read(Item(id="it", title="", summary=text)).places
        return [place.id for place in places if place.role == "event" and place.latitude is not None]

    return read


@pytest.mark.parametrize(
    ("where", "meant"),
    [
        pytest.param("Zourgandara (Koro, Mopti)", ["geonames-1"], id="of-namesakes-the-one-inside"),
        pytest.param("Zourgandara (Ségou, Ségou)", ["geonames-2"], id="of-namesakes-the-other-one"),
        pytest.param("Zourgandara (Yélimané, Kayes)", ["cercle-yelimane"], id="neither-lies-there"),
        pytest.param("Sembélou (Koro, Mopti)", ["cercle-koro"], id="the-only-one-lies-elsewhere"),
        pytest.param("Sembelo (Koro, Mopti)", ["cercle-koro"], id="what-sounds-alike-lies-elsewhere"),
        pytest.param("Tigira (Koro, Mopti)", ["geonames-5"], id="what-sounds-alike-lies-there"),
        pytest.param("Tiguira Béri (Yélimané, Kayes)", ["cercle-yelimane"], id="a-longer-name-elsewhere"),
        pytest.param("Tiguira Béri (Koro, Mopti)", ["geonames-5"], id="a-longer-name-by-the-shorter-one"),
        pytest.param("Koba Koira (Koro, Mopti)", ["geonames-4"], id="in-two-words"),
        pytest.param("In-Zagueren (Gao, Gao)", ["geonames-6"], id="in"),
        pytest.param("Inzagueren (Gao, Gao)", ["geonames-6"], id="in-one-word"),
    ],
)
def test_a_village_of_the_gazetteer_lies_in_the_area_that_is_named_with_it(
    villages: Read, where: str, meant: list[str]
):
    assert villages(f"On 3 May 2024, gunmen attacked the village of {where}.") == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        pytest.param("unknown gunmen attacked the village of Bado-Gourma", ["geonames-7"], id="as-written"),
        pytest.param("unknown gunmen attacked the village of Bado Kourma", ["geonames-7"], id="nearly"),
        pytest.param("unknown gunmen attacked the village of Bado-Gournia", [], id="only-alike"),
        pytest.param("unknown gunmen attacked the village of Marlow", [], id="unknown"),
        pytest.param("a man was found dead in the village of Sembélou", ["geonames-3"], id="nobody-armed"),
        pytest.param("a lorry overturned in Zorho", [], id="too-short-to-speak-of-mali"),
        pytest.param("Burkinabe soldiers killed six men in the village of Sembélou", [], id="abroad"),
    ],
)
def test_a_note_that_names_one_village_of_the_gazetteer_is_placed_by_it(villages: Read, text: str, meant: list[str]):
    assert villages(f"On 3 May 2024, {text}, killing two civilians.") == meant


def test_what_sounds_like_a_village_is_another_one_where_a_distance_says_so(villages: Read):
    text = "Malian soldiers were attacked in the area of In-Zaguiren, 190 km northwest of Gao."
    assert "geonames-6" not in villages(text)


def test_of_namesakes_none_is_meant_where_nothing_tells_them_apart(dump: Path):
    reading = Reader(Atlas.load(dump)).read(Item(id="it", title="Mali : un bus attaqué près du village de Dougouba"))
    assert not [place for place in reading.places if place.id.startswith("geonames")]


def test_a_further_name_counts_only_where_a_place_is_meant(dump: Path):
    read = Reader(Atlas.load(dump)).read
    named = read(Item(id="it", title="Mali : un bus attaqué près de Niaouléni"))
    person = read(Item(id="it", title="Mali : Niaouléni attaque la junte"))
    assert [place.id for place in named.places] == ["geonames-1"]
    assert not person.places


def test_a_further_place_is_for_reading_not_for_following(dump: Path):
    assert Atlas.load(dump).resolve("Niaouléni").kind != "place"


def test_an_event_at_a_further_place_finds_the_road_beside_it(tmp_path: Path):
    path = tmp_path / "ML.txt"
    path.write_text(geonames(1, "Dogoblani", "13.43", "-6.25") + "\n", encoding="utf-8")
    atlas = Atlas.load(path)
    event = atlas.locate(places=["geonames-1"])
    (way,) = atlas.ways("segou", "cinzana")
    assert {leg.key for leg in way.legs} & atlas.legs_of(event)
    area = atlas.resolve("RN6").area
    assert area
    assert atlas.holds(area, event) is Directness.NEAR


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("name,lat,lon\nNiaouléni,12.9,-8.2\n", id="comma"),
        pytest.param("admin1;featureName;Y_LAT;X_LON\nx;Niaouléni;12,9;-8,2\n", id="semicolon-and-decimal-commas"),
        pytest.param("\ufeffNom\tLatitude\tLongitude\nNiaouléni\t12.9\t-8.2\n", id="tabs-and-byte-order-mark"),
    ],
)
def test_a_table_with_names_and_coordinates_will_do(tmp_path: Path, text: str):
    path = tmp_path / "villages.csv"
    path.write_text(text, encoding="utf-8")
    place = dict(Atlas.load(path).names())["Niaouléni"]
    assert Atlas.load(path).places[place].latitude == 12.9


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("name,people\nNiaouléni,100\n", r"villages\.csv: no column is called lat", id="no-coordinates"),
        pytest.param("name,lat,lon\nNiaouléni,north,west\n", r"line 2: north, west are no", id="no-numbers"),
        pytest.param("name,lat,lon\nNiaouléni,129,8\n", r"line 2: 129, 8 are no coordinates", id="off-the-globe"),
        pytest.param(geonames(1, "A") + "\n1\tA\n", r"line 2: 2 columns, not the 19 of GeoNames", id="broken-dump"),
        pytest.param("", r"villages\.csv: no column is called name", id="empty"),
    ],
)
def test_a_gazetteer_that_cannot_be_read_is_refused(tmp_path: Path, text: str, fault: str):
    path = tmp_path / "villages.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=fault):
        Atlas.load(path)


def test_a_gazetteer_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(DataError, match=r"ML\.txt: cannot be read"):
        Atlas.load(tmp_path / "ML.txt")

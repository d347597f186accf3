import pytest

from tests.alerts.reading.conftest import Read
from tests.alerts.reading.test_places import events, mentions

NAMESAKES = [
    pytest.param("fr", "Le bateau « Tombouctou » attaqué près de Bamba", ["bamba"], id="a-boat-in-quotation-marks"),
    pytest.param("fr", "La pinasse Mopti attaquée à Konna par des hommes armés", ["konna"], id="a-boat-by-its-kind"),
    pytest.param("en", "Gunmen attack passenger ferry 'Gao' at Gossi", ["gossi"], id="a-ferry-in-english"),
    pytest.param(
        "en", "Gunmen attack river boat near Gossi: the Kayes, a Malian vessel", ["gossi"], id="a-boat-apposed"
    ),
    pytest.param("fr", "La katiba Macina attaque un convoi à Konna", ["konna"], id="a-band-of-fighters"),
    pytest.param(
        "fr",
        "Sikasso : plus d'essence dans les stations, la bouteille se vend au marché de Médine",
        ["sikasso"],
        id="a-quarter",
    ),
    pytest.param("fr", "Crue à Bafoulabé, la route coupée. Le Bafing a débordé.", ["bafoulabe"], id="a-river"),
]


@pytest.mark.parametrize(("language", "title", "expected"), NAMESAKES)
def test_what_only_bears_a_towns_name_is_no_place(read: Read, language: str, title: str, expected: list[str]):
    reading = read(title, "C'était au Mali." if language == "fr" else "It was in Mali.", language=language)
    assert (events(reading), mentions(reading)) == (expected, [])


@pytest.mark.parametrize(
    ("language", "title", "expected"),
    [
        pytest.param("fr", "Le bateau Tombouctou-Mopti attaqué par des hommes armés", "tombouctou", id="a-line"),
        pytest.param("fr", "Un bateau attaqué à « Konna » par des hommes armés", "konna", id="a-quoted-village"),
        pytest.param("fr", "Un camion brûlé au marché de Médine, près de Kayes", "medine", id="the-village-itself"),
        pytest.param("fr", "Un camion attaqué au pont du Bafing", "pont-du-bafing-rn24", id="the-bridge-on-the-river"),
    ],
)
def test_a_place_that_is_one_stays(read: Read, language: str, title: str, expected: str):
    assert expected in events(read(title, "C'était au Mali.", language=language))


def test_a_boat_once_named_is_a_boat_further_on(read: Read):
    reading = read("Le bateau « Tombouctou » attaqué près de Bamba", "Le Tombouctou a été touché par trois roquettes.")
    assert events(reading) == ["bamba"]

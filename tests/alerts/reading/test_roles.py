import pytest

from tests.alerts.reading.conftest import Read
from tests.alerts.reading.test_places import events, mentions

NOT_THE_PLACE = [
    pytest.param("fr", "Bus attaqué à Boni", "Gao évoque une méprise.", ["gao"], id="a-capital-that-speaks"),
    pytest.param(
        "en", "Bus attacked at Boni", "Dakar is in touch with Bamako.", ["dakar", "bamako"], id="in-touch-with"
    ),
    pytest.param("en", "Bus attacked at Boni", "The Gao governor's office counted two dead.", ["gao"], id="an-office"),
    pytest.param("fr", "Bus attaqué à Boni", "Le car revenait à vide de Gossi.", ["gossi"], id="empty-from"),
    pytest.param("fr", "Bus attaqué à Boni", "Le car rentrait samedi de la foire de Gossi.", ["gossi"], id="the-fair"),
    pytest.param("fr", "Bus attaqué à Boni", "La société a ramené son équipe à Gao.", ["gao"], id="brought-back"),
    pytest.param("fr", "Bus attaqué à Boni", "L'attaque a eu lieu après la foire de Gossi.", ["gossi"], id="after-it"),
    pytest.param("fr", "Bus attaqué à Boni", "Les cars attaqués ont passé Gossi à l'aube.", ["gossi"], id="passed"),
    pytest.param("en", "Bus attacked at Boni", "It was heading to the weekly fair in Gossi.", ["gossi"], id="a-fair"),
    pytest.param("fr", "Bus attaqué à Boni", "Un blessé grave meurt à Gao.", ["gao"], id="died-later"),
    pytest.param("fr", "Bus attaqué à Boni", "L'attaque a suivi une halte à Gossi.", ["gossi"], id="a-halt"),
    pytest.param("fr", "Bus attaqué à Boni", "Le communiqué sur l'attaque a été lu à Gao.", ["gao"], id="read-out-in"),
    pytest.param(
        "en", "Bus attacked at Boni", "It was on its way from the mining town of Gossi.", ["gossi"], id="from-the-town"
    ),
    pytest.param(
        "fr", "Bus attaqué à la sortie de la ville, côté Boni, près de Hombori", "", ["boni"], id="the-side-of-a-town"
    ),
]


@pytest.mark.parametrize(("language", "title", "summary", "named"), NOT_THE_PLACE)
def test_a_place_named_beside_the_event_is_a_mention(
    read: Read, language: str, title: str, summary: str, named: list[str]
):
    reading = read(title, summary, language=language)
    assert (len(events(reading)), mentions(reading)) == (1, named)
    assert events(reading) != named


THE_PLACE = [
    pytest.param(
        "fr",
        "Un camion parti de Gao pour Sévaré intercepté samedi vers Boni par des hommes armés",
        ["boni"],
        id="about-there",
    ),
    pytest.param(
        "en", "Gunmen burn bus from Gao 30 kilometres from the town of Boni", ["boni"], id="so-far-from-the-town"
    ),
    pytest.param("fr", "La base de Boni et celle de Gossi attaquées", ["boni", "gossi"], id="and-the-one-at"),
    pytest.param(
        "en",
        "Gunmen put up roadblocks on the highways to Kayes and Nioro du Sahel",
        ["kayes", "nioro-du-sahel"],
        id="the-highways-to",
    ),
    pytest.param(
        "en",
        "Truckers abducted on the road linking the Senegalese border to Kayes, far from Bamako",
        ["kayes"],
        id="from-the-border",
    ),
    pytest.param(
        "fr", "Boni : deux camions brûlés sur la piste de Gossi", ["boni", "gossi"], id="the-road-beside-a-heading"
    ),
    pytest.param(
        "en", "Gunmen attack bus bound for Gao and Gossi, two bodies recovered near Boni", ["boni"], id="bodies-found"
    ),
    pytest.param(
        "fr", "Le directeur de la radio à Gao enlevé entre Boni et Hombori", ["boni", "hombori"], id="a-post-elsewhere"
    ),
    pytest.param("fr", "Un agent de santé enlevé à Boni, près de Hombori", ["boni"], id="taken-at-his-post"),
]

IN_THE_SUMMARY = [
    pytest.param("fr", "La colonne de Gao a sauté sur une mine avant Boni.", ["boni"], id="before-it"),
    pytest.param("fr", "Le camion a brûlé à un kilomètre et demi de Boni, loin de Gao.", ["boni"], id="so-far"),
    pytest.param("en", "Blasts struck posts in Boni as well as Gossi.", ["boni", "gossi"], id="as-well-as"),
    pytest.param("en", "The Boni crossing, downstream of Gao, was blown up.", ["boni"], id="a-crossing-of-its-name"),
]


@pytest.mark.parametrize(("language", "summary", "expected"), IN_THE_SUMMARY)
def test_a_place_of_the_event_by_the_words_of_the_summary(read: Read, language: str, summary: str, expected: list[str]):
    title = "Mali : une attaque fait des dégâts" if language == "fr" else "Mali: gunmen blow up bridge and trucks"
    assert events(read(title, summary, language=language)) == expected


@pytest.mark.parametrize(("language", "title", "expected"), THE_PLACE)
def test_a_place_of_the_event_by_its_words(read: Read, language: str, title: str, expected: list[str]):
    assert events(read(title, "C'était au Mali." if language == "fr" else "", language=language)) == expected


ONLY_BY_THE_WAY = [
    pytest.param(
        "fr",
        "Mali : le prix de l'essence monte",
        "Le litre coûte 800 francs. Les compteurs ont été réglés à Gao.",
        ["gao"],
        id="beside-the-event",
    ),
    pytest.param(
        "fr",
        "Gao : longues files devant les stations",
        "Rien n'est arrivé. À Ansongo, le bidon se négocie 25 000 francs.",
        ["gao", "ansongo"],
        id="where-fuel-is-dear-too",
    ),
    pytest.param(
        "en",
        "Bus crash kills ten in Mali",
        "The vehicle left Kita and was heading for Burkina Faso.",
        ["kita"],
        id="one-end-of-a-journey",
    ),
    pytest.param(
        "en",
        "Tankers burn near the Senegal border in Mali",
        "Gunmen hit tankers that had crossed at Diboli and were making for Kayes.",
        ["diboli", "kayes"],
        id="crossed-and-making-for",
    ),
    pytest.param(
        "en",
        "Border trade resumes as sanctions on Mali end",
        "Lorries rolled through Zégoua. Dealers in Sikasso are glad.",
        ["zegoua"],
        id="where-lorries-pass-again",
    ),
    pytest.param(
        "en",
        "Bus blast survivors are flown to Sévaré",
        "Helicopters came for them a day after a bomb wrecked their bus at Boni.",
        ["boni"],
        id="what-a-follow-up-looks-back-on",
    ),
    pytest.param(
        "en",
        "Mali army flies food into besieged village",
        "Helicopters have reached Farabougou.",
        ["farabougou"],
        id="an-airlift",
    ),
    pytest.param(
        "fr",
        "Mali : le camion des commerçants attaqué",
        "Deux morts. Les tireurs attendaient près de Boni.",
        ["boni"],
        id="where-the-attackers-waited",
    ),
]


@pytest.mark.parametrize(("language", "title", "summary", "expected"), ONLY_BY_THE_WAY)
def test_without_a_place_of_its_own_an_event_has_one_by_the_way(
    read: Read, language: str, title: str, summary: str, expected: list[str]
):
    assert events(read(title, summary, language=language)) == expected


def test_where_the_title_names_people_of_a_town_the_rest_is_no_place(read: Read):
    reading = read(
        "La route coupée par les jeunes de Kayes",
        "Aucun camion ne passe. À Kati, une marche de soutien est prévue jeudi.",
    )
    assert events(reading) == ["kayes"]


def test_a_helicopter_that_crashes_elsewhere_is_another_event(read: Read):
    reading = read("Convoi attaqué à Boni", "Deux morts. Un hélicoptère s'est écrasé à Kidal, un accident.")
    assert events(reading) == ["boni"]

import pytest

from alerts.reading.model import Item, Reading
from alerts.reading.reader import Reader
from tests.alerts.reading.conftest import Read


def events(reading: Reading) -> list[str]:
    return [place.id for place in reading.places if place.role == "event"]


def mentions(reading: Reading) -> list[str]:
    return [place.id for place in reading.places if place.role == "mention"]


ROLES = [
    pytest.param("fr", "à Boni", "BAMAKO (AFP) - Deux morts.", ["bamako"], id="dateline"),
    pytest.param("en", "at Boni", "GAO, Mali — Two people died.", ["gao"], id="dateline-in-english"),
    pytest.param("fr", "à Boni", "Les blessés sont soignés à l'hôpital de Gao.", ["gao"], id="hospital"),
    pytest.param("en", "at Boni", "The wounded were taken to Sévaré.", ["sevare"], id="hospital-in-english"),
    pytest.param("fr", "à Boni", "Le car était parti de Gao pour Mopti.", ["gao", "mopti"], id="from-and-to"),
    pytest.param("en", "near Boni", "The coach was bound for Timbuktu.", ["tombouctou"], id="bound-for"),
    pytest.param(
        "fr", "à Boni", "« Une enquête est ouverte », a déclaré à Bamako le ministre.", ["bamako"], id="spokesman"
    ),
    pytest.param("fr", "à Boni", "Le chauffeur tué était originaire de Kita.", ["kita"], id="born"),
    pytest.param(
        "fr", "à Boni", "La semaine dernière, un camion avait brûlé à Gossi.", ["gossi"], id="an-earlier-event"
    ),
    pytest.param("fr", "à Boni", "La ville est à 80 km de Douentza.", ["douentza"], id="distance-to"),
    pytest.param("en", "at Boni", "A security source in Gao confirmed it.", ["gao"], id="source"),
]
ATTACK = {"fr": "Un bus attaqué {}", "en": "Bus attacked {}"}


@pytest.mark.parametrize(("language", "where", "summary", "named"), ROLES)
def test_only_where_it_happened_is_a_place_of_the_event(
    read: Read, language: str, where: str, summary: str, named: list[str]
):
    reading = read(ATTACK[language].format(where), summary, language=language)
    assert events(reading) == ["boni"]
    assert mentions(reading) == named


def test_the_place_of_the_cause_is_a_mention(read: Read):
    reading = read("Grève des transporteurs à Gao après l'attaque de Labbezanga")
    assert (events(reading), mentions(reading)) == (["gao"], ["labbezanga"])


LEGS = [
    pytest.param("fr", "Embuscade entre Diangounté et Diéma", ("diangounte-camara", "diema"), id="entre"),
    pytest.param("en", "Ambush between Diangounté and Diéma", ("diangounte-camara", "diema"), id="between"),
    pytest.param("fr", "Un bus attaqué sur l'axe Sikasso-Bougouni", ("sikasso", "bougouni"), id="axe"),
    pytest.param("en", "Bus attacked on the Gao–Ansongo road", ("gao", "ansongo"), id="dash-road"),
    pytest.param("en", "Bus attacked on the road from Ségou to Bla", ("segou", "bla"), id="road-from-to"),
    pytest.param("fr", "Embuscade à 40 km de Gao sur la route de Gossi", ("gao", "gossi"), id="km-on-the-road"),
    pytest.param("en", "Ambush 40 km from Gao on the road to Gossi", ("gao", "gossi"), id="km-on-the-road-in-english"),
]


@pytest.mark.parametrize(("language", "title", "leg"), LEGS)
def test_two_ends_make_a_leg(read: Read, language: str, title: str, leg: tuple[str, str]):
    assert read(title, language=language).leg == leg


def test_a_town_on_the_named_road_is_not_the_whole_road(read: Read):
    reading = read("Axe Bamako-Ségou : un car se renverse à Konobougou", "Il y a deux morts.")
    assert events(reading) == ["konobougou"]
    assert reading.leg is None


def test_the_region_of_kayes_is_not_the_town(read: Read):
    reading = read("Un camion brûlé dans la région de Kayes")
    assert [(place.id, place.kind) for place in reading.places] == [("region-kayes", "region")]
    assert read("Un camion brûlé à Kayes").places[0].id == "kayes"


def test_a_region_only_says_where_its_town_lies(read: Read):
    reading = read("Un camion brûlé à Loulouni", "L'attaque a eu lieu dans la région de Sikasso.")
    assert events(reading) == ["loulouni"]
    assert "region-sikasso" in mentions(reading)


def test_the_capital_is_bamako(read: Read):
    assert events(read("Mali : plus d'essence dans la capitale", "Les stations sont fermées.")) == ["bamako"]
    assert events(read("Un convoi attaqué à Kadiolo", "Abidjan, la capitale économique, est loin.")) == ["kadiolo"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Un bus d'Air Niono attaqué à Konna", "konna", id="company"),
        pytest.param("Le général Kati dit avoir vu un bus attaqué à Konna", "konna", id="surname"),
        pytest.param("L'AS Kayes déplore un bus attaqué à Konna", "konna", id="club"),
    ],
)
def test_a_person_or_company_with_a_towns_name_is_no_place(read: Read, text: str, expected: str):
    assert [place.id for place in read(text).places] == [expected]


def test_of_two_namesakes_the_one_near_the_rest_is_meant(read: Read):
    near_niono = read("Le camp de Farabougou attaqué", "Des renforts sont partis de Niono.")
    near_diema = read("Un bus attaqué à Farabougou", "Le car venait de Diéma et allait à Diangounté.")
    assert events(near_niono) == ["farabougou"]
    assert events(near_diema) == ["farabougou-diema"]


def test_a_village_no_atlas_knows_is_kept_without_a_point(read: Read):
    reading = read("Deux morts dans une embuscade près de Sékouladji, au Mali")
    village = reading.places[0]
    assert (village.id, village.kind, village.role) == ("unlisted:sekouladji", "unlisted", "event")
    assert village.latitude is None


def test_an_ordinary_word_is_a_town_only_beside_mali(read: Read):
    assert not read("Protesters block road in San", "", language="en").relevant
    assert events(read("Protesters block road in San, Mali", "", language="en")) == ["san"]


@pytest.mark.parametrize(
    "written",
    ["RN7", "RN 07", "RN-7", "nationale 7", "route nationale n°7", "National Road 7", "Highway 7"],
)
def test_a_road_number_is_read_however_it_is_written(read: Read, written: str):
    assert read(f"Mali : un camion brûlé à Niéna, sur la {written}").roads == ("RN7",)


@pytest.mark.parametrize(
    ("language", "title", "summary", "expected"),
    [
        pytest.param(
            "en", "Militants attacked Diankabou (Koro, Bandiagara)", "", ["diankabou"], id="the-area-in-brackets"
        ),
        pytest.param("fr", "Attaque contre la base de Boulikessi", "", ["boulkessi"], id="another-spelling"),
        pytest.param("fr", "Fafa : un bus saute sur une mine", "Il venait d'Ansongo.", ["fafa"], id="at-the-head"),
        pytest.param("fr", "Un camion brûlé aux abords de Fafa, près d'Ansongo", "", ["fafa"], id="after-a-cue"),
        pytest.param("en", "Bus attacked 25km from Hombori", "", ["hombori"], id="a-unit-close-to-its-number"),
    ],
)
def test_a_name_is_found_as_it_is_written(read: Read, language: str, title: str, summary: str, expected: list[str]):
    assert events(read(title, summary, language=language)) == expected


def test_a_doubtful_name_needs_a_word_that_shows_a_place(read: Read):
    assert not read("Mali : Fafa attaque un camion").places


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("Un car se renverse à Bla, sur la RN6", ["bla"], id="on-that-road"),
        pytest.param("Un car se renverse à Nara, sur la RN6", [], id="on-another"),
    ],
)
def test_a_name_that_is_also_a_word_counts_on_its_numbered_road(read: Read, title: str, expected: list[str]):
    assert events(read(title)) == expected


ONLY_NAMED = [
    pytest.param("fr", "Après Gossi et Gao, un bus attaqué à Boni", "", id="after-others"),
    pytest.param("fr", "Un bus attaqué à Boni, trois jours après Gossi", "", id="days-after-another"),
    pytest.param("fr", "Comme à Gossi, un bus attaqué à Boni", "", id="as-at"),
    pytest.param("en", "Following Gossi, gunmen attack bus at Boni", "", id="following"),
    pytest.param("fr", "Un bus attaqué à Boni", "L'attaque rappelle celle de Gossi.", id="like-that-of"),
    pytest.param("en", "Bus attacked at Boni", "It follows an attack on Gossi.", id="it-follows"),
    pytest.param("fr", "Un bus attaqué à Boni", "La ville est située entre Douentza et Gossi.", id="lies-between"),
    pytest.param("en", "Bus attacked at Boni", "The town lies halfway between Douentza and Gossi.", id="halfway"),
    pytest.param("fr", "Un bus attaqué à Boni, une localité proche de Gossi", "", id="lies-near"),
    pytest.param("fr", "Un bus attaqué à Boni", "Les obsèques ont eu lieu à Gossi.", id="burial"),
    pytest.param("en", "Bus attacked at Boni", "A funeral took place in Gossi.", id="burial-in-english"),
    pytest.param("fr", "Un bus attaqué à Boni", "Les corps ont été ramenés à Gossi.", id="bodies-brought"),
    pytest.param("fr", "Un bus attaqué à Boni", "Le ministre s'est rendu à Gossi.", id="a-visit"),
    pytest.param("fr", "Un bus attaqué à Boni", "La garnison de Gossi a envoyé des renforts.", id="help-from"),
    pytest.param(
        "fr", "Un bus attaqué à Boni", "Les passagers allaient par petits groupes à Gossi.", id="a-long-way-to"
    ),
]


@pytest.mark.parametrize(("language", "title", "summary"), ONLY_NAMED)
def test_a_place_that_dates_locates_or_mourns_an_event_is_a_mention(
    read: Read, language: str, title: str, summary: str
):
    reading = read(title, summary, language=language)
    assert events(reading) == ["boni"]
    assert "gossi" in mentions(reading)


JOURNEYS = [
    pytest.param("en", "They were stopped as they drove from Bandiagara to Bankass.", id="from-to"),
    pytest.param("en", "They were returning to Bandiagara from Bankass.", id="to-from"),
    pytest.param("fr", "Leur car allait de Bandiagara à Bankass.", id="de-a"),
]


@pytest.mark.parametrize(("language", "summary"), JOURNEYS)
def test_where_nothing_better_is_named_a_journey_s_ends_tell_where(read: Read, language: str, summary: str):
    title = "Passengers abducted in Mali" if language == "en" else "Des passagers enlevés au Mali"
    assert sorted(events(read(title, summary, language=language))) == ["bandiagara", "bankass"]


def test_who_tells_what_happened_there_does_not_make_it_a_mention(read: Read):
    reading = read("Lorries burned in Mali", "Six lorries were burned near Gossi, the union said.", language="en")
    assert events(reading) == ["gossi"]


def test_a_list_of_villages_is_read_to_its_end(read: Read):
    reading = read("Trois villages attaqués au Mali : Gossi, Dianwéli et Sembouri", "Des hommes armés ont tiré.")
    assert [place.name for place in reading.places if place.role == "event"] == ["Gossi", "Dianwéli", "Sembouri"]


def test_a_village_behind_an_apostrophe_is_found(read: Read):
    assert events(read("Un bus attaqué au Mali", "Des tirs à hauteur d'Abakoïra ont fait deux morts.")) == [
        "unlisted:abakoira"
    ]


def test_the_measured_distance_goes_before_the_mere_direction(read: Read):
    reading = read(
        "Roadside bomb kills traders north of Gao", "Their pick-up hit a mine 25 km from Almoustarat.", language="en"
    )
    assert events(reading) == ["almoustarat"]


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("Bus attaqué à Kita", "kita"),
        ("Attaque à Bla : 3 morts", "bla"),
        ("Attaque à San", "san"),
        ("Un bus attaqué à Nara", "nara"),
        ("Attaque de Léré", "lere"),
        ("Barrage de coupeurs de route à Boura", "boura"),
    ],
)
def test_to_who_writes_of_mali_a_name_that_is_also_a_word_is_a_town(reader: Reader, title: str, place: str):
    item = Item(id="it", title=title, language="fr")
    assert events(reader.read(item, at_home=True)) == [place]
    assert not reader.read(item).relevant


@pytest.mark.parametrize(
    "title",
    [
        "Burkina : attaque à Koro, 12 morts",
        "Attaque à San Francisco : 3 morts",
        "Nigeria : attaque à Bara",
        "Attaque d'un bus à Kita, au Japon",
        "Attaque à Djibo : 20 morts",
    ],
)
def test_who_writes_of_mali_may_tell_of_another_country(reader: Reader, title: str):
    assert not reader.read(Item(id="it", title=title, language="fr"), at_home=True).relevant


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Un bus attaqué à Boni Kayna", "Boni Kayna"),
        ("Un bus attaqué à Sandaré Koura", "Sandaré Koura"),
        ("Un bus attaqué à Sandaré-Koura", "Sandaré-Koura"),
        ("Un bus attaqué à Konna Tinguéré", "Konna Tinguéré"),
        ("Attaque à Konna Tinguéré", "Konna Tinguéré"),
    ],
)
def test_a_name_that_goes_on_may_be_another_village(read: Read, title: str, named: str):
    assert read(title).named_further == named


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Un bus attaqué à Boni", "fr"),
        ("Un bus attaqué à Boni Kayna. Boni est sous le choc.", "fr"),
        ("Un bus attaqué à Konna Mardi", "fr"),
        ("Attaque à Konna Explosion d'une mine", "fr"),
        ("La route Konna-Douentza coupée par des hommes armés", "fr"),
        ("Des Hommes Armés Attaquent Konna Plusieurs Morts", "fr"),
        ("Gunmen Attack Bus Near Konna Killing Three", "en"),
        ("Gunmen attacked a bus near Konna Tuesday", "en"),
    ],
)
def test_what_follows_a_name_is_not_always_part_of_it(read: Read, title: str, language: str):
    assert read(title, language=language).named_further is None


def test_a_village_with_a_longer_name_is_that_village(read: Read):
    assert events(read("Mali : un bus attaqué à Kani Gogouna")) == ["kani-gokouna"]


BESIDE_IT = [
    pytest.param("fr", "Un camion a été attaqué à Boni, disent des transporteurs de Gao.", "boni", id="traders-tell"),
    pytest.param("fr", "Un camion a été attaqué à Boni. Des renforts sont arrivés de Gossi.", "boni", id="help-from"),
    pytest.param(
        "fr", "Une attaque a fait six morts à Boni. Les blessés ont été emmenés à Gossi.", "boni", id="led-to-hospital"
    ),
    pytest.param(
        "fr",
        "Des combats ont éclaté à Boni et des familles arrivent à Douentza sur des charrettes.",
        "boni",
        id="refuge",
    ),
    pytest.param(
        "en",
        "Fighting broke out at Boni and displaced families are arriving in Douentza.",
        "boni",
        id="refuge-in-english",
    ),
    pytest.param(
        "fr",
        "À Ségou, les stations sont fermées faute d'essence. Des pêcheurs de Mopti venus se ravitailler repartent.",
        "segou",
        id="came",
    ),
    pytest.param(
        "fr",
        "À Mopti, plus de carburant dans les stations : les citernes ne dépassent pas Ségou.",
        "mopti",
        id="no-further",
    ),
    pytest.param(
        "en",
        "Tankers rolled into Bamako with fuel on Saturday. They had entered the country at Labbezanga.",
        "bamako",
        id="entered-at",
    ),
    pytest.param("fr", "Un camion a été attaqué entre la frontière mauritanienne et Nara.", "nara", id="one-end"),
    pytest.param("fr", "Les jihadistes ont pris un camp militaire, puis évacué, à Léré.", "lere", id="left-camp"),
    pytest.param("en", "Gunmen struck a convoy near Boni, in the Hombori area.", "boni", id="in-the-area"),
    pytest.param(
        "fr", "Un camion a été brûlé à Kadiana, confirme à Sikasso l'union des conducteurs.", "kadiana", id="tells"
    ),
    pytest.param(
        "fr", "Des citernes ont brûlé à Kadiana, disent des chauffeurs croisés à Bougouni.", "kadiana", id="met"
    ),
    pytest.param(
        "en", "Two drivers were killed near Kadiana, a union confirmed in Sikasso.", "kadiana", id="confirmed"
    ),
    pytest.param(
        "fr", "Un minibus a sauté sur une mine à Boni, selon un bilan de la gendarmerie d'Ansongo.", "boni", id="source"
    ),
    pytest.param(
        "en",
        "A bus was blown up near Douentza. Nobody claimed it, but militants operating around Hombori plant mines.",
        "douentza",
        id="roams",
    ),
    pytest.param(
        "fr",
        "Quelques heures après l'explosion d'un car à Dallah, un véhicule de l'armée a sauté sur une mine à Boni.",
        "boni",
        id="hours-after",
    ),
    pytest.param(
        "en",
        "Two devices went off near Anefis as a convoy drove to Gao after leaving Kidal last week.",
        "anefis",
        id="left",
    ),
    pytest.param("en", "Army helicopters struck fighters hiding near Youwarou in Mali.", "youwarou", id="struck-there"),
    pytest.param(
        "en",
        "Escorted by the army, fifty lorries stuck at Lere arrived on Friday in Timbuktu.",
        "tombouctou",
        id="waited",
    ),
    pytest.param(
        "en",
        "An army flotilla has brought grain to Diafarabe, cut off by jihadists for months.",
        "diafarabe",
        id="relief",
    ),
]


@pytest.mark.parametrize(("language", "summary", "place"), BESIDE_IT)
def test_a_place_beside_the_event_is_a_mention(read: Read, language: str, summary: str, place: str):
    assert events(read("Mali", summary, language=language)) == [place]


def test_a_stretch_halfway_is_where_it_happened(read: Read):
    reading = read("Soumpi : un convoi attaqué", "Trois soldats ont été tués à mi-chemin entre Niafunké et Soumpi.")
    assert events(reading) == ["soumpi", "niafunke"]


def test_a_heading_is_the_area_around_the_place_that_the_summary_tells(read: Read):
    reading = read("Koro : un camion attaqué au Mali", "Des hommes armés ont attaqué un camion dimanche à Dinangourou.")
    assert events(reading) == ["dinangourou"]


def test_where_lorries_wait_during_a_strike_is_a_place_of_it(read: Read):
    reading = read(
        "Customs walkout leaves freight stuck at Mali's borders",
        "A strike by customs officers began Monday. Trucks are lined up at Zegoua, facing Ivory Coast, and at Diboli.",
        language="en",
    )
    assert events(reading) == ["zegoua", "diboli"]

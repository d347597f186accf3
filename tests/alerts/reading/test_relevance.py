import pytest

from tests.alerts.reading.conftest import Read

RELEVANT = [
    pytest.param("fr", "Un camion-citerne brûlé près de Niéna", "", id="tanker-burned"),
    pytest.param("fr", "Kolondiéba : la route de Kadiana coupée par les eaux", "", id="road-cut-by-water"),
    pytest.param(
        "fr", "Plus une goutte d'essence à Koulikoro", "Les stations sont vides depuis mardi.", id="pumps-empty"
    ),
    pytest.param("en", "Gunmen open fire on bus near Hombori", "", id="bus-shot-at"),
    pytest.param("en", "Bridge washed away between Kita and Bafoulabé", "", id="bridge-washed-away"),
    pytest.param("en", "Drivers' strike paralyses the Bamako-Kayes road", "", id="drivers-strike"),
    pytest.param("fr", "Des voyageurs détroussés à un faux barrage vers Konna", "", id="travellers-robbed"),
    pytest.param("fr", "Farabougou coupé du monde depuis onze jours", "Des hommes armés cernent le village.", id="cup"),
    pytest.param(
        "fr",
        "Sept Casques bleus togolais tués par un engin explosif",
        "Leur convoi allait de Douentza à Sévaré.",
        id="nationality-of-victims",
    ),
    pytest.param(
        "fr",
        "Communiqué n°45 de l'état-major",
        "L'état-major informe l'opinion nationale qu'une attaque a visé le poste de Sokolo.",
        id="not-an-opinion",
    ),
    pytest.param(
        "fr",
        "Lomé rend hommage à ses soldats de la Minusma",
        "Leur véhicule avait sauté dimanche sur une mine entre Douentza et Sévaré.",
        id="homage-to-those-just-killed",
    ),
    pytest.param(
        "fr",
        "« Le car roulait trop vite », dit un rescapé",
        "Soigné à Sikasso, il raconte la chute du car mardi à Koumantou, qui a fait 31 morts.",
        id="a-survivor-tells",
    ),
    pytest.param("en", "Mali in mourning for 132 slain civilians", "The killings took place at Bankass.", id="slain"),
]
NOT_RELEVANT = [
    pytest.param("fr", "Nampala, dix ans déjà", "Le camp avait été pris d'assaut en juillet.", id="ten-years-on"),
    pytest.param(
        "fr",
        "Vérification : ces citernes en flammes n'ont pas été filmées au Mali",
        "La vidéo d'un convoi brûlé près de Kayes montre en fait un incendie.",
        id="a-fact-check",
    ),
    pytest.param(
        "fr", "Accident à Boni : un car se renverse", "Il allait de Bobo-Dioulasso à Ouagadougou.", id="a-namesake-town"
    ),
    pytest.param("fr", "Trois Maliens morts dans un accident de car en Côte d'Ivoire", "", id="malians-hurt-abroad"),
    pytest.param(
        "fr", "La classe politique prise en otage, selon l'opposition malienne", "", id="hostage-as-a-figure-of-speech"
    ),
    pytest.param(
        "fr",
        "Guinée : un camion tombe dans un ravin sur la route de Mali",
        "L'accident s'est produit dans la préfecture de Mali.",
        id="a-town-called-mali",
    ),
    pytest.param(
        "en", "Convoy hit by roadside bomb near Boni forest", "Al-Shabaab is suspected in Lamu.", id="another-war"
    ),
    pytest.param(
        "en", "Guinea: bus crash near Siguiri", "It was on its way to Bamako when a tyre burst.", id="bound-here"
    ),
    pytest.param(
        "fr", "Un convoi de citernes attaqué près de Dori", "Le Burkina Faso déplore dix morts.", id="burkina"
    ),
    pytest.param("en", "Soldiers ambushed near Tillabéri", "Niger's army said the attackers fled to Mali.", id="niger"),
    pytest.param("fr", "RN1 : collision mortelle à Kaffrine", "Deux cars venaient de Dakar.", id="another-rn1"),
    pytest.param("en", "Gao Feng jailed after convoy crash in China", "", id="a-surname"),
    pytest.param("fr", "Le Stade malien a attaqué d'entrée à Kati", "Le match s'est joué dimanche.", id="football"),
    pytest.param("fr", "« Bamako », le film, repasse en salle", "Un tribunal, une attaque, un village.", id="film"),
    pytest.param("fr", "Aucun convoi n'a été attaqué à Sikasso, selon l'armée", "", id="denied"),
    pytest.param("en", "No ambush took place near Konna, army says", "", id="denied-in-english"),
    pytest.param("fr", "Le JNIM menace de bloquer la route de Ségou", "", id="threat"),
    pytest.param("en", "A fuel convoy could be attacked near Bougouni, embassy warns", "", id="warning"),
    pytest.param("fr", "Il y a un an, l'attaque de Sénou", "Les familles se souviennent.", id="anniversary"),
    pytest.param("fr", "Les magistrats en grève à Bamako", "Les audiences sont suspendues.", id="another-strike"),
    pytest.param("fr", "Sortie de promotion à Kati", "Les officiers rejoignent leurs unités.", id="ceremony"),
    pytest.param(
        "en", "Barrick resumes gold shipments from Loulo", "The blockade on its gold ended Monday.", id="mining"
    ),
]


@pytest.mark.parametrize(("language", "title", "summary"), RELEVANT)
def test_what_stops_or_endangers_traffic_is_news(read: Read, language: str, title: str, summary: str):
    reading = read(title, summary, language=language)
    assert reading.relevant, reading.reason


@pytest.mark.parametrize(("language", "title", "summary"), NOT_RELEVANT)
def test_what_only_sounds_like_it_is_not(read: Read, language: str, title: str, summary: str):
    reading = read(title, summary, language=language)
    assert not reading.relevant, reading.reason


@pytest.mark.parametrize(
    ("title", "relevant"),
    [
        pytest.param("Conakry ferme la frontière à Kourémalé", True, id="a-neighbour-shuts-our-side"),
        pytest.param("Le Burkina Faso ferme sa frontière à Faramana", True, id="the-town-across"),
        pytest.param("La Guinée ferme sa frontière avec la Sierra Leone", False, id="another-border"),
        pytest.param("Bénin : la frontière avec le Niger fermée à Malanville", False, id="far-away"),
    ],
)
def test_a_border_shut_is_news_where_it_is_a_border_of_mali(read: Read, title: str, *, relevant: bool):
    assert read(title).relevant is relevant


def test_no_fuel_is_a_shortage_and_no_denial(read: Read):
    assert read("No fuel at the pumps in Mopti", language="en").relevant
    assert read("Pas de carburant à Mopti depuis lundi").relevant
    assert not read("No fuel shortage in Mopti, governor says", language="en").relevant


def test_old_news_told_again_is_not_news(read: Read):
    title, summary = "Un convoi brûlé à Loulouni", "L'attaque a eu lieu le 5 octobre 2025."
    assert read(title, summary, published="2025-10-07").relevant
    assert not read(title, summary, published="2026-03-01").relevant


def test_a_convoy_to_come_is_no_event(read: Read):
    assert not read(
        "Deux cents citernes partiront vendredi de Zégoua", "Le convoi sera escorté jusqu'à Bamako."
    ).relevant


def test_the_reason_names_what_decided(read: Read):
    assert "sport" in read("Football : attaque en règle des Aigles à Bamako").reason
    assert "burkina" in read("Un convoi attaqué à Djibo, au Burkina Faso").reason

"""Is a reopening that is there told from one that is only promised, planned or announced?"""

import pytest

from alerts.incidents.reopening import (
    ends_blockade,
    reopening_ahead,
    reopening_undone,
    says_reopened,
    without_reopenings_ahead,
)


@pytest.mark.parametrize(
    "text",
    [
        "Bandiagara-Bankass-Koro : la route est rouverte",
        "Le blocus de Tombouctou s'allège",
        "Le barrage dressé par des chauffeurs a été levé samedi",
        "Fin du blocage à Moussala",
        "Levée du blocus de Farabougou",
        "La RN16 est de nouveau praticable",
        "Reprise du trafic entre Bamako et Ségou",
        "The road to Koro reopened on Sunday",
        "The blockade of Farabougou has been lifted",
        "JNIM lifts blockade of Farabougou",
    ],
)
def test_a_reopening_is_understood(text: str):
    assert says_reopened(text)


@pytest.mark.parametrize(
    "text",
    [
        "Seize camions escortés entrent à Ménaka",
        "250 trucks arrived under escort",
        "Les habitants réclament la levée du blocus",
        "Residents call on the army to lift the siege",
        "Le blocus de Tombouctou n'est pas levé",
        "Le blocus de Léré se poursuit",
        "La route est coupée",
        "",
    ],
)
def test_an_escort_or_a_wish_is_no_reopening(text: str):
    assert not says_reopened(text)


@pytest.mark.parametrize(
    "text",
    [
        "Réouverture de la route Sikasso-Bamako annoncée pour dimanche",
        "Reopening of the Kayes-Bamako road announced for Monday morning",
        "Reopening of the Bougouni-Bamako road announced for Monday morning",
        "La route Sévaré-Bandiagara doit rouvrir jeudi",
        "Levée du blocus de Léré : les négociations reprennent",
        "Le blocus de Farabougou levé sous conditions",
        "Réouverture de la route Kayes-Diéma prévue lundi",
        "Le pont de Gossi sera rouvert à la circulation demain",
        "Route Kayes-Diéma : réouverture dès demain, annonce le gouverneur",
        "Le gouverneur promet la réouverture de la route Bandiagara-Bankass",
        "Road between Bankass and Bandiagara expected to reopen next week",
        "Traffic to resume Monday on Kayes road",
        "La RN1 rouvrira lundi aux gros porteurs",
        "Le Jnim annonce la levée prochaine du blocus de Léré",
        "levée blocus Léré demain",
        "réouverture route Sévaré Bandiagara demain",
        "route Sévaré Bandiagara rouverte demain",
        "route Sévaré-Bandiagara rouverte dès lundi 6h pour les transporteurs",
        "La route sera de nouveau praticable d'ici vendredi",
        "Le trafic reprendra lundi entre Kayes et Diéma",
        "La circulation reprend lundi entre Kayes et Diéma",
        "La route rouvre lundi",
        "The road reopens on Monday",
        "The blockade of Nioro will be lifted on Saturday",
        "JNIM to lift blockade of Farabougou",
        "Talks under way on lifting the blockade of Léré",
        "Le blocus de Léré pourrait être levé",
        "La route pourrait rouvrir",
        "La RN6 va être rouverte",
        "Une fois la route rouverte, les camions passeront",
        "Fin du blocus de Nioro attendue samedi",
        "Vers la levée du blocus de Diafarabé ?",
        "La réouverture de la frontière suspendue à un accord",
        "Les habitants espèrent la fin du blocus",
        "Le gouverneur s'engage à rouvrir la route",
        "L'armée promet de lever le blocus",
        "La réouverture du tronçon Boni-Hombori est programmée pour le 3 décembre",
    ],
)
def test_a_reopening_to_come_opens_nothing(text: str):
    assert not says_reopened(text)
    assert reopening_ahead(text)
    assert not says_reopened(without_reopenings_ahead(text))


@pytest.mark.parametrize(
    "text",
    [
        "Mali : la RN1 rouverte entre Kayes et Diéma",
        "La circulation a repris entre Sévaré et Bandiagara après la levée du blocus, mais pour combien de temps ?",
        "Blockade of Nioro lifted, JNIM says",
        "Le Jnim annonce la levée du blocus de Léré",
        "Road between Gao and Ansongo reopens",
        "The road to Koro reopened on Sunday",
        "La RN7 a été rouverte vendredi",
        "La route rouverte jeudi entre Bandiagara et Bankass",
        "Le barrage dressé par des chauffeurs a été levé samedi",
        "Réouverture de la route Kayes-Diéma",
        "Levée du blocus de Farabougou hier",
        "Reprise du trafic depuis lundi entre Bamako et Ségou",
        "La RN16 est de nouveau praticable",
        "Le pont de Gossi rouvert à la circulation, un second pont sera construit l'an prochain",
        "La route a été rouverte ce matin. Les travaux reprendront lundi.",
        "L'armée vient de rouvrir la RN18",
        "Fin du blocage à Moussala",
        "Le Jnim a levé le blocus de Léré",
        "JNIM lifts blockade of Farabougou",
        "The blockade of Farabougou has been lifted",
        "Traffic has resumed between Sevare and Douentza after the siege",
        "Border crossing at Zegoua reopens after two days",
        "La frontière est rouverte depuis mardi",
        "Le trafic est rétabli entre San et Bla, les autorités promettent des patrouilles",
        "Reprise de la circulation ce matin entre Niono et Diabaly",
        "La levée du blocus de Léré est effective",
        "Road reopened: buses expected in Gao tomorrow",
        "La route Sévaré-Bandiagara rouverte mais toujours dangereuse",
        "La route Bla-San, de nouveau coupée depuis lundi, a été rouverte ce matin",
        "La route Bla-San rouverte. Elle avait été de nouveau coupée lundi.",
        "Bougouni : la route vers Sikasso à nouveau praticable pour les gros porteurs",
        "Le pont de Gossi rouvert aux motos et aux camions",
        "Blocus de Léré levé et trafic rétabli",
        "The road, closed again on Monday, has been reopened",
    ],
)
def test_a_reopening_that_is_there_is_told_at_once(text: str):
    assert says_reopened(text)
    assert reopening_ahead(text) is None


@pytest.mark.parametrize(
    "text",
    ["Aucune réouverture de la route n'est annoncée", "Le pont ne sera pas rouvert avant juin", "Une attaque demain ?"],
)
def test_what_foretells_no_reopening_names_no_words(text: str):
    assert reopening_ahead(text) is None


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Route coupée à Sandaré, réouverture prévue demain", "Route coupée à Sandaré"),
        ("Embuscade à Sandaré. La route rouvrira lundi.", "Embuscade à Sandaré."),
        ("Levée du blocus de Léré : les négociations reprennent", "les négociations reprennent"),
        ("La route est rouverte", "La route est rouverte"),
    ],
)
def test_what_is_told_beside_it_is_left(text: str, left: str):
    assert without_reopenings_ahead(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "La route Kayes-Diéma rouverte puis refermée",
        "La route Kayes-Diéma, rouverte mardi, de nouveau coupée",
        "Après sa réouverture, la route Kayes-Diéma à nouveau fermée",
        "La route Kayes-Diéma rouverte mardi. Elle est de nouveau bloquée depuis ce matin.",
        "La route Kayes-Diéma rouverte avant d'être coupée",
        "De nouveau coupée, la route qui a été rouverte mardi reste dangereuse",
        "Le blocus de Léré levé puis rétabli",
        "Léré : le blocus levé mardi, la ville de nouveau assiégée",
        "Kayes-Diéma road reopened, then closed again",
        "Road reopened on Monday is shut again",
        "Road closed again days after it has been reopened",
        "La route Bla-San rouverte aux motos seulement",
        "Le pont de Gossi rouvert aux véhicules légers",
        "La route rouverte uniquement aux piétons",
        "Bridge reopened to motorbikes only",
        "La circulation a repris entre Kayes et Diéma sous escorte",
        "Traffic has resumed under escort",
        "Blocus de Léré : levée partielle",
        "La RN16 rouverte à Boni mais toujours coupée à Hombori",
    ],
)
def test_a_reopening_that_is_over_or_for_some_alone_opens_nothing(text: str):
    assert not says_reopened(text)
    assert reopening_undone(text)


@pytest.mark.parametrize("text", ["La route est de nouveau coupée", "Les motos seulement", "Attaque à Konna", ""])
def test_what_tells_of_no_reopening_undoes_none(text: str):
    assert reopening_undone(text) is None


@pytest.mark.parametrize(
    ("text", "is_blockade"),
    [
        ("Le blocus imposé à Kadiolo par les hommes armés a été levé samedi", True),
        ("Levée du blocus de Farabougou", True),
        ("JNIM lifts blockade of Farabougou", True),
        ("Le blocus de Léré n'est pas levé", False),
        ("La grève est levée, le blocus de Léré se poursuit", False),
        ("La RN16 est de nouveau praticable", False),
    ],
)
def test_the_end_of_a_blockade_is_told_from_other_reopenings(text: str, is_blockade: bool):  # noqa: FBT001 - a column
    assert ends_blockade(text) is is_blockade

"""Which types, and which of them first, where one event is told in several ways."""

import pytest

from alerts.reading.model import EventType
from tests.alerts.reading.conftest import Read

CONVOY, AMBUSH, IED, BURNING = (
    EventType.ATTACK_ON_CONVOY,
    EventType.AMBUSH,
    EventType.IED,
    EventType.VEHICLE_BURNING,
)
TOWN, CLOSED, OPEN = EventType.TOWN_ATTACK, EventType.ROAD_CLOSED, EventType.ESCORT_OR_REOPENING
PROTEST, BLOCKADE, PRICE = EventType.STRIKE_PROTEST, EventType.BLOCKADE, EventType.FUEL_PRICE

TYPES = [
    # an explosion that was only the beginning
    pytest.param(
        "fr",
        "Une colonne de l'armée saute sur une mine près de Boni",
        "Des tirs nourris ont suivi, faisant neuf morts.",
        [IED, CONVOY, AMBUSH],
        id="tirs-après-la-mine",
    ),
    pytest.param(
        "en",
        "Convoy hits mine near Bandiagara, then comes under gunfire",
        "Six soldiers died.",
        [CONVOY, IED, AMBUSH],
        id="shots-after-the-mine",
    ),
    pytest.param("en", "Explosives-laden vehicle rams army column near Labbezanga", "", [IED, CONVOY], id="column"),
    pytest.param("en", "Roadside device kills two peacekeepers near Ber, Mali", "", [IED], id="device"),
    pytest.param("fr", "Nouvelle mine près de Hombori, une voiture détruite", "", [IED], id="nouvelle-mine"),
    pytest.param(
        "en", "Severely burned survivors of Hombori bus blast flown to Bamako", "", [IED], id="burned-are-the-people"
    ),
    pytest.param(
        "en",
        "Car bombs shake Mali",
        "An attack with two explosive-laden vehicles on the Kati garrison killed a soldier.",
        [IED, TOWN],
        id="the-vehicles-are-the-bomb",
    ),
    # crews of lorries
    pytest.param(
        "fr",
        "Meurtre de deux routiers sénégalais sur l'axe Kayes-Diéma",
        "Les assaillants n'ont rien pris.",
        [CONVOY],
        id="routiers",
    ),
    pytest.param(
        "en", "Gunmen shoot dead three Senegalese truckers near Kayes", "Nothing was stolen.", [CONVOY], id="truckers"
    ),
    # boats, and a camp attacked the same day
    pytest.param("fr", "Le bateau de la Comanav pris sous les roquettes à Rharous", "", [CONVOY], id="bateau"),
    pytest.param(
        "fr",
        "Bateau « Tombouctou » : trois jours de deuil",
        "L'attaque de jeudi entre Rharous et Bamba a coûté la vie à 49 civils.",
        [CONVOY],
        id="bateau-en-deux-phrases",
    ),
    pytest.param(
        "en", "Gunmen attack passenger boat near Bourem and army post at Bamba", "", [TOWN, CONVOY], id="boat-and-post"
    ),
    pytest.param(
        "fr", "Attaque du village de Dia, des familles embarquent sur un bateau vers Mopti", "", [TOWN], id="fuite"
    ),
    # burned beside a post
    pytest.param(
        "fr", "Marka Coungo : la caserne attaquée, une ambulance incendiée", "", [TOWN, BURNING], id="caserne"
    ),
    pytest.param(
        "fr",
        "Deux cars livrés au feu près de Fana, au Mali",
        "Personne n'a été molesté.",
        [BURNING],
        id="personne-molesté",
    ),
    # an ambush on a convoy is an attack on it first
    pytest.param(
        "fr",
        "Embuscade de Kwala, au Mali : un sixième mort",
        "Le convoi minier a été attaqué mardi.",
        [CONVOY, AMBUSH],
        id="embuscade",
    ),
    # roads held, and let go
    pytest.param("fr", "Kayes : les manifestants lèvent leur barrage", "", [OPEN, PROTEST], id="barrage-levé"),
    pytest.param("en", "Youths lift roadblock in Kenieba after talks", "", [OPEN, PROTEST], id="roadblock-lifted"),
    pytest.param(
        "fr",
        "Gao : la jeunesse campe au pont de Wabaria",
        "Aucun véhicule ne franchit le pont. Les manifestants exigent une route.",
        [PROTEST, CLOSED],
        id="campe",
    ),
    pytest.param(
        "fr", "Le pont de Kouoro cède, seuls les piétons passent", "", [EventType.BRIDGE_OUT, CLOSED], id="à-pied"
    ),
    # a town cut off, and what reaches it
    pytest.param("en", "Food convoy reaches besieged Boni", "", [OPEN, BLOCKADE], id="reached"),
    pytest.param("en", "Aid airlifted to besieged Menaka", "", [BLOCKADE], id="by-air"),
    pytest.param(
        "fr",
        "Accord local pour rouvrir la route de Farabougou",
        "Les charrettes vont de nouveau à Dogofry.",
        [OPEN],
        id="accord",
    ),
    pytest.param(
        "fr",
        "Diafarabé respire",
        "Les combattants lèvent l'encerclement imposé depuis plusieurs mois.",
        [OPEN, EventType.BLOCKADE],
        id="depuis-des-mois",
    ),
    pytest.param(
        "en",
        "No one may enter or leave Lere, residents say",
        "Armed men stand at the exits of the Malian town.",
        [BLOCKADE],
        id="no-one-may",
    ),
    pytest.param("fr", "La circulation redevient possible sur la route de Douentza", "", [OPEN], id="redevient"),
    pytest.param("en", "Sixty lorries make it from Sevare to Douentza behind an army escort", "", [OPEN], id="made-it"),
    # prices
    pytest.param("fr", "Bamako : la hausse du gasoil entre en vigueur", "", [PRICE], id="hausse"),
    pytest.param("fr", "Le gasoil et l'essence augmentent au Mali", "", [PRICE], id="augmentent"),
    pytest.param("fr", "Gao : le bidon d'essence vaut le triple", "", [PRICE], id="le-triple"),
    pytest.param(
        "fr",
        "La grogne monte à Bamako",
        "La hausse de 25 francs par litre de gasoil fait réagir : il n'y a pas eu de concertation.",
        [PRICE],
        id="concertation-is-no-concert",
    ),
    # strikes at the pump
    pytest.param(
        "en",
        "Banks and filling stations shut in Bamako",
        "It is day one of a walkout by petrol station staff.",
        [EventType.FUEL_SHORTAGE, PROTEST],
        id="pumps-on-strike",
    ),
    pytest.param(
        "fr",
        "On est sans nouvelles du maire de Gossi",
        "Il a été intercepté mercredi sur la route de Gao.",
        [EventType.KIDNAPPING],
        id="sans-nouvelles",
    ),
]


@pytest.mark.parametrize(("language", "title", "summary", "types"), TYPES)
def test_types_stand_in_the_order_of_their_weight(
    read: Read, language: str, title: str, summary: str, types: list[EventType]
):
    assert list(read(title, summary, language=language).event_types) == types


FRESH = [
    pytest.param(
        "fr",
        "L'entreprise rapatrie son personnel de Kolokani",
        "Deux jours après l'attaque qui a coûté la vie à cinq gendarmes près de Kwala, les foreurs sont à Bamako.",
        id="jours-après",
    ),
    pytest.param(
        "fr",
        "Drame de Koumantou, la vitesse pointée du doigt",
        "Deux jours après la chute d'un autocar près de Sikasso, qui a fait 31 tués, le syndicat veut des contrôles.",
        id="la-chute-du-car",
    ),
    pytest.param(
        "en",
        "Fuel importers count the cost after Diboli ambush",
        "Trucks burned when militants attacked them near the Senegalese border on Thursday.",
        id="a-border-named-by-the-neighbour",
    ),
    pytest.param(
        "fr", "Deuxième jour de grève des transporteurs", "Les sotramas de la capitale sont au garage.", id="sotramas"
    ),
]
NOT_TOLD = [
    pytest.param("fr", "Deux ans après l'attaque qui a fait dix morts à Boni", "", id="ans-après"),
    pytest.param("fr", "Un accord pour rouvrir les écoles de Niono", "", id="écoles"),
    pytest.param("fr", "Les notables cherchent un accord pour rouvrir la route de Farabougou", "", id="cherchent"),
    pytest.param("en", "Officials taken outside Bamako to visit a dam", "", id="taken-to-visit"),
    pytest.param("en", "A rise in fuel theft worries Bamako", "", id="theft"),
    pytest.param("fr", "La demande d'essence augmente au Mali, selon l'Onap", "", id="demande"),
    pytest.param(
        "fr",
        "Non, le pont de Kayes n'a pas été plastiqué",
        "Une vidéo prétend montrer l'explosion du pont. Il s'agit d'images de synthèse.",
        id="images-de-synthèse",
    ),
    pytest.param("fr", "Ségou : un car fictivement renversé pour tester les secours", "", id="exercice"),
    pytest.param(
        "en",
        "Security digest",
        "Outlook: probability of a renewed cut of the Gao-Ansongo road is assessed as moderate.",
        id="probability",
    ),
    pytest.param("en", "The captives of Aguelhok: a wound that never closed", "Widows gathered in Kati.", id="wound"),
]


@pytest.mark.parametrize(("language", "title", "summary"), FRESH)
def test_what_happened_days_ago_is_news(read: Read, language: str, title: str, summary: str):
    assert read(title, summary, language=language).relevant


@pytest.mark.parametrize(("language", "title", "summary"), NOT_TOLD)
def test_what_only_sounds_like_it_is_none(read: Read, language: str, title: str, summary: str):
    assert not read(title, summary, language=language).relevant

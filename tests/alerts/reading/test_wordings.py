"""Ways to tell an event that its plain words leave out."""

import pytest

from alerts.reading.model import EventType
from tests.alerts.reading.conftest import Read

TOLD = [
    pytest.param(
        "fr", "Un minibus plonge dans le Bani près de Ségou : 9 morts", "", EventType.ACCIDENT, id="into-bani"
    ),
    pytest.param("fr", "Fana : le car a quitté le pont, sept morts", "", EventType.ACCIDENT, id="off-the-bridge"),
    pytest.param(
        "fr",
        "Onze morts entre Fana et Ségou",
        "Un camion sans phares et un car à vive allure : onze passagers sont morts lundi.",
        EventType.ACCIDENT,
        id="no-headlights",
    ),
    pytest.param(
        "fr",
        "Mopti : quatre heures de queue pour trois litres",
        "Les pompistes ne servent que les motos.",
        EventType.FUEL_SHORTAGE,
        id="queue-without-fuel",
    ),
    pytest.param("fr", "Quarante citernes sont à Gao", "", EventType.FUEL_ARRIVAL, id="tankers-there"),
    pytest.param(
        "en",
        "Peacekeepers hurt by improvised mines near Tessalit, Mali",
        "",
        EventType.IED,
        id="improvised-mines",
    ),
    pytest.param(
        "fr",
        "Quinze soldats tombés près de Tabankort",
        "La patrouille et sa colonne menaient une opération quand elle a été surprise lundi. On compte quinze morts.",
        EventType.AMBUSH,
        id="surprised",
    ),
    pytest.param("en", "Toguna Transport halts its buses to Gao, Mali", "", EventType.OTHER, id="company-halts"),
    pytest.param("fr", "Bani Transport gare ses cars à Bamako", "", EventType.OTHER, id="company-parks"),
    pytest.param("fr", "La ligne Bamako-Nioro rouvre aux cars", "", EventType.ESCORT_OR_REOPENING, id="line-open"),
    pytest.param("fr", "Nioro-Diéma : pas un car depuis lundi", "", EventType.ROAD_CLOSED, id="not-a-bus"),
    pytest.param("fr", "Bamako : le pont Fahd fermé la nuit", "", EventType.ROAD_CLOSED, id="bridge-shut-at-night"),
    pytest.param(
        "fr", "Kayes : le pont submersible sous l'eau", "", EventType.FLOOD, id="submersible-bridge-under-water"
    ),
    pytest.param(
        "fr", "Niono : le camp de déplacés submergé", "Un orage a éclaté.", EventType.FLOOD, id="camp-under-water"
    ),
    pytest.param(
        "en",
        "Three killed at checkpoint near Zantiguila, Mali",
        "Gunmen came on Friday. Two of the dead were travellers.",
        EventType.TOWN_ATTACK,
        id="killed-at-a-post",
    ),
    pytest.param(
        "fr",
        "Oumar Tounkara introuvable depuis mardi",
        "Sa famille, à Niafunké, craint un enlèvement.",
        EventType.KIDNAPPING,
        id="abduction-feared",
    ),
    pytest.param(
        "en",
        "Drivers seized on Malian road are freed",
        "The four men were stopped near Diema on Monday.",
        EventType.KIDNAPPING,
        id="seized-and-freed",
    ),
    pytest.param(
        "en",
        "Militants warn drivers: no more fuel for Mali",
        "",
        EventType.FUEL_IMPORT_BAN,
        id="no-more-fuel-for-mali",
    ),
]


@pytest.mark.parametrize(("language", "title", "summary", "kind"), TOLD)
def test_an_event_is_known_by_other_words_too(read: Read, language: str, title: str, summary: str, kind: EventType):
    reading = read(title, summary, language=language)
    assert reading.relevant
    assert reading.event_types[0] is kind


NOT_SO = [
    pytest.param(
        "fr",
        "Boni : des vivres par hélicoptère",
        "Deux hélicoptères ont déposé du riz vendredi dans la ville assiégée.",
        EventType.AIRSTRIKE,
        id="helicopters-with-rice",
    ),
    pytest.param(
        "en",
        "UN column struck twice on road from Kidal to Gao, Mali",
        "Seven were evacuated by helicopter on Saturday after their vehicles hit improvised explosive devices.",
        EventType.AIRSTRIKE,
        id="wounded-flown-out",
    ),
    pytest.param(
        "fr",
        "Camp de Tessit submergé par les assaillants",
        "Le poste a été attaqué dimanche à l'aube.",
        EventType.FLOOD,
        id="overrun-is-no-flood",
    ),
    pytest.param(
        "fr",
        "Le véhicule du préfet pris sous des tirs près de Gossi",
        "",
        EventType.ACCIDENT,
        id="under-fire",
    ),
    pytest.param(
        "fr",
        "L'aéroport de Gao attaqué",
        "Le trafic aérien est interrompu depuis mardi.",
        EventType.ROAD_CLOSED,
        id="air-traffic",
    ),
    pytest.param(
        "fr",
        "Diafarabé, un mois sans camion",
        "Les jihadistes interdisent la route. Des vieillards seraient morts de faim.",
        EventType.TOWN_ATTACK,
        id="hunger",
    ),
]


@pytest.mark.parametrize(("language", "title", "summary", "kind"), NOT_SO)
def test_words_of_an_event_may_tell_of_another(read: Read, language: str, title: str, summary: str, kind: EventType):
    assert kind not in read(title, summary, language=language).event_types


NO_NEWS = [
    pytest.param("fr", "Koutiala : la CMDT a enlevé la moitié de la récolte", "", id="cotton-carried-off"),
    pytest.param("fr", "« Embuscade », une pièce à voir à Bamako", "", id="a-play"),
    pytest.param("en", "Quiz: which Sahel capital ran short of petrol? Bamako or Niamey", "", id="quiz"),
    pytest.param("en", "Bamako power firm halts services", "Buses are not concerned.", id="services-of-another"),
    pytest.param("fr", "Bamako : deux heures de queue pour un litre de lait", "Les pompistes rient.", id="milk"),
    pytest.param(
        "fr",
        "Gao : un faux attentat à l'aéroport",
        "Des figurants jouaient les blessés ; aucun danger réel, dit l'armée.",
        id="mock-attack",
    ),
]


@pytest.mark.parametrize(("language", "title", "summary"), NO_NEWS)
def test_what_sounds_like_an_event_is_none(read: Read, language: str, title: str, summary: str):
    assert not read(title, summary, language=language).relevant

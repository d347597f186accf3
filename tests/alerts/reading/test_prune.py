import pytest

from alerts.reading.model import EventType
from tests.alerts.reading.conftest import Read

BESIDE = [
    pytest.param(
        "fr",
        "Une pinasse mitraillée près de Rharous",
        "Des hommes armés ont tiré mardi sur le bateau. Le même jour, un poste de l'armée a été attaqué à Bamba.",
        {EventType.ATTACK_ON_CONVOY, EventType.TOWN_ATTACK},
        id="boat-and-post",
    ),
    pytest.param(
        "en",
        "Gunmen attack riverboat near Gao",
        "Eleven passengers died on Monday.",
        {EventType.ATTACK_ON_CONVOY},
        id="boat-is-no-other",
    ),
    pytest.param(
        "fr",
        "Diafarabé sous blocus depuis un mois",
        "Les cars ne desservent plus la ville et les prix montent.",
        {EventType.BLOCKADE},
        id="buses-follow-from-the-siege",
    ),
    pytest.param(
        "fr",
        "Deux camions se percutent à Fana",
        "Trois morts lundi. La route a été coupée toute la matinée.",
        {EventType.ACCIDENT},
        id="road-cut-by-the-wreck",
    ),
    pytest.param(
        "fr",
        "Embuscade près de Macina",
        "Une patrouille a été attaquée vendredi dans la zone inondée entre les deux villes.",
        {EventType.AMBUSH},
        id="ambush-where-it-is-flooded",
    ),
    pytest.param(
        "fr",
        "Deux bergers enlevés près de Tominian",
        "On a retrouvé leur moto renversée sur la route.",
        {EventType.KIDNAPPING},
        id="motorbike-left-behind",
    ),
    pytest.param(
        "fr",
        "Camps de Boulkessi attaqués",
        "Des colonnes de jihadistes sont venues lundi ; l'armée, qui compte ses morts, a fait donner l'aviation.",
        {EventType.TOWN_ATTACK},
        id="aircraft-after-a-titled-attack",
    ),
    pytest.param(
        "fr",
        "Dix citernes calcinées près de Kadiana",
        "Des hommes armés ont tiré mercredi à l'entrée de Kadiana. Quatre chauffeurs sont blessés.",
        {EventType.ATTACK_ON_CONVOY, EventType.VEHICLE_BURNING},
        id="entrance-of-a-village-is-no-arrival",
    ),
    pytest.param(
        "fr",
        "Un car brûlé par des hommes armés près de Bla",
        "Personne n'est blessé. La compagnie suspend ses départs vers San.",
        {EventType.VEHICLE_BURNING},
        id="company-stops-after-the-fire",
    ),
]


@pytest.mark.parametrize(("language", "title", "summary", "kinds"), BESIDE)
def test_what_only_stands_beside_the_news_is_left_out(
    read: Read, language: str, title: str, summary: str, kinds: set[EventType]
):
    assert set(read(title, summary, language=language).event_types) == kinds

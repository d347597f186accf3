import pytest

from tests.alerts.reading.conftest import Read

DEATHS = [
    pytest.param("fr", "Trois morts dans l'attaque d'un bus à Konna", 3, id="words"),
    pytest.param("fr", "Un bus attaqué à Konna : 25 civils tués", 25, id="figures"),
    pytest.param("fr", "Plus de vingt morts dans l'attaque d'un bus à Konna", 20, id="more-than"),
    pytest.param("fr", "Une trentaine de morts dans l'attaque d'un bus à Konna", 30, id="about"),
    pytest.param("fr", "Entre dix et quinze morts dans l'attaque d'un bus à Konna", 10, id="range"),
    pytest.param("fr", "Des dizaines de morts dans l'attaque d'un bus à Konna", None, id="dozens"),
    pytest.param("fr", "Vingt et un morts dans l'attaque d'un bus à Konna", 21, id="twenty-one"),
    pytest.param("fr", "L'attaque d'un bus à Konna a tué deux chauffeurs et un apprenti", 3, id="sum"),
    pytest.param("fr", "Un bus attaqué à Konna : le chauffeur a été tué", 1, id="the-driver"),
    pytest.param("fr", "Convoi attaqué à Konna : dix assaillants tués", None, id="attackers"),
    pytest.param("fr", "Convoi attaqué à Konna : dix assaillants et deux soldats tués", 2, id="both-sides"),
    pytest.param("fr", "Bus attaqué à Konna : six morts, dont deux enfants, et neuf blessés", 6, id="parts"),
    pytest.param("fr", "Bus attaqué à Konna, aucune victime", 0, id="none"),
    pytest.param("fr", "Bus attaqué à Konna, à 20 km de Sévaré", None, id="kilometres"),
    pytest.param("en", "At least 11 killed as bus is attacked at Konna", 11, id="at-least"),
    pytest.param("en", "Attack on bus at Konna kills five", 5, id="kills"),
    pytest.param("en", "Dozens dead as bus is attacked at Konna", None, id="dozens-in-english"),
    pytest.param("en", "Bus attacked at Konna, no casualties", 0, id="none-in-english"),
    pytest.param("en", "Two soldiers and nine attackers killed in Konna ambush", 2, id="both-sides-in-english"),
]
VEHICLES = [
    pytest.param("fr", "Sept citernes brûlées dans l'attaque d'un convoi à Konna", 7, id="burned"),
    pytest.param("fr", "Convoi attaqué à Konna : deux camions et trois minibus incendiés", 5, id="sum"),
    pytest.param("fr", "Convoi attaqué à Konna : plusieurs citernes en feu", None, id="several"),
    pytest.param("fr", "Un convoi de 40 citernes attaqué à Konna", None, id="not-lost"),
    pytest.param("fr", "Des hommes armés ont incendié un camion à Konna", 1, id="one"),
    pytest.param("en", "Over 20 tankers torched in Konna convoy attack", 20, id="over"),
    pytest.param("en", "Gunmen burned six trucks at Konna", 6, id="verb-first"),
]


@pytest.mark.parametrize(("language", "title", "deaths"), DEATHS)
def test_the_dead_are_counted_and_attackers_are_not(read: Read, language: str, title: str, deaths: int | None):
    assert read(title, language=language).fatalities == deaths


@pytest.mark.parametrize(("language", "title", "lost"), VEHICLES)
def test_vehicles_count_once_they_are_lost(read: Read, language: str, title: str, lost: int | None):
    assert read(title, language=language).vehicles_destroyed == lost


def test_an_exact_count_goes_before_more_than(read: Read):
    assert read("Plus de 40 morts dans un accident de car à Fana", "Le bilan est passé à 43 morts.").fatalities == 43


def test_earlier_dead_are_not_counted(read: Read):
    assert (
        read("Deux morts dans l'attaque d'un bus à Konna", "L'an dernier, 30 personnes avaient péri.").fatalities == 2
    )

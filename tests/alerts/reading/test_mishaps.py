import pytest

from alerts.reading.model import EventType
from tests.alerts.reading.conftest import Read

DEADLY_MISHAPS = [
    pytest.param("en", "Bus plunges off bridge near Sikasso, killing 12", "", id="off-a-bridge"),
    pytest.param("en", "Lorry overturns near Bougouni, killing six people", "", id="overturned"),
    pytest.param("en", "Minibus falls into river near Koulikoro, killing nine", "", id="into-a-river"),
    pytest.param("en", "Collision kills 14 near Bougouni", "", id="collision"),
    pytest.param("fr", "Pinasse surchargée près de Mopti : 12 corps sortis de l'eau", "", id="corps"),
    pytest.param("fr", "Car tombé dans le Bani près de Mopti, huit morts", "", id="dans-le-fleuve"),
    pytest.param("fr", "Drame du pont de Niéna : 25 corps retirés de l'épave du car", "", id="épave"),
    pytest.param("fr", "Drame de Koumantou : deux corps désincarcérés", "Le car a été hissé sur la berge.", id="tôles"),
]
DEADLY_ATTACKS = [
    pytest.param("en", "Gunmen overturn bus near Koro, Mali, killing four", EventType.AMBUSH, id="overturned"),
    pytest.param("en", "Gunmen kill five farmers at the river near Bankass", EventType.TOWN_ATTACK, id="at-a-river"),
    pytest.param("en", "Attack on bus by the river near Djenné kills five", EventType.AMBUSH, id="by-the-river"),
    pytest.param("en", "Bus hits mine and overturns near Bankass, killing six", EventType.IED, id="mine"),
]


@pytest.mark.parametrize(("language", "title", "summary"), DEADLY_MISHAPS)
def test_a_mishap_that_kills_is_an_accident(read: Read, language: str, title: str, summary: str):
    assert read(title, summary, language=language).event_types == (EventType.ACCIDENT,)


@pytest.mark.parametrize(("language", "title", "kind"), DEADLY_ATTACKS)
def test_an_attack_is_none(read: Read, language: str, title: str, kind: EventType):
    assert read(title, language=language).event_types[0] is kind

import pytest

from tests.alerts.reading.conftest import Read

CITED = [
    pytest.param("Un convoi attaqué à Loulouni - Studio Tamani", "", "Studio Tamani", id="suffix"),
    pytest.param("Un convoi attaqué à Loulouni", "Selon l'AFP, six personnes sont mortes.", "AFP", id="selon"),
    pytest.param("Un convoi attaqué à Loulouni", "BAMAKO (Reuters) - Six morts.", "Reuters", id="brackets"),
    pytest.param("Un convoi attaqué à Loulouni", "Six morts, rapporte RFI.", "RFI", id="rapporte"),
    pytest.param("Un convoi attaqué à Loulouni", "According to Agence France-Presse, six died.", "AFP", id="full-name"),
    pytest.param("Un convoi attaqué à Loulouni", "Une source a dit à l'AFP avoir vu des corps.", "AFP", id="told"),
    pytest.param("Un convoi attaqué à Loulouni", "Six morts.", None, id="nobody"),
]


@pytest.mark.parametrize(("title", "summary", "origin"), CITED)
def test_the_outlet_an_item_cites_is_its_origin(read: Read, title: str, summary: str, origin: str | None):
    assert read(title, summary).origin == origin

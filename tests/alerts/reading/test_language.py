import pytest

from alerts.reading.language import detect
from alerts.reading.text import flatten


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("Un convoi attaqué sur la route de Kayes", "fr", id="french"),
        pytest.param("A convoy was attacked on the road to Kayes", "en", id="english"),
        pytest.param("12345 !!!", "und", id="no-words"),
    ],
)
def test_function_words_tell_the_language(text: str, language: str):
    assert detect(flatten(text), None)[0] == language


def test_a_declared_language_is_trusted():
    assert detect(flatten("Un convoi attaqué sur la route"), "EN-gb")[0] == "en"

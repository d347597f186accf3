from datetime import date

import pytest

from tests.alerts.reading.conftest import Read

# Published on Tuesday 7 October 2025.
DAYS = [
    pytest.param("fr", "lundi", date(2025, 10, 6), id="weekday"),
    pytest.param("fr", "dimanche dernier", date(2025, 10, 5), id="last-weekday"),
    pytest.param("fr", "hier", date(2025, 10, 6), id="yesterday"),
    pytest.param("fr", "avant-hier", date(2025, 10, 5), id="day-before-yesterday"),
    pytest.param("fr", "ce matin", date(2025, 10, 7), id="this-morning"),
    pytest.param("fr", "le 5 octobre", date(2025, 10, 5), id="day-and-month"),
    pytest.param("fr", "le 1er octobre 2025", date(2025, 10, 1), id="first"),
    pytest.param("fr", "dans la nuit du 5 au 6 octobre", date(2025, 10, 5), id="night"),
    pytest.param("fr", "vendredi 12 septembre", date(2025, 9, 12), id="weekday-and-day"),
    pytest.param("fr", "il y a trois jours", date(2025, 10, 4), id="days-ago"),
    pytest.param("fr", "le 05/10/2025", date(2025, 10, 5), id="figures"),
    pytest.param("en", "on Sept. 14", date(2025, 9, 14), id="abbreviated-month"),
    pytest.param("en", "on October 5th, 2025", date(2025, 10, 5), id="ordinal"),
    pytest.param("en", "on Saturday", date(2025, 10, 4), id="weekday-in-english"),
    pytest.param("en", "yesterday", date(2025, 10, 6), id="yesterday-in-english"),
    pytest.param("en", "two days ago", date(2025, 10, 5), id="days-ago-in-english"),
    pytest.param("fr", "le 30 février", None, id="no-such-day"),
    pytest.param("fr", "récemment", None, id="no-day-at-all"),
]
SENTENCE = {"fr": "Un bus a été attaqué à Konna {}.", "en": "A bus was attacked at Konna {}."}


@pytest.mark.parametrize(("language", "said", "day"), DAYS)
def test_a_day_is_read_as_it_is_told(read: Read, language: str, said: str, day: date | None):
    assert read("Konna", SENTENCE[language].format(said), language=language).event_date == day


def test_without_a_day_of_publication_only_a_full_date_is_one(read: Read):
    assert read("Un bus attaqué lundi à Konna", published=None).event_date is None
    assert read("Un bus attaqué le 5 octobre à Konna", published=None).event_date is None
    assert read("Un bus attaqué le 5 octobre 2025 à Konna", published=None).event_date == date(2025, 10, 5)


def test_december_told_in_january_was_last_year(read: Read):
    assert read("Un bus attaqué le 28 décembre à Konna", published="2026-01-02").event_date == date(2025, 12, 28)


def test_the_day_of_the_statement_is_not_the_day_of_the_event(read: Read):
    summary = "Dans un communiqué publié lundi, l'armée dit que l'attaque a eu lieu samedi."
    assert read("Un convoi attaqué à Konna", summary).event_date == date(2025, 10, 4)


def test_a_day_to_come_is_never_the_day_of_an_event(read: Read):
    assert read("Un pont effondré à Konna", "Il sera réparé le 20 octobre.").event_date is None

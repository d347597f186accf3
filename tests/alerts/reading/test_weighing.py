"""Words that no rule puts together still speak for news; they open no road, and make no fact of a fear."""

import pytest

from alerts.errors import DataError
from alerts.reading.model import EventType
from alerts.reading.weighing import Weighed, parse_weights, weighed
from tests.alerts.reading.conftest import Read


def start(**weights: float) -> str:
    outcomes = dict.fromkeys(("relevant", *EventType), -9.0) | weights
    return "(start)\t" + " ".join(f"{outcome} {weight}" for outcome, weight in outcomes.items()) + "\n"


def told_by(**weights: float) -> Weighed:
    return weighed({}, parse_weights(start(**weights)))


@pytest.mark.parametrize(
    ("language", "title", "summary"),
    [
        pytest.param("fr", "Cinq chauffeurs de citernes portés disparus près de Kadiana", "", id="drivers-missing"),
        pytest.param("fr", "Une citerne explose entre Kita et Bamako", "", id="a-tanker-explodes"),
    ],
)
def test_what_no_rule_knows_may_be_news_by_its_words_together(read: Read, language: str, title: str, summary: str):
    reading = read(title, summary, language=language)
    assert reading.relevant
    assert reading.weighed_only
    assert all(word in title for word in reading.weighed_only.split(", "))


def test_what_a_rule_found_does_not_rest_on_its_words_alone(read: Read):
    assert read("Un bus attaqué à Nara, au Mali", "", language="fr").weighed_only is None


@pytest.mark.parametrize(
    "title",
    ["Mali : les chauffeurs de citernes redoutent une attaque à Kadiana", "Aucune attaque de citerne à Kadiana, Mali"],
    ids=["feared", "denied"],
)
def test_what_is_feared_or_denied_is_no_news_whatever_its_words_weigh(read: Read, title: str):
    assert not read(title, "", language="fr").relevant


def test_the_rules_and_the_words_settle_the_types_together():
    told = told_by(ambush=-0.5, town_attack=0.2, accident=-4.0)
    assert told.with_rules([EventType.AMBUSH]) == (EventType.AMBUSH,)
    assert told.with_rules([]) == (EventType.TOWN_ATTACK,)
    assert told_by(ambush=-9.0, ied=3.0).with_rules([EventType.AMBUSH]) == (EventType.IED,)


def test_words_alone_open_no_road():
    told = told_by(blockade=-1.0, escort_or_reopening=9.0)
    assert told.with_rules([EventType.BLOCKADE]) == (EventType.BLOCKADE,)
    assert told.with_rules([EventType.ESCORT_OR_REOPENING])[0] is EventType.ESCORT_OR_REOPENING


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        pytest.param(start() + "word bus\tambush\n", r"weights\.tsv, line 2", id="no-weight"),
        pytest.param(start() + "word bus\tpicnic 1\n", r"line 2: \['picnic'\]", id="no-outcome"),
        pytest.param("word bus\tambush 1\n", r"no line \(start\)", id="no-start"),
        pytest.param("(start) relevant -1\n", "line 1", id="no-tab"),
    ],
)
def test_a_table_that_is_spoilt_says_where(table: str, fault: str):
    with pytest.raises(DataError, match=fault):
        parse_weights(table)

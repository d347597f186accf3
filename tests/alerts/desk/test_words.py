"""The desk's short words: complete, and checked when they are read."""

import pytest

from alerts.desk.words import desk_words, in_order, named, parse_words
from alerts.errors import DataError
from alerts.fuel.model import Availability, FuelSource, Product, Queue
from alerts.incidents.model import RetractionReason, SourceKind
from alerts.reading.model import EventType

KINDS = {
    "types": EventType,
    "sources": SourceKind,
    "products": Product,
    "queues": Queue,
    "fuel_sources": FuelSource,
}


@pytest.mark.parametrize("table", KINDS)
def test_every_value_has_a_word(table: str):
    assert {meaning for _, meaning in getattr(desk_words(), table)} == set(KINDS[table])


def test_every_reason_readers_can_be_told_has_a_word():
    assert {reason for _, reason in desk_words().reasons} == set(RetractionReason)


def test_availability_is_never_said_to_be_unknown():
    assert {meaning for _, meaning in desk_words().availability} == set(Availability) - {Availability.UNKNOWN}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Route coupée à Niono", EventType.ROAD_CLOSED, id="accents"),
        pytest.param("EMBUSCADE!", EventType.AMBUSH, id="capitals-and-signs"),
        pytest.param("barrage non officiel", EventType.CHECKPOINT_EXTORTION, id="the-longest-wins"),
        pytest.param("examined", None, id="whole-words-only"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_word_is_found_whole(text: str, expected: EventType | None):
    assert named(text, desk_words().types) == expected


def test_words_come_in_the_order_they_are_named():
    assert in_order("gasoil puis essence puis gaz butane", desk_words().products) == [
        Product.DIESEL,
        Product.PETROL,
        Product.LPG,
    ]


@pytest.mark.parametrize(
    "tables",
    [
        pytest.param({}, id="empty"),
        pytest.param({"types": {"nosuch": ["x"]}, "sources": {}, "reasons": {}, "fuel": {}}, id="unknown-type"),
    ],
)
def test_a_faulty_table_is_refused(tables: dict[str, object]):
    with pytest.raises(DataError):
        parse_words(tables)

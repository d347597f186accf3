"""A file of incidents is taken in whole or not at all, quietly, and only once."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from redis.asyncio import Redis

from alerts.desk.fields import Desk
from alerts.desk.importing import Becomes, plan_import, report_in, take_in
from alerts.desk.line import Fault
from alerts.desk.sheet import Row, rows_in
from alerts.geography.model import Precision
from alerts.incidents.model import DayPart, Report, Severity, SourceKind, Vehicles
from alerts.outputs.record import Record, chronology
from alerts.outputs.table import as_csv, as_geojson
from alerts.reading.model import EventType
from alerts.reading.reader import Reader
from alerts.store.store import Store
from tests.alerts.wording.facts import atlas
from tests.support.builders import NOW

GOOD = b"""date,type,place,road,source,severity,text
2025-10-05,ambush,Loulouni,RN7,field B,,trucks burned
2025-10-04,blocus,Sandar\xc3\xa9\xe2\x80\x93Di\xc3\xa9ma,,presse C,tr\xc3\xa8s grave,
"""
BAD = GOOD + b"2025-10-03,ambush,Atlantis,,,,\n"


@cache
def reader() -> Reader:
    return Reader(atlas())


def desk(now: datetime = NOW) -> Desk:
    return Desk(atlas=atlas(), reader=reader(), now=now, timezone=ZoneInfo("Africa/Bamako"))


def read(**cells: str) -> Report | Fault:
    return report_in(
        Row(number=2, cells={"type": "ambush", "place": "Kayes", "date": "2025-10-04"} | cells), desk(), by=None
    )


def fault(**cells: str) -> str:
    found = read(**cells)
    assert isinstance(found, Fault)
    return found.kind


def fine(**cells: str) -> Report:
    found = read(**cells)
    assert isinstance(found, Report)
    return found


def test_a_row_is_read_for_its_facts_and_none_of_its_words_is_kept():
    told = fine(
        type="embuscade",
        place="Loulouni",
        road="RN7",
        date="04/10/2025",
        day_part="morning",
        severity="très grave",
        source="officiel",
        grade="A",
        text="deux bus touchés, Amadou le chauffeur",
    )
    assert (told.event_type, told.event_date, told.day_part) == (EventType.AMBUSH, date(2025, 10, 4), DayPart.MORNING)
    assert (told.location.places, told.location.roads) == (("loulouni",), ("RN7",))
    assert (told.severity, told.source_kind, told.grade) == (Severity.SEVERE, SourceKind.OFFICIAL, "A")
    assert told.vehicles == (Vehicles.BUSES,)
    assert "Amadou" not in str(told)


def test_the_word_is_as_old_as_the_event():
    assert fine(date="2025-09-20").informed_at == datetime(2025, 9, 20, 12, tzinfo=UTC)
    assert fine(date="2025-10-05").informed_at == NOW


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        pytest.param({"type": "picnic"}, "no_type", id="a type that is none"),
        pytest.param({"place": "Atlantis"}, "no_place", id="a place nobody knows"),
        pytest.param({"place": "", "road": "RN7"}, "no_place", id="a whole road"),
        pytest.param({"place": "", "region": "Kayes"}, "no_place", id="an ambush in a whole region"),
        pytest.param({"place": "", "type": "blockade", "region": "Mordor"}, "no_place", id="a region that is none"),
        pytest.param({"place": "Dakar"}, "abroad", id="abroad"),
        pytest.param({"place": "Dakar–Tambacounda"}, "abroad", id="a stretch abroad"),
        pytest.param({"date": ""}, "no_day", id="no day"),
        pytest.param({"date": "2026-01-01"}, "future", id="a day to come"),
        pytest.param({"severity": "bof"}, "unclear", id="a gravity that is none"),
        pytest.param({"until": "jamais"}, "unclear", id="an end that is none"),
        pytest.param({"status": "retracted"}, "not_active", id="withdrawn"),
        pytest.param({"text": "convoi de citernes part demain matin de Kayes"}, "held", id="a movement to come"),
        pytest.param({"text": "x" * 400}, "too_long", id="too long"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(cells: dict[str, str], kind: str):
    assert fault(**cells) == kind


def test_a_region_is_no_town_of_its_name():
    assert fine(type="blockade", place="", region="Kayes").location.precision is Precision.REGION


async def test_a_look_stores_nothing(redis: Redis):
    store = Store.over(redis)
    looked = await plan_import(rows_in(GOOD), desk(), by=None, store=store)
    assert [one.becomes for one in looked.outcomes] == [Becomes.NEW, Becomes.NEW]
    assert await redis.keys() == []


async def test_what_is_taken_in_stands_and_goes_to_nobody(redis: Redis):
    store = Store.over(redis)
    done = await take_in(rows_in(GOOD), desk(), by=900, store=store)
    assert sorted(one.incident.id for one in done.outcomes if one.incident) == ["0001", "0002"]
    assert len(await store.incidents.recent(now=NOW)) == 2
    assert await store.outbox.depth() == 0
    assert await store.desk.waiting_review(until=NOW + timedelta(days=9)) == []
    [line] = (await store.audit.page(5)).lines
    assert (line["who"], line["did"], line["what"]) == ("900", "import", "2")


async def test_one_bad_row_keeps_all_of_it_out(redis: Redis):
    done = await take_in(rows_in(BAD), desk(), by=None, store=Store.over(redis))
    assert [one.row.number for one in done.outcomes if one.becomes is Becomes.BAD] == [4]
    assert await redis.keys() == []


async def test_the_same_file_twice_is_taken_in_once(redis: Redis):
    store = Store.over(redis)
    await take_in(rows_in(GOOD), desk(), by=None, store=store)
    again = await take_in(rows_in(GOOD + GOOD.partition(b"\n")[2]), desk(NOW + timedelta(days=1)), by=None, store=store)
    assert {one.becomes for one in again.outcomes} == {Becomes.KNOWN}
    assert len(await store.incidents.recent(now=NOW)) == 2


async def test_a_row_on_what_is_known_joins_it_and_is_no_second_source(redis: Redis):
    store = Store.over(redis)
    await take_in(rows_in(GOOD), desk(), by=None, store=store)
    retold = b"date,type,place,road\n2025-10-05,embuscade,Loulouni,RN7\n"
    done = await take_in(rows_in(retold), desk(), by=None, store=store)
    [one] = done.outcomes
    assert (one.becomes, one.incident and one.incident.id, one.incident and one.incident.trust) == (
        Becomes.JOINS,
        "0001",
        "probable",
    )


@pytest.mark.parametrize("written", [as_csv, as_geojson], ids=["csv", "geojson"])
async def test_what_was_exported_can_be_taken_in_elsewhere(written: Callable[[Sequence[Record]], str], redis: Redis):
    store = Store.over(redis)
    wide = b"date,type,region\n2025-10-02,blockade,Kayes\n"
    await take_in(rows_in(GOOD), desk(), by=None, store=store)
    await take_in(rows_in(wide), desk(), by=None, store=store)
    before = chronology(await store.incidents.all(), atlas=atlas())
    await redis.flushall()
    elsewhere = Store.over(redis)
    done = await take_in(rows_in(written(before).encode()), desk(), by=None, store=elsewhere)
    after = chronology(await elsewhere.incidents.all(), atlas=atlas())
    assert done.is_good
    facts = [(one.day, one.event_type, one.place, one.roads, one.vehicles, one.severity) for one in before]
    assert [(one.day, one.event_type, one.place, one.roads, one.vehicles, one.severity) for one in after] == facts

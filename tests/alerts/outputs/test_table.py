"""Rows that a spreadsheet, a program and a map can read."""

import csv
import io
import json
from dataclasses import replace

from alerts.incidents.model import Vehicles
from alerts.outputs.record import chronology
from alerts.outputs.table import COLUMNS, as_csv, as_geojson, as_jsonl
from tests.alerts.wording.facts import atlas
from tests.support.builders import incident

LEG = atlas().locate(leg=("diangounte-camara", "diema"))
RECORDS = chronology(
    [
        incident(location=LEG, vehicles=(Vehicles.TRUCKS, Vehicles.BUSES)),
        incident(id="0513", location=atlas().locate(places=["kayes"])),
        incident(id="0514", location=atlas().locate(regions=["region-kayes"])),
    ],
    atlas=atlas(),
)


def test_csv_has_a_head_and_a_row_for_each():
    rows = {row["ref"]: row for row in csv.DictReader(io.StringIO(as_csv(RECORDS)))}
    assert tuple(rows["0512"]) == COLUMNS
    assert rows["0512"]["place"] == "Diangounté Camara–Diéma"
    assert rows["0512"]["vehicles"] == "trucks; buses"
    assert set(rows) == {"0512", "0513", "0514"}


def test_no_cell_is_a_formula():
    sly = [replace(one, place="=HYPERLINK(1)") for one in RECORDS]
    assert all(row["place"] == "'=HYPERLINK(1)" for row in csv.DictReader(io.StringIO(as_csv(sly))))


def test_each_json_line_is_an_object_with_the_same_facts():
    rows = [json.loads(line) for line in as_jsonl(RECORDS).splitlines()]
    assert all(tuple(row) == COLUMNS for row in rows)
    assert next(row for row in rows if row["ref"] == "0512")["road"] == ["RN1"]


def test_geojson_draws_towns_as_points_and_stretches_as_lines_and_regions_not():
    collection = json.loads(as_geojson(RECORDS))
    shapes = {one["id"]: one["geometry"] and one["geometry"]["type"] for one in collection["features"]}
    assert collection["type"] == "FeatureCollection"
    assert shapes == {"0512": "LineString", "0513": "Point", "0514": None}
    kayes = next(one for one in collection["features"] if one["id"] == "0513")
    longitude, latitude = kayes["geometry"]["coordinates"]
    assert -12 < longitude < -11 < 14 < latitude < 15


def test_nothing_to_tell_is_a_file_as_well():
    assert as_csv(()).splitlines() == [",".join(COLUMNS)]
    assert as_jsonl(()) == ""
    assert json.loads(as_geojson(()))["features"] == []

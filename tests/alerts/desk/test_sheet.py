"""A spreadsheet as desks save it is read, and what is none is refused as a whole."""

import json

import pytest

from alerts.desk.sheet import LARGEST, MOST_ROWS, NoSheetError, rows_in

HEAD = "date,type,place\n"
ROW = "2025-10-05,ambush,Kayes\n"
CELLS = {"date": "2025-10-05", "type": "ambush", "place": "Kayes"}


def geojson(*properties: object) -> bytes:
    features = [{"type": "Feature", "geometry": None, "properties": one} for one in properties]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.mark.parametrize(
    "body",
    [
        pytest.param((HEAD + ROW).encode(), id="commas"),
        pytest.param("Date;Évènement;Lieu\n2025-10-05;ambush;Kayes\n".encode("cp1252"), id="a French Windows"),
        pytest.param("JOUR\tType d’incident\tVille\r\n2025-10-05\tambush\tKayes\r\n".encode(), id="tabs"),
        pytest.param(b"\xef\xbb\xbf" + (HEAD + ROW).encode(), id="a byte order mark"),
        pytest.param(b"notes,date,type,place\nwho said it,2025-10-05,ambush,Kayes\n", id="a column of their own"),
        pytest.param(b'date,type,place\n2025-10-05,"ambush"," Kayes "\n\n,,\n', id="quotes and empty rows"),
        pytest.param(geojson({"date": "2025-10-05", "event_type": "ambush", "place": "Kayes"}), id="geojson"),
    ],
)
def test_the_same_row_in_many_forms(body: bytes):
    [row] = rows_in(body)
    assert row.cells == CELLS


def test_rows_are_numbered_as_a_spreadsheet_numbers_them():
    assert [row.number for row in rows_in((HEAD + ROW + "\n" + ROW).encode())] == [2, 4]
    assert [row.number for row in rows_in(geojson(CELLS, CELLS))] == [1, 2]


def test_several_values_and_none_at_all_are_cells_too():
    [row] = rows_in(geojson({**CELLS, "vehicles": ["trucks", "buses"], "severity": None, "text": 7}))
    assert (row.cells["vehicles"], row.cells["text"], "severity" in row.cells) == ("trucks; buses", "7", False)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        pytest.param(b"", "no column", id="empty"),
        pytest.param(HEAD.encode(), "no rows", id="only a head"),
        pytest.param(b"date,place\n2025-10-05,Kayes\n", "type", id="no type"),
        pytest.param(b"date,type\n2025-10-05,ambush\n", "place", id="no place"),
        pytest.param(b"PK\x03\x04\x00\x00", "save the spreadsheet as CSV", id="a workbook"),
        pytest.param(b'{"type": "Topology"}', "no GeoJSON", id="other JSON"),
        pytest.param(b'{"features": [1]}', "no GeoJSON", id="features that are none"),
        pytest.param(b'{"features": [' + b"[" * 100_000, "no GeoJSON", id="brackets"),
        pytest.param(b'date,type,place\n"2025', "line", id="an open quote"),
        pytest.param(b"x" * (LARGEST + 1), "larger", id="too large"),
        pytest.param((HEAD + ROW * (MOST_ROWS + 1)).encode(), "more than", id="too many rows"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_reason(body: bytes, why: str):
    with pytest.raises(NoSheetError, match=why):
        rows_in(body)

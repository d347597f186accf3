import json
from pathlib import Path

import pytest

from bot.cli import main

pytestmark = pytest.mark.usefixtures("own_folder")

CSV = "name,lat,lon\nKolokolobougou,13.1,-7.2\nKayes,14.4,-11.4\n"


def read(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, title: str) -> list[str]:
    item = tmp_path / "item.jsonl"
    item.write_text(json.dumps({"id": "1", "title": title, "summary": "", "published": None, "lang": "fr"}))
    with item.open() as lines:
        monkeypatch.setattr("sys.stdin", lines)
        assert main(["read"]) == 0
    return [place["name"] for place in json.loads(capsys.readouterr().out)["places"]]


def test_an_imported_name_is_read_and_a_known_one_is_not_hijacked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    title = "Des hommes armés ont attaqué un camion à Kolokolobougou"
    assert read(capsys, monkeypatch, tmp_path, title) == []
    names = tmp_path / "names.csv"
    names.write_text(CSV)
    assert main(["places", "import", str(names)]) == 0
    assert json.loads(capsys.readouterr().out)["added"] == 1
    assert read(capsys, monkeypatch, tmp_path, title) == ["Kolokolobougou"]


def test_a_file_that_is_no_gazetteer_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(CSV)
    bad.write_text("a,b\n1,2\n")
    assert main(["places", "import", str(good)]) == 0
    assert main(["places", "import", str(bad)]) == 3
    assert "bad.csv" in capsys.readouterr().err
    assert (tmp_path / "data" / "places").read_text() == CSV

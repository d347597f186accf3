"""`siraba route FROM TO --png FILE`: the picture beside the answer."""

from pathlib import Path

import pytest

from bot.cli import main
from tests.alerts.pictures import pixels

pytestmark = pytest.mark.usefixtures("own_folder")


def test_the_picture_lies_in_the_file_and_the_answer_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "trajet.png"

    assert main(["route", "Kayes", "Bamako", "--png", str(file)]) == 0
    assert pixels.size(file.read_bytes())[0] == 720
    assert capsys.readouterr().out.startswith("KAYES → BAMAKO")


def test_a_file_that_cannot_be_written_is_named_and_the_answer_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = tmp_path / "nowhere" / "trajet.png"

    assert main(["route", "Kayes", "Bamako", "--png", str(file)]) == 1
    said = capsys.readouterr()
    assert str(file) in said.err
    assert said.out.startswith("KAYES → BAMAKO")

"""What is left of an admin's line keeps its facts and loses what would help an ambusher."""

from pathlib import Path

import pytest

from alerts.desk.line import NEVER_SENT
from alerts.safety.reword import reworded
from alerts.safety.screen import Origin, screen

HELD = Path(__file__).parent / "held.txt"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param(
            "embuscade RN7 Loulouni 2025-10-05. Le convoi repart demain à 6 h vers Sikasso | source : terrain B",
            "embuscade RN7 Loulouni 2025-10-05 | source : terrain B",
            id="french",
        ),
        pytest.param("ambush Loulouni, the tanker convoy leaves Sikasso tomorrow", "ambush Loulouni", id="english"),
        pytest.param("embuscade à Kayes", "embuscade à Kayes", id="nothing to object to"),
        pytest.param("Un convoi de citernes partira demain de Sikasso", None, id="nothing is left"),
        pytest.param("", None, id="empty"),
        pytest.param("embuscade Loulouni 11.0342, -5.5913", None, id="coordinates over two statements"),
    ],
)
def test_statements_go_whole(text: str, left: str | None):
    assert reworded(text, origin=Origin.ADMIN) == left


def test_what_readers_never_see_may_stay():
    text = "ambush Loulouni, 12 trucks burned"
    assert reworded(text, origin=Origin.ADMIN, tolerated=NEVER_SENT) == text


@pytest.mark.parametrize("line", [line for line in HELD.read_text().splitlines() if not line.startswith("#")])
def test_no_rewording_of_a_held_text_is_itself_held(line: str):
    left = reworded(line.partition("\t")[2], origin=Origin.ADMIN)
    assert left is None or screen(left, origin=Origin.ADMIN) is None
